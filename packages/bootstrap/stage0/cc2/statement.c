// Statements. Their code is generated while they are read: only expressions need a tree.

struct Case {
    struct Case* next;
    struct Wide value;
    struct Place* place;
};

struct Switch {
    struct Type* type;
    struct Case* first;
    struct Case* last;
    struct Place* other;           // the default label, or 0
};

// Where `break` and `continue` lead, and the switch that `case` belongs to.
struct Place* break_place;
struct Place* continue_place;
struct Switch* current_switch;

struct Place* labels;              // of the current function
struct Type* result_type;

void read_statement();
void read_declaration();

// ---- labels --------------------------------------------------------------------------------------

struct Place* label_of(struct Name* name) {
    if (name->label == 0) {
        struct Place* place = new_place();
        place->name = name;
        place->line = position_line;
        place->next = labels;
        labels = place;
        name->label = place;
    }
    return name->label;
}

void read_label() {
    struct Place* place = label_of(token->name);
    if (place->position) fail_about("the label is defined twice", token->name->text);
    put_place(place);
    advance();
    advance();
    read_attributes();
}

void check_labels() {
    while (labels) {
        labels->name->label = 0;
        if (labels->position == 0) {
            position_line = labels->line;
            fail_about("the label is not defined", labels->name->text);
        }
        labels = labels->next;
    }
}

// ---- choices -------------------------------------------------------------------------------------

struct Node* read_condition_in_parentheses() {
    expect('(', "'('");
    struct Node* condition = condition_of(read_expression());
    expect(')', "')'");
    return condition;
}

// A statement that has a scope of its own even without braces.
void read_scoped_statement() {
    enter_scope();
    read_statement();
    leave_scope();
}

void read_if() {
    struct Place* otherwise = new_place();
    struct Place* end = new_place();
    generate_branch(read_condition_in_parentheses(), otherwise, 0);
    read_scoped_statement();
    if (accept_keyword(K_ELSE)) {
        jump(end);
        put_place(otherwise);
        read_scoped_statement();
        put_place(end);
    } else put_place(otherwise);
}

// A case's value is looked for among those before it: the same one twice is an error.
void add_case(struct Switch* choices, struct Node* value) {
    struct Case* old = choices->first;
    struct Case* added = allocate(sizeof(struct Case));
    value = convert(value, choices->type);
    wide_copy(&added->value, &value->value);
    added->place = new_place();
    put_place(added->place);
    while (old) {
        if (wide_compare(&old->value, &added->value, 1) == 0) fail("the same case twice");
        old = old->next;
    }
    if (choices->last) choices->last->next = added;
    else choices->first = added;
    choices->last = added;
}

void read_case() {
    if (current_switch == 0) fail("'case' outside of a switch");
    struct Node* value = rvalue(read_conditional());
    if (is_constant(value) == 0) fail("a case's value must be a constant integer");
    add_case(current_switch, value);
    expect(':', "':'");
}

void read_default() {
    if (current_switch == 0) fail("'default' outside of a switch");
    if (current_switch->other) fail("two defaults in one switch");
    current_switch->other = new_place();
    put_place(current_switch->other);
    expect(':', "':'");
}

// One comparison after the other. The body has been generated before, when the cases were not known.
void generate_cases(struct Switch* choices, struct Node* value, struct Place* end) {
    struct Case* one = choices->first;
    generate(value);
    while (one) {
        struct Place* next = new_place();
        if (is_wide(choices->type)) {
            code2(0x81, 0xFA);                      // cmp $high,%edx
            code_word(one->value.high);
            jump_if(IF_NOT_EQUAL, next);
        }
        code1(0x3D);                                // cmp $low,%eax
        code_word(one->value.low);
        jump_if(IF_EQUAL, one->place);
        put_place(next);
        one = one->next;
    }
    if (choices->other) jump(choices->other);
    else jump(end);
}

void read_switch() {
    struct Switch* outer_switch = current_switch;
    struct Place* outer_break = break_place;
    struct Place* choose = new_place();
    struct Switch* choices = allocate(sizeof(struct Switch));
    expect('(', "'('");
    struct Node* value = promote(rvalue(read_expression()));
    expect(')', "')'");
    if (is_integer(value->type) == 0) fail("a switch needs an integer");
    enter_scope();
    struct Node* saved = temporary(value->type);
    choices->type = value->type;
    generate_effect(assign(saved, value));
    jump(choose);
    current_switch = choices;
    break_place = new_place();
    read_scoped_statement();
    jump(break_place);
    put_place(choose);
    generate_cases(choices, saved, break_place);
    put_place(break_place);
    leave_scope();
    break_place = outer_break;
    current_switch = outer_switch;
}

