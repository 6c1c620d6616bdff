// All kinds of assignment, to all kinds of variables.
struct Pair { int first; char second; };
int global;
char small;
int table[4];
struct Pair pair;

int one() { return 1; }

int main() {
    int local = 10;
    char byte = 100;
    int* pointer = &local;
    struct Pair* to = &pair;
    local += 5; num(local);
    local -= 20; num(local);
    local *= -3; num(local);
    local /= 4; num(local);
    local %= 2; num(local);
    local = 12;
    local &= 10; num(local);
    local |= 5; num(local);
    local ^= 3; num(local);
    local <<= 3; num(local);
    local >>= 1; num(local);
    *pointer += 7; num(local);
    byte += 100; num(byte);
    num(byte = 300);
    global -= 4; num(global);
    small = -1; num(small);
    small -= 200; num(small);
    table[one()] = 4;
    table[one()] += 2;
    table[one()] *= table[one()] - one();
    num(table[1]);
    to->first = 9;
    to->first %= 5;
    to->second = 'a';
    to->second += one();
    num(pair.first);
    num(pair.second);
    num(local++); num(local);
    num(++local); num(local);
    num(local--); num(--local);
    num(++byte); num(byte--); num(byte);
    byte = 127;
    num(++byte); num(byte++); num(byte);
    num(table[1]++ + ++table[2]); num(table[1]); num(table[2]);
    num(to->first++); num(--to->second); num(pair.first);
    num((*pointer)++); num(local);
    num(global = small = 5);
    return 0;
}
