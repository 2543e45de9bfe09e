#include "cli/connection.h"

#include <algorithm>
#include <array>

#include "cli/embedded_emulator.h"
#include "cli/request_trace.h"
#include "syncwright/http/curl_transport.h"
#include "syncwright/http/read_only_transport.h"
#include "syncwright/http/retry_transport.h"

namespace syncwright::cli {
namespace {

constexpr const char* kEmulatorRoot = "http://127.0.0.1";

/// The two hosts of a national cloud, as Microsoft's page of Graph's national cloud deployments
/// lists them (microsoft-graph-docs-contrib, concepts/deployments.md; the Graph hosts also
/// docs/graph.md#1).
struct Cloud {
  std::string_view name;       ///< the word that `cloud:` of an environment has; empty: global
  std::string_view graph;      ///< root URL of Microsoft Graph (docs/graph.md#1)
  std::string_view authority;  ///< of the token endpoint
};

constexpr std::array kClouds{
    Cloud{"", "https://graph.microsoft.com", "https://login.microsoftonline.com"},
    Cloud{"usgov", "https://graph.microsoft.us", "https://login.microsoftonline.us"},
    Cloud{"usgovdod", "https://dod-graph.microsoft.us", "https://login.microsoftonline.us"},
    Cloud{"china", "https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn"},
};

const Cloud& find_cloud(const std::string& name) {
  const auto* const found = std::find_if(kClouds.begin(), kClouds.end(),
                                         [&](const Cloud& cloud) { return cloud.name == name; });
  return found == kClouds.end() ? kClouds.front() : *found;
}

std::filesystem::path emulator_state_file(const Session& session, const std::string& environment) {
  if (!session.options.emulator.empty()) {
    return session.working_folder / session.options.emulator;
  }
  const std::string name =
      environment.empty() ? "emulator.db" : fmt::format("emulator-{}.db", environment);
  return project_root(session) / ".syncwright" / name;
}

}  // namespace

Result<std::unique_ptr<EmbeddedEmulator>> open_embedded_emulator(Session& session,
                                                                 const model::Desired& desired) {
  emulator::TenantOptions options;
  options.tenant_id = desired.tenant_id.value_or("");
  return EmbeddedEmulator::open(session.console, emulator_state_file(session, desired.environment),
                                emulator::Catalog::built_in(), session.clock, options);
}

std::optional<std::string> named_endpoint(const GlobalOptions& options,
                                          const Environment& environment) {
  std::optional<std::string> root = options.endpoint;
  if (root->empty()) root = environment.get("SYNCWRIGHT_ENDPOINT");
  while (root && root->ends_with('/')) root->pop_back();
  return root;
}

/// In the order of construction: each part uses the ones above it.
struct Connection::Parts {
  std::unique_ptr<http::HttpTransport> bottom;
  std::unique_ptr<http::HttpTransport> retried;
  std::unique_ptr<http::HttpTransport> guarded;  ///< null with Access::write
  std::unique_ptr<graph_read::TokenSource> tokens;
  std::unique_ptr<graph_read::GraphConnection> graph;
  std::unique_ptr<graph_read::GraphReader> reader;

  Result<std::string> make_bottom(Session& session, const model::Desired& desired,
                                  const Cloud& cloud);
  void stack_retries(Session& session);
};

Connection::Connection(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Connection::~Connection() = default;

graph_read::GraphConnection& Connection::graph() {
  return *parts_->graph;
}
graph_read::GraphReader& Connection::reader() {
  return *parts_->reader;
}
graph_read::TokenSource& Connection::tokens() {
  return *parts_->tokens;
}

Result<std::optional<graph_read::TokenClaims>> Connection::claims(std::stop_token stop) {
  auto token = parts_->tokens->token(std::move(stop));
  if (!token) {
    return fail(token.error());
  }
  return graph_read::read_claims(token->reveal());
}

/// The embedded emulator with its own token, or curl. The root URL that requests start with.
Result<std::string> Connection::Parts::make_bottom(Session& session, const model::Desired& desired,
                                                   const Cloud& cloud) {
  if (session.options.use_emulator) {
    auto embedded = open_embedded_emulator(session, desired);
    if (!embedded) {
      return fail(embedded.error());
    }
    tokens = make_emulator_token_source((*embedded)->tenant());
    bottom = std::move(*embedded);
    return kEmulatorRoot;
  }
  http::CurlOptions curl;
  curl.max_connections = session.options.parallelism;
  curl.user_agent = "syncwright/" SYNCWRIGHT_VERSION;
  std::filesystem::path ca_file = session.options.ca_file;
  if (!ca_file.empty()) {
    ca_file = session.working_folder / ca_file;
  }
  const auto trusted = http::trust(curl, ca_file, session.environment);
  if (!trusted) {
    return fail(trusted.error());
  }
  auto made = http::make_curl_transport(curl);
  if (!made) {
    return fail(made.error());
  }
  bottom = *std::move(made);
  return named_endpoint(session.options, session.environment).value_or(std::string(cloud.graph));
}

/// Retries on top of the bottom, told to the user; with -v every request as well.
void Connection::Parts::stack_retries(Session& session) {
  http::RetryOptions retry;
  retry.only_retries = session.options.verbosity == 0;
  retry.on_exchange = [&session](const http::HttpTrace& trace) {
    tell_exchange(session.console, session.options.verbosity, trace);
  };
  retried = http::make_retry_transport(*bottom, session.clock, std::move(retry));
}

Result<std::unique_ptr<Connection>> Connection::open(Session& session, Access access,
                                                     const model::Desired& desired) {
  const Cloud& cloud = find_cloud(desired.cloud);
  if (!desired.cloud.empty() && !session.environment.get("AZURE_AUTHORITY_HOST")) {
    session.environment =
        session.environment.with("AZURE_AUTHORITY_HOST", std::string(cloud.authority));
  }
  auto parts = std::make_unique<Parts>();
  auto root = parts->make_bottom(session, desired, cloud);
  if (!root) {
    return fail(root.error());
  }
  if (root->ends_with("/v1.0") || root->ends_with("/beta")) {
    return fail(ErrorKind::invalid_input, fmt::format("the endpoint {} ends with a version", *root),
                "name its root: https://HOST, without /v1.0");
  }
  parts->stack_retries(session);
  http::HttpTransport* top = parts->retried.get();
  if (access == Access::read) {
    parts->guarded = http::make_read_only_transport(*top);
    top = parts->guarded.get();
  }
  if (!parts->tokens) {
    // Tokens are POSTed for, by commands that only read as well: past the guard.
    auto tokens = graph_read::make_token_source(
        session.environment, *parts->retried, session.clock, *root, desired.tenant_id.value_or(""),
        [&session](const std::string& line) { session.console.note(line); });
    if (!tokens) {
      return fail(tokens.error());
    }
    parts->tokens = std::move(*tokens);
  }
  parts->graph = std::make_unique<graph_read::GraphConnection>(*top, *root, *parts->tokens);
  parts->reader = std::make_unique<graph_read::GraphReader>(*parts->graph);
  return std::unique_ptr<Connection>(new Connection(std::move(parts)));
}

}  // namespace syncwright::cli
