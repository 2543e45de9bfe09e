#include "emulator/store/log.h"

#include <cstddef>
#include <utility>

namespace syncwright::emulator {

namespace {

constexpr std::size_t max_log_entries = 20'000;

}  // namespace

void Log::append(Json entry) {
  has_changed_ = true;
  entries_.push_back(std::move(entry));
  if (entries_.size() > max_log_entries) entries_.pop_front();
}

std::deque<Json> Log::newest_first() const {
  return std::deque<Json>(entries_.rbegin(), entries_.rend());
}

}  // namespace syncwright::emulator
