// Code for floating point, on the x87's stack. At most two of its eight places are ever in use: the
// right operand of an operator, if it is not a mere load, waits in memory.

// fld and fstp of an object, by its size.
void load_real(struct Node* object, int base) {
    if (object->type->size == 4) {
        code1(0xD9);                        // flds object
        code_memory(0, object, base);
    } else if (object->type->size == 8) {
        code1(0xDD);                        // fldl object
        code_memory(0, object, base);
    } else {
        code1(0xDB);                        // fldt object
        code_memory(5, object, base);
    }
}

void store_real(struct Node* object, int base) {
    if (object->type->size == 4) {
        code1(0xD9);                        // fstps object
        code_memory(3, object, base);
    } else if (object->type->size == 8) {
        code1(0xDD);                        // fstpl object
        code_memory(3, object, base);
    } else {
        code1(0xDB);                        // fstpt object
        code_memory(7, object, base);
    }
}

// Moves the number to the memory at (%esp), making room for it there.
void push_real(int size) {
    code3(0x83, 0xEC, size);                // sub $size,%esp
    if (size == 4) code3(0xD9, 0x1C, 0x24);         // fstps (%esp)
    else if (size == 8) code3(0xDD, 0x1C, 0x24);    // fstpl (%esp)
    else code3(0xDB, 0x3C, 0x24);                   // fstpt (%esp)
}

void pop_real(int size) {
    if (size == 4) code3(0xD9, 0x04, 0x24);         // flds (%esp)
    else if (size == 8) code3(0xDD, 0x04, 0x24);    // fldl (%esp)
    else code3(0xDB, 0x2C, 0x24);                   // fldt (%esp)
    code3(0x83, 0xC4, size);                // add $size,%esp
}

// The bytes of a constant, in the data.
struct Global* real_global(struct Node* node) {
    struct Global* global = new_global(0);
    int offset = reserve_data(node->type->size, 4);
    real_bytes(node->real, data.bytes + offset, node->type->size);
    define_global(global, DATA, offset);
    return global;
}

void load_real_constant(struct Node* node) {
    if (node->real->kind == REAL_ZERO && node->real->negative == 0) code2(0xD9, 0xEE);  // fldz
    else load_real(global_node(real_global(node), node->type), 0);
}

// Two operands on the stack: the left one below, the right one on top.
void load_real_operands(struct Node* node) {
    int right = node->right->kind;
    if (right == NODE_REAL || right == NODE_LOCAL || right == NODE_GLOBAL) {
        generate(node->left);
        generate(node->right);
        return;
    }
    generate(node->right);
    push_real(12);
    generate(node->left);
    pop_real(12);
}

void generate_real_binary(struct Node* node) {
    load_real_operands(node);
    if (node->kind == '+') code2(0xDE, 0xC1);       // faddp
    else if (node->kind == '-') code2(0xDE, 0xE9);  // fsubp: left - right
    else if (node->kind == '*') code2(0xDE, 0xC9);  // fmulp
    else code2(0xDE, 0xF9);                         // fdivp: left / right
}

// fucomip compares the top with the place below, as unsigned numbers would; "not a number" sets below,
// equal and parity at once. So less is asked as greater with the operands exchanged, and equality asks
// for parity too.
int compare_real(struct Node* node) {
    int kind = node->kind;
    load_real_operands(node);
    if (kind == '>' || kind == GREATER_EQUAL) code2(0xD9, 0xC9);    // fxch: left on top
    code4(0xDF, 0xE9, 0xDD, 0xD8);          // fucomip; fstp %st(0)
    if (kind == EQUAL) {
        code3(0x0F, 0x9B, 0xC0);            // setnp %al
        code3(0x0F, 0x94, 0xC1);            // sete %cl
        code2(0x20, 0xC8);                  // and %cl,%al
        return IF_NOT_EQUAL;
    }
    if (kind == UNEQUAL) {
        code3(0x0F, 0x9A, 0xC0);            // setp %al
        code3(0x0F, 0x95, 0xC1);            // setne %cl
        code2(0x08, 0xC8);                  // or %cl,%al
        return IF_NOT_EQUAL;
    }
    if (kind == '<' || kind == '>') return IF_ABOVE;
    return IF_NOT_BELOW;
}

void convert_integer_to_real(struct Type* from) {
    if (is_wide(from) && from->is_unsigned) {
        push_wide();
        call_helper("__floatundixf");
        code3(0x83, 0xC4, 8);               // add $8,%esp
        return;
    }
    if (is_wide(from) == 0) {
        if (from->is_unsigned) code2(0x31, 0xD2);   // xor %edx,%edx
        else code1(0x99);                   // cltd
    }
    push_wide();
    code3(0xDF, 0x2C, 0x24);                // fildll (%esp)
    code3(0x83, 0xC4, 8);                   // add $8,%esp
}

void convert_to_real(struct Node* node) {
    struct Type* from = node->left->type;
    struct Type* to = node->type;
    generate(node->left);
    if (is_real(from)) {
        if (to->size == 12 || to->size > from->size) return;
    } else {
        convert_integer_to_real(from);
        // A double holds every 32-bit integer; all else may need rounding.
        if (to->size == 12 || (to->size == 8 && is_wide(from) == 0)) return;
    }
    push_real(to->size);
    pop_real(to->size);
}

// Cuts the fraction off and leaves a 64-bit integer in %edx:%eax. The machine rounds to nearest, unless
// its control word says otherwise for a moment.
void truncate_real() {
    code3(0x83, 0xEC, 12);                  // sub $12,%esp
    code4(0xD9, 0x7C, 0x24, 8);             // fnstcw 8(%esp)
    code4(0x8B, 0x44, 0x24, 8);             // mov 8(%esp),%eax
    code3(0x80, 0xCC, 0x0C);                // or $0x0C,%ah
    code4(0x89, 0x44, 0x24, 4);             // mov %eax,4(%esp)
    code4(0xD9, 0x6C, 0x24, 4);             // fldcw 4(%esp)
    code3(0xDF, 0x3C, 0x24);                // fistpll (%esp)
    code4(0xD9, 0x6C, 0x24, 8);             // fldcw 8(%esp)
    code3(0x58, 0x5A, 0x59);                // pop %eax; pop %edx; pop %ecx
}

void assign_real(struct Node* object, struct Node* value) {
    generate(value);
    if (object->kind == NODE_AT) {
        push_real(12);
        generate(object->left);
        pop_real(12);
    }
    code2(0xD9, 0xC0);                      // fld %st(0): the assignment's own value
    store_real(object, EAX);
}

void generate_real(struct Node* node) {
    int kind = node->kind;
    if (kind == NODE_REAL) load_real_constant(node);
    else if (is_lvalue(node)) {
        if (kind == NODE_AT) generate(node->left);
        load_real(node, EAX);
    } else if (kind == NODE_ASSIGN) assign_real(node->left, node->right);
    else if (kind == NODE_CONVERT) convert_to_real(node);
    else if (kind == NODE_NEGATE) {
        generate(node->left);
        code2(0xD9, 0xE0);                  // fchs
    } else generate_real_binary(node);
}
