#pragma once
// What there is to say about a document, gathered by code: the first few with their places, the rest as a count.
#include <assay/parser.hpp>
#include <string>
#include <vector>

namespace assay::json {

struct Remark {
    std::string code, message;
    std::int32_t severity = ASSAY_SEVERITY_WARNING;
    std::string table = {}, column = {}, pointer = {};
    std::uint64_t line = ASSAY_UNKNOWN, offset = ASSAY_UNKNOWN, count = 1;
};

class Remarks {
  public:
    static constexpr std::size_t exemplars = 5;

    void add(Remark remark) {
        Group& group = find(remark.code);
        group.total += remark.count;
        if (group.first.size() < exemplars) group.first.push_back(std::move(remark));
    }
    /// Whether another remark of this code would still be shown with its place; saves making one for nothing.
    bool wants(std::string_view code) { return find(code).first.size() < exemplars; }
    void count(std::string_view code) { ++find(code).total; }

    void send(Sink& out) const {
        for (const Group& group : groups_) {
            std::uint64_t shown = 0;
            for (const Remark& r : group.first) shown += r.count;
            for (const Remark& r : group.first) {
                const bool last = &r == &group.first.back();
                out.diagnose({.code = r.code,
                              .message = r.message,
                              .severity = r.severity,
                              .table = r.table,
                              .column_name = r.column,
                              .pointer = r.pointer,
                              .line = r.line,
                              .offset = r.offset,
                              .count = r.count + (last ? group.total - shown : 0)});
            }
        }
    }

  private:
    struct Group {
        std::string code;
        std::vector<Remark> first = {};
        std::uint64_t total = 0;
    };
    Group& find(std::string_view code) {
        for (Group& group : groups_)
            if (group.code == code) return group;
        return groups_.emplace_back(Group{std::string{code}});
    }
    std::vector<Group> groups_;
};

} // namespace assay::json
