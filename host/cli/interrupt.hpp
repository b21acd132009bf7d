#pragma once
// Ctrl-C: work stops at the next artifact, outputs are whole or not there. A second one ends the process at once.

namespace assay::cli {

/// From now on interrupts are noted instead of ending the process.
void note_interrupts();
/// SIGINT or SIGTERM, 0: none came.
int interrupting_signal();

} // namespace assay::cli
