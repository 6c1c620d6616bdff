/* A checksum over many steps. */
#include "show.h"

int main(void)
{
    unsigned long long h = 14695981039346656037ULL;
    const char *s = "the quick brown fox";
    for (; *s; s++) {
        h ^= (unsigned char)*s;
        h *= 1099511628211ULL;
    }
    show("%X %U\n", h, h % 1000000007);
    return 0;
}
