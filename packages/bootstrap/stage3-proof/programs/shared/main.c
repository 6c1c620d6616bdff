/* A program that is linked with the library, and loads it once more while it runs. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition) ((condition) ? (void)0 : (printf("%d: %s\n", __LINE__, #condition), exit(1)))

extern int library_calls(void);
extern int library_number(void);

int program_number(void) { return 21; }

static void *call(void *argument) { return (void *)(long)library_calls(); }

int main(void) {
    pthread_t thread;
    void *result;
    CHECK(library_calls() == 11 && library_calls() == 12 && library_number() == 42);
    CHECK(pthread_create(&thread, NULL, call, NULL) == 0 && pthread_join(thread, &result) == 0);
    CHECK((long)result == 11);
    void *library = dlopen("./library.so", RTLD_NOW);
    CHECK(library != NULL);
    int (*calls)(void) = (int (*)(void))dlsym(library, "library_calls");
    CHECK(calls != NULL && calls() == 13 && dlsym(library, "nothing") == NULL && dlerror() != NULL);
    return 0;
}
