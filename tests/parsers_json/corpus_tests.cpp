// Real artifacts: nothing numeric is lost. Runs where the corpus is (ASSAY_CORPUS, or ../shared/corpus).
#include "seen.hpp"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
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
    std::sort(files.begin(), files.end());
    return files;
}

std::string content(const fs::path& path) {
    std::ostringstream out;
    out << std::ifstream{path, std::ios::binary}.rdbuf();
    return out.str();
}

using Numbers = std::map<double, int>;

void count(const nlohmann::json& value, Numbers& numbers) {
    if (value.is_number()) ++numbers[value.get<double>()];
    if (value.is_structured())
        for (const auto& item : value) count(item, numbers);
}

/// Numbers of the tables' own columns: one pointer pattern belongs to one table, others repeat it.
Numbers own_numbers(const assay::testkit::Parsed& got) {
    Numbers numbers;
    std::map<std::string, bool> seen;
    for (const auto& t : got.tables) {
        for (std::size_t i = 0; i < t.fields.size(); ++i) {
            const auto type = t.fields[i].type;
            if (type != assay::Type::integer && type != assay::Type::real) continue;
            const bool index = t.metadata(i, "assay.role") == "identifier";
            if (index || std::exchange(seen[t.metadata(i, "assay.pointer")], true)) continue;
            for (const auto& row : t.rows)
                if (row[i]) ++numbers[std::strtod(row[i]->c_str(), nullptr)];
        }
    }
    return numbers;
}

} // namespace

BOOST_AUTO_TEST_SUITE(real_artifacts)

BOOST_AUTO_TEST_CASE(every_number_of_every_document_is_in_a_table) {
    for (const auto& path : corpus(".json")) {
        const std::string text = content(path);
        Numbers expected;
        count(nlohmann::json::parse(text), expected);
        const auto got = parse(text, path.filename().string());
        BOOST_TEST(got.code == ASSAY_OK, path << ": " << got.message);
        BOOST_TEST((own_numbers(got) == expected), path);
        for (const auto& remark : got.diagnostics) BOOST_TEST(remark.code == "no-zone", path << ": " << remark.message);
        BOOST_TEST(probe(text, "no-name") >= 90, path);
    }
}

BOOST_AUTO_TEST_CASE(no_other_text_is_claimed) {
    for (const char* extension : {".txt", ".md", ".csv"})
        for (const auto& path : corpus(extension))
            BOOST_TEST(probe(content(path), path.filename().string()) == 0, path);
}

BOOST_AUTO_TEST_CASE(nothing_numeric_is_lost_in_a_document_of_all_shapes) {
    const std::string text =
        R"({"a":1,"b":[2,3,[4,[5,{"c":6}]],{"d":[7,null,8]}],"e":{"f":{"g":9,"h":[10,11]},"i":{"g":12,
        "h":[13]}},"p":[14,15],"q":[16,17],"r":[{"s":[18,19],"t":[20,21],"u":{"1x1":{"v":22}}},{"s":23,"u":{"w":{"v":24}}}]})";
    Numbers expected;
    count(nlohmann::json::parse(text), expected);
    BOOST_TEST(expected.size() == 24U);
    BOOST_TEST((own_numbers(parse(text)) == expected));
}

BOOST_AUTO_TEST_SUITE_END()
