#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"

namespace syncwright::http {

/// The methods that syncwright sends; `del` is DELETE.
enum class HttpMethod { get, post, put, patch, del };
[[nodiscard]] const char* to_string(HttpMethod method);  // "GET" ... "DELETE"

/// Names compare without regard to case; order and repetition are kept.
class HttpHeaders {
 public:
  HttpHeaders() = default;
  HttpHeaders(std::initializer_list<std::pair<std::string, std::string>> fields)
      : fields_(fields) {}

  void set(std::string name, std::string value);  ///< replaces all of that name
  void add(std::string name, std::string value);
  [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& fields() const {
    return fields_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// What a retry may assume about a request (docs/architecture.md#decision-7).
enum class Repeatable {
  yes,             ///< GET, or a write that says the same thing twice: DELETE, start
  until_answered,  ///< the same, but a 500 is the answer: validateCredentials logs in elsewhere
  when_throttled,  ///< on 429, and on 503 with Retry-After: provisionOnDemand
  /// Never sent again, and not kept waiting either: the body was made from a read that grows old.
  /// The sender reads anew before it sends again.
  from_read,
  no,  ///< never: creates. Whatever the answer was, the sender looks first.
};

/// One of several requests that travel in the body of another (a `$batch` of Graph's).
struct HttpItem {
  HttpMethod method = HttpMethod::get;
  std::string path;  ///< without its query
};

/// What is sent. Its body and its headers may hold secrets.
struct HttpRequest {
  HttpMethod method = HttpMethod::get;
  std::string url;  ///< absolute, already percent-encoded
  HttpHeaders headers;
  std::string body;
  Repeatable repeatable = Repeatable::yes;
  std::vector<HttpItem> items = {};  ///< all that the body asks for, where it is a batch
  bool confidential = false;         ///< body or answer holds a secret: traces print its size only
  std::size_t max_response_bytes = 16u << 20u;
  /// Values in the body that no text about the answer may repeat (graph_read/answer_text.h). They
  /// outlive the exchange.
  std::vector<std::string_view> secrets = {};
  std::optional<Milliseconds> timeout =
      std::nullopt;  ///< of the whole request; else the transport's
};

/// A complete answer, whatever its status says.
struct HttpResponse {
  int status = 0;
  HttpHeaders headers;
  std::string body;
  std::string protocol = {};  ///< "HTTP/2", "HTTP/1.1"; empty where no socket was involved
};

/// The one door to the outside. `send` blocks, is thread-safe, follows no redirect (a 3xx comes
/// back as it is) and returns any complete answer, whatever its status; an Error means that there
/// was none. Decorators wrap another transport by reference and must not outlive it.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  [[nodiscard]] virtual Result<HttpResponse> send(const HttpRequest& request,
                                                  std::stop_token stop) = 0;
};

/// How long a `Retry-After` header asks to wait: seconds, also with a fraction as Graph sends them
/// ("2.128", docs/graph.md#13.48), rounded up to milliseconds; or a date of RFC 9110 ("Sun, 06 Nov
/// 1994 08:49:37 GMT") seen from `now`, 0 where it has passed. More than a million days counts as
/// that. nullopt for anything else.
[[nodiscard]] std::optional<Milliseconds> parse_retry_after(std::string_view value, Instant now);

/// The same of a whole answer; nullopt where it asks for no wait. A date counts from the answer's
/// own `Date`: 0 without one.
[[nodiscard]] std::optional<Milliseconds> retry_after_of(const HttpHeaders& headers);

}  // namespace syncwright::http
