#include "cli/output.hpp"
#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace assay::cli {

namespace {

/// Gives the file its name, in place of one that has it. False: errno says why.
bool put_in_place(const std::string& file, const std::string& name) {
    // Some file systems write a file to the disk before it replaces another, and who renames it waits for that; not so
    // where the two change names. Nothing stands half written for those who look either way.
    struct stat old {};
    if (::lstat(name.c_str(), &old) == 0 && S_ISREG(old.st_mode) &&
        ::renameat2(AT_FDCWD, file.c_str(), AT_FDCWD, name.c_str(), RENAME_EXCHANGE) == 0)
        return ::unlink(file.c_str()) == 0;
    return std::rename(file.c_str(), name.c_str()) == 0;
}

} // namespace

OutputFile::OutputFile(const std::string& folder, const std::string& to) : sink_{} {
    sink_.struct_size = sizeof sink_;
    sink_.self = this;
    sink_.write = [](assay_sink* sink, const void* data, std::size_t size) -> std::int32_t {
        return static_cast<OutputFile*>(sink->self)->write(data, size);
    };
    if (to == "-") {
        path_ = to;
        file_ = stdout;
        return;
    }
    // operator/ would append an absolute path too.
    const boost::filesystem::path wanted{to};
    const boost::filesystem::path target =
        (wanted.is_absolute() ? wanted : boost::filesystem::path{folder} / wanted).lexically_normal();
    path_ = target.string();
    boost::system::error_code error;
    const boost::filesystem::path parent = target.parent_path();
    if (!parent.empty() && parent != ".") boost::filesystem::create_directories(parent, error);
    if (error) {
        problem_ = "cannot make the folder '" + parent.string() + "': " + error.message();
        return;
    }
    std::string name = path_ + ".XXXXXX";
    const int descriptor = mkstemp(name.data());
    if (descriptor < 0) {
        fail("cannot write '" + path_ + "'");
        return;
    }
    temporary_ = name;
    const mode_t mask = umask(0);
    umask(mask);
    fchmod(descriptor, 0666 & ~mask);
    file_ = fdopen(descriptor, "wb");
    if (!file_) fail("cannot write '" + path_ + "'");
}

OutputFile::~OutputFile() {
    if (file_ && file_ != stdout) std::fclose(file_);
    if (!temporary_.empty()) unlink(temporary_.c_str());
}

void OutputFile::fail(const std::string& what) {
    if (problem_.empty()) problem_ = what + ": " + std::strerror(errno);
}

std::int32_t OutputFile::write(const void* data, std::size_t size) {
    if (!problem_.empty() || !file_) return ASSAY_FAILED;
    if (std::fwrite(data, 1, size, file_) == size) return ASSAY_OK;
    fail("cannot write '" + path_ + "'");
    return ASSAY_FAILED;
}

bool OutputFile::flush() {
    if (problem_.empty() && file_ && std::fflush(file_) != 0)
        fail(file_ == stdout ? "cannot write to stdout" : "cannot write '" + path_ + "'");
    return problem_.empty();
}

std::string OutputFile::commit() {
    if (!flush() || file_ == stdout) return problem_;
    std::FILE* file = file_;
    file_ = nullptr;
    if (std::fclose(file) != 0 || !put_in_place(temporary_, path_))
        fail("cannot write '" + path_ + "'");
    else
        temporary_.clear();
    return problem_;
}

} // namespace assay::cli
