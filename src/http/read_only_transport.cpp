#include "syncwright/http/read_only_transport.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace syncwright::http {

namespace {

/// A batch is POSTed, whatever it holds.
bool only_reads(const HttpRequest& request) {
  if (request.method == HttpMethod::get) return true;
  return request.method == HttpMethod::post && !request.items.empty() &&
         std::all_of(request.items.begin(), request.items.end(),
                     [](const HttpItem& item) { return item.method == HttpMethod::get; });
}

class ReadOnlyTransport final : public HttpTransport {
 public:
  explicit ReadOnlyTransport(HttpTransport& next) : next_(next) {}

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    if (!only_reads(request)) {
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
