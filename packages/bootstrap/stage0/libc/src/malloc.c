/*
 * Memory from brk, kept in size classes.
 *
 * Four classes lie between two powers of two (16, 20, 24, 28, 32, 40, 48, 56, 64, 80 … bytes), so a
 * block is at most a quarter larger than what was asked for. A freed block goes to its class's list
 * and is only ever used for that class again: no splitting, no joining, nothing that depends on
 * history beyond the order of calls. Before each block stands its class and a mark that shows a
 * wild free.
 */
#include "syscall.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CLASS_COUNT 108
#define HEADER_SIZE 8
#define HEADER_MARK 0x6d656d21
#define GROWTH      0x40000 /* brk moves by multiples of this */
#define SIZE_LIMIT  0x70000000

struct header {
    int class;
    int mark;
};

static struct header
    *free_blocks[CLASS_COUNT]; /* the next one's address lies in the block itself */
static char *heap_next;
static char *heap_end;

/* The bytes that a block of the class holds: (4 + class mod 4) doubled class div 4 times, times 4. */
static size_t class_size(int class) { return (size_t)(4 + (class & 3)) * 4 << (class >> 2); }

static int class_of(size_t size) {
    int class = 0;
    while (class_size(class + 4) < size) class += 4;
    while (class_size(class) < size) class ++;
    return class;
}

/* Fresh memory from the end of the heap, or NULL when the kernel gives no more. */
static char *take_from_heap(size_t size) {
    char *block;
    if (heap_end == NULL)
        heap_next = heap_end = (char *)((__syscall(SYS_BRK, 0, 0, 0, 0, 0) + 15) & ~15);
    if (size > (size_t)(heap_end - heap_next)) {
        size_t growth = (size - (heap_end - heap_next) + GROWTH - 1) & ~(GROWTH - 1);
        char *wanted = heap_end + growth;
        if (wanted < heap_end || (char *)__syscall(SYS_BRK, (int)wanted, 0, 0, 0, 0) != wanted)
            return NULL;
        heap_end = wanted;
    }
    block = heap_next;
    heap_next += size;
    return block;
}

void *malloc(size_t size) {
    struct header *block;
    int class;
    if (size > SIZE_LIMIT) {
        errno = ENOMEM;
        return NULL;
    }
    class = class_of(size);
    block = free_blocks[class];
    if (block != NULL) {
        free_blocks[class] = *(struct header **)(block + 1);
    } else {
        block = (struct header *)take_from_heap(HEADER_SIZE + class_size(class));
        if (block == NULL) {
            errno = ENOMEM;
            return NULL;
        }
    }
    block->class = class;
    block->mark = HEADER_MARK;
    return block + 1;
}

void free(void *memory) {
    struct header *block = (struct header *)memory - 1;
    if (memory == NULL) return;
    if (block->mark != HEADER_MARK) abort(); /* freed twice, or never allocated */
    block->mark = 0;
    *(struct header **)memory = free_blocks[block->class];
    free_blocks[block->class] = block;
}

void *calloc(size_t count, size_t size) {
    void *memory;
    if (size != 0 && count > SIZE_LIMIT / size) {
        errno = ENOMEM;
        return NULL;
    }
    memory = malloc(count * size);
    if (memory != NULL) memset(memory, 0, count * size);
    return memory;
}

void *realloc(void *memory, size_t size) {
    void *moved;
    size_t room;
    if (memory == NULL) return malloc(size);
    room = class_size(((struct header *)memory - 1)->class);
    if (size <= room) return memory;
    moved = malloc(size);
    if (moved == NULL) return NULL;
    memcpy(moved, memory, room);
    free(memory);
    return moved;
}
