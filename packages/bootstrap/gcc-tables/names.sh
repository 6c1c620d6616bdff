#!/bin/sh
# names.sh FILE OPTION...: fails unless FILE.h is what gperf makes of FILE.gperf with these options, but for how other
# versions of it write C: what they say of themselves, the types of lengths and hashes, casts, and what is inline.
set -e

plain() {
    sed -e 1,2d -e '/^#error/d' -e '/^#line/d' -e '/^#ifdef __GNUC__$/,/^#endif$/d' \
        -e 's/register //g' -e 's/size_t len/unsigned int len/' -e 's/ && key >= 0//' \
        -e 's/unsigned int hval =/int hval =/' -e 's/unsigned int key =/int key =/' \
        -e 's/static_cast<unsigned char>(str\[\([^]]*\)\]\([^)]*\))/(unsigned char)str[\1]\2/' "$@"
}

file=$1
shift
gperf "$@" "$file.gperf" | plain > names-made
plain "$file.h" | cmp - names-made
rm names-made
