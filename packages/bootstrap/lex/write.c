/*
 * The scanner: code of the input's author, tables, and one function with an action for each rule.
 */
#include <stdio.h>
#include <string.h>
#include "lex.h"

static FILE *output;
static const char *input_path;

static void write_code(struct text code) {
    fprintf(output, "#line %d \"%s\"\n%.*s\n", code.line, input_path, code.length, code.start);
}

static void write_all(const struct text *codes, int count) {
    int i;
    for (i = 0; i < count; i++) write_code(codes[i]);
}

static void write_conditions(void) {
    int i;
    for (i = 0; i < condition_count; i++)
        fprintf(output, "#define %.*s %d\n", conditions[i].length, conditions[i].start, i);
    if (no_default) fputs("#define YY_NO_DEFAULT\n", output);
    if (no_wrap) fputs("#define yywrap() 1\n", output);
}

static void begin_table(const char *type, const char *name) {
    fprintf(output, "static const %s %s = {", type, name);
}

static void write_number(int index, int number) {
    fprintf(output, "%s%d,", index % 16 == 0 ? "\n    " : " ", number);
}

static void end_table(void) {
    fputs("\n};\n\n", output);
}

static void write_steps(void) {
    int state, class;
    fprintf(output, "static const short yy_next[][%d] = {", class_count);
    for (state = 0; state < state_count; state++) {
        fprintf(output, "\n{");
        for (class = 0; class < class_count; class++) write_number(class, next_state[state][class]);
        fputs("},", output);
    }
    end_table();
}

static void write_tables(void) {
    int i;
    begin_table("unsigned char", "yy_class[256]");
    for (i = 0; i < 256; i++) write_number(i, class_of[i]);
    end_table();
    write_steps();
    begin_table("short", "yy_accepted[]");
    for (i = 0; i < state_count; i++) write_number(i, accepted[i]);
    end_table();
    begin_table("short", "yy_first[]");
    for (i = 0; i < 2 * condition_count; i++) write_number(i, first_state[i]);
    end_table();
    begin_table("int", "yy_trail[]");
    for (i = 0; i <= rule_count; i++) write_number(i, rules[i].trail);
    end_table();
}

static void write_rule(int number) {
    const struct rule *rule = &rules[number];
    int i;
    if (!rule->end_of_file) fprintf(output, "case %d:\n", number);
    for (i = 0; rule->end_of_file && i < condition_count; i++)
        if (rule->on[i]) fprintf(output, "case YY_END + %d:\n", i);
    if (rule->shared) return;
    write_code(rule->action);
    fputs("break;\n", output);
}

/* An action that ends in the middle of a statement, as by a comment, must not take the next line with it. */
static void write_function(void) {
    int i;
    fputs("YY_DECL\n{\n", output);
    write_all(prologue, prologue_count);
    fputs("yy_begin();\nfor (;;) {\nswitch (yy_match()) {\n", output);
    for (i = 1; i <= rule_count; i++) write_rule(i);
    fputs("case 0:\nyy_no_rule();\nbreak;\ndefault:\nyyterminate();\n}\n}\n}\n", output);
}

void write_scanner(const char *input, const char *path) {
    input_path = input;
    output = fopen(path, "w");
    if (output == NULL) fail("cannot write ", path);
    fprintf(output, "/* Made by lex from %s. */\n", input);
    write_conditions();
    fprintf(output, "#define YY_END %d\n#include <lex/names.h>\n", rule_count + 1);
    write_all(declarations, declaration_count);
    write_tables();
    fputs("#include <lex/scanner.h>\n", output);
    write_function();
    fprintf(output, "#line %d \"%s\"\n%s", epilogue_line, input, epilogue);
    if (ferror(output) != 0 || fclose(output) != 0) fail("cannot write ", path);
}
