#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/expression/evaluator.h"

namespace syncwright::provisioning {

/// What a clause says of an attribute that is absent or empty (docs/expressions.md#5; IS NULL
/// apart).
enum class NullRule {
  strict,   ///< false, as documented: the default for `groups`
  lenient,  ///< negative operators and IS FALSE are true: the default for `inputFilterGroups`
};

/// One clause as it was evaluated: "department EQUALS Sales was false, value was 'Marketing'".
struct ClauseVerdict {
  std::string group;
  std::string attribute;
  std::string operator_name;
  std::vector<std::string> values;
  bool holds = false;
  expression::Value found;  ///< the attribute's value
  std::string problem;      ///< why it could not be evaluated (a bound of the regular expression)
};

/// Whether an object passes a filter, and why.
struct FilterVerdict {
  bool passes = true;
  std::vector<ClauseVerdict>
      clauses;  ///< up to what decided, in order; none where nothing is asked
};

/// A `filter` of Graph's objectMapping: clauses AND, groups OR; no groups pass everything
/// (docs/graph.md#9.3, docs/expressions.md#5). Immutable, thread-safe; copies share.
class ScopingFilter {
 public:
  /// `groups` is the array of one of groups, inputFilterGroups, categoryFilterGroups; null is none.
  /// An unknown operator, a missing operand or a pattern that is none is an error naming the
  /// clause.
  [[nodiscard]] static tl::expected<ScopingFilter, std::string> compile(const Json& groups);

  [[nodiscard]] bool passes(const expression::AttributeSource& attributes, NullRule rule) const;
  [[nodiscard]] FilterVerdict explain(const expression::AttributeSource& attributes,
                                      NullRule rule) const;
  /// The attributes that it reads, sorted, each once.
  [[nodiscard]] std::vector<std::string> attributes() const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace syncwright::provisioning
