#include "cli/cache_arguments.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "engine/store_check.hpp"
#include <assay/json_writer.hpp>
#include <assay/utc.hpp>
#include <assay/visible_text.hpp>
#include <iostream>

namespace assay::cli {

namespace {

struct CacheFound {
    std::string path, problem; ///< `problem`: why it is no cache that can be read, behind the file's name
    bool there = false;
    engine::StoreSummary summary;
    std::optional<engine::StoreDamage> damage; ///< where that was asked for
};

Grammar cache_grammar() {
    Grammar g{"cache",
              "[--clear|--verify] [options]",
              "Tells where the cache is and what it holds. What is cached can always be made again.",
              boost::program_options::options_description{"Options"},
              nullptr,
              -1,
              true};
    add_cache_place(g.options);
    g.options.add_options()("clear", boost::program_options::bool_switch(), "throw away all it holds")(
        "verify", boost::program_options::bool_switch(), "read and check all it holds; exit 1 if any of it is damaged");
    return g;
}

CacheFound look(const std::string& folder, bool clear, bool verify) {
    CacheFound out;
    out.path = engine::store_path(folder);
    try {
        auto database = engine::open_store(folder, clear ? engine::StoreUse::read : engine::StoreUse::look,
                                           [&](bool, const std::string& message) { out.problem = message; });
        out.there = database || !out.problem.empty();
        if (!database) return out;
        if (clear) engine::begin_anew(*database);
        out.problem.clear();
        out.summary = engine::summary_of(*database);
        if (verify) out.damage = engine::damage_of(*database);
    } catch (const engine::SqliteError& error) {
        out.problem = std::string{"the cache '"} + out.path + "' cannot be read: " + error.what();
    }
    return out;
}

void print_json(const CacheFound& cache) {
    JsonWriter json;
    json.object().field("path", cache.path).field("exists", cache.there).field("partials", cache.summary.partials);
    json.field("bytes", cache.summary.bytes).key("oldest");
    if (cache.summary.oldest_us)
        json.value(utc(*cache.summary.oldest_us));
    else
        json.null();
    if (cache.damage) json.field("damaged", cache.damage->all());
    json.field("problem", cache.problem).end();
    std::cout << json.take() << "\n";
}

void print_text(const CacheFound& cache) {
    std::cout << visible(cache.path) << "\n";
    if (!cache.there) {
        std::cout << "nothing is cached\n";
        return;
    }
    std::cout << cache.summary.partials << " partials, " << human_bytes(cache.summary.bytes);
    if (cache.summary.oldest_us) std::cout << ", oldest used " << utc(*cache.summary.oldest_us);
    std::cout << "\n";
    if (cache.damage)
        std::cout << (cache.damage->all() == 0 ? "all of it is whole"
                                               : std::to_string(cache.damage->all()) + " damaged")
                  << "\n";
}

} // namespace

int cache(const Words& words) {
    const Grammar g = cache_grammar();
    const Arguments arguments = read(g, words);
    if (arguments.help) return done;
    start_log(arguments.common.quiet, arguments.common.verbose);
    const bool clear = arguments.values["clear"].as<bool>(), verify = arguments.values["verify"].as<bool>();
    if (clear && verify) throw UsageError{"--clear and --verify exclude each other"};
    const std::string folder = cache_folder(arguments);
    if (folder.empty())
        throw UsageError{"there is no cache directory: XDG_CACHE_HOME and HOME are not set; give --cache"};
    const CacheFound found = look(folder, clear, verify);
    if (!found.problem.empty()) log(Level::error, found.problem);
    if (arguments.common.json)
        print_json(found);
    else if (found.problem.empty())
        print_text(found);
    return !found.problem.empty() || (found.damage && found.damage->all() > 0) ? gate_failed : done;
}

} // namespace assay::cli
