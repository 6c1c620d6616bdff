#!/bin/sh
# torture.sh LEVEL FOLDER VERDICTS: compiles and runs GCC's own test programs, gcc.c-torture/execute in FOLDER, at an
# optimisation level, two at a time, and writes of each whether it passes.
set -eu
level=$1 folder=$(realpath "$2") verdicts=$3
work=$PWD/torture$level
mkdir "$work"

find "$folder" -name '*.c' ! -name '*-lib.c' ! -path '*/lib/*' | sort > "$work/tests"
# shellcheck disable=SC2046 # names without blanks
awk -v folder="$folder" -f torture.awk $(cat "$work/tests") > "$work/plan"

# run_test NAME OPTIONS SOURCES, in a folder of its own
run_test() {
    # shellcheck disable=SC2086 # options and sources, separated by blanks
    if ! gcc "$level" $2 -o program $3 -lm > log 2>&1; then
        echo "$1 does not compile"
        sed 3q log >&2
    elif timeout 60 ./program > log 2>&1 < /dev/null; then
        echo "$1 passes"
    else
        echo "$1 fails"
    fi
}

# run_half 0 or 1: every second test of the plan
run_half() {
    mkdir "$work/half-$1"
    cd "$work/half-$1"
    number=0
    while IFS='|' read -r name options sources; do
        number=$((number + 1))
        [ $((number % 2)) = "$1" ] || continue
        run_test "$name" "$options" "$sources"
    done < "$work/plan" 2> "$work/problems-$1" > "$work/verdicts-$1"
}

run_half 0 &
(run_half 1)
wait

cat "$work"/problems-? >&2
sort "$work"/verdicts-? > "$verdicts"
[ "$(wc -l < "$work/plan")" = "$(wc -l < "$verdicts")" ]
rm -r "$work"
