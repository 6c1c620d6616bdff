/* stdbool.h: truth values as plain integers. */
#ifndef _STDBOOL_H
#define _STDBOOL_H
#define bool int
#define true 1
#define false 0
#endif
