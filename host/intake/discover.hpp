#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

struct stat;

namespace assay::intake {

/// One input of a pipeline: a folder or a file, and what to take of it. Patterns (glob.hpp) are relative to the folder,
/// for a file they look at its name. No include takes everything. An exclude that matches a folder excludes all of it.
struct Input {
    std::string path;
    std::vector<std::string> include;
    std::vector<std::string> exclude;
};

enum class FileKind {
    regular,    // to be read; also through a link to a file inside the inputs
    special,    // FIFO, socket, device: never opened
    link,       // a symbolic link that is not followed: out of the inputs, or to a folder
    loop,       // a link that leads back to itself or to a folder it lies in
    dangling,   // a link to nothing
    unreadable, // a file or folder without permission, or with an I/O error
};

/// One thing met in the inputs.
struct Found {
    std::string path; // in reports: '/'-separated, begins with the input's name, printable (name_text.hpp)
    std::string file; // to open: the bytes of an absolute path; of a link that is followed, its target
    std::uint64_t bytes = UINT64_MAX;             // UINT64_MAX unknown
    std::int64_t modified_us = INT64_MIN;         // since 1970 UTC; INT64_MIN unknown
    std::int64_t modified_ns = 0, changed_ns = 0; // of the content and of the inode: to tell versions of a file apart
    std::uint64_t inode = 0, device = 0;
    FileKind kind = FileKind::regular;
    std::string reason_code = {}; // why it is not read, empty for regular files: "fifo", "socket", "device",
                                  // "unreadable", "link-outside", "linked-folder", "link-loop", "dangling-link"
    std::string reason = {};      // the same for people
};

/// Something to say about an input. `code`: "input-missing", "input-unreadable", "input-empty", "bad-glob" are
/// problems; "input-nested", "input-repeated" are notes.
struct InputRemark {
    std::size_t input = 0; // index
    std::string code;
    std::string message;
};

struct Discovery {
    std::vector<Found> files; // by path, bytewise; each path once
    std::vector<InputRemark> problems, notes;
    std::uint64_t excluded = 0;       // files (not folders) that the patterns left out
    std::uint64_t hidden_folders = 0; // folders such as .git that were not entered: one each, whatever they hold
};

/// Walks the inputs. The result does not depend on their order.
///
/// Names   An input's files begin with its own name; `.` and `..` take the real one. Inputs of one name get as many
///         parent folders before it as it takes to tell them apart.
/// Once    An input that lies in another, or is given twice, is one with it: each file appears once, below the name of
///         the outermost input, if any of them selects it.
/// Hidden  A folder whose name begins with a dot is entered only if an include pattern names the dot, or an input lies
///         in it. Hidden files are files.
/// Links   A link to a file is followed if the file lies inside an input; a link to a folder never is.
/// Jobs    So many threads look at folders; the result is the same for any number.
Discovery discover(std::span<const Input> inputs, std::size_t jobs = 1);

/// A file's modification time in microseconds since 1970 UTC.
std::int64_t modified_us(const struct stat& status);

} // namespace assay::intake
