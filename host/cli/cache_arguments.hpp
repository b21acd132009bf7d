#pragma once
// Options of the commands that use the cache: where it is, and how large it may become.
#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "engine/partial_store.hpp"
#include <optional>
#include <string>

namespace assay::cli {

/// --cache
void add_cache_place(boost::program_options::options_description& options);
/// --cache, --no-cache, --cache-size
void add_cache_options(boost::program_options::options_description& options);

/// Of --cache, else in the user's cache directory; empty where there is none.
std::string cache_folder(const Arguments& arguments);
/// Nothing where no cache is wanted, or there is no place for one. Throws UsageError.
std::optional<engine::StoreWanted> cache_wanted(const Arguments& arguments, const pipeline::Pipeline& pipeline,
                                                const Session& session);

/// Says what the cache has to say on stderr.
void say_of_cache(bool warning, const std::string& message);

} // namespace assay::cli
