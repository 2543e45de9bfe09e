#include "http/curl_transfer.h"

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "syncwright/core/ascii.h"
#include "syncwright/http/origin.h"

namespace syncwright::http {

namespace {

constexpr std::size_t largest_header_section = 256u << 10u;

/// What is reserved on a server's word alone.
constexpr std::size_t largest_announced_body = 4u << 20u;
constexpr std::size_t room_behind_body = 64;  ///< readers of JSON want some
/// What is read holds documents of hundreds of kilobytes; what answers a write is small.
constexpr long receive_buffer_of_reads = 64L << 10u;
constexpr long receive_buffer_of_writes = 16L << 10u;

/// One part of a URL, as libcurl itself will read it; empty where it cannot be read.
std::string url_part(const Libcurl& curl, const std::string& url, CURLUPart part) {
  const std::unique_ptr<CURLU, decltype(Libcurl::url_cleanup)> parser(curl.url(), curl.url_cleanup);
  char* text = nullptr;
  if (curl.url_set(parser.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      curl.url_get(parser.get(), part, &text, 0) != CURLUE_OK) {
    return {};
  }
  std::string copy(text);
  curl.free(text);
  return copy;
}

const char* protocol_name(long version) {
  switch (version) {
    case CURL_HTTP_VERSION_1_0:
      return "HTTP/1.0";
    case CURL_HTTP_VERSION_1_1:
      return "HTTP/1.1";
    case CURL_HTTP_VERSION_2_0:
      return "HTTP/2";
    default:
      return "";
  }
}

/// What is wrong with a server's certificate, in words that follow "its certificate", and the way
/// out. libcurl compares the host itself, and leaves OpenSSL's verdict unsaid then.
std::pair<std::string, std::string> certificate_fault(long verdict) {
  switch (verdict) {
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED:
      return {"is for another host", "check the address; a certificate names the hosts it is for"};
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {"has expired", "whoever runs the server renews it; check this machine's clock too"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {"is not valid yet", "check this machine's clock"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return {"comes from an issuer that is not trusted here",
              "name the issuer's certificate (PEM) with --ca-file FILE or in SSL_CERT_FILE; a "
              "proxy that looks into TLS has an issuer of its own"};
    default:
      return {fmt::format("is not to be trusted ({})", X509_verify_cert_error_string(verdict)), ""};
  }
}

}  // namespace

CurlTransfer::CurlTransfer(const Libcurl& curl, const HttpRequest& request,
                           const CurlOptions& options, std::stop_token stop)
    : curl_(curl),
      request_(request),
      stop_(std::move(stop)),
      easy_(curl.easy_init(), curl.easy_cleanup),
      header_lines_(nullptr, curl.slist_free_all) {
  if (!easy_) {
    refusal_ = error(ErrorKind::internal, "libcurl gave no handle");
    return;
  }
  set_target(options);
  set_bounds(options);
  set_method_with_body();
  set_headers();
}

void CurlTransfer::set_target(const CurlOptions& options) {
  CURL* easy = easy_.get();
  host_ = url_part(curl_, request_.url, CURLUPART_HOST);
  const std::string scheme = url_part(curl_, request_.url, CURLUPART_SCHEME);
  if (host_.empty() || (scheme != "http" && scheme != "https")) {
    refusal_ = error(ErrorKind::invalid_input, "the address is not an http or https URL");
  }
  curl_.easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
  curl_.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_.easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_.easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  if (scheme == "https") curl_.easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
  // On a reused connection that dies without an answer libcurl sends again by itself, creates too.
  // So these get a connection of their own, a handshake each. What libcurl sends again even there
  // is a stream that an HTTP/2 server refused: REFUSED_STREAM says that nobody has processed it
  // (RFC 9113, 8.7).
  if (request_.repeatable == Repeatable::no || request_.repeatable == Repeatable::when_throttled) {
    curl_.easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  }
  if (is_loopback(host_) || is_link_local(host_)) curl_.easy_setopt(easy, CURLOPT_PROXY, "");
  if (!options.ca_file.empty()) {
    curl_.easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_.easy_setopt(easy, CURLOPT_CAPATH, nullptr);  // else the system's folder counts as well
  }
  if (!options.ca_folder.empty()) {
    curl_.easy_setopt(easy, CURLOPT_CAPATH, options.ca_folder.c_str());
  }
}

void CurlTransfer::set_bounds(const CurlOptions& options) {
  CURL* easy = easy_.get();
  curl_.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_.easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // an abort does not wait for the name server
  curl_.easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                    static_cast<long>(options.connect_timeout.count()));
  const Milliseconds whole = request_.timeout.value_or(options.request_timeout);
  curl_.easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(whole.count()));
  curl_.easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_.easy_setopt(easy, CURLOPT_USERAGENT, options.user_agent.c_str());
  // Every encoding that libcurl can undo; on_body sees, and bounds, what comes out of it.
  curl_.easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_.easy_setopt(easy, CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
  curl_.easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_.easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
  curl_.easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_.easy_setopt(
      easy, CURLOPT_BUFFERSIZE,
      request_.method == HttpMethod::get ? receive_buffer_of_reads : receive_buffer_of_writes);
  curl_.easy_setopt(easy, CURLOPT_PRIVATE, this);
}

void CurlTransfer::set_method_with_body() {
  CURL* easy = easy_.get();
  const bool takes_body = request_.method != HttpMethod::get && request_.method != HttpMethod::del;
  if (takes_body || !request_.body.empty()) {
    curl_.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                      static_cast<curl_off_t>(request_.body.size()));
    curl_.easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.c_str());
  } else {
    curl_.easy_setopt(easy, CURLOPT_HTTPGET, 1L);
  }
  curl_.easy_setopt(easy, CURLOPT_CUSTOMREQUEST, to_string(request_.method));
}

void CurlTransfer::set_headers() {
  for (const auto& [name, value] : request_.headers.fields()) {
    if (name.empty() || name.find_first_of("\r\n:") != std::string::npos ||
        value.find_first_of("\r\n") != std::string::npos) {
      refusal_ = error(ErrorKind::invalid_input, "a header holds a line break or a bad name");
      return;
    }
    append_header(value.empty() ? name + ";" : fmt::format("{}: {}", name, value));
  }
  // libcurl would add both to a request with a body.
  append_header("Expect:");
  if (!request_.headers.get("Content-Type")) append_header("Content-Type:");
  curl_.easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, header_lines_.get());
}

