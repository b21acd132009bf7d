#pragma once
// What there is to say about a document, gathered by code: the first few with their places, the rest as a count.
#include <assay/bytes.hpp>
#include <assay/parser.hpp>
#include <cstdint>
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
    /// What was said of a later part of the content.
    void add(const Remarks& later) {
        for (const Group& theirs : later.groups_) {
            Group& group = find(theirs.code);
            group.total += theirs.total;
            for (const Remark& remark : theirs.first)
                if (group.first.size() < exemplars) group.first.push_back(remark);
        }
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

    void encode(std::string& bytes) const {
        ByteWriter out{bytes};
        out.put(static_cast<std::uint64_t>(groups_.size()));
        for (const Group& group : groups_) {
            out.put(group.code).put(group.total).put(static_cast<std::uint64_t>(group.first.size()));
            for (const Remark& r : group.first)
                out.put(r.message)
                    .put(r.severity)
                    .put(r.table)
                    .put(r.column)
                    .put(r.pointer)
                    .put(r.line)
                    .put(r.offset)
                    .put(r.count);
        }
    }
    static Remarks decode(ByteReader& in) {
        Remarks all;
        for (auto n = in.count(24); n > 0 && in.ok(); --n) {
            Group group{std::string{in.text()}};
            group.total = in.get<std::uint64_t>();
            for (auto left = in.count(60); left > 0 && in.ok(); --left) {
                Remark r;
                r.code = group.code;
                r.message = in.text();
                r.severity = in.get<std::int32_t>();
                for (std::string* text : {&r.table, &r.column, &r.pointer}) *text = in.text();
                for (std::uint64_t* number : {&r.line, &r.offset, &r.count}) *number = in.get<std::uint64_t>();
                group.first.push_back(std::move(r));
            }
            all.groups_.push_back(std::move(group));
        }
        return all;
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
