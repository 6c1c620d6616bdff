// The grammar of expressions, from the tightest to the loosest binding.

struct Name* function_name;            // of the function being compiled, or 0

struct Node* read_unary();
struct Node* read_compound_literal(struct Type* type);

// Adjacent string tokens are one string. It is wide if one of them is.
struct Buffer* read_string(int* width) {
    struct Buffer* text = allocate(sizeof(struct Buffer));
    struct TokenList parts;
    clear(&parts, sizeof(struct TokenList));
    *width = 1;
    while (at(STRING)) {
        if ((token->text[0] & 255) == 'L') *width = 4;
        append_token(&parts, copy_token(token));
        advance();
    }
    struct Token* part = parts.first;
    while (part) {
        append_string(text, part, *width);
        part = part->next;
    }
    buffer_zeros(text, *width);
    return text;
}

// An unnamed array in the data.
struct Node* string_node(struct Buffer* text, struct Type* type) {
    struct Global* global = new_global(0);
    int offset = reserve_data(type->size, type->base->align);
    int length = text->length;
    if (length > type->size) length = type->size;
    copy_bytes(data.bytes + offset, text->bytes, length);
    define_global(global, DATA, offset);
    return global_node(global, type);
}

struct Node* read_string_literal() {
    int width;
    struct Buffer* text = read_string(&width);
    if (width == 4) return string_node(text, array_of(int_type, text->length / 4));
    return string_node(text, array_of(char_type, text->length));
}

struct Node* function_name_node() {
    struct Buffer* text = allocate(sizeof(struct Buffer));
    if (function_name == 0) fail("__func__ outside of a function");
    advance();
    buffer_bytes(text, function_name->text, function_name->length + 1);
    return string_node(text, array_of(char_type, text->length));
}

int in_condition;                      // of an #if, where all integers are 64 bits wide

// In an #if a constant is unsigned only if it says so or does not fit otherwise.
void widen(struct Literal* literal) {
    if (literal->real_size) fail("#if cannot use floating point");
    literal->is_wide = 1;
    literal->is_unsigned = literal->has_sign_suffix || literal->value.high < 0;
}

struct Node* read_number_literal() {
    struct Literal* literal = read_number(token);
    struct Type* type = int_type;
    if (in_condition) widen(literal);
    advance();
    if (literal->real_size) {
        type = float_type;
        if (literal->real_size == 8) type = double_type;
        if (literal->real_size == 12) type = long_double_type;
        return real_node(&literal->real, type);
    }
    if (literal->is_wide) {
        type = wide_type;
        if (literal->is_unsigned) type = unsigned_wide_type;
    } else if (literal->is_unsigned) type = unsigned_type;
    return constant_node(&literal->value, type);
}

struct Node* read_identifier() {
    struct Symbol* symbol = token->name->symbol;
    if (symbol == 0) fail_about("undeclared name", token->name->text);
    if (symbol->kind == SYMBOL_TYPEDEF) fail_about("a type where a value is expected", token->name->text);
    advance();
    if (symbol->kind == SYMBOL_CONSTANT) return number_node(symbol->value);
    if (symbol->kind == SYMBOL_LOCAL) return local_node(symbol->offset, symbol->type);
    return global_node(symbol->global, symbol->type);
}

// ---- built-in functions --------------------------------------------------------------------------

// The list's next argument. Arguments take a multiple of 4 bytes each.
struct Node* read_va_arg() {
    struct Node* list = read_assignment();
    expect(',', "','");
    struct Type* type = read_type_name();
    int size = align_up(size_of(type), 4);
    if ((is_integer(type) && type->size < 4) || type->kind == TYPE_FLOAT || type->kind == TYPE_ARRAY)
        fail("no argument is passed in that type");
    if (list->type != pointer_to(char_type)) fail("va_arg needs a va_list");
    struct Node* next = assign_result('+', list, number_node(size));
    struct Node* address = move_pointer('-', next, number_node(size));
    return new_node(NODE_AT, type, convert(address, pointer_to(type)), 0);
}

// The list begins behind the last named parameter.
struct Node* read_va_start() {
    struct Node* list = read_assignment();
    expect(',', "','");
    struct Node* last = read_assignment();
    if (last->kind != NODE_LOCAL) fail("va_start needs the last parameter");
    struct Type* place = pointer_to(char_type);
    struct Node* after = part_of(last, align_up(size_of(last->type), 4), char_type);
    return convert(assign(list, new_node(NODE_ADDRESS, place, after, 0)), void_type);
}

