#include <fmt/format.h>

#include "graph_read/sign_in/client_certificate.h"
#include "graph_read/sign_in/token_exchange.h"
#include "graph_read/sign_in/ways.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/file.h"
#include "syncwright/core/random.h"
#include "syncwright/graph_read/answer_text.h"

namespace syncwright::graph_read {
namespace {

constexpr const char* kCertificatePath = "AZURE_CLIENT_CERTIFICATE_PATH";
constexpr std::size_t kMaxCertificateFile = 1u << 20u;
/// Microsoft's page asks for five to ten minutes (docs/graph.md#2).
constexpr std::chrono::seconds kAssertionLife{600};

/// Signs an assertion with the file as it is now: a certificate that is renewed on disk is used
/// from the next exchange on, and the private key stays in memory no longer than that.
class CertificateProof {
 public:
  explicit CertificateProof(const SignInContext& context)
      : environment_(context.environment),
        clock_(context.clock),
        audience_(token_endpoint(environment_, "/oauth2/v2.0/token")) {}

  [[nodiscard]] Result<Secret> sign() const {
    const std::string path = environment_.get(kCertificatePath).value_or("");
    Result<std::string> content = read_file(path, kMaxCertificateFile);
    if (!content) return refusal(content.error(), "name a file that this user may read");
    const Secret file(std::move(*content));
    const Secret password(environment_.get("AZURE_CLIENT_CERTIFICATE_PASSWORD").value_or(""));
    const Result<ClientCertificate> certificate = ClientCertificate::read(file, password);
    if (!certificate) {
      return refusal(within(certificate.error(), plain_text(path, 200)),
                     certificate.error().advice);
    }
    if (const std::string fault = fault_of_time(*certificate); !fault.empty()) {
      return fail(ErrorKind::unauthenticated, fmt::format("{}: {}", kCertificatePath, fault),
                  "make a new certificate, upload it to the application and put it there; or set "
                  "this machine's clock");
    }
    return certificate->sign(claims(), sends_chain());
  }

 private:
  static tl::unexpected<Error> refusal(const Error& error, const std::string& advice) {
    return fail(ErrorKind::unauthenticated, fmt::format("{}: {}", kCertificatePath, error.message),
                advice);
  }

  [[nodiscard]] std::string fault_of_time(const ClientCertificate& certificate) const {
    if (certificate.not_after() <= clock_.now()) {
      return "the certificate expired on " + format_rfc3339(certificate.not_after());
    }
    if (certificate.not_before() > clock_.now()) {
      return "the certificate is valid from " + format_rfc3339(certificate.not_before()) + " on";
    }
    return {};
  }

  [[nodiscard]] Json claims() const {
    const std::string client = environment_.get("AZURE_CLIENT_ID").value_or("");
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch();
    return {{"aud", audience_},
            {"iss", client},
            {"sub", client},
            {"jti", random_uuid()},
            {"nbf", now.count()},
            {"iat", now.count()},
            {"exp", (now + kAssertionLife).count()}};
  }

  [[nodiscard]] bool sends_chain() const {
    const std::string word =
        ascii::lower(environment_.get("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN").value_or(""));
    return word == "true" || word == "1";
  }

  Environment environment_;
  Clock& clock_;
  std::string audience_;
};

}  // namespace

Result<std::unique_ptr<TokenGrant>> certificate_grant(const SignInContext& context) {
  const CertificateProof proof(context);
  return make_exchange(assertion_exchange(context, "certificate",
                                          [proof](const std::stop_token&) { return proof.sign(); }),
                       context);
}

}  // namespace syncwright::graph_read
