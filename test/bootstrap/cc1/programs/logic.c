// && and || give 0 or 1, and look at the right operand only if they must.
int calls;

int yes(int value) {
    calls++;
    return value;
}

int main() {
    num(5 && 3);
    num(5 && 0);
    num(0 && yes(1));
    num(0 || 9);
    num(0 || 0);
    num(4 || yes(1));
    num(calls);
    num(yes(2) && yes(0) || yes(3));
    num(calls);
    num(yes(0) && yes(1) && yes(1));
    num(calls);
    num(yes(0) || yes(0) || yes(7));
    num(calls);
    num(1 || 0 && 0);
    num((1 || 0) && 0);
    num(!(1 && 0));
    num(1 == 1 && 2 > 1);
    int x = 5;
    if (x > 3 && x < 10 || x == 20) put("in\n");
    if (!(x == 5)) put("not\n");
    else put("five\n");
    while (x && x != 2) x--;
    num(x);
    return 0;
}
