#pragma once
// Waiting before another try: longer each time, and not in step with others who wait.
#include <chrono>
#include <functional>
#include <random>
#include <thread>

namespace assay::chat {

class Backoff {
  public:
    explicit Backoff(double first_s) : wait_s_{first_s} {}
    /// Seconds: the doubled wait, half of it to half more.
    double next() {
        const double wait = wait_s_ * std::uniform_real_distribution<double>{0.5, 1.5}(random_);
        wait_s_ *= 2;
        return wait;
    }

  private:
    double wait_s_;
    std::mt19937 random_{std::random_device{}()};
};

/// False where it was cancelled.
inline bool wait_until(std::chrono::steady_clock::time_point end, const std::function<bool()>& cancelled) {
    while (std::chrono::steady_clock::now() < end) {
        if (cancelled && cancelled()) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return true;
}

} // namespace assay::chat
