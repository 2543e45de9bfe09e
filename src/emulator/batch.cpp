#include "emulator/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "emulator/graph_error.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t most_items = 20;
constexpr std::string_view batch_segment = "$batch";

struct BatchItem {
  std::string id;
  std::string depends_on;  ///< the id of another item; empty: of none
  http::HttpRequest request;
  std::string url;  ///< as the client wrote it
};

std::optional<http::HttpMethod> parse_method(std::string_view name) {
  using enum http::HttpMethod;
  for (const http::HttpMethod method : {get, post, put, patch, del}) {
    if (ascii::equal_ignoring_case(http::to_string(method), name)) return method;
  }
  return std::nullopt;
}

bool same_id(const std::string& left, const std::string& right) {
  return ascii::equal_ignoring_case(left, right);
}

/// A body that is no JSON travels as base64, in either alphabet.
std::optional<std::string> body_of_item(const Json& body, const std::string& content_type) {
  const bool is_json = content_type.find("json") != std::string::npos;
  if (is_json || !body.is_string()) {
    return printed_json(body);
  }
  std::string text = body.get<std::string>();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return base64url_decode(text);
}

/// [G] docs/graph.md#4.1: the page says that such a body is base64 in a request; in an answer it is
/// assumed to be the same.
std::string assumed_text_in_answer(const std::string& text) {
  std::string encoded = base64url_encode(text);
  std::replace(encoded.begin(), encoded.end(), '-', '+');
  std::replace(encoded.begin(), encoded.end(), '_', '/');
  while (encoded.size() % 4 != 0) encoded += '=';
  return encoded;
}

/// The token is the batch's. An item's id of the request is its own where it has one.
http::HttpHeaders headers_of_item(const Call& batch, const Json& headers) {
  http::HttpHeaders result;
  for (const auto& [name, value] : headers.items()) {
    if (value.is_string()) result.set(name, value.get<std::string>());
  }
  for (const char* name : {"Authorization", "client-request-id"}) {
    const bool is_token = std::string_view(name) == "Authorization";
    const std::optional<std::string> of_batch = batch.headers.get(name);
    if (of_batch && (is_token || !result.get(name))) result.set(name, *of_batch);
  }
  return result;
}

/// Reads what comes after the ids of an item; the text says what is wrong.
std::optional<std::string> read_request(const Call& batch, const Json& json, BatchItem& item) {
  const std::optional<http::HttpMethod> method = parse_method(string_or(json, "method"));
  item.url = string_or(json, "url");
  if (!method) return fmt::format("Request id : {} has no method that is known.", item.id);
  if (item.url.empty()) return fmt::format("Request id : {} has no url.", item.id);
  item.request.method = *method;
  item.request.headers = headers_of_item(batch, member_or_null(json, "headers"));
  const std::string type = item.request.headers.get("Content-Type").value_or("");
  const bool has_body = json.contains("body") && !json["body"].is_null();
  const bool is_write = *method != http::HttpMethod::get && *method != http::HttpMethod::del;
  if ((is_write && !has_body) || (has_body && type.empty())) {
    return fmt::format("Write request id : {} does not contain Content-Type header or body.",
                       item.id);
  }
  if (has_body) {
    std::optional<std::string> body = body_of_item(json["body"], type);
    if (!body) return fmt::format("The body of request id : {} is not base64.", item.id);
    item.request.body = std::move(*body);
  }
  item.request.url = fmt::format("{}/{}{}{}", batch.root, batch.version,
                                 item.url.starts_with('/') ? "" : "/", item.url);
  return std::nullopt;
}

std::optional<std::string> read_item(const Call& batch, const Json& json, BatchItem& item) {
  item.id = string_or(json, "id");
  if (item.id.empty()) return "Every request of a batch has an id.";
  const Json& predecessors = member_or_null(json, "dependsOn");
  const bool is_list = predecessors.is_null() || predecessors.is_array();
  if (!is_list || predecessors.size() > 1) {
    return fmt::format("Request id : {} may depend on one other request.", item.id);
  }
  if (!predecessors.empty()) {
    item.depends_on = predecessors[0].is_string() ? predecessors[0].get<std::string>() : "";
    if (item.depends_on.empty()) {
      return fmt::format("Request id : {} depends on what is no id.", item.id);
    }
  }
  return read_request(batch, json, item);
}

const BatchItem* find_item(const std::vector<BatchItem>& items, const std::string& id) {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const BatchItem& item) { return same_id(item.id, id); });
  return found == items.end() ? nullptr : &*found;
}

/// [G] docs/graph.md#4.1: none depends on another, each on the one before, or all that depend on
/// one on the same one, as Microsoft's client knows the orders that the service takes.
bool assumed_order_is_supported(const std::vector<BatchItem>& items) {
  bool is_serial = items.front().depends_on.empty();
  bool is_same = true;
  std::string shared;
  for (std::size_t index = 0; index < items.size(); ++index) {
    const std::string& wanted = items[index].depends_on;
    if (index > 0 && !same_id(wanted, items[index - 1].id)) is_serial = false;
    if (wanted.empty()) continue;
    if (shared.empty()) shared = wanted;
    if (!same_id(wanted, shared) || same_id(wanted, items[index].id)) is_same = false;
  }
  return is_serial || is_same;
}

