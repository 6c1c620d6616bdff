// Globals start as 0; locals live in their block, and hide what has the same name outside.
int x;
char letters[5];
int numbers[3];
static int kept;
int* somewhere;

int x_of() { return 5; }

int deep(int n) {
    int mine = n * 2;
    if (n > 0) deep(n - 1);
    return mine;
}

int main() {
    num(x);
    num(letters[4]);
    num(somewhere == 0);
    x = 3;
    {
        int x = 4;
        num(x);
        {
            int x = x_of();
            num(x);
        }
        x++;
        num(x);
    }
    num(x);
    int y = x;
    {
        int first = 1;
        int second = 2;
        y = first + second;
    }
    {
        char many[100];
        int i;
        for (i = 0; i < 100; i++) many[i] = i;
        y += many[99];
    }
    num(y);
    num(deep(5));
    int a;
    int b;
    a = b = 6;
    num(a * b);
    kept += 2;
    num(kept);
    numbers[0] = 1;
    numbers[1] = numbers[0] + 1;
    numbers[numbers[1]] = 9;
    num(numbers[2]);
    return 0;
}
