// Operators, their precedence and associativity.
int seven() { return 7; }

int main() {
    int a = 20;
    int b = 3;
    num(a + b * 2 - 4 / 2);
    num((a + b) * 2);
    num(a - b - 5);
    num(a / b);
    num(a % b);
    num(-a / b);
    num(-a % b);
    num(a / -b);
    num(100 / 5 / 2);
    num(1 << b << 2);
    num(-64 >> 2);
    num(1 + 2 << 3);
    num(a & 12 | 3 ^ 1);
    num(a & 12 == 12);
    num(~a);
    num(-a);
    num(- -a);
    num(!a);
    num(!!a);
    num(a > b);
    num(a < b);
    num(a <= 20);
    num(a >= 21);
    num(a == 20);
    num(a != 20);
    num(1 < 2 == 1);
    num(seven() * seven() - seven());
    num(a - (b - seven()));
    num(seven() - a);
    num(seven() / b + a % seven());
    num(2147483647 + 1);
    num(65536 * 65536);
    num(1 << 31);
    num(0x7fFF);
    num(0xFFFFFFFF);
    num(017);
    num(0);
    num('a');
    num('\xff');
    num('\\' + '\'' + '"' + '\n' + '\t' + '\r' + '\0' + '\101');
    return 0;
}
