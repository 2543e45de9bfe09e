#include "syncwright/emulator/server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <unistd.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "emulator/server/azure_metadata.h"
#include "emulator/server/connection.h"
#include "emulator/server/own_endpoints.h"
#include "emulator/server/request_log.h"
#include "emulator/server/tls_context.h"
#include "emulator/server/worker_stack.h"
#include "syncwright/core/ascii.h"
#include "syncwright/emulator/weather.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t most_workers = 300;  // each keep-alive connection holds one
constexpr int waiting_connections = 512;
constexpr std::size_t requests_per_connection = 100'000;
constexpr Milliseconds idle_step{100};
constexpr Milliseconds most_idle{2'000};
constexpr std::size_t max_payload = 17U << 20U;  // the tenant itself refuses bodies over 16 MiB

/// The library's default, SO_REUSEPORT, would let two emulators share one port.
void claim_port(socket_t socket) {
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
}

/// In place of the library's threads, which take turns.
class ConnectionWorkers final : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> connection) override { workers_.run(std::move(connection)); }
  void shutdown() override { workers_.finish(); }

 private:
  WorkerStack workers_{most_workers};
};

/// The library's server around connections of ours.
class ConnectionServer : public httplib::Server {
 public:
  ConnectionServer(Clock& clock, std::stop_token stop) : clock_(clock), stop_(std::move(stop)) {}

  /// From now on every connection is one of TLS. The context outlives the server.
  void speak_tls(SSL_CTX& context) { tls_ = &context; }
  /// The library lets 5 connections wait. A client that opens 32 at once would have some of them
  /// dropped, and try those again after a whole second.
  void let_wait(int connections) { ::listen(svr_sock_, connections); }

 private:
  bool process_and_close_socket(socket_t socket) override {
    Connection connection(socket, tls_, clock_, stop_);
    if (!connection.begin()) return false;
    for (std::size_t left = requests_per_connection; left > 0; --left) {
      bool is_closed = false;
      connection.arrange({});
      if (!await_request(connection) ||
          !process_request(connection, left == 1, is_closed, nullptr) || is_closed ||
          connection.is_over()) {
        break;
      }
    }
    return true;
  }

  /// In short steps: an idle client does not keep a server that stops.
  [[nodiscard]] bool await_request(const Connection& connection) const {
    for (Milliseconds idle{0}; idle < most_idle && svr_sock_ != INVALID_SOCKET; idle += idle_step) {
      if (connection.is_readable_within(idle_step)) return true;
    }
    return false;
  }

  Clock& clock_;
  const std::stop_token stop_;
  SSL_CTX* tls_ = nullptr;
};

/// The scheme that the caller used: the server's own, or that of a proxy in front, which says so.
std::string scheme_of(const httplib::Request& request, const std::string& own_scheme) {
  const std::string forwarded = ascii::lower(request.get_header_value("X-Forwarded-Proto"));
  return forwarded == "https" || forwarded == "http" ? forwarded : own_scheme;
}

Clock& clock_of(const ServerOptions& options) {
  static SystemClock system;
  return options.clock ? static_cast<Clock&>(*options.clock) : system;
}

