// Expressions as trees. A tree is typed and converted when it is built: the operands of an operator
// already have the operator's type, so that the code generator has nothing to decide. Nodes never
// change after they are built, and may be shared.

// The kinds that are no operators. A binary operator's kind is its token's.
enum {
    NODE_CONSTANT = 1,   // value
    NODE_REAL,           // real
    NODE_LOCAL,          // the variable at offset(%ebp)
    NODE_GLOBAL,         // the variable or function global+offset
    NODE_AT,             // the object at the pointer `left`, plus offset
    NODE_FIELD,          // width bits from bit `offset` of the integer object `left`
    NODE_ADDRESS,        // of the object `left`
    NODE_CONVERT,        // left, to the node's type
    NODE_NEGATE,
    NODE_COMPLEMENT,
    NODE_NOT,
    NODE_ASSIGN,         // right, to the object `left`
    NODE_CALL,           // the function `left`, the arguments `right`, a structure's place `third`
    NODE_ARGUMENT,       // left, then the argument before it: right
    NODE_CHOICE,         // third ? left : right
    NODE_SEQUENCE,       // left, then right
    NODE_CLEAR,          // fills the object `left` with zeros
    NODE_SYSCALL,        // the arguments `right`, `width` of them
    NODE_CODE            // the bytes `text`, `width` of them
};

struct Node {
    int kind;
    struct Type* type;
    struct Node* left;
    struct Node* right;
    struct Node* third;
    struct Wide value;
    struct Real* real;
    struct Global* global;
    int offset;
    int width;
    int depth;             // of the tree below: what walks it recurs as deep
    char* text;
};

void deepen(struct Node* node, struct Node* child) {
    if (child && child->depth >= node->depth) node->depth = child->depth + 1;
    if (node->depth > 10000) fail("the expression is too long");
}

struct Node* new_node(int kind, struct Type* type, struct Node* left, struct Node* right) {
    struct Node* node = allocate(sizeof(struct Node));
    node->kind = kind;
    node->type = type;
    node->left = left;
    node->right = right;
    deepen(node, left);
    deepen(node, right);
    return node;
}

struct Node* copy_node(struct Node* node, struct Type* type) {
    struct Node* copy = allocate(sizeof(struct Node));
    copy_bytes(copy, node, sizeof(struct Node));
    copy->type = type;
    return copy;
}

// Cuts a 64-bit value down to what its type holds.
void normalise(struct Wide* value, struct Type* type) {
    int bits = type->size * 8;
    if (bits == 64) return;
    if (type->is_unsigned) {
        if (bits < 32) value->low = value->low & ((1 << bits) - 1);
        value->high = 0;
    } else wide_extend(value, sign_extend(value->low, bits));
}

struct Node* constant_node(struct Wide* value, struct Type* type) {
    struct Node* node = new_node(NODE_CONSTANT, type, 0, 0);
    wide_copy(&node->value, value);
    normalise(&node->value, type);
    return node;
}

struct Node* number_node(int value) {
    struct Wide wide;
    wide_extend(&wide, value);
    return constant_node(&wide, int_type);
}

struct Node* real_node(struct Real* real, struct Type* type) {
    struct Node* node = new_node(NODE_REAL, type, 0, 0);
    node->real = allocate(sizeof(struct Real));
    copy_bytes(node->real, real, sizeof(struct Real));
    real_round_to(node->real, type->size);
    return node;
}

struct Node* local_node(int offset, struct Type* type) {
    struct Node* node = new_node(NODE_LOCAL, type, 0, 0);
    node->offset = offset;
    return node;
}

struct Node* temporary(struct Type* type) {
    return local_node(reserve_frame(size_of(type)), type);
}

struct Node* global_node(struct Global* global, struct Type* type) {
    struct Node* node = new_node(NODE_GLOBAL, type, 0, 0);
    node->global = global;
    return node;
}

int is_constant(struct Node* node) {
    return node->kind == NODE_CONSTANT;
}

int is_null(struct Node* node) {
    return is_constant(node) && wide_is_zero(&node->value);
}

int is_lvalue(struct Node* node) {
    return node->kind == NODE_LOCAL || node->kind == NODE_GLOBAL || node->kind == NODE_AT || node->kind == NODE_FIELD;
}

// Where the linker alone decides the value: the address of a global object.
int is_address_constant(struct Node* node) {
    return node->kind == NODE_ADDRESS && node->left->kind == NODE_GLOBAL;
}

// The object `offset` bytes into another, seen as `type`.
struct Node* part_of(struct Node* whole, int offset, struct Type* type) {
    struct Node* part;
    if (whole->kind == NODE_LOCAL || whole->kind == NODE_GLOBAL || whole->kind == NODE_AT)
        part = copy_node(whole, type);
    else part = new_node(NODE_AT, type, new_node(NODE_ADDRESS, pointer_to(whole->type), whole, 0), 0);
    part->offset = part->offset + offset;
    return part;
}

