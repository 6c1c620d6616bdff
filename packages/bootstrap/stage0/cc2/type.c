// Types, and where the System V ABI for i386 places the members of structures.

enum {
    TYPE_VOID, TYPE_BOOL, TYPE_CHAR, TYPE_SHORT, TYPE_INT, TYPE_LONG_LONG,
    TYPE_FLOAT, TYPE_DOUBLE, TYPE_LONG_DOUBLE, TYPE_POINTER, TYPE_ARRAY, TYPE_FUNCTION, TYPE_STRUCT
};

// Qualifiers are not kept: every access to an object is made where the program says, so volatile
// needs nothing, and const only forbids. long is int.
struct Type {
    int kind;
    int is_unsigned;
    int size;
    int align;
    struct Type* base;             // what is pointed to, an array's element, a function's result
    struct Type* pointer;          // the pointer to this type, once somebody asked for it
    int count;                     // of an array's elements; OPEN if not known yet
    struct Member* members;
    int is_union;
    int has_tag;
    int is_incomplete;             // void, or a struct whose members are not known yet
    struct Parameter* parameters;
    int variadic;
    int unspecified;               // a function declared with (): nothing is known of its parameters
};

struct Member {
    struct Member* next;
    struct Name* name;             // 0: the members of an unnamed structure are members of the outer one
    struct Type* type;
    int offset;
    int width;                     // of a bit-field, else 0
    int position;                  // its lowest bit within the unit at `offset`
    struct Type* unit;             // the integer that is read and written to reach it
};

struct Parameter {
    struct Parameter* next;
    struct Name* name;
    struct Type* type;
};

enum { OPEN = -1, SIZE_LIMIT = 268435456 };

struct Type* void_type;
struct Type* bool_type;
struct Type* char_type;
struct Type* unsigned_char_type;
struct Type* short_type;
struct Type* unsigned_short_type;
struct Type* int_type;
struct Type* unsigned_type;
struct Type* wide_type;
struct Type* unsigned_wide_type;
struct Type* float_type;
struct Type* double_type;
struct Type* long_double_type;

struct Type* new_type(int kind, int size, int align) {
    struct Type* type = allocate(sizeof(struct Type));
    type->kind = kind;
    type->size = size;
    type->align = align;
    return type;
}

struct Type* new_unsigned(int kind, int size, int align) {
    struct Type* type = new_type(kind, size, align);
    type->is_unsigned = 1;
    return type;
}

void make_basic_types() {
    void_type = new_type(TYPE_VOID, 0, 1);
    void_type->is_incomplete = 1;
    bool_type = new_unsigned(TYPE_BOOL, 1, 1);
    char_type = new_type(TYPE_CHAR, 1, 1);
    unsigned_char_type = new_unsigned(TYPE_CHAR, 1, 1);
    short_type = new_type(TYPE_SHORT, 2, 2);
    unsigned_short_type = new_unsigned(TYPE_SHORT, 2, 2);
    int_type = new_type(TYPE_INT, 4, 4);
    unsigned_type = new_unsigned(TYPE_INT, 4, 4);
    wide_type = new_type(TYPE_LONG_LONG, 8, 4);
    unsigned_wide_type = new_unsigned(TYPE_LONG_LONG, 8, 4);
    float_type = new_type(TYPE_FLOAT, 4, 4);
    double_type = new_type(TYPE_DOUBLE, 8, 4);
    long_double_type = new_type(TYPE_LONG_DOUBLE, 12, 4);
}

struct Type* pointer_to(struct Type* base) {
    if (base->pointer == 0) {
        base->pointer = new_unsigned(TYPE_POINTER, 4, 4);
        base->pointer->base = base;
    }
    return base->pointer;
}

int size_of(struct Type* type) {
    if (type->is_incomplete || type->kind == TYPE_FUNCTION) fail("the type is incomplete here");
    if (type->kind == TYPE_ARRAY && type->count == OPEN) fail("the array's size is not known here");
    return type->size;
}

struct Type* array_of(struct Type* base, int count) {
    struct Type* type = new_type(TYPE_ARRAY, 0, base->align);
    if (base->kind == TYPE_FUNCTION) fail("an array of functions");
    int size = size_of(base);
    if (count > 0 && size > SIZE_LIMIT / count) fail("the array is too large");
    type->base = base;
    type->count = count;
    if (count > 0) type->size = size * count;
    return type;
}

struct Type* function_returning(struct Type* base) {
    if (base->kind == TYPE_FUNCTION || base->kind == TYPE_ARRAY) fail("a function cannot return that");
    struct Type* type = new_type(TYPE_FUNCTION, 0, 1);
    type->base = base;
    return type;
}

int is_integer(struct Type* type) {
    return type->kind >= TYPE_BOOL && type->kind <= TYPE_LONG_LONG;
}