void CurlTransfer::append_header(const std::string& line) {
  curl_slist* list = header_lines_.release();
  curl_slist* longer = curl_.slist_append(list, line.c_str());
  if (longer == nullptr) refusal_ = error(ErrorKind::internal, "out of memory");
  header_lines_.reset(longer == nullptr ? list : longer);
}

std::size_t CurlTransfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const std::string_view line(data, size * count);
  transfer.header_bytes_ += line.size();
  if (transfer.header_bytes_ > largest_header_section) {
    transfer.too_large_ =
        fmt::format("the headers of the answer are larger than {} bytes", largest_header_section);
    return 0;
  }
  if (line.starts_with("HTTP/")) {
    transfer.response_.headers = {};  // an interim answer (1xx) came before
    transfer.headers_complete_ = false;
    return line.size();
  }
  if (line == "\r\n" || line == "\n") transfer.headers_complete_ = true;
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    transfer.response_.headers.add(std::string(ascii::trim(line.substr(0, colon))),
                                   std::string(ascii::trim(line.substr(colon + 1))));
  }
  return line.size();
}

std::size_t CurlTransfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  const std::size_t bytes = size * count;
  std::string& body = transfer.response_.body;
  if (bytes > transfer.request_.max_response_bytes - body.size()) {
    transfer.too_large_ =
        fmt::format("the answer is larger than {} bytes", transfer.request_.max_response_bytes);
    return 0;
  }
  if (body.empty()) {
    curl_off_t announced = 0;
    transfer.curl_.easy_getinfo(transfer.easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
                                &announced);
    const auto length = static_cast<std::size_t>(std::max<curl_off_t>(announced, 0));
    if (length > bytes) body.reserve(std::min(length, largest_announced_body) + room_behind_body);
  }
  body.append(data, bytes);
  return bytes;
}

Result<HttpResponse> CurlTransfer::outcome(CURLcode code) {
  if (!too_large_.empty()) return fail(error(ErrorKind::too_large, too_large_));
  // A header line over a bound of its own is no memory, too.
  if (code == CURLE_OUT_OF_MEMORY) {
    return fail(
        error(ErrorKind::too_large,
              "libcurl has no memory for the answer, or one of its headers is over 100 KB"));
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return fail(error(ErrorKind::timeout, "no complete answer in time"));
  }
  if (code == CURLE_URL_MALFORMAT) {
    return fail(error(ErrorKind::invalid_input, "the address is malformed"));
  }
  if (code == CURLE_PEER_FAILED_VERIFICATION) return fail(distrust());
  if (const char* advice = way_to_reach(code)) {
    Error unreachable = error(ErrorKind::unreachable, curl_.easy_strerror(code));
    unreachable.advice = advice;
    return fail(std::move(unreachable));
  }
  // The detailed text of libcurl may quote a header, this one is fixed for each code.
  if (code != CURLE_OK) return fail(error(ErrorKind::transport, curl_.easy_strerror(code)));
  // libcurl takes a connection that closes amid the headers for an empty answer.
  if (!headers_complete_)
    return fail(error(ErrorKind::transport, "the answer ends in its headers"));
  long status = 0;
  curl_.easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  long version = 0;
  curl_.easy_getinfo(easy_.get(), CURLINFO_HTTP_VERSION, &version);
  response_.protocol = protocol_name(version);
  return std::move(response_);
}

const char* CurlTransfer::way_to_reach(CURLcode code) const {
  constexpr const char* proxy = "check HTTPS_PROXY, ALL_PROXY and NO_PROXY";
  if (code == CURLE_COULDNT_RESOLVE_PROXY) return proxy;
  if (code == CURLE_COULDNT_RESOLVE_HOST) {
    return "check the address, and whether this machine's name server knows it; or name a proxy in "
           "HTTPS_PROXY";
  }
  if (code != CURLE_COULDNT_CONNECT) return nullptr;
  // libcurl says the same of a proxy whose scheme it does not know, before it has looked for
  // anybody.
  long system_error = 0;
  curl_off_t lookup = 0;
  curl_.easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &system_error);
  curl_.easy_getinfo(easy_.get(), CURLINFO_NAMELOOKUP_TIME_T, &lookup);
  return system_error == 0 && lookup == 0 ? proxy : nullptr;
}

Error CurlTransfer::cancellation() const {
  return error(ErrorKind::cancelled, "interrupted before the answer was complete");
}

Error CurlTransfer::distrust() const {
  long verdict = X509_V_OK;
  curl_.easy_getinfo(easy_.get(), CURLINFO_SSL_VERIFYRESULT, &verdict);
  auto [fault, advice] = certificate_fault(verdict);
  Error refusal = error(ErrorKind::untrusted, "nothing was sent: its certificate " + fault);
  refusal.advice = std::move(advice);
  return refusal;
}

Error CurlTransfer::error(ErrorKind kind, const std::string& what) const {
  Error error;
  error.kind = kind;
  error.message = fmt::format("{} {}: {}", to_string(request_.method),
                              host_.empty() ? "(no host)" : host_, what);
  return error;
}

}  // namespace syncwright::http
