// Templates and the library's containers and algorithms, of C++20.
#include <algorithm>
#include <array>
#include <complex>
#include <concepts>
#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

#define CHECK(condition) ((condition) ? (void)0 : (std::printf("%d: %s\n", __LINE__, #condition), std::exit(1)))

template <std::integral T> constexpr T power(T base, unsigned exponent) {
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}
static_assert(power(3, 4) == 81);

struct Numbers {
    struct promise_type {
        int value = 0;
        Numbers get_return_object() { return Numbers{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(int next) {
            value = next;
            return {};
        }
        void return_void() {}
        void unhandled_exception() { std::abort(); }
    };
    std::coroutine_handle<promise_type> handle;
};

static Numbers squares(int count) {
    for (int i = 1; i <= count; i++) co_yield i *i;
}

static void check_algorithms() {
    std::mt19937 random(1);
    std::vector<unsigned> numbers(100000);
    std::generate(numbers.begin(), numbers.end(), std::ref(random));
    auto sorted = numbers;
    std::sort(sorted.begin(), sorted.end());
    std::multiset<unsigned> tree(numbers.begin(), numbers.end());
    CHECK(std::equal(sorted.begin(), sorted.end(), tree.begin(), tree.end()));
    std::unordered_map<unsigned, int> counts;
    for (unsigned number : numbers) counts[number % 97]++;
    auto total = std::accumulate(counts.begin(), counts.end(), 0, [](int sum, auto &each) { return sum + each.second; });
    CHECK(counts.size() == 97 && total == 100000);
    CHECK(random() == 1608637542u || numbers[0] == 1791095845u);
}

static void check_ranges() {
    auto odd = [](int number) { return number % 2 == 1; };
    int sum = 0;
    for (int number : std::views::iota(1) | std::views::filter(odd) | std::views::take(10)) sum += number;
    CHECK(sum == 100);
    std::array words{std::string("b"), std::string("c"), std::string("a")};
    std::ranges::sort(words, std::greater<>());
    CHECK(words.front() == "c" && std::span(words).last(1)[0] == "a");
}

int main() {
    check_algorithms();
    check_ranges();
    std::variant<int, std::string> either = std::string("text");
    CHECK(std::visit([](auto &value) { return sizeof value; }, either) == sizeof(std::string));
    std::optional<std::tuple<int, char>> maybe{{1, 'c'}};
    auto [number, letter] = maybe.value();
    CHECK(number == 1 && letter == 'c' && (1 <=> 2) < 0);
    auto generator = squares(3);
    int last = 0;
    for (generator.handle(); !generator.handle.done(); generator.handle()) last = generator.handle.promise().value;
    generator.handle.destroy();
    CHECK(last == 9 && std::norm(std::complex<long double>(3, 4)) == 25);
    std::shared_ptr<int> first = std::make_shared<int>(1), second = first;
    CHECK(first.use_count() == 2);
}
