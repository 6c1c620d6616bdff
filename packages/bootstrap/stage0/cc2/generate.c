// Code for expressions, 32-bit integers and pointers first. A value is left in %eax; a 64-bit one in
// %edx:%eax (wide.c's counterpart, generate_wide.c), a floating-point one on the x87 stack
// (generate_real.c); of a structure, the address in %eax.
//
// The right operand of an operator, if it is not simple, is computed first and waits on the stack.

void generate(struct Node* node);
void generate_wide(struct Node* node);
void generate_real(struct Node* node);
int compare_wide(struct Node* node);
int compare_real(struct Node* node);
void generate_branch(struct Node* node, struct Place* place, int when);
void push_wide();
void push_real(int size);
void truncate_real();

// The address of an object, or of the structure that an expression leaves somewhere.
void generate_address(struct Node* object) {
    if (object->kind == NODE_LOCAL || object->kind == NODE_GLOBAL) load_address(EAX, object);
    else if (object->kind == NODE_AT) {
        generate(object->left);
        if (object->offset) load_address(EAX, object);
    } else generate(object);
}

// Copies `size` bytes from (%esi) to (%edi).
void code_copy(int size) {
    load_number(ECX, size / 4);
    code2(0xF3, 0xA5);                      // rep movsl
    if (size & 3) {
        load_number(ECX, size & 3);
        code2(0xF3, 0xA4);                  // rep movsb
    }
}

// Copies a structure whose address waits on the stack to (%eax), which stays.
void copy_block(int size) {
    code1(0x59);                            // pop %ecx
    code3(0x56, 0x57, 0x50);                // push %esi; push %edi; push %eax
    code2(0x89, 0xCE);                      // mov %ecx,%esi
    code2(0x89, 0xC7);                      // mov %eax,%edi
    code_copy(size);
    code3(0x58, 0x5F, 0x5E);                // pop %eax; pop %edi; pop %esi
}

void generate_clear(struct Node* object) {
    int size = object->type->size;
    generate_address(object);
    code1(0x57);                            // push %edi
    code2(0x89, 0xC7);                      // mov %eax,%edi
    load_number(EAX, 0);
    load_number(ECX, size / 4);
    code2(0xF3, 0xAB);                      // rep stosl
    load_number(ECX, size & 3);
    code2(0xF3, 0xAA);                      // rep stosb
    code1(0x5F);                            // pop %edi
}

// Stores %al, %ax or %eax.
void store_object(struct Node* object, int base) {
    if (object->type->size == 2) code1(0x66);
    if (object->type->size == 1) code1(0x88);                           // mov %al,object
    else code1(0x89);                                                   // mov %eax,object
    code_memory(EAX, object, base);
}

void assign_word(struct Node* object, struct Node* value) {
    if (object->kind != NODE_AT) {
        generate(value);
        store_object(object, 0);
    } else if (is_simple(object->left)) {
        generate(value);
        load_simple(ECX, object->left);
        store_object(object, ECX);
    } else if (is_simple(value)) {
        generate(object->left);
        code2(0x89, 0xC1);                  // mov %eax,%ecx
        load_simple(EAX, value);
        store_object(object, ECX);
    } else {
        generate(value);
        code1(0x50);                        // push %eax
        generate(object->left);
        code3(0x89, 0xC1, 0x58);            // mov %eax,%ecx; pop %eax
        store_object(object, ECX);
    }
}

void generate_assign(struct Node* node) {
    if (is_block(node->type)) {
        generate_address(node->right);
        code1(0x50);                        // push %eax
        generate_address(node->left);
        copy_block(node->type->size);
    } else if (is_wide(node->type)) generate_wide(node);
    else if (is_real(node->type)) generate_real(node);
    else assign_word(node->left, node->right);
}

// Brings the two operands to %eax and %ecx.
void load_operands(struct Node* node) {
    if (is_simple(node->right)) {
        generate(node->left);
        load_simple(ECX, node->right);
    } else if (is_simple(node->left)) {
        generate(node->right);
        code2(0x89, 0xC1);                  // mov %eax,%ecx
        load_simple(EAX, node->left);
    } else {
        generate(node->right);
        code1(0x50);                        // push %eax
        generate(node->left);
        code1(0x59);                        // pop %ecx
    }
}

