// The grammar of --faults (docs/emulator.md#weather-on-demand): rules of words, each word one row
// of `fault_words`. A rule is METHOD PATH and then words in any order, each at most once.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "syncwright/core/ascii.h"
#include "syncwright/emulator/faults.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t most_spec_bytes = 16U << 10U;
constexpr std::uint64_t most_count = 1'000'000'000;
constexpr std::uint64_t most_milliseconds = 600'000;
constexpr std::uint64_t most_seconds = 600;
constexpr const char* fault_example = "POST */jobs nth=1 reset-after";

template <auto Member, std::uint64_t least, std::uint64_t most>
bool read_amount(FaultRule& rule, std::string_view text) {
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || value < least || value > most) {
    return false;
  }
  rule.*Member = value;
  return true;
}

template <FaultEffect effect, std::uint64_t least, std::uint64_t most>
bool read_effect(FaultRule& rule, std::string_view text) {
  rule.effect = effect;
  return read_amount<&FaultRule::amount, least, most>(rule, text);
}

template <FaultEffect effect>
bool choose_effect(FaultRule& rule, std::string_view) {
  rule.effect = effect;
  return true;
}

bool read_probability(FaultRule& rule, std::string_view text) {
  double value = 0;
  const auto [stop, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || stop != text.data() + text.size() || !(value >= 0 && value <= 1)) {
    return false;
  }
  rule.probability = value;
  return true;
}

bool read_flap(FaultRule& rule, std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos &&
         read_amount<&FaultRule::up, 1, most_milliseconds>(rule, text.substr(0, slash)) &&
         read_amount<&FaultRule::down, 1, most_milliseconds>(rule, text.substr(slash + 1));
}

bool mark_processed(FaultRule& rule, std::string_view) {
  rule.processed = true;
  return true;
}

/// Of those that exclude one another a rule has one at most.
enum class FaultPart { which, effect, detail };

struct FaultWord {
  std::string_view name;
  std::string_view form;  ///< of the value behind `=`; empty: the word stands alone
  std::string_view wants;
  FaultPart part;
  bool (*read)(FaultRule&, std::string_view value);
};

constexpr std::string_view wants_count = "a whole number from 1 to 1000000000";
constexpr std::string_view wants_milliseconds = "milliseconds from 1 to 600000";

constexpr std::array fault_words = {
    FaultWord{"nth", "N", wants_count, FaultPart::which,
              read_amount<&FaultRule::nth, 1, most_count>},
    FaultWord{"every", "N", wants_count, FaultPart::which,
              read_amount<&FaultRule::every, 1, most_count>},
    FaultWord{"probability", "P", "a number from 0 to 1, such as 0.2", FaultPart::which,
              read_probability},
    FaultWord{"seed", "S", "a whole number up to 1000000000", FaultPart::detail,
              read_amount<&FaultRule::seed, 0, most_count>},
    FaultWord{"times", "N", wants_count, FaultPart::detail,
              read_amount<&FaultRule::times, 1, most_count>},
    FaultWord{"flap", "UP/DOWN", "milliseconds up and milliseconds down, such as 5000/1000",
              FaultPart::detail, read_flap},
    FaultWord{"status", "CODE", "a status from 400 to 599", FaultPart::effect,
              read_effect<FaultEffect::status, 400, 599>},
    FaultWord{"retry-after", "SECONDS", "seconds from 1 to 600", FaultPart::detail,
              read_amount<&FaultRule::retry_after, 1, most_seconds>},
    FaultWord{"processed", "", "", FaultPart::detail, mark_processed},
    FaultWord{"reset-before", "", "", FaultPart::effect, choose_effect<FaultEffect::reset_before>},
    FaultWord{"reset-after", "", "", FaultPart::effect, choose_effect<FaultEffect::reset_after>},
    FaultWord{"truncate", "BYTES", "bytes from 0 to 1000000000", FaultPart::effect,
              read_effect<FaultEffect::truncate, 0, most_count>},
    FaultWord{"stall", "MS", wants_milliseconds, FaultPart::effect,
              read_effect<FaultEffect::stall, 1, most_milliseconds>},
    FaultWord{"slow-body", "BYTES", "bytes a second from 1 to 1000000000", FaultPart::effect,
              read_effect<FaultEffect::slow_body, 1, most_count>},
    FaultWord{"garbage", "", "", FaultPart::effect, choose_effect<FaultEffect::garbage>},
    FaultWord{"duplicate", "", "", FaultPart::effect, choose_effect<FaultEffect::duplicate>},
};

std::string fault_advice() {
  std::string words;
  for (const FaultWord& word : fault_words) {
    if (!words.empty()) words += ", ";
    words += word.name;
    if (!word.form.empty()) words += fmt::format("={}", word.form);
  }
  return fmt::format("write METHOD PATH and words, for example `{}`; the words are {}",
                     fault_example, words);
}

/// A piece of the SPEC and where it stands.
struct SpecPiece {
  std::string_view text;
  std::size_t column = 1;  ///< of the whole SPEC, in bytes from 1
};

auto refuse_fault(std::size_t column, const std::string& what) {
  return fail(ErrorKind::invalid_input, fmt::format("column {}: {}", column, what), fault_advice());
}

std::vector<SpecPiece> split_spec(SpecPiece whole, std::string_view separators) {
  std::vector<SpecPiece> pieces;
  for (std::size_t at = 0; at < whole.text.size();) {
    const std::size_t begin = whole.text.find_first_not_of(separators, at);
    if (begin == std::string_view::npos) break;
    const std::size_t end =
        std::min(whole.text.find_first_of(separators, begin), whole.text.size());
    pieces.push_back({whole.text.substr(begin, end - begin), whole.column + begin});
    at = end;
  }
  return pieces;
}

