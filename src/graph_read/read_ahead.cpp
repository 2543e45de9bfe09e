#include "syncwright/graph_read/read_ahead.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph_read/batch_message.h"
#include "syncwright/core/json.h"
#include "syncwright/core/secret.h"

namespace syncwright::graph_read {

namespace {

/// Secrets go by themselves: whoever takes batches apart need not see them.
bool is_batchable(const http::HttpRequest& request) {
  return request.body.empty() || !request.confidential;
}

/// [G] docs/graph.md#4.1: how the service says that it takes this request in no batch. Nothing was
/// carried out then.
bool assumed_refusal_of_item(int status) {
  return status == 400 || status == 405 || status == 501;
}

/// [G] docs/graph.md#4.1: how a service says that it takes no batches at all.
bool assumed_refusal_of_batches(int status) {
  const bool is_passing = status == 408 || status == 429;
  return status == 501 || (status >= 400 && status < 500 && !is_passing);
}

/// [G] docs/graph.md#4.1: whether a request may be answered that was not while it was in a batch: a
/// gateway that breaks off what it does not know, or all answers together are too large.
bool assumed_fault_of_batch(ErrorKind kind) {
  return kind == ErrorKind::transport || kind == ErrorKind::timeout || kind == ErrorKind::too_large;
}

/// A refused batch may have met a gateway behind which it was carried out. What must not be done
/// twice is answered as by a service that failed: its sender looks before it sends it again.
http::HttpResponse failure_of(int status) {
  const Json error = {{"code", "BatchRefused"},
                      {"message", fmt::format("the batch was answered {}", status)}};
  return {503, {{"Content-Type", "application/json"}}, canonical_json({{"error", error}})};
}

/// All that is read is an object; a text is what the service made of something else.
bool is_read(const http::HttpResponse& answer) {
  return answer.status == 200 && answer.body.starts_with('{');
}

/// Whether the request goes out once more, by itself, after it was answered so in a batch. Items
/// are not repeated by the transport below; status 0: the batch's answer lacks it.
bool may_go_alone(const http::HttpRequest& request, const http::HttpResponse& answer) {
  const int status = answer.status;
  if (request.method == http::HttpMethod::get) return !is_read(answer) && status != 404;
  if (assumed_refusal_of_item(status)) return true;
  const bool passes = status == 0 || status == 429 || status >= 500;
  return passes && request.repeatable == http::Repeatable::yes;
}

constexpr const char* kMalformed =
    "POST /v1.0/$batch: the answer to the first request is missing (proxy or gateway?)";

}  // namespace

Result<http::HttpResponse> ReadAhead::send(const http::HttpRequest& request, std::stop_token stop) {
  const std::vector<std::string> paths = std::exchange(announced_, {});
  if (request.method == http::HttpMethod::get) {
    if (auto known = known_.extract(request.url)) return std::move(known.mapped());
  }
  known_.clear();
  if (paths.empty() || !support_.is_supported() || !is_batchable(request)) {
    return next_.send(request, std::move(stop));
  }
  return send_batch(request, paths, stop);
}

Result<http::HttpResponse> ReadAhead::send_batch(const http::HttpRequest& request,
                                                 const std::vector<std::string>& paths,
                                                 const std::stop_token& stop) {
  http::HttpRequest batch = batch_request(root_, request, paths);
  Result<http::HttpResponse> answer = next_.send(batch, stop);
  if (batch.confidential) wipe(batch.body);
  if (answer && answer->status == 401) return answer;  // the token is renewed
  if (!answer) {
    if (!assumed_fault_of_batch(answer.error().kind)) return answer;
    support_.give_up();
    return request.repeatable == http::Repeatable::yes ? next_.send(request, stop) : answer;
  }
  if (answer->status != 200) {
    support_.give_up();
    if (request.repeatable == http::Repeatable::yes) return next_.send(request, stop);
    if (assumed_refusal_of_batches(answer->status)) return failure_of(answer->status);
    return answer;
  }
  std::vector<http::HttpResponse> items = read_batch_answer(*std::move(answer), paths.size() + 1);
  const bool throttled =
      std::any_of(items.begin(), items.end(), [](const auto& item) { return item.status == 429; });
  http::HttpResponse first = std::move(items.front());
  // Each item counts against the limits, and single requests share a budget.
  if (throttled || first.status == 0) support_.give_up();
  if (may_go_alone(request, first)) {
    Result<http::HttpResponse> alone = next_.send(request, stop);
    if (assumed_refusal_of_item(first.status) && alone && alone->status < 300) support_.give_up();
    return alone;
  }
  if (first.status == 0) return fail(ErrorKind::malformed, kMalformed);
  keep(paths, std::move(items));
  return first;
}

void ReadAhead::keep(const std::vector<std::string>& paths,
                     std::vector<http::HttpResponse> answers) {
  for (std::size_t at = 0; at < paths.size(); ++at) {
    http::HttpResponse& answer = answers[at + 1];
    if (is_read(answer)) known_.insert_or_assign(root_ + paths[at], std::move(answer));
  }
}

}  // namespace syncwright::graph_read
