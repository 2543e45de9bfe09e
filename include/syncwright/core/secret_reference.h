#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "syncwright/core/environment.h"
#include "syncwright/core/error.h"
#include "syncwright/core/secret.h"

namespace syncwright {

/// Where a secret's value comes from. Holds no value.
struct SecretReference {
  /// An environment variable.
  struct Env {
    std::string name;
    bool operator==(const Env&) const = default;
  };
  /// The content of a file.
  struct File {
    std::string path;  ///< absolute, or relative to the project's root
    bool operator==(const File&) const = default;
  };
  /// What a program prints.
  struct Command {
    std::vector<std::string> argv;  ///< program and arguments; no shell
    bool operator==(const Command&) const = default;
  };
  std::variant<Env, File, Command> source;

  bool operator==(const SecretReference&) const = default;
};

/// "env SALESFORCE_TOKEN", "file secrets/token", "command vault": safe to print.
[[nodiscard]] std::string describe(const SecretReference& reference);

/// Reads the value. One final newline (LF or CRLF) of a file or a command's output is dropped; an
/// empty value, an unset variable, an unreadable file, a command that fails or runs over 60 s is
/// ErrorKind::invalid_input. A command's stderr is never shown (it may hold the value); at most
/// 64 KiB are read. Relative paths start at `root`. `stop` ends a command: ErrorKind::cancelled.
[[nodiscard]] Result<Secret> resolve(const SecretReference& reference,
                                     const Environment& environment,
                                     const std::filesystem::path& root, std::stop_token stop = {});

}  // namespace syncwright
