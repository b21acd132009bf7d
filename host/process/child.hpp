#pragma once
// A process of its own for code that may crash, hang or eat memory: forked, watched, and always reaped.
#include "process/inflow.hpp"
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace assay::process {

/// How a child ended.
struct Ending {
    int status = 0; ///< exit status, where no signal ended it
    int signal = 0;
    /// "SIGSEGV (Segmentation fault)", "it ended with exit status 3"
    std::string text() const;
};

/// Where what a child prints goes.
enum class Prints { to_stderr, nowhere };

class Child {
  public:
    /// Runs `work` in a forked process that ends with it; what it writes to the descriptor can be read here. The
    /// process has a group of its own, no stdin, default signals, and leaves no core file. Only for a parent of one
    /// thread. Throws std::system_error.
    static Child start(const std::function<void(int descriptor)>& work, Prints prints = Prints::to_stderr);
    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child(); ///< kills it, if it still runs, and reaps it

    int descriptor() const { return descriptor_; }
    /// Waits for something to read, at most so long.
    void wait_for_bytes(std::chrono::milliseconds most) const;
    /// Adds what there is without waiting, as much as there is room for; false at the end of what the child writes.
    bool read(Inflow& to);
    /// By how much it has grown since it began with what this process had; 0 where that cannot be known.
    std::uint64_t grown_bytes() const;
    void kill() const; ///< and all that it started
    /// Nothing where it runs on after that time.
    std::optional<Ending> wait(std::chrono::milliseconds most);
    /// Kills it where it does not end soon by itself: for a child that writes no more.
    Ending end();

  private:
    Child(pid_t process, int descriptor, std::uint64_t inherited)
        : process_{process}, descriptor_{descriptor}, inherited_{inherited} {}
    std::optional<Ending> reap(bool waiting);
    pid_t process_ = -1;
    int descriptor_ = -1;
    std::uint64_t inherited_ = 0; ///< resident bytes of this process when it began
};

/// For a child that has done all it should: it ends while this process goes on, and is reaped at the latest with it.
void let_end(Child child);

/// Waits until one of them has something to read, at most so long.
void wait_for_any(const std::vector<const Child*>& children, std::chrono::milliseconds most);

/// Writes all of it; false where nobody reads any more.
bool write_all(int descriptor, std::string_view bytes);

} // namespace assay::process
