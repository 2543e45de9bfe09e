#include "syncwright/apply/journal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "syncwright/core/file.h"
#include "syncwright/core/redaction.h"

namespace syncwright::apply {

namespace {

constexpr const char* nothing_unjournalled =
    "Nothing is written to the tenant that cannot be journalled.";

Error journal_error(const std::filesystem::path& path, int code) {
  Error error;
  error.kind = ErrorKind::io;
  error.message = fmt::format("the journal: cannot write {}: {}", path.string(),
                              std::error_code(code, std::generic_category()).message());
  error.advice = nothing_unjournalled;
  return error;
}

/// 0 or an errno. One write call where the system allows it: lines of two runs do not mix.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& path,
                                               const Clock& clock) {
  const Result<int> descriptor = open_for_appending(path);
  if (!descriptor) {
    Error error = within(descriptor.error(), "the journal");
    if (error.advice.empty()) error.advice = nothing_unjournalled;
    return fail(std::move(error));
  }
  return std::unique_ptr<Journal>(new Journal(path, *descriptor, clock));
}

std::unique_ptr<Journal> Journal::without_file(const Clock& clock) {
  return std::unique_ptr<Journal>(new Journal({}, -1, clock));
}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> Journal::intent(const std::string& change, const std::string& operation) {
  auto written = append({{"kind", "intent"}, {"change", change}, {"operation", operation}});
  return written ? sync() : written;
}

Result<void> Journal::outcome(const std::string& change, const std::string& operation,
                              const JournalOutcome& outcome) {
  Json line = {{"kind", "outcome"},
               {"change", change},
               {"operation", operation},
               {"status", outcome.status},
               {"requestId", request_id_for_log(outcome.request_id)},
               {"outcome", outcome.outcome}};
  if (!outcome.error_kind.empty()) line["errorKind"] = outcome.error_kind;
  if (!outcome.error_code.empty()) line["errorCode"] = outcome.error_code;
  return append(std::move(line));
}

Result<void> Journal::append(Json line) {
  if (descriptor_ < 0) return {};
  line["time"] = format_rfc3339(clock_.now());
  const std::string text = canonical_json(line) + "\n";
  const std::scoped_lock lock(writing_);
  if (const int code = write_all(descriptor_, text); code != 0) {
    return fail(journal_error(path_, code));
  }
  ++written_;
  return {};
}

/// One sync serves every line that was written before it, so that many threads wait for one disk
/// and not for each other.
Result<void> Journal::sync() {
  if (descriptor_ < 0) return {};
  const std::uint64_t own = written_;
  const std::scoped_lock lock(syncing_);
  if (synced_ >= own) return {};
  const std::uint64_t reached = written_;
  // /dev/null and pipes cannot be synced; they have no disk to reach.
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) {
    return fail(journal_error(path_, errno));
  }
  synced_ = reached;
  return {};
}

}  // namespace syncwright::apply