// add, or, and, sub, xor and cmp: opcodes that differ in three bits. Uses an operand in place if it can.
void generate_simple_operation(struct Node* node, int opcode) {
    struct Node* right = node->right;
    while (is_free_conversion(right) && right->left->type->size == 4) right = right->left;
    int in_memory = (right->kind == NODE_LOCAL || right->kind == NODE_GLOBAL) && is_word_type(right->type) && right->type->size == 4;
    if (is_constant(right)) {
        int value = right->value.low;
        generate(node->left);
        if (value >= -128 && value < 128) code3(0x83, 0xC0 | opcode, value);    // op $value,%eax
        else {
            code1(opcode | 5);                                                  // op $value,%eax
            code_word(value);
        }
    } else if (in_memory) {
        generate(node->left);
        code1(opcode | 3);                                                      // op object,%eax
        code_memory(EAX, right, 0);
    } else {
        load_operands(node);
        code2(opcode | 1, 0xC8);                                                // op %ecx,%eax
    }
}

void generate_division(struct Node* node) {
    load_operands(node);
    if (node->type->is_unsigned) {
        code2(0x31, 0xD2);                  // xor %edx,%edx
        code2(0xF7, 0xF1);                  // div %ecx
    } else code3(0x99, 0xF7, 0xF9);         // cltd; idiv %ecx
    if (node->kind == '%') code2(0x89, 0xD0);   // mov %edx,%eax
}

void generate_shift(struct Node* node) {
    int operation = 0xE0;                   // shl
    if (node->kind == SHIFT_RIGHT) {
        operation = 0xF8;                   // sar
        if (node->type->is_unsigned) operation = 0xE8;      // shr
    }
    if (is_constant(node->right)) {
        generate(node->left);
        code3(0xC1, operation, node->right->value.low);     // shift $count,%eax
    } else {
        load_operands(node);
        code2(0xD3, operation);             // shift %cl,%eax
    }
}

void generate_binary(struct Node* node) {
    int kind = node->kind;
    if (kind == '+') generate_simple_operation(node, 0x00);
    else if (kind == '-') generate_simple_operation(node, 0x28);
    else if (kind == '&') generate_simple_operation(node, 0x20);
    else if (kind == '|') generate_simple_operation(node, 0x08);
    else if (kind == '^') generate_simple_operation(node, 0x30);
    else if (kind == '*') {
        load_operands(node);
        code3(0x0F, 0xAF, 0xC1);            // imul %ecx,%eax
    } else if (kind == '/' || kind == '%') generate_division(node);
    else generate_shift(node);
}

int condition_code(int kind, int is_unsigned) {
    if (kind == EQUAL) return IF_EQUAL;
    if (kind == UNEQUAL) return IF_NOT_EQUAL;
    if (is_unsigned) {
        if (kind == '<') return IF_BELOW;
        if (kind == '>') return IF_ABOVE;
        if (kind == LESS_EQUAL) return IF_NOT_ABOVE;
        return IF_NOT_BELOW;
    }
    if (kind == '<') return IF_LESS;
    if (kind == '>') return IF_GREATER;
    if (kind == LESS_EQUAL) return IF_NOT_GREATER;
    return IF_NOT_LESS;
}

// Sets the machine's flags; returns the condition under which the comparison holds.
int generate_comparison(struct Node* node) {
    struct Type* type = node->left->type;
    if (is_wide(type)) return compare_wide(node);
    if (is_real(type)) return compare_real(node);
    generate_simple_operation(node, 0x38);
    return condition_code(node->kind, type->is_unsigned);
}

// Sets the flags by whether a scalar is zero.
void generate_test(struct Node* node) {
    generate(node);
    if (is_wide(node->type)) code2(0x09, 0xD0);         // or %edx,%eax
    else if (is_real(node->type)) {
        code2(0xD9, 0xEE);                              // fldz
        code4(0xDF, 0xE9, 0xDD, 0xD8);                  // fucomip; fstp %st(0)
        code3(0x0F, 0x9A, 0xC0);                        // setp %al: not a number is not zero
        code3(0x0F, 0x95, 0xC1);                        // setne %cl
        code2(0x08, 0xC8);                              // or %cl,%al
    } else code2(0x85, 0xC0);                           // test %eax,%eax
}