int is_real(struct Type* type) {
    return type->kind >= TYPE_FLOAT && type->kind <= TYPE_LONG_DOUBLE;
}

int is_arithmetic(struct Type* type) {
    return type->kind >= TYPE_BOOL && type->kind <= TYPE_LONG_DOUBLE;
}

int is_pointer(struct Type* type) {
    return type->kind == TYPE_POINTER;
}

int is_scalar(struct Type* type) {
    return type->kind >= TYPE_BOOL && type->kind <= TYPE_POINTER;
}

int is_wide(struct Type* type) {
    return type->kind == TYPE_LONG_LONG;
}

int same_parameters(struct Type* a, struct Type* b);

int same_type(struct Type* a, struct Type* b) {
    if (a == b) return 1;
    if (a->kind != b->kind || a->is_unsigned != b->is_unsigned) return 0;
    if (a->kind == TYPE_STRUCT) return 0;
    if (a->kind == TYPE_ARRAY && a->count != b->count && a->count != OPEN && b->count != OPEN) return 0;
    if (a->kind == TYPE_FUNCTION && same_parameters(a, b) == 0) return 0;
    if (a->base) return same_type(a->base, b->base);
    return 1;
}

int same_parameters(struct Type* a, struct Type* b) {
    if (a->unspecified || b->unspecified) return 1;
    struct Parameter* p = a->parameters;
    struct Parameter* q = b->parameters;
    while (p && q) {
        if (same_type(p->type, q->type) == 0) return 0;
        p = p->next;
        q = q->next;
    }
    return p == q && a->variadic == b->variadic;
}

// A structure while its members are read: how much of it is used up.
struct Layout {
    struct Type* type;
    struct Member* last;
    int bytes;             // whole bytes used
    int bits;              // and bits of the next one
    int largest;           // of a union's members
};

void round_layout(struct Layout* layout, int align) {
    if (layout->bits) layout->bytes = layout->bytes + 1;
    layout->bits = 0;
    layout->bytes = (layout->bytes + align - 1) / align * align;
}

struct Member* add_member(struct Layout* layout, struct Name* name, struct Type* type) {
    struct Member* member = allocate(sizeof(struct Member));
    member->name = name;
    member->type = type;
    if (layout->last) layout->last->next = member;
    else layout->type->members = member;
    layout->last = member;
    return member;
}

// A union's members all start at its beginning.
void end_member(struct Layout* layout, int align) {
    if (align > layout->type->align) layout->type->align = align;
    if (layout->type->is_union) {
        round_layout(layout, 1);
        if (layout->bytes > layout->largest) layout->largest = layout->bytes;
        layout->bytes = 0;
    }
    if (layout->bytes > SIZE_LIMIT) fail("the structure is too large");
}

void place_member(struct Layout* layout, struct Name* name, struct Type* type) {
    struct Member* member = add_member(layout, name, type);
    round_layout(layout, type->align);
    member->offset = layout->bytes;
    layout->bytes = layout->bytes + type->size;
    end_member(layout, type->align);
}

// A bit-field goes into the bits that are left, unless it would then lie in more units of its type's
// alignment than the type itself does. An unnamed one only takes space; of width 0, it ends a unit.
void place_field(struct Layout* layout, struct Name* name, struct Type* type, int width) {
    int unit = type->align;
    int used = layout->bytes % unit * 8 + layout->bits;
    if (width == 0) {
        round_layout(layout, unit);
        return;
    }
    if ((used + width + unit * 8 - 1) / (unit * 8) > type->size / unit) {
        round_layout(layout, unit);
        used = 0;
    }
    if (name) {
        struct Member* member = add_member(layout, name, type);
        member->width = width;
        member->position = used;
        member->offset = layout->bytes / unit * unit;
        member->unit = type;
        if (type->kind == TYPE_BOOL) member->unit = unsigned_char_type;
        if (type->size == 8 && used + width <= 32) member->unit = unsigned_type;
    }
    layout->bits = layout->bits + width;
    layout->bytes = layout->bytes + layout->bits / 8;
    layout->bits = layout->bits % 8;
    if (name) end_member(layout, type->align);
    else end_member(layout, 1);
}

void end_layout(struct Layout* layout) {
    struct Type* type = layout->type;
    if (type->is_union) layout->bytes = layout->largest;
    round_layout(layout, type->align);
    type->size = layout->bytes;
    type->is_incomplete = 0;
}

// What finding a member gives: the member, and the offset of the unnamed structures around it.
struct Found {
    struct Member* member;
    int offset;
};

int find_member(struct Type* type, struct Name* name, struct Found* found, int offset) {
    struct Member* member = type->members;
    while (member) {
        if (member->name == name) {
            found->member = member;
            found->offset = offset + member->offset;
            return 1;
        }
        if (member->name == 0 && find_member(member->type, name, found, offset + member->offset)) return 1;
        member = member->next;
    }
    return 0;
}
