/* Threads: mutexes, conditions, storage of their own, cancellation, atomic counting. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <threads.h>

#define CHECK(condition) ((condition) ? (void)0 : (printf("%d: %s\n", __LINE__, #condition), exit(1)))
#define THREADS 8
#define ROUNDS 10000

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static atomic_long atomic_count;
static long locked_count;
static int present, made, destroyed, cleaned;
static _Thread_local long own_count = 5;

static void make(void) { made++; }
static void destroy(void *value) { destroyed += value != NULL; }

static void *work(void *argument) {
    pthread_once(&once, make);
    pthread_mutex_lock(&lock);
    present++;
    pthread_cond_broadcast(&ready);
    while (present < THREADS) pthread_cond_wait(&ready, &lock);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < ROUNDS; i++) {
        atomic_count++;
        own_count++;
        pthread_mutex_lock(&lock);
        locked_count++;
        pthread_mutex_unlock(&lock);
    }
    pthread_mutex_lock(&lock);
    pthread_setspecific(key, argument);
    pthread_mutex_unlock(&lock);
    return (void *)own_count;
}

static void clean(void *argument) { cleaned += argument == &cleaned; }

static void *wait_for_ever(void *argument) {
    sem_t never;
    sem_init(&never, 0, 0);
    pthread_cleanup_push(clean, &cleaned);
    sem_post(argument);
    sem_wait(&never);
    pthread_cleanup_pop(0);
    return NULL;
}

static void check_cancellation(void) {
    pthread_t thread;
    sem_t started;
    void *result;
    sem_init(&started, 0, 0);
    CHECK(pthread_create(&thread, NULL, wait_for_ever, &started) == 0);
    sem_wait(&started);
    CHECK(pthread_cancel(thread) == 0 && pthread_join(thread, &result) == 0);
    CHECK(result == PTHREAD_CANCELED && cleaned == 1);
}

static int c11(void *argument) { return *(int *)argument + 1; }

int main(void) {
    pthread_t threads[THREADS];
    CHECK(pthread_key_create(&key, destroy) == 0);
    for (int i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, work, &threads[i]) == 0);
    for (int i = 0; i < THREADS; i++) {
        void *result;
        CHECK(pthread_join(threads[i], &result) == 0 && (long)result == ROUNDS + 5);
    }
    CHECK(atomic_count == THREADS * ROUNDS && locked_count == THREADS * ROUNDS);
    CHECK(made == 1 && destroyed == THREADS && own_count == 5);
    check_cancellation();
    thrd_t thread;
    int answer = 41;
    CHECK(thrd_create(&thread, c11, &answer) == thrd_success);
    CHECK(thrd_join(thread, &answer) == thrd_success && answer == 42);
    return 0;
}
