#include "emulator/server/request_log.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "syncwright/core/file.h"

namespace syncwright::emulator {

namespace {

Json log_line(http::HttpMethod method, std::string_view target, const http::HttpResponse& response,
              const std::string& fault) {
  const std::size_t question = target.find('?');
  const bool has_query = question != std::string_view::npos;
  Json line = {{"method", to_string(method)},
               {"path", target.substr(0, question)},
               {"query", has_query ? target.substr(question + 1) : std::string_view{}},
               {"requestId", response.headers.get("request-id").value_or("")},
               {"status", response.status},
               {"time", response.headers.get("Date").value_or("")}};
  if (!fault.empty()) line["fault"] = fault;
  return line;
}

}  // namespace

RequestLog::~RequestLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> RequestLog::open(const std::filesystem::path& path) {
  Result<int> opened = open_for_appending(path);
  if (!opened) return fail(within(std::move(opened.error()), "the request log"));
  descriptor_ = *opened;
  return {};
}

void RequestLog::add(const http::HttpRequest& request, std::string_view target,
                     const WeatheredAnswer& answered) {
  Json line = log_line(request.method, target, answered.response, answered.fault);
  for (const WeatheredItem& item : answered.items) {
    line["items"].push_back(log_line(item.method, item.target, item.response, item.fault));
  }
  const std::string text = descriptor_ >= 0 ? canonical_json(line) + "\n" : std::string();
  const std::scoped_lock lock(mutex_);
  recent_.push_back(std::move(line));
  if (recent_.size() > kMostRecent) recent_.pop_front();
  if (!text.empty()) append(text);
}

/// What the file does not take is not logged: the request was answered all the same.
void RequestLog::append(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

Json RequestLog::recent() const {
  const std::scoped_lock lock(mutex_);
  Json all = Json::array();
  for (const Json& line : recent_) all.push_back(line);
  return all;
}

void RequestLog::forget() {
  const std::scoped_lock lock(mutex_);
  recent_.clear();
}

}  // namespace syncwright::emulator
