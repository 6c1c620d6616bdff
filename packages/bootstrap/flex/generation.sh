#!/bin/sh
# generation.sh VERSION PROGRAM: flex of the sources in this folder, with what upstream's configure would find.
set -e
exec tcc -static -DVERSION="\"$1\"" -DM4='"m4"' -D_GNU_SOURCE -DHAVE_ASSERT_H -DHAVE_LIMITS_H -DHAVE_NETINET_IN_H \
    -DHAVE_REALLOCARRAY -I. -o "$2" buf.c ccl.c dfa.c ecs.c filter.c gen.c main.c misc.c nfa.c options.c parse.c \
    regex.c scan.c scanflags.c scanopt.c skel.c sym.c tables.c tables_shared.c tblcmp.c yylex.c
