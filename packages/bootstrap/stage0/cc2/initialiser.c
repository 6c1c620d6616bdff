// Initialisers. They are first read into a list of values with their places, because only the end of
// `int a[] = {…}` tells how large the object is; then written to the data, or turned into assignments.

struct Item {
    struct Item* next;
    int offset;
    struct Type* type;
    struct Member* field;      // for a bit-field
    struct Node* value;        // or 0, and the characters of a string in `text`;
    struct Buffer* text;       // or neither: zeros
};

struct Item* first_item;
struct Item* last_item;
int items_end;                 // the highest end of an item so far

// An expression read before it was known how deep in the object it belongs.
struct Node* pending;

// A later initialiser replaces an earlier one for the same place.
void remove_items(int offset, int end) {
    struct Item* kept = 0;
    struct Item* item = first_item;
    last_item = 0;
    while (item) {
        int covered = item->offset >= offset && item->offset + item->type->size <= end;
        if (covered == 0) {
            if (last_item) last_item->next = item;
            else kept = item;
            last_item = item;
        }
        item = item->next;
    }
    if (last_item) last_item->next = 0;
    first_item = kept;
}

struct Item* add_item(struct Type* type, int offset) {
    struct Item* item = allocate(sizeof(struct Item));
    item->type = type;
    item->offset = offset;
    if (last_item) last_item->next = item;
    else first_item = item;
    last_item = item;
    if (offset + type->size > items_end) items_end = offset + type->size;
    return item;
}

struct Item* add_only_item(struct Type* type, int offset) {
    if (offset < items_end) remove_items(offset, offset + type->size);
    return add_item(type, offset);
}

int takes_string(struct Type* type) {
    if (at(STRING) == 0 || pending || type->kind != TYPE_ARRAY) return 0;
    int wide = (token->text[0] & 255) == 'L';
    if (wide) return type->base->kind == TYPE_INT;
    return type->base->kind == TYPE_CHAR;
}

// Returns the number of elements. The final zero may be left out where there is no room for it.
int read_string_item(struct Type* type, int offset) {
    int width;
    struct Buffer* text = read_string(&width);
    int count = text->length / width;
    if (width != type->base->size) fail("the string does not fit its array's elements");
    if (type->count == OPEN) type = array_of(type->base, count);
    if (count > type->count + 1) fail("the string is longer than its array");
    add_only_item(type, offset)->text = text;
    return count;
}

int read_initialiser(struct Type* type, int offset);

int read_array_index(struct Type* type) {
    int index = read_constant();
    if (index < 0 || (type->count != OPEN && index >= type->count)) fail("the index is outside of the array");
    expect(']', "']'");
    return index;
}

int at_designator() {
    return at('[') || at('.');
}

// Whether a list without braces of its own goes on: a designator belongs to the list around it.
int list_continues(int braced) {
    if (at(',') == 0) return 0;
    if (braced) {
        advance();
        return at('}') == 0;
    }
    int next = following()->kind;
    if (next == '}' || next == '.' || next == '[') return 0;
    advance();
    return 1;
}

void read_braceless(struct Type* type, int offset);

// After a designator: either '=' and the value, or more of the designator.
void read_designated(struct Type* type, int offset) {
    if (at_designator()) {
        if (type->kind != TYPE_ARRAY && type->kind != TYPE_STRUCT) fail("the designator goes too deep");
        read_braceless(type, offset);
    } else {
        expect('=', "'='");
        read_initialiser(type, offset);
    }
}

// Returns the number of elements that an open array gets.
int read_array_list(struct Type* type, int offset, int braced) {
    int index = 0;
    int highest = 0;
    for (;;) {
        if (at('[')) {
            advance();
            index = read_array_index(type);
            read_designated(type->base, offset + index * type->base->size);
        } else {
            if (type->count != OPEN && index >= type->count) fail("too many initialisers for the array");
            if (index > SIZE_LIMIT / 16) fail("the array is too large");
            read_initialiser(type->base, offset + index * type->base->size);
        }
        index = index + 1;
        if (index > highest) highest = index;
        if (braced == 0 && index == type->count) return highest;
        if (list_continues(braced) == 0) return highest;
    }
}

