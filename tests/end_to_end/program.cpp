#include "program.hpp"
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace assay::test {

namespace {

struct Pipe {
    int read_end = -1, write_end = -1;
};

Pipe make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
    return {ends[0], ends[1]};
}

/// A terminal of the test's own: what is written to `write_end` can be read at `read_end`.
Pipe make_terminal() {
    const int reader = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (reader < 0 || ::grantpt(reader) != 0 || ::unlockpt(reader) != 0) throw std::runtime_error{"no terminal"};
    const int writer = ::open(::ptsname(reader), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (writer < 0) throw std::runtime_error{"no terminal"};
    return {reader, writer};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

/// Reads both ends until they are closed; `now_and_then` is called meanwhile. False where that takes longer than
/// `limit` seconds.
template <class Call> bool collect(int out_end, int err_end, double limit, Ran& ran, Call now_and_then) {
    pollfd ends[2] = {{out_end, POLLIN, 0}, {err_end, POLLIN, 0}};
    std::string* texts[2] = {&ran.out, &ran.err};
    const auto last = std::chrono::steady_clock::now() + std::chrono::duration<double>(limit);
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        if (std::chrono::steady_clock::now() > last) return false;
        now_and_then();
        if (::poll(ends, 2, 100) < 0 && errno != EINTR) return false;
        for (int i = 0; i < 2; ++i) {
            if (ends[i].fd < 0 || ends[i].revents == 0) continue;
            char bytes[65536];
            const auto size = ::read(ends[i].fd, bytes, sizeof bytes);
            if (size > 0)
                texts[i]->append(bytes, static_cast<std::size_t>(size));
            else if (size == 0 || errno != EINTR)
                ends[i].fd = -1;
        }
    }
    return true;
}

} // namespace

Ran run_program(const std::vector<std::string>& arguments, const Start& start) {
    std::vector<std::string> words{start.program.empty() ? ASSAY_BUILD_DIR "/bin/assay" : start.program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const char* path = std::getenv("PATH");
    std::vector<std::string> environment{std::string{"PATH="} + (path ? path : "/usr/bin:/bin"), "LANG=C.UTF-8",
                                         "HOME=/nonexistent", "TERM=xterm"};
    for (const auto& [name, value] : start.environment) environment.push_back(name + "=" + value);
    const Folder own_cache;
    environment.push_back("XDG_CACHE_HOME=" + own_cache.path.string()); // the first of a name counts
    // What a sanitizer is told from outside holds for the program too.
    for (char** variable = environ; *variable; ++variable)
        if (has(*variable, "SAN_OPTIONS=")) environment.emplace_back(*variable);
    auto argv = pointers(words), envp = pointers(environment);

    const Pipe out = start.terminal ? make_terminal() : make_pipe();
    const Pipe err = start.terminal ? Pipe{} : make_pipe();
    const auto began = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error{"no process"};
    if (child == 0) {
        const int nothing = ::open("/dev/null", O_RDONLY);
        ::dup2(nothing, 0);
        ::dup2(out.write_end, 1);
        ::dup2(start.terminal ? out.write_end : err.write_end, 2);
        if (!start.folder.empty() && ::chdir(start.folder.c_str()) != 0) ::_exit(126);
        ::execvpe(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(out.write_end);
    if (!start.terminal) ::close(err.write_end);
    Ran ran;
    bool to_interrupt = !start.interrupt_at.empty();
    const bool ended = collect(out.read_end, err.read_end, start.limit, ran, [&] {
        if (!to_interrupt || !std::filesystem::exists(start.interrupt_at)) return;
        to_interrupt = false;
        ::kill(child, SIGINT);
    });
    if (!ended) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    ran.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (ended) ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ::close(out.read_end);
    if (!start.terminal) ::close(err.read_end);
    return ran;
}

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "assay-end-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error{"no temporary folder"};
    path = std::filesystem::canonical(name);
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

std::string Folder::write(std::string_view name, std::string_view content) const {
    const std::filesystem::path file = path / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
    return file.string();
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error{"cannot read " + path};
    return {std::istreambuf_iterator<char>(in), {}};
}

nlohmann::json read_json(const std::string& path) { return nlohmann::json::parse(read_file(path)); }

std::string corpus() {
    const char* set = std::getenv("ASSAY_CORPUS");
    std::string folder = set ? set : ASSAY_SOURCE_DIR "/../shared/corpus";
    if (std::filesystem::exists(folder + "/llm-bench/reports")) return folder + "/llm-bench";
    BOOST_TEST_MESSAGE("skipped: needs the corpus");
    return {};
}

std::string without_run(const std::string& report) {
    std::istringstream in{report};
    std::string out, line;
    int left_out = 0;
    while (std::getline(in, line)) {
        if (line.starts_with("\"run\":"))
            ++left_out;
        else
            out += line + "\n";
    }
    BOOST_TEST(left_out == 1);
    return out;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace assay::test
