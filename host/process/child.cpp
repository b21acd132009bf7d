#include "process/child.hpp"
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

// mimalloc's, where the program is linked with it.
extern "C" void* mi_heap_new() __attribute__((weak));
extern "C" void* mi_heap_set_default(void*) __attribute__((weak));

namespace assay::process {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// How long a child that writes no more may take to end.
constexpr auto grace = 1000ms;

/// Nothing of the parent's is the child's: its terminal, its signal handlers, its streams.
void separate(Prints prints) {
    ::setpgid(0, 0);
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    for (int number = 1; number < NSIG; ++number)
        if (number != SIGKILL && number != SIGSTOP) std::signal(number, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    ::dup2(nothing, STDIN_FILENO);
    if (prints == Prints::nowhere) ::dup2(nothing, STDERR_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
}

/// What the child allocates it puts on pages of its own: those with room that it shares with its parent would each be
/// copied first, and other threads would wait for that.
void allocate_apart() {
    if (mi_heap_new != nullptr && mi_heap_set_default != nullptr) mi_heap_set_default(mi_heap_new());
}

/// Ends the process; nothing of the parent's (buffers, exit handlers) is done twice.
[[noreturn]] void run_and_end(const std::function<void(int)>& work, int descriptor, Prints prints, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    if (descriptor <= STDERR_FILENO) descriptor = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    separate(prints);
    allocate_apart();
    try {
        work(descriptor);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "assay: error: in a process of its own: %s\n", error.what());
        ::_exit(1);
    }
    std::fflush(nullptr);
    ::_exit(0);
}

/// At most so long; where the system has no way to tell, a moment.
void sleep_until_end(pid_t process, std::chrono::milliseconds most) {
    const int handle = static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
    if (handle < 0) {
        ::poll(nullptr, 0, 1);
        return;
    }
    pollfd end{handle, POLLIN, 0};
    ::poll(&end, 1, static_cast<int>(most.count()));
    ::close(handle);
}

/// Of a process as /proc names it; 0 where that cannot be known.
std::uint64_t resident_bytes_of(const std::string& process) {
    const std::string path = "/proc/" + process + "/statm";
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char text[128];
    const ssize_t size = ::read(file, text, sizeof text - 1);
    ::close(file);
    if (size <= 0) return 0;
    text[size] = '\0';
    unsigned long long total = 0, resident = 0;
    if (std::sscanf(text, "%llu %llu", &total, &resident) != 2) return 0;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

std::string Ending::text() const {
    if (signal == 0) return "it ended with exit status " + std::to_string(status);
    const char* name = ::sigabbrev_np(signal);
    const char* description = ::sigdescr_np(signal);
    if (!name || !description) return "signal " + std::to_string(signal);
    return std::string{"SIG"} + name + " (" + description + ")";
}

Child Child::start(const std::function<void(int)>& work, Prints prints) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error{errno, std::generic_category(), "a pipe to a process"};
    std::cout.flush();
    std::fflush(nullptr);
    ::fcntl(ends[0], F_SETPIPE_SZ, 1 << 20); // fewer switches between the two; where refused, it is as it was
    const std::uint64_t inherited = resident_bytes_of("self");
    const pid_t parent = ::getpid(), process = ::fork();
    if (process == 0) {
        ::close(ends[0]);
        run_and_end(work, ends[1], prints, parent);
    }
    const int error = errno;
    ::close(ends[1]);
    if (process < 0) {
        ::close(ends[0]);
        throw std::system_error{error, std::generic_category(), "a process"};
    }
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Child{process, ends[0], inherited};
}

Child::Child(Child&& other) noexcept
    : process_{std::exchange(other.process_, -1)}, descriptor_{std::exchange(other.descriptor_, -1)},
      inherited_{other.inherited_} {}

Child& Child::operator=(Child&& other) noexcept {
    std::swap(process_, other.process_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(inherited_, other.inherited_);
    return *this;
}

Child::~Child() {
    kill();
    while (process_ > 0) reap(true);
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Child::wait_for_bytes(std::chrono::milliseconds most) const { wait_for_any({this}, most); }

void wait_for_any(const std::vector<const Child*>& children, std::chrono::milliseconds most) {
    std::vector<pollfd> ends;
    for (const Child* child : children) ends.push_back({child->descriptor(), POLLIN, 0});
    ::poll(ends.data(), ends.size(), static_cast<int>(most.count()));
}

bool Child::read(Inflow& to) {
    for (auto room = to.room(); !room.empty();) {
        const ssize_t got = ::read(descriptor_, room.data(), room.size());
        if (got > 0) {
            to.add(static_cast<std::size_t>(got));
            room = room.subspan(static_cast<std::size_t>(got));
        } else if (got == 0 || errno != EINTR) {
            return got < 0 && errno == EAGAIN;
        }
    }
    return true;
}

std::uint64_t Child::grown_bytes() const {
    const std::uint64_t now = resident_bytes_of(std::to_string(process_));
    return now > inherited_ ? now - inherited_ : 0;
}

void Child::kill() const {
    if (process_ <= 0) return;
    ::kill(-process_, SIGKILL);
    ::kill(process_, SIGKILL); // where it has no group of its own yet
}

std::optional<Ending> Child::reap(bool waiting) {
    int status = 0;
    const pid_t ended = ::waitpid(process_, &status, waiting ? 0 : WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR)) return std::nullopt;
    process_ = -1;
    if (ended < 0) return Ending{};
    return Ending{WIFEXITED(status) ? WEXITSTATUS(status) : 0, WIFSIGNALED(status) ? WTERMSIG(status) : 0};
}

std::optional<Ending> Child::wait(std::chrono::milliseconds most) {
    const auto last = Clock::now() + most;
    for (;;) {
        if (const auto ended = reap(false)) return ended;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(last - Clock::now());
        if (left <= 0ms) return std::nullopt;
        sleep_until_end(process_, left);
    }
}

void let_end(Child child) {
    struct Leaving {
        std::vector<Child> children;
        ~Leaving() {
            for (auto& one : children) one.end();
        }
    };
    static Leaving leaving;
    std::erase_if(leaving.children, [](Child& one) { return one.wait(0ms).has_value(); });
    leaving.children.push_back(std::move(child));
}

Ending Child::end() {
    if (const auto ended = wait(grace)) return *ended;
    kill();
    for (;;)
        if (const auto ended = reap(true)) return *ended;
}

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace assay::process
