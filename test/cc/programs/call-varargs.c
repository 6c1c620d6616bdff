/* A list of arguments of all types. */
#include "show.h"

static long long total(int count, ...)
{
    __builtin_va_list list;
    long long sum = 0;
    __builtin_va_start(list, count);
    while (count--) {
        switch (__builtin_va_arg(list, int)) {
        case 'i': sum += __builtin_va_arg(list, int); break;
        case 'l': sum += __builtin_va_arg(list, long long); break;
        case 'd': sum += __builtin_va_arg(list, double); break;
        case 's': sum += *__builtin_va_arg(list, char *); break;
        }
    }
    __builtin_va_end(list);
    return sum;
}
int main(void)
{
    char small = 5;
    float real = 2.5f;
    show("%D\n", total(5, 'i', small, 'l', 10000000000LL, 'd', real, 's', "A", 'i', -7));
    return 0;
}
