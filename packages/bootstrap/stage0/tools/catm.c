/*
 * catm: writes one file after another into a new one.
 *
 *     catm OUTPUT INPUT…
 */
#include "shared/command.h"
#include "shared/stream.h"
#include <unistd.h>

int main(int argc, char **argv) {
    int i, byte;
    command_start("catm");
    if (argc < 3) fail("usage: catm OUTPUT INPUT...");
    output_open(argv[1]);
    for (i = 2; i < argc; i++) {
        input_open(argv[i]);
        while ((byte = input_byte_or_end()) >= 0) {
            input.next--;
            output_write(input.next, input.end - input.next);
            input.next = input.end;
        }
        if (input.fd != 0) close(input.fd);
    }
    output_commit();
    return 0;
}