// ---- loops ---------------------------------------------------------------------------------------

void read_body(struct Place* after, struct Place* again) {
    struct Place* outer_break = break_place;
    struct Place* outer_continue = continue_place;
    break_place = after;
    continue_place = again;
    read_scoped_statement();
    break_place = outer_break;
    continue_place = outer_continue;
}

void read_while() {
    struct Place* again = new_place();
    struct Place* end = new_place();
    put_place(again);
    generate_branch(read_condition_in_parentheses(), end, 0);
    read_body(end, again);
    jump(again);
    put_place(end);
}

void read_do() {
    struct Place* start = new_place();
    struct Place* again = new_place();
    struct Place* end = new_place();
    put_place(start);
    read_body(end, again);
    put_place(again);
    if (accept_keyword(K_WHILE) == 0) fail_expected("'while'");
    generate_branch(read_condition_in_parentheses(), start, 1);
    expect(';', "';'");
    put_place(end);
}

// The step is read before the body but executed after it: its tree waits.
void read_for() {
    struct Place* start = new_place();
    struct Place* again = new_place();
    struct Place* end = new_place();
    struct Node* step = 0;
    expect('(', "'('");
    enter_scope();
    if (starts_type(token)) read_declaration();
    else if (accept(';') == 0) {
        generate_effect(read_expression());
        expect(';', "';'");
    }
    put_place(start);
    if (at(';') == 0) generate_branch(condition_of(read_expression()), end, 0);
    expect(';', "';'");
    if (at(')') == 0) step = read_expression();
    expect(')', "')'");
    read_body(end, again);
    put_place(again);
    if (step) generate_effect(step);
    jump(start);
    put_place(end);
    leave_scope();
}

// ---- the others ----------------------------------------------------------------------------------

void generate_return() {
    code1(0xC9);                                    // leave
    if (result_type->kind == TYPE_STRUCT) code3(0xC2, 4, 0);    // ret $4
    else code1(0xC3);                               // ret
}

// A structure goes where the caller wants it, which is the hidden argument at 8(%ebp).
void generate_result(struct Node* value) {
    value = convert(rvalue(value), result_type);
    if (result_type->kind != TYPE_STRUCT) {
        generate(value);
        return;
    }
    struct Node* place = local_node(8, pointer_to(result_type));
    generate(new_node(NODE_ASSIGN, result_type, object_at(place), value));
}

void read_return() {
    if (at(';') == 0) {
        struct Node* value = read_expression();
        if (result_type->kind == TYPE_VOID) {
            if (value->type->kind != TYPE_VOID) fail("the function returns nothing");
            generate_effect(value);
        } else generate_result(value);
    } else if (result_type->kind != TYPE_VOID) fail("the function returns a value");
    expect(';', "';'");
    generate_return();
}

void read_jump(struct Place* place, char* complaint) {
    if (place == 0) fail(complaint);
    jump(place);
    expect(';', "';'");
}

void read_goto() {
    struct Name* name = expect_name();
    jump(label_of(name));
    expect(';', "';'");
}

void read_block_items() {
    while (accept('}') == 0) {
        if (at(END)) fail("a '}' is missing");
        if (starts_type(token) && following()->kind != ':') read_declaration();
        else read_statement();
    }
}

void read_block() {
    enter_scope();
    read_block_items();
    leave_scope();
}

void read_expression_statement() {
    generate_effect(read_expression());
    expect(';', "';'");
}

void read_keyword_statement(int code) {
    if (accept_keyword(K_IF)) read_if();
    else if (accept_keyword(K_WHILE)) read_while();
    else if (accept_keyword(K_DO)) read_do();
    else if (accept_keyword(K_FOR)) read_for();
    else if (accept_keyword(K_SWITCH)) read_switch();
    else if (accept_keyword(K_RETURN)) read_return();
    else if (accept_keyword(K_GOTO)) read_goto();
    else if (accept_keyword(K_BREAK)) read_jump(break_place, "'break' outside of a loop or switch");
    else if (accept_keyword(K_CONTINUE)) read_jump(continue_place, "'continue' outside of a loop");
    else if (code == K_ELSE) fail("'else' without 'if'");
    else if (starts_type(token)) fail("a declaration where only a statement is allowed");
    else read_expression_statement();
}

// Labels come before any statement; a block's last one may stand alone.
void read_statement() {
    for (;;) {
        if (at_name() && following()->kind == ':') read_label();
        else if (accept_keyword(K_CASE)) read_case();
        else if (accept_keyword(K_DEFAULT)) read_default();
        else break;
        if (at('}')) return;
    }
    nest();
    if (accept('{')) read_block();
    else if (accept(';') == 0) read_keyword_statement(keyword_of(token));
    nesting = nesting - 1;
}
