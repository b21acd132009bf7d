#pragma once
// The commands. Each takes the words behind its name and answers the exit status.
#include <string>
#include <vector>

namespace assay::cli {

using Words = std::vector<std::string>;

/// Exit statuses that scripts rely on.
enum Exit : int {
    done = 0,
    gate_failed = 1,
    usage_error = 2, ///< of the command line or the pipeline; nothing ran
    incomplete = 3,  ///< an output or a stage failed, nothing could be read, or --strict and an artifact failed
    interrupted = 130
};

struct Command {
    const char* name;
    const char* synopsis;
    const char* summary;
    int (*run)(const Words&);
};

int main(const Words& words);

int run(const Words&);
int merge(const Words&);
int cache(const Words&);
int scan(const Words&);
int init(const Words&);
int check(const Words&);
int plan(const Words&);
int explain(const Words&);
int verify(const Words&);
int plugins(const Words&);
int schema(const Words&);

} // namespace assay::cli