void read_field_item(struct Member* member, int offset) {
    struct Node* value = pending;
    pending = 0;
    if (value == 0) value = read_assignment();
    struct Item* item = add_item(member->unit, offset);
    item->field = member;
    item->value = convert(rvalue(value), member->type);
}

void read_member_item(struct Member* member, int offset) {
    if (member->width) read_field_item(member, offset + member->offset);
    else read_initialiser(member->type, offset + member->offset);
}

// After '.': the member that is named, or the unnamed structure that contains it.
struct Member* designated_member(struct Type* type, int offset) {
    struct Found found;
    struct Token* name = following();
    struct Member* member = type->members;
    if (name->kind != IDENTIFIER) fail("a member's name is expected after '.'");
    while (member && member->name != name->name) {
        if (member->name == 0 && find_member(member->type, name->name, &found, 0)) {
            read_braceless(member->type, offset + member->offset);
            return member;
        }
        member = member->next;
    }
    if (member == 0) fail_about("the structure has no member", name->name->text);
    advance();
    advance();
    if (member->width) {
        expect('=', "'='");
        read_field_item(member, offset + member->offset);
    } else read_designated(member->type, offset + member->offset);
    return member;
}

void read_structure_list(struct Type* type, int offset, int braced) {
    struct Member* member = type->members;
    for (;;) {
        if (at('.')) member = designated_member(type, offset);
        else {
            if (member == 0) fail("too many initialisers for the structure");
            read_member_item(member, offset);
        }
        member = member->next;
        if (type->is_union) member = 0;
        if (braced == 0 && member == 0) return;
        if (list_continues(braced) == 0) return;
    }
}

void read_braceless(struct Type* type, int offset) {
    size_of(type);
    if (type->kind == TYPE_STRUCT) read_structure_list(type, offset, 0);
    else read_array_list(type, offset, 0);
}

int read_braced(struct Type* type, int offset) {
    int count = 1;
    if (offset < items_end) add_only_item(type, offset);
    if (takes_string(type)) count = read_string_item(type, offset);
    else if (at('}')) count = 0;
    else if (type->kind == TYPE_STRUCT) {
        size_of(type);
        read_structure_list(type, offset, 1);
    } else if (type->kind == TYPE_ARRAY) count = read_array_list(type, offset, 1);
    else read_initialiser(type, offset);
    accept(',');
    expect('}', "'}'");
    return count;
}

// Reads what initialises an object of this type at this offset; returns an open array's element count.
int read_initialiser(struct Type* type, int offset) {
    if (pending == 0 && accept('{')) {
        nest();
        int count = read_braced(type, offset);
        nesting = nesting - 1;
        return count;
    }
    if (takes_string(type)) return read_string_item(type, offset);
    if (pending == 0) pending = read_assignment();
    int is_whole = type->kind == TYPE_STRUCT && pending->type == type;
    if (is_whole || is_scalar(type)) {
        struct Node* value = rvalue(pending);
        pending = 0;
        add_only_item(type, offset)->value = convert(value, type);
    } else if (type->kind == TYPE_STRUCT || type->kind == TYPE_ARRAY) read_braceless(type, offset);
    else fail("an object of that type cannot be initialised");
    return 0;
}

// Reads a whole initialiser into the list of items; returns the object's type, complete.
struct Type* read_items(struct Type* type) {
    first_item = 0;
    last_item = 0;
    items_end = 0;
    pending = 0;
    int is_list = at('{') || takes_string(type);
    if (is_list == 0 && type->kind == TYPE_ARRAY) fail("an array's initialiser is a list or a string");
    int count = read_initialiser(type, 0);
    if (type->kind == TYPE_ARRAY && type->count == OPEN) return array_of(type->base, count);
    if (items_end > size_of(type)) fail("a structure's open array cannot be initialised");
    return type;
}

