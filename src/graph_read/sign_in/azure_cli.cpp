#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "graph_read/sign_in/token_answer.h"
#include "graph_read/sign_in/ways.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/command.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/token_source.h"

namespace syncwright::graph_read {

// The CLI prints a token of whoever ran `az login`. It is started by its path and without a shell,
// so nothing in a variable can become a command. What it prints on a failure is not read, since it
// may quote anything; a second question, who is signed in, tells the usual failure from the others.

namespace {

constexpr Milliseconds kCliTime{60'000};

/// The program in PATH; nullopt: not installed.
std::optional<std::string> find_cli(const Environment& environment) {
  const std::string path = environment.get("PATH").value_or("");
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::filesystem::path folder(path.substr(begin, end - begin));
    begin = end + 1;
    if (!folder.is_absolute()) continue;
    const std::string program = (folder / "az").string();
    std::error_code fault;
    if (std::filesystem::is_regular_file(program, fault) && ::access(program.c_str(), X_OK) == 0) {
      return program;
    }
  }
  return std::nullopt;
}

/// An id or a domain: nothing that could be read as a flag.
bool is_tenant_name(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char character) {
                       return ascii::is_digit(character) || character == '.' || character == '-' ||
                              (ascii::lower(character) >= 'a' && ascii::lower(character) <= 'z');
                     }) &&
         !text.starts_with('-');
}

class AzureCliGrant final : public TokenGrant {
 public:
  explicit AzureCliGrant(SignInContext context) : context_(std::move(context)) {}

  [[nodiscard]] Result<GrantedToken> acquire(std::stop_token stop) override {
    const std::optional<std::string> program = find_cli(context_.environment);
    if (!program) return fail(ErrorKind::not_found, "az is not installed");
    const Instant asked = context_.clock.now();
    CommandLimits limits;
    limits.duration = kCliTime;
    limits.stop = std::move(stop);
    const Result<Secret> output = run_command(token_command(*program), "/", limits);
    if (!output) return why_not(*program, output.error(), limits);
    const Result<Json> answer = parse_json(output->reveal(), {kMaxTokenAnswer, 32});
    std::string text = answer ? string_or(*answer, "accessToken") : std::string();
    if (!is_header_token(text)) {
      return fail(ErrorKind::malformed, "no token by Azure CLI: its answer holds none",
                  "update the Azure CLI");
    }
    const Milliseconds life = life_of_token(*answer, text, asked);
    return GrantedToken{Secret(std::move(text)), life};
  }
  [[nodiscard]] std::string description() const override { return "Azure CLI"; }

 private:
  [[nodiscard]] std::vector<std::string> token_command(const std::string& program) const {
    std::vector<std::string> argv = {program, "account",    "get-access-token", "--output",
                                     "json",  "--resource", context_.audience};
    if (!context_.tenant.empty()) argv.insert(argv.end(), {"--tenant", context_.tenant});
    return argv;
  }

  [[nodiscard]] tl::unexpected<Error> why_not(const std::string& program, const Error& error,
                                              const CommandLimits& limits) const {
    if (error.kind == ErrorKind::cancelled) return fail(error);
    const Result<Secret> account =
        run_command({program, "account", "show", "--output", "json"}, "/", limits);
    if (!account && account.error().kind == ErrorKind::cancelled) return fail(account.error());
    if (!account) return fail(ErrorKind::not_found, "nobody is signed in to the Azure CLI");
    return fail(ErrorKind::unauthenticated, "no token by Azure CLI: " + error.message,
                context_.tenant.empty()
                    ? std::string("az account get-access-token says why; az login signs in anew")
                    : fmt::format("sign in to that tenant: az login --tenant {}", context_.tenant));
  }

  /// `expires_on` counts seconds; older versions print a local time only, and then the token says.
  static Milliseconds life_of_token(const Json& answer, const std::string& token, Instant asked) {
    const std::int64_t end = int_or(answer, "expires_on", 0);
    std::optional<Instant> expires = Instant{std::chrono::seconds(end)};
    if (end <= 0) {
      const std::optional<TokenClaims> claims = read_claims(token);
      expires = claims ? claims->expires : std::nullopt;
    }
    return expires ? std::max(*expires - asked, Milliseconds{0}) : Milliseconds{0};
  }

  SignInContext context_;
};

}  // namespace

Result<std::unique_ptr<TokenGrant>> azure_cli_grant(const SignInContext& context) {
  if (!is_tenant_name(context.tenant)) {
    return fail(ErrorKind::unauthenticated, "the tenant is neither an id nor a domain",
                "check AZURE_TENANT_ID and the project's `tenant:`");
  }
  return std::make_unique<AzureCliGrant>(context);
}

}  // namespace syncwright::graph_read
