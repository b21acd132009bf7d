#pragma once
// Between assay_str and std::string_view, and ranges over arrays whose element may be larger than ours.
#include <assay/abi.h>
#include <cstddef>
#include <string_view>

namespace assay {

inline assay_str to_abi(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view view(assay_str text) { return text.data ? std::string_view{text.data, text.size} : ""; }

/// Elements `stride` bytes apart: an array made by a side whose struct may have grown since this was compiled.
template <class T> class Strided {
  public:
    Strided() = default;
    Strided(const T* first, std::size_t count, std::size_t stride)
        : first_{reinterpret_cast<const char*>(first)}, count_{count}, stride_{stride} {}

    struct iterator {
        const char* at;
        std::size_t stride;
        const T& operator*() const { return *reinterpret_cast<const T*>(at); }
        const T* operator->() const { return reinterpret_cast<const T*>(at); }
        iterator& operator++() {
            at += stride;
            return *this;
        }
        bool operator!=(const iterator& other) const { return at != other.at; }
        bool operator==(const iterator& other) const { return at == other.at; }
    };
    iterator begin() const { return {first_, stride_}; }
    iterator end() const { return {first_ + count_ * stride_, stride_}; }
    const T& operator[](std::size_t index) const { return *reinterpret_cast<const T*>(first_ + index * stride_); }
    std::size_t size() const { return count_; }
    bool empty() const { return count_ == 0; }

  private:
    const char* first_ = nullptr;
    std::size_t count_ = 0;
    std::size_t stride_ = sizeof(T);
};

inline Strided<assay_column> columns(const assay_table& table) {
    return {table.columns, table.n_columns, table.column_size};
}
inline Strided<assay_artifact> artifacts(const assay_corpus& corpus) {
    return {corpus.artifacts, corpus.n_artifacts, corpus.artifact_size};
}
inline Strided<assay_dataset> datasets(const assay_corpus& corpus) {
    return {corpus.datasets, corpus.n_datasets, corpus.dataset_size};
}
inline Strided<assay_table_record> tables(const assay_artifact& artifact) {
    return {artifact.tables, artifact.n_tables, artifact.table_size};
}

} // namespace assay
