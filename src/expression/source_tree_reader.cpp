#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "expression/functions/arguments.h"
#include "expression/literal.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

using Kind = Expression::Kind;
using Read = tl::expected<Expression, std::string>;

// Between two calls may stand a comparison and a concatenation of ours; a leaf ends it.
constexpr int kMaxTreeDepth = 3 * kMaxExpressionDepth + 1;
constexpr std::size_t kMaxPosition = 256;

struct Entry {
  std::string key;
  Expression value;
};

tl::unexpected<std::string> fail(const std::string& path, std::string_view what) {
  return tl::unexpected(path.empty() ? fmt::format("the source {}", what)
                                     : fmt::format("{} {}", path, what));
}

Expression make(Kind kind, std::string text) {
  Expression node;
  node.kind = kind;
  node.text = std::move(text);
  return node;
}

/// Parameters and keywords are constants that stand without quotes; older documents leave out a
/// parameter's text (docs/expressions.md#4).
Expression constant(const std::string& name, const std::string& text) {
  if (is_parameter_text(name) && (text.empty() || text == name)) return make(Kind::parameter, name);
  if (is_keyword(name) && text == name) return make(Kind::keyword, name);
  return make(Kind::constant, name);
}

Expression in_order(Expression call, std::vector<Entry> entries) {
  for (Entry& entry : entries) call.arguments.emplace_back(std::move(entry.value));
  return call;
}

void place(Expression& call, std::size_t position, Expression value) {
  if (call.arguments.size() <= position) call.arguments.resize(position + 1);
  call.arguments[position] = std::move(value);
}

/// Folds the three entries of a comparison that has no node of its own into one under the
/// parameter's key; anything that is no comparison stays (docs/expressions.md#4.2).
std::vector<Entry> fold_comparison(const FunctionParameter& parameter, std::vector<Entry> entries) {
  const auto find = [&entries](std::string_view key) {
    return std::find_if(entries.begin(), entries.end(),
                        [key](const Entry& entry) { return entry.key == key; });
  };
  const auto left = find(parameter.key);
  const auto sign = find(parameter.operator_key);
  const auto right = find(parameter.right_key);
  if (left == entries.end() || sign == entries.end() || right == entries.end()) return entries;
  if (sign->value.kind != Kind::constant) return entries;
  Expression comparison = make(Kind::comparison, sign->value.text);
  comparison.arguments.emplace_back(std::move(left->value));
  comparison.arguments.emplace_back(std::move(right->value));
  left->value = std::move(comparison);
  std::erase_if(entries, [&parameter](const Entry& entry) {
    return entry.key == parameter.operator_key || entry.key == parameter.right_key;
  });
  return entries;
}

std::vector<Entry> fold_comparisons(const Function& function, std::vector<Entry> entries) {
  for (const FunctionParameter& parameter : function.parameters) {
    if (parameter.operator_key.empty()) continue;
    entries = fold_comparison(parameter, std::move(entries));
  }
  return entries;
}

/// Whether the call was written without the parameter that came later. Only the text tells: the
/// keys of a tree may be those of either form.
bool is_short_call(const Function& function, const std::vector<Entry>& entries,
                   const std::string& text) {
  const FunctionParameter* later = later_parameter(function);
  if (later == nullptr) return false;
  const bool is_given = std::any_of(entries.begin(), entries.end(),
                                    [&](const Entry& entry) { return entry.key == later->key; });
  if (is_given) return false;
  const auto parsed = parse_expression(text);
  return parsed && parsed->kind == Kind::call &&
         parsed->arguments.size() + 1 == function.parameters.size();
}

/// The position that "arg3" names; nullopt for any other key.
std::optional<std::size_t> numbered_position(std::string_view key) {
  if (!key.starts_with("arg")) return std::nullopt;
  std::size_t number = 0;
  const char* end = key.data() + key.size();
  const auto [stop, error] = std::from_chars(key.data() + 3, end, number);
  if (error != std::errc() || stop != end || number == 0 || number > kMaxPosition) {
    return std::nullopt;
  }
  return number - 1;
}

std::optional<std::size_t> position_of(std::string_view key,
                                       std::span<const FunctionParameter* const> parameters) {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [key](const auto* parameter) { return parameter->key == key; });
  if (found == parameters.end()) return numbered_position(key);
  return static_cast<std::size_t>(found - parameters.begin());
}

