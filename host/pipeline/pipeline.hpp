#pragma once
#include "pipeline/components.hpp"
#include "pipeline/located_json.hpp"
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

// A pipeline file as plain data, and the way from text to it: load, then check against the components.
namespace assay::pipeline {

struct Text {
    std::string text;
    Place place; // where it was written: the file, one of its bases, or a --set argument
};

struct Input {
    Text path;
    std::vector<Text> include, exclude; // globs; no include: everything
};

struct Stage {
    Text use;               // id of the component
    Text name;              // "as", else `use`; unique within its section
    Node with;              // map of options; complete and of the declared types after `check`
    std::vector<Text> from; // names of analyzer stages whose facts it takes; empty: see `needs`
    Text to;                // renderers: file, relative to the output directory, or "-"
    Place place;
    // Filled by `check`.
    bool implied = false;           // not in the file: needed by another stage, or one of "all" parsers
    std::vector<std::string> needs; // names of the analyzer stages that provide what the component declares to need
};

// For the columns whose name is `pattern`, else those that it matches as a glob; the first rule that fits decides.
struct ColumnRule {
    Text pattern;
    std::optional<std::string> role;      // metric parameter identifier timestamp status text
    std::optional<std::string> unit;      // UCUM
    std::optional<std::string> direction; // higher lower
    std::optional<std::string> alias;     // the metric's common name across datasets
    std::optional<std::string> type;      // bool int float text time
    std::optional<std::string> label;
    std::optional<double> scale;        // multiply by this after reading; not 0
    std::optional<std::string> decimal; // . or ,
};

struct StatusRules {
    std::optional<Text> failed, suspect; // expressions over a row's columns
};

// Either a path pattern such as "ollama/{run:time}/*", each {name} or {name:type} one dimension (types: text int float
// time), or one fixed value for the artifacts that match `applies_to` (no glob: all).
struct DimensionRule {
    std::optional<Text> path;
    Text name, value;
    std::optional<Text> applies_to; // "for"
};

struct Limits {
    std::optional<std::int64_t> artifact_bytes;   // larger artifacts are skipped
    std::optional<std::int64_t> view_bytes;       // most that a parser gets in one piece
    std::optional<std::int64_t> facts;            // most in a report
    std::optional<std::int64_t> artifact_seconds; // for reading one artifact, by the clock
    std::optional<std::int64_t> artifact_memory;  // bytes, of the process that reads it
    std::optional<std::int64_t> stage_seconds;    // for what one analyzer concludes, or one renderer writes
    std::optional<std::int64_t> part_bytes;       // a larger file is read in parts, side by side
};

struct FailOn {
    std::string severity = "none", fresh = "none";    // none info low medium high critical
    std::vector<std::pair<Text, std::int64_t>> rules; // most that may be found, by id or slug
};

struct Pipeline {
    std::string name;
    std::vector<Input> inputs;
    bool all_parsers = true; // also those that `parsers` does not name
    std::vector<Stage> parsers, analyzers, renderers;
    std::vector<ColumnRule> columns;
    StatusRules status;
    std::vector<DimensionRule> dimensions;
    FailOn fail_on;
    Limits limits;
    std::optional<std::int64_t> jobs;
    std::vector<std::size_t> order; // filled by `check`: indices of `analyzers`, each behind those it takes from
};

struct Request {
    std::string file;                   // path; with `text`, only the name that messages use
    std::optional<std::string> text;    // the content where it is at hand already (standard input, a built-in pipeline)
    std::vector<std::string> variables; // --var arguments, NAME=VALUE
    std::vector<std::string> sets;      // --set arguments, PATH=VALUE
    std::function<std::optional<std::string>(const std::string&)> environment; // empty: the process's own
    // Why the matcher refuses a glob, "" where it does not. Empty: only brackets and braces are looked at.
    std::function<std::string(std::string_view)> glob_fault;
};

struct LoadResult {
    std::optional<Pipeline> pipeline; // absent where the text could not be read through
    std::vector<Problem> problems;
    bool complete = true; // false: a base file is missing, so that what is absent may be in there
};

// Text to Pipeline: extends, then --set, then variables. Reports everything that can be said without components.
// Paths stay as written; `Place::source->directory` of an input's path is what it is relative to.
LoadResult load(const Request&);

// Everything that needs the components. Completes the pipeline: default options, values of the declared types,
// implied stages, `needs` and `order`. The result is to be run only if no problem is an error.
std::vector<Problem> check(Pipeline&, std::span<const ComponentInfo>);

// Both, with the problems of both in the order of the text.
LoadResult load_and_check(const Request&, std::span<const ComponentInfo>);

} // namespace assay::pipeline
