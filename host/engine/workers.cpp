#include "engine/workers.hpp"
#include "engine/activity.hpp"
#include "engine/frames.hpp"
#include "process/child.hpp"
#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <new>
#include <numeric>
#include <poll.h>
#include <sys/mman.h>
#include <system_error>

namespace assay::engine {

namespace {

constexpr int attempts = 2;
constexpr int tick_ms = 50; ///< how often time and memory of workers are looked at

std::int64_t now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Seen by the parent and all workers: what the next of them takes, and what each is at.
class SharedMemory {
  public:
    using Place = std::atomic<std::size_t>; ///< in the order of work

    explicit SharedMemory(unsigned jobs) : size_{first_activity + jobs * sizeof(Activity)} {
        memory_ = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory_ == MAP_FAILED) throw std::system_error{errno, std::generic_category(), "memory for workers"};
        next_ = new (memory_) Place{0};
        for (unsigned i = 0; i < jobs; ++i)
            activities_.push_back(new (static_cast<char*>(memory_) + first_activity + i * sizeof(Activity)) Activity);
    }
    ~SharedMemory() { ::munmap(memory_, size_); }
    SharedMemory(const SharedMemory&) = delete;
    SharedMemory& operator=(const SharedMemory&) = delete;
    Place& next() const { return *next_; }
    Activity& worker(std::size_t slot) const { return *activities_[slot]; }

  private:
    static constexpr std::size_t first_activity = 64;
    static_assert(sizeof(Place) <= first_activity && first_activity % alignof(Activity) == 0);
    std::size_t size_;
    void* memory_;
    Place* next_;
    std::vector<Activity*> activities_;
};

/// Why an artifact has no partial of its own.
struct Loss {
    std::string code, reason;
};

/// One artifact for a worker of its own: once more, or to say that it is lost.
struct Lone {
    std::size_t artifact;
    std::optional<Loss> loss;
};

struct Worker {
    process::Child child;
    std::size_t slot;
    std::optional<Lone> lone;
    std::string received = {};
    std::optional<Loss> killed = {}; ///< by us, and why
};

bool send(int descriptor, std::size_t artifact, const Partial& partial) {
    std::string bytes, frame;
    encode(partial, bytes);
    append_frame(frame, {static_cast<std::int64_t>(artifact), 0, bytes});
    return process::write_all(descriptor, frame);
}

class WorkerPool {
  public:
    WorkerPool(std::span<const intake::Found> files, Stages& stages, const plan::Rules& rules, const FoldLimits& limits,
               const WorkerLimits& worker, const Watcher& watcher)
        : files_{files}, stages_{stages}, rules_{rules}, limits_{limits}, worker_{worker}, watcher_{watcher},
          jobs_{static_cast<unsigned>(std::clamp<std::size_t>(files.size(), 1, std::max(worker.jobs, 1U)))},
          memory_{jobs_}, order_(files.size()), partials_(files.size()), tries_(files.size(), 0) {
        // The largest first, so that none of them is left to one worker at the end.
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        const auto bytes = [&](std::size_t i) { return files[i].bytes == UINT64_MAX ? 0 : files[i].bytes; };
        std::stable_sort(order_.begin(), order_.end(), [&](auto a, auto b) { return bytes(a) > bytes(b); });
        for (std::size_t slot = jobs_; slot-- > 0;) free_.push_back(slot);
    }

    std::vector<std::optional<Partial>> run() {
        while (done_ < files_.size()) {
            start_workers();
            wait();
            if (!listen()) break;
            watch();
        }
        return std::move(partials_);
    }

  private:
    void start_workers() {
        while (workers_.size() < jobs_) {
            if (!lone_.empty()) {
                start(std::move(lone_.front()));
                lone_.pop_front();
            } else if (memory_.next().load() < files_.size()) {
                start(std::nullopt);
            } else if (workers_.empty()) {
                // A worker was killed between taking an artifact and saying so.
                for (std::size_t i = 0; i < files_.size(); ++i)
                    if (!partials_[i]) lone_.push_back({i, std::nullopt});
                if (lone_.empty()) return;
            } else {
                return;
            }
        }
    }

    void start(std::optional<Lone> lone) {
        const std::size_t slot = free_.back();
        free_.pop_back();
        Activity& activity = memory_.worker(slot);
        activity.artifact = Activity::nothing;
        auto child = process::Child::start(
            [&](int descriptor) { lone ? work_alone(*lone, activity, descriptor) : work(activity, descriptor); });
        workers_.push_back({std::move(child), slot, std::move(lone)});
    }

    // In the worker.
    void work(Activity& activity, int descriptor) {
        for (;;) {
            const std::size_t place = memory_.next().fetch_add(1);
            if (place >= order_.size() || !fold_one(order_[place], activity, descriptor)) return;
        }
    }
    void work_alone(const Lone& lone, Activity& activity, int descriptor) {
        if (!lone.loss) {
            fold_one(lone.artifact, activity, descriptor);
            return;
        }
        begin(lone.artifact, activity);
        send(descriptor, lone.artifact,
             lost(files_[lone.artifact], stages_, limits_, lone.loss->code, lone.loss->reason));
    }
    bool fold_one(std::size_t artifact, Activity& activity, int descriptor) {
        begin(artifact, activity);
        const bool sent = send(descriptor, artifact, fold(files_[artifact], stages_, rules_, limits_, &activity));
        activity.artifact = Activity::nothing;
        return sent;
    }
    static void begin(std::size_t artifact, Activity& activity) {
        activity.since = now_ns();
        activity.is(Activity::Kind::host, 0);
        activity.artifact = artifact;
    }

