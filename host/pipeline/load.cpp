#include "pipeline/tree.hpp"
#include <filesystem>

namespace assay::pipeline {
namespace {

// Without all its bases a pipeline may lack what stands in them: complaints about absence are then no news.
void drop_complaints_of_absence(LoadResult& result) {
    if (result.complete) return;
    std::erase_if(result.problems, [](const Problem& p) {
        return p.code == Code::missing_key || p.code == Code::unknown_stage || p.code == Code::nothing_to_remove ||
               p.code == Code::bad_set || p.code == Code::unused_var;
    });
}

SourcePtr source_of(const Request& request, std::vector<Problem>& problems) {
    Source source{request.file, std::filesystem::path(request.file).parent_path().string(), ""};
    if (request.text) {
        source.text = *request.text;
        return std::make_shared<Source>(std::move(source));
    }
    std::string reason;
    std::optional<std::string> text = read_file(request.file, reason);
    if (!text) {
        Place whole{std::make_shared<Source>(source), 0, 0, 0, 0};
        report(problems, whole, Code::unreadable_file, "the pipeline file " + reason);
        return nullptr;
    }
    source.text = std::move(*text);
    return std::make_shared<Source>(std::move(source));
}

} // namespace

LoadResult load(const Request& request) {
    LoadResult result;
    const SourcePtr source = source_of(request, result.problems);
    if (!source) return result;
    Variables variables(request, result.problems);
    Tree tree = read_with_bases(source, request.file, variables, result.problems);
    result.complete = tree.complete;
    if (tree.root) {
        for (const std::string& argument : request.sets) apply_set(*tree.root, argument, result.problems);
        variables.expand(*tree.root, result.problems);
        variables.report_unused(result.problems);
        result.pipeline = read_pipeline(*tree.root, request, result.problems);
    }
    drop_complaints_of_absence(result);
    sort_problems(result.problems, request.file);
    return result;
}

LoadResult load_and_check(const Request& request, std::span<const ComponentInfo> components) {
    LoadResult result = load(request);
    if (result.pipeline) {
        std::vector<Problem> more = check(*result.pipeline, components);
        std::move(more.begin(), more.end(), std::back_inserter(result.problems));
        drop_complaints_of_absence(result);
        sort_problems(result.problems, request.file);
    }
    return result;
}

} // namespace assay::pipeline
