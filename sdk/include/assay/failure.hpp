#pragma once
// How a plugin says that it cannot go on. Thrown inside the plugin, turned into an assay_error at its edge.
#include <stdexcept>
#include <string>

namespace assay {

/// The artifact or stage fails: `reason` is a stable word ("truncated"), `message` one sentence for a person.
struct Failure : std::runtime_error {
    std::string reason;
    Failure(std::string why, const std::string& message) : std::runtime_error{message}, reason{std::move(why)} {}
};

/// A parser finds on reading that the content is of another kind.
struct NotMine : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// An option has a value that its type allows and the component does not.
struct BadOption : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Saved state is truncated, of another version or of another stage.
struct BadState : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A call into the host answered other than ASSAY_OK; passes through the plugin unchanged.
struct HostStopped {
    int code;
    std::string reason, message;
};

} // namespace assay
