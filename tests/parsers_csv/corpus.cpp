// Row counts of real files. Expected by Python's csv module, in the corpus:
//   for f in $(find reports csv_data -name '*.csv' ! -name 'ncu_*' | LC_ALL=C sort); do
//     python3 -c "import csv,sys; print(sum(1 for r in csv.reader(open(sys.argv[1], newline='', encoding='utf-8-sig'))
//     if r) - 1)" $f
//   done | sort -n | uniq -c
// and for ncu_ollama_raw.csv one less for its units row.
#include "parsing.hpp"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace assay::csv {
namespace {

namespace fs = std::filesystem;

fs::path corpus() {
    const char* given = std::getenv("ASSAY_CORPUS");
    return (given ? fs::path{given} : fs::path{ASSAY_SOURCE_DIR} / "../shared/corpus") / "llm-bench";
}

std::string content(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

BOOST_AUTO_TEST_CASE(every_csv_file_of_the_corpus_gives_the_rows_that_python_sees) {
    if (!fs::exists(corpus())) {
        BOOST_TEST_MESSAGE("skipped: no corpus at " << corpus() << "; set ASSAY_CORPUS");
        return;
    }
    std::map<std::uint64_t, int> files_by_rows;
    std::uint64_t bytes = 0;
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator{corpus()}) {
        if (entry.path().extension() != ".csv") continue;
        const std::string text = content(entry.path());
        ++files;
        bytes += text.size();
        Csv parser;
        BOOST_TEST(testkit::probe(parser, text, entry.path().filename().string()).value > 0);
        const Parsed got = testkit::parse(parser, text, entry.path().filename().string());
        if (entry.path().filename() == "ncu_summary.csv") {
            BOOST_TEST(got.reason == "not-a-table");
            continue;
        }
        BOOST_REQUIRE_MESSAGE(got.code == ASSAY_OK, entry.path() << ": " << got.message);
        BOOST_TEST(got.tables.at(0).rejected == 0U);
        BOOST_TEST(got.tables[0].misfits.empty());
        ++files_by_rows[got.tables[0].row_count];
    }
    BOOST_TEST(files == 28);
    BOOST_TEST(bytes == 80168U);
    const std::map<std::uint64_t, int> expected{{1, 1}, {5, 9}, {15, 7}, {34, 1}, {36, 9}};
    BOOST_TEST((files_by_rows == expected));
}

} // namespace assay::csv
