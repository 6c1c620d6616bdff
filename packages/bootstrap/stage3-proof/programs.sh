#!/bin/sh
# programs.sh RESULT: compiles the programs in programs/, static, dynamic and position independent, without and with
# optimisation, and runs each. A program that finds something wrong says the line and ends with status 1.
set -eu
: > "$1"

# try COMPILER SOURCE OPTION…
try() {
    compiler=$1 source=$2
    shift 2
    for level in -O0 -O2; do
        "$compiler" "$level" -o program "$source" "$@" -lm
        ./program || { echo "$source $level $*: status $?" >&2; exit 1; }
    done
    echo "$source $*" >> "$result"
}

result=$(realpath "$1")
# The loader looks in /lib and /usr/lib; the compiler may keep its own libraries elsewhere.
LD_LIBRARY_PATH=$(dirname "$(g++ -print-file-name=libstdc++.so)")
export LD_LIBRARY_PATH
cd programs
for kind in -static -no-pie "-fPIE -pie"; do
    # shellcheck disable=SC2086 # options, separated by blanks
    for source in *.c; do try gcc "$source" -std=gnu17 $kind; done
    # shellcheck disable=SC2086
    for source in *.cc; do try g++ "$source" -std=gnu++20 $kind; done
done
cd shared
gcc -O2 -fPIC -shared -o library.so library.c
try gcc main.c library.so -Wl,-rpath,.
