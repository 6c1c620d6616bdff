#!/bin/sh
# libc.sh FOLDER RESULT: compiles and runs tests of a C library in FOLDER, picolibc's `test`: libc-testsuite, which musl's author
# wrote, and those of picolibc's own that ask for nothing but ISO C and POSIX. What fails has to be what is named here.
set -eu
: > "$2"
folder=$(realpath "$1") result=$(realpath "$2")
# sscanf: musl takes the width of %lc for bytes of the input, not for characters.
expected='sscanf fails'
tests='libc-testsuite/basename libc-testsuite/dirname libc-testsuite/fnmatch libc-testsuite/qsort libc-testsuite/snprintf
    libc-testsuite/sscanf libc-testsuite/string libc-testsuite/strtod libc-testsuite/strtol libc-testsuite/wcstol
    atexit constructor ffs malloc_stress posix-io rand regex setjmp test-atomic test-fgetc test-fgets-eof test-fopen
    test-fread-fwrite test-long-long test-memchr test-memset test-mktemp test-put test-sprintf-percent-n test-strchr
    test-strncpy test-strtod test-tmpnam test-ungetc-ftell test-vfscanf-percent-a test-wcase test-wchar test-wctomb
    test-wctype time-sprintf time-tests timegm ungetc'

mkdir libc
cd libc
for test in $tests; do
    gcc -O1 -std=gnu17 -fno-builtin -w -D_GNU_SOURCE -I "$folder" -o program "$folder/$test.c" -lm
    if timeout 60 ./program > log 2>&1 < /dev/null; then
        echo "${test#*/} passes"
    else
        echo "${test#*/} fails"
        cat log >&2
    fi
done > verdicts
passed=$(grep -c ' passes$' verdicts)
failed=$(grep ' fails$' verdicts)
echo "libc: $passed of $(wc -l < verdicts | tr -d ' ') tests pass; as expected, $failed" > "$result"
cat "$result"
[ "$failed" = "$expected" ]
