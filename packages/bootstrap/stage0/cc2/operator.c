// The operators of C: their operands' conversions, and what can be computed at once.

struct Node* promote(struct Node* node) {
    if (is_integer(node->type) && node->type->kind < TYPE_INT) return convert(node, int_type);
    return node;
}

struct Type* promoted_type(struct Type* type) {
    if (type->kind < TYPE_INT) return int_type;
    return type;
}

// The "usual arithmetic conversions": the type in which two operands meet.
struct Type* common_type(struct Type* a, struct Type* b) {
    if (is_arithmetic(a) == 0 || is_arithmetic(b) == 0) fail("the operands have the wrong type");
    if (is_real(a) || is_real(b)) {
        if (a->kind > b->kind) return a;
        return b;
    }
    a = promoted_type(a);
    b = promoted_type(b);
    if (a->kind > b->kind) return a;
    if (b->kind > a->kind) return b;
    if (a->is_unsigned) return a;
    return b;
}

// kind(left, right), computed now if both are constants. Comparisons are made in the operands' type.
struct Node* operation(int kind, struct Type* type, struct Node* left, struct Node* right) {
    struct Wide value;
    if (is_constant(left) && is_constant(right)) {
        wide_copy(&value, &left->value);
        if (operate(kind, &value, &right->value, left->type->is_unsigned)) return constant_node(&value, type);
    }
    return new_node(kind, type, left, right);
}

// A scalar that is only asked whether it is zero.
struct Node* condition_of(struct Node* node) {
    node = rvalue(node);
    if (is_scalar(node->type) == 0) fail("a condition needs a number or a pointer");
    if (node->kind == NODE_REAL) return number_node(node->real->kind != REAL_ZERO);
    return node;
}

struct Node* logical(int kind, struct Node* left, struct Node* right) {
    left = condition_of(left);
    right = condition_of(right);
    if (is_constant(left)) {
        if (is_null(left) == (kind == BOTH)) return number_node(kind == EITHER);
        if (is_constant(right)) return number_node(is_null(right) == 0);
    }
    return new_node(kind, int_type, left, right);
}

// index × the size of what a pointer points to. Powers of two are shifts.
struct Node* scaled(struct Node* index, struct Type* base) {
    int size = size_of(base);
    index = convert(index, int_type);
    if (is_constant(index)) return operation('*', int_type, index, number_node(size));
    if (size == 1) return index;
    int shift;
    for (shift = 1; shift < 16; shift++)
        if (size == 1 << shift) return operation(SHIFT_LEFT, int_type, index, number_node(shift));
    return operation('*', int_type, index, number_node(size));
}

// pointer + index, or pointer - index.
struct Node* move_pointer(int kind, struct Node* pointer, struct Node* index) {
    struct Type* type = pointer->type;
    if (is_integer(index->type) == 0) fail("a pointer can only be moved by an integer");
    index = scaled(index, type->base);
    if (is_constant(index)) {
        int distance = index->value.low;
        if (kind == '-') distance = -distance;
        if (distance == 0) return pointer;
        if (pointer->kind == NODE_ADDRESS && is_lvalue(pointer->left))
            return new_node(NODE_ADDRESS, type, part_of(pointer->left, distance, pointer->left->type), 0);
        index = number_node(distance);
        kind = '+';
    }
    return operation(kind, type, pointer, index);
}

struct Node* pointer_distance(struct Node* left, struct Node* right) {
    int size = size_of(left->type->base);
    if (size == 0) fail("pointers to empty objects cannot be subtracted");
    struct Node* bytes = operation('-', int_type, convert(left, int_type), convert(right, int_type));
    if (size == 1) return bytes;
    return operation('/', int_type, bytes, number_node(size));
}

struct Node* additive(int kind, struct Node* left, struct Node* right) {
    if (is_pointer(left->type) && is_pointer(right->type)) {
        if (kind == '+') fail("pointers cannot be added");
        return pointer_distance(left, right);
    }
    if (is_pointer(left->type)) return move_pointer(kind, left, right);
    if (is_pointer(right->type)) {
        if (kind == '-') fail("a pointer cannot be subtracted from a number");
        return move_pointer(kind, right, left);
    }
    struct Type* type = common_type(left->type, right->type);
    return operation(kind, type, convert(left, type), convert(right, type));
}

