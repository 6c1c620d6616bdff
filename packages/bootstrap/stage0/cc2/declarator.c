// Types as they are written: specifiers, then declarators.

enum { STORAGE_NONE, STORAGE_TYPEDEF, STORAGE_EXTERN, STORAGE_STATIC };

struct Specifiers {
    struct Type* type;
    int storage;
    int is_inline;
    int basic;             // the keyword of the basic type, or 0
    int longs;
    int is_short;
    int sign;              // K_SIGNED, K_UNSIGNED or 0
};

// A part of a declarator: "pointer to", "array of" or "function returning", to be applied to a type.
struct Modifier {
    struct Modifier* next;
    int kind;              // TYPE_POINTER, TYPE_ARRAY or TYPE_FUNCTION
    int count;
    struct Type* function; // a function's parameters
};

struct Declarator {
    struct Name* name;
    struct Modifier* modifiers;
};

struct Type* read_structure(int is_union);
struct Type* read_enumeration();

int accept_storage(struct Specifiers* specifiers) {
    int storage = STORAGE_NONE;
    if (at_keyword(K_TYPEDEF)) storage = STORAGE_TYPEDEF;
    if (at_keyword(K_EXTERN)) storage = STORAGE_EXTERN;
    if (at_keyword(K_STATIC)) storage = STORAGE_STATIC;
    if (storage == STORAGE_NONE && at_keyword(K_AUTO) == 0 && at_keyword(K_REGISTER) == 0) return 0;
    if (storage && specifiers->storage) fail("two storage classes");
    if (storage) specifiers->storage = storage;
    advance();
    return 1;
}

int accept_qualifier(struct Specifiers* specifiers) {
    int code = keyword_of(token);
    if (code == K_ATTRIBUTE) {
        read_attributes();
        return 1;
    }
    if (code < K_CONST || code > K_EXTENSION) return 0;
    if (code == K_INLINE) specifiers->is_inline = 1;
    advance();
    return 1;
}

// One of the words of `unsigned long int` and the like.
int accept_basic(struct Specifiers* specifiers) {
    int code = keyword_of(token);
    if (code < K_VOID || code > K_VA_LIST) return 0;
    if (specifiers->type) fail("two types in one declaration");
    if (code == K_LONG) specifiers->longs = specifiers->longs + 1;
    else if (code == K_SHORT) specifiers->is_short = 1;
    else if (code == K_SIGNED || code == K_UNSIGNED) {
        if (specifiers->sign) fail("two signs in one type");
        specifiers->sign = code;
    } else {
        if (specifiers->basic) fail("two types in one declaration");
        specifiers->basic = code;
    }
    advance();
    return 1;
}

int has_basic(struct Specifiers* specifiers) {
    return specifiers->basic || specifiers->longs || specifiers->is_short || specifiers->sign;
}

int accept_other_type(struct Specifiers* specifiers) {
    if (specifiers->type || has_basic(specifiers)) return 0;
    if (at_keyword(K_STRUCT) || at_keyword(K_UNION)) specifiers->type = read_structure(at_keyword(K_UNION));
    else if (at_keyword(K_ENUM)) specifiers->type = read_enumeration();
    else if (is_typedef_name(token)) {
        specifiers->type = token->name->symbol->type;
        advance();
    } else return 0;
    return 1;
}

struct Type* signed_or(struct Specifiers* specifiers, struct Type* plain, struct Type* without_sign) {
    if (specifiers->sign == K_UNSIGNED) return without_sign;
    return plain;
}

struct Type* integer_type(struct Specifiers* specifiers) {
    if (specifiers->is_short && specifiers->longs) fail("short and long at once");
    if (specifiers->is_short) return signed_or(specifiers, short_type, unsigned_short_type);
    if (specifiers->longs > 2) fail("long long long is too long");
    if (specifiers->longs == 2) return signed_or(specifiers, wide_type, unsigned_wide_type);
    return signed_or(specifiers, int_type, unsigned_type);
}

struct Type* basic_type(struct Specifiers* specifiers) {
    int basic = specifiers->basic;
    if (basic == 0 || basic == K_INT) return integer_type(specifiers);
    if (basic == K_DOUBLE && specifiers->longs == 1 && specifiers->sign == 0 && specifiers->is_short == 0) return long_double_type;
    if (specifiers->longs || specifiers->is_short) fail("'long' and 'short' do not go with that type");
    if (basic == K_CHAR) return signed_or(specifiers, char_type, unsigned_char_type);
    if (specifiers->sign) fail("'signed' and 'unsigned' do not go with that type");
    if (basic == K_VOID) return void_type;
    if (basic == K_BOOL) return bool_type;
    if (basic == K_FLOAT) return float_type;
    if (basic == K_DOUBLE) return double_type;
    return pointer_to(char_type);
}

void read_specifiers(struct Specifiers* specifiers) {
    clear(specifiers, sizeof(struct Specifiers));
    while (accept_storage(specifiers) || accept_qualifier(specifiers) || accept_basic(specifiers)
        || accept_other_type(specifiers)) {
    }
    if (specifiers->type) return;
    if (has_basic(specifiers) == 0) fail_expected("a type");
    specifiers->type = basic_type(specifiers);
}

