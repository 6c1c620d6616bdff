// The command line, and what is done for each file on it.

struct Option {
    struct Option* next;
    int letter;                // 'D', 'U' or 0 for a source file
    char* text;
};

struct Option* first_option;
struct Option* last_option;
char* output_path;

void add_option(int letter, char* text) {
    struct Option* option = allocate(sizeof(struct Option));
    option->letter = letter;
    option->text = text;
    if (last_option) last_option->next = option;
    else first_option = option;
    last_option = option;
}

void use_option(int letter, char* text) {
    if (letter == 'I') add_folder(text);
    else if (letter == 'o') output_path = text;
    else if (letter == 'D' || letter == 'U') add_option(letter, text);
    else fail("usage: cc2 [-I DIR]... [-D NAME[=TEXT]]... [-U NAME]... -o OUT FILE.c...");
}

void read_options(int count, char** arguments) {
    int i = 1;
    while (i < count) {
        char* argument = arguments[i];
        if ((argument[0] & 255) != '-') add_option(0, argument);
        else if (argument[1] & 255 && argument[2] & 255) use_option(argument[1] & 255, argument + 2);
        else {
            i = i + 1;
            if (i == count) fail_about("nothing follows the option", argument);
            use_option(argument[1] & 255, arguments[i]);
        }
        i = i + 1;
    }
}

// NAME=TEXT becomes `NAME TEXT`, NAME alone `NAME 1`.
char* definition(char* text) {
    char* copy = join_text(text, " 1");
    int length = text_length(text);
    int i;
    for (i = 0; i < length; i++) {
        if ((copy[i] & 255) == '=') {
            copy[i] = ' ';
            copy[length] = 0;
            return copy;
        }
    }
    return copy;
}

void forget_macros() {
    int i;
    for (i = 0; i < BUCKETS; i++) {
        struct Name* name = name_bucket[i];
        while (name) {
            name->macro = 0;
            name = name->next;
        }
    }
}

void predefine() {
    define_text("__CC2__ 1");
    define_text("__i386__ 1");
    define_text("__linux__ 1");
    define_text("__ELF__ 1");
    define_text("__STDC__ 1");
    define_text("__STDC_HOSTED__ 1");
    define_text("__STDC_VERSION__ 199901L");
    define_text("__DATE__ \"Jan  1 1970\"");
    define_text("__TIME__ \"00:00:00\"");
    define_special("__FILE__", FILE_MACRO);
    define_special("__LINE__", LINE_MACRO);
    struct Option* option = first_option;
    while (option) {
        if (option->letter == 'D') define_text(definition(option->text));
        if (option->letter == 'U') name_of(option->text)->macro = 0;
        option = option->next;
    }
}

int main(int count, char** arguments, char** environment) {
    int files = 0;
    read_options(count, arguments);
    end_token.kind = END;
    make_basic_types();
    make_keywords();
    generate_entry();
    struct Option* option = first_option;
    while (option) {
        if (option->letter == 0) {
            forget_macros();
            source = 0;
            predefine();
            compile_file(option->text);
            files = files + 1;
        }
        option = option->next;
    }
    position_file = 0;
    if (files == 0 || output_path == 0) fail("usage: cc2 [-I DIR]... [-D NAME[=TEXT]]... [-U NAME]... -o OUT FILE.c...");
    write_program(output_path);
    return 0;
}
