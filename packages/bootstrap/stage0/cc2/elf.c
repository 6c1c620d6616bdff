// The linker: gives everything its address, fills in the references, and writes the executable.
//
// The file has two segments. The first, which may be executed, holds the headers and the code; the
// second, which may be written, the data and the zeros after it. Both lie in the file as in memory, so
// the second starts at the same offset within a page.

enum { BASE_ADDRESS = 0x08048000, PAGE = 4096, HEADERS = 116 };

int data_address;

int section_address(int section) {
    if (section == CODE) return BASE_ADDRESS + HEADERS;
    if (section == DATA) return data_address;
    return align_up(data_address + data.length, 32);
}

int global_address(struct Global* global) {
    if (global->section == UNDEFINED) {
        position_file = global->file;
        position_line = global->line;
        fail_about("nothing defines", global->name->text);
    }
    return section_address(global->section) + global->offset;
}

void resolve_references() {
    struct Reference* reference = references;
    while (reference) {
        char* bytes = code.bytes;
        int value = global_address(reference->target) + reference->addend;
        if (reference->section == DATA) bytes = data.bytes;
        if (reference->relative) value = value - section_address(CODE) - reference->offset - 4;
        put_word(bytes + reference->offset, value);
        reference = reference->next;
    }
}

// The program's first instructions: hand the kernel's initial stack to the libc.
void generate_entry() {
    code2(0x31, 0xED);                              // xor %ebp,%ebp
    code2(0x89, 0xE0);                              // mov %esp,%eax
    code1(0x50);                                    // push %eax
    code1(0xE8);                                    // call __start
    code_relative(shared_global(name_of("__start")));
    code1(0xF4);                                    // hlt
}

void put_half(struct Buffer* file, int value) {
    buffer_byte(file, value);
    buffer_byte(file, value >> 8);
}

void put_long(struct Buffer* file, int value) {
    put_half(file, value);
    put_half(file, value >> 16);
}

void put_elf_header(struct Buffer* file) {
    buffer_bytes(file, "\x7F\x45\x4C\x46", 4);      // the magic number
    put_long(file, 0x00010101);                     // 32 bits, little-endian, version 1
    put_long(file, 0);
    put_long(file, 0);
    put_half(file, 2);                              // executable
    put_half(file, 3);                              // i386
    put_long(file, 1);
    put_long(file, section_address(CODE));          // entry point
    put_long(file, 52);                             // the program headers follow this one
    put_long(file, 0);                              // no section headers
    put_long(file, 0);
    put_half(file, 52);
    put_half(file, 32);
    put_half(file, 2);                              // program headers
    put_half(file, 40);
    put_long(file, 0);
}

void put_segment(struct Buffer* file, int offset, int address, int file_size, int memory_size, int flags) {
    put_long(file, 1);                              // to be loaded
    put_long(file, offset);
    put_long(file, address);
    put_long(file, address);
    put_long(file, file_size);
    put_long(file, memory_size);
    put_long(file, flags);                          // 1 execute, 2 write, 4 read
    put_long(file, PAGE);
}

void put_headers(struct Buffer* file, int data_offset) {
    int zeroed_end = section_address(ZEROED) + zeroed_size;
    put_elf_header(file);
    put_segment(file, 0, BASE_ADDRESS, HEADERS + code.length, HEADERS + code.length, 5);
    put_segment(file, data_offset, data_address, data.length, zeroed_end - data_address, 6);
}

void write_all(int file, char* bytes, int length) {
    while (length > 0) {
        int count = syscall(SYSTEM_WRITE, file, bytes, length);
        if (count <= 0) fail("cannot write the output file");
        bytes = bytes + count;
        length = length - count;
    }
}

void write_program(char* path) {
    struct Buffer headers;
    clear(&headers, sizeof(struct Buffer));
    position_file = 0;
    int data_offset = HEADERS + code.length;
    data_address = BASE_ADDRESS + PAGE + align_up(data_offset, 32);
    data_offset = align_up(data_offset, 32);
    resolve_references();
    position_file = 0;
    put_headers(&headers, data_offset);
    buffer_zeros(&code, data_offset - HEADERS - code.length);
    int file = syscall(SYSTEM_OPEN, path, 577, 493);    // for writing, created or emptied, mode 0755
    if (file < 0) fail_about("cannot create", path);
    write_all(file, headers.bytes, headers.length);
    write_all(file, code.bytes, code.length);
    write_all(file, data.bytes, data.length);
    if (syscall(SYSTEM_CLOSE, file, 0, 0) < 0) fail("cannot write the output file");
}