struct Node* comparison(int kind, struct Node* left, struct Node* right) {
    struct Type* type;
    if (is_pointer(left->type) || is_pointer(right->type)) {
        type = pointer_to(void_type);
        if (is_integer(left->type) || is_integer(right->type)) type = unsigned_type;
    } else type = common_type(left->type, right->type);
    return operation(kind, int_type, convert(left, type), convert(right, type));
}

struct Node* shift(int kind, struct Node* left, struct Node* right) {
    if (is_integer(left->type) == 0 || is_integer(right->type) == 0) fail("only integers can be shifted");
    left = promote(left);
    return operation(kind, left->type, left, convert(right, int_type));
}

struct Node* binary(int kind, struct Node* left, struct Node* right) {
    if (kind == BOTH || kind == EITHER) return logical(kind, left, right);
    left = rvalue(left);
    right = rvalue(right);
    if (kind == '+' || kind == '-') return additive(kind, left, right);
    if (is_comparison(kind)) return comparison(kind, left, right);
    if (kind == SHIFT_LEFT || kind == SHIFT_RIGHT) return shift(kind, left, right);
    struct Type* type = common_type(left->type, right->type);
    if (kind != '*' && kind != '/' && is_real(type)) fail("the operands must be integers");
    return operation(kind, type, convert(left, type), convert(right, type));
}

struct Node* negative(struct Node* node) {
    node = promote(rvalue(node));
    if (is_arithmetic(node->type) == 0) fail("only a number can be negated");
    if (is_constant(node)) {
        struct Wide value;
        wide_copy(&value, &node->value);
        wide_negate(&value);
        return constant_node(&value, node->type);
    }
    if (node->kind == NODE_REAL) {
        struct Node* opposite = real_node(node->real, node->type);
        opposite->real->negative = opposite->real->negative == 0;
        return opposite;
    }
    return new_node(NODE_NEGATE, node->type, node, 0);
}

struct Node* complement(struct Node* node) {
    node = promote(rvalue(node));
    if (is_integer(node->type) == 0) fail("'~' needs an integer");
    if (is_constant(node)) {
        struct Wide value;
        wide_copy(&value, &node->value);
        wide_complement(&value);
        return constant_node(&value, node->type);
    }
    return new_node(NODE_COMPLEMENT, node->type, node, 0);
}

struct Node* logical_not(struct Node* node) {
    node = condition_of(node);
    if (is_constant(node)) return number_node(is_null(node));
    return new_node(NODE_NOT, int_type, node, 0);
}

struct Node* sequence(struct Node* first, struct Node* second) {
    if (first == 0) return second;
    return new_node(NODE_SEQUENCE, second->type, first, second);
}

struct Type* choice_type(struct Node* left, struct Node* right) {
    if (left->type->kind == TYPE_VOID || right->type->kind == TYPE_VOID) return void_type;
    if (left->type == right->type) return left->type;
    if (is_pointer(left->type) && is_pointer(right->type)) {
        if (is_null(left) || right->type->base->kind == TYPE_VOID) return right->type;
        return left->type;
    }
    if (is_pointer(left->type)) return left->type;
    if (is_pointer(right->type)) return right->type;
    return common_type(left->type, right->type);
}

struct Node* choice(struct Node* condition, struct Node* left, struct Node* right) {
    condition = condition_of(condition);
    left = rvalue(left);
    right = rvalue(right);
    // Two pointers keep the null constant recognisable: p ? 0 : q has q's type.
    struct Type* type = choice_type(left, right);
    if (is_null(right) && is_pointer(left->type)) type = left->type;
    left = convert(left, type);
    right = convert(right, type);
    if (is_constant(condition)) {
        if (is_null(condition)) return right;
        return left;
    }
    struct Node* node = new_node(NODE_CHOICE, type, left, right);
    node->third = condition;
    return node;
}

