#include "syncwright/http/read_only_transport.h"

#include <fmt/format.h>

#include <utility>

namespace syncwright::http {

namespace {

class ReadOnlyTransport final : public HttpTransport {
 public:
  ReadOnlyTransport(HttpTransport& next, std::function<bool(const std::string&)> is_token_endpoint)
      : next_(next), is_token_endpoint_(std::move(is_token_endpoint)) {}

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    if (!is_allowed(request)) {
      return fail(ErrorKind::guard, fmt::format("refused to send {} {}: this command only reads",
                                                to_string(request.method),
                                                request.url.substr(0, request.url.find('?'))));
    }
    return next_.send(request, std::move(stop));
  }

 private:
  [[nodiscard]] bool is_allowed(const HttpRequest& request) const {
    if (request.method == HttpMethod::get) return true;
    return request.method == HttpMethod::post && is_token_endpoint_ &&
           is_token_endpoint_(request.url);
  }

  HttpTransport& next_;
  std::function<bool(const std::string&)> is_token_endpoint_;
};

}  // namespace

std::unique_ptr<HttpTransport> make_read_only_transport(
    HttpTransport& next, std::function<bool(const std::string& url)> is_token_endpoint) {
  return std::make_unique<ReadOnlyTransport>(next, std::move(is_token_endpoint));
}

}  // namespace syncwright::http
