#!/bin/sh
# zlib.sh SOURCE RESULT: builds zlib, static and shared, and runs its own tests.
set -eu
: > "$2"
result=$(realpath "$2")
cd "$1"
CC=gcc CFLAGS=-O2 ./configure
make -j2
make test > test.log
gcc -O2 -I. -o infcover test/infcover.c libz.a
./infcover > infcover.log 2>&1
{
    sed -n 's/^.*\(zlib.* test OK\).*$/\1/p' test.log
    echo 'infcover OK'
} > "$result"
cat "$result"
[ "$(grep -c OK "$result")" = 4 ]
