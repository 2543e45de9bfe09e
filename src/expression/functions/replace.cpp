#include <fmt/format.h>

#include <array>
#include <initializer_list>

#include "expression/functions/call.h"
#include "expression/functions/function_groups.h"

namespace syncwright::expression {
namespace {

/// Places of the arguments.
enum Place : std::size_t {
  source_place,
  find_place,
  pattern_place,
  group_place,
  replacement_place,
  property_place,
  template_place,
  place_count,
};

/// The five forms of docs/expressions.md#3.2, in its order.
enum class Form { fill_template, literal, regex, group, fallback, none };

/// The way out of Form::none.
constexpr std::string_view kForms =
    "give Find with Replacement or Template, or RegularExpression with Replacement, with "
    "RegularExpressionGroupName and Replacement, or with RegularExpressionGroupName and "
    "ReplacementPropertyName";

constexpr std::uint32_t places(std::initializer_list<Place> given) {
  std::uint32_t bits = 0;
  for (const Place place : given) bits |= std::uint32_t{1} << place;
  return bits;
}

/// By which arguments are present beside the source; "" is present, a place left empty is not.
Form form_of(std::uint32_t given) {
  switch (given & ~places({source_place})) {
    case places({find_place, template_place}):
      return Form::fill_template;
    case places({find_place, replacement_place}):
      return Form::literal;
    case places({pattern_place, replacement_place}):
      return Form::regex;
    case places({pattern_place, group_place, replacement_place}):
      return Form::group;
    case places({pattern_place, group_place, property_place}):
      return Form::fallback;
    default:
      return Form::none;
  }
}

Form form_of(const Call& call) {
  std::uint32_t given = 0;
  for (std::size_t at = 0; at < place_count; ++at) {
    if (call.is_given(at)) given |= std::uint32_t{1} << at;
  }
  return form_of(given);
}

bool fits_form(std::uint32_t given) {
  return form_of(given) != Form::none;
}

/// Every `wanted` in `text` becomes `by`; counted before it is made.
std::string replace_all(Call& call, std::string_view text, std::string_view wanted,
                        std::string_view by) {
  std::string result;
  while (true) {
    const std::size_t at = text.find(wanted);
    const bool last = at == std::string_view::npos;
    const std::size_t growth = last ? text.size() : at + by.size();
    if (growth > call.bytes_left() - result.size() || !call.take_steps(1)) {
      call.take_bytes(result.size() + growth);
      return {};
    }
    result.append(text.substr(0, at));
    if (last) return result;
    result.append(by);
    text.remove_prefix(at + wanted.size());
  }
}

Operand replace_literal(Call& call, const Operand& source, Form form) {
  const Text wanted = call.text(find_place);
  const Text other = call.text(form == Form::literal ? replacement_place : template_place);
  if (call.stopped()) return {};
  if (wanted.empty()) return call.fail("Find is empty");
  return call.each_text(source, [&](std::string_view text) {
    return form == Form::literal ? replace_all(call, text, wanted, other)
                                 : replace_all(call, other, wanted, text);
  });
}

/// Compiled with the program where the pattern is a constant.
tl::expected<DotnetRegex, RegexRefusal> regex_of(Call& call) {
  const auto& prepared = call.argument(pattern_place).regex;
  return prepared ? *prepared : DotnetRegex::compile(call.text(pattern_place));
}

/// What the other attribute's value holds, where the source holds nothing.
Operand capture_instead(Call& call, Operand source, const DotnetRegex& regex,
                        std::string_view group) {
  if (!is_null_or_empty(source.value())) return source;
  return call.each_text(call.value(property_place), [&](std::string_view text) {
    return call.accept(regex.capture(text, group), StopCause::unknown);
  });
}

Operand replace_by_regex(Call& call, Operand source, Form form) {
  const auto regex = regex_of(call);
  if (call.stopped()) return {};
  if (!regex) {
    return call.fail(fmt::format("RegularExpression: {}", regex.error().message),
                     regex.error().is_ours ? StopCause::unknown : StopCause::fault);
  }
  const Text group = call.text(group_place);
  if (form != Form::regex && !regex->has_group(group)) {
    return call.fail(fmt::format("RegularExpressionGroupName is {}, the pattern has no such group",
                                 quote(group)));
  }
  if (form == Form::fallback) return capture_instead(call, std::move(source), *regex, group);
  const Text replacement = call.text(replacement_place);
  return call.each_text(source, [&](std::string_view text) {
    return call.accept(form == Form::regex
                           ? regex->replace(text, replacement, call.bytes_left())
                           : regex->replace_group(text, group, replacement, call.bytes_left()),
                       StopCause::unknown);
  });
}

Operand replace(Call& call) {
  const Form form = form_of(call);
  if (form == Form::none) {
    return call.fail(fmt::format("the arguments fit no form; {}", kForms));
  }
  Operand source = call.value(source_place);
  if (source.is_null() && form != Form::fallback) return {};
  const bool literal = form == Form::literal || form == Form::fill_template;
  return literal ? replace_literal(call, source, form)
                 : replace_by_regex(call, std::move(source), form);
}

constexpr std::array kReplaceFunctions = {
    Function{.name = "Replace",
             .parameters = {required("source"),
                            {.key = "Find",
                             .required = false,
                             .if_empty = "write the text that is to be found"},
                            optional("RegularExpression", ArgumentKind::regular_expression),
                            optional("RegularExpressionGroupName", ArgumentKind::group_name),
                            optional("Replacement"),
                            optional("ReplacementPropertyName"),
                            optional("Template")},
             .proven_keys = true,
             .body = replace,
             .fits_form = fits_form,
             .forms = kForms}};

constexpr std::string_view kRegex =
    "write Replace(source, , pattern, , replacement, , ) with a regular expression of .NET";
constexpr std::string_view kTrimStart = "write Replace(source, , \"^\\\\s+\", , \"\", , )";
constexpr std::string_view kTrimEnd = "write Replace(source, , \"\\\\s+$\", , \"\", , )";

constexpr std::array kForeignReplaceFunctions = {
    ForeignFunction{"LTrim", kTrimStart},
    ForeignFunction{"RegexReplace", kRegex},
    ForeignFunction{"RTrim", kTrimEnd},
    ForeignFunction{"Substitute", "write Replace(source, find, , , replacement, , )"},
    ForeignFunction{"TrimEnd", kTrimEnd},
    ForeignFunction{"TrimStart", kTrimStart},
};

}  // namespace

FunctionGroup replace_functions() {
  return {.functions = kReplaceFunctions, .foreign = kForeignReplaceFunctions};
}

}  // namespace syncwright::expression