    // In the parent.
    void wait() {
        std::vector<pollfd> ends;
        for (const auto& worker : workers_) ends.push_back({worker.child.descriptor(), POLLIN, 0});
        ::poll(ends.data(), ends.size(), tick_ms);
    }

    /// Takes what workers have sent, and lets go those that are done. False: the watcher wants to stop.
    bool listen() {
        for (std::size_t i = 0; i < workers_.size();) {
            Worker& worker = workers_[i];
            const bool open = worker.child.read(worker.received);
            take(worker.received);
            if (open) {
                ++i;
                continue;
            }
            const process::Ending ending = worker.child.end();
            handle_end(worker, ending);
            free_.push_back(worker.slot);
            workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i));
        }
        const std::size_t first = workers_.empty() ? files_.size() : current(workers_.front());
        return watcher_(first < files_.size() ? files_[first] : files_.back(), done_, bytes_done_);
    }

    void take(std::string& received) {
        take_frames(received, [&](const Frame& frame) {
            const auto artifact = static_cast<std::size_t>(frame.number);
            auto partial = decode_partial(frame.bytes);
            if (artifact < files_.size() && partial)
                keep(artifact, std::move(*partial));
            else if (artifact < files_.size())
                failed(artifact, {"crashed", "what its worker answered cannot be read"});
            return true;
        });
    }

    void keep(std::size_t artifact, Partial partial) {
        if (!partials_[artifact]) {
            ++done_;
            bytes_done_ += partial.record.bytes;
        }
        partials_[artifact] = std::move(partial);
    }

    std::size_t current(const Worker& worker) const { return memory_.worker(worker.slot).artifact.load(); }

    void handle_end(Worker& worker, const process::Ending& ending) {
        const std::size_t artifact = worker.lone ? worker.lone->artifact : current(worker);
        if (artifact >= files_.size() || partials_[artifact]) return;
        if (worker.lone && worker.lone->loss) return keep(artifact, bare(artifact, *worker.lone->loss));
        Loss loss = worker.killed ? *worker.killed : Loss{"crashed", ending.text()};
        loss.reason += " " + place_of(memory_.worker(worker.slot), stages_);
        failed(artifact, std::move(loss));
    }

    /// Once more, alone; then it is lost.
    void failed(std::size_t artifact, Loss loss) {
        if (partials_[artifact]) return;
        if (++tries_[artifact] < attempts)
            lone_.push_back({artifact, std::nullopt});
        else if (tries_[artifact] == attempts)
            lone_.push_back({artifact, std::move(loss)});
        else
            keep(artifact, bare(artifact, loss));
    }

    /// Where even the analyzers' begin and end of a lost artifact fail.
    Partial bare(std::size_t artifact, const Loss& loss) const {
        Partial partial;
        partial.record.bytes = files_[artifact].bytes == UINT64_MAX ? 0 : files_[artifact].bytes;
        partial.record.outcome = ASSAY_OUTCOME_FAILED;
        partial.record.reason_code = loss.code;
        partial.record.reason = loss.reason;
        partial.states.resize(stages_.analyzers.size());
        return partial;
    }

    void watch() {
        for (auto& worker : workers_) {
            const Activity& activity = memory_.worker(worker.slot);
            if (worker.killed || activity.artifact.load() == Activity::nothing) continue;
            const double seconds = static_cast<double>(now_ns() - activity.since.load()) * 1e-9;
            if (seconds > worker_.seconds)
                worker.killed = Loss{"timed-out", "no end after " + std::to_string(static_cast<long>(worker_.seconds)) +
                                                      " s, the limit of the pipeline,"};
            else if (seconds > 0.02 && worker.child.resident_bytes() > worker_.memory)
                worker.killed = Loss{"out-of-memory", "more memory than " + std::to_string(worker_.memory) +
                                                          " bytes, the limit of the pipeline,"};
            if (worker.killed) worker.child.kill();
        }
    }

    std::span<const intake::Found> files_;
    Stages& stages_;
    const plan::Rules& rules_;
    const FoldLimits& limits_;
    const WorkerLimits& worker_;
    const Watcher& watcher_;
    unsigned jobs_;
    SharedMemory memory_;
    std::vector<std::size_t> order_, free_;
    std::vector<std::optional<Partial>> partials_;
    std::vector<int> tries_;
    std::deque<Lone> lone_;
    std::vector<Worker> workers_;
    std::size_t done_ = 0;
    std::uint64_t bytes_done_ = 0;
};

} // namespace

std::string place_of(const Activity& activity, const Stages& stages) {
    const std::size_t index = activity.stage.load();
    switch (activity.kind.load()) {
    case Activity::Kind::probe:
        if (index < stages.parsers.size()) return "while parser '" + stages.parsers[index].id + "' probed it";
        break;
    case Activity::Kind::parse:
        if (index < stages.parsers.size()) return "in parser '" + stages.parsers[index].id + "'";
        break;
    case Activity::Kind::analyze:
        if (index < stages.analyzers.size()) return "in analyzer '" + stages.analyzers[index].name + "'";
        break;
    case Activity::Kind::host: break;
    }
    return "while it was read";
}

std::vector<std::optional<Partial>> fold_in_workers(std::span<const intake::Found> files, Stages& stages,
                                                    const plan::Rules& rules, const FoldLimits& limits,
                                                    const WorkerLimits& worker, const Watcher& watcher) {
    if (files.empty()) return {};
    return WorkerPool{files, stages, rules, limits, worker, watcher}.run();
}

} // namespace assay::engine
