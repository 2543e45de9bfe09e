#include "syncwright/emulator/server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "syncwright/core/file.h"
#include "syncwright/core/json.h"
#include "syncwright/http/origin.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t worker_threads = 300;  // each keep-alive connection holds one
constexpr int waiting_connections = 512;
constexpr std::size_t requests_per_connection = 100'000;
constexpr std::size_t max_payload = 17U << 20U;  // the tenant itself refuses bodies over 16 MiB

/// JSON lines of what was asked: no header and no body, which may hold secrets.
class RequestLog {
 public:
  RequestLog() = default;
  RequestLog(const RequestLog&) = delete;
  RequestLog& operator=(const RequestLog&) = delete;
  ~RequestLog() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  Result<void> open(const std::filesystem::path& path) {
    Result<int> opened = open_for_appending(path);
    if (!opened) return fail(within(std::move(opened.error()), "the request log"));
    descriptor_ = *opened;
    return {};
  }

  void write(const http::HttpRequest& request, const std::string& target,
             const http::HttpResponse& response) {
    if (descriptor_ < 0) return;
    const std::size_t question = target.find('?');
    const bool has_query = question != std::string::npos;
    const Json line = {{"method", to_string(request.method)},
                       {"path", target.substr(0, question)},
                       {"query", has_query ? target.substr(question + 1) : ""},
                       {"requestId", response.headers.get("request-id").value_or("")},
                       {"status", response.status},
                       {"time", response.headers.get("Date").value_or("")}};
    append(canonical_json(line) + "\n");
  }

 private:
  /// What the file does not take is not logged: the request was answered all the same.
  void append(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    while (!text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  std::mutex mutex_;
  int descriptor_ = -1;
};

/// The library's default, SO_REUSEPORT, would let two emulators share one port.
void claim_port(socket_t socket) {
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
}

/// The library lets 5 connections wait. A client that opens 32 at once would have some of them
/// dropped, and try those again after a whole second.
class PatientServer : public httplib::Server {
 public:
  void let_wait(int connections) { ::listen(svr_sock_, connections); }
};

/// The root of links in answers: the host as the client named it.
std::string root_of(const httplib::Request& request, const std::string& own_root) {
  const std::string host = request.get_header_value("Host");
  return host.empty() ? own_root : "http://" + host;
}

/// One HTTP server around one tenant.
class Shell {
 public:
  Shell(Tenant& tenant, const ServerOptions& options) : tenant_(tenant), options_(options) {
    server_.set_tcp_nodelay(true);
    server_.set_socket_options(claim_port);
    server_.set_keep_alive_max_count(requests_per_connection);
    server_.set_keep_alive_timeout(2);  // seconds; stopping waits as long for idle clients
    server_.set_payload_max_length(max_payload);
    server_.new_task_queue = [] { return new httplib::ThreadPool(worker_threads); };
    route();
  }

  Result<void> run(std::stop_token stop) {
    if (!options_.request_log.empty()) {
      if (Result<void> opened = log_.open(options_.request_log); !opened) return opened;
    }
    if (Result<void> bound = bind(); !bound) return bound;
    std::jthread stopper(
        [this, stop = std::move(stop)](const std::stop_token& done) { wait_for(stop, done); });
    if (options_.on_listening) options_.on_listening(root_);
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
    request.url = root_of(incoming, root_) + incoming.target;
    for (const auto& [name, value] : incoming.headers) request.headers.add(name, value);
    request.body = incoming.body;
    if (may_move_clock_ && incoming.target == kClockPath) {
      write(answer_clock(*options_.clock, request), outgoing);
      return;
    }
    const http::HttpResponse response = tenant_.handle(request);
    log_.write(request, incoming.target, response);
    write(response, outgoing);
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
    root_ = fmt::format("http://{}:{}", host, port);
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

  Tenant& tenant_;
  const ServerOptions& options_;
  const bool may_move_clock_ = options_.clock != nullptr && http::is_loopback(options_.host);
  PatientServer server_;
  RequestLog log_;
  std::string root_;
};

}  // namespace

Result<void> serve(Tenant& tenant, const ServerOptions& options, std::stop_token stop) {
  return Shell(tenant, options).run(std::move(stop));
}

namespace {

constexpr const char* kAdvance = "advanceMilliseconds";
constexpr const char* kAhead = "aheadMilliseconds";
constexpr Milliseconds kLongestStep = std::chrono::hours{24} * 366;
/// The years that a state can hold: nothing that is added to it overflows.
constexpr Milliseconds kFarthest = std::chrono::hours{24} * 366 * 10'000;
constexpr std::size_t kMostBytes = 1'024;

/// The member as a time from nothing up to `most`.
std::optional<Milliseconds> read_duration(const std::string& text, const char* member,
                                          Milliseconds most) {
  const Result<Json> body = parse_json(text, {.max_bytes = kMostBytes, .max_depth = 2});
  if (!body || !body->is_object()) return std::nullopt;
  const auto found = body->find(member);
  if (found == body->end() || !found->is_number_unsigned()) return std::nullopt;
  const auto count = found->get<std::uint64_t>();
  if (count > static_cast<std::uint64_t>(most.count())) return std::nullopt;
  return Milliseconds{static_cast<Milliseconds::rep>(count)};
}

http::HttpResponse clock_response(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}}, canonical_json(body)};
}

http::HttpResponse clock_refusal(int status, const char* message) {
  return clock_response(status, {{"error", {{"code", "BadRequest"}, {"message", message}}}});
}

}  // namespace

http::HttpResponse answer_clock(VirtualClock& clock, const http::HttpRequest& request) {
  Milliseconds step{0};
  if (request.method == http::HttpMethod::post) {
    const auto asked = read_duration(request.body, kAdvance, kLongestStep);
    if (!asked) return clock_refusal(400, R"(Write {"advanceMilliseconds": N}, at most a year.)");
    step = *asked;
  } else if (request.method != http::HttpMethod::get) {
    return clock_refusal(405, "The clock is read with GET and moved on with POST.");
  }
  const Milliseconds ahead = clock.advance(step);
  return clock_response(200, {{kAhead, ahead.count()}, {"now", format_rfc3339(clock.now())}});
}

Result<Milliseconds> advance_served_clock(http::HttpTransport& transport, const std::string& root,
                                          Milliseconds step, std::stop_token stop) {
  http::HttpRequest request;
  request.method = http::HttpMethod::post;
  request.url = root + kClockPath;
  request.headers.set("Content-Type", "application/json");
  request.body = canonical_json({{kAdvance, step.count()}});
  request.repeatable = http::Repeatable::no;
  request.max_response_bytes = kMostBytes;
  const Result<http::HttpResponse> response = transport.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const auto ahead =
      response->status == 200 ? read_duration(response->body, kAhead, kFarthest) : std::nullopt;
  if (!ahead) return fail(ErrorKind::malformed, root + " does not answer as an emulator's clock");
  return *ahead;
}

}  // namespace syncwright::emulator
