#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>

#include "call.h"
#include "functions.h"

namespace syncwright {
namespace {

// Places of Replace's arguments.
constexpr std::size_t kSource = 0;
constexpr std::size_t kFind = 1;
constexpr std::size_t kPattern = 2;
constexpr std::size_t kGroup = 3;
constexpr std::size_t kReplacement = 4;
constexpr std::size_t kProperty = 5;
constexpr std::size_t kTemplate = 6;

/// The five modes of SPEC.md 3.2, in its order.
enum class Mode { fill_template, literal, regex, group, fallback, none };

/// By which optional arguments are present; "" is present, a place left empty is not.
Mode mode_of(const Call& call) {
  const auto only = [&call](std::initializer_list<std::size_t> wanted) {
    for (std::size_t at = kFind; at <= kTemplate; ++at) {
      const bool is_wanted = std::find(wanted.begin(), wanted.end(), at) != wanted.end();
      if (call.is_given(at) != is_wanted) return false;
    }
    return true;
  };
  if (only({kFind, kTemplate})) return Mode::fill_template;
  if (only({kFind, kReplacement})) return Mode::literal;
  if (only({kPattern, kReplacement})) return Mode::regex;
  if (only({kPattern, kGroup, kReplacement})) return Mode::group;
  if (only({kPattern, kGroup, kProperty})) return Mode::fallback;
  return Mode::none;
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

Operand replace_literal(Call& call, const Operand& source, Mode mode) {
  const Text wanted = call.text(kFind);
  const Text other = call.text(mode == Mode::literal ? kReplacement : kTemplate);
  if (call.stopped()) return {};
  if (wanted.empty()) return call.fail("Find is empty");
  return call.each_text(source, [&](std::string_view text) {
    return mode == Mode::literal ? replace_all(call, text, wanted, other)
                                 : replace_all(call, other, wanted, text);
  });
}

/// Compiled with the program where the pattern is a constant.
tl::expected<DotnetRegex, std::string> regex_of(Call& call) {
  const auto& prepared = call.argument(kPattern).regex;
  return prepared ? *prepared : DotnetRegex::compile(call.text(kPattern));
}

/// What the other attribute's value holds, where the source holds nothing.
Operand capture_instead(Call& call, Operand source, const DotnetRegex& regex,
                        std::string_view group) {
  if (!is_null_or_empty(source.value())) return source;
  return call.each_text(call.value(kProperty), [&](std::string_view text) {
    return call.accept(regex.capture(text, group));
  });
}

Operand replace_by_regex(Call& call, Operand source, Mode mode) {
  const auto regex = regex_of(call);
  if (call.stopped()) return {};
  if (!regex) return call.fail(fmt::format("RegularExpression: {}", regex.error()));
  const Text group = call.text(kGroup);
  if (mode != Mode::regex && !regex->has_group(group)) {
    return call.fail(fmt::format("RegularExpressionGroupName is {}, the pattern has no such group",
                                 quoted(group)));
  }
  if (mode == Mode::fallback) return capture_instead(call, std::move(source), *regex, group);
  const Text replacement = call.text(kReplacement);
  return call.each_text(source, [&](std::string_view text) {
    return call.accept(mode == Mode::regex
                           ? regex->replace(text, replacement, call.bytes_left())
                           : regex->replace_group(text, group, replacement, call.bytes_left()));
  });
}

Operand replace(Call& call) {
  const Mode mode = mode_of(call);
  if (mode == Mode::none) {
    return call.fail(
        "the arguments fit no form; give Find with Replacement or Template, or RegularExpression "
        "with Replacement, with RegularExpressionGroupName and Replacement, or with "
        "RegularExpressionGroupName and ReplacementPropertyName");
  }
  Operand source = call.value(kSource);
  if (source.is_null() && mode != Mode::fallback) return {};
  const bool literal = mode == Mode::literal || mode == Mode::fill_template;
  return literal ? replace_literal(call, source, mode)
                 : replace_by_regex(call, std::move(source), mode);
}

constexpr std::array kFunctions = {NamedFunction{"Replace", replace}};

}  // namespace

std::span<const NamedFunction> replace_functions() {
  return kFunctions;
}

}  // namespace syncwright
