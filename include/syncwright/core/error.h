#pragma once

#include <chrono>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace syncwright {

/// What went wrong, as far as a caller may branch on it. Texts are for people: no code reads them.
enum class ErrorKind {
  invalid_input,    ///< a file, plan, secret reference or argument is wrong (exit 65)
  io,               ///< a local file or process failed
  transport,        ///< no complete HTTP answer: whether a write took effect is unknown
  unreachable,      ///< nobody was asked: a name that nobody knows, a proxy that cannot be one
  untrusted,        ///< nobody vouches for the server's certificate; nothing was sent to it
  timeout,          ///< a deadline of ours passed; as unknown as `transport`
  cancelled,        ///< the stop token was set (exit 130)
  unauthenticated,  ///< no token, or it was refused (exit 6)
  forbidden,        ///< a permission is missing (exit 6)
  not_found,        ///< 404
  conflict,         ///< 409, and 400 Request_MultipleObjectsWithSameKeyValue
  rejected,         ///< any other 4xx: the request was understood and refused
  throttled,        ///< 429, after the retries
  unavailable,      ///< 5xx, after the retries
  malformed,   ///< an answer that is not what docs/graph.md promises: HTML, bad JSON, a missing id
  too_large,   ///< an answer over the bounds on size or depth
  redirected,  ///< an answer that points to another host: refused, no token follows it
  stale,       ///< the tenant changed since the plan was made
  guard,       ///< a guard refused: wrong tenant, ownership, a write on a read-only transport
  stored_differently,  ///< read back after a write, and not what was written
  internal,            ///< a fault of syncwright itself (exit 70)
};

/// The stable spelling, for example "not_found". Part of the journal and of JSON output.
[[nodiscard]] const char* to_string(ErrorKind kind);

/// An expected failure of the outside world. `message` is one sentence without a final full stop,
/// `advice` says what to do next (may be empty, or several lines). Never holds a secret value or a
/// token.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
  std::string advice;
  int status = 0;    ///< HTTP status, 0 where there was no answer
  std::string code;  ///< Graph's error code, the nested one where it was nested (docs/graph.md#3)
  std::string request_id;                    ///< Graph's request-id, for support cases
  std::chrono::milliseconds retry_after{0};  ///< how long the server asks to wait; 0: it does not
  bool lacks_role = false;  ///< a refusal that no waiting mends: the token itself shows why
};

/// "message (404 Request_ResourceNotFound, request-id ...)"; without the advice.
[[nodiscard]] std::string describe(const Error& error);

/// The same error with one more sentence of context in front: "context: message".
[[nodiscard]] Error within(Error error, const std::string& context);

template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorKind::io, "...")` in a function that returns a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string message,
                                                std::string advice = {}) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  error.advice = std::move(advice);
  return fail(std::move(error));
}

}  // namespace syncwright
