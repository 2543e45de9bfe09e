#include "cli/connection.h"

#include <atomic>

#include "cli/embedded_emulator.h"
#include "syncwright/http/curl_transport.h"
#include "syncwright/http/read_only_transport.h"
#include "syncwright/http/retry_transport.h"
#include "syncwright/http/trace_transport.h"

namespace syncwright::cli {
namespace {

constexpr const char* kGraphRoot = "https://graph.microsoft.com";
constexpr const char* kEmulatorRoot = "http://127.0.0.1";

std::filesystem::path emulator_state_file(const Session& session) {
  const std::filesystem::path named(session.options.emulator);
  if (named.is_absolute()) {
    return named;
  }
  // The default lies beside the manifests; a name the user typed is relative to where they typed
  // it.
  return (named == ".syncwright/emulator.json" ? project_root(session) : session.working_folder) /
         named;
}

std::string graph_root(const Session& session) {
  std::string root = !session.options.endpoint.empty()
                         ? session.options.endpoint
                         : session.environment.get("SYNCWRIGHT_ENDPOINT").value_or(kGraphRoot);
  while (root.ends_with('/')) {
    root.pop_back();
  }
  return root;
}

}  // namespace

/// In the order of construction: each part uses the ones above it.
struct Connection::Parts {
  std::unique_ptr<HttpTransport> bottom;
  std::unique_ptr<HttpTransport> traced;
  std::unique_ptr<HttpTransport> retried;
  std::unique_ptr<HttpTransport> guarded;  ///< null with Access::write
  std::unique_ptr<TokenSource> tokens;
  std::unique_ptr<GraphConnection> graph;
  std::unique_ptr<GraphReader> reader;
  std::atomic<std::size_t> requests{0};
};

Connection::Connection(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Connection::~Connection() = default;

GraphConnection& Connection::graph() {
  return *parts_->graph;
}
GraphReader& Connection::reader() {
  return *parts_->reader;
}
TokenSource& Connection::tokens() {
  return *parts_->tokens;
}
std::size_t Connection::requests() const {
  return parts_->requests;
}

Result<std::optional<TokenClaims>> Connection::claims(std::stop_token stop) {
  auto token = parts_->tokens->token(std::move(stop));
  if (!token) {
    return fail(token.error());
  }
  return read_claims(token->reveal());
}

Result<std::unique_ptr<Connection>> Connection::open(Session& session, Access access) {
  auto parts = std::make_unique<Parts>();
  Parts& made = *parts;
  std::string root = kEmulatorRoot;
  if (session.options.use_emulator) {
    auto embedded = EmbeddedEmulator::open(emulator_state_file(session),
                                           emulator::Catalog::built_in(), session.clock, {});
    if (!embedded) {
      return fail(embedded.error());
    }
    made.tokens = make_fixed_token_source(Secret((*embedded)->tenant().issue_token()),
                                          "the embedded emulator's own token");
    made.bottom = std::move(*embedded);
  } else {
    root = graph_root(session);
    CurlOptions curl;
    curl.max_connections = session.options.parallelism;
    curl.user_agent = "syncwright/" SYNCWRIGHT_VERSION;
    made.bottom = make_curl_transport(curl);
  }

  Console& console = session.console;
  const bool verbose = session.options.verbosity > 0;
  made.traced = make_trace_transport(
      *made.bottom, session.clock, [&made, &console, verbose](const HttpTrace& trace) {
        ++made.requests;
        if (verbose) {
          console.note(fmt::format("{} {} {} {} ms {}", to_string(trace.method), trace.url,
                                   trace.status, trace.duration.count(), trace.request_id));
        }
      });
  RetryOptions retry;
  retry.on_retry = [&console](const HttpRequest& request, int status, Milliseconds delay) {
    console.note(fmt::format("{} answered {}: trying again in {:.1f} s", to_string(request.method),
                             status == 0 ? std::string("nothing") : std::to_string(status),
                             static_cast<double>(delay.count()) / 1000.0));
  };
  made.retried = make_retry_transport(*made.traced, session.clock, std::move(retry));
  HttpTransport* top = made.retried.get();
  if (access == Access::read) {
    made.guarded = make_read_only_transport(*top, [&session](const std::string& url) {
      return is_token_endpoint(session.environment, url);
    });
    top = made.guarded.get();
  }
  if (!made.tokens) {
    auto tokens = make_token_source(session.environment, *top, session.clock, root);
    if (!tokens) {
      return fail(tokens.error());
    }
    made.tokens = std::move(*tokens);
  }
  made.graph = std::make_unique<GraphConnection>(*top, root, *made.tokens);
  made.reader = std::make_unique<GraphReader>(*made.graph);
  return std::unique_ptr<Connection>(new Connection(std::move(parts)));
}

}  // namespace syncwright::cli
