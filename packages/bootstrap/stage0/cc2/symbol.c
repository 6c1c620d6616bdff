// What identifiers mean, and where: scopes.

enum { SYMBOL_TYPEDEF, SYMBOL_LOCAL, SYMBOL_GLOBAL, SYMBOL_CONSTANT, SYMBOL_TAG };

struct Symbol {
    struct Symbol* outer;      // the meaning it hides
    struct Symbol* next;       // in the same scope
    struct Name* name;
    int kind;
    int depth;                 // of the scope: 1 is the file
    struct Type* type;
    int offset;                // of a local, from %ebp
    int value;                 // of an enumeration constant
    struct Global* global;
    int is_static;
};

struct Scope {
    struct Scope* parent;
    struct Symbol* symbols;
    int frame;                 // how much of the frame is in use outside
};

struct Scope* scope;
int scope_depth;

// The current function's locals lie below %ebp: bytes in use here, and the most ever in use.
int frame_used;
int frame_size;

void enter_scope() {
    struct Scope* inner = allocate(sizeof(struct Scope));
    inner->parent = scope;
    inner->frame = frame_used;
    scope = inner;
    scope_depth = scope_depth + 1;
}

void leave_scope() {
    struct Symbol* symbol = scope->symbols;
    while (symbol) {
        if (symbol->kind == SYMBOL_TAG) symbol->name->tag = symbol->outer;
        else symbol->name->symbol = symbol->outer;
        symbol = symbol->next;
    }
    frame_used = scope->frame;
    scope = scope->parent;
    scope_depth = scope_depth - 1;
}

struct Symbol* new_symbol(int kind, struct Name* name, struct Type* type) {
    struct Symbol* symbol = allocate(sizeof(struct Symbol));
    symbol->kind = kind;
    symbol->name = name;
    symbol->type = type;
    symbol->depth = scope_depth;
    symbol->next = scope->symbols;
    scope->symbols = symbol;
    if (kind == SYMBOL_TAG) {
        symbol->outer = name->tag;
        name->tag = symbol;
    } else {
        symbol->outer = name->symbol;
        name->symbol = symbol;
    }
    return symbol;
}

// The meaning that a declaration in this very scope already gave to the name, or 0.
struct Symbol* declared_here(struct Name* name) {
    if (name->symbol == 0 || name->symbol->depth != scope_depth) return 0;
    return name->symbol;
}

int reserve_frame(int size) {
    if (size > SIZE_LIMIT - frame_used) fail("the function's variables are too large");
    frame_used = align_up(frame_used + size, 4);
    if (frame_used > frame_size) frame_size = frame_used;
    return -frame_used;
}

struct Symbol* declare_local(struct Name* name, struct Type* type) {
    if (declared_here(name)) fail_about("declared twice", name->text);
    struct Symbol* symbol = new_symbol(SYMBOL_LOCAL, name, type);
    symbol->offset = reserve_frame(size_of(type));
    return symbol;
}

// The object or function that all files know by this name.
struct Global* shared_global(struct Name* name) {
    if (name->global == 0) name->global = new_global(name);
    return name->global;
}
