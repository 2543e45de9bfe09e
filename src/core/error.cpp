#include "syncwright/core/error.h"

namespace syncwright {

const char* to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_input:
      return "invalid_input";
    case ErrorKind::io:
      return "io";
    case ErrorKind::transport:
      return "transport";
    case ErrorKind::unreachable:
      return "unreachable";
    case ErrorKind::untrusted:
      return "untrusted";
    case ErrorKind::timeout:
      return "timeout";
    case ErrorKind::cancelled:
      return "cancelled";
    case ErrorKind::unauthenticated:
      return "unauthenticated";
    case ErrorKind::forbidden:
      return "forbidden";
    case ErrorKind::not_found:
      return "not_found";
    case ErrorKind::conflict:
      return "conflict";
    case ErrorKind::rejected:
      return "rejected";
    case ErrorKind::throttled:
      return "throttled";
    case ErrorKind::unavailable:
      return "unavailable";
    case ErrorKind::malformed:
      return "malformed";
    case ErrorKind::too_large:
      return "too_large";
    case ErrorKind::redirected:
      return "redirected";
    case ErrorKind::stale:
      return "stale";
    case ErrorKind::guard:
      return "guard";
    case ErrorKind::stored_differently:
      return "stored_differently";
    case ErrorKind::internal:
      return "internal";
  }
  return "internal";
}

std::string describe(const Error& error) {
  std::string answer = error.status == 0 ? "" : std::to_string(error.status);
  if (!error.code.empty()) {
    if (!answer.empty()) answer += ' ';
    answer += error.code;
  }
  if (!error.request_id.empty()) {
    if (!answer.empty()) answer += ", ";
    answer += "request-id " + error.request_id;
  }
  return answer.empty() ? error.message : error.message + " (" + answer + ")";
}

Error within(Error error, const std::string& context) {
  error.message = context + ": " + error.message;
  return error;
}

}  // namespace syncwright
