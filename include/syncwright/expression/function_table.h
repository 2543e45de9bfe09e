#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace syncwright::expression {

class Call;
class Operand;
struct EvaluationSettings;
struct Expression;

/// What the evaluation reads an argument as: which constants it refuses.
enum class ArgumentKind {
  any,
  integer,             ///< rendered bare in the parent's text (docs/expressions.md#4.1)
  interval_count,      ///< an integer: how many intervals are added to the date
  element_index,       ///< an integer: counts a list's elements from 1
  interval,            ///< yyyy, m, d, ww, h, n, s
  date,                ///< a date-time, or a text that is one
  date_format,         ///< of .NET
  date_time_style,     ///< of .NET, by name or number
  compare_type,        ///< vbTextCompare, vbBinaryCompare
  encoding,            ///< Unicode, UTF8, ASCII
  regular_expression,  ///< of .NET
  group_name,          ///< of a group in the call's regular expression
};

/// One parameter of a function: how it is keyed, and which constants it refuses.
struct FunctionParameter {
  std::string_view key;  ///< key in the Graph tree
  bool required = true;
  bool repeats = false;  ///< the last parameter of a variadic function: its key repeats
  ArgumentKind kind = ArgumentKind::any;
  std::optional<std::int64_t> least{};  ///< of an integer; nullopt: any number will do
  std::string_view if_empty{};  ///< the way out of the constant "", which is refused; empty: it is
                                ///< accepted
  bool is_result = false;       ///< what is given here may be the call's result as it is
  bool came_later = false;      ///< a call that is one argument short leaves this one out
  std::string_view operator_key{};  ///< a comparison given here has no node of its own in the tree:
  std::string_view right_key{};     ///< its left side takes `key`, the rest these two
                                    ///< (docs/expressions.md#4.2); empty: it has a node

  [[nodiscard]] constexpr bool is_integer() const {
    return kind == ArgumentKind::integer || kind == ArgumentKind::interval_count ||
           kind == ArgumentKind::element_index;
  }
};

/// The parameters of one function in their order, kept in the row itself.
class FunctionParameters {
 public:
  constexpr FunctionParameters() = default;
  constexpr FunctionParameters(std::initializer_list<FunctionParameter> parameters)
      : size_(parameters.size()) {
    std::copy(parameters.begin(), parameters.end(), all_.begin());
  }
  [[nodiscard]] constexpr const FunctionParameter* begin() const { return all_.data(); }
  [[nodiscard]] constexpr const FunctionParameter* end() const { return all_.data() + size_; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] constexpr const FunctionParameter& back() const { return all_[size_ - 1]; }
  [[nodiscard]] constexpr const FunctionParameter& operator[](std::size_t at) const {
    return all_[at];
  }

 private:
  std::array<FunctionParameter, 7> all_{};
  std::size_t size_ = 0;
};

/// How a function is carried out. Arguments are evaluated by asking the call for them, so that
/// branches not asked for never run.
using FunctionBody = Operand (*)(Call&);
/// Whether arguments at these places (bit 0: the first is given) make one of the function's forms.
using FormCheck = bool (*)(std::uint32_t given);

/// What becomes of an absent source.
enum class NullHandling {
  as_body_says,  ///< mostly null again
  gives_empty,   ///< "", which is not null
  fails,         ///< a condition needs a value
  is_tested,     ///< it is what the function tells
  goes_on,       ///< the next argument takes its place
  equals_empty,  ///< it is compared with the keys as "" is
};

/// Where a call may stand.
enum class FunctionPlace {
  anywhere,
  assigned_scope,  ///< reads what the object is assigned: not with `scope: all`
  cloud_sync,      ///< in the reference of Cloud Sync alone
  creation,        ///< asks the target what is taken: outermost, not to match by, at creation only,
                   ///< from HR to Active Directory (docs/expressions.md#3)
};

inline constexpr std::size_t kAnyNumberOfArguments = SIZE_MAX;

/// A function of the mapping language (docs/expressions.md#3): all that is known of it. Its row
/// stands beside its body in src/expression/functions; parser, evaluator, renderer, lints, emulator
/// and help read the row and name no function.
struct Function {
  std::string_view name;  ///< canonical spelling
  /// What is written between the parentheses: a comparison is one argument.
  FunctionParameters parameters{};
  bool proven_keys = false;  ///< the keys are attested by documents or live schemas
  FunctionBody body = nullptr;

  std::string_view also_spelled{};  ///< a second canonical spelling; empty: there is one
  /// Places between the commas that a call must have, where the required parameters do not say it;
  /// 0: they do.
  std::size_t at_least = 0;
  std::string_view usage{};  ///< the arguments as advice names them; empty: the keys are clear
  bool pairs = false;  ///< from the last parameter on a key and its value, again and again; before
                       ///< them the default
  FormCheck fits_form = nullptr;  ///< nullptr: the number of arguments says all
  std::string_view forms{};       ///< the way out where `fits_form` says no

  NullHandling null_handling = NullHandling::as_body_says;
  FunctionPlace place = FunctionPlace::anywhere;
  /// Of FunctionPlace::cloud_sync: the way out in a job that is none.
  std::string_view beside_cloud_sync{};
  bool unlisted = false;  ///< seen in live tenants, in no reference
  /// How many arguments are evaluated whatever the others are; those behind them are left aside
  /// where the result is decided without them.
  std::size_t always_evaluated = kAnyNumberOfArguments;
  /// The harsher of two readings under which the service was seen to fail in it; nullptr: there is
  /// one reading.
  bool EvaluationSettings::* contested = nullptr;
  bool raises = false;   ///< never gives a value
  bool redacts = false;  ///< logs do not show what it is given
  bool folds_diacritics = false;

  [[nodiscard]] constexpr std::size_t least() const {
    if (at_least != 0) return at_least;
    return static_cast<std::size_t>(
        std::count_if(parameters.begin(), parameters.end(),
                      [](const FunctionParameter& each) { return each.required; }));
  }
  [[nodiscard]] constexpr std::size_t most() const {
    const bool any = !parameters.empty() && parameters.back().repeats;
    return any ? kAnyNumberOfArguments : parameters.size();
  }
  /// The place of the first key. REQUIRES: pairs.
  [[nodiscard]] constexpr std::size_t first_key() const { return parameters.size() - 1; }
};

/// The 53 functions of the references and of Graph (docs/expressions.md#3) and the one that neither
/// lists, sorted by name without regard to case.
[[nodiscard]] std::span<const Function> function_table();
/// Without regard to case, second spellings included; nullptr for an unknown name.
[[nodiscard]] const Function* find_function(std::string_view name);
/// nullptr for anything but a call of a function that is known.
[[nodiscard]] const Function* called_function(const Expression& expression);
/// How a call is written: "Left(source, length)", optional arguments in brackets.
[[nodiscard]] std::string usage_of(const Function& function);

}  // namespace syncwright::expression