std::optional<std::string> check_ids(const std::vector<BatchItem>& items) {
  for (const BatchItem& item : items) {
    if (find_item(items, item.id) != &item) {
      return fmt::format("Request id : {} stands more than once in the batch.", item.id);
    }
    if (!item.depends_on.empty() && !find_item(items, item.depends_on)) {
      return fmt::format("Request id : {} depends on {}, which is not in the batch.", item.id,
                         item.depends_on);
    }
  }
  if (assumed_order_is_supported(items)) return std::nullopt;
  return "Batch should be either fully sequential or fully parallel.";
}

std::optional<std::string> read_items(const Call& batch, std::vector<BatchItem>& items) {
  const Json& requests = member_or_null(batch.body, "requests");
  if (!requests.is_array() || requests.empty()) return "Invalid batch payload format.";
  if (requests.size() > most_items) {
    return fmt::format("A batch has at most {} requests, and this one has {}.", most_items,
                       requests.size());
  }
  for (const Json& request : requests) {
    if (auto fault = read_item(batch, request, items.emplace_back())) return fault;
  }
  return check_ids(items);
}

/// [G] The page speaks of relative URLs and not of what becomes of others; no batch holds another.
std::optional<Reply> assumed_refusal_of_url(const std::string& url) {
  if (url.find("://") < url.find('?')) {
    return gateway_refusal(fmt::format("'{}' is not relative to the version's root.", url));
  }
  const std::string_view path = std::string_view(url).substr(url.starts_with('/') ? 1 : 0);
  if (!ascii::equal_ignoring_case(path.substr(0, path.find_first_of("?/")), batch_segment)) {
    return std::nullopt;
  }
  return gateway_refusal("A batch cannot hold another one.");
}

/// A fault may have made something else of it: what the emulator itself answers is an object.
bool holds_object(const http::HttpResponse& response) {
  const std::string type = response.headers.get("Content-Type").value_or("");
  return type.find("json") != std::string::npos && response.body.starts_with('{');
}

/// Adds the text of an item's answer, its body as it is: it may be a whole schema document.
void append_answer(std::string& text, const std::string& id, const http::HttpResponse& response) {
  Json headers = Json::object();
  for (const auto& [name, value] : response.headers.fields()) headers[name] = value;
  const Json head = {{"id", id}, {"status", response.status}, {"headers", std::move(headers)}};
  if (!text.empty()) text += ',';
  text += printed_json(head);
  if (response.body.empty()) return;
  text.back() = ',';
  text += "\"body\":";
  if (holds_object(response)) {
    text += response.body;
  } else {
    text += printed_json(Json(assumed_text_in_answer(response.body)));
  }
  text += '}';
}

/// Runs the items, those that wait for another behind it, and keeps what they were answered.
class BatchRun {
 public:
  BatchRun(const Call& batch, const BatchItemHandler& answer_item, const AroundItem& around_item)
      : batch_(batch), answer_item_(answer_item), around_item_(around_item) {}

  /// Whether the batch goes on behind the item.
  bool run(const BatchItem& item) {
    const std::optional<Reply> refusal = refusal_of(item);
    const auto answer_to_item = [&] {
      return refusal ? answer(batch_, *refusal) : answer_item_(item.request);
    };
    const std::optional<http::HttpResponse> response =
        around_item_ ? around_item_({item.request, refusal.has_value(), answer_to_item})
                     : answer_to_item();
    if (!response) return false;
    statuses_[ascii::lower(item.id)] = response->status;
    append_answer(responses_, item.id, *response);
    return true;
  }
  [[nodiscard]] const std::string& responses() const { return responses_; }

 private:
  [[nodiscard]] std::optional<Reply> refusal_of(const BatchItem& item) const {
    const auto predecessor = statuses_.find(ascii::lower(item.depends_on));
    const bool has_failed = predecessor != statuses_.end() && predecessor->second >= 400;
    if (!has_failed) return assumed_refusal_of_url(item.url);
    return graph_error(
        424, "FailedDependency",
        fmt::format("Request id : {}, on which this one depends, has failed.", item.depends_on));
  }

  const Call& batch_;
  const BatchItemHandler& answer_item_;
  const AroundItem& around_item_;
  std::map<std::string, int> statuses_;  // by id in lower case
  std::string responses_;                // joined by commas
};

}  // namespace

bool is_batch_path(const std::vector<std::string>& segments) {
  return segments.size() == 2 && ascii::equal_ignoring_case(segments[1], batch_segment);
}

Reply run_batch(const Call& call, const BatchItemHandler& answer_item,
                const AroundItem& around_item) {
  std::vector<BatchItem> items;
  items.reserve(most_items);
  if (const std::optional<std::string> fault = read_items(call, items)) {
    return gateway_refusal(*fault);
  }
  BatchRun run(call, answer_item, around_item);
  // Serial items stand in their order already; of the others, whoever waits comes last.
  std::stable_partition(items.begin(), items.end(),
                        [](const BatchItem& item) { return item.depends_on.empty(); });
  for (const BatchItem& item : items) {
    if (!run.run(item)) break;
  }
  Reply reply;
  reply.object = "{\"responses\":[" + run.responses() + "]}";
  return reply;
}

}  // namespace syncwright::emulator
