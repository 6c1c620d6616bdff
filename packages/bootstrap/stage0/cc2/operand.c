// Operands as instructions name them: objects in memory, and values that can be loaded with one register
// and nothing else, which are called simple.

enum { EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI };

int is_block(struct Type* type) {
    return type->kind == TYPE_STRUCT || type->kind == TYPE_ARRAY || type->kind == TYPE_FUNCTION;
}

// A value that lives in one general register.
int is_word_type(struct Type* type) {
    return is_scalar(type) && is_wide(type) == 0 && is_real(type) == 0;
}

// The part of an instruction that says which memory: an object, or offset(%base) for one behind a pointer.
void code_memory(int reg, struct Node* object, int base) {
    if (object->kind == NODE_GLOBAL) {
        code1(reg << 3 | 5);
        code_address(object->global, object->offset);
        return;
    }
    if (object->kind == NODE_LOCAL) base = EBP;
    if (object->offset == 0 && base != EBP) code1(reg << 3 | base);
    else if (object->offset >= -128 && object->offset < 128) code2(0x40 | reg << 3 | base, object->offset);
    else {
        code1(0x80 | reg << 3 | base);
        code_word(object->offset);
    }
}

// Loads an integer of any size up to 32 bits, extended to all of the register.
void load_object(int reg, struct Node* object, int base) {
    struct Type* type = object->type;
    if (type->size == 4) code1(0x8B);                                   // mov object,%reg
    else if (type->size == 2 && type->is_unsigned) code2(0x0F, 0xB7);   // movzwl object,%reg
    else if (type->size == 2) code2(0x0F, 0xBF);                        // movswl object,%reg
    else if (type->is_unsigned) code2(0x0F, 0xB6);                      // movzbl object,%reg
    else code2(0x0F, 0xBE);                                             // movsbl object,%reg
    code_memory(reg, object, base);
}

void load_number(int reg, int value) {
    if (value == 0) code2(0x31, 0xC0 | reg << 3 | reg);                 // xor %reg,%reg
    else {
        code1(0xB8 | reg);                                              // mov $value,%reg
        code_word(value);
    }
}

// A conversion that changes no bit of a register.
int is_free_conversion(struct Node* node) {
    if (node->kind != NODE_CONVERT) return 0;
    struct Type* from = node->left->type;
    struct Type* to = node->type;
    if (is_word_type(from) == 0 || is_word_type(to) == 0) return 0;
    if (to->kind == TYPE_BOOL) return from->kind == TYPE_BOOL;
    if (to->size == 4) return 1;
    if (to->size == from->size) return to->is_unsigned == from->is_unsigned;
    return to->size > from->size && (from->is_unsigned || to->is_unsigned == 0);
}

int is_simple(struct Node* node) {
    if (node->kind == NODE_ADDRESS) {
        if (node->left->kind == NODE_LOCAL || node->left->kind == NODE_GLOBAL) return 1;
        return node->left->kind == NODE_AT && is_simple(node->left->left);
    }
    if (is_word_type(node->type) == 0) return 0;
    if (node->kind == NODE_CONSTANT || node->kind == NODE_LOCAL || node->kind == NODE_GLOBAL) return 1;
    if (node->kind == NODE_AT) return is_simple(node->left);
    if (is_free_conversion(node)) return is_simple(node->left);
    return 0;
}

void load_address(int reg, struct Node* object) {
    if (object->kind == NODE_GLOBAL) {
        code1(0xB8 | reg);                                              // mov $object,%reg
        code_address(object->global, object->offset);
        return;
    }
    code1(0x8D);                                                        // lea object,%reg
    code_memory(reg, object, reg);
}

void load_simple(int reg, struct Node* node) {
    if (node->kind == NODE_CONSTANT) load_number(reg, node->value.low);
    else if (node->kind == NODE_CONVERT) load_simple(reg, node->left);
    else if (node->kind == NODE_ADDRESS) {
        if (node->left->kind == NODE_AT) load_simple(reg, node->left->left);
        load_address(reg, node->left);
    } else {
        if (node->kind == NODE_AT) load_simple(reg, node->left);
        load_object(reg, node, reg);
    }
}
