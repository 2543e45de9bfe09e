#include "syncwright/core/secret_reference.h"

#include <string_view>
#include <utility>

#include "syncwright/core/command.h"
#include "syncwright/core/file.h"
#include "syncwright/core/text.h"

namespace syncwright {

namespace {

constexpr std::size_t largest_secret = 64u << 10u;

/// Each source's own way to the raw value.
struct Reader {
  const Environment& environment;
  const std::filesystem::path& root;
  std::stop_token stop;

  Result<Secret> operator()(const SecretReference::Env& source) const {
    if (!is_environment_name(source.name)) {
      return fail(ErrorKind::invalid_input, "there is no environment variable of such a name",
                  "use letters, digits and `_`, no digit first");
    }
    std::optional<std::string> value = environment.get(source.name);
    if (!value) {
      return fail(ErrorKind::invalid_input, "the environment variable is not set or empty",
                  "set " + source.name);
    }
    return Secret(*std::move(value));
  }

  Result<Secret> operator()(const SecretReference::File& source) const {
    Result<std::string> content = read_file(root / source.path, largest_secret);
    if (!content) return fail(content.error());
    return without_final_newline(Secret(*std::move(content)));
  }

  Result<Secret> operator()(const SecretReference::Command& source) const {
    Result<Secret> output = run_command(source.argv, root, {.stop = stop});
    if (output) return without_final_newline(*std::move(output));
    // A deadline of a request would leave a write in doubt: here nothing was sent.
    if (output.error().kind == ErrorKind::timeout) output.error().kind = ErrorKind::io;
    return output;
  }

  static Secret without_final_newline(Secret secret) {
    std::string_view value = secret.reveal();
    if (value.ends_with('\n')) value.remove_suffix(value.ends_with("\r\n") ? 2 : 1);
    return Secret(std::string(value));
  }
};

struct Describer {
  std::string operator()(const SecretReference::Env& source) const {
    // A plan file may have been edited by hand: what cannot be a name may be the secret.
    return "env " + (is_environment_name(source.name) ? source.name : "(secret)");
  }
  std::string operator()(const SecretReference::File& source) const {
    return "file " + source.path;
  }
  std::string operator()(const SecretReference::Command& source) const {
    // Arguments are left out: they may name more than a log should show.
    return source.argv.empty() ? "command" : "command " + source.argv.front();
  }
};

}  // namespace

std::string describe(const SecretReference& reference) {
  return std::visit(Describer{}, reference.source);
}

Result<Secret> resolve(const SecretReference& reference, const Environment& environment,
                       const std::filesystem::path& root, std::stop_token stop) {
  Result<Secret> value = std::visit(Reader{environment, root, std::move(stop)}, reference.source);
  if (!value) {
    Error error = within(std::move(value).error(), "secret " + describe(reference));
    if (error.kind != ErrorKind::cancelled) error.kind = ErrorKind::invalid_input;
    return fail(std::move(error));
  }
  if (value->empty()) {
    return fail(ErrorKind::invalid_input, "secret " + describe(reference) + ": the value is empty");
  }
  if (find_invalid_utf8(value->reveal())) {
    return fail(ErrorKind::invalid_input,
                "secret " + describe(reference) + ": the value is not UTF-8 text");
  }
  return value;
}

}  // namespace syncwright
