#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/flags.h"
#include "cli/session.h"
#include "syncwright/expression/evaluator.h"

namespace syncwright::cli {

/// What `eval` may look at, flag by flag: all that a case of a MappingTest can say that an
/// expression reads.
struct EvaluationFlags {
  std::string attributes;
  std::vector<std::string> set;
  std::vector<std::string> parameters;
  std::vector<std::string> existing;
  std::vector<std::string> roles;
  std::string default_domain;
  std::string now;
};

void declare_evaluation_flags(const Command& command, EvaluationFlags& flags);

/// The same, read.
struct EvaluationWorld {
  expression::AttributeMap attributes;
  std::map<std::string, std::string, std::less<>> parameters;
  std::vector<std::string> existing;
  std::vector<expression::AppRole> roles;
  std::optional<std::string> default_domain;
  Instant now{};

  /// Valid as long as this object.
  [[nodiscard]] expression::EvaluationInput input() const;
};

/// Or the exit code of what is wrong with the flags, which was said.
[[nodiscard]] tl::expected<EvaluationWorld, ExitCode> read_evaluation_world(
    Session& session, const EvaluationFlags& flags);

}  // namespace syncwright::cli
