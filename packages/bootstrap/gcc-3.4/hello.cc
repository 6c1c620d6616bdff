#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <typeinfo>

struct Shape {
    virtual ~Shape() {}
};
struct Circle : Shape {};

// Throws through a frame that has something to destroy.
static int find(const std::map<std::string, int> &numbers, const std::string &name) {
    std::string copy(name);
    if (numbers.find(copy) == numbers.end()) throw std::runtime_error("no " + copy);
    return numbers.find(copy)->second;
}

/* Exceptions, RTTI, templates and streams, as one line. */
int main() {
    std::map<std::string, int> numbers;
    numbers["one"] = 1;
    Shape *shape = new Circle;
    try {
        std::cout << find(numbers, "one") << ' ' << (dynamic_cast<Circle *>(shape) != 0) << ' ';
        find(numbers, "two");
    } catch (const std::exception &error) {
        std::cout << error.what() << std::endl;
    }
    return 0;
}
