#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/source_range.h"
#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/drift.h"
#include "syncwright/plan/plan.h"

namespace syncwright::report::junit {

// The JUnit XML that build servers read. It was made for tests, and reads well for anything that
// has parts which succeed or not: a suite for each application, a case for each change or
// difference.

/// What is wrong with a case. Texts may be foreign.
struct Fault {
  enum class Kind {
    failure,  ///< it was looked at, and is not as it should be
    error,    ///< what became of it is not known
    skipped,  ///< it was not its turn
  };

  Kind kind = Kind::failure;
  std::string type;     ///< a word that servers group by; may be empty
  std::string message;  ///< one line
  std::vector<std::string> lines;
};

struct Case {
  std::string class_name;
  std::string name;
  SourceRange where;  ///< without a file: it has none
  std::optional<Fault> fault;
  std::vector<std::string> output;  ///< what servers show beside a case, also one that passed
  std::optional<Milliseconds> time;
};

struct Suite {
  std::string name;
  std::vector<Case> cases;
};

/// The document. Everything is escaped here: control and deceptive characters as escape_terminal()
/// writes them, what XML 1.0 cannot hold as well.
[[nodiscard]] std::string document(std::string_view name, const std::vector<Suite>& suites);

/// A suite for each application that the plan knows. A refused change is a failure, a held one is
/// skipped, and an application without changes is one case that passed.
[[nodiscard]] std::string of_plan(const plan::Plan& plan);

/// The same of a drift: a failure for whatever `drift` ends with exit code 2 for.
[[nodiscard]] std::string of_drift(const plan::Drift& drift);

/// A case for each change, with how long it took. An error is a change of which nobody knows
/// whether it was made.
[[nodiscard]] std::string of_apply(const plan::ApplyReport& report, const plan::Plan& plan);

}  // namespace syncwright::report::junit
