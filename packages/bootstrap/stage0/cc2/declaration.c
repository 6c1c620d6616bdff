// Declarations of objects and functions, inside of functions and outside.

// A declaration that repeats an earlier one must agree with it, and may complete it.
void agree(struct Symbol* symbol, int kind, struct Type* type) {
    struct Type* old = symbol->type;
    if (symbol->kind != kind || same_type(old, type) == 0) fail_about("declared differently before", symbol->name->text);
    if (old->kind == TYPE_ARRAY && old->count == OPEN) symbol->type = type;
    if (old->kind == TYPE_FUNCTION && old->unspecified) symbol->type = type;
}

// The symbol of a function or object with linkage: static ones are known in this file only.
struct Symbol* declare_linked(struct Name* name, struct Type* type, int is_static) {
    struct Symbol* symbol = declared_here(name);
    if (symbol) {
        agree(symbol, SYMBOL_GLOBAL, type);
        return symbol;
    }
    struct Symbol* outer = name->symbol;
    symbol = new_symbol(SYMBOL_GLOBAL, name, type);
    if (outer && outer->kind == SYMBOL_GLOBAL && outer->depth == 1) symbol->global = outer->global;
    else if (is_static) symbol->global = new_global(name);
    else symbol->global = shared_global(name);
    return symbol;
}

void declare_typedef(struct Name* name, struct Type* type) {
    struct Symbol* symbol = declared_here(name);
    if (symbol) agree(symbol, SYMBOL_TYPEDEF, type);
    else new_symbol(SYMBOL_TYPEDEF, name, type);
}

// ---- objects -------------------------------------------------------------------------------------

void declare_file_object(struct Name* name, struct Type* type, int storage) {
    struct Symbol* symbol = declare_linked(name, type, storage == STORAGE_STATIC);
    if (type->kind == TYPE_VOID) fail_about("an object of type void", name->text);
    if (accept('=')) {
        type = read_items(type);
        symbol->type = type;
        write_items(symbol->global, type);
    } else if (storage != STORAGE_EXTERN && symbol->global->section == UNDEFINED) symbol->global->tentative = 1;
}

void declare_static_local(struct Name* name, struct Type* type) {
    if (declared_here(name)) fail_about("declared twice", name->text);
    struct Symbol* symbol = new_symbol(SYMBOL_GLOBAL, name, type);
    symbol->global = new_global(name);
    if (accept('=')) {
        symbol->type = read_items(type);
        write_items(symbol->global, symbol->type);
    } else define_global(symbol->global, ZEROED, reserve_zeroed(size_of(type), type->align));
}

// The size of an open array is known only after its initialiser; any other variable is visible in it.
void declare_variable(struct Name* name, struct Type* type) {
    struct Symbol* symbol = 0;
    int is_open = type->kind == TYPE_ARRAY && type->count == OPEN;
    if (is_open && at('=') == 0) fail_about("the array's size is not known", name->text);
    if (is_open == 0) symbol = declare_local(name, type);
    if (accept('=') == 0) return;
    type = read_items(type);
    if (is_open) symbol = declare_local(name, type);
    generate_effect(assignments(local_node(symbol->offset, type)));
}

void declare_in_block(struct Name* name, struct Type* type, int storage) {
    if (type->kind == TYPE_FUNCTION || storage == STORAGE_EXTERN) {
        if (at('=')) fail("an extern declaration in a function cannot have a value");
        declare_linked(name, type, 0);
    } else if (storage == STORAGE_STATIC) declare_static_local(name, type);
    else declare_variable(name, type);
}

// ---- functions -----------------------------------------------------------------------------------

// Parameters lie above the frame, in the order of their declaration.
void declare_parameters(struct Type* type) {
    struct Parameter* parameter = type->parameters;
    int offset = 8;
    if (type->base->kind == TYPE_STRUCT) offset = 12;
    while (parameter) {
        if (parameter->name == 0) fail("a parameter of a defined function needs a name");
        if (declared_here(parameter->name)) fail_about("two parameters of the same name", parameter->name->text);
        struct Symbol* symbol = new_symbol(SYMBOL_LOCAL, parameter->name, parameter->type);
        symbol->offset = offset;
        offset = offset + align_up(size_of(parameter->type), 4);
        parameter = parameter->next;
    }
}

void generate_function(struct Name* name, struct Type* type) {
    function_name = name;
    result_type = type->base;
    frame_used = 0;
    frame_size = 0;
    code3(0x55, 0x89, 0xE5);                        // push %ebp; mov %esp,%ebp
    code2(0x81, 0xEC);                              // sub $frame,%esp
    int frame_at = code.length;
    code_word(0);
    enter_scope();
    declare_parameters(type);
    read_block_items();
    leave_scope();
    if (same_text(name->text, "main")) load_number(EAX, 0);
    generate_return();
    check_labels();
    put_word(code.bytes + frame_at, frame_size);
    function_name = 0;
}

// A parameter list that declares nothing defines a function without parameters.
void read_function(struct Name* name, struct Type* type, struct Specifiers* specifiers) {
    int is_static = specifiers->storage == STORAGE_STATIC;
    if (specifiers->is_inline && specifiers->storage != STORAGE_EXTERN) is_static = 1;
    struct Symbol* symbol = declare_linked(name, type, is_static);
    if (at('{') == 0) return;
    if (scope_depth != 1) fail("a function within a function");
    advance();
    if (type->base->kind == TYPE_STRUCT) size_of(type->base);
    symbol->type = type;
    define_global(symbol->global, CODE, code.length);
    generate_function(name, type);
}

// ---- both ----------------------------------------------------------------------------------------

void read_one(struct Declarator* declarator, struct Specifiers* specifiers) {
    struct Type* type = declared_type(declarator, specifiers->type);
    struct Name* name = declarator->name;
    if (name == 0) fail_expected("a name");
    if (specifiers->storage == STORAGE_TYPEDEF) declare_typedef(name, type);
    else if (type->kind == TYPE_FUNCTION && scope_depth == 1) read_function(name, type, specifiers);
    else if (scope_depth == 1) declare_file_object(name, type, specifiers->storage);
    else declare_in_block(name, type, specifiers->storage);
}

void read_declaration() {
    struct Specifiers specifiers;
    struct Declarator declarator;
    read_specifiers(&specifiers);
    if (accept(';')) return;
    for (;;) {
        int codes = code.length;
        read_declarator(&declarator);
        read_one(&declarator, &specifiers);
        // A function's body ends its declaration.
        if (scope_depth == 1 && code.length != codes) return;
        if (accept(',') == 0) break;
    }
    expect(';', "';' or ','");
}

// What was declared without a value becomes zero at the end of the file.
void define_tentative() {
    struct Symbol* symbol = scope->symbols;
    while (symbol) {
        struct Global* global = symbol->global;
        if (symbol->kind == SYMBOL_GLOBAL && global->tentative) {
            struct Type* type = symbol->type;
            if (type->kind == TYPE_ARRAY && type->count == OPEN) type = array_of(type->base, 1);
            define_global(global, ZEROED, reserve_zeroed(size_of(type), type->align));
        }
        symbol = symbol->next;
    }
}

// One file: a scope of its own, and macros of its own.
void compile_file(char* name) {
    char* text = read_file(name);
    if (text == 0) fail_about("cannot open", name);
    source = 0;
    include_depth = 0;
    push_source(name, text);
    enter_scope();
    advance();
    while (at(END) == 0) {
        if (accept(';') == 0) read_declaration();
    }
    define_tentative();
    leave_scope();
}
