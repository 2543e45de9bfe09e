#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "http/libcurl.h"
#include "syncwright/http/curl_transport.h"

namespace syncwright::http {

/// One request on its way through libcurl: an easy handle and the answer as it comes in. Made and
/// read by the thread that sends, moved forward by the transport's thread in between. Borrows the
/// request, which must outlive it, and is itself known to libcurl by address.
class CurlTransfer {
 public:
  CurlTransfer(const Libcurl& curl, const HttpRequest& request, const CurlOptions& options,
               std::stop_token stop);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;
  ~CurlTransfer() = default;

  /// Why the request cannot be sent at all: not http or https, a line break in a header.
  [[nodiscard]] const std::optional<Error>& refusal() const { return refusal_; }
  [[nodiscard]] CURL* handle() const { return easy_.get(); }
  [[nodiscard]] bool is_cancelled() const { return stop_.stop_requested(); }

  /// The answer, or what libcurl's code means for this request.
  [[nodiscard]] Result<HttpResponse> outcome(CURLcode code);
  [[nodiscard]] Error cancellation() const;
  [[nodiscard]] Error error(ErrorKind kind, const std::string& what) const;

 private:
  void set_target(const CurlOptions& options);
  void set_bounds(const CurlOptions& options);
  void set_method_with_body();
  void set_headers();
  void append_header(const std::string& line);
  [[nodiscard]] Error distrust() const;
  /// The way out where nobody was asked; nullptr where somebody may have been.
  [[nodiscard]] const char* way_to_reach(CURLcode code) const;

  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);

  const Libcurl& curl_;
  const HttpRequest& request_;
  std::stop_token stop_;
  std::unique_ptr<CURL, decltype(Libcurl::easy_cleanup)> easy_;
  std::unique_ptr<curl_slist, decltype(Libcurl::slist_free_all)> header_lines_;
  std::string host_;
  std::optional<Error> refusal_;
  HttpResponse response_;
  std::size_t header_bytes_ = 0;
  bool headers_complete_ = false;
  std::string too_large_;  ///< the error's message; empty: nothing is
};

}  // namespace syncwright::http
