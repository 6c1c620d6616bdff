/* A parser of expressions, written in itself once more. */
#include "show.h"

static const char *at;
static int expression(void);
static int factor(void)
{
    int value = 0;
    if (*at == '(') {
        at++;
        value = expression();
        at++;
        return value;
    }
    if (*at == '-') {
        at++;
        return -factor();
    }
    while (*at >= '0' && *at <= '9') value = value * 10 + *at++ - '0';
    return value;
}
static int term(void)
{
    int value = factor();
    while (*at == '*' || *at == '/') value = *at++ == '*' ? value * factor() : value / factor();
    return value;
}
static int expression(void)
{
    int value = term();
    while (*at == '+' || *at == '-') value = *at++ == '+' ? value + term() : value - term();
    return value;
}
static int compute(const char *text)
{
    at = text;
    return expression();
}
int main(void)
{
    show("%d %d %d\n", compute("1+2*3"), compute("(1+2)*3-4/2"), compute("-(10-3*(2+1))*8"));
    return 0;
}
