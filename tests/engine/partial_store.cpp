// The cache without the program around it: which looks of a file are trusted, and that damage is seen.
#include "engine/partial_store.hpp"
#include "engine/partial_pack.hpp"
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

using namespace assay;
using namespace assay::engine;

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
const std::string digest_of_nothing(64, 'd');

std::int64_t now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Partial partial_with(const std::string& reason) {
    Partial partial;
    partial.record.sha256 = digest_of_nothing;
    partial.record.outcome = ASSAY_OUTCOME_PARSED;
    partial.record.claim_reason = reason;
    partial.states = {"", "state " + reason};
    return partial;
}

/// A cache in a folder of its own, and a file that is not there: only its look can make it known.
struct Store {
    std::filesystem::path folder;
    std::vector<std::string> said;
    std::vector<intake::Found> files;

    Store() {
        std::string name = (std::filesystem::temp_directory_path() / "assay-store-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder = name;
        intake::Found found;
        found.path = "tree/x.csv";
        found.file = "/nonexistent/x.csv";
        found.bytes = 10;
        found.inode = 7;
        found.modified_ns = found.changed_ns = now_ns() - 60 * second_ns;
        files = {found};
    }
    ~Store() { std::filesystem::remove_all(folder); }
    PartialStore store(const std::string& made_with = "one") {
        return {{folder.string(), 100'000'000, made_with},
                [this](bool, const std::string& message) { said.push_back(message); }};
    }
    std::vector<std::optional<Partial>> recall(const std::string& made_with = "one") {
        return store(made_with).recall(files, [](const auto&, auto, auto) { return true; });
    }
    void keep(std::vector<std::optional<Partial>> partials) {
        auto one = store();
        one.recall(files, [](const auto&, auto, auto) { return true; });
        one.keep(files, partials);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_file_that_looks_the_same_is_known) {
    Store store;
    BOOST_TEST(!store.recall()[0]);
    store.keep({partial_with("a")});
    const auto known = store.recall();
    BOOST_REQUIRE(known[0].has_value());
    BOOST_TEST(known[0]->record.claim_reason == "a");
    BOOST_TEST(known[0]->states == (std::vector<std::string>{"", "state a"}), boost::test_tools::per_element());
    BOOST_TEST(!store.recall("two")[0]);
    BOOST_TEST(store.said.empty());
}

BOOST_AUTO_TEST_CASE(any_other_size_inode_time_or_name_is_another_look) {
    Store store;
    store.keep({partial_with("a")});
    const auto file = store.files[0];
    const auto unknown = [&](auto change) {
        store.files[0] = file;
        change(store.files[0]);
        return !store.recall()[0];
    };
    BOOST_TEST(unknown([](auto& found) { ++found.bytes; }));
    BOOST_TEST(unknown([](auto& found) { ++found.inode; }));
    BOOST_TEST(unknown([](auto& found) { ++found.modified_ns; }));
    BOOST_TEST(unknown([](auto& found) { ++found.changed_ns; }));
    BOOST_TEST(unknown([](auto& found) { found.path = "tree/y.csv"; }));
    BOOST_TEST(unknown([](auto& found) { found.kind = intake::FileKind::special; }));
    BOOST_TEST(!unknown([](auto& found) { ++found.device; }));
}

BOOST_AUTO_TEST_CASE(a_file_that_changed_just_now_or_later_is_not_trusted_by_its_look) {
    for (const bool content : {true, false})
        for (const std::int64_t age : {std::int64_t{0}, second_ns, -3600 * second_ns}) {
            Store store;
            (content ? store.files[0].modified_ns : store.files[0].changed_ns) = now_ns() - age;
            store.keep({partial_with("a")});
            BOOST_TEST(!store.recall()[0]);
        }
}

BOOST_AUTO_TEST_CASE(only_what_was_parsed_whole_or_claimed_by_nobody_is_kept) {
    for (const auto outcome :
         {ASSAY_OUTCOME_PARSED, ASSAY_OUTCOME_UNCLAIMED, ASSAY_OUTCOME_FAILED, ASSAY_OUTCOME_SKIPPED}) {
        Store store;
        auto partial = partial_with("a");
        partial.record.outcome = outcome;
        store.keep({partial});
        const bool kept = outcome == ASSAY_OUTCOME_PARSED || outcome == ASSAY_OUTCOME_UNCLAIMED;
        BOOST_TEST(store.recall()[0].has_value() == kept);
    }
    Store store;
    auto partial = partial_with("a");
    partial.record.remarks.emplace_back().code = "stage-failed";
    store.keep({partial});
    BOOST_TEST(!store.recall()[0]);
    store.keep({std::nullopt});
    BOOST_TEST(!store.recall()[0]);
}

BOOST_AUTO_TEST_CASE(files_of_a_folder_that_another_run_read_stay_known_while_they_are_there) {
    Store store;
    const auto real = store.folder / "real.csv";
    std::ofstream{real} << "x";
    const auto file_at = [&](const std::string& name) {
        auto found = store.files[0];
        found.path = "tree/" + name;
        found.file = (store.folder / name).string();
        return found;
    };
    const auto one = file_at("real.csv"), two = file_at("gone.csv"), three = file_at("third.csv");
    store.files = {one, two};
    store.keep({partial_with("one"), partial_with("two")});
    store.files = {three};
    store.keep({partial_with("three")});
    store.files = {one, two, three};
    const auto known = store.recall();
    BOOST_TEST(known[0].has_value());
    BOOST_TEST(!known[1].has_value());
    BOOST_TEST(known[2].has_value());
}

BOOST_AUTO_TEST_CASE(a_flipped_bit_of_a_blob_is_seen_wherever_it_is) {
    PartialPack pack;
    pack.add(partial_with("a"));
    pack.add(partial_with("b"));
    const std::string blob = pack.take();
    std::string room, other_room;
    const auto whole = unpack(blob, room);
    BOOST_REQUIRE(whole.partials.has_value());
    BOOST_TEST(decode_partial(whole.partials->at(1), whole.plans)->record.claim_reason == "b");
    const std::string files = encode(std::vector<KnownFile>{{"a", digest_of_nothing, {1, 2, 3, 4}, {5, 6}}});
    BOOST_TEST(decode_known_files(files)->at(0).place.at == 6U);
    for (std::size_t at = 0; at < blob.size() * 8; ++at) {
        std::string damaged = blob;
        damaged[at / 8] = static_cast<char>(damaged[at / 8] ^ (1 << (at % 8)));
        BOOST_TEST(!unpack(damaged, other_room).partials);
    }
    for (std::size_t size = 0; size < blob.size(); ++size)
        BOOST_TEST(!unpack(std::string_view{blob}.substr(0, size), other_room).partials);
    for (std::size_t at = 0; at < files.size() * 8; ++at) {
        std::string damaged = files;
        damaged[at / 8] = static_cast<char>(damaged[at / 8] ^ (1 << (at % 8)));
        BOOST_TEST(!decode_known_files(damaged));
    }
}
