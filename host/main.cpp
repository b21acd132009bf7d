#include "cli/commands.hpp"

int main(int argc, char** argv) { return assay::cli::main({argv + 1, argv + argc}); }
