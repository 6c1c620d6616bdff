// struct, union and enum.

// The type of a tag. A tag that is defined, or stands alone before a ';', means a new type in an inner
// scope; otherwise it means the one that is visible.
struct Type* tagged_type(struct Name* name, int is_union) {
    int is_new = at('{') || at(';');
    struct Symbol* symbol = name->tag;
    if (symbol == 0 || (is_new && symbol->depth != scope_depth)) {
        struct Type* type = new_type(TYPE_STRUCT, 0, 1);
        type->is_incomplete = 1;
        type->is_union = is_union;
        type->has_tag = 1;
        symbol = new_symbol(SYMBOL_TAG, name, type);
    }
    if (symbol->type->kind != TYPE_STRUCT || symbol->type->is_union != is_union) fail_about("the tag is of another kind", name->text);
    return symbol->type;
}

void check_member_type(struct Type* type) {
    if (type->kind == TYPE_FUNCTION) fail("a member cannot be a function");
    if (type->kind == TYPE_ARRAY && type->count == OPEN) return;
    size_of(type);
}

void check_new_member(struct Layout* layout, struct Name* name) {
    struct Found found;
    if (name && find_member(layout->type, name, &found, 0)) fail_about("two members of the same name", name->text);
}

void read_bit_field(struct Layout* layout, struct Name* name, struct Type* type) {
    int width = read_constant();
    if (is_integer(type) == 0) fail("a bit-field must be an integer");
    int bits = type->size * 8;
    if (type->kind == TYPE_BOOL) bits = 1;
    if (width < 0 || width > bits) fail("the bit-field is wider than its type");
    if (width == 0 && name) fail("a bit-field of width 0 cannot have a name");
    place_field(layout, name, type, width);
}

void read_member(struct Layout* layout, struct Type* base) {
    struct Declarator declarator;
    read_declarator(&declarator);
    struct Type* type = declared_type(&declarator, base);
    check_new_member(layout, declarator.name);
    if (accept(':')) read_bit_field(layout, declarator.name, type);
    else {
        if (declarator.name == 0) fail_expected("a member's name");
        check_member_type(type);
        place_member(layout, declarator.name, type);
    }
    read_attributes();
}

void read_members(struct Type* type) {
    struct Layout layout;
    struct Specifiers specifiers;
    clear(&layout, sizeof(struct Layout));
    layout.type = type;
    while (accept('}') == 0) {
        read_specifiers(&specifiers);
        if (specifiers.storage) fail("a member with a storage class");
        if (at(';')) {
            // Without a name and a tag, its members become members here; with a tag it only declares that.
            struct Type* inner = specifiers.type;
            if (inner->kind == TYPE_STRUCT && inner->has_tag == 0) place_member(&layout, 0, inner);
            else if (inner->kind != TYPE_STRUCT && is_integer(inner) == 0) fail_expected("a member's name");
        } else {
            read_member(&layout, specifiers.type);
            while (accept(',')) read_member(&layout, specifiers.type);
        }
        expect(';', "';'");
    }
    end_layout(&layout);
}

struct Type* read_structure(int is_union) {
    struct Type* type;
    advance();
    read_attributes();
    if (at_name() || is_typedef_name(token)) {
        struct Name* name = token->name;
        advance();
        type = tagged_type(name, is_union);
    } else {
        if (at('{') == 0) fail_expected("a tag or '{'");
        type = new_type(TYPE_STRUCT, 0, 1);
        type->is_incomplete = 1;
        type->is_union = is_union;
    }
    if (accept('{')) {
        if (type->is_incomplete == 0) fail("the structure is already defined");
        nest();
        read_members(type);
        nesting = nesting - 1;
    }
    read_attributes();
    return type;
}

// Returns whether a constant is negative: then the type has a sign.
int read_enumerators() {
    int value = 0;
    int any_negative = 0;
    while (accept('}') == 0) {
        struct Name* name = expect_name();
        if (accept('=')) value = read_constant();
        if (declared_here(name)) fail_about("declared twice", name->text);
        new_symbol(SYMBOL_CONSTANT, name, int_type)->value = value;
        if (value < 0) any_negative = 1;
        value = value + 1;
        if (at('}') == 0) expect(',', "',' or '}'");
    }
    return any_negative;
}

struct Type* read_enumeration() {
    struct Name* name = 0;
    struct Type* type = unsigned_type;
    advance();
    read_attributes();
    if (at_name() || is_typedef_name(token)) {
        name = token->name;
        advance();
    }
    if (accept('{')) {
        if (read_enumerators()) type = int_type;
        if (name) {
            if (name->tag && name->tag->depth == scope_depth) fail_about("the tag is already defined", name->text);
            new_symbol(SYMBOL_TAG, name, type);
        }
    } else {
        if (name == 0) fail_expected("a tag or '{'");
        if (name->tag == 0) fail_about("the enumeration is not defined", name->text);
        type = name->tag->type;
        if (is_integer(type) == 0) fail_about("the tag is of another kind", name->text);
    }
    read_attributes();
    return type;
}
