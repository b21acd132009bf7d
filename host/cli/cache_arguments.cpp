#include "cli/cache_arguments.hpp"
#include "cli/made_with.hpp"
#include "cli/terminal.hpp"
#include "intake/sha256.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <boost/filesystem.hpp>
#include <cstdlib>

namespace assay::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* default_size = "2G";

/// The XDG base directory specification: relative values are invalid and to be ignored.
std::string folder_named(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value == '/' ? value : "";
}

/// "500M". Throws UsageError.
std::uint64_t size_of(const std::string& text) {
    constexpr std::string_view units = "KMG";
    std::int64_t unit = 1;
    std::string_view digits = text;
    if (const auto at = digits.empty() ? units.npos : units.find(digits.back()); at != units.npos) {
        for (std::size_t i = 0; i <= at; ++i) unit *= 1000;
        digits.remove_suffix(1);
    }
    const auto number = cell::integer(digits);
    if (!number || *number < 0 || *number > INT64_MAX / unit)
        throw UsageError{"--cache-size takes bytes, such as 500M or 2G, not '" + text + "'"};
    return static_cast<std::uint64_t>(*number * unit);
}

} // namespace

void add_cache_place(po::options_description& options) {
    options.add_options()("cache", po::value<std::string>()->value_name("DIR"),
                          "folder of the cache, else assay in $XDG_CACHE_HOME or ~/.cache");
}

void add_cache_options(po::options_description& options) {
    add_cache_place(options);
    options.add_options()("no-cache", po::bool_switch(), "read every file anew, and save nothing for the next run")(
        "cache-size", po::value<std::string>()->default_value(default_size)->value_name("BYTES"),
        "how large the cache may become; what was not used for longest goes first");
}

std::string cache_folder(const Arguments& arguments) {
    if (arguments.values.count("cache"))
        return boost::filesystem::absolute(arguments.values["cache"].as<std::string>()).lexically_normal().string();
    const std::string cache_home = folder_named("XDG_CACHE_HOME"), home = folder_named("HOME");
    return !cache_home.empty() ? cache_home + "/assay" : home.empty() ? "" : home + "/.cache/assay";
}

std::optional<engine::StoreWanted> cache_wanted(const Arguments& arguments, const pipeline::Pipeline& pipeline,
                                                const Session& session) {
    const std::uint64_t most_bytes = size_of(arguments.values["cache-size"].as<std::string>());
    const bool none = arguments.values["no-cache"].as<bool>();
    if (none && arguments.values.count("cache")) throw UsageError{"--cache and --no-cache exclude each other"};
    const std::string folder = cache_folder(arguments);
    if (none || folder.empty()) return std::nullopt;
    intake::Sha256 digest;
    for (const auto& sentence : made_with(pipeline, session)) digest.update(sentence + '\n');
    return engine::StoreWanted{folder, most_bytes, intake::hex(digest.finish())};
}

void say_of_cache(bool warning, const std::string& message) { log(warning ? Level::warning : Level::info, message); }

} // namespace assay::cli
