/* A shared library: code that may lie anywhere, storage of each thread, a constructor, calls back to the program. */
static int made;
static _Thread_local int calls = 10;

extern int program_number(void);

__attribute__((constructor)) static void make(void) { made = 1; }

int library_calls(void) { return made + calls++; }
int library_number(void) { return program_number() * 2; }
