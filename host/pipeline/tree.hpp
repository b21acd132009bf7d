#pragma once
#include "pipeline/pipeline.hpp"
#include <map>
#include <set>

// What `load` does to the tree of a pipeline file before it becomes a Pipeline, step by step.
namespace assay::pipeline {

class Variables;

struct Tree {
    std::optional<Node> root; // nothing where the text cannot be read through
    bool complete = true;     // false where a base is missing
};
// The file with its bases merged under it, "extends" and "$schema" gone.
Tree read_with_bases(const SourcePtr&, const std::string& file, Variables&, std::vector<Problem>&);

// Reads a regular file of at most 16 MiB; nothing and the reason in `error` otherwise.
std::optional<std::string> read_file(const std::string& path, std::string& error);

// `over` upon `base`: objects key by key, stages of parsers and analyzers by name, all else replaced.
void merge_pipeline(Node& base, Node over, std::vector<Problem>&);

// One --set argument.
void apply_set(Node& root, const std::string& argument, std::vector<Problem>&);

// ${NAME}, ${NAME:-default} and $$ in texts. --var first, then the environment.
class Variables {
  public:
    Variables(const Request&, std::vector<Problem>&);
    void expand(Node&, std::vector<Problem>&);
    void report_unused(std::vector<Problem>&) const;

  private:
    std::optional<std::string> look_up(const std::string& name);
    void expand_text(Node&, std::vector<Problem>&);

    struct Given {
        std::string value;
        Place place;
        bool used = false;
    };
    std::map<std::string, Given> given;
    std::set<std::string> asked; // all names the pipeline refers to
    std::function<std::optional<std::string>(const std::string&)> environment;
};

// "as", else "use", else nothing.
const Node* stage_name(const Node& stage);
// Stages of the same name within one section of one file.
void report_duplicate_stages(const Node& root, std::vector<Problem>&);

// The tree as a Pipeline.
Pipeline read_pipeline(const Node& root, const Request&, std::vector<Problem>&);

} // namespace assay::pipeline
