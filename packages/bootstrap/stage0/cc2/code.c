// The bytes of the program under construction: code, data, and the references between them that can
// only be filled in when everything has its address.

enum { UNDEFINED, CODE, DATA, ZEROED };

// A function or an object with static storage. All files share the ones that are not static.
struct Global {
    struct Global* next;
    struct Name* name;          // 0: a string or another constant
    int section;
    int offset;
    int tentative;              // declared without a value: zero, if no other declaration gives one
    struct Type* type;
    char* file;                 // where it was first mentioned
    int line;
};

struct Reference {
    struct Reference* next;
    struct Global* target;
    int section;
    int offset;
    int addend;
    int relative;               // to the end of the 4 bytes, as calls are
};

// A point in the code that jumps lead to. Until it is known, the jumps to it form a chain: each
// holds the position of the one before.
struct Place {
    struct Place* next;
    struct Name* name;          // of a label in the source
    int position;               // 0: not known yet. Nothing jumps to the program's first byte
    int chain;
    int line;
};

struct Buffer code;
struct Buffer data;
int zeroed_size;
struct Global* globals;
struct Reference* references;

struct Global* new_global(struct Name* name) {
    struct Global* global = allocate(sizeof(struct Global));
    global->name = name;
    global->file = position_file;
    global->line = position_line;
    global->next = globals;
    globals = global;
    return global;
}

void refer(int section, int offset, struct Global* target, int addend, int relative) {
    struct Reference* reference = allocate(sizeof(struct Reference));
    reference->section = section;
    reference->offset = offset;
    reference->target = target;
    reference->addend = addend;
    reference->relative = relative;
    reference->next = references;
    references = reference;
}

void define_global(struct Global* global, int section, int offset) {
    if (global->section != UNDEFINED) fail_about("defined twice", global->name->text);
    global->section = section;
    global->offset = offset;
    global->tentative = 0;
}

int align_up(int value, int align) {
    return (value + align - 1) / align * align;
}

// Space for an object in the data; its bytes are zero.
int reserve_data(int size, int align) {
    buffer_zeros(&data, align_up(data.length, align) - data.length);
    int offset = data.length;
    buffer_zeros(&data, size);
    return offset;
}

int reserve_zeroed(int size, int align) {
    int offset = align_up(zeroed_size, align);
    if (offset > SIZE_LIMIT - size) fail("the program's objects are too large");
    zeroed_size = offset + size;
    return offset;
}

void code1(int a) {
    buffer_byte(&code, a);
}

void code2(int a, int b) {
    buffer_byte(&code, a);
    buffer_byte(&code, b);
}

void code3(int a, int b, int c) {
    code2(a, b);
    buffer_byte(&code, c);
}

void code4(int a, int b, int c, int d) {
    code2(a, b);
    code2(c, d);
}

void code_word(int value) {
    buffer_reserve(&code, 4);
    put_word(code.bytes + code.length, value);
    code.length = code.length + 4;
}

void code_address(struct Global* target, int addend) {
    refer(CODE, code.length, target, addend, 0);
    code_word(0);
}

void code_relative(struct Global* target) {
    refer(CODE, code.length, target, 0, 1);
    code_word(0);
}

struct Place* new_place() {
    return allocate(sizeof(struct Place));
}

// The 4-byte distance of a jump whose opcode has just been written.
void code_distance(struct Place* place) {
    if (place->position) code_word(place->position - code.length - 4);
    else {
        code_word(place->chain);
        place->chain = code.length - 4;
    }
}

void put_place(struct Place* place) {
    int at = place->chain;
    place->position = code.length;
    while (at) {
        int before = get_word(code.bytes + at);
        put_word(code.bytes + at, code.length - at - 4);
        at = before;
    }
}

void jump(struct Place* place) {
    code1(0xE9);                            // jmp place
    code_distance(place);
}

// The conditions of the machine, as they stand in the opcodes of jcc and setcc. The lowest bit negates.
enum {
    IF_BELOW = 2, IF_NOT_BELOW = 3, IF_EQUAL = 4, IF_NOT_EQUAL = 5, IF_NOT_ABOVE = 6, IF_ABOVE = 7,
    IF_NEGATIVE = 8, IF_LESS = 12, IF_NOT_LESS = 13, IF_NOT_GREATER = 14, IF_GREATER = 15
};

void jump_if(int condition, struct Place* place) {
    code2(0x0F, 0x80 | condition);          // jcc place
    code_distance(place);
}
