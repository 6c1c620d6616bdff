#!/bin/sh
# torture-result.sh LEVEL VERDICTS EXPECTED RESULT: counts what torture.sh wrote. The tests that do not pass have to be those that
# EXPECTED names for the level.
set -eu
level=$1 verdicts=$2 expected=$3 result=$4
count() { wc -l < "$1" | tr -d ' '; }
grep -v ' passes$' "$verdicts" > failed || true
sed -n "s/^$level \([^:]*\): .*/\1/p" "$expected" | sort > expected-failures
echo "gcc.c-torture/execute $level: $(count "$verdicts") tests, $(grep -c ' passes$' "$verdicts") pass, $(count failed) fail as expected" > "$result"
sed -n "s/^$level /  /p" "$expected" >> "$result"
cat "$result"
diff expected-failures failed
