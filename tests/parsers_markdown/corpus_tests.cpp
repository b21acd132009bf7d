// Real documents. Runs where the corpus is (ASSAY_CORPUS, or ../shared/corpus beside the checkout).
#include "seen.hpp"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace seen;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> corpus(const std::string& extension) {
    const char* set = std::getenv("ASSAY_CORPUS");
    const fs::path root = set ? fs::path{set} : fs::path{ASSAY_SOURCE_DIR} / ".." / "shared" / "corpus";
    std::vector<fs::path> files;
    if (fs::exists(root / "llm-bench"))
        for (const auto& entry : fs::recursive_directory_iterator{root / "llm-bench"})
            if (entry.path().extension() == extension) files.push_back(entry.path());
    if (files.empty()) BOOST_TEST_MESSAGE("skipped: no corpus at " << root);
    return files;
}
std::string content(const fs::path& path) {
    std::ostringstream out;
    out << std::ifstream{path, std::ios::binary}.rdbuf();
    return out.str();
}

/// Lines that begin with one to six `#` and a blank, outside of fences: `grep -nE '^#{1,6} '` less code.
std::vector<std::string> heading_lines(const std::string& text) {
    std::vector<std::string> found;
    std::istringstream in{text};
    bool code = false;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.rfind("```", 0) == 0) code = !code;
        const auto end = line.find_first_not_of('#');
        if (!code && end != line.npos && end >= 1 && end <= 6 && line[end] == ' ')
            found.push_back(std::to_string(number));
    }
    return found;
}

} // namespace

BOOST_AUTO_TEST_SUITE(real_documents)

BOOST_AUTO_TEST_CASE(headings_stand_on_the_lines_where_grep_finds_them) {
    for (const auto& path : corpus(".md")) {
        const std::string text = content(path);
        const auto got = parse(text);
        BOOST_TEST(got.code == ASSAY_OK, path);
        std::vector<std::string> lines;
        for (const auto& block : blocks(got))
            if (block.type == "heading") lines.push_back(block.line);
        BOOST_TEST((lines == heading_lines(text)), path);
        BOOST_TEST(probe(text, path.filename().string()) >= 75, path);
    }
}

BOOST_AUTO_TEST_CASE(every_block_has_a_line_within_the_document) {
    for (const auto& path : corpus(".md")) {
        const std::string text = content(path);
        const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
        for (const auto& block : blocks(parse(text)))
            BOOST_TEST((!block.line.empty() && std::stoul(block.line) >= 1 && std::stoul(block.line) <= count), path);
    }
}

BOOST_AUTO_TEST_CASE(plain_reports_and_data_are_not_claimed) {
    for (const char* extension : {".txt", ".csv", ".json"})
        for (const auto& path : corpus(extension))
            BOOST_TEST(probe(content(path), path.filename().string()) == 0, path);
}

BOOST_AUTO_TEST_SUITE_END()
