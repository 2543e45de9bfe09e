#include "graph_read/sign_in/oidc_request.h"

#include <fmt/format.h>

#include "graph_read/sign_in/token_answer.h"
#include "graph_read/sign_in/token_exchange.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/http/origin.h"

namespace syncwright::graph_read {
namespace {

class OidcProof {
 public:
  OidcProof(OidcRequest request, const SignInContext& context)
      : request_(std::move(request)),
        job_token_(secret_variable(context.environment, request_.job_token_variable)),
        transport_(context.transport) {}

  [[nodiscard]] Result<Secret> ask(const std::stop_token& stop) const {
    const Result<Secret> job_token = job_token_(stop);
    if (!job_token) return fail(job_token.error());
    if (!is_header_token(job_token->reveal())) {
      return fail(ErrorKind::unauthenticated,
                  request_.job_token_variable + " holds characters that no token has");
    }
    http::HttpRequest request;
    request.method = request_.method;
    request.url = request_.url;
    request.headers = {{"Authorization", "Bearer " + std::string(job_token->reveal())}};
    if (request_.method == http::HttpMethod::post) {
      request.headers.set("Content-Type", "application/json");
    }
    Result<http::HttpResponse> response =
        send_for_token(transport_, request, request_.service, stop);
    if (!response) return fail(response.error());
    if (response->status != 200) return refusal(*response, *job_token);
    const Result<Json> body = parse_json(response->body, {kMaxTokenAnswer, 32});
    wipe(response->body);
    std::string jwt = body ? string_or(*body, request_.member.c_str()) : std::string();
    if (!is_header_token(jwt)) {
      return fail(ErrorKind::malformed, fmt::format("no token by {}: its answer holds no {}",
                                                    request_.service, request_.member));
    }
    return Secret(std::move(jwt));
  }

 private:
  [[nodiscard]] tl::unexpected<Error> refusal(const http::HttpResponse& response,
                                              const Secret& job_token) const {
    Error error;
    error.kind = response.status >= 500 ? ErrorKind::unavailable : ErrorKind::unauthenticated;
    error.status = response.status;
    std::string reason;
    if (const Result<Json> body = parse_json(response.body, {kMaxTokenAnswer, 32})) {
      reason = plain_member(*body, "message", 300);
    }
    error.message = fmt::format("no token by {}: {}", request_.service,
                                reason.empty() ? "the pipeline's service refused" : reason);
    error.advice = fmt::format("check that this job may ask for an identity token, and {}",
                               request_.job_token_variable);
    return fail(without_secrets(std::move(error), {job_token.reveal()}));
  }

  OidcRequest request_;
  Proof job_token_;
  http::HttpTransport& transport_;
};

}  // namespace

std::string with_query(const std::string& url, const std::string& name, const std::string& value) {
  const char* const joint = url.find('?') == std::string::npos ? "?" : "&";
  return url + joint + name + "=" + percent_encode(value);
}

Result<std::unique_ptr<TokenGrant>> make_oidc_grant(OidcRequest request,
                                                    const SignInContext& context) {
  const std::optional<http::Origin> origin = http::parse_origin(request.url);
  if (!origin || !origin->protects_secrets()) {
    return fail(ErrorKind::guard,
                fmt::format("{} is not sent to {}", request.job_token_variable,
                            plain_text(http::without_user_info(request.url), 200)),
                "the pipeline's OIDC address is https; plain http is for a loopback address only");
  }
  const std::string kind = request.service;
  const OidcProof proof(std::move(request), context);
  return make_exchange(
      assertion_exchange(context, kind,
                         [proof](const std::stop_token& stop) { return proof.ask(stop); }),
      context);
}

}  // namespace syncwright::graph_read
