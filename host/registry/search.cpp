#include "registry/search.hpp"
#include <algorithm>
#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = boost::filesystem;

namespace assay::registry {
namespace {

constexpr int build_tree_depth = 3; // the program is at most so many folders below the build tree's root

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

std::string clean(const fs::path& path) {
    std::string text = path.lexically_normal().string();
    while (text.size() > 1 && (text.back() == '/' || text.ends_with("/."))) text.pop_back();
    return text;
}

void add(SearchPlaces& all, Place place) {
    const auto known = [&](const Place& other) { return other.path == place.path; };
    if (std::none_of(all.places.begin(), all.places.end(), known)) all.places.push_back(std::move(place));
}

void add_environment_entries(SearchPlaces& all, std::string_view list) {
    while (!list.empty()) {
        const std::size_t colon = std::min(list.find(':'), list.size());
        const std::string entry{list.substr(0, colon)};
        list.remove_prefix(std::min(colon + 1, list.size()));
        if (entry.empty()) continue;
        if (entry.front() == '/') {
            add(all, {clean(entry), Origin::environment, {}});
        } else {
            add(all, {entry, Origin::environment, "a relative path would depend on the working directory"});
        }
    }
}

// The XDG base directory specification: relative values are invalid and to be ignored.
std::string user_data(const Environment& environment) {
    if (environment.data_home.starts_with('/')) return environment.data_home;
    return environment.home.starts_with('/') ? environment.home + "/.local/share" : std::string();
}

std::optional<fs::path> build_tree(const fs::path& program) {
    fs::path folder = program.parent_path();
    for (int depth = 0; depth <= build_tree_depth && folder.has_relative_path(); ++depth) {
        boost::system::error_code error;
        if (fs::exists(folder / "CMakeCache.txt", error)) return folder;
        folder = folder.parent_path();
    }
    return {};
}

std::optional<std::string> with_way_out(std::optional<std::string> reason) {
    if (reason) *reason += "; to use it all the same: --allow-writable-plugins or ASSAY_ALLOW_WRITABLE_PLUGINS=1";
    return reason;
}

std::string octal(mode_t mode) {
    std::string digits = "0000";
    for (std::size_t i = 0; i < 4; ++i) digits[3 - i] = static_cast<char>('0' + ((mode >> (3 * i)) & 7U));
    return digits;
}

std::optional<std::string> exposed_status(const std::string& path, const struct stat& status,
                                          std::optional<std::uint32_t> trusted_owner) {
    if ((status.st_mode & S_IWOTH) != 0) {
        return path + " can be written by others (mode " + octal(status.st_mode) + ")";
    }
    if (status.st_uid != 0 && status.st_uid != geteuid() && status.st_uid != trusted_owner) {
        return path + " belongs to another user (uid " + std::to_string(status.st_uid) + ")";
    }
    return {};
}

std::optional<std::string> exposed_above(const fs::path& resolved) {
    for (fs::path folder = resolved.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        struct stat status {};
        if (stat(folder.c_str(), &status) != 0) return folder.string() + ": " + std::strerror(errno);
        if ((status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0) {
            return folder.string() + ", a folder above it, can be written by others (mode " + octal(status.st_mode) +
                   ")";
        }
    }
    return {};
}

} // namespace

std::string_view name_of(Origin origin) {
    static constexpr std::string_view names[] = {"--plugin-path", "ASSAY_PLUGIN_PATH", "user", "installed",
                                                 "build tree"};
    return names[static_cast<std::size_t>(origin)];
}

Environment read_environment() {
    boost::system::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return {variable("ASSAY_PLUGIN_PATH"), variable("XDG_DATA_HOME"), variable("HOME"),
            variable("ASSAY_ALLOW_WRITABLE_PLUGINS"), program.string()};
}

SearchPlaces search_places(const std::vector<std::string>& plugin_path, bool allow_writable,
                           const Environment& environment) {
    SearchPlaces all;
    all.allow_writable = allow_writable || environment.allow_writable == "1";
    for (const std::string& entry : plugin_path) {
        boost::system::error_code error;
        if (!entry.empty()) add(all, {clean(fs::absolute(entry, fs::current_path(error))), Origin::option, {}});
    }
    add_environment_entries(all, environment.plugin_path);
    const std::string data = user_data(environment);
    if (!data.empty()) add(all, {clean(data + "/assay/plugins"), Origin::user, {}});
    if (environment.program.empty()) return all;

    struct stat status {};
    if (stat(environment.program.c_str(), &status) == 0) all.program_owner = status.st_uid;
    const fs::path program{environment.program};
    const std::optional<fs::path> build = build_tree(program);
    const std::string built = build ? clean(*build / "lib/assay/plugins") : "";
    for (const char* relative : {"../lib/assay/plugins", ASSAY_PLUGINS_FROM_EXECUTABLE}) {
        const std::string path = clean(program.parent_path() / relative);
        if (path != built) add(all, {path, Origin::installed, {}});
    }
    if (build) add(all, {built, Origin::build, {}});
    return all;
}

std::optional<std::string> distrust_file(const std::string& path, const SearchPlaces& places) {
    if (places.allow_writable) return {};
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0) return path + ": " + std::strerror(errno);
    if (S_ISLNK(status.st_mode)) return distrust(path, places); // what a link leads to lies elsewhere
    return with_way_out(exposed_status(path, status, places.program_owner));
}

std::optional<std::string> distrust(const std::string& path, const SearchPlaces& places) {
    if (places.allow_writable) return {};
    return with_way_out(exposure(path, places.program_owner));
}

std::optional<std::string> exposure(const std::string& path, std::optional<std::uint32_t> trusted_owner) {
    boost::system::error_code error;
    const fs::path resolved = fs::canonical(path, error);
    struct stat status {};
    if (error || stat(resolved.c_str(), &status) != 0)
        return path + ": " + (error ? error.message() : std::strerror(errno));
    if (auto reason = exposed_status(resolved.string(), status, trusted_owner)) return reason;
    if (auto reason = exposed_above(resolved)) return reason;
    return exposed_above(path); // whoever can write beside a link on the way can lead it elsewhere
}

} // namespace assay::registry
