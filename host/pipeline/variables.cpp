#include "pipeline/tree.hpp"
#include <assay/utf8.hpp>
#include <cstdlib>

namespace assay::pipeline {
namespace {

bool is_name(std::string_view name) {
    if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
    for (const char c : name) {
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!letter && c != '_' && !(c >= '0' && c <= '9')) return false;
    }
    return true;
}

std::optional<std::string> from_process(const std::string& name) {
    const char* const value = std::getenv(name.c_str());
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

// The reference within the text's token, as far as escapes leave it recognisable; else the token.
Place place_of(const Node& node, const std::string& reference, std::size_t& cursor) {
    const Place& whole = node.place;
    const std::string_view token = std::string_view(whole.source->text).substr(whole.offset, whole.length);
    const std::size_t found = token.find(reference, cursor);
    if (found == std::string_view::npos) return whole;
    cursor = found + reference.size();
    Place place = whole;
    place.offset += found;
    place.length = reference.size();
    for (std::size_t at = 0; at < found; at += code_point(token, at).length) ++place.column;
    return place;
}

} // namespace

Variables::Variables(const Request& request, std::vector<Problem>& problems)
    : environment(request.environment ? request.environment : from_process) {
    for (const std::string& argument : request.variables) {
        const auto source = std::make_shared<Source>(Source{"--var", "", argument});
        const std::size_t equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        const Place place = place_in(source, 0, name.size());
        if (equals == std::string::npos || !is_name(name)) {
            report(problems, place, Code::bad_var,
                   "--var '" + argument + "' is not NAME=VALUE (a name has letters, digits and '_')");
        } else if (!is_utf8(argument)) {
            report(problems, place, Code::bad_encoding, "the value of --var '" + name + "' is not UTF-8");
        } else {
            given[name] = {argument.substr(equals + 1), place, false};
        }
    }
}

std::optional<std::string> Variables::look_up(const std::string& name) {
    asked.insert(name);
    if (const auto found = given.find(name); found != given.end()) {
        found->second.used = true;
        return found->second.value;
    }
    return environment(name);
}

void Variables::expand(Node& node, std::vector<Problem>& problems) {
    if (node.kind == Kind::text && !node.broken) expand_text(node, problems);
    for (Node& item : node.items) expand(item, problems);
}

void Variables::expand_text(Node& node, std::vector<Problem>& problems) {
    const std::string raw = node.text;
    std::string out;
    std::size_t cursor = 0;
    for (std::size_t at = 0; at < raw.size();) {
        if (raw.compare(at, 2, "$$") == 0) {
            out += '$';
            at += 2;
            continue;
        }
        if (raw.compare(at, 2, "${") != 0) {
            out += raw[at++];
            continue;
        }
        const std::size_t close = raw.find('}', at);
        const std::string reference = raw.substr(at, close == std::string::npos ? close : close + 1 - at);
        const Place place = place_of(node, reference, cursor);
        const std::string inner = reference.substr(2, reference.size() - (close == std::string::npos ? 2 : 3));
        const std::size_t split = inner.find(":-");
        const std::string name = inner.substr(0, split);
        if (close == std::string::npos || !is_name(name) || inner.find("${") != std::string::npos) {
            report(problems, place, Code::bad_variable,
                   "'" + reference +
                       "' is not ${NAME} or ${NAME:-default}; a '$' itself is written $$, and defaults do not nest");
            node.broken = true;
            return;
        }
        std::optional<std::string> value = look_up(name);
        if (split != std::string::npos && (!value || value->empty())) value = inner.substr(split + 2);
        if (!value) {
            std::vector<std::string> names;
            for (const auto& [other, entry] : given) names.push_back(other);
            std::string message = "variable '";
            message.append(name).append("' has no value: give --var ").append(name);
            message.append("=..., set it in the environment, or write ${").append(name).append(":-default}");
            offer(report(problems, place, Code::undefined_variable, message), name, "given with --var", names);
            node.broken = true;
            return;
        }
        if (!is_utf8(*value)) {
            report(problems, place, Code::bad_encoding, "the value of variable '" + name + "' is not UTF-8");
            node.broken = true;
            return;
        }
        node.substituted = node.substituted || reference.size() == raw.size();
        out += *value;
        at += reference.size();
    }
    node.text = out;
}

void Variables::report_unused(std::vector<Problem>& problems) const {
    for (const auto& [name, entry] : given) {
        if (entry.used) continue;
        Problem& problem =
            report(problems, entry.place, Code::unused_var, "the pipeline does not use variable '" + name + "'");
        problem.severity = Severity::warning;
        offer(problem, name, "used", {asked.begin(), asked.end()});
    }
}

} // namespace assay::pipeline