// ---- into the data -------------------------------------------------------------------------------

void write_bits(char* place, struct Item* item) {
    struct Wide unit;
    struct Wide mask;
    struct Wide value;
    int size = item->type->size;
    struct Member* field = item->field;
    int i;
    wide_set(&unit, 0, 0);
    if (size == 8) wide_set(&unit, get_word(place), get_word(place + 4));
    else for (i = 0; i < size; i++) unit.low = unit.low | (place[i] & 255) << 8 * i;
    wide_set(&mask, -1, -1);
    wide_shift_right(&mask, 64 - field->width, 1);
    wide_shift_left(&mask, field->position);
    wide_copy(&value, &item->value->value);
    wide_shift_left(&value, field->position);
    wide_set(&unit, (unit.low & ~mask.low) | (value.low & mask.low), (unit.high & ~mask.high) | (value.high & mask.high));
    for (i = 0; i < size; i++) {
        place[i] = unit.low;
        wide_shift_right(&unit, 8, 1);
    }
}

void write_item(int offset, struct Item* item) {
    struct Node* value = item->value;
    int size = item->type->size;
    char* place = data.bytes + offset;
    if (value == 0 && item->text == 0) {
        int i;
        for (i = 0; i < size; i++) place[i] = 0;
    } else if (value == 0) {
        if (item->text->length < size) size = item->text->length;
        copy_bytes(place, item->text->bytes, size);
    } else if (is_address_constant(value) && size == 4) refer(DATA, offset, value->left->global, value->left->offset, 0);
    else if (value->kind == NODE_REAL) real_bytes(value->real, place, size);
    else if (is_constant(value) == 0) fail("a static object's initialiser must be constant");
    else if (item->field) write_bits(place, item);
    else {
        char bytes[8];
        put_word(bytes, value->value.low);
        put_word(bytes + 4, value->value.high);
        copy_bytes(place, bytes, size);
    }
}

void write_items(struct Global* global, struct Type* type) {
    int base = reserve_data(type->size, type->align);
    struct Item* item = first_item;
    define_global(global, DATA, base);
    while (item) {
        write_item(base + item->offset, item);
        item = item->next;
    }
}

// ---- into assignments ----------------------------------------------------------------------------

struct Node* item_assignment(struct Node* object, struct Item* item) {
    struct Node* part = part_of(object, item->offset, item->type);
    if (item->value == 0 && item->text == 0) return new_node(NODE_CLEAR, void_type, part, 0);
    if (item->value == 0) return new_node(NODE_ASSIGN, item->type, part, string_node(item->text, item->type));
    if (item->field) {
        struct Node* field = new_node(NODE_FIELD, item->field->type, part, 0);
        field->offset = item->field->position;
        field->width = item->field->width;
        part = field;
    }
    return assign(part, item->value);
}

// What is not mentioned in a list is zero.
struct Node* assignments(struct Node* object) {
    struct Item* item = first_item;
    struct Node* result = 0;
    int is_whole = item && item->offset == 0 && item->next == 0 && item->type->size == object->type->size;
    if (is_whole == 0 || item->field) result = new_node(NODE_CLEAR, void_type, object, 0);
    while (item) {
        result = sequence(result, item_assignment(object, item));
        item = item->next;
    }
    return result;
}

// (type){…}: an unnamed object, static outside of functions.
struct Node* read_compound_literal(struct Type* type) {
    struct Item* outer_first = first_item;
    struct Item* outer_last = last_item;
    int outer_end = items_end;
    struct Node* outer_pending = pending;
    struct Node* object;
    type = read_items(type);
    if (function_name) {
        object = temporary(type);
        object = new_node(NODE_AT, type, sequence(assignments(object), address_node(object)), 0);
    } else {
        struct Global* global = new_global(0);
        write_items(global, type);
        object = global_node(global, type);
    }
    first_item = outer_first;
    last_item = outer_last;
    items_end = outer_end;
    pending = outer_pending;
    return object;
}
