#pragma once
#include <assay/abi.h>
#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

// Options on their way into a plugin: a JSON object as a tree of assay_value.
namespace assay::registry {

// Owns the tree; copies everything, so that the JSON may go. Moving keeps pointers to items valid.
class OptionValues {
  public:
    OptionValues(); // no options: an empty map
    explicit OptionValues(const nlohmann::json& object);
    OptionValues(OptionValues&&) = default;
    OptionValues& operator=(OptionValues&&) = default;
    OptionValues(const OptionValues&) = delete;
    OptionValues& operator=(const OptionValues&) = delete;
    const assay_value* get() const { return &root_; }
    bool empty() const { return root_.n_items == 0; }

  private:
    assay_value value_of(const nlohmann::json&);
    assay_str kept(const std::string&);
    std::deque<std::string> texts_;
    std::deque<std::vector<assay_value>> lists_;
    assay_value root_;
};

} // namespace assay::registry
