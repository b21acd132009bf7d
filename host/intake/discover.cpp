#include <intake/discover.hpp>

#include <intake/name_text.hpp>
#include <intake/read_error.hpp>
#include <intake/roots.hpp>

#include <algorithm>
#include <assay/in_order.hpp>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace assay::intake {
namespace {

class Descriptor {
  public:
    explicit Descriptor(int open_descriptor) : number(open_descriptor) {}
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number; }
    int release() { return std::exchange(number, -1); }

  private:
    int number;
};

struct CloseListing {
    void operator()(DIR* listing) const { ::closedir(listing); }
};

struct Entry {
    std::string name;
    unsigned char type; // DT_*
};

void mark(Found& found, FileKind kind, std::string code, std::string reason) {
    found.kind = kind;
    found.reason_code = std::move(code);
    found.reason = std::move(reason);
}

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

// Sets what is known of anything but a link.
void describe(Found& found, const struct stat& status) {
    found.inode = status.st_ino;
    found.device = status.st_dev;
    found.modified_us = modified_us(status);
    found.modified_ns = nanoseconds(status.st_mtim);
    found.changed_ns = nanoseconds(status.st_ctim);
    if (S_ISREG(status.st_mode)) {
        found.bytes = static_cast<std::uint64_t>(status.st_size);
    } else if (S_ISFIFO(status.st_mode)) {
        mark(found, FileKind::special, "fifo", "a FIFO is not a file");
    } else if (S_ISSOCK(status.st_mode)) {
        mark(found, FileKind::special, "socket", "a socket is not a file");
    } else {
        mark(found, FileKind::special, "device", "a device is not a file");
    }
}

struct Folder {
    std::string path; // relative to the root; empty for the root itself
    std::size_t parent = SIZE_MAX;
    std::uint64_t inode = 0, device = 0;
};

// What one folder holds.
struct Met {
    std::vector<Found> files;
    std::vector<std::string> folders;  // to be entered: their paths
    std::vector<std::size_t> selected; // files, by selection of the root
    std::uint64_t excluded = 0, hidden_folders = 0;
    std::uint64_t inode = 0, device = 0; // of the folder itself
};

// Walks one root, the folders of a level side by side. One descriptor is open in each thread, however deep the tree is.
class Walk {
  public:
    Walk(Root& walked_root, const std::vector<Root>& all, Discovery& discovery, std::size_t threads)
        : root(walked_root), roots(all), out(discovery), jobs(threads) {}