struct Modifier* new_modifier(int kind, struct Modifier* next) {
    struct Modifier* modifier = allocate(sizeof(struct Modifier));
    modifier->kind = kind;
    modifier->next = next;
    return modifier;
}

void read_declarator(struct Declarator* declarator);
struct Type* declared_type(struct Declarator* declarator, struct Type* base);

// A parameter's array or function is a pointer.
struct Type* parameter_type(struct Type* type) {
    if (type->kind == TYPE_ARRAY) return pointer_to(type->base);
    if (type->kind == TYPE_FUNCTION) return pointer_to(type);
    return type;
}

struct Parameter* read_parameter_declaration() {
    struct Specifiers specifiers;
    struct Declarator declarator;
    struct Parameter* parameter = allocate(sizeof(struct Parameter));
    read_specifiers(&specifiers);
    if (specifiers.storage) fail("a parameter with a storage class");
    read_declarator(&declarator);
    parameter->name = declarator.name;
    parameter->type = parameter_type(declared_type(&declarator, specifiers.type));
    return parameter;
}

// After the parenthesis: the parameters, into a function type whose result is not known yet.
struct Type* read_parameters() {
    struct Type* function = new_type(TYPE_FUNCTION, 0, 1);
    struct Parameter* last = 0;
    if (accept(')')) {
        function->unspecified = 1;
        return function;
    }
    if (at_keyword(K_VOID) && following()->kind == ')') {
        advance();
        advance();
        return function;
    }
    for (;;) {
        if (accept(ELLIPSIS)) {
            if (last == 0) fail("'...' needs a parameter before it");
            function->variadic = 1;
            break;
        }
        if (starts_type(token) == 0) fail_expected("a parameter's type");
        struct Parameter* parameter = read_parameter_declaration();
        if (parameter->type->kind == TYPE_VOID) fail("a parameter of type void");
        if (last) last->next = parameter;
        else function->parameters = parameter;
        last = parameter;
        if (accept(',') == 0) break;
    }
    expect(')', "')'");
    return function;
}

// The arrays and parameter lists after a name. The last one applies to the type first: a[2][3] is two
// arrays of three.
struct Modifier* read_suffixes(struct Modifier* inner) {
    struct Modifier* first = inner;
    for (;;) {
        if (accept('[')) {
            first = new_modifier(TYPE_ARRAY, first);
            first->count = OPEN;
            while (at_keyword(K_STATIC) || (keyword_of(token) >= K_CONST && keyword_of(token) <= K_RESTRICT)) advance();
            if (at(']') == 0) {
                first->count = read_constant();
                if (first->count < 0) fail("an array's size is negative");
            }
            expect(']', "']'");
        } else if (accept('(')) {
            first = new_modifier(TYPE_FUNCTION, first);
            first->function = read_parameters();
        } else return first;
    }
}

// Whether a parenthesis holds a declarator: otherwise it holds the parameters of a function without
// a name.
int holds_declarator() {
    struct Token* inside = following();
    if (inside->kind == '*' || inside->kind == '(' || inside->kind == '[') return 1;
    if (keyword_of(inside) == K_ATTRIBUTE) return 1;
    return inside->kind == IDENTIFIER && inside->name->keyword == 0 && is_typedef_name(inside) == 0;
}

void read_declarator(struct Declarator* declarator) {
    struct Modifier* pointers = 0;
    struct Modifier* inner = 0;
    read_attributes();
    while (accept('*')) {
        pointers = new_modifier(TYPE_POINTER, pointers);
        struct Specifiers ignored;
        while (accept_qualifier(&ignored)) {
        }
    }
    declarator->name = 0;
    if (at('(') && holds_declarator()) {
        advance();
        nest();
        read_declarator(declarator);
        nesting = nesting - 1;
        inner = declarator->modifiers;
        expect(')', "')'");
    } else if (at_name()) {
        declarator->name = token->name;
        advance();
    }
    struct Modifier* first = read_suffixes(inner);
    while (pointers) {
        struct Modifier* rest = pointers->next;
        pointers->next = first;
        first = pointers;
        pointers = rest;
    }
    declarator->modifiers = first;
    read_attributes();
}

// The type that the declarator makes of `base`.
struct Type* declared_type(struct Declarator* declarator, struct Type* base) {
    struct Modifier* modifier = declarator->modifiers;
    while (modifier) {
        if (modifier->kind == TYPE_POINTER) base = pointer_to(base);
        else if (modifier->kind == TYPE_ARRAY) base = array_of(base, modifier->count);
        else {
            struct Type* function = function_returning(base);
            function->parameters = modifier->function->parameters;
            function->variadic = modifier->function->variadic;
            function->unspecified = modifier->function->unspecified;
            base = function;
        }
        modifier = modifier->next;
    }
    return base;
}

struct Type* read_type_name() {
    struct Specifiers specifiers;
    struct Declarator declarator;
    read_specifiers(&specifiers);
    if (specifiers.storage) fail("a type name with a storage class");
    read_declarator(&declarator);
    if (declarator.name) fail_about("a name where only a type is expected", declarator.name->text);
    return declared_type(&declarator, specifiers.type);
}
