#pragma once
// The words of a column's name: `mean_TTFT_s` and `Mean TTFT (s)` both give mean, ttft, s.
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan {

/// Lower-case words, split at anything but letters and digits and where a lower-case letter meets an upper-case one.
std::vector<std::string> name_words(std::string_view name);
/// False: none of its words begins with this one, which is in lower case. Cheaper than asking for the words.
bool may_hold_word(std::string_view name, std::string_view word);

/// mean, avg, median, std, min, max, p95, total ...: a word that says the value is a statistic of observations.
bool is_statistic_word(std::string_view word);

/// What `make` says of names, remembered: the tables of a tree have few.
template <class T> class ByName {
  public:
    /// Valid until the next call.
    template <class Make> const T& of(std::string_view name, Make make) {
        constexpr std::size_t most_known = 4096;
        if (const auto found = known_.find(name); found != known_.end()) return found->second;
        if (known_.size() == most_known) known_.clear();
        return known_.emplace(name, make(name)).first->second;
    }

  private:
    std::map<std::string, T, std::less<>> known_;
};

} // namespace assay::plan
