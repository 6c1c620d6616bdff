// Code for 64-bit integers, in %edx:%eax. The right operand of an operator waits on the stack:
// its low word at (%esp), its high word at 4(%esp).

void push_wide() {
    code2(0x52, 0x50);                      // push %edx; push %eax
}

// Drops what waits on the stack, without touching the flags.
void drop_wide() {
    code4(0x8D, 0x64, 0x24, 0x08);          // lea 8(%esp),%esp
}

// Calls a function of runtime.c, whose arguments have been pushed.
void call_helper(char* name) {
    code1(0xE8);                            // call name
    code_relative(shared_global(name_of(name)));
}

// One object of 64 bits: first one half, then the other 4 bytes further.
void code_halves(int opcode, struct Node* object, int base) {
    struct Node* high = copy_node(object, object->type);
    high->offset = high->offset + 4;
    code1(opcode);                          // mov %edx,object+4, or the other way round
    code_memory(EDX, high, base);
    code1(opcode);                          // mov %eax,object
    code_memory(EAX, object, base);
}

void assign_wide(struct Node* object, struct Node* value) {
    generate(value);
    if (object->kind == NODE_AT) {
        push_wide();
        generate(object->left);
        code2(0x89, 0xC1);                  // mov %eax,%ecx
        code2(0x58, 0x5A);                  // pop %eax; pop %edx
    }
    code_halves(0x89, object, ECX);
}

void load_wide_operands(struct Node* node) {
    generate(node->right);
    push_wide();
    generate(node->left);
}

void multiply_wide(struct Node* node) {
    load_wide_operands(node);
    code4(0x0F, 0xAF, 0x14, 0x24);          // imul (%esp),%edx
    code2(0x89, 0xC1);                      // mov %eax,%ecx
    code1(0x0F);
    code4(0xAF, 0x4C, 0x24, 0x04);          // imul 4(%esp),%ecx
    code2(0x01, 0xD1);                      // add %edx,%ecx
    code3(0xF7, 0x24, 0x24);                // mull (%esp)
    code2(0x01, 0xCA);                      // add %ecx,%edx
    drop_wide();
}

void divide_wide(struct Node* node) {
    load_wide_operands(node);
    push_wide();
    if (node->type->is_unsigned) {
        if (node->kind == '/') call_helper("__udivdi3");
        else call_helper("__umoddi3");
    } else if (node->kind == '/') call_helper("__divdi3");
    else call_helper("__moddi3");
    code3(0x83, 0xC4, 16);                  // add $16,%esp
}

// The machine shifts by the count's low five bits: 32 and more moves one word into the other first.
void shift_wide_left() {
    code3(0x0F, 0xA5, 0xC2);                // shld %cl,%eax,%edx
    code2(0xD3, 0xE0);                      // shl %cl,%eax
    code3(0xF6, 0xC1, 32);                  // test $32,%cl
    code2(0x74, 4);                         // je over the next two
    code2(0x89, 0xC2);                      // mov %eax,%edx
    code2(0x31, 0xC0);                      // xor %eax,%eax
}

void shift_wide_right(int is_unsigned) {
    code3(0x0F, 0xAD, 0xD0);                // shrd %cl,%edx,%eax
    if (is_unsigned) code2(0xD3, 0xEA);     // shr %cl,%edx
    else code2(0xD3, 0xFA);                 // sar %cl,%edx
    code3(0xF6, 0xC1, 32);                  // test $32,%cl
    if (is_unsigned) code2(0x74, 4);        // je over the next two
    else code2(0x74, 5);
    code2(0x89, 0xD0);                      // mov %edx,%eax
    if (is_unsigned) code2(0x31, 0xD2);     // xor %edx,%edx
    else code3(0xC1, 0xFA, 31);             // sar $31,%edx
}

void generate_wide_shift(struct Node* node) {
    if (is_simple(node->right)) {
        generate(node->left);
        load_simple(ECX, node->right);
    } else {
        generate(node->right);
        code1(0x50);                        // push %eax
        generate(node->left);
        code1(0x59);                        // pop %ecx
    }
    if (node->kind == SHIFT_LEFT) shift_wide_left();
    else shift_wide_right(node->type->is_unsigned);
}

// Opcodes that take (%esp), then 4(%esp): add and adc, sub and sbb, and twice, or twice, xor twice.
void generate_pair(struct Node* node, int low, int high) {
    load_wide_operands(node);
    code3(low, 0x04, 0x24);                 // low (%esp),%eax
    code4(high, 0x54, 0x24, 0x04);          // high 4(%esp),%edx
    drop_wide();
}

void generate_wide_binary(struct Node* node) {
    int kind = node->kind;
    if (kind == '+') generate_pair(node, 0x03, 0x13);
    else if (kind == '-') generate_pair(node, 0x2B, 0x1B);
    else if (kind == '&') generate_pair(node, 0x23, 0x23);
    else if (kind == '|') generate_pair(node, 0x0B, 0x0B);
    else if (kind == '^') generate_pair(node, 0x33, 0x33);
    else if (kind == '*') multiply_wide(node);
    else if (kind == '/' || kind == '%') divide_wide(node);
    else generate_wide_shift(node);
}

// Two words are ordered by the borrow of their subtraction. That tells less from not less; the other
// two comparisons exchange their operands.
int compare_wide(struct Node* node) {
    int kind = node->kind;
    int is_unsigned = node->left->type->is_unsigned;
    if (kind == EQUAL || kind == UNEQUAL) {
        generate_pair(node, 0x33, 0x33);
        code2(0x09, 0xD0);                  // or %edx,%eax
        return condition_code(kind, 0);
    }
    if (kind == '>' || kind == LESS_EQUAL) {
        node = new_node(kind, node->type, node->right, node->left);
        if (kind == '>') kind = '<';
        else kind = GREATER_EQUAL;
    }
    generate_pair(node, 0x3B, 0x1B);        // cmp, then sbb
    return condition_code(kind, is_unsigned);
}

// From a word or a floating-point number.
void convert_to_wide(struct Node* node) {
    struct Type* from = node->left->type;
    generate(node->left);
    if (is_wide(from)) return;
    if (is_real(from) && node->type->is_unsigned) {
        push_real(12);
        call_helper("__fixunsxfdi");
        code3(0x83, 0xC4, 12);              // add $12,%esp
    } else if (is_real(from)) truncate_real();
    else if (from->is_unsigned) code2(0x31, 0xD2);      // xor %edx,%edx
    else code1(0x99);                       // cltd
}

void generate_wide(struct Node* node) {
    int kind = node->kind;
    if (kind == NODE_CONSTANT) {
        load_number(EAX, node->value.low);
        load_number(EDX, node->value.high);
    } else if (is_lvalue(node)) {
        if (kind == NODE_AT) generate(node->left);
        code_halves(0x8B, node, EAX);
    } else if (kind == NODE_ASSIGN) assign_wide(node->left, node->right);
    else if (kind == NODE_CONVERT) convert_to_wide(node);
    else if (kind == NODE_NEGATE) {
        generate(node->left);
        code2(0xF7, 0xD8);                  // neg %eax
        code3(0x83, 0xD2, 0x00);            // adc $0,%edx
        code2(0xF7, 0xDA);                  // neg %edx
    } else if (kind == NODE_COMPLEMENT) {
        generate(node->left);
        code4(0xF7, 0xD0, 0xF7, 0xD2);      // not %eax; not %edx
    } else generate_wide_binary(node);
}