    void folder_root() {
        const Descriptor top(::open(root.real.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (top.get() < 0) return unreadable_root(errno);
        top_descriptor = top.get();
        folders.push_back({});
        for (std::size_t first = 0; first < folders.size();) {
            std::vector<Folder> below;
            each_in_order(
                jobs, folders.size() - first, [&](std::size_t, std::size_t i) { return visit(first + i); },
                [&](std::size_t i, Met met) { take(std::move(met), first + i, below); });
            first = folders.size();
            std::move(below.begin(), below.end(), std::back_inserter(folders));
        }
    }

    void file_root() {
        bool taken = false;
        for (Selection& selection : root.selections) {
            selection.below = root.real.substr(root.real.rfind('/') + 1);
            const bool selected = selection.selects(selection.below);
            selection.selected += selected;
            taken = taken || selected;
        }
        if (!taken) return void(++out.excluded);
        Found found{.path = printable(root.label), .file = root.real};
        struct stat status {};
        if (::lstat(root.real.c_str(), &status) != 0) return add_unreadable(std::move(found), errno, out.files);
        describe(found, status);
        add(std::move(found), AT_FDCWD, root.real, status, out.files);
    }

  private:
    void take(Met met, std::size_t index, std::vector<Folder>& below) {
        folders[index].inode = met.inode;
        folders[index].device = met.device;
        for (std::string& path : met.folders) below.push_back({std::move(path), index});
        std::move(met.files.begin(), met.files.end(), std::back_inserter(out.files));
        for (std::size_t i = 0; i < met.selected.size(); ++i) root.selections[i].selected += met.selected[i];
        out.excluded += met.excluded;
        out.hidden_folders += met.hidden_folders;
    }

    Found found_at(const std::string& path) const {
        const std::string_view separator = root.real.ends_with('/') ? "" : "/";
        return {.path = printable(root.label + '/' + path), .file = root.real + std::string(separator) + path};
    }

    void unreadable_root(int error) {
        out.problems.push_back({root.selections.front().input, "input-unreadable",
                                "input `" + printable(root.real) + "`: " + error_text(error)});
        add_unreadable({.path = printable(root.label), .file = root.real}, error, out.files);
    }

    static void add_unreadable(Found found, int error, std::vector<Found>& files) {
        mark(found, FileKind::unreadable, "unreadable", error_text(error));
        files.push_back(std::move(found));
    }

    // `status`: of the file itself. Whoever all may read needs no question.
    static void add(Found found, int folder, const std::string& name, const struct stat& status,
                    std::vector<Found>& files) {
        if (found.kind == FileKind::regular && !(status.st_mode & S_IROTH) &&
            ::faccessat(folder, name.c_str(), R_OK, AT_EACCESS) != 0) {
            return add_unreadable(std::move(found), errno, files);
        }
        files.push_back(std::move(found));
    }

    // In any thread: what is known of the folders above stays as it is.
    Met visit(std::size_t index) const {
        Met met;
        met.selected.resize(root.selections.size());
        visit(folders[index].path, index, met);
        return met;
    }

    void visit(const std::string& path, std::size_t index, Met& met) const {
        const char* name = path.empty() ? "." : path.c_str();
        Descriptor folder(::openat(top_descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        struct stat status {};
        if (folder.get() < 0 || ::fstat(folder.get(), &status) != 0)
            return add_unreadable(found_at(path), errno, met.files);
        met.inode = status.st_ino;
        met.device = status.st_dev;
        if (repeats_ancestor(index, met)) {
            Found found = found_at(path);
            mark(found, FileKind::loop, "link-loop", "the folder is one of those it lies in, mounted again");
            return met.files.push_back(std::move(found));
        }
        const std::unique_ptr<DIR, CloseListing> listing(::fdopendir(folder.get()));
        if (!listing) return add_unreadable(found_at(path), errno, met.files);
        folder.release(); // belongs to the listing now
        std::vector<Entry> entries;
        for (errno = 0; const dirent* entry = ::readdir(listing.get()); errno = 0) {
            const std::string_view entry_name = entry->d_name;
            if (entry_name == "." || entry_name == "..") continue;
            entries.push_back({std::string(entry_name), entry->d_type});
        }
        if (errno != 0) add_unreadable(found_at(path.empty() ? "." : path), errno, met.files);
        std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
        for (Entry& entry : entries) meet(path, ::dirfd(listing.get()), entry, met);
    }

    bool repeats_ancestor(std::size_t index, const Met& folder) const {
        for (std::size_t up = folders[index].parent; up != SIZE_MAX; up = folders[up].parent) {
            if (folders[up].inode == folder.inode && folders[up].device == folder.device) return true;
        }
        return false;
    }

    void meet(const std::string& folder_path, int folder, Entry& entry, Met& met) const {
        const std::string path = folder_path.empty() ? entry.name : folder_path + '/' + entry.name;
        struct stat status {};
        bool known = false;
        if (entry.type == DT_UNKNOWN) { // the file system does not say
            if (::fstatat(folder, entry.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
                return add_unreadable(found_at(path), errno, met.files);
            }
            known = true;
            entry.type = static_cast<unsigned char>(IFTODT(status.st_mode));
        }
        if (entry.type == DT_DIR) return meet_folder(path, entry.name, met);
        if (!select(path, met)) return void(++met.excluded);
        if (entry.type == DT_LNK) return meet_link(path, folder, entry.name, met);
        if (!known && ::fstatat(folder, entry.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return add_unreadable(found_at(path), errno, met.files);
        }
        Found found = found_at(path);
        describe(found, status);
        add(std::move(found), folder, entry.name, status, met.files);
    }

    void meet_folder(const std::string& path, const std::string& name, Met& met) const {
        const bool enter =
            !name.starts_with('.') || std::any_of(root.selections.begin(), root.selections.end(),
                                                  [&](const Selection& s) { return s.enters_hidden(path); });
        if (enter) {
            met.folders.push_back(path);
        } else {
            ++met.hidden_folders;
        }
    }

    bool select(std::string_view path, Met& met) const {
        bool selected = false;
        for (std::size_t i = 0; i < root.selections.size(); ++i) {
            if (!root.selections[i].selects(path)) continue;
            ++met.selected[i];
            selected = true;
        }
        return selected;
    }

    void meet_link(const std::string& path, int folder, const std::string& name, Met& met) const {
        Found found = found_at(path);
        struct stat status {};
        if (::fstatat(folder, name.c_str(), &status, 0) != 0) {
            const int error = errno;
            if (error == ELOOP) {
                mark(found, FileKind::loop, "link-loop", "the link leads back to itself");
            } else if (error == ENOENT || error == ENOTDIR) {
                mark(found, FileKind::dangling, "dangling-link", "the link leads to nothing");
            } else {
                mark(found, FileKind::unreadable, "unreadable", error_text(error));
            }
            return met.files.push_back(std::move(found));
        }
        const std::string target = real_path(found.file);
        if (target.empty()) return add_unreadable(std::move(found), errno, met.files);
        if (S_ISDIR(status.st_mode)) {
            const bool ancestor = lies_in(found.file, target);
            if (ancestor) mark(found, FileKind::loop, "link-loop", "the link leads to a folder it lies in");
            if (!ancestor) mark(found, FileKind::link, "linked-folder", "links to folders are not followed");
            return met.files.push_back(std::move(found));
        }
        if (!inside_inputs(target)) {
            mark(found, FileKind::link, "link-outside", "the link leads out of the inputs");
            return met.files.push_back(std::move(found));
        }
        found.file = target;
        describe(found, status);
        add(std::move(found), AT_FDCWD, target, status, met.files);
    }

    bool inside_inputs(std::string_view target) const {
        return std::any_of(roots.begin(), roots.end(), [&](const Root& each) {
            return each.folder ? lies_in(target, each.real) : target == each.real;
        });
    }

    Root& root;
    const std::vector<Root>& roots;
    Discovery& out;
    std::size_t jobs;
    int top_descriptor = -1;
    std::vector<Folder> folders; // level by level
};

void report_empty_inputs(const std::vector<Root>& roots, std::span<const Input> inputs, Discovery& out) {
    for (const Root& root : roots) {
        for (const Selection& selection : root.selections) {
            if (selection.selected > 0) continue;
            const bool known = std::any_of(out.problems.begin(), out.problems.end(),
                                           [&](const InputRemark& p) { return p.input == selection.input; });
            if (known) continue;
            const Input& input = inputs[selection.input];
            const bool patterns = !input.include.empty() || !input.exclude.empty();
            out.problems.push_back({selection.input, "input-empty",
                                    "input `" + printable(input.path) +
                                        (patterns ? "` has no file that its patterns select" : "` has no files")});
        }
    }
}

} // namespace

std::int64_t modified_us(const struct stat& status) {
    return std::int64_t{status.st_mtim.tv_sec} * 1'000'000 + status.st_mtim.tv_nsec / 1000;
}

Discovery discover(std::span<const Input> inputs, std::size_t jobs) {
    Discovery out;
    std::vector<Root> roots = find_roots(inputs, out);
    for (Root& root : roots) {
        Walk walk(root, roots, out, jobs);
        root.folder ? walk.folder_root() : walk.file_root();
    }
    report_empty_inputs(roots, inputs, out);
    const auto by_path = [](const Found& a, const Found& b) { return a.path < b.path; };
    // Where all files stand in folders of one depth, they mostly are already.
    if (!std::is_sorted(out.files.begin(), out.files.end(), by_path))
        std::sort(out.files.begin(), out.files.end(), by_path);
    const auto by_input = [](const InputRemark& a, const InputRemark& b) { return a.input < b.input; };
    std::stable_sort(out.problems.begin(), out.problems.end(), by_input);
    std::stable_sort(out.notes.begin(), out.notes.end(), by_input);
    return out;
}

} // namespace assay::intake
