#include <algorithm>
#include <utility>

#include "graph_write/secret_body.h"
#include "graph_write/write_request.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/secret_echo.h"
#include "syncwright/graph_write/graph_writer.h"
#include "syncwright/model/secret_keys.h"

namespace syncwright {
namespace {

Result<Written> send_confidential(GraphConnection& connection, HttpRequest request,
                                  const std::vector<SecretPair>& pairs, std::stop_token stop) {
  request.confidential = true;
  // The target's verdict may quote what it was sent.
  std::vector<std::string_view> secrets;
  for (const SecretPair& pair : pairs) {
    if (!pair.clear) secrets.push_back(pair.value.reveal());
  }
  request.secrets = secrets;
  auto written = send_write(connection, std::move(request), std::move(stop));
  if (written) return written;
  return fail(without_secrets(std::move(written).error(), secrets));
}

/// A mask sent back would be stored as the password (docs/graph.md#14, question 2).
bool holds_mask(const std::vector<SecretPair>& pairs) {
  return std::any_of(pairs.begin(), pairs.end(),
                     [](const SecretPair& pair) { return pair.value.reveal() == kMaskedValue; });
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
  HttpRequest request =
      write_request(connection_, HttpMethod::post,
                    job_path(service_principal_id, job_id) + "/validateCredentials",
                    secret_body("\"useSavedCredentials\":false,", "credentials", pairs));
  request.repeatable = Repeatable::until_answered;
  return send_confidential(connection_, std::move(request), pairs, std::move(stop));
}

Result<Written> CredentialsWriter::save(const std::string& service_principal_id,
                                        const std::vector<SecretPair>& pairs,
                                        std::stop_token stop) {
  if (holds_mask(pairs)) return mask_refused();
  HttpRequest request = write_request(connection_, HttpMethod::put,
                                      synchronization_path(service_principal_id) + "/secrets",
                                      secret_body("", "value", pairs));
  request.repeatable = Repeatable::from_read;
  return send_confidential(connection_, std::move(request), pairs, std::move(stop));
}

}  // namespace syncwright
