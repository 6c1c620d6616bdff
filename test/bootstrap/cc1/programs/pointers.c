// Pointers count elements; arrays become pointers; pointers to pointers.
struct Item { int number; char text[7]; };
struct Item items[4];
int numbers[6];
char* words[3];

int sum(int* from, int count) {
    int total = 0;
    while (count-- > 0) total += *from++;
    return total;
}

void swap(int* a, int* b) {
    int old = *a;
    *a = *b;
    *b = old;
}

void advance(char** text) {
    *text += 1;
}

int main() {
    int i;
    for (i = 0; i < 6; i++) numbers[i] = i * i;
    num(sum(numbers, 6));
    num(sum(numbers + 2, 2));
    num(sum(&numbers[4], 2));
    int* p = numbers + 5;
    num(*p--);
    num(*p);
    num(p - numbers);
    num(p > numbers);
    num(p == &numbers[4]);
    num(numbers == p - 4);
    p -= 2;
    num(*p);
    p++;
    num(p[-1] + p[1]);
    num(*(2 + numbers));
    swap(numbers + 1, &numbers[2]);
    num(numbers[1]);
    struct Item* item = items;
    item->number = 1;
    item++;
    item->number = 2;
    (item + 1)->number = 3;
    items[3].number = 4;
    num(item - items);
    num(items[0].number + items[1].number * 10 + items[2].number * 100 + items[3].number * 1000);
    num(sizeof(struct Item));
    item->text[0] = 'x';
    item->text[1] = 0;
    put(items[1].text);
    put("\n");
    num(&items[2].number - &items[1].number);
    words[0] = "zero";
    words[2] = "two";
    put(words[2]);
    advance(&words[2]);
    put(words[2]);
    char** w = words;
    put(*w);
    put(*(w + 2) + 1);
    put("\n");
    num(words[0][1]);
    num("abc"[1]);
    num(**w);
    num(words[1] == 0);
    int q = &i;
    *(int*) q = 77;
    num(i);
    num((char) 511);
    num(*&i);
    num(&*p == p);
    void* any = p;
    p = any;
    num(*p);
    return 0;
}