/// One HTTP server around one tenant.
class Shell {
 public:
  Shell(Tenant& tenant, const ServerOptions& options, std::stop_token stop)
      : options_(options),
        stop_(std::move(stop)),
        weather_(tenant, clock_of(options), options.weather),
        server_(clock_of(options), stop_) {
    server_.set_tcp_nodelay(true);
    server_.set_socket_options(claim_port);
    server_.set_keep_alive_max_count(requests_per_connection);
    server_.set_keep_alive_timeout(most_idle.count() / 1'000);  // what answers promise
    server_.set_payload_max_length(max_payload);
    server_.new_task_queue = [] { return new ConnectionWorkers(); };
    route();
  }

  Result<void> run() {
    if (!options_.request_log.empty()) {
      if (Result<void> opened = log_.open(options_.request_log); !opened) return opened;
    }
    if (options_.certificate) {
      Result<TlsContextHandle> context = make_tls_context(*options_.certificate);
      if (!context) return fail(std::move(context.error()));
      tls_ = std::move(*context);
      server_.speak_tls(*tls_);
    }
    if (Result<void> bound = bind(); !bound) return bound;
    std::jthread stopper([this](const std::stop_token& done) { wait_for(stop_, done); });
    if (options_.on_listening) options_.on_listening(scheme_ + "://" + address_);
    server_.listen_after_bind();
    return {};
  }

 private:
  void route() {
    const auto handler = [this](http::HttpMethod method) {
      return [this, method](const httplib::Request& request, httplib::Response& response) {
        answer(method, request, response);
      };
    };
    constexpr const char* everything = R"([\s\S]*)";
    server_.Get(everything, handler(http::HttpMethod::get));
    server_.Post(everything, handler(http::HttpMethod::post));
    server_.Put(everything, handler(http::HttpMethod::put));
    server_.Patch(everything, handler(http::HttpMethod::patch));
    server_.Delete(everything, handler(http::HttpMethod::del));
  }

  void answer(http::HttpMethod method, const httplib::Request& incoming,
              httplib::Response& outgoing) {
    http::HttpRequest request;
    request.method = method;
    // `path` is decoded already and takes %2F for a slash: only the target tells them apart.
    const std::string& target = incoming.target;
    const std::string scheme = scheme_of(incoming, scheme_);
    const std::string root = root_of(incoming, scheme);
    request.url = root + target;
    for (const auto& [name, value] : incoming.headers) request.headers.add(name, value);
    request.body = incoming.body;
    if (has_unread_body(method, incoming)) {
      outgoing.set_header("Connection", "close");
      Connection::current().end_after_answer();
    }
    if (OwnEndpoints::is_own(target)) {
      write(own_.answer(request, target, options_.host), outgoing);
      return;
    }
    if (scheme == "https" && is_azure_metadata(target)) {
      const WeatheredAnswer document{.response = answer_azure_metadata(request, root)};
      log_.add(request, target, document);
      write(document.response, outgoing);
      return;
    }
    const WeatheredAnswer weathered = weather_.answer(request, stop_);
    log_.add(request, target, weathered);
    write(weathered.response, outgoing);
    Connection::current().arrange(weathered.wire);
  }

  /// The library leaves the body of a GET where the next request is read from.
  static bool has_unread_body(http::HttpMethod method, const httplib::Request& request) {
    const std::string length = request.get_header_value("Content-Length");
    const bool has_body =
        (!length.empty() && length != "0") || request.has_header("Transfer-Encoding");
    return method == http::HttpMethod::get && has_body;
  }

  /// The root of links in answers: the host as the client named it.
  [[nodiscard]] std::string root_of(const httplib::Request& request,
                                    const std::string& scheme) const {
    const std::string host = request.get_header_value("Host");
    return scheme + "://" + (host.empty() ? address_ : host);
  }

  static void write(const http::HttpResponse& response, httplib::Response& outgoing) {
    outgoing.status = response.status;
    std::string type;
    for (const auto& [name, value] : response.headers.fields()) {
      if (name == "Content-Type") {
        type = value;
      } else {
        outgoing.set_header(name, value);
      }
    }
    if (!type.empty()) outgoing.set_content(response.body, type);
  }

  Result<void> bind() {
    int port = options_.port;
    if (port == 0) {
      port = server_.bind_to_any_port(options_.host);
    } else if (!server_.bind_to_port(options_.host, port)) {
      port = -1;
    }
    if (port < 0) {
      return fail(ErrorKind::io,
                  fmt::format("cannot listen on {}:{}", options_.host, options_.port),
                  "choose another port, or 0 for any");
    }
    server_.let_wait(waiting_connections);
    const bool is_v6 = options_.host.find(':') != std::string::npos;
    const std::string host = is_v6 ? "[" + options_.host + "]" : options_.host;
    address_ = fmt::format("{}:{}", host, port);
    return {};
  }

  /// Stops the server when asked to; `done` is requested when it ended by itself.
  void wait_for(const std::stop_token& stop, const std::stop_token& done) {
    std::mutex mutex;
    std::condition_variable_any wake;
    const auto notify = [&] {
      const std::scoped_lock lock(mutex);
      wake.notify_all();
    };
    const std::stop_callback on_stop(stop, notify);
    const std::stop_callback on_done(done, notify);
    std::unique_lock lock(mutex);
    wake.wait(lock, [&] { return stop.stop_requested() || done.stop_requested(); });
    // A stop before the server runs would be lost.
    while (!server_.is_running() && !done.stop_requested()) std::this_thread::yield();
    server_.stop();
  }

  const ServerOptions& options_;
  const std::stop_token stop_;
  const std::string scheme_ = options_.certificate ? "https" : "http";
  std::string address_;  ///< host and port
  Weather weather_;
  RequestLog log_;
  const OwnEndpoints own_{options_.clock, weather_, log_, clock_of(options_)};
  TlsContextHandle tls_;
  ConnectionServer server_;
};

}  // namespace

Result<void> serve(Tenant& tenant, const ServerOptions& options, std::stop_token stop) {
  return Shell(tenant, options, std::move(stop)).run();
}

}  // namespace syncwright::emulator