struct Node* read_va_copy() {
    struct Node* to = read_assignment();
    expect(',', "','");
    return convert(assign(to, read_assignment()), void_type);
}

// Arguments form a list that starts with the last: the order in which they are pushed.
struct Node* add_argument(struct Node* arguments, struct Node* value) {
    return new_node(NODE_ARGUMENT, value->type, value, arguments);
}

struct Node* read_syscall() {
    struct Node* call = new_node(NODE_SYSCALL, int_type, 0, 0);
    while (call->width == 0 || accept(',')) {
        struct Node* value = convert(rvalue(read_assignment()), int_type);
        call->right = add_argument(call->right, value);
        call->width = call->width + 1;
        if (call->width > 7) fail("a system call has at most six arguments");
    }
    return call;
}

struct Node* read_code() {
    struct Buffer* bytes = allocate(sizeof(struct Buffer));
    struct Node* node = new_node(NODE_CODE, int_type, 0, 0);
    buffer_byte(bytes, read_constant());
    while (accept(',')) buffer_byte(bytes, read_constant());
    node->text = bytes->bytes;
    node->width = bytes->length;
    return node;
}

struct Node* read_builtin() {
    int code = keyword_of(token);
    struct Node* node = 0;
    if (code == K_FUNC) return function_name_node();
    if (code < K_VA_START || code > K_CODE) fail_expected("an expression");
    advance();
    expect('(', "'('");
    if (code == K_VA_START) node = read_va_start();
    else if (code == K_VA_ARG) node = read_va_arg();
    else if (code == K_VA_END) node = convert(read_assignment(), void_type);
    else if (code == K_VA_COPY) node = read_va_copy();
    else if (code == K_SYSCALL) node = read_syscall();
    else node = read_code();
    expect(')', "')'");
    return node;
}

// ---- operands ------------------------------------------------------------------------------------

struct Node* read_primary() {
    if (at(NUMBER)) return read_number_literal();
    if (at(CHARACTER)) {
        struct Node* character = number_node(character_value(token));
        advance();
        return character;
    }
    if (at(STRING)) return read_string_literal();
    if (accept('(')) {
        struct Node* inner = read_expression();
        expect(')', "')'");
        return inner;
    }
    if (at_name()) return read_identifier();
    if (token->kind != IDENTIFIER) fail_expected("an expression");
    return read_builtin();
}

// Small numbers travel as int and double where the function says nothing else.
struct Node* default_argument(struct Node* value) {
    if (value->type->kind == TYPE_FLOAT) return convert(value, double_type);
    if (value->type->kind == TYPE_VOID) fail("a void expression has no value");
    return rounded(promote(value));
}

struct Node* read_arguments_of(struct Type* type) {
    struct Parameter* parameter = type->parameters;
    struct Node* arguments = 0;
    if (accept(')') == 0) {
        for (;;) {
            struct Node* value = rvalue(read_assignment());
            if (parameter) {
                value = convert(value, parameter->type);
                parameter = parameter->next;
            } else {
                if (type->variadic == 0 && type->unspecified == 0) fail("too many arguments");
                value = default_argument(value);
            }
            arguments = add_argument(arguments, value);
            if (accept(',') == 0) break;
        }
        expect(')', "')'");
    }
    if (parameter) fail("too few arguments");
    return arguments;
}

struct Node* read_call(struct Node* function) {
    function = rvalue(function);
    if (is_pointer(function->type) == 0 || function->type->base->kind != TYPE_FUNCTION) fail("only a function can be called");
    struct Type* type = function->type->base;
    struct Node* call = new_node(NODE_CALL, type->base, function, read_arguments_of(type));
    if (type->base->kind == TYPE_STRUCT) call->third = temporary(type->base);
    return call;
}

struct Node* read_index(struct Node* array) {
    struct Node* index = read_expression();
    expect(']', "']'");
    struct Node* place = binary('+', array, index);
    if (is_pointer(place->type) == 0) fail("only arrays and pointers can be indexed");
    return object_at(place);
}

struct Node* follow(struct Node* pointer) {
    pointer = rvalue(pointer);
    if (is_pointer(pointer->type) == 0) fail("only a pointer can be followed");
    return object_at(pointer);
}

struct Node* read_member_name(struct Node* whole) {
    if (token->kind != IDENTIFIER) fail_expected("a member's name");
    struct Name* name = token->name;
    advance();
    return member_of(whole, name);
}

