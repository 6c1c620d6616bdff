/* The usual functions of strings. */
#include "show.h"

static unsigned length(const char *s) { const char *p = s; while (*p) p++; return p - s; }
static char *copy(char *to, const char *from) { char *r = to; while ((*to++ = *from++)); return r; }
static int compare(const char *a, const char *b) { while (*a && *a == *b) a++, b++; return (unsigned char)*a - (unsigned char)*b; }
static char *find(const char *s, int c) { do if (*s == (char)c) return (char *)s; while (*s++); return 0; }
static void reverse(char *s) { char *e = s + length(s); while (s < --e) { char t = *s; *s++ = *e; *e = t; } }
int main(void)
{
    char text[20];
    reverse(copy(text, "stressed"));
    show("%s %u %d %d %d\n", text, length(text), compare("abc", "abd"), compare("b", "a"), compare("", ""));
    show("%s %d %d\n", find(text, 's'), find(text, 'z') == 0, *find(text, 0));
    return 0;
}