/// "*", "POST" or "POST,PATCH".
bool read_methods(FaultRule& rule, std::string_view text) {
  if (text == "*") return true;
  using http::HttpMethod;
  for (const SpecPiece& name : split_spec({text, 1}, ",")) {
    const auto known = {HttpMethod::get, HttpMethod::post, HttpMethod::put, HttpMethod::patch,
                        HttpMethod::del};
    const auto* const found = std::find_if(known.begin(), known.end(), [&](HttpMethod method) {
      return http::to_string(method) == name.text;
    });
    if (found == known.end()) return false;
    rule.methods.push_back(*found);
  }
  return !rule.methods.empty();
}

/// The words that a rule has so far.
struct WordsOfRule {
  std::vector<std::string_view> names;
  bool has_effect = false;
  bool has_which = false;

  [[nodiscard]] bool has(std::string_view name) const {
    return std::find(names.begin(), names.end(), name) != names.end();
  }
};

Result<void> read_word(FaultRule& rule, WordsOfRule& words, const SpecPiece& piece) {
  const std::size_t equals = piece.text.find('=');
  const std::string_view name = piece.text.substr(0, equals);
  const auto* const word = std::find_if(fault_words.begin(), fault_words.end(),
                                        [&](const FaultWord& known) { return known.name == name; });
  if (word == fault_words.end()) {
    return refuse_fault(piece.column, fmt::format("`{}` is no word of a fault", piece.text));
  }
  const bool has_value = equals != std::string_view::npos;
  if (has_value && word->form.empty()) {
    return refuse_fault(piece.column, fmt::format("`{}` stands alone, without a value", name));
  }
  if (words.has(name)) {
    return refuse_fault(piece.column, fmt::format("`{}` stands twice in this rule", name));
  }
  if (word->part == FaultPart::effect && std::exchange(words.has_effect, true)) {
    return refuse_fault(piece.column, fmt::format("`{}` is a second thing that happens; a rule "
                                                  "has one",
                                                  name));
  }
  if (word->part == FaultPart::which && std::exchange(words.has_which, true)) {
    return refuse_fault(piece.column,
                        fmt::format("`{}`: a rule has one of nth, every and probability", name));
  }
  if ((!word->form.empty() && !has_value) ||
      !word->read(rule, has_value ? piece.text.substr(equals + 1) : std::string_view{})) {
    return refuse_fault(piece.column, fmt::format("`{}`: `{}={}` wants {}", piece.text, name,
                                                  word->form, word->wants));
  }
  words.names.push_back(word->name);
  return {};
}

/// Words that mean nothing without another one.
Result<void> check_company(const WordsOfRule& words, const SpecPiece& whole) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> needs = {
      {{"seed", "probability"}, {"retry-after", "status"}, {"processed", "status"}}};
  for (const auto& [word, needed] : needs) {
    if (words.has(word) && !words.has(needed)) {
      return refuse_fault(whole.column,
                          fmt::format("`{}` belongs to `{}`, which this rule lacks", word, needed));
    }
  }
  if (!words.has_effect && !words.has("flap")) {
    return refuse_fault(whole.column, fmt::format("`{}` does not say what happens", whole.text));
  }
  return {};
}

Result<FaultRule> parse_rule(const SpecPiece& whole) {
  const std::vector<SpecPiece> pieces = split_spec(whole, " \t\r");
  FaultRule rule;
  rule.text = whole.text;
  if (!read_methods(rule, pieces[0].text)) {
    return refuse_fault(pieces[0].column,
                        fmt::format("`{}` is no method; there are GET, POST, PUT, PATCH, DELETE, "
                                    "several with commas, and * for any",
                                    pieces[0].text));
  }
  if (pieces.size() < 2 || (pieces[1].text[0] != '/' && pieces[1].text[0] != '*')) {
    const SpecPiece& wrong = pieces[std::min<std::size_t>(1, pieces.size() - 1)];
    return refuse_fault(wrong.column, fmt::format("`{}`: a path begins with / or *, and stands "
                                                  "behind the method",
                                                  wrong.text));
  }
  rule.path = pieces[1].text;
  WordsOfRule words;
  for (std::size_t i = 2; i < pieces.size(); ++i) {
    if (Result<void> read = read_word(rule, words, pieces[i]); !read) return fail(read.error());
  }
  if (Result<void> complete = check_company(words, whole); !complete) {
    return fail(complete.error());
  }
  return rule;
}

}  // namespace

Result<std::vector<FaultRule>> parse_faults(std::string_view spec) {
  if (spec.size() > most_spec_bytes) {
    return fail(ErrorKind::invalid_input,
                fmt::format("faults take at most {} bytes", most_spec_bytes));
  }
  std::vector<FaultRule> rules;
  for (SpecPiece piece : split_spec({spec, 1}, ";\n")) {
    const std::string_view trimmed = ascii::trim(piece.text);
    if (trimmed.empty()) continue;
    piece.column += static_cast<std::size_t>(trimmed.data() - piece.text.data());
    piece.text = trimmed;
    Result<FaultRule> rule = parse_rule(piece);
    if (!rule) return fail(std::move(rule.error()));
    rules.push_back(std::move(*rule));
  }
  if (rules.empty()) return refuse_fault(1, "there is no rule");
  return rules;
}

}  // namespace syncwright::emulator
