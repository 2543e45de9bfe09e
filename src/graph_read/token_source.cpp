#include "syncwright/graph_read/token_source.h"

#include <fmt/format.h>

#include <utility>

#include "graph_read/sign_in/sign_in.h"
#include "graph_read/sign_in/ways.h"

namespace syncwright::graph_read {

// Which identity a run has is decided by the environment, in an order that pipelines rely on
// (docs/contract.md#2, Authentication): the first way that is configured, and its failure is the
// run's. A way that is configured by half is an error and not passed over, because the next one
// would make the run somebody else than its author thinks. Only where nothing is configured does
// the machine decide: its managed identity, else who is signed in to the Azure CLI.

namespace {

constexpr const char* kGlobalGraph = "https://graph.microsoft.com";

class FixedTokenSource final : public TokenSource {
 public:
  FixedTokenSource(Secret token, std::string description)
      : token_(std::move(token)), description_(std::move(description)) {}

  [[nodiscard]] Result<Secret> token(std::stop_token) override { return token_.clone(); }
  bool renew() override { return false; }
  [[nodiscard]] std::string description() const override { return description_; }

 private:
  Secret token_;
  std::string description_;
};

std::string audience(const std::string& graph_root) {
  if (!graph_root.starts_with("https://")) return kGlobalGraph;
  return graph_root.ends_with('/') ? graph_root.substr(0, graph_root.size() - 1) : graph_root;
}

/// The first of the variables that somebody set and that mean the way: for the error's text.
std::string sign_of(const Way& way, const Environment& environment) {
  for (const char* name : way.meant_by.back()) {
    if (environment.get(name)) return name;
  }
  return way.name;
}

bool is_meant(const Way& way, const Environment& environment) {
  return !way.meant_by.empty() && not_set(way.meant_by, environment).empty();
}

}  // namespace

const char* to_string(SignInState state) {
  switch (state) {
    case SignInState::not_set:
      return "notSet";
    case SignInState::not_there:
      return "notThere";
    case SignInState::used:
      return "used";
    case SignInState::not_reached:
      return "notReached";
  }
  return "";
}

Result<std::unique_ptr<TokenSource>> make_token_source(const Environment& environment,
                                                       http::HttpTransport& transport, Clock& clock,
                                                       const std::string& graph_root,
                                                       const std::string& tenant) {
  const SignInContext context{environment, transport, clock, audience(graph_root),
                              environment.get("AZURE_TENANT_ID").value_or(tenant)};
  std::vector<SignInWay> report;
  std::vector<SignIn::Candidate> candidates;
  bool decided = false;
  for (const Way& way : sign_in_ways()) {
    SignInWay told{way.name, SignInState::not_reached, {}, {}};
    if (!decided) {
      told.missing = not_set(way.needs, environment);
      decided = told.missing.empty() && !way.needs.empty();
      if (!decided && is_meant(way, environment)) {
        return fail(ErrorKind::unauthenticated,
                    fmt::format("{} is set, but {} is not", sign_of(way, environment),
                                told.missing.front()),
                    ways_in_words());
      }
      if (decided) candidates.clear();
      if (way.of_the_machine) told.missing.clear();
      if (decided || way.of_the_machine) {
        Result<std::unique_ptr<TokenGrant>> grant = way.make(context);
        if (!grant) return fail(grant.error());
        candidates.push_back({report.size(), std::move(*grant)});
      }
      told.state = decided              ? SignInState::used
                   : way.of_the_machine ? SignInState::not_reached
                                        : SignInState::not_set;
    }
    report.push_back(std::move(told));
  }
  return std::make_unique<SignIn>(std::move(report), std::move(candidates), clock);
}

std::unique_ptr<TokenSource> make_fixed_token_source(Secret token, std::string description) {
  return std::make_unique<FixedTokenSource>(std::move(token), std::move(description));
}

}  // namespace syncwright::graph_read