struct Node* member_of(struct Node* whole, struct Name* name) {
    struct Found found;
    if (whole->type->kind != TYPE_STRUCT) fail_about("not a structure, so it has no member", name->text);
    if (whole->type->is_incomplete) fail_about("the structure is incomplete, so it has no member", name->text);
    if (find_member(whole->type, name, &found, 0) == 0) fail_about("the structure has no member", name->text);
    struct Member* member = found.member;
    if (member->width == 0) return part_of(whole, found.offset, member->type);
    struct Node* field = new_node(NODE_FIELD, member->type, part_of(whole, found.offset, member->unit), 0);
    field->offset = member->position;
    field->width = member->width;
    return field;
}

// ---- assignment ----------------------------------------------------------------------------------

// An object that is named twice must be found only once. `*setup` becomes what is to be done before,
// or 0: it keeps the object's address in a temporary.
struct Node* pinned(struct Node* object, struct Node** setup) {
    if (object->kind == NODE_FIELD) {
        struct Node* field = copy_node(object, object->type);
        field->left = pinned(object->left, setup);
        return field;
    }
    *setup = 0;
    if (object->kind != NODE_AT) return object;
    struct Node* pointer = temporary(object->left->type);
    *setup = new_node(NODE_ASSIGN, pointer->type, pointer, object->left);
    struct Node* pin = copy_node(object, object->type);
    pin->left = pointer;
    return pin;
}

// Puts a value's low bits between the other bits of a bit-field's unit; the result is the field read again.
struct Node* assign_field(struct Node* field, struct Node* value) {
    struct Node* setup;
    struct Type* word = unsigned_type;
    struct Wide mask;
    field = pinned(field, &setup);
    if (field->left->type->size == 8) word = unsigned_wide_type;
    wide_set(&mask, -1, -1);
    wide_shift_right(&mask, 64 - field->width, 1);
    wide_shift_left(&mask, field->offset);
    value = convert(convert(value, field->type), word);
    value = operation(SHIFT_LEFT, word, value, number_node(field->offset));
    value = operation('&', word, value, constant_node(&mask, word));
    wide_complement(&mask);
    struct Node* others = operation('&', word, convert(field->left, word), constant_node(&mask, word));
    value = convert(new_node('|', word, others, value), field->left->type);
    struct Node* store = new_node(NODE_ASSIGN, field->left->type, field->left, value);
    return sequence(setup, sequence(store, read_field(field)));
}

struct Node* assign(struct Node* object, struct Node* value) {
    if (is_lvalue(object) == 0) fail("only an object can be assigned to");
    if (object->type->kind == TYPE_ARRAY || object->type->kind == TYPE_FUNCTION) fail("arrays and functions cannot be assigned to");
    value = rvalue(value);
    if (object->kind == NODE_FIELD) return assign_field(object, value);
    size_of(object->type);
    return new_node(NODE_ASSIGN, object->type, object, convert(value, object->type));
}

// object kind= value. Finding p->member twice is safe if the value cannot change p between.
struct Node* assign_result(int kind, struct Node* object, struct Node* value) {
    struct Node* setup = 0;
    value = rvalue(value);
    if (is_lvalue(object) == 0) fail("only an object can be assigned to");
    int steady = object->kind == NODE_AT && object->left->kind == NODE_LOCAL && is_constant(value);
    if (steady == 0) object = pinned(object, &setup);
    return sequence(setup, assign(object, binary(kind, object, value)));
}

// object++ and object--. For integers and pointers the old value follows from the new one.
struct Node* step_after(int kind, struct Node* object) {
    struct Type* type = object->type;
    if (object->kind != NODE_FIELD && type->kind != TYPE_BOOL && is_real(type) == 0)
        return convert(binary('+' + '-' - kind, assign_result(kind, object, number_node(1)), number_node(1)), type);
    struct Node* setup = 0;
    object = pinned(object, &setup);
    struct Node* old = rvalue(object);
    struct Node* saved = temporary(old->type);
    struct Node* save = new_node(NODE_ASSIGN, old->type, saved, old);
    struct Node* step = assign(object, binary(kind, saved, number_node(1)));
    return sequence(setup, sequence(save, sequence(step, saved)));
}
