# busybox and a link for each of its programs, in out/. /bin/sh is where scripts look for the shell.
set -e
b=source/busybox
$b mkdir -p -m 755 out/bin out/usr/bin
$b cp $b out/usr/bin/busybox
programs=$($b --list)
for program in $programs; do
    [ "$program" = busybox ] || $b ln -s busybox "out/usr/bin/$program"
done
$b ln -s ../usr/bin/busybox out/bin/sh