/// nullopt where a key names no position, or two name the same one.
std::optional<Expression> by_key(const Expression& call, const std::vector<Entry>& entries,
                                 std::span<const FunctionParameter* const> parameters,
                                 bool keeps_empty_end) {
  Expression placed = call;
  placed.arguments.resize(parameters.size() -
                          (!parameters.empty() && parameters.back()->repeats ? 1 : 0));
  for (const Entry& entry : entries) {
    std::optional<std::size_t> position = position_of(entry.key, parameters);
    if (!position) return std::nullopt;
    const bool repeats = *position < parameters.size() && parameters[*position]->repeats;
    if (repeats) position = std::max(*position, placed.arguments.size());
    if (*position < placed.arguments.size() && placed.arguments[*position]) return std::nullopt;
    place(placed, *position, entry.value);
  }
  // Places that nothing fills are no part of a tree: with them a call that lacks an argument might
  // fit its function. A call of either of two forms is read by the number of its arguments.
  if (!keeps_empty_end) {
    while (!placed.arguments.empty() && !placed.arguments.back()) placed.arguments.pop_back();
  }
  return placed;
}

bool is_comparison_operator(std::string_view name) {
  constexpr std::array<std::string_view, 6> kOperators = {"=", "<>", ">", ">=", "<", "<="};
  return std::find(kOperators.begin(), kOperators.end(), name) != kOperators.end();
}

Expression assemble(const std::string& name, std::vector<Entry> entries, const std::string& text) {
  if (name == "&" && entries.size() > 1) {
    return in_order(make(Kind::concatenation, name), std::move(entries));
  }
  if (is_comparison_operator(name) && entries.size() == 2) {
    return in_order(make(Kind::comparison, name), std::move(entries));
  }
  Expression call = make(Kind::call, name);
  const Function* function = find_function(name);
  std::vector<const FunctionParameter*> parameters;
  if (function != nullptr) {
    entries = fold_comparisons(*function, std::move(entries));
    parameters = parameters_in_use(*function, is_short_call(*function, entries, text));
  }
  const bool has_two_forms = function != nullptr && later_parameter(*function) != nullptr;
  if (auto placed = by_key(call, entries, parameters, has_two_forms)) return std::move(*placed);
  return in_order(std::move(call), std::move(entries));
}

Read read_text(const std::string& text, const std::string& path) {
  if (text.empty()) return fail(path, "has neither a name nor an expression");
  auto parsed = parse_expression(text);
  if (!parsed) {
    return fail(path, fmt::format("has no tree, and its expression is wrong at offset {}: {}",
                                  parsed.error().offset, parsed.error().message));
  }
  return std::move(*parsed);
}

Read read_node(const Json& source, const std::string& path, int depth);

tl::expected<std::vector<Entry>, std::string> read_entries(const Json& parameters,
                                                           const std::string& path, int depth) {
  if (!parameters.is_array()) return fail(path, "has parameters that are no list");
  std::vector<Entry> entries;
  for (std::size_t at = 0; at < parameters.size(); ++at) {
    const std::string here = fmt::format("{}parameters[{}]", path.empty() ? "" : path + ".", at);
    const Json& value = member_or_null(parameters[at], "value");
    if (value.is_null()) continue;  // an empty place, spelled out
    Read argument = read_node(value, here, depth + 1);
    if (!argument) return tl::unexpected(argument.error());
    entries.push_back({string_or(parameters[at], "key"), std::move(*argument)});
  }
  return entries;
}

Read read_node(const Json& source, const std::string& path, int depth) {
  if (depth > kMaxTreeDepth) return fail(path, "is nested too deeply");
  if (!source.is_object()) return fail(path, "is not an object");
  const std::string text = string_or(source, "expression");
  const std::string type = string_or(source, "type", "Attribute");
  const Json& name = member_or_null(source, "name");
  const Json& parameters = member_or_null(source, "parameters");
  const bool function = type == "Function";
  // Some documents carry the text alone.
  if (!name.is_string() || (function && parameters.is_null())) return read_text(text, path);
  if (type == "Attribute") return make(Kind::attribute, name.get<std::string>());
  if (type == "Constant") return constant(name.get<std::string>(), text);
  if (!function) return fail(path, fmt::format("has the unknown type \"{}\"", shorten(type)));
  auto entries = read_entries(parameters, path, depth);
  if (!entries) return tl::unexpected(entries.error());
  return assemble(name.get<std::string>(), std::move(*entries), text);
}

}  // namespace

tl::expected<Expression, std::string> from_source_tree(const Json& source) {
  return read_node(source, "", 1);
}

}  // namespace syncwright::expression
