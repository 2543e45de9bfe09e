#include <fmt/format.h>

#include <array>

#include "expression/functions/call.h"
#include "expression/functions/function_groups.h"
#include "expression/functions/replace_form.h"

namespace syncwright {
namespace {

using Form = ReplaceForm;

Form form_of(const Call& call) {
  std::array<bool, replace_arguments> is_given{};
  for (std::size_t at = 0; at < replace_arguments; ++at) is_given[at] = call.is_given(at);
  return replace_form(is_given);
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
  const Text wanted = call.text(replace_find);
  const Text other = call.text(form == Form::literal ? replace_replacement : replace_template);
  if (call.stopped()) return {};
  if (wanted.empty()) return call.fail("Find is empty");
  return call.each_text(source, [&](std::string_view text) {
    return form == Form::literal ? replace_all(call, text, wanted, other)
                                 : replace_all(call, other, wanted, text);
  });
}

/// Compiled with the program where the pattern is a constant.
tl::expected<DotnetRegex, RegexRefusal> regex_of(Call& call) {
  const auto& prepared = call.argument(replace_pattern).regex;
  return prepared ? *prepared : DotnetRegex::compile(call.text(replace_pattern));
}

/// What the other attribute's value holds, where the source holds nothing.
Operand capture_instead(Call& call, Operand source, const DotnetRegex& regex,
                        std::string_view group) {
  if (!is_null_or_empty(source.value())) return source;
  return call.each_text(call.value(replace_property), [&](std::string_view text) {
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
  const Text group = call.text(replace_group);
  if (form != Form::regex && !regex->has_group(group)) {
    return call.fail(fmt::format("RegularExpressionGroupName is {}, the pattern has no such group",
                                 quoted(group)));
  }
  if (form == Form::fallback) return capture_instead(call, std::move(source), *regex, group);
  const Text replacement = call.text(replace_replacement);
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
    return call.fail(fmt::format("the arguments fit no form; {}", replace_forms));
  }
  Operand source = call.value(replace_source);
  if (source.is_null() && form != Form::fallback) return {};
  const bool literal = form == Form::literal || form == Form::fill_template;
  return literal ? replace_literal(call, source, form)
                 : replace_by_regex(call, std::move(source), form);
}

constexpr std::array kFunctions = {NamedFunction{"Replace", replace}};

}  // namespace

std::span<const NamedFunction> replace_functions() {
  return kFunctions;
}

}  // namespace syncwright
