// What every other file stands on: system calls, memory, byte buffers, text, and the one way to
// report an error. The kernel is the only library.

enum {
    SYSTEM_EXIT = 1, SYSTEM_READ = 3, SYSTEM_WRITE = 4, SYSTEM_OPEN = 5, SYSTEM_CLOSE = 6,
    SYSTEM_BREAK = 45, SYSTEM_CHMOD = 15
};

// Memory is handed out upwards from the program break and never given back: a run of the compiler
// is short, and what it builds (names, types, macros) lives to its end anyway. Fresh pages are zero,
// which is why every structure starts out zeroed.
enum { HEAP_STEP = 1048576, HEAP_LIMIT = 260046848 };
int heap_start;
int heap_next;
int heap_end;

// Where the token being looked at stands; error messages begin with it.
char* position_file;
int position_line;

int text_length(char* text) {
    int length = 0;
    while (text[length] & 255) length = length + 1;
    return length;
}

int same_text(char* a, char* b) {
    int i = 0;
    while ((a[i] & 255) == (b[i] & 255)) {
        if ((a[i] & 255) == 0) return 1;
        i = i + 1;
    }
    return 0;
}

int same_bytes(char* a, char* b, int length) {
    int i;
    for (i = 0; i < length; i++)
        if ((a[i] & 255) != (b[i] & 255)) return 0;
    return 1;
}

void copy_bytes(char* to, char* from, int length) {
    int i;
    for (i = 0; i < length; i++) to[i] = from[i];
}

void clear(char* block, int size) {
    int i;
    for (i = 0; i < size; i++) block[i] = 0;
}

void complain(char* text) {
    syscall(SYSTEM_WRITE, 2, text, text_length(text));
}

// A natural number in digits, until the next call: an error message must not need fresh memory.
char digits[12];
char* decimal_text(int number) {
    int at = 11;
    while (number > 0 || at == 11) {
        at = at - 1;
        digits[at] = '0' + number % 10;
        number = number / 10;
    }
    return digits + at;
}

// The end of a compilation that cannot go on. `detail` is the offending text, or 0. Nothing is
// written before the very end of a run, so no half-made output is left behind.
void fail_about(char* message, char* detail) {
    if (position_file) {
        complain(position_file);
        complain(":");
        complain(decimal_text(position_line));
        complain(": ");
    } else complain("cc2: ");
    complain("error: ");
    complain(message);
    if (detail) {
        complain(": '");
        complain(detail);
        complain("'");
    }
    complain("\n");
    syscall(SYSTEM_EXIT, 1, 0, 0);
}

void fail(char* message) {
    fail_about(message, 0);
}

void grow_heap(int needed) {
    if (heap_start == 0) {
        heap_start = syscall(SYSTEM_BREAK, 0, 0, 0);
        heap_next = (heap_start + 15) & -16;
        heap_end = heap_start;
    }
    int wanted = heap_next + needed + HEAP_STEP;
    if (wanted - heap_start > HEAP_LIMIT) fail("the program needs more memory than cc2 allows itself");
    if (syscall(SYSTEM_BREAK, wanted, 0, 0) != wanted) fail("out of memory");
    heap_end = wanted;
}

// How deep the source is nested here. What recurs with the source counts, so that no input, however
// strange, uses up the stack.
int nesting;

void nest() {
    nesting = nesting + 1;
    if (nesting > 2000) fail("nested too deeply");
}

// `size` zeroed bytes, aligned to 8.
char* allocate(int size) {
    if (size < 0) fail("an object is too large");
    if (size > HEAP_LIMIT) fail("an object is too large");
    if (heap_start == 0) grow_heap(size);
    if (heap_end - heap_next < size + 8) grow_heap(size + 8);
    char* block = heap_next;
    heap_next = heap_next + ((size + 7) & -8);
    return block;
}

// A byte sequence that grows at its end: the code, the data, the text of a string.
struct Buffer {
    char* bytes;
    int length;
    int capacity;
};

void buffer_reserve(struct Buffer* buffer, int extra) {
    if (extra < 0) fail("an object is too large");
    if (buffer->length + extra <= buffer->capacity) return;
    int capacity = buffer->capacity * 2 + 64;
    while (capacity < buffer->length + extra) {
        if (capacity > HEAP_LIMIT) fail("an object is too large");
        capacity = capacity * 2;
    }
    char* bytes = allocate(capacity);
    copy_bytes(bytes, buffer->bytes, buffer->length);
    buffer->bytes = bytes;
    buffer->capacity = capacity;
}

void buffer_byte(struct Buffer* buffer, int byte) {
    if (buffer->length == buffer->capacity) buffer_reserve(buffer, 1);
    buffer->bytes[buffer->length] = byte;
    buffer->length = buffer->length + 1;
}

void buffer_bytes(struct Buffer* buffer, char* bytes, int length) {
    buffer_reserve(buffer, length);
    copy_bytes(buffer->bytes + buffer->length, bytes, length);
    buffer->length = buffer->length + length;
}

void buffer_zeros(struct Buffer* buffer, int count) {
    buffer_reserve(buffer, count);
    int i;
    for (i = 0; i < count; i++) buffer->bytes[buffer->length + i] = 0;
    buffer->length = buffer->length + count;
}

// Little-endian, as everything on this machine.
void put_word(char* at, int value) {
    at[0] = value;
    at[1] = value >> 8;
    at[2] = value >> 16;
    at[3] = value >> 24;
}

int get_word(char* at) {
    return (at[0] & 255) | (at[1] & 255) << 8 | (at[2] & 255) << 16 | (at[3] & 255) << 24;
}

// Integers of 32 bits seen without a sign. There is no unsigned type to write this compiler in.
int sign_bit() {
    return 1 << 31;
}

int below(int a, int b) {
    return (a ^ sign_bit()) < (b ^ sign_bit());
}

int shift_right(int value, int count) {
    if (count == 0) return value;
    return (value >> count) & ~(-1 << (32 - count));
}

int is_digit(int c) {
    return c >= '0' && c <= '9';
}

int is_letter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

int is_word(int c) {
    return is_letter(c) || is_digit(c);
}

// The value of a hexadecimal digit, or -1.
int digit_value(int c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}
