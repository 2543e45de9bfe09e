#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "unit/http/certificate.h"
#include "unit/http/curl.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace syncwright::http;

namespace {

/// A frame of RFC 9113, 4.1: length, type, no flags, stream, payload.
std::string frame(char type, char stream, const std::string& payload) {
  std::string bytes{0, 0, static_cast<char>(payload.size()), type, 0, 0, 0, 0, stream};
  return bytes + payload;
}

constexpr char kHeaders = 1;
const std::string kSettings = frame(4, 0, "");
const std::string kFirstRefused = frame(3, 1, {0, 0, 0, 7});        // RST_STREAM, REFUSED_STREAM
const std::string kFirstReset = frame(3, 1, {0, 0, 0, 2});          // RST_STREAM, INTERNAL_ERROR
const std::string kGoAway = frame(7, 0, {0, 0, 0, 1, 0, 0, 0, 0});  // the first stream is the last

/// Speaks as much HTTP/2 as it takes to end a stream badly. Each connection gets one request and
/// `ending` for an answer, from the `closing_from`th on nothing, and is closed.
class BadHttp2Server {
 public:
  BadHttp2Server(const Certificate& certificate, std::string ending, int closing_from = 1'000)
      : ending_(std::move(ending)),
        closing_from_(closing_from),
        context_(SSL_CTX_new(TLS_server_method())),
        listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    SSL_CTX_use_certificate(context_, certificate.x509());
    SSL_CTX_use_PrivateKey(context_, certificate.key());
    SSL_CTX_set_alpn_select_cb(context_, &BadHttp2Server::choose_http2, nullptr);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(listener_, 16);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve_all(); });
  }
  BadHttp2Server(const BadHttp2Server&) = delete;
  BadHttp2Server& operator=(const BadHttp2Server&) = delete;
  ~BadHttp2Server() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    for (const auto& [tls, connection] : ended_) {
      SSL_free(tls);
      ::close(connection);
    }
    ::close(listener_);
    SSL_CTX_free(context_);
  }

  [[nodiscard]] std::string url() const {
    return "https://127.0.0.1:" + std::to_string(port_) + "/";
  }
  [[nodiscard]] int requests() const { return requests_; }

 private:
  static int choose_http2(SSL*, const unsigned char** chosen, unsigned char* length,
                          const unsigned char*, unsigned int, void*) {
    static constexpr std::array<unsigned char, 2> name{'h', '2'};
    *chosen = name.data();
    *length = name.size();
    return SSL_TLSEXT_ERR_OK;
  }

  void serve_all() {
    while (true) {
      const int connection = ::accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      SSL* tls = SSL_new(context_);
      SSL_set_fd(tls, connection);
      const bool ends_stream_only = SSL_accept(tls) == 1 && serve(tls);
      // A close with something unread would be a reset, which takes back what was written.
      if (!ends_stream_only) ::shutdown(connection, SHUT_WR);
      ended_.emplace_back(tls, connection);
    }
  }

  /// True where the answer ended the stream and left the connection open.
  bool serve(SSL* tls) {
    constexpr std::size_t preface = 24;
    if (!read(tls, preface)) return false;
    write(tls, kSettings);
    while (const auto head = read(tls, 9)) {
      const auto byte = [&head](std::size_t at) { return static_cast<unsigned char>((*head)[at]); };
      const std::size_t length = (byte(0) << 16u) + (byte(1) << 8u) + byte(2);
      if (length > 0 && !read(tls, length)) return false;
      if ((*head)[3] != kHeaders) continue;
      if (++requests_ >= closing_from_) return false;
      write(tls, ending_);
      return ending_ == kFirstRefused || ending_ == kFirstReset;
    }
    return false;
  }

  static std::optional<std::string> read(SSL* tls, std::size_t count) {
    std::string bytes(count, '\0');
    for (std::size_t done = 0; done < count;) {
      const int more = SSL_read(tls, bytes.data() + done, static_cast<int>(count - done));
      if (more <= 0) return std::nullopt;
      done += static_cast<std::size_t>(more);
    }
    return bytes;
  }

  static void write(SSL* tls, std::string_view bytes) {
    if (!bytes.empty()) SSL_write(tls, bytes.data(), static_cast<int>(bytes.size()));
  }

  const std::string ending_;
  const int closing_from_;
  SSL_CTX* context_;
  int listener_;
  int port_ = 0;
  std::atomic<int> requests_ = 0;
  std::vector<std::pair<SSL*, int>> ended_;  // the thread's, until it is joined
  std::jthread thread_;
};

/// What becomes of a create; it has no answer in any case.
ErrorKind create_at(const BadHttp2Server& server, const std::filesystem::path& ca_file) {
  HttpRequest create;
  create.method = HttpMethod::post;
  create.url = server.url();
  create.body = "{}";
  create.repeatable = Repeatable::no;
  CurlOptions options;
  options.ca_file = ca_file;
  const auto answer = curl_transport(options)->send(create, {});
  REQUIRE_FALSE(answer);
  return answer.error().kind;
}

}  // namespace

TEST_CASE("a create over HTTP/2 whose stream or connection dies is unanswered, and sent once") {
  const TemporaryFolder folder;
  const Certificate certificate;
  certificate.save(folder.path() / "ca.pem");
  for (const std::string& ending : {std::string(), kFirstReset, kGoAway}) {
    const BadHttp2Server server(certificate, ending);
    CHECK(create_at(server, folder.path() / "ca.pem") == ErrorKind::transport);
    CHECK(server.requests() == 1);
  }
}

TEST_CASE("a stream that an HTTP/2 server refused was processed by nobody, and is sent again") {
  const TemporaryFolder folder;
  const Certificate certificate;
  certificate.save(folder.path() / "ca.pem");
  const BadHttp2Server server(certificate, kFirstRefused, 2);
  CHECK(create_at(server, folder.path() / "ca.pem") == ErrorKind::transport);
  CHECK(server.requests() == 2);
}
