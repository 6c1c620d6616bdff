// Code for calls, and the entry that chooses by type.

// Pushes one argument; returns how many bytes it took.
int push_argument(struct Node* value) {
    struct Type* type = value->type;
    if (type->kind == TYPE_STRUCT) {
        int size = align_up(type->size, 4);
        generate_address(value);
        code2(0x81, 0xEC);                  // sub $size,%esp
        code_word(size);
        code1(0x50);                        // push %eax
        code4(0x8D, 0x44, 0x24, 0x04);      // lea 4(%esp),%eax
        copy_block(type->size);
        return size;
    }
    if (is_constant(value) && is_wide(type) == 0) {
        code1(0x68);                        // push $value
        code_word(value->value.low);
        return 4;
    }
    generate(value);
    if (is_real(type)) push_real(type->size);
    else if (is_wide(type)) push_wide();
    else code1(0x50);                       // push %eax
    return align_up(type->size, 4);
}

// A structure is returned at an address that the caller pushes last and the function pops.
void generate_call(struct Node* node) {
    int size = 0;
    struct Node* argument = node->right;
    while (argument) {
        size = size + push_argument(argument->left);
        argument = argument->right;
    }
    struct Node* function = node->left;
    int direct = is_address_constant(function) && function->left->offset == 0;
    if (direct == 0) generate(function);
    if (node->type->kind == TYPE_STRUCT) {
        code1(0x8D);                        // lea place,%ecx
        code_memory(ECX, node->third, 0);
        code1(0x51);                        // push %ecx
    }
    if (direct) {
        code1(0xE8);                        // call function
        code_relative(function->left->global);
    } else code2(0xFF, 0xD0);               // call *%eax
    if (size) {
        code2(0x81, 0xC4);                  // add $size,%esp
        code_word(size);
    }
}

// Linux takes the number in %eax and up to six arguments in these registers, in this order.
void generate_syscall(struct Node* node) {
    struct Node* argument = node->right;
    while (argument) {
        generate(argument->left);
        code1(0x50);                        // push %eax
        argument = argument->right;
    }
    int count = node->width;
    // What the caller wants kept is saved below the arguments, which are then read from above it.
    code4(0x55, 0x57, 0x56, 0x53);          // push %ebp; push %edi; push %esi; push %ebx
    code4(0x8B, 0x44, 0x24, 16);            // mov 16(%esp),%eax
    if (count > 1) code4(0x8B, 0x5C, 0x24, 20);     // mov 20(%esp),%ebx
    if (count > 2) code4(0x8B, 0x4C, 0x24, 24);     // mov 24(%esp),%ecx
    if (count > 3) code4(0x8B, 0x54, 0x24, 28);     // mov 28(%esp),%edx
    if (count > 4) code4(0x8B, 0x74, 0x24, 32);     // mov 32(%esp),%esi
    if (count > 5) code4(0x8B, 0x7C, 0x24, 36);     // mov 36(%esp),%edi
    if (count > 6) code4(0x8B, 0x6C, 0x24, 40);     // mov 40(%esp),%ebp
    code2(0xCD, 0x80);                      // int $0x80
    code4(0x5B, 0x5E, 0x5F, 0x5D);          // pop %ebx; pop %esi; pop %edi; pop %ebp
    code3(0x83, 0xC4, count * 4);           // add $count*4,%esp
}

// The value of any expression, where its type's values go.
void generate(struct Node* node) {
    int kind = node->kind;
    struct Type* type = node->type;
    if (is_simple(node)) load_simple(EAX, node);
    else if (kind == NODE_CALL) generate_call(node);
    else if (kind == NODE_CHOICE) generate_choice(node);
    else if (kind == NODE_SEQUENCE) {
        generate_effect(node->left);
        generate(node->right);
    } else if (kind == NODE_SYSCALL) generate_syscall(node);
    else if (kind == NODE_CODE) {
        buffer_bytes(&code, node->text, node->width);
    } else if (kind == NODE_CLEAR) generate_clear(node->left);
    else if (kind == NODE_ASSIGN) generate_assign(node);
    else if (type->kind == TYPE_VOID) {
        if (node->left) generate_effect(node->left);
    } else if (is_block(type)) generate_address(node);
    else if (is_wide(type)) generate_wide(node);
    else if (is_real(type)) generate_real(node);
    else generate_word(node);
}
