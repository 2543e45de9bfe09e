#pragma once

#include <deque>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/emulator/weather.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// What was asked: of each request method, path, query, status, request-id and time; never a header
/// or a body, which may hold secrets. Where a fault struck, its rule. Of a $batch, the same of each
/// item that was answered. Thread-safe.
class RequestLog {
 public:
  RequestLog() = default;
  RequestLog(const RequestLog&) = delete;
  RequestLog& operator=(const RequestLog&) = delete;
  ~RequestLog();

  /// Writes each to that file too, one JSON line each.
  Result<void> open(const std::filesystem::path& path);
  /// `target`: path and query as they were sent. The status 0 is an answer that never was.
  void add(const http::HttpRequest& request, std::string_view target,
           const WeatheredAnswer& answered);

  /// The last ones, oldest first.
  [[nodiscard]] Json recent() const;
  /// Forgets those; a file keeps them.
  void forget();

  static constexpr std::size_t kMostRecent = 1'000;

 private:
  void append(std::string_view text);

  mutable std::mutex mutex_;
  std::deque<Json> recent_;
  int descriptor_ = -1;
};

}  // namespace syncwright::emulator
