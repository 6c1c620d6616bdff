/* Converts every pair of bytes from EUC-KR: none may move the output out of its place. */
#include <iconv.h>
#include <stdio.h>

int main(void) {
    iconv_t conversion = iconv_open("UTF-8", "EUC-KR");
    int converted = 0;
    int pair;
    for (pair = 0x8000; pair < 0x10000; pair++) {
        char from[2] = {pair >> 8, pair & 0xFF};
        char to[24];
        char *in = from, *out = to + 8;
        size_t in_left = 2, out_left = 8;
        if (iconv(conversion, &in, &in_left, &out, &out_left) != (size_t)-1) converted++;
        if (out < to + 8 || out > to + 16 || out_left != (size_t)(to + 16 - out)) {
            fprintf(stderr, "%04X moved the output by %d bytes\n", pair, (int)(out - to - 8));
            return 1;
        }
    }
    printf("%d pairs converted\n", converted);
    return converted == 0;
}
