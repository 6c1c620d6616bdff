// Enumerations and constant expressions.
enum { ZERO, ONE, TEN = 10, ELEVEN, NEGATIVE = -3, NEXT, MASK = (1 << 4) - 1, SUM = TEN + ELEVEN * 2, };
enum { LETTER = 'x', HEX = 0x10 | 1, INVERTED = ~5 & 0xFF, NOT = !ONE };
char table[TEN];
int numbers[(ELEVEN - ONE) * 2 >> 1];
struct Row { char cells[MASK + 1]; int ends[1 << ONE]; };

int main() {
    char local[ELEVEN * 3];
    num(ZERO); num(ONE); num(TEN); num(ELEVEN); num(NEGATIVE); num(NEXT); num(MASK); num(SUM);
    num(LETTER); num(HEX); num(INVERTED); num(NOT);
    num(&table[10] - table);
    num(sizeof(struct Row));
    num(local + sizeof(int) * 2 - local);
    num(table + TEN - ONE == &table[9]);
    table[MASK - 10] = SUM;
    num(table[5]);
    num(*(table + 5));
    numbers[TEN - 1] = 6;
    num(numbers[9]);
    return 0;
}