// a && b, a || b: jumps to `place` when the truth is `when`, else falls through.
void branch_logical(struct Node* node, struct Place* place, int when) {
    int decisive = node->kind == EITHER;                // the truth of `left` that settles all
    if (when == decisive) {
        generate_branch(node->left, place, when);
        generate_branch(node->right, place, when);
    } else {
        struct Place* other = new_place();
        generate_branch(node->left, other, decisive);
        generate_branch(node->right, place, when);
        put_place(other);
    }
}

void generate_branch(struct Node* node, struct Place* place, int when) {
    if (is_constant(node)) {
        if (is_null(node) != when) jump(place);
    } else if (node->kind == NODE_NOT) generate_branch(node->left, place, when == 0);
    else if (node->kind == BOTH || node->kind == EITHER) branch_logical(node, place, when);
    else if (is_comparison(node->kind)) {
        int condition = generate_comparison(node);
        jump_if(condition ^ (when == 0), place);
    } else {
        generate_test(node);
        jump_if(IF_EQUAL | when, place);
    }
}

// The truth of a condition as a number.
void generate_truth(struct Node* node) {
    if (is_comparison(node->kind)) {
        int condition = generate_comparison(node);
        code3(0x0F, 0x90 | condition, 0xC0);            // setcc %al
        code3(0x0F, 0xB6, 0xC0);                        // movzbl %al,%eax
        return;
    }
    struct Place* is_false = new_place();
    struct Place* end = new_place();
    generate_branch(node, is_false, 0);
    load_number(EAX, 1);
    jump(end);
    put_place(is_false);
    load_number(EAX, 0);
    put_place(end);
}

void generate_choice(struct Node* node) {
    struct Place* is_false = new_place();
    struct Place* end = new_place();
    generate_branch(node->third, is_false, 0);
    generate(node->left);
    jump(end);
    put_place(is_false);
    generate(node->right);
    put_place(end);
}

// A word from any scalar.
void convert_to_word(struct Node* node) {
    struct Type* type = node->type;
    if (type->kind == TYPE_BOOL) {
        generate_test(node->left);
        code3(0x0F, 0x95, 0xC0);                        // setne %al
        code3(0x0F, 0xB6, 0xC0);                        // movzbl %al,%eax
        return;
    }
    generate(node->left);
    if (is_real(node->left->type)) truncate_real();
    if (is_free_conversion(node) || type->size == 4) return;
    code1(0x0F);
    if (type->size == 2 && type->is_unsigned) code2(0xB7, 0xC0);    // movzwl %ax,%eax
    else if (type->size == 2) code2(0xBF, 0xC0);                    // movswl %ax,%eax
    else if (type->is_unsigned) code2(0xB6, 0xC0);                  // movzbl %al,%eax
    else code2(0xBE, 0xC0);                                         // movsbl %al,%eax
}

void generate_word(struct Node* node) {
    int kind = node->kind;
    if (kind == NODE_AT) {
        generate(node->left);
        load_object(EAX, node, EAX);
    } else if (kind == NODE_ADDRESS) generate_address(node->left);
    else if (kind == NODE_CONVERT) convert_to_word(node);
    else if (kind == NODE_NEGATE || kind == NODE_COMPLEMENT) {
        generate(node->left);
        if (kind == NODE_NEGATE) code2(0xF7, 0xD8);     // neg %eax
        else code2(0xF7, 0xD0);                         // not %eax
    } else if (kind == NODE_NOT || kind == BOTH || kind == EITHER || is_comparison(kind)) generate_truth(node);
    else generate_binary(node);
}

// Only for what it does.
void generate_effect(struct Node* node) {
    int kind = node->kind;
    if (kind == NODE_SEQUENCE) {
        generate_effect(node->left);
        generate_effect(node->right);
    } else if (kind == NODE_CHOICE || kind == BOTH || kind == EITHER || kind == NODE_CALL || kind == NODE_ASSIGN) {
        generate(node);
        if (is_real(node->type)) code2(0xDD, 0xD8);     // fstp %st(0)
    } else if (kind == NODE_SYSCALL || kind == NODE_CODE || kind == NODE_CLEAR) generate(node);
    else {
        if (node->left) generate_effect(node->left);
        if (node->right) generate_effect(node->right);
    }
}
