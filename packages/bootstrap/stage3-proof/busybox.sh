#!/bin/sh
# busybox.sh SOURCE RESULT: builds busybox as upstream takes it for usual, and runs its own tests of what needs no other machine,
# no terminal and no rights. What fails has to be what is named here.
set -eu
: > "$2"
result=$(realpath "$2")
expected=$(realpath busybox.expected)
cd "$1"
make defconfig > /dev/null
sed -i -e 's/^CONFIG_TC=y/# CONFIG_TC is not set/' -e 's/^# CONFIG_STATIC is not set/CONFIG_STATIC=y/' .config
yes '' | make oldconfig > /dev/null
make -j2
cd testsuite
./runtest > log 2>&1 || true
sed -n 's/^FAIL: //p' log | sort > failed
count() { grep -c "^$1: " log; }
echo "busybox: $(count PASS) tests pass, $(wc -l < failed | tr -d ' ') fail as expected, $(count SKIPPED) are skipped" > "$result"
sed -n 's/^/  /p' "$expected" >> "$result"
cat "$result"
sed -n 's/: .*//p' "$expected" | sort | diff - failed
