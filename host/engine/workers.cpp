#include "engine/workers.hpp"
#include "engine/activity.hpp"
#include "engine/frames.hpp"
#include "engine/part.hpp"
#include "process/child.hpp"
#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <new>
#include <poll.h>
#include <sys/mman.h>
#include <system_error>

namespace assay::engine {

namespace {

constexpr int attempts = 2;
constexpr double long_seconds = 2; ///< of one artifact: who watches is then told where its worker is
constexpr int tick_ms = 50;        ///< how often time and memory of workers are looked at
/// Partials go to the parent together, those of so many bytes or so much time: each of its own would wake it. What a
/// worker that dies still held is folded again.
constexpr std::size_t send_bytes = std::size_t{64} << 10U;
constexpr std::int64_t send_ns = 10'000'000;

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

/// What a worker of its own does for one artifact.
struct Task {
    enum class Kind {
        whole,  ///< folds it
        lose,   ///< says that it is lost
        survey, ///< of one of its parts
        fold,   ///< likewise
        join    ///< of its parts
    };
    Kind kind;
    std::size_t artifact;
    std::size_t part = 0;
    std::optional<Loss> loss = {};
    bool of_parts() const { return kind == Kind::survey || kind == Kind::fold || kind == Kind::join; }
};

struct Worker {
    process::Child child;
    std::size_t slot;
    std::optional<Task> task;
    bool answered = false; ///< of a task: whether its frame came
    process::Inflow received = {};
    std::optional<Plans> plans = Plans{}; ///< that came with its partials; nothing: these cannot be trusted
    std::optional<Loss> killed = {};      ///< by us, and why
};

void append(std::string& out, std::size_t artifact, const Partial& partial, PlanNumbers& plans) {
    append_frame(out, static_cast<std::int64_t>(artifact), 0,
                 [&](std::string& bytes) { encode(partial, plans, bytes); });
}

class WorkerPool {
  public:
    /// `rules` null: no file is read in parts.
    WorkerPool(std::span<const intake::Found> files, const Reading& reading, Stages& stages, const plan::Rules* rules,
               const FoldLimits& limits, const WorkerLimits& worker, const Watcher& watcher)
        : files_{files}, reading_{reading}, stages_{stages}, rules_{rules}, limits_{limits}, worker_{worker},
          watcher_{watcher}, jobs_{find_parts()}, memory_{jobs_}, partials_(files.size()), tries_(files.size(), 0) {
        for (std::size_t i = 0; i < files.size(); ++i)
            if (!parts_.contains(i)) order_.push_back(i);
        // The largest first, so that none of them is left to one worker at the end.
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
    /// Finds the files that are read in parts. Answers how many workers there is work for.
    unsigned find_parts() {
        const unsigned most = std::max(worker_.jobs, 1U);
        const bool possible = rules_ && most > 1 &&
                              std::any_of(stages_.parsers.begin(), stages_.parsers.end(),
                                          [](auto& stage) { return stage.parser.reads_parts(); });
        for (std::size_t i = 0; possible && i < files_.size(); ++i) {
            if (files_[i].kind != intake::FileKind::regular || files_[i].bytes > limits_.artifact_bytes) continue;
            // As many parts as workers: joining more of them costs more than a worker that is done early.
            auto ranges = cut(files_[i].bytes, most, worker_.part_bytes);
            if (ranges.size() < 2) continue;
            for (std::size_t part = 0; part < ranges.size(); ++part) tasks_.push_back({Task::Kind::survey, i, part});
            parts_.emplace(i, std::move(ranges));
        }
        if (!parts_.empty()) return most;
        return static_cast<unsigned>(std::clamp<std::size_t>(files_.size(), 1, most));
    }

    void start_workers() {
        while (workers_.size() < jobs_) {
            if (!tasks_.empty()) {
                start(std::move(tasks_.front()));
                tasks_.pop_front();
            } else if (memory_.next().load() < order_.size()) {
                start(std::nullopt);
            } else if (workers_.empty()) {
                // A worker was killed between taking an artifact and saying so.
                for (std::size_t i = 0; i < files_.size(); ++i)
                    if (!partials_[i]) tasks_.push_back({Task::Kind::whole, i});
                if (tasks_.empty()) return;
            } else {
                return;
            }
        }
    }

    void start(std::optional<Task> task) {
        const std::size_t slot = free_.back();
        free_.pop_back();
        Activity& activity = memory_.worker(slot);
        activity.artifact = Activity::nothing;
        auto child = process::Child::start(
            [&](int descriptor) { task ? work_on(*task, activity, descriptor) : work(activity, descriptor); });
        workers_.push_back({std::move(child), slot, std::move(task)});
    }

    // In the worker.
    void work(Activity& activity, int descriptor) {
        std::string answers;
        PlanNumbers plans;
        std::int64_t sent = 0;
        for (std::size_t place = 0; (place = memory_.next().fetch_add(1)) < order_.size();) {
            begin(order_[place], activity);
            append(answers, order_[place], reading_.read(order_[place], activity), plans);
            activity.artifact = Activity::nothing;
            if (answers.size() < send_bytes && now_ns() - sent < send_ns) continue;
            if (!process::write_all(descriptor, answers)) return;
            answers.clear();
            sent = now_ns();
        }
        process::write_all(descriptor, answers);
    }
    void work_on(const Task& task, Activity& activity, int descriptor) {
        begin(task.artifact, activity);
        const intake::Found& file = files_[task.artifact];
        const auto answer = [&](const auto& what) {
            std::string bytes;
            encode(what, bytes);
            const std::string head = frame_head({static_cast<std::int64_t>(task.artifact), 0, bytes});
            if (process::write_all(descriptor, head)) process::write_all(descriptor, bytes);
        };
        switch (task.kind) {
        case Task::Kind::whole: return answer(reading_.read(task.artifact, activity));
        case Task::Kind::lose: return answer(reading_.lose(task.artifact, task.loss->code, task.loss->reason));
        case Task::Kind::survey:
            return answer(survey(file, parts_.at(task.artifact).ranges[task.part], stages_, limits_, activity));
        case Task::Kind::fold:
            return answer(fold_part(file, parts_.at(task.artifact), task.part, stages_, *rules_, limits_, activity));
        case Task::Kind::join:
            if (const auto partial = join(file, parts_.at(task.artifact), stages_, limits_, activity)) answer(*partial);
        }
    }
    static double seconds_of(const Activity& activity) {
        return static_cast<double>(now_ns() - activity.since.load()) * 1e-9;
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
            take(worker);
            if (open) {
                ++i;
                continue;
            }
            const process::Ending ending = worker.child.end();
            handle_end(worker, ending);
            free_.push_back(worker.slot);
            workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i));
        }
        return watcher_(in_work(), done_, bytes_done_);
    }

