#include "syncwright/core/text.h"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <vector>

#include "expression/functions/call.h"
#include "expression/functions/comparison.h"
#include "expression/functions/function_groups.h"
#include "expression/functions/letters.h"
#include "expression/literal.h"

namespace syncwright::expression {
namespace {

constexpr std::size_t kRest = std::numeric_limits<std::size_t>::max();

Operand append(Call& call) {
  const Operand text = call.value(0);
  const Text suffix = call.text(1);
  if (text.is_null()) return call.result(std::string(suffix));
  return call.each_text(
      text, [&](std::string_view source) { return std::string(source).append(suffix); });
}

Operand prepend(Call& call) {
  const Text prefix = call.text(0);
  const Operand text = call.value(1);
  if (text.is_null()) return call.result(std::string(prefix));
  return call.each_text(
      text, [&](std::string_view source) { return std::string(prefix).append(source); });
}

/// null gives "" here, not null; a negative length everything (docs/expressions.md#3).
Operand left(Call& call) {
  const Operand text = call.value(0);
  const std::int64_t length = call.integer(1);
  if (text.is_null()) return Value(std::string());
  const std::size_t count = length < 0 ? kRest : static_cast<std::size_t>(length);
  return call.each_text(
      text, [count](std::string_view source) { return std::string(slice(source, 0, count)); });
}

Operand mid(Call& call) {
  const std::int64_t start = call.integer(1);
  const std::int64_t length = call.integer(2);
  if (call.stopped()) return {};
  if (start < 1) return call.fail(fmt::format("start is {}, the first character is 1", start));
  if (length < 0) return call.fail(fmt::format("length is {}, it cannot be negative", length));
  return call.each_text(call.value(0), [start, length](std::string_view source) {
    return std::string(
        slice(source, static_cast<std::size_t>(start - 1), static_cast<std::size_t>(length)));
  });
}

/// A text folded letter by letter: where each letter was before folding stays known.
struct FoldedText {
  std::string text;
  std::vector<std::size_t> origins;  ///< for each byte of `text`, its letter's place in the source
};

FoldedText fold_letters(std::string_view source) {
  FoldedText folded;
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t length = decode_utf8(source.substr(at)).length;
    folded.text += fold_case(source.substr(at, length));
    folded.origins.resize(folded.text.size(), at);
    at += length;
  }
  return folded;
}

/// Byte position of `wanted`, npos where it is absent.
std::size_t find_ignoring_case(std::string_view text, std::string_view wanted) {
  const FoldedText folded = fold_letters(text);
  const std::size_t at = folded.text.find(fold_case(wanted));
  return at < folded.origins.size() ? folded.origins[at] : at;
}

Operand in_str(Call& call) {
  const Text text = call.text(0);
  const Text wanted = call.text(1);
  const std::int64_t start = call.is_given(2) ? call.integer(2) : 1;
  const Text compare_type = call.text(3);
  if (call.stopped()) return {};
  if (start < 1) return call.fail(fmt::format("start is {}, the first character is 1", start));
  const auto ignore_case = ignores_case(compare_type);
  if (!ignore_case) {
    return call.fail(fmt::format("compareType is {}, it takes vbTextCompare or vbBinaryCompare",
                                 quote(compare_type)));
  }
  const std::string_view skipped = slice(text, 0, static_cast<std::size_t>(start - 1));
  const std::string_view rest = std::string_view(text).substr(skipped.size());
  std::size_t at = std::string_view::npos;
  if (!rest.empty()) {
    at = *ignore_case ? find_ignoring_case(rest, wanted) : rest.find(std::string_view(wanted));
  }
  if (at == std::string_view::npos) return Value(std::int64_t{0});
  const std::size_t before = length_of(skipped) + length_of(rest.substr(0, at));
  return Value(static_cast<std::int64_t>(before + 1));
}

/// null has no characters; of a list each element is counted, as the other functions of one text
/// treat it [G].
Operand count_characters(Call& call) {
  const Operand source = call.value(0);
  if (source.list() != nullptr) {
    return call.each_text(source,
                          [](std::string_view text) { return std::to_string(length_of(text)); });
  }
  return Value(static_cast<std::int64_t>(length_of(ValueText(source.value()))));
}

Operand lower(Call& call) {
  const Text culture = call.text(1);
  return call.each_text(call.value(0),
                        [&](std::string_view source) { return to_lower(source, culture); });
}

Operand upper(Call& call) {
  const Text culture = call.text(1);
  return call.each_text(call.value(0),
                        [&](std::string_view source) { return to_upper(source, culture); });
}

Operand proper_case(Call& call) {
  const Text separators = call.text(1);
  return call.each_text(call.value(0), [&](std::string_view source) {
    return separators.empty() ? title_case(source) : capitalize_words(source, separators);
  });
}

Operand diacritics(Call& call) {
  return call.each_text(call.value(0), normalize_diacritics);
}

Operand strip_spaces(Call& call) {
  return call.each_text(call.value(0), [](std::string_view source) {
    std::string kept(source);
    std::erase(kept, ' ');
    return kept;
  });
}

Operand trim_blanks(Call& call) {
  return call.each_text(call.value(0), trim);
}

Operand to_string(Call& call) {
  Operand source = call.value(0);
  if (source.is_null() || source.list() != nullptr) return source;
  return call.result(std::string(Text(std::move(source))));
}

/// The n-th run of characters that are no delimiters; "" where there is none.
std::string nth_word(std::string_view text, std::int64_t number, std::string_view delimiters) {
  std::size_t start = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t length = at < text.size() ? decode_utf8(text.substr(at)).length : 1;
    const bool ends =
        at == text.size() || delimiters.find(text.substr(at, length)) != std::string_view::npos;
    if (ends && at > start && --number == 0) return std::string(text.substr(start, at - start));
    at += length;
    if (ends) start = at;
  }
  return {};
}