void check_step(struct Node* object) {
    if (is_lvalue(object) == 0 || is_scalar(object->type) == 0) fail("'++' and '--' need a variable");
}

struct Node* read_postfix(struct Node* node) {
    for (;;) {
        if (accept('[')) node = read_index(node);
        else if (accept('(')) node = read_call(node);
        else if (accept('.')) node = read_member_name(node);
        else if (accept(ARROW)) node = read_member_name(follow(node));
        else if (at(INCREMENT) || at(DECREMENT)) {
            check_step(node);
            int kind = token->kind & 255;
            advance();
            node = step_after(kind, node);
        } else return node;
    }
}

struct Node* size_node(struct Type* type) {
    return convert(number_node(size_of(type)), unsigned_type);
}

struct Node* read_sizeof() {
    if (at('(') && starts_type(following())) {
        advance();
        struct Type* type = read_type_name();
        expect(')', "')'");
        if (at('{')) return size_node(read_postfix(read_compound_literal(type))->type);
        return size_node(type);
    }
    struct Node* node = read_unary();
    if (node->kind == NODE_FIELD) fail("a bit-field has no size");
    return size_node(node->type);
}

struct Node* read_address() {
    struct Node* node = read_unary();
    if (node->kind == NODE_FIELD) fail("a bit-field has no address");
    if (is_lvalue(node) == 0) fail("only an object has an address");
    return address_node(node);
}

struct Node* read_cast() {
    advance();
    struct Type* type = read_type_name();
    expect(')', "')'");
    if (at('{')) return read_postfix(read_compound_literal(type));
    return convert(rvalue(read_unary()), type);
}

struct Node* read_prefix_step() {
    int kind = token->kind & 255;
    advance();
    struct Node* object = read_unary();
    check_step(object);
    return assign_result(kind, object, number_node(1));
}

struct Node* unary_plus(struct Node* node) {
    node = promote(rvalue(node));
    if (is_arithmetic(node->type) == 0) fail("'+' needs a number");
    return rounded(node);
}

struct Node* read_operand() {
    if (at(INCREMENT) || at(DECREMENT)) return read_prefix_step();
    if (accept('&')) return read_address();
    if (accept('*')) return follow(read_unary());
    if (accept('+')) return unary_plus(read_unary());
    if (accept('-')) return negative(read_unary());
    if (accept('~')) return complement(read_unary());
    if (accept('!')) return logical_not(read_unary());
    if (accept_keyword(K_SIZEOF)) return read_sizeof();
    if (accept_keyword(K_EXTENSION)) return read_unary();
    if (at('(') && starts_type(following())) return read_cast();
    return read_postfix(read_primary());
}

struct Node* read_unary() {
    nest();
    struct Node* node = read_operand();
    nesting = nesting - 1;
    return node;
}

// ---- operators -----------------------------------------------------------------------------------

struct Node* read_binary(int least) {
    struct Node* left = read_unary();
    for (;;) {
        int kind = token->kind;
        int level = precedence(kind);
        if (level == 0 || level < least) return left;
        advance();
        left = binary(kind, left, read_binary(level + 1));
    }
}

struct Node* read_conditional() {
    struct Node* condition = read_binary(1);
    if (accept('?') == 0) return condition;
    nest();
    struct Node* left = read_expression();
    expect(':', "':'");
    struct Node* right = read_conditional();
    nesting = nesting - 1;
    return choice(condition, left, right);
}

// The operator of a compound assignment: all but the final '='. 0 if it is none.
int assigning_operator(int kind) {
    if (kind == LEFT_ASSIGN) return SHIFT_LEFT;
    if (kind == RIGHT_ASSIGN) return SHIFT_RIGHT;
    if (kind >> 8 != '=') return 0;
    if (is_one_of(kind & 255, "+-*/%&|^")) return kind & 255;
    return 0;
}

struct Node* read_assignment() {
    struct Node* left = read_conditional();
    int kind = token->kind;
    int operator = assigning_operator(kind);
    if (kind != '=' && operator == 0) return left;
    advance();
    nest();
    struct Node* right = read_assignment();
    nesting = nesting - 1;
    if (operator) return assign_result(operator, left, right);
    return assign(left, right);
}

struct Node* read_expression() {
    struct Node* node = read_assignment();
    while (accept(',')) node = sequence(node, rvalue(read_assignment()));
    return node;
}
