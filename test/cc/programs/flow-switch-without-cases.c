/* A switch need not have cases, or braces. */
#include "show.h"

int main(void)
{
    int n = 1;
    switch (n++) { }
    switch (n++) { default: n += 10; }
    switch (n) case 13: n = 50;
    switch (n) { n = 1; case 7: n = 2; }
    switch (n) { int hidden; case 50: hidden = 8; n += hidden; }
    show("%d\n", n);
    return 0;
}
