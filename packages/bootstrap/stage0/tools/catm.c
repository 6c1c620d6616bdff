/*
 * catm: writes one file after another into a new one.
 *
 *     catm OUTPUT INPUT…
 */
#include "shared/command.h"
#include "shared/stream.h"

int main(int argc, char **argv) {
    int i;
    command_start("catm");
    if (argc < 3) fail("usage: catm OUTPUT INPUT...");
    output_open(argv[1], 0666);
    for (i = 2; i < argc; i++) output_copy(argv[i]);
    output_commit();
    return 0;
}
