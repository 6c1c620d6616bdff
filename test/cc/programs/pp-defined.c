/* 'defined' works with and without parentheses, and through #ifdef and #ifndef. */
#include "show.h"

#define YES
int main(void)
{
#if defined YES && defined(YES) && !defined NO && !defined(NO)
    show("1");
#endif
#ifdef YES
    show("2");
#endif
#ifndef NO
    show("3");
#endif
#ifdef NO
    show("bad");
#endif
    show("\n");
    return 0;
}
