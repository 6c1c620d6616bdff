/*
 * What the code in a scanner's rules may use. lex/scanner.h, behind that code, is how it is done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

FILE *yyin, *yyout;      /* NULL until the first token: the usual ones */
char *yytext;            /* the token, with a 0 behind it: a copy, which may be changed */
int yyleng;
static int yy_condition;
static int yy_line_begins = 1;  /* whether ^ matches */
static int yy_keep;             /* what yymore kept of the token before */

static void yy_give_back(int count);
static void yy_put(int c);
static int yy_get(void);
static void yy_push_state(int condition);
static void yy_pop_state(void);
#ifndef yywrap
int yywrap(void);
#endif

#define BEGIN yy_condition =
#define YY_START yy_condition
#define ECHO ((void)fwrite(yytext, 1, yyleng, yyout))
#define yyless(count) yy_give_back(count)
#define unput(c) yy_put(c)
#define input() yy_get()
#define yymore() (yy_keep = yyleng)
#define yy_set_bol(whether) (yy_line_begins = (whether))
#define YY_NULL 0
#define yyterminate() return YY_NULL
