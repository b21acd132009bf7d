// How often each of many numbers occurs. Measurements have few digits: where millions were taken, thousands differ.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::stats {

class FrequencyTable {
  public:
    void add(std::span<const double> ascending); // finite values
    void merge(const FrequencyTable& other);

    std::uint64_t count() const { return n; } // with the repeated ones
    std::size_t distinct() const { return entries.size(); }
    double at(std::uint64_t rank) const; // of all in order, from 0; rank < count()
    template <class Use> void each(Use use) const {
        for (const Entry& entry : entries) use(entry.value, entry.times); // ascending
    }

    friend void encode(std::string& out, const FrequencyTable&);
    friend bool decode(std::string_view& in, FrequencyTable& out);

  private:
    struct Entry {
        double value;
        std::uint64_t times;
    };
    void merge(std::span<const Entry> others);

    std::vector<Entry> entries; // values ascend
    std::uint64_t n = 0;
};

} // namespace assay::stats