struct Node* retype_pointer(struct Node* node, struct Type* type) {
    if (is_constant(node)) return constant_node(&node->value, type);
    if (node->kind == NODE_ADDRESS) return copy_node(node, type);
    return new_node(NODE_CONVERT, type, node, 0);
}

// &object, which must not be a bit-field.
struct Node* address_node(struct Node* object) {
    struct Type* type = pointer_to(object->type);
    if (object->kind == NODE_AT && is_constant(object->left)) {
        struct Wide sum;
        wide_extend(&sum, object->offset);
        wide_add(&sum, &object->left->value);
        return constant_node(&sum, type);
    }
    if (object->kind == NODE_AT && object->offset == 0) return retype_pointer(object->left, type);
    return new_node(NODE_ADDRESS, type, object, 0);
}

// *pointer. Taking the address and following it cancel out; so does adding a constant before.
struct Node* object_at(struct Node* pointer) {
    struct Type* type = pointer->type->base;
    if (pointer->kind == NODE_ADDRESS && is_lvalue(pointer->left)) return copy_node(pointer->left, type);
    if (pointer->kind == '+' && is_constant(pointer->right)) {
        struct Node* moved = new_node(NODE_AT, type, pointer->left, 0);
        moved->offset = pointer->right->value.low;
        return moved;
    }
    return new_node(NODE_AT, type, pointer, 0);
}

int same_representation(struct Type* a, struct Type* b) {
    if (a->kind == TYPE_POINTER && b->kind == TYPE_INT) return 1;
    if (a->kind == TYPE_INT && b->kind == TYPE_POINTER) return 1;
    return a->kind == b->kind && a->kind != TYPE_BOOL;
}

struct Node* convert_constant(struct Node* node, struct Type* type) {
    struct Real real;
    struct Wide value;
    if (is_real(type)) {
        if (node->kind == NODE_REAL) return real_node(node->real, type);
        real_from_wide(&real, &node->value, node->type->is_unsigned);
        return real_node(&real, type);
    }
    if (node->kind == NODE_REAL) {
        real_to_wide(node->real, &value);
        if (type->kind == TYPE_BOOL) wide_set(&value, node->real->kind != REAL_ZERO, 0);
    } else wide_copy(&value, &node->value);
    if (type->kind == TYPE_BOOL && node->kind == NODE_CONSTANT) wide_set(&value, wide_is_zero(&value) == 0, 0);
    return constant_node(&value, type);
}

void check_conversion(struct Type* from, struct Type* to) {
    if (to->kind == TYPE_STRUCT || from->kind == TYPE_STRUCT) fail("a structure cannot be converted to or from another type");
    if (from->kind == TYPE_VOID) fail("a void expression has no value");
    if (is_scalar(to) == 0) fail("cannot convert to that type");
    if ((is_pointer(from) && is_real(to)) || (is_real(from) && is_pointer(to)))
        fail("cannot convert between a pointer and floating point");
}

// The x87 computes with 80 bits; what an operator leaves there has yet to be rounded to its type.
struct Node* rounded(struct Node* node) {
    if (is_real(node->type) == 0 || precedence(node->kind) == 0 || node->type->size == 12) return node;
    return new_node(NODE_CONVERT, node->type, node, 0);
}

// `node`, a value, as a value of the given type.
struct Node* convert(struct Node* node, struct Type* type) {
    struct Type* from = node->type;
    node = rounded(node);
    if (from == type) return node;
    if (type->kind == TYPE_VOID) return new_node(NODE_CONVERT, type, node, 0);
    check_conversion(from, type);
    if (is_constant(node) || node->kind == NODE_REAL) return convert_constant(node, type);
    if (node->kind == NODE_ADDRESS && same_representation(from, type)) return copy_node(node, type);
    return new_node(NODE_CONVERT, type, node, 0);
}

// The value of a bit-field: shifted up to the top of a word, then down again, which extends its sign.
struct Node* read_field(struct Node* field) {
    struct Type* word = int_type;
    struct Type* declared = field->type;
    int bits = 32;
    if (field->left->type->size == 8) {
        word = wide_type;
        bits = 64;
    }
    struct Node* value = convert(field->left, word);
    if (declared->is_unsigned) word = unsigned_type;
    if (declared->is_unsigned && bits == 64) word = unsigned_wide_type;
    value = new_node(SHIFT_LEFT, word, value, number_node(bits - field->offset - field->width));
    value = new_node(SHIFT_RIGHT, word, value, number_node(bits - field->width));
    if (field->width < 32 || (field->width == 32 && declared->is_unsigned == 0)) return convert(value, int_type);
    if (field->width == 32) return convert(value, unsigned_type);
    return convert(value, declared);
}

// What a designator stands for where a value is needed: an array is its first element's address, a
// function its own.
struct Node* rvalue(struct Node* node) {
    struct Type* type = node->type;
    if (node->kind == NODE_FIELD) return read_field(node);
    if (type->kind == TYPE_ARRAY) return retype_pointer(address_node(node), pointer_to(type->base));
    if (type->kind == TYPE_FUNCTION) return address_node(node);
    return node;
}
