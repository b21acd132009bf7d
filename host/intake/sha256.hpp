#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace assay::intake {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces. Throws std::runtime_error where there is none to be had.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::string_view bytes);
    std::string finish(); ///< 32 bytes. Call once, at the end.

  private:
    struct State;
    std::unique_ptr<State> state;
};

std::string sha256(std::string_view bytes); ///< 32 bytes

/// The SHA-256 of each `block` bytes of `bytes`, whose last ones may be fewer, one behind the other: 32 bytes each.
/// Several at a time where the processor and a library can.
std::string sha256_of_blocks(std::string_view bytes, std::size_t block);

std::string hex(std::string_view bytes); ///< two lower-case digits each

} // namespace assay::intake
