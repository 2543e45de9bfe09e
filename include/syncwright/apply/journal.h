#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"
#include "syncwright/core/json.h"

namespace syncwright::apply {

/// What happened to a write, for the journal.
struct JournalOutcome {
  int status = 0;  ///< HTTP status, 0 where there was no answer
  std::string request_id;
  std::string outcome;     ///< done, failed, unknown
  std::string error_kind;  ///< empty where done
  std::string error_code;  ///< Graph's
};

/// The record of every write: JSON lines, one "intent" before it, on disk before the request is
/// sent, and one "outcome" after it, on disk with the next intent of any thread. Holds names of
/// changes and operations, status and request ids; never a body, a header or a text that a server
/// wrote. Appends; thread-safe.
class Journal {
 public:
  /// Makes the folder and the file (mode 0600). A pipe needs a reader already: an Error otherwise.
  [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const std::filesystem::path& path,
                                                             const Clock& clock);
  /// Records nothing: for an operator's hand where no file can be written, so that an emergency
  /// pause does not hang on one.
  [[nodiscard]] static std::unique_ptr<Journal> without_file(const Clock& clock);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// An Error means that nothing must be written to the tenant.
  [[nodiscard]] Result<void> intent(const std::string& change, const std::string& operation);
  [[nodiscard]] Result<void> outcome(const std::string& change, const std::string& operation,
                                     const JournalOutcome& outcome);

 private:
  Journal(std::filesystem::path path, int descriptor, const Clock& clock)
      : path_(std::move(path)), descriptor_(descriptor), clock_(clock) {}
  [[nodiscard]] Result<void> append(Json line);
  [[nodiscard]] Result<void> sync();

  std::filesystem::path path_;
  int descriptor_;  ///< -1: without a file
  const Clock& clock_;
  std::mutex writing_;
  std::mutex syncing_;
  std::atomic<std::uint64_t> written_ = 0;  ///< lines
  std::uint64_t synced_ = 0;                ///< of them, on disk
};

}  // namespace syncwright::apply