    std::vector<InWork> in_work() const {
        std::vector<InWork> all;
        for (const auto& worker : workers_) {
            const Activity& activity = memory_.worker(worker.slot);
            const std::size_t artifact = activity.artifact.load();
            if (artifact >= files_.size()) continue;
            all.push_back({&files_[artifact], seconds_of(activity)});
            if (all.back().seconds >= long_seconds) all.back().place = place_of(activity, stages_);
        }
        std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.seconds > b.seconds; });
        return all;
    }

    void take(Worker& worker) {
        take_frames(worker.received, [&](const Frame& frame) {
            const auto artifact = static_cast<std::size_t>(frame.number);
            worker.answered = true;
            if (artifact >= files_.size()) return true;
            if (worker.task && worker.task->kind == Task::Kind::survey)
                take_survey(*worker.task, decode_survey(frame.bytes));
            else if (worker.task && worker.task->kind == Task::Kind::fold)
                take_fold(*worker.task, decode_fold(frame.bytes));
            else
                take_partial(worker, artifact, frame.bytes);
            return true;
        });
    }

    void take_partial(Worker& worker, std::size_t artifact, std::string_view bytes) {
        const Loss unread{"crashed", "what its worker answered cannot be read"};
        if (worker.plans && !take_plans_of(bytes, *worker.plans)) {
            // Nobody knows any more which number is which plan's: what else it sends is read again by others.
            worker.plans.reset();
            worker.killed = unread;
            worker.child.kill();
        }
        auto partial = worker.plans ? decode_partial(bytes, *worker.plans) : std::nullopt;
        if (partial)
            keep(artifact, std::move(*partial));
        else
            failed(artifact, unread);
    }

    void take_survey(const Task& task, std::optional<PartSurvey> survey) {
        const auto found = parts_.find(task.artifact);
        if (found == parts_.end()) return; // another part has said no
        Parts& parts = found->second;
        if (!survey || !survey->refusal.empty())
            return read_whole(task.artifact, survey ? survey->refusal : "a survey cannot be read");
        parts.surveys[task.part] = std::move(*survey);
        if (!parts.surveyed()) return;
        if (parts.identify(files_[task.artifact].bytes))
            fold_all_parts(task.artifact, parts);
        else
            read_whole(task.artifact, "its parts are claimed by different parsers");
    }
    void take_fold(const Task& task, std::optional<PartFold> fold) {
        const auto found = parts_.find(task.artifact);
        if (found == parts_.end()) return;
        Parts& parts = found->second;
        if (!fold || !fold->refusal.empty())
            return read_whole(task.artifact, fold ? fold->refusal : "a part's answer cannot be read");
        parts.folds[task.part] = std::move(*fold);
        if (!parts.folded()) return;
        bool again = false;
        if (!parts.conclude(again)) return read_whole(task.artifact, "its parts do not fit together");
        if (again) return fold_all_parts(task.artifact, parts);
        tell(files_[task.artifact].path + " was read in " + std::to_string(parts.ranges.size()) + " parts");
        tasks_.push_back({Task::Kind::join, task.artifact});
    }
    void fold_all_parts(std::size_t artifact, const Parts& parts) {
        for (std::size_t part = 0; part < parts.ranges.size(); ++part)
            tasks_.push_back({Task::Kind::fold, artifact, part});
    }
    void read_whole(std::size_t artifact, const std::string& reason) {
        tell(files_[artifact].path + " is read as a whole: " + reason);
        give_up_parts(artifact);
        tasks_.push_back({Task::Kind::whole, artifact});
    }
    void tell(const std::string& what) const {
        if (worker_.tell) worker_.tell(what);
    }
    void give_up_parts(std::size_t artifact) {
        parts_.erase(artifact);
        std::erase_if(tasks_, [&](const Task& task) { return task.artifact == artifact && task.of_parts(); });
    }

    void keep(std::size_t artifact, Partial partial) {
        if (!partials_[artifact]) {
            ++done_;
            bytes_done_ += partial.record.bytes;
        }
        partials_[artifact] = std::move(partial);
        parts_.erase(artifact);
    }

    std::size_t current(const Worker& worker) const { return memory_.worker(worker.slot).artifact.load(); }

    void handle_end(Worker& worker, const process::Ending& ending) {
        const std::size_t artifact = worker.task ? worker.task->artifact : current(worker);
        if (artifact >= files_.size() || partials_[artifact]) return;
        if (worker.task && worker.task->of_parts()) {
            if (worker.answered || !parts_.contains(artifact)) return;
            if (!worker.killed && ending.status == 0 && ending.signal == 0)
                return read_whole(artifact, "its parts cannot be joined");
        }
        if (worker.task && worker.task->loss) return keep(artifact, bare(artifact, *worker.task->loss));
        Loss loss = worker.killed ? *worker.killed : Loss{"crashed", ending.text()};
        loss.reason += " " + place_of(memory_.worker(worker.slot), stages_);
        if (worker.task && worker.task->of_parts()) tell(files_[artifact].path + " lost a part: " + loss.reason);
        failed(artifact, std::move(loss));
    }

    /// Once more, alone; then it is lost.
    void failed(std::size_t artifact, Loss loss) {
        if (partials_[artifact]) return;
        give_up_parts(artifact);
        if (++tries_[artifact] < attempts)
            tasks_.push_back({Task::Kind::whole, artifact});
        else if (tries_[artifact] == attempts)
            tasks_.push_back({Task::Kind::lose, artifact, 0, std::move(loss)});
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
            const double seconds = seconds_of(activity);
            if (seconds > worker_.seconds)
                worker.killed = Loss{"timed-out", "no end after " + std::to_string(static_cast<long>(worker_.seconds)) +
                                                      " s, the limit of the pipeline,"};
            else if (seconds > 0.02 && worker.child.grown_bytes() > worker_.memory)
                worker.killed = Loss{"out-of-memory", "more memory than " + std::to_string(worker_.memory) +
                                                          " bytes, the limit of the pipeline,"};
            if (worker.killed) worker.child.kill();
        }
    }

    std::span<const intake::Found> files_;
    const Reading& reading_;
    Stages& stages_;
    const plan::Rules* rules_;
    const FoldLimits& limits_;
    const WorkerLimits& worker_;
    const Watcher& watcher_;
    std::map<std::size_t, Parts> parts_; ///< of the files that are read in parts, until they are done
    std::deque<Task> tasks_;             ///< each for a worker of its own, before the files in order
    unsigned jobs_;
    SharedMemory memory_;
    std::vector<std::size_t> order_, free_;
    std::vector<std::optional<Partial>> partials_;
    std::vector<int> tries_;
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
    const Reading reading{
        [&](std::size_t file, Activity& activity) { return fold(files[file], stages, rules, limits, &activity); },
        [&](std::size_t file, const std::string& code, const std::string& reason) {
            return lost(files[file], stages, limits, code, reason);
        }};
    return WorkerPool{files, reading, stages, &rules, limits, worker, watcher}.run();
}

std::vector<std::optional<Partial>> read_in_workers(std::span<const intake::Found> files, const Reading& reading,
                                                    Stages& stages, const FoldLimits& limits,
                                                    const WorkerLimits& worker, const Watcher& watcher) {
    if (files.empty()) return {};
    return WorkerPool{files, reading, stages, nullptr, limits, worker, watcher}.run();
}

} // namespace assay::engine
