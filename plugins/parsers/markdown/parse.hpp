#pragma once
// The parser: which content is Markdown, and its way to nodes and tables.
#include <assay/sdk.hpp>

namespace assay::markdown {

struct MarkdownParser final : Parser {
    static constexpr Manifest manifest{.id = "markdown",
                                       .summary = "Markdown documents: blocks with their lines, and pipe tables",
                                       .extensions = {".md", ".markdown"}};
    Confidence probe(const Head& head) const override;
    void parse(Input& in, Sink& out) override;
};

} // namespace assay::markdown
