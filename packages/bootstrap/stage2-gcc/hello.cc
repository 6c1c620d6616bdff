#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

// Throws through a frame that has something to destroy.
static int find(const std::map<std::string, int> &numbers, const std::string &name) {
    auto owned = std::make_unique<std::string>(name);
    if (auto found = numbers.find(*owned); found != numbers.end()) return found->second;
    throw std::runtime_error("no " + *owned);
}

/* Exceptions, move semantics, structured bindings and streams, and how wide a pointer is, as one line. */
int main() {
    const std::map<std::string, int> numbers{{"one", 1}};
    std::optional<std::string> error;
    try {
        find(numbers, "two");
    } catch (const std::exception &thrown) {
        error = thrown.what();
    }
    for (const auto &[name, number] : numbers) std::cout << name << ' ' << number << ' ';
    std::cout << error.value_or("nothing") << ", " << 8 * sizeof(void *) << " bits" << std::endl;
    return 0;
}
