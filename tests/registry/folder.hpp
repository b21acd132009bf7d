#pragma once
#include "registry/search.hpp"
#include <boost/filesystem.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace registry_tests {

inline std::string fixture(const std::string& name) { return std::string{FIXTURES} + "/fixture_" + name + ".so"; }

// A folder that only its owner can write, gone with the test.
class Folder {
  public:
    Folder()
        : path_{boost::filesystem::canonical(boost::filesystem::temp_directory_path()) /
                boost::filesystem::unique_path("assay-registry-%%%%-%%%%-%%%%")} {
        boost::filesystem::create_directory(path_);
        boost::filesystem::permissions(path_, boost::filesystem::owner_all);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        boost::system::error_code ignored;
        boost::filesystem::remove_all(path_, ignored);
    }
    std::string path() const { return path_.string(); }
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::string put(const std::string& fixture_name, const std::string& as) const {
        // Not Boost's: that of 1.74 cannot copy from one file system to another everywhere.
        std::filesystem::copy_file(fixture(fixture_name), *this / as);
        return *this / as;
    }
    std::string make(const std::string& name) const {
        boost::filesystem::create_directories(path_ / name);
        return *this / name;
    }

  private:
    boost::filesystem::path path_;
};

inline assay::registry::SearchPlaces only(const std::vector<std::string>& folders) {
    return assay::registry::search_places(folders, false, {});
}

} // namespace registry_tests
