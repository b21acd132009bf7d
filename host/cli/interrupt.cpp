#include "cli/interrupt.hpp"
#include <csignal>

namespace assay::cli {

namespace {

volatile std::sig_atomic_t came = 0;

} // namespace

void note_interrupts() {
    struct sigaction action {};
    action.sa_handler = [](int signal) { came = signal; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

int interrupting_signal() { return came; }

} // namespace assay::cli
