#pragma once

#include <cstddef>
#include <functional>

namespace syncwright {

/// Runs `task(0) ... task(count - 1)` on at most `threads` threads and returns when all are done.
/// Tasks start in order; an exception that leaves a task ends the program (exit 70).
void run_parallel(std::size_t count, std::size_t threads,
                  const std::function<void(std::size_t)>& task);

}  // namespace syncwright
