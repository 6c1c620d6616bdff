#!/bin/sh
# busybox and a link for each of its programs, in out/. /bin/sh is where scripts look for the shell, /tmp where they
# put what they need for a moment.
set -e
b=source/busybox
$b mkdir -p -m 755 out/bin out/usr/bin
$b mkdir -m 1777 out/tmp
$b cp $b out/usr/bin/busybox
programs=$($b --list)
for program in $programs; do
    [ "$program" = busybox ] || $b ln -s busybox "out/usr/bin/$program"
done
$b ln -s ../usr/bin/busybox out/bin/sh
