/* Texts, characters, escapes // and comments. */
char* text;

int main(int argc, char** argv, char** envp) {
    put("plain\n");
    put("joined " "from " /* a comment */ "parts\n");
    put("quotes \" \' and \\ slashes // /* no comment */\n");
    put("\x41\102\103\x0a");
    text = "";
    num(length(text));
    num(length("a\0b"));
    text = "\a\b\t\v\f\r";
    int i;
    for (i = 0; text[i]; i++) num(text[i]);
    num("\xE9"[0]);
    num('"');
    num(argc);
    put(argv[1]);
    put("\n");
    num(argv[argc] == 0);
    put(envp[0]);
    put("\n");
    num(envp[1] == 0);
    char copy[20];
    char* from = "copied\n";
    char* to = copy;
    while (*to++ = *from++) ;
    put(copy);
    // the end */
    return 3;
}
