#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/code.h"
#include "syncwright/expression/expression.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {

/// What the documents leave open (docs/expressions.md#7). Each default is the documented word where
/// there is one, else the inference that the reference's own examples support.
struct EvaluationSettings {
  bool coalesce_skips_empty = false;     ///< Coalesce passes over "" as it does over null
  bool split_trims = true;               ///< Split trims the blanks of each element
  bool null_comparison_fails = true;     ///< IIF and CBool: a comparison with null is an error
  bool comparison_ignores_case = false;  ///< `=` and `<>` of texts
  bool empty_join_is_null = false;       ///< Join of nothing but empty values gives null, not ""
  bool empty_date_fails = false;         ///< FormatDateTime of "" is an error, not null
  bool branches_are_eager = false;       ///< a fault in a branch of IIF or Switch that is not taken
                                         ///< counts as well
  bool several_roles_fail = false;       ///< SingleAppRoleAssignment takes no first of several
  bool operator==(const EvaluationSettings&) const = default;
};

/// Bounds of one evaluation; over them it fails with an error that names the bound.
struct EvaluationLimits {
  std::size_t steps = 100'000;  ///< nodes and list elements visited, regex steps apart
  std::size_t bytes = std::size_t{16} << 20u;  ///< of all texts made
};

/// Attributes by exact name. Thread rules are the implementation's.
class AttributeSource {
 public:
  virtual ~AttributeSource() = default;
  /// nullptr for an absent attribute. Valid until the source changes.
  [[nodiscard]] virtual const Value* find(std::string_view name) const = 0;
};

/// Attributes that are held in memory.
class AttributeMap final : public AttributeSource {
 public:
  AttributeMap() = default;
  explicit AttributeMap(std::map<std::string, Value, std::less<>> values)
      : values_(std::move(values)) {}
  /// From a JSON object of attribute values; the error names the attribute.
  [[nodiscard]] static tl::expected<AttributeMap, std::string> from_json(const Json& object);

  [[nodiscard]] const Value* find(std::string_view name) const override {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }
  void set(std::string name, Value value) {
    values_.insert_or_assign(std::move(name), std::move(value));
  }
  [[nodiscard]] const std::map<std::string, Value, std::less<>>& values() const { return values_; }

 private:
  std::map<std::string, Value, std::less<>> values_;
};

/// An app role that the object holds: what the role functions read.
struct AppRole {
  std::string id;
  std::string value;
  std::string display_name;
};

/// Where random functions draw from. Thread rules are the implementation's.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  [[nodiscard]] virtual std::string guid() = 0;                        ///< lower case, hyphens
  [[nodiscard]] virtual std::uint64_t below(std::uint64_t bound) = 0;  ///< uniform in [0, bound)
};
/// OpenSSL's generator; thread-safe.
[[nodiscard]] RandomSource& system_random_source();

/// Everything an evaluation may look at. References must outlive the call.
struct EvaluationInput {
  const AttributeSource& attributes;
  const std::map<std::string, std::string, std::less<>>* parameters = nullptr;  ///< "DomainFQDN"
  /// Whether the target already holds a value (SelectUniqueValue; compares without case). Empty:
  /// nothing is taken.
  std::function<bool(std::string_view)> is_taken{};
  std::span<const AppRole> roles{};
  std::optional<std::string> default_domain{};
  Instant now{};
  RandomSource& random = system_random_source();
};

/// What SelectUniqueValue asks, answered from a list of values that are taken; case does not count
/// (EvaluationInput::is_taken). Empty for an empty list.
[[nodiscard]] std::function<bool(std::string_view)> taken_values(
    const std::vector<std::string>& values);

/// How an evaluation ended.
struct Outcome {
  enum class Kind {
    value,
    ignore_attribute,  ///< the attribute is dropped from this flow, neither written nor cleared
    ignore_object,     ///< the object is not created
    error,
  };
  Kind kind = Kind::value;
  Value value;             ///< of Kind::value
  std::string message;     ///< of Kind::error: names the function and what it was given
  std::size_t offset = 0;  ///< of Kind::error: of the node that failed, in the parsed text
};

/// What an evaluation gave no error for, and the service may: it was seen to read the language in
/// another way, under which this input fails.
struct Doubt {
  Code code = Code::none;  ///< of the diagnostic catalog
  std::string message;     ///< which reading that is
  std::string failure;     ///< what fails under it; may quote what the function was given
  std::string advice;      ///< how to write it so that either reading succeeds
  std::size_t offset = 0;  ///< of the node that fails, in the parsed text
};

/// An expression made ready: functions looked up, constant regular expressions compiled. Date
/// formats are read at each call. Making one cannot fail; an unknown function, a wrong number of
/// arguments or a bad pattern is the error of the evaluation that reaches it, since branches not
/// taken are not evaluated. Immutable and thread-safe; copies share.
class Evaluator {
 public:
  explicit Evaluator(const Expression& expression, const EvaluationSettings& settings = {},
                     const EvaluationLimits& limits = {});
  [[nodiscard]] Outcome evaluate(const EvaluationInput& input) const;
  /// Where the settings take the kinder of two readings and the other fails; empty where the
  /// evaluation itself does. Evaluates again, without drawing from `input.random`: a cycle need not
  /// pay for it.
  [[nodiscard]] std::vector<Doubt> doubts(const EvaluationInput& input) const;
  /// The attributes it may read, sorted, each once.
  [[nodiscard]] const std::vector<std::string>& attributes() const;

 private:
  struct Program;
  std::shared_ptr<const Program> program_;
};

}  // namespace syncwright::expression
