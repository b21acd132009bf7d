#pragma once
#include <assay/abi.h>
#include <cstdint>
#include <string>

// What a call into a plugin answered.
namespace assay::registry {

struct Outcome {
    std::int32_t code = ASSAY_OK; // ASSAY_OK .. ASSAY_INTERNAL, whatever the plugin said
    std::string reason, message;  // empty where ok; otherwise always both
    bool ok() const { return code == ASSAY_OK; }
};

// The assay_error that is handed to a call, and the outcome made of it. Texts are copied and cut to 64 KiB.
class ErrorReceiver {
  public:
    ErrorReceiver();
    ErrorReceiver(const ErrorReceiver&) = delete;
    ErrorReceiver& operator=(const ErrorReceiver&) = delete;
    assay_error* error() { return &error_; }
    Outcome outcome(std::int32_t code) &&;

  private:
    static void set(assay_error*, assay_str reason, assay_str message) noexcept;
    assay_error error_;
    std::string reason_, message_;
};

} // namespace assay::registry
