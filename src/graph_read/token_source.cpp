#include "syncwright/graph_read/token_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "graph_read/sign_in/sign_in.h"
#include "graph_read/sign_in/ways.h"

namespace syncwright::graph_read {

// Which identity a run has is decided by the environment, in an order that pipelines rely on
// (docs/contract.md#2, Authentication): the first way that is configured, and its failure is the
// run's. A way that is configured by half is an error and not passed over, because the next one
// would make the run somebody else than its author thinks; but what a pipeline sets by itself does
// not stand in the way of a whole one behind it. Only where nothing is configured does the machine
// decide: its managed identity, else who is signed in to the Azure CLI.

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

/// What is wrong with a way that somebody means and that lacks `missing`; nullopt: nobody means it.
std::optional<Error> half_of(const Way& way, const std::string& missing,
                             const Environment& environment) {
  for (const std::vector<AnyOf>& sign : way.meant_by) {
    if (!not_set(sign, environment).empty()) continue;
    const AnyOf& names = sign.back();
    const auto set = std::find_if(names.begin(), names.end(), [&](const char* name) {
      return environment.get(name).has_value();
    });
    Error error;
    error.kind = ErrorKind::unauthenticated;
    error.message = fmt::format("{} is set, but {} is not", *set, missing);
    error.advice = ways_in_words();
    return error;
  }
  return std::nullopt;
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
                                                       const std::string& tenant,
                                                       TellWaiting tell_waiting) {
  const SignInContext context{environment,
                              transport,
                              clock,
                              audience(graph_root),
                              environment.get("AZURE_TENANT_ID").value_or(tenant),
                              std::move(tell_waiting)};
  std::vector<SignInWay> report;
  std::vector<SignIn::Candidate> candidates;
  bool decided = false;
  std::optional<Error> half;  // of a pipeline's way, until another one turns out to be whole
  for (const Way& way : sign_in_ways()) {
    SignInWay told{way.name, SignInState::not_reached, {}, {}};
    if (!decided) {
      const bool of_the_machine = way.set_by == SetBy::machine;
      if (of_the_machine && half) return fail(*half);
      told.missing = not_set(way.needs, environment);
      decided = told.missing.empty() && !way.needs.empty();
      if (!told.missing.empty()) {
        const std::optional<Error> fault = half_of(way, told.missing.front(), environment);
        if (fault && way.set_by != SetBy::pipeline) return fail(*fault);
        if (!half) half = fault;
      }
      if (decided) candidates.clear();
      if (of_the_machine) told.missing.clear();
      if (decided || of_the_machine) {
        Result<std::unique_ptr<TokenGrant>> grant = way.make(context);
        if (!grant) return fail(grant.error());
        candidates.push_back({report.size(), std::move(*grant)});
      }
      told.state = decided          ? SignInState::used
                   : of_the_machine ? SignInState::not_reached
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
