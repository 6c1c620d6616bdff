#!/bin/sh
# lua.sh SOURCE RESULT: builds Lua, and has it check itself by proof.lua, as source and as compiled by luac.
set -eu
: > "$2"
result=$(realpath "$2")
proof=$(realpath proof.lua)
cd "$1/src"
make -j2 CC="gcc -std=gnu99" SYSCFLAGS=-DLUA_USE_LINUX SYSLIBS="-Wl,-E -ldl" all
./lua "$proof" > source.out
./luac -s -o proof.luac "$proof"
./lua proof.luac > compiled.out
cmp source.out compiled.out
tee "$result" < source.out
