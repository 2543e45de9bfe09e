#include "graph_read/sign_in/azure_cli.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "graph_read/sign_in/aadsts.h"
#include "graph_read/sign_in/token_answer.h"
#include "graph_read/sign_in/ways.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/json.h"
#include "syncwright/core/redaction.h"
#include "syncwright/core/text.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/token_source.h"

namespace syncwright::graph_read {

// The CLI prints a token of whoever ran `az login`. It is started by its path and without a shell,
// so nothing in a variable can become a command. Of what it prints on a failure one line is told,
// the one that it marks as its error; no code reads it. A second question, who is signed in, tells
// the usual failure from the others. A CLI that hangs (it may wait for a browser, a lock or the
// network) is not asked again: that would only double the wait.

namespace {

constexpr std::size_t kLongestErrorLine = 300;
/// Longer than an id, shorter than any token.
constexpr std::size_t kLongestShownWord = 40;

/// The program in PATH; nullopt: not installed.
std::optional<std::string> find_cli(const Environment& environment) {
  const std::string path = environment.get("PATH").value_or("");
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::filesystem::path folder(path.substr(begin, end - begin));
    begin = end + 1;
    if (!folder.is_absolute()) continue;
    std::string program = (folder / "az").string();
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

/// What tokens are made of, the dots between a JWT's parts included.
bool is_token_character(char character) {
  return ascii::is_digit(character) || ascii::is_letter(character) ||
         std::string_view("+/=_-.").find(character) != std::string_view::npos;
}

/// Whether a run of such characters may be a token: it begins as a JWT does, or a part of it is
/// longer than anything that has to be read.
bool may_be_token(std::string_view run) {
  if (run.find("eyJ") != std::string_view::npos) return true;
  while (run.size() > kLongestShownWord) {
    const std::size_t end = run.find('.');
    if (end > kLongestShownWord) return true;
    run.remove_prefix(end + 1);
  }
  return false;
}

std::string without_tokens(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto* const end = std::find_if_not(text.begin(), text.end(), is_token_character);
    const std::string_view run = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    shown += may_be_token(run) ? kSecretMark : run;
    text.remove_prefix(run.size());
    if (text.empty()) break;
    shown += text.front();
    text.remove_prefix(1);
  }
  return shown;
}

class AzureCliGrant final : public TokenGrant {
 public:
  AzureCliGrant(SignInContext context, CommandLimits limits)
      : context_(std::move(context)), limits_(std::move(limits)) {}

  [[nodiscard]] Result<GrantedToken> acquire(std::stop_token stop) override {
    const std::optional<std::string> program = find_cli(context_.environment);
    if (!program) return fail(ErrorKind::not_found, "az is not installed");
    const Instant asked = context_.clock.now();
    std::string errors;
    const Result<Secret> output = run(token_command(*program), stop, errors);
    const std::string told = error_line(errors);
    wipe(errors);
    if (!output) return why_not(*program, output.error(), told, stop);
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

  /// `argv` has the program and the two words of its command in front.
  [[nodiscard]] Result<Secret> run(const std::vector<std::string>& argv,
                                   const std::stop_token& stop, std::string& errors) const {
    CommandLimits limits = limits_;
    limits.stop = stop;
    if (context_.tell_waiting) {
      limits.still_waiting = [&] {
        context_.tell_waiting(fmt::format("waiting for the Azure CLI (az {} {}), for {} at most",
                                          argv[1], argv[2], seconds_in_words()));
      };
    }
    Result<Secret> output = run_command(argv, "/", limits, &errors);
    if (output || output.error().kind != ErrorKind::timeout) return output;
    return fail(ErrorKind::timeout,
                fmt::format("no token by Azure CLI: az {} {} gave no answer in {}", argv[1],
                            argv[2], seconds_in_words()),
                "run it by itself to see what it waits for");
  }

  [[nodiscard]] std::string seconds_in_words() const {
    return fmt::format("{} s", std::chrono::ceil<std::chrono::seconds>(limits_.duration).count());
  }

  /// `told` is what the CLI said.
  [[nodiscard]] tl::unexpected<Error> why_not(const std::string& program, const Error& error,
                                              const std::string& told,
                                              const std::stop_token& stop) const {
    if (error.kind == ErrorKind::cancelled) return fail(error);
    if (error.kind == ErrorKind::timeout) return hangs(error);
    std::string errors;
    const Result<Secret> account =
        run({program, "account", "show", "--output", "json"}, stop, errors);
    wipe(errors);
    if (!account && account.error().kind == ErrorKind::cancelled) return fail(account.error());
    if (!account && account.error().kind == ErrorKind::timeout) return hangs(account.error());
    if (!account) {
      return fail(ErrorKind::not_found, fmt::format("nobody is signed in to the Azure CLI{}",
                                                    told.empty() ? "" : " (" + told + ")"));
    }
    return fail(ErrorKind::unauthenticated,
                "no token by Azure CLI: " + (told.empty() ? error.message : told), advice_on(told));
  }

  /// An identity that is not had, and not a request whose answer is lost.
  [[nodiscard]] static tl::unexpected<Error> hangs(Error error) {
    error.kind = ErrorKind::unauthenticated;
    return fail(std::move(error));
  }

  [[nodiscard]] std::string advice_on(const std::string& told) const {
    std::string advice = aadsts_advice({{"error_description", told}});
    if (!advice.empty()) return advice;
    return context_.tenant.empty()
               ? std::string("az account get-access-token says why; az login signs in anew")
               : fmt::format("sign in to that tenant: az login --tenant {}", context_.tenant);
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
  CommandLimits limits_;
};

}  // namespace

std::string error_line(std::string_view errors) {
  constexpr std::string_view mark = "ERROR:";
  for (const std::string& line : split_lines(errors)) {
    if (!line.starts_with(mark)) continue;
    const std::string plain = plain_text(line.substr(mark.size()), line.size() + kCutMark.size());
    return plain_text(without_tokens(without_held_secrets(plain)), kLongestErrorLine);
  }
  return {};
}

Result<std::unique_ptr<TokenGrant>> azure_cli_grant(const SignInContext& context) {
  return azure_cli_grant(context, {});
}

Result<std::unique_ptr<TokenGrant>> azure_cli_grant(const SignInContext& context,
                                                    CommandLimits limits) {
  if (!is_tenant_name(context.tenant)) {
    return fail(ErrorKind::unauthenticated, "the tenant is neither an id nor a domain",
                "check AZURE_TENANT_ID and the project's `tenant:`");
  }
  return std::make_unique<AzureCliGrant>(context, std::move(limits));
}

}  // namespace syncwright::graph_read
