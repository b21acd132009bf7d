#pragma once
// A host in miniature, for the unit tests of a parser: it drives the parser through the C calls the real host uses,
// checks what comes back against the contract of abi.h, and gives tables as text.
//
//     MyParser parser;
//     const auto got = assay::testkit::parse(parser, "a,b\n1,2\n", "x.csv", {.options = {{"header", "yes"}}});
//     BOOST_TEST(got.tables.at(0).rows.at(0).at(1).value() == "2");
//
// A parser that breaks the contract (a batch of the wrong types, chunks that descend, text that is not UTF-8, ...)
// makes `parse` throw std::logic_error with all that was wrong; a parser that fails as it may is seen in
// `Parsed::code`.
#include <assay/testkit/checking_sink.hpp>
#include <assay/testkit/input.hpp>
#include <assay/testkit/seen.hpp>
#include <cstdint>

namespace assay::testkit {

/// Configures `parser` and lets it parse `bytes` as a file called `name`.
inline Parsed parse(Parser& parser, std::string_view bytes, std::string_view name = "artifact",
                    const Settings& settings = {}) {
    const assay_parser* calls = assay::detail::parser_calls<Parser>();
    Parsed out;
    assay::detail::ErrorText error;
    const detail::OptionTree options{settings.options};
    out.code = calls->configure(&parser, options.root(), &error.error);
    detail::CheckingSink sink{out, settings};
    if (out.code == ASSAY_OK) {
        detail::MemoryInput input{bytes, name, settings};
        out.code = calls->parse(&parser, input.get(), sink.get(), &error.error);
    }
    out.reason = error.reason;
    out.message = error.message;
    sink.check();
    return out;
}

/// What the parser answers when it is shown the first `head_bytes` of a file.
inline Confidence probe(Parser& parser, std::string_view bytes, std::string_view name = "artifact",
                        std::size_t head_bytes = 65536) {
    const assay_parser* calls = assay::detail::parser_calls<Parser>();
    assay::detail::ErrorText error;
    Confidence out;
    assay_sink reason{sizeof(assay_sink), &out.reason,
                      [](assay_sink* self, const void* data, std::size_t size) -> std::int32_t {
                          static_cast<std::string*>(self->self)->append(static_cast<const char*>(data), size);
                          return ASSAY_OK;
                      }};
    const assay_head head{sizeof(assay_head), to_abi(name), to_abi(bytes.substr(0, head_bytes)),
                          bytes.size() <= head_bytes ? 1 : 0};
    assay_probe answer{sizeof(assay_probe), 0, &reason};
    error.check(calls->probe(&parser, &head, &answer, &error.error));
    out.value = answer.confidence;
    if (out.value < 0 || out.value > 100) throw std::logic_error{"a confidence is 0 to 100"};
    return out;
}

} // namespace assay::testkit
