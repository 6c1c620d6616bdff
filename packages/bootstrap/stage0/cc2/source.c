// Source files: found, read whole, and prepared so that the lexer sees one line where the author
// wrote several joined by backslashes.

struct Source {
    struct Source* parent;          // the file that includes this one, or 0
    char* name;                     // as messages and __FILE__ show it
    char* folder;                   // where "..." includes are looked for first: ends with '/' or is empty
    char* at;                       // the next character
    int line;
    int fresh;                      // nothing but white space so far on this line
    struct Condition* condition;    // the innermost #if open in this file
};

struct Source* source;

struct Folder {
    struct Folder* next;
    char* path;
};

struct Folder* first_folder;
struct Folder* last_folder;
int include_depth;

void add_folder(char* path) {
    struct Folder* folder = allocate(sizeof(struct Folder));
    folder->path = path;
    if (last_folder) last_folder->next = folder;
    else first_folder = folder;
    last_folder = folder;
}

// Joins continued lines. The newlines taken out are put back after the line they continued, so
// that the lines that follow keep their numbers.
char* splice_lines(struct Buffer* file) {
    int from = 0;
    int to = 0;
    int owed = 0;
    char* bytes = file->bytes;
    while (from < file->length) {
        int c = bytes[from] & 255;
        if (c == '\\' && (bytes[from + 1] & 255) == '\n') {
            owed = owed + 1;
            from = from + 2;
        } else {
            if (c == 0) fail("the file has a zero byte: it is not C source");
            bytes[to] = c;
            to = to + 1;
            from = from + 1;
            if (c == '\n') {
                while (owed > 0) {
                    bytes[to] = '\n';
                    to = to + 1;
                    owed = owed - 1;
                }
            }
        }
    }
    bytes[to] = '\n';
    bytes[to + 1] = 0;
    return bytes;
}

// The whole text of a file, ending with a newline and a zero byte; 0 if it cannot be opened.
char* read_file(char* path) {
    int file = syscall(SYSTEM_OPEN, path, 0, 0);
    if (file < 0) return 0;
    struct Buffer buffer;
    clear(&buffer, sizeof(struct Buffer));
    int count = 1;
    while (count > 0) {
        buffer_reserve(&buffer, 65536);
        count = syscall(SYSTEM_READ, file, buffer.bytes + buffer.length, 65536);
        if (count < 0) fail_about("cannot read", path);
        buffer.length = buffer.length + count;
    }
    syscall(SYSTEM_CLOSE, file, 0, 0);
    buffer_reserve(&buffer, 2);
    return splice_lines(&buffer);
}

char* join_text(char* a, char* b) {
    int length = text_length(a);
    char* joined = allocate(length + text_length(b) + 1);
    copy_bytes(joined, a, length);
    copy_bytes(joined + length, b, text_length(b));
    return joined;
}

char* folder_of(char* path) {
    int length = text_length(path);
    while (length > 0 && (path[length - 1] & 255) != '/') length = length - 1;
    char* folder = allocate(length + 1);
    copy_bytes(folder, path, length);
    return folder;
}

void push_source(char* name, char* text) {
    struct Source* opened = allocate(sizeof(struct Source));
    opened->name = name;
    opened->folder = folder_of(name);
    opened->at = text;
    opened->line = 1;
    opened->fresh = 1;
    opened->parent = source;
    source = opened;
}

int try_include(char* folder, char* name) {
    char* path = join_text(folder, name);
    char* text = read_file(path);
    if (text == 0) return 0;
    push_source(path, text);
    return 1;
}

// Makes the named file the one being read. A file that includes itself without end is stopped here.
void include_file(char* name, int quoted) {
    include_depth = include_depth + 1;
    if (include_depth > 200) fail("#include is nested too deeply");
    if ((name[0] & 255) == '/') {
        if (try_include("", name)) return;
    }
    if (quoted) {
        if (try_include(source->folder, name)) return;
    }
    struct Folder* folder = first_folder;
    while (folder) {
        if (try_include(join_text(folder->path, "/"), name)) return;
        folder = folder->next;
    }
    fail_about("cannot find the included file", name);
}
