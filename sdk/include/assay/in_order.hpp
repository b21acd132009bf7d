#pragma once
// Independent parts of a conclusion, drawn in threads and taken in their order: what comes out is the same for any
// number of threads.
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <optional>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace assay {

namespace detail {

template <class Result> struct Pending {
    std::optional<Result> result;
    std::exception_ptr fault;
    std::atomic<bool> done = false;
};

template <class Pending, class Make, class Take>
void make_some(std::size_t jobs, std::size_t first, std::vector<Pending>& some, Make& make, Take& take) {
    std::atomic<std::size_t> next = 0;
    std::size_t taken = 0;
    const auto take_what_is_done = [&] {
        for (; taken < some.size() && some[taken].done; ++taken) {
            if (some[taken].fault) std::rethrow_exception(some[taken].fault);
            take(first + taken, std::move(*some[taken].result));
            some[taken].result.reset();
        }
    };
    const auto work = [&](std::size_t worker, auto then) {
        for (std::size_t at = 0; (at = next++) < some.size();) {
            try {
                some[at].result.emplace(make(worker, first + at));
            } catch (...) {
                some[at].fault = std::current_exception();
            }
            some[at].done = true;
            then();
        }
    };
    {
        std::vector<std::jthread> others;
        try {
            while (others.size() + 1 < std::min(jobs, some.size()))
                others.emplace_back([&work, worker = others.size() + 1] { work(worker, [] {}); });
        } catch (const std::system_error&) { // no more are to be had: those that there are do the rest
        }
        work(0, take_what_is_done);
    }
    take_what_is_done();
}

} // namespace detail

/// `make(worker, i)` gives the i-th of n results, in any of `jobs` threads at a time, of which this is worker 0; then
/// `take(i, result)` is called here, in order, as soon as all before are there. What `make` throws is thrown in its
/// turn. Not more than 64 results wait.
template <class Make, class Take> void each_in_order(std::size_t jobs, std::size_t n, Make make, Take take) {
    constexpr std::size_t most_waiting = 64;
    using Result = std::invoke_result_t<Make&, std::size_t, std::size_t>;
    for (std::size_t first = 0; first < n; first += most_waiting) {
        std::vector<detail::Pending<Result>> some(std::min(most_waiting, n - first));
        detail::make_some(jobs, first, some, make, take);
    }
}

} // namespace assay
