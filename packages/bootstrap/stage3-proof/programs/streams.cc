// Streams and text: iostream, files, formatting, regular expressions, conversions.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <format>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <regex>
#include <sstream>
#include <string>

#define CHECK(condition) ((condition) ? (void)0 : (std::printf("%d: %s\n", __LINE__, #condition), std::exit(1)))

static void check_formatting() {
    std::ostringstream text;
    text << std::hex << std::showbase << 255 << ' ' << std::dec << std::setw(5) << std::setfill('*') << 42 << ' '
         << std::fixed << std::setprecision(3) << 2.0005 << ' ' << std::boolalpha << true << ' ' << 1.5L;
    CHECK(text.str() == "0xff ***42 2.001 true 1.500" || text.str() == "0xff ***42 2.000 true 1.500");
    CHECK(std::format("{:>6}|{:<4}|{:^5}|{:#x}|{:.2e}", "ab", 7, 'c', 48, 1234.5) == "    ab|7   |  c  |0x30|1.23e+03");
    char number[32];
    auto end = std::to_chars(number, number + sizeof number, 0.1).ptr;
    CHECK(std::string(number, end) == "0.1");
    double value = 0;
    CHECK(std::from_chars(number, end, value).ec == std::errc() && value == 0.1);
}

static void check_files() {
    const std::filesystem::path path = "streams.text";
    std::ofstream(path) << "one 1\ntwo 2\nthree 3\n";
    std::ifstream file(path);
    std::string word;
    int number = 0, sum = 0;
    while (file >> word >> number) sum += number;
    CHECK(sum == 6 && file.eof() && std::filesystem::file_size(path) == 20);
    file.clear();
    file.seekg(6);
    std::getline(file, word);
    CHECK(word == "two 2" && std::filesystem::remove(path) && !std::filesystem::exists(path));
}

static void check_expressions() {
    const std::regex date(R"((\d{4})-(\d\d)-(\d\d))");
    std::smatch match;
    const std::string text = "built on 1970-01-01, long ago";
    CHECK(std::regex_search(text, match, date) && match[1] == "1970");
    CHECK(std::regex_replace(text, date, "$3.$2.$1") == "built on 01.01.1970, long ago");
}

int main() {
    check_formatting();
    check_files();
    check_expressions();
    std::wostringstream wide;
    wide << L"w" << 1;
    CHECK(wide.str() == L"w1");
    std::cout << "" << std::flush;
    std::cerr << "";
    CHECK(std::cout.good());
}
