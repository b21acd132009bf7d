// What goes wrong while rows are read once more costs the rows of that artifact, and is named.
#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

using namespace assay::test;
using nlohmann::json;

namespace {

struct Second {
    Folder folder;
    Ran ran;

    explicit Second(const std::vector<std::string>& kinds) {
        std::filesystem::create_directories(folder.path / "seen");
        for (const auto& kind : kinds) folder.write("tree/" + kind + ".second", "second: " + kind + "\n");
        for (const char* name : {"a", "z"})
            folder.write(std::string{"tree/"} + name + ".csv", std::string{"model,tokens_s\n"} + name + ",9.5\n");
        folder.write("p.json", R"({"inputs": [{"path": "tree"}],
 "parsers": [{"use": "second-reading", "with": {"seen": ")" +
                                   (folder / "seen") + R"("}}, {"use": "csv"}],
 "analyzers": [{"use": "inventory"}],
 "limits": {"artifact_seconds": 6, "artifact_memory": 400000000},
 "renderers": [{"use": "json", "to": "report.json"}, {"use": "csv", "to": "o.csv"},
               {"use": "sqlite", "to": "o.sqlite"}]})");
        ran = run_program({"run", "p.json", "--jobs", "2", "--no-cache", "--plugin-path",
                           ASSAY_BUILD_DIR "/tests/exports/plugins", "--output", "out"},
                          {.folder = folder.path});
    }
    std::string csv() const { return read_file(folder / "out/o.csv"); }
};

std::string one_text(const std::string& file, const std::string& sql) {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    BOOST_REQUIRE(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    BOOST_REQUIRE(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    std::string out;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        out += (out.empty() ? "" : "|") + std::string{text ? text : "null"};
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_parser_that_dies_on_its_second_reading_costs_only_that_artifacts_rows) {
    const Second second{{"changed", "crash", "fail", "fine", "hang", "memory", "more", "name"}};
    BOOST_TEST_CONTEXT(second.ran.err) {
        BOOST_TEST(second.ran.status == 3);
        for (const char* said :
             {"no rows of 'tree/changed.second': changed-while-read: ",
              "no rows of 'tree/crash.second': crashed: SIGSEGV (Segmentation fault) in parser 'second-reading'",
              "no rows of 'tree/fail.second': truncated: it ends too early",
              "no rows of 'tree/hang.second': timed-out: no end after 6 s",
              "no rows of 'tree/memory.second': out-of-memory: more memory than 400000000 bytes",
              "no rows of 'tree/more.second': rows-differ: ", "no rows of 'tree/name.second': rows-differ: "})
            BOOST_TEST(has(second.ran.err, said), said);
    }
    // Nothing of the lost ones, all of the others, in path order.
    BOOST_TEST(second.csv() == "dataset,artifact,table,row,line,status,file,model,metric,value,unit\r\n"
                               "d31c93re,tree/a.csv,rows,1,2,ok,a,a,tokens_s,9.5,{token}/s\r\n"
                               "d997gf61,tree/fine.second,rows,1,1,ok,fine,a,tokens_s,1.5,{token}/s\r\n"
                               "d997gf61,tree/fine.second,rows,2,2,ok,fine,a,tokens_s,2.5,{token}/s\r\n"
                               "d31c93re,tree/z.csv,rows,1,2,ok,z,z,tokens_s,9.5,{token}/s\r\n");
    const auto report = read_json(second.folder / "out/report.json");
    BOOST_TEST(report.at("counts").at("artifacts").at("failed") == 0);
    const std::string lost =
        one_text(second.folder / "out/o.sqlite", "SELECT path FROM artifacts WHERE rows_lost IS NOT NULL ORDER BY id");
    BOOST_TEST(
        lost ==
        "tree/changed.second|tree/crash.second|tree/fail.second|tree/hang.second|tree/memory.second|tree/more.second|"
        "tree/name.second");
}
