/*
 * Output for the test programs, without a libc: the same lines from cc2 and from gcc.
 * show("…") knows %d %u %x %c %s %p (as 0 or 1), %D %U %X (long long) and %f (double, six digits).
 */
#ifndef SHOW_H
#define SHOW_H

#ifdef __CC2__
typedef __builtin_va_list show_list;
#define show_write(text, length) __syscall(4, 1, (text), (length))
int main();
void __start(int *stack)
{
    __syscall(1, main(stack[0], (char **)(stack + 1)));
}
#else
typedef __builtin_va_list show_list;
extern int write(int, const void *, unsigned int);
#define show_write(text, length) write(1, (text), (length))
#endif

static char show_buffer[4096];
static int show_used;

static void show_byte(int c)
{
    if (show_used < (int)sizeof show_buffer) show_buffer[show_used++] = c;
}

static void show_digits(unsigned long long value, unsigned base)
{
    char digits[24];
    int count = 0;
    do {
        digits[count++] = "0123456789abcdef"[(unsigned)(value % base)];
        value /= base;
    } while (value);
    while (count) show_byte(digits[--count]);
}

static void show_signed(long long value)
{
    if (value < 0) show_byte('-');
    show_digits(value < 0 ? -(unsigned long long)value : (unsigned long long)value, 10);
}

static void show_real(double value)
{
    unsigned long long scaled;
    int place;
    if (value != value) {
        show_byte('?');
        return;
    }
    if (value < 0) {
        show_byte('-');
        value = -value;
    }
    scaled = (unsigned long long)(value * 1000000.0 + 0.5);
    show_digits(scaled / 1000000, 10);
    show_byte('.');
    for (place = 100000; place; place /= 10) show_byte('0' + (int)(scaled / place % 10));
}

static void show_text(const char *text)
{
    while (*text) show_byte(*text++);
}

static void show(const char *format, ...)
{
    show_list list;
    __builtin_va_start(list, format);
    show_used = 0;
    for (; *format; format++) {
        if (*format != '%') {
            show_byte(*format);
            continue;
        }
        switch (*++format) {
        case 'd': show_signed(__builtin_va_arg(list, int)); break;
        case 'u': show_digits(__builtin_va_arg(list, unsigned), 10); break;
        case 'x': show_digits(__builtin_va_arg(list, unsigned), 16); break;
        case 'D': show_signed(__builtin_va_arg(list, long long)); break;
        case 'U': show_digits(__builtin_va_arg(list, unsigned long long), 10); break;
        case 'X': show_digits(__builtin_va_arg(list, unsigned long long), 16); break;
        case 'f': show_real(__builtin_va_arg(list, double)); break;
        case 'c': show_byte(__builtin_va_arg(list, int)); break;
        case 's': show_text(__builtin_va_arg(list, char *)); break;
        case 'p': show_byte(__builtin_va_arg(list, void *) ? '1' : '0'); break;
        default: show_byte(*format);
        }
    }
    __builtin_va_end(list);
    show_write(show_buffer, show_used);
}

#endif
