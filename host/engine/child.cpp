#include "engine/child.hpp"
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace assay::engine {

namespace {

/// Ends the process; nothing of the parent's (buffers, exit handlers) is done twice.
[[noreturn]] void run_and_end(const std::function<void(int)>& work, int descriptor, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    // An interrupt from the terminal is the parent's to handle.
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGTERM, SIG_DFL);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    try {
        work(descriptor);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "assay: error: a worker: %s\n", error.what());
        ::_exit(1);
    }
    ::_exit(0);
}

} // namespace

std::string Ending::text() const {
    if (signal == 0) return "it ended the process with exit status " + std::to_string(status);
    const char* name = ::sigabbrev_np(signal);
    const char* description = ::sigdescr_np(signal);
    if (!name || !description) return "signal " + std::to_string(signal);
    return std::string{"SIG"} + name + " (" + description + ")";
}

Child Child::start(const std::function<void(int)>& work) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error{errno, std::generic_category(), "a pipe to a worker"};
    std::cout.flush();
    std::fflush(nullptr);
    ::fcntl(ends[0], F_SETPIPE_SZ, 1 << 20); // fewer switches between the two; where refused, it is as it was
    const pid_t parent = ::getpid(), process = ::fork();
    if (process == 0) {
        ::close(ends[0]);
        run_and_end(work, ends[1], parent);
    }
    const int error = errno;
    ::close(ends[1]);
    if (process < 0) {
        ::close(ends[0]);
        throw std::system_error{error, std::generic_category(), "a worker process"};
    }
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return Child{process, ends[0]};
}

Child::Child(Child&& other) noexcept
    : process_{std::exchange(other.process_, -1)}, descriptor_{std::exchange(other.descriptor_, -1)} {}

Child& Child::operator=(Child&& other) noexcept {
    std::swap(process_, other.process_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

Child::~Child() {
    if (process_ > 0) {
        kill();
        wait();
    }
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool Child::read(std::string& to) {
    constexpr std::size_t step = std::size_t{64} << 10U, most = std::size_t{4} << 20U;
    for (const std::size_t end = to.size() + most; to.size() < end;) {
        const std::size_t size = to.size();
        to.resize(size + step);
        const ssize_t got = ::read(descriptor_, to.data() + size, step);
        to.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
        if (got > 0) continue;
        if (got < 0 && errno == EINTR) continue;
        return got < 0 && errno == EAGAIN;
    }
    return true;
}

std::uint64_t Child::resident_bytes() const {
    const std::string path = "/proc/" + std::to_string(process_) + "/statm";
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

void Child::kill() const {
    if (process_ > 0) ::kill(process_, SIGKILL);
}

Ending Child::wait() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {}
    process_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 0, WIFSIGNALED(status) ? WTERMSIG(status) : 0};
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

} // namespace assay::engine
