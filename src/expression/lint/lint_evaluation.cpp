#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "expression/evaluation.h"
#include "expression/functions/advice.h"
#include "expression/lint/lint_rules.h"
#include "expression/program.h"

namespace syncwright::expression {
namespace {

using NodeKind = ProgramNode::Kind;

/// The bounds of each node: an expression has thousands, and none needs much.
constexpr EvaluationLimits kBounds{.steps = 10'000, .bytes = std::size_t{1} << 17u};
/// The current time: 2026-01-01, so that the same text has the same findings tomorrow.
constexpr Instant kNow{Milliseconds{1'767'225'600'000}};

/// A node that fails for every user whose evaluation reaches it.
struct Failure {
  std::size_t offset = 0;  ///< of the node at fault: the one evaluated, or one inside of it
  std::string message;
  StopCause cause = StopCause::fault;
};

/// In the order of LintSubject::nodes; false where a node was not compiled, which happens to
/// expressions that no parser made.
bool lay_out_program(const Expression& expression, ProgramNode& node,
                     std::vector<ProgramNode*>& nodes) {
  nodes.push_back(&node);
  if (expression.arguments.size() != node.arguments.size()) return false;
  for (std::size_t at = 0; at < expression.arguments.size(); ++at) {
    const auto& argument = expression.arguments[at];
    if (argument && !lay_out_program(*argument, node.arguments[at], nodes)) return false;
  }
  return true;
}

bool is_nothing(const ProgramNode& node) {
  return node.kind == NodeKind::constant && is_null(node.constant);
}

/// Evaluates the nodes of a program from the inside out. Each becomes what it gave, so that nothing
/// is evaluated twice; what only the input knows (an attribute, a parameter) becomes a stop of
/// unknown cause. A call that fails before it comes to one fails for every input.
class Folding {
 public:
  explicit Folding(const LintSubject& subject)
      : expression_(*subject.nodes().front().expression),
        program_(compile_program(expression_, subject.context().settings, kBounds)) {}

  /// By node of the subject.
  std::vector<std::optional<Failure>> run() {
    std::vector<ProgramNode*> nodes;
    if (!lay_out_program(expression_, program_.root, nodes)) return {};
    std::vector<std::optional<Failure>> failures(nodes.size());
    for (std::size_t at = nodes.size(); at-- > 0;) failures[at] = fold(*nodes[at]);
    return failures;
  }

 private:
  std::optional<Failure> fold(ProgramNode& node) {
    if (node.kind == NodeKind::constant) return std::nullopt;
    if (node.kind == NodeKind::attribute) return stop(node, {}, StopCause::unknown);
    if (compares_with_nothing(node)) {
      return stop(node, "a comparison with nothing fails, whatever stands on the other side",
                  StopCause::fault);
    }
    Evaluation evaluation(program_, program_.settings, input_);
    Operand result = evaluation.evaluate(node);
    const StopCause cause = evaluation.stopped() ? evaluation.cause() : StopCause::unknown;
    Outcome outcome = evaluation.outcome(std::move(result));
    if (outcome.kind == Outcome::Kind::value) {
      node.kind = NodeKind::constant;
      node.constant = std::move(outcome.value);
      node.integer.reset();
      return std::nullopt;
    }
    if (outcome.kind == Outcome::Kind::error) node.offset = outcome.offset;
    return stop(node, std::move(outcome.message), cause);
  }

  static std::optional<Failure> stop(ProgramNode& node, std::string message, StopCause cause) {
    node.kind = NodeKind::failure;
    node.cause = is_failure(cause) ? cause : StopCause::unknown;
    node.text = std::move(message);
    if (!is_failure(cause)) return std::nullopt;
    return Failure{node.offset, node.text, cause};
  }

  /// The evaluation would ask the other side first, which may be unknown.
  [[nodiscard]] bool compares_with_nothing(const ProgramNode& node) const {
    return node.kind == NodeKind::comparison && program_.settings.null_comparison_fails &&
           std::any_of(node.arguments.begin(), node.arguments.end(), is_nothing);
  }

  const Expression& expression_;
  ExpressionProgram program_;
  AttributeMap attributes_;
  FixedRandomSource random_;
  EvaluationInput input_{.attributes = attributes_, .now = kNow, .random = random_};
};

/// Rules that name what is at fault in a call more closely than its failure does.
bool is_refusal(Code code) {
  constexpr std::array<Code, 8> kCodes = {Code::SW3103, Code::SW3104, Code::SW3105, Code::SW3106,
                                          Code::SW3107, Code::SW3108, Code::SW3116, Code::SW3117};
  return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

/// Of the call itself or of one of its arguments.
bool is_refused(const Expression& call, const LintFindings& findings) {
  return std::any_of(findings.begin(), findings.end(), [&call](const LintFinding& finding) {
    if (!is_refusal(finding.code)) return false;
    return finding.offset == call.offset ||
           std::any_of(call.arguments.begin(), call.arguments.end(), [&](const auto& argument) {
             return argument && argument->offset == finding.offset;
           });
  });
}

bool is_always_evaluated(const LintNode& outer, std::size_t position) {
  if (!is_call(*outer.expression)) return true;
  const Function* function = outer.function;
  if (function == nullptr) return false;
  const bool is_first_key = function->pairs && position == function->first_key();
  return position < function->always_evaluated || is_first_key;
}

/// Whether every user comes to the failure of that node: on the way up, each call evaluates it in
/// any case, or fails by it whatever its input is.
bool is_certain(const LintSubject& subject, const std::vector<std::optional<Failure>>& failures,
                std::size_t at) {
  const std::vector<LintNode>& nodes = subject.nodes();
  for (const LintNode* node = &nodes[at]; node->parent != nullptr; node = node->parent) {
    if (is_always_evaluated(*node->parent, node->position)) continue;
    const auto& outer = failures[static_cast<std::size_t>(node->parent - nodes.data())];
    if (!outer || outer->offset != failures[at]->offset) return false;
  }
  return true;
}

LintFinding finding_of(const Failure& failure, bool certain) {
  if (failure.cause == StopCause::unread) {
    return {Code::SW3117, failure.offset, failure.message,
            "write it as ISO 8601 does, for example \"2026-11-28\""};
  }
  if (certain) {
    return {Code::SW3104, failure.offset, failure.message,
            "it fails for every user: mend what it is given"};
  }
  return {Code::SW3126, failure.offset, failure.message, std::string(advice::mend_branch)};
}

}  // namespace

void lint_evaluation(const LintSubject& subject, LintFindings& findings) {
  const std::vector<std::optional<Failure>> failures = Folding(subject).run();
  std::set<std::size_t> told;
  for (std::size_t at = failures.size(); at-- > 0;) {  // the innermost is the one at fault
    const auto& failure = failures[at];
    if (!failure || !told.insert(failure->offset).second) continue;
    if (is_refused(*subject.nodes()[at].expression, findings)) continue;
    findings.push_back(finding_of(*failure, is_certain(subject, failures, at)));
  }
}

}  // namespace syncwright::expression
