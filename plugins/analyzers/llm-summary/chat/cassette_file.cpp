#include "chat/cassette.hpp"
#include <assay/failure.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::chat {

namespace {

[[noreturn]] void fail_with(const std::string& doing, const std::string& path, int error) {
    throw Failure{failed::bad_cassette, "cannot " + doing + " '" + path + "': " + std::strerror(error)};
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR) return false;
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

std::optional<std::string> load_file(const std::string& folder, const std::string& name) {
    const std::string path = folder + "/" + name;
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        if (errno == ENOENT) return std::nullopt;
        fail_with("read", path, errno);
    }
    std::ostringstream text;
    text << file.rdbuf();
    if (file.bad()) fail_with("read", path, EIO);
    return std::move(text).str();
}

void store_file(const std::string& folder, const std::string& name, std::string_view text) {
    const std::string path = folder + "/" + name;
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) fail_with("make", folder, error.value());
    std::string temporary = path + ".XXXXXX";
    const int descriptor = mkstemp(temporary.data());
    if (descriptor < 0) fail_with("write", path, errno);
    const mode_t mask = umask(0);
    umask(mask);
    fchmod(descriptor, 0666 & ~mask);
    const bool written = write_all(descriptor, text);
    const int written_error = errno;
    const bool closed = close(descriptor) == 0;
    if (written && closed && std::rename(temporary.c_str(), path.c_str()) == 0) return;
    const int last_error = written ? errno : written_error;
    unlink(temporary.c_str());
    fail_with("write", path, last_error);
}

} // namespace assay::chat
