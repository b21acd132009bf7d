// A value that most have no need of: it takes the room of a pointer where there is none. Copies are deep.
#pragma once
#include <memory>
#include <utility>

namespace assay::stats {

template <class T> class Boxed {
  public:
    Boxed() = default;
    Boxed(const Boxed& other) : value{other.value ? std::make_unique<T>(*other.value) : nullptr} {}
    Boxed(Boxed&&) noexcept = default;
    Boxed& operator=(const Boxed& other) { return *this = Boxed{other}; }
    Boxed& operator=(Boxed&&) noexcept = default;
    ~Boxed() = default;

    explicit operator bool() const { return value != nullptr; }
    T* operator->() { return value.get(); }
    const T* operator->() const { return value.get(); }
    T& operator*() { return *value; }
    const T& operator*() const { return *value; }
    T& emplace(T made) { return *(value = std::make_unique<T>(std::move(made))); }
    void reset() { value.reset(); }

  private:
    std::unique_ptr<T> value;
};

} // namespace assay::stats
