#include "syncwright/http/read_only_transport.h"

#include <fmt/format.h>

#include <utility>

namespace syncwright::http {

namespace {

class ReadOnlyTransport final : public HttpTransport {
 public:
  explicit ReadOnlyTransport(HttpTransport& next) : next_(next) {}

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    if (request.method != HttpMethod::get) {
      return fail(ErrorKind::guard, fmt::format("refused to send {} {}: this command only reads",
                                                to_string(request.method),
                                                request.url.substr(0, request.url.find('?'))));
    }
    return next_.send(request, std::move(stop));
  }

 private:
  HttpTransport& next_;
};

}  // namespace

std::unique_ptr<HttpTransport> make_read_only_transport(HttpTransport& next) {
  return std::make_unique<ReadOnlyTransport>(next);
}

}  // namespace syncwright::http
