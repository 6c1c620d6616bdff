/* inttypes.h: integers of a given width; printf knows them as d and lld. */
#ifndef _INTTYPES_H
#define _INTTYPES_H
#include <stdint.h>
#endif
