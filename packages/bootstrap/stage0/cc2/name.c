// Names: every identifier's spelling is kept once, so that two identifiers are equal when their
// pointers are. What an identifier means right now hangs directly on its name: looking up a macro,
// a variable or a label costs nothing.

struct Name {
    struct Name* next;         // in the same bucket
    char* text;                // ends with a zero byte
    int length;
    int keyword;               // what the parser takes it for, or 0
    struct Macro* macro;       // its definition, or 0
    struct Symbol* symbol;     // the innermost variable, function, typedef or constant
    struct Symbol* tag;        // the innermost struct, union or enum tag
    struct Global* global;     // the object or function that all files share by this name
    struct Place* label;       // the label in the current function
};

enum { BUCKETS = 8192 };
struct Name* name_bucket[8192];

int hash_bytes(char* text, int length) {
    int hash = length;
    int i;
    for (i = 0; i < length; i++) hash = hash * 31 + (text[i] & 255);
    return (hash ^ hash >> 15) & (BUCKETS - 1);
}

struct Name* name_of_bytes(char* text, int length) {
    int bucket = hash_bytes(text, length);
    struct Name* name = name_bucket[bucket];
    while (name) {
        if (name->length == length && same_bytes(name->text, text, length)) return name;
        name = name->next;
    }
    name = allocate(sizeof(struct Name));
    name->text = allocate(length + 1);
    copy_bytes(name->text, text, length);
    name->length = length;
    name->next = name_bucket[bucket];
    name_bucket[bucket] = name;
    return name;
}

struct Name* name_of(char* text) {
    return name_of_bytes(text, text_length(text));
}
