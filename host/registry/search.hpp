#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Where plugins are looked for, and which of these places may be trusted.
namespace assay::registry {

enum class Origin { option, environment, user, installed, build };
std::string_view name_of(Origin); // "--plugin-path", "ASSAY_PLUGIN_PATH", "user", "installed", "build tree"

struct Place {
    std::string path; // absolute, without "." and ".."
    Origin origin = Origin::installed;
    std::string ignored; // why this entry is not looked at; empty for most
};

// In search order, each folder once.
struct SearchPlaces {
    std::vector<Place> places;
    bool allow_writable = false;                // load also what others can write
    std::optional<std::uint32_t> program_owner; // who owns the running program, and so is trusted already
};

// What the order depends on beside the command line.
struct Environment {
    std::string plugin_path;    // ASSAY_PLUGIN_PATH
    std::string data_home;      // XDG_DATA_HOME
    std::string home;           // HOME
    std::string allow_writable; // ASSAY_ALLOW_WRITABLE_PLUGINS: 1 allows
    std::string program;        // the running executable, absolute, links resolved
};
Environment read_environment();

// --plugin-path (relative entries count from the working directory, as the user wrote them), ASSAY_PLUGIN_PATH, the
// user's data directory, the installed plugins, the build tree's. Never the working directory of itself: empty entries
// are no entries, and relative ones in the environment are ignored.
SearchPlaces search_places(const std::vector<std::string>& plugin_path, bool allow_writable,
                           const Environment& = read_environment());

// Who else could change what lies at `path`: others can write it, it belongs to someone who is neither root, nor the
// user, nor the trusted owner, or others can rename a folder above it (write permission without the sticky bit). Group
// permission is the group's affair. Nothing where nobody could.
std::optional<std::string> exposure(const std::string& path, std::optional<std::uint32_t> trusted_owner = {});

// Why a folder or file must not be trusted, and how to allow it; nothing where it may be.
std::optional<std::string> distrust(const std::string& path, const SearchPlaces&);
// The same for the file alone; the folder around it has been looked at.
std::optional<std::string> distrust_file(const std::string& path, const SearchPlaces&);

} // namespace assay::registry
