// Exceptions: through frames of others, thrown again, kept, nested, in constructors; casts and types at run time.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <typeinfo>
#include <vector>

#define CHECK(condition) ((condition) ? (void)0 : (std::printf("%d: %s\n", __LINE__, #condition), std::exit(1)))

static std::string trace;

struct Tracer {
    char name;
    explicit Tracer(char name) : name(name) { trace += name; }
    ~Tracer() { trace += static_cast<char>(name - 'a' + 'A'); }
};

struct Base {
    virtual ~Base() = default;
    virtual int number() const { return 1; }
};
struct Left : virtual Base {
    int number() const override { return 2; }
};
struct Right : virtual Base {};
struct Both : Left, Right {};

struct Failing {
    Tracer first{'x'};
    Failing() { throw std::runtime_error("half made"); }
};

static void deep(int depth) {
    Tracer tracer(static_cast<char>('a' + depth));
    if (depth == 2) throw std::out_of_range("deep");
    deep(depth + 1);
}

static void check_unwinding() {
    try {
        deep(0);
        CHECK(false);
    } catch (const std::logic_error &error) {
        CHECK(std::string(error.what()) == "deep" && typeid(error) == typeid(std::out_of_range));
    }
    CHECK(trace == "abcCBA");
    trace.clear();
    try {
        Failing failing;
    } catch (...) {
        trace += '!';
    }
    CHECK(trace == "xX!");
}

static void check_nesting() {
    std::exception_ptr kept;
    try {
        try {
            throw std::string("inner");
        } catch (...) {
            std::throw_with_nested(std::runtime_error("outer"));
        }
    } catch (...) {
        kept = std::current_exception();
    }
    try {
        std::rethrow_exception(kept);
    } catch (const std::runtime_error &outer) {
        try {
            std::rethrow_if_nested(outer);
            CHECK(false);
        } catch (const std::string &inner) {
            CHECK(inner == "inner");
        }
    }
}

static void check_casts() {
    std::unique_ptr<Base> both = std::make_unique<Both>();
    CHECK(both->number() == 2);
    CHECK(dynamic_cast<Right *>(both.get()) != nullptr && typeid(*both) == typeid(Both));
    const auto plain = std::make_unique<Base>();
    CHECK(dynamic_cast<Left *>(plain.get()) == nullptr);
    try {
        (void)dynamic_cast<Left &>(*plain);
        CHECK(false);
    } catch (const std::bad_cast &) {
    }
}

int main() {
    check_unwinding();
    check_nesting();
    check_casts();
    try {
        std::vector<int>().at(1);
        CHECK(false);
    } catch (const std::out_of_range &) {
    }
    try {
        throw 7;
    } catch (int number) {
        CHECK(number == 7 && std::uncaught_exceptions() == 0);
    }
    try {
        volatile std::size_t size = static_cast<std::size_t>(-1) / 4;
        [[maybe_unused]] char *volatile memory = new char[size];
        CHECK(false);
    } catch (const std::bad_alloc &) {
    }
}