Operand word(Call& call) {
  const Operand text = call.value(0);
  const std::int64_t number = call.integer(1);
  const Text delimiters = call.text(2);
  if (text.is_null() || number < 1) return Value(std::string());
  return call.each_text(
      text, [&](std::string_view source) { return nth_word(source, number, delimiters); });
}

constexpr std::array kTextFunctions = {
    Function{.name = "Append",
             .parameters = {required("source"), required("suffix")},
             .proven_keys = true,
             .body = append,
             .null_handling = NullHandling::gives_empty},
    Function{.name = "CStr", .parameters = {required("value")}, .body = to_string},
    Function{.name = "InStr",
             .parameters =
                 {required("value1"),
                  required("value2"),
                  {.key = "start", .required = false, .kind = ArgumentKind::integer, .least = 1},
                  optional("compareType", ArgumentKind::compare_type)},
             .body = in_str,
             .also_spelled = "Instr"},
    Function{.name = "Left",
             .parameters = {required("source"), required("length", ArgumentKind::integer)},
             .proven_keys = true,
             .body = left,
             .null_handling = NullHandling::gives_empty},
    Function{.name = "Len",
             .parameters = {required("source")},
             .body = count_characters,
             .unlisted = true},
    Function{.name = "Mid",
             .parameters = {required("source"),
                            {.key = "start", .kind = ArgumentKind::integer, .least = 1},
                            {.key = "length", .kind = ArgumentKind::integer, .least = 0}},
             .proven_keys = true,
             .body = mid},
    Function{.name = "NormalizeDiacritics",
             .parameters = {required("source")},
             .body = diacritics,
             .folds_diacritics = true},
    Function{.name = "PCase",
             .parameters = {required("source"), optional("wordSeparators")},
             .body = proper_case},
    Function{.name = "Prepend",
             .parameters = {required("prefix"), required("source")},
             .proven_keys = true,
             .body = prepend,
             .null_handling = NullHandling::gives_empty},
    Function{.name = "StripSpaces",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = strip_spaces},
    Function{
        .name = "ToLower", .parameters = {required("source"), optional("culture")}, .body = lower},
    Function{
        .name = "ToUpper", .parameters = {required("source"), optional("culture")}, .body = upper},
    Function{.name = "Trim",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = trim_blanks,
             .place = FunctionPlace::cloud_sync,
             .beside_cloud_sync = "use Replace with a regular expression, or StripSpaces"},
    Function{.name = "Word",
             .parameters = {required("string"), required("wordNumber", ArgumentKind::integer),
                            required("delimiters")},
             .body = word,
             .null_handling = NullHandling::gives_empty}};

constexpr std::string_view kLower = "write ToLower(source)";
constexpr std::string_view kUpper = "write ToUpper(source)";
constexpr std::string_view kTitle = "write PCase(source)";
constexpr std::string_view kLength = "write Len(source)";
constexpr std::string_view kMid = "write Mid(source, start, length): the first character is 1";
constexpr std::string_view kInStr = "write InStr(text, part): it is 0 where the part is absent";
constexpr std::string_view kRight =
    "for a known length write IIF(Len([x])=\"10\", Mid([x], 8, 3), [x]), for any other "
    "Replace([x], , \"^.*(.{3})$\", , \"$1\", , ): the last 3 characters";

constexpr std::array kForeignTextFunctions = {
    ForeignFunction{"CharIndex", kInStr},
    ForeignFunction{"Contains", "InStr(text, part) is 0 where a part is absent", true},
    ForeignFunction{"Find", kInStr},
    ForeignFunction{"IndexOf", kInStr},
    ForeignFunction{"LCase", kLower},
    ForeignFunction{"Length", kLength},
    ForeignFunction{"Lower", kLower},
    ForeignFunction{"Proper", kTitle},
    ForeignFunction{"Right", kRight},
    ForeignFunction{"Search", kInStr},
    ForeignFunction{"StrConv", kTitle},
    ForeignFunction{"StringLength", kLength},
    ForeignFunction{"StrLen", kLength},
    ForeignFunction{"Substr", kMid},
    ForeignFunction{"Substring", kMid},
    ForeignFunction{"TitleCase", kTitle},
    ForeignFunction{"ToLowerCase", kLower},
    ForeignFunction{"ToTitleCase", kTitle},
    ForeignFunction{"ToUpperCase", kUpper},
    ForeignFunction{"UCase", kUpper},
    ForeignFunction{"Upper", kUpper},
};

}  // namespace

FunctionGroup text_functions() {
  return {.functions = kTextFunctions, .foreign = kForeignTextFunctions};
}

}  // namespace syncwright::expression
