#include <iostream>
#include <stdexcept>

/* An exception, a stream and how wide a pointer is. */
int main() {
    try {
        throw std::runtime_error("thrown");
    } catch (const std::exception &error) {
        std::cout << error.what() << ", " << 8 * sizeof(void *) << " bits" << std::endl;
    }
    return 0;
}
