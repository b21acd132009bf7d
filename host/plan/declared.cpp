#include "plan/known_bytes.hpp"
#include "plan/table_plan.hpp"
#include <algorithm>
#include <cstring>

namespace assay::plan {

namespace {

std::optional<Type> type_of_format(std::string_view format) {
    if (format == "b") return Type::boolean;
    if (format == "l") return Type::integer;
    if (format == "g") return Type::real;
    if (format == "u") return Type::text;
    if (format.starts_with("tsu:")) return Type::time;
    return std::nullopt;
}

/// Arrow's metadata encoding: int32 count, then int32 length and bytes of key and value. Answers all of its bytes.
template <class Pair> std::string_view read_metadata(const char* bytes, Pair pair) {
    if (!bytes) return {};
    const char* const begin = bytes;
    const auto number = [&] {
        std::int32_t value = 0;
        std::memcpy(&value, bytes, sizeof value);
        bytes += sizeof value;
        return std::max(value, 0);
    };
    const auto text = [&] {
        const auto size = static_cast<std::size_t>(number());
        const std::string_view out{bytes, size};
        bytes += size;
        return out;
    };
    for (std::int32_t pairs = number(); pairs > 0; --pairs) {
        const auto key = text();
        pair(key, text());
    }
    return {begin, static_cast<std::size_t>(bytes - begin)};
}

void read_metadata(const char* bytes, Declared& column) {
    read_metadata(bytes, [&](std::string_view key, std::string_view value) {
        if (key == "assay.role") column.role = value;
        if (key == "assay.unit") column.unit = value;
        if (key == "assay.direction") column.direction = value;
        if (key == "assay.label") column.label = value;
        if (key == "assay.pointer") column.pointer = value;
        if (key == "assay.untyped") column.untyped = value == "1" && column.type == Type::text;
        if (key == "assay.scope") column.document_scope = value == "document";
    });
}

SharedColumns new_columns(const ArrowSchema& schema, std::string& error) {
    std::vector<Declared> columns;
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
        const ArrowSchema& child = *schema.children[i];
        Declared column;
        column.name = child.name ? child.name : "";
        const auto type = type_of_format(child.format);
        if (!type) {
            error =
                "column '" + column.name + "' has Arrow format '" + child.format + "'; taken are b, l, g, u and tsu:";
            return nullptr;
        }
        column.type = *type;
        read_metadata(child.metadata, column);
        columns.push_back(std::move(column));
    }
    return std::make_shared<const std::vector<Declared>>(std::move(columns));
}

} // namespace

SharedColumns read_schema(const ArrowSchema& schema, std::string& error) {
    if (!schema.format || std::string_view{schema.format} != "+s") {
        error = "the schema is not a struct of columns (Arrow format '+s')";
        return nullptr;
    }
    std::string bytes;
    bytes.reserve(128 * static_cast<std::size_t>(std::clamp<std::int64_t>(schema.n_children, 0, 1024)));
    // Ended as C's texts are; metadata tells its own length.
    const auto put = [&](const char* text) { bytes.append(text, std::strlen(text) + 1); };
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
        const ArrowSchema* child = schema.children ? schema.children[i] : nullptr;
        if (!child || !child->format) {
            error = "column " + std::to_string(i) + " of the schema is null";
            return nullptr;
        }
        put(child->name ? child->name : "");
        put(child->format);
        const std::string_view metadata = read_metadata(child->metadata, [](auto, auto) {});
        bytes.append(1, metadata.empty() ? '\0' : '\1').append(metadata);
    }
    static KnownBytes<SharedColumns> known;
    return known.of(bytes, [&] { return new_columns(schema, error); });
}

} // namespace assay::plan
