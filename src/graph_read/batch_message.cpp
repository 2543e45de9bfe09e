#include "graph_read/batch_message.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "syncwright/core/json.h"

namespace syncwright::graph_read {

// The answers hold whole schema documents. Their text is cut out of the batch's as it stands there
// (docs/architecture.md#decision-12); nlohmann would read and print it once more.

namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::string_view kJson = "application/json";

/// Ids are the positions, from 1.
std::string item_start(std::size_t position, const char* method, std::string_view path) {
  return fmt::format(R"({{"id":"{}","method":"{}","url":{})", position, method,
                     Json(std::string(path)).dump());
}

/// A read behind the first request, which it waits for unless that is a read as well.
std::string read_item(std::size_t position, std::string_view path, bool waits) {
  std::string text = item_start(position, "GET", path);
  if (waits) text += fmt::format(R"(,"dependsOn":["{}"])", position - 1);
  return text + "}";
}

/// An item that writes has a body and says what it is, be it `{}` (docs/graph.md#4.1).
bool needs_body(http::HttpMethod method) {
  return method != http::HttpMethod::get && method != http::HttpMethod::del;
}

std::vector<http::HttpItem> items_of(const std::string& root, const http::HttpRequest& first,
                                     const std::vector<std::string>& paths) {
  const auto without_query = [](const std::string& path) { return path.substr(0, path.find('?')); };
  std::vector<http::HttpItem> items{{first.method, without_query(first.url.substr(root.size()))}};
  for (const std::string& path : paths) {
    items.push_back({http::HttpMethod::get, without_query(path)});
  }
  return items;
}

std::optional<std::size_t> position_of(std::string_view id, std::size_t count) {
  std::size_t position = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), position);
  if (error != std::errc() || end != id.data() + id.size()) return std::nullopt;
  if (position < 1 || position > count) return std::nullopt;
  return position - 1;
}

void read_headers(ondemand::value value, http::HttpHeaders& headers) {
  ondemand::object object;
  if (value.get_object().get(object)) return;
  for (auto field : object) {
    std::string_view name;
    std::string_view text;
    ondemand::value content;
    if (field.unescaped_key().get(name) || field.value().get(content)) return;
    if (content.get_string().get(text)) continue;
    headers.add(std::string(name), std::string(text));
  }
}

/// A body that is no JSON is base64 in a string (docs/graph.md#4.1); none of those that are asked
/// for is, so that it stays as it is.
void read_body(ondemand::value value, std::string& body) {
  ondemand::json_type type{};
  std::string_view text;
  if (value.type().get(type) || type == ondemand::json_type::null) return;
  if (!simdjson::to_json_string(value).get(text)) body = text;
}

/// One of `responses`; what is broken leaves the status 0. False: one of its id was there before.
bool take_item(ondemand::value value, std::vector<http::HttpResponse>& items) {
  ondemand::object object;
  if (value.get_object().get(object)) return true;
  std::string id;
  http::HttpResponse response;
  for (auto field : object) {
    std::string_view key;
    ondemand::value member;
    if (field.unescaped_key().get(key) || field.value().get(member)) return true;
    std::string_view text;
    std::int64_t number = 0;
    if (key == "id" && !member.get_string().get(text)) id = text;
    if (key == "status" && !member.get_int64().get(number) && number >= 100 && number < 600) {
      response.status = static_cast<int>(number);
    }
    if (key == "headers") read_headers(member, response.headers);
    if (key == "body") read_body(member, response.body);
  }
  const auto position = position_of(id, items.size());
  if (!position) return true;
  if (items[*position].status != 0) return false;
  items[*position] = std::move(response);
  return true;
}

}  // namespace

http::HttpRequest batch_request(const std::string& root, const http::HttpRequest& first,
                                const std::vector<std::string>& paths) {
  std::string start =
      R"({"requests":[)" +
      item_start(1, to_string(first.method), std::string_view(first.url).substr(root.size()));
  std::string end = "}";
  for (std::size_t at = 0; at < paths.size(); ++at) {
    end += "," + read_item(at + 2, paths[at], first.method != http::HttpMethod::get);
  }
  end += "]}";
  const bool has_body = needs_body(first.method);
  if (has_body) start += fmt::format(R"(,"headers":{{"Content-Type":"{}"}},"body":)", kJson);

  http::HttpRequest batch;
  batch.method = http::HttpMethod::post;
  batch.url = root + "/$batch";
  batch.items = items_of(root, first, paths);
  batch.headers = first.headers;
  batch.headers.set("Content-Type", std::string(kJson));
  batch.repeatable = first.repeatable;
  batch.confidential = first.confidential;
  batch.secrets = first.secrets;
  batch.timeout = first.timeout;
  batch.max_response_bytes =
      first.max_response_bytes + paths.size() * http::HttpRequest().max_response_bytes;
  // It may hold secrets: one buffer that does not grow can be wiped.
  batch.body.reserve(start.size() + first.body.size() + 2 + end.size());
  batch.body += start;
  if (has_body) batch.body += first.body.empty() ? std::string_view("{}") : first.body;
  batch.body += end;
  return batch;
}

std::vector<http::HttpResponse> read_batch_answer(http::HttpResponse answer, std::size_t count) {
  std::vector<http::HttpResponse> items(count);
  answer.body.reserve(answer.body.size() + simdjson::SIMDJSON_PADDING);
  ondemand::parser parser;
  ondemand::document document;
  ondemand::array responses;
  if (parser.iterate(simdjson::padded_string_view(answer.body)).get(document)) return items;
  if (document.find_field("responses").get_array().get(responses)) return items;
  for (auto response : responses) {
    ondemand::value item;
    if (response.get(item)) break;
    if (!take_item(item, items)) return std::vector<http::HttpResponse>(count);
  }
  for (http::HttpResponse& item : items) item.protocol = answer.protocol;
  return items;
}

}  // namespace syncwright::graph_read
