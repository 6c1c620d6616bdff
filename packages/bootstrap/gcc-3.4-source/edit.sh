#!/bin/sh
# What GCC 3.4.6's source needs to be built here, run in its folder.
set -e

# How to walk through the frame of a signal handler is written for the GNU C library's headers.
sed -i 's/^#ifdef IN_LIBGCC2/#if defined (IN_LIBGCC2) \&\& defined (__GLIBC__)/' gcc/config/i386/linux.h

# The manuals are not in the archive.
sed -i -e 's/install-cpp install-man install-info /install-cpp /' -e 's/^doc: .*/doc:/' \
    -e '/^\t.(INSTALL_SCRIPT) gccbug /d' gcc/Makefile.in

# The C library's headers are as they should be: no corrected copies.
sed -i 's,\./fixinc\.sh,-c true,' gcc/Makefile.in

# What libstdc++ has for Linux is for the GNU C library.
sed -i 's,"os/gnu-linux","os/generic",' libstdc++-v3/configure.host

# The parsers that Bison had made are made here. They ask for memory by a name that GCC forbids itself.
cd gcc
{
    echo '/* The C part of c-parse.in, as the Makefile cuts it out. */'
    sed -e '/^@@ifobjc.*/,/^@@end_ifobjc.*/d' -e '/^@@ifc.*/d' -e '/^@@end_ifc.*/d' c-parse.in
} > c-parse.y
yacc -o c-parse.c c-parse.y
yacc -d -o gengtype-yacc.c gengtype-yacc.y
sed -i 's/)realloc(/)xrealloc(/' c-parse.c gengtype-yacc.c

# So is the lexer that flex had made.
flex -o gengtype-lex.c gengtype-lex.l
