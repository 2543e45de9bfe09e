#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/expression/function_table.h"
#include "syncwright/expression/lint.h"

namespace syncwright::expression {

/// A node of the expression under lint, and where it hangs.
struct LintNode {
  const Expression* expression = nullptr;
  const LintNode* parent = nullptr;    ///< nullptr: the whole expression
  std::size_t position = 0;            ///< among the parent's arguments
  const Function* function = nullptr;  ///< that it calls; nullptr: no call, or of an unknown name
};

/// One expression laid out flat, so that rules are loops. Points into what it was made of.
class LintSubject {
 public:
  LintSubject(const Expression& expression, std::string_view text, const LintContext& context);
  LintSubject(const LintSubject&) = delete;
  LintSubject& operator=(const LintSubject&) = delete;

  /// Every node, each before its arguments.
  [[nodiscard]] const std::vector<LintNode>& nodes() const { return nodes_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const LintContext& context() const { return context_; }

 private:
  std::vector<LintNode> nodes_;  ///< never grows after the constructor: `parent` points into it
  std::string_view text_;
  const LintContext& context_;
};

using LintFindings = std::vector<LintFinding>;

[[nodiscard]] bool is_call(const Expression& expression);
/// A text or number with something in it.
[[nodiscard]] bool is_filled_constant(const Expression& expression);
[[nodiscard]] bool is_empty_constant(const Expression& expression);
/// `&H` and more digits than fit: the parser takes any number of them.
[[nodiscard]] bool is_oversized_hex(const Expression& expression);
/// IgnoreAttributeFlow or IgnoreObjectFlow, which have no value.
[[nodiscard]] bool is_flow_word(const Expression& expression);
/// What the evaluation reads where the argument is a constant or a word that stands for a text;
/// nullopt for anything else, NULL and nullptr.
[[nodiscard]] std::optional<std::string_view> written_text(const Expression* argument);
/// nullptr where the call has fewer arguments or leaves this one empty.
[[nodiscard]] const Expression* argument_at(const Expression& call, std::size_t position);
/// The first argument of the kind; nullptr where it is left out or the function takes none.
[[nodiscard]] const Expression* argument_of(const Expression& call, ArgumentKind kind);

}  // namespace syncwright::expression
