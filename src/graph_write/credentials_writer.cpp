#include "syncwright/graph_write/credentials_writer.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "graph_write/write_request.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright::graph_write {

namespace {

constexpr std::size_t kLongestEscape = 6;  // \u001f
constexpr std::string_view kHexDigits = "0123456789abcdef";

void append_string(std::string& body, std::string_view text) {
  body += '"';
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      body += '\\';
      body += character;
    } else if (byte < 0x20) {
      body += "\\u00";
      body += kHexDigits[byte >> 4u];
      body += kHexDigits[byte & 15u];
    } else {
      body += character;
    }
  }
  body += '"';
}

std::size_t longest_body(std::string_view prefix, std::string_view name,
                         const std::vector<SecretPair>& pairs) {
  constexpr std::size_t punctuation = 32;
  std::size_t size = prefix.size() + kLongestEscape * name.size() + punctuation;
  for (const SecretPair& pair : pairs) {
    size += kLongestEscape * (pair.key.size() + pair.value.reveal().size()) + punctuation;
  }
  return size;
}

/// `{PREFIX"NAME":[{"key":...,"value":...},...]}`: written by hand into one buffer that never
/// grows, so that wiping it leaves no copy of a secret behind. The caller wipes.
std::string secret_body(std::string_view prefix, std::string_view name,
                        const std::vector<SecretPair>& pairs) {
  std::string body;
  body.reserve(longest_body(prefix, name, pairs));
  body += '{';
  body += prefix;
  append_string(body, name);
  body += ":[";
  for (const SecretPair& pair : pairs) {
    if (body.back() == '}') body += ',';
    body += "{\"key\":";
    append_string(body, pair.key);
    body += ",\"value\":";
    append_string(body, pair.value.reveal());
    body += '}';
  }
  body += "]}";
  return body;
}

Result<Written> send_confidential(graph_read::GraphConnection& connection,
                                  http::HttpRequest request, const std::vector<SecretPair>& pairs,
                                  std::stop_token stop) {
  request.confidential = true;
  // The target's verdict may quote what it was sent.
  std::vector<std::string_view> secrets;
  for (const SecretPair& pair : pairs) {
    if (!pair.clear) secrets.push_back(pair.value.reveal());
  }
  request.secrets = secrets;
  auto written = send_write(connection, std::move(request), std::move(stop));
  if (written) return written;
  return fail(graph_read::without_secrets(std::move(written).error(), secrets));
}

/// A mask sent back would be stored as the password (docs/graph.md#14, question 2).
bool holds_mask(const std::vector<SecretPair>& pairs) {
  return std::any_of(pairs.begin(), pairs.end(), [](const SecretPair& pair) {
    return pair.value.reveal() == model::kMaskedValue;
  });
}

tl::unexpected<Error> mask_refused() {
  return fail(ErrorKind::internal, "a masked secret would have been sent back as its value");
}

}  // namespace

Result<Written> CredentialsWriter::validate(const std::string& service_principal_id,
                                            const std::string& job_id,
                                            const std::vector<SecretPair>& pairs,
                                            std::stop_token stop) {
  if (holds_mask(pairs)) return mask_refused();
  http::HttpRequest request =
      write_request(connection_, http::HttpMethod::post,
                    graph_read::job_path(service_principal_id, job_id) + "/validateCredentials",
                    secret_body("\"useSavedCredentials\":false,", "credentials", pairs));
  request.repeatable = http::Repeatable::until_answered;
  return send_confidential(connection_, std::move(request), pairs, std::move(stop));
}

Result<Written> CredentialsWriter::save(const std::string& service_principal_id,
                                        const std::vector<SecretPair>& pairs,
                                        std::stop_token stop) {
  if (holds_mask(pairs)) return mask_refused();
  http::HttpRequest request =
      write_request(connection_, http::HttpMethod::put,
                    graph_read::synchronization_path(service_principal_id) + "/secrets",
                    secret_body("", "value", pairs));
  request.repeatable = http::Repeatable::from_read;
  return send_confidential(connection_, std::move(request), pairs, std::move(stop));
}

}  // namespace syncwright::graph_write
