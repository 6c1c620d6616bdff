// Threads of C++: futures, exceptions that cross threads, storage with constructors, waiting, stopping.
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#define CHECK(condition) ((condition) ? (void)0 : (std::printf("%d: %s\n", __LINE__, #condition), std::exit(1)))

static std::atomic<int> constructed, destroyed;

struct Own {
    int value = 3;
    Own() { constructed++; }
    ~Own() { destroyed++; }
};
static thread_local Own own;

static void check_futures() {
    auto failing = std::async(std::launch::async, []() -> int { throw std::runtime_error("there"); });
    auto number = std::async(std::launch::async, [] { return ++own.value; });
    CHECK(number.get() == 4 && own.value == 3);
    try {
        failing.get();
        CHECK(false);
    } catch (const std::runtime_error &error) {
        CHECK(std::string(error.what()) == "there");
    }
}

static void check_locks() {
    std::mutex mutex;
    std::condition_variable changed;
    std::barrier together(4);
    std::once_flag once;
    int turns = 0, calls = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; i++) {
            threads.emplace_back([&, i] {
                own.value = i;
                std::call_once(once, [&] { calls++; });
                together.arrive_and_wait();
                std::unique_lock lock(mutex);
                changed.wait(lock, [&] { return turns == i; });
                turns++;
                changed.notify_all();
            });
        }
    }
    CHECK(turns == 4 && calls == 1);
}

int main() {
    check_futures();
    check_locks();
    CHECK(constructed >= 5 && constructed == destroyed + 1);
    std::shared_mutex shared;
    CHECK(shared.try_lock_shared() && shared.try_lock_shared() && !shared.try_lock());
    std::atomic<bool> stopped = false;
    {
        std::jthread waiting([&](std::stop_token token) {
            while (!token.stop_requested()) std::this_thread::yield();
            stopped = true;
        });
    }
    CHECK(stopped);
}
