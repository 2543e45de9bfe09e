#include "syncwright/expression/dotnet_regex.h"

#include "syncwright/core/free_with.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "expression/functions/letters.h"
#include "expression/regex/regex_dialect.h"
#include "expression/regex/regex_replacement.h"
#include "syncwright/core/text.h"

// The service runs .NET's regular expressions, we run PCRE2's. The pattern is translated
// (regex_dialect), and what a match means is .NET's: every empty match counts, groups have .NET's
// numbers and names, a replacement is read by .NET's rules (docs/expressions.md#3.2). A pattern
// comes from a manifest and a subject from a directory, so that matching is bounded in steps, depth
// and memory; what passes a bound is an error of unknown cause, never "no match": a filter that
// quietly matched nothing would take people out of scope.

namespace syncwright::expression {

namespace {

using CompiledCode = std::unique_ptr<pcre2_code, FreeWith<pcre2_code_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, FreeWith<pcre2_compile_context_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, FreeWith<pcre2_match_context_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, FreeWith<pcre2_match_data_free>>;

/// PCRE2 counts its steps anew for each position of the text, so the product is what is bounded.
constexpr std::size_t most_steps = 100'000'000;
constexpr std::size_t most_steps_at_one_position = 1'000'000;
/// A lazy search over a long text is no fault of the pattern.
constexpr std::size_t fair_steps = 20'000;
constexpr std::size_t fair_steps_per_byte = 16;
constexpr std::uint32_t kMostBacktracking = 100'000;
constexpr std::uint32_t most_kibibytes = 32 * 1024;

std::size_t steps_for(std::size_t subject_size) {
  const std::size_t fair = fair_steps + fair_steps_per_byte * subject_size;
  return std::min(std::max(most_steps / (subject_size + 1), fair), most_steps_at_one_position);
}

std::string library_message(int code) {
  std::array<PCRE2_UCHAR, 256> text{};
  pcre2_get_error_message(code, text.data(), text.size());
  return reinterpret_cast<const char*>(text.data());
}

PCRE2_SPTR units(std::string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.empty() ? "" : text.data());
}

struct Span {
  std::size_t start = 0;
  std::size_t end = 0;
  [[nodiscard]] std::string_view of(std::string_view text) const {
    return text.substr(start, end - start);
  }
};

/// The matches of one text from left to right, as .NET finds them: behind an empty match the
/// search goes on one character further, behind another one where it ended.
class Search {
 public:
  Search(const pcre2_code* code, std::string_view subject)
      : code_(code),
        data_(pcre2_match_data_create_from_pattern(code, nullptr)),
        context_(pcre2_match_context_create(nullptr)) {
    if (is_valid_utf8(subject)) {
      subject_ = subject;
    } else {
      repaired_ = valid_utf8(subject);
      subject_ = repaired_;
    }
  }
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  /// The text, with U+FFFD for what is no UTF-8: positions are of this one.
  [[nodiscard]] std::string_view subject() const { return subject_; }

  tl::expected<bool, std::string> next() {
    if (!data_ || !context_) return tl::unexpected<std::string>("there is no memory for a match");
    if (from_ > subject_.size()) return false;
    limit();
    int found = match(PCRE2_NO_UTF_CHECK);
    // The stack of compiled matching is small; the interpreter's memory has a bound of its own.
    if (found == PCRE2_ERROR_JIT_STACKLIMIT) found = match(PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT);
    if (found == PCRE2_ERROR_NOMATCH) return false;
    if (found < 0) return tl::unexpected(failure(found));
    const Span whole = place(0);
    from_ = whole.end > whole.start ? whole.end : after(whole.end);
    return true;
  }

  /// The first of these places that took part, from the last one back; nullopt where none did.
  [[nodiscard]] std::optional<Span> group(std::span<const std::uint32_t> places) const {
    for (std::size_t i = places.size(); i-- > 0;) {
      const Span found = place(places[i]);
      if (found.start != PCRE2_UNSET) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] Span place(std::uint32_t number) const {
    const std::size_t* offsets = pcre2_get_ovector_pointer(data_.get());
    const std::size_t at = std::size_t{2} * number;
    return {offsets[at], offsets[at + 1]};
  }

 private:
  void limit() {
    pcre2_set_match_limit(context_.get(), static_cast<std::uint32_t>(steps_for(subject_.size())));
    pcre2_set_depth_limit(context_.get(), kMostBacktracking);
    pcre2_set_heap_limit(context_.get(), most_kibibytes);
  }

  int match(std::uint32_t options) {
    return pcre2_match(code_, units(subject_), subject_.size(), from_, options, data_.get(),
                       context_.get());
  }

  [[nodiscard]] std::size_t after(std::size_t position) const {
    if (position >= subject_.size()) return subject_.size() + 1;
    return position + decode_utf8(subject_.substr(position)).length;
  }

  [[nodiscard]] std::string failure(int code) const {
    if (code == PCRE2_ERROR_MATCHLIMIT) {
      return fmt::format("the regular expression takes more than {} steps on a text of {} bytes",
                         steps_for(subject_.size()), subject_.size());
    }
    if (code == PCRE2_ERROR_DEPTHLIMIT) {
      return fmt::format("the regular expression backtracks deeper than {} levels",
                         kMostBacktracking);
    }
    if (code == PCRE2_ERROR_HEAPLIMIT) {
      return fmt::format("the regular expression needs more than {} KiB", most_kibibytes);
    }
    return fmt::format("the regular expression fails: {}", library_message(code));
  }

  const pcre2_code* code_;
  MatchData data_;
  MatchContext context_;
  std::string repaired_;
  std::string_view subject_;
  std::size_t from_ = 0;
};

/// Text that grows up to a bound.
class BoundedText {
 public:
  explicit BoundedText(std::size_t most) : most_(most) {}
  bool add(std::string_view piece) {
    if (piece.size() > most_ - text_.size()) return false;
    text_ += piece;
    return true;
  }
  std::string take() { return std::move(text_); }
  [[nodiscard]] tl::unexpected<std::string> overflow() const {
    return tl::unexpected(fmt::format("the replacement makes more than {} bytes", most_));
  }

 private:
  std::size_t most_;
  std::string text_;
};

std::string_view expansion(const ReplacementPart& part, const Search& search) {
  const Span whole = search.place(0);
  switch (part.kind) {
    case ReplacementPart::Kind::literal:
      return part.text;
    case ReplacementPart::Kind::group: {
      const auto group = search.group(part.places);
      return group ? group->of(search.subject()) : std::string_view{};
    }
    case ReplacementPart::Kind::left:
      return search.subject().substr(0, whole.start);
    case ReplacementPart::Kind::right:
      return search.subject().substr(whole.end);
    case ReplacementPart::Kind::whole:
      return search.subject();
  }
  return {};
}

}  // namespace

struct DotnetRegex::Compiled {
  CompiledCode code;
  GroupTable groups;
};

std::string_view RegexRefusal::advice() const {
  return is_ours ? "the service may take it, syncwright cannot carry it out: write it in another "
                   "way, or try it with provision on demand"
                 : "write it in the dialect of .NET";
}

tl::expected<DotnetRegex, RegexRefusal> DotnetRegex::compile(std::string_view pattern) {
  const auto ours = [](std::string message) {
    return tl::unexpected(RegexRefusal{std::move(message), true});
  };
  if (!is_valid_utf8(pattern)) return tl::unexpected(RegexRefusal{"the pattern is not UTF-8"});
  auto translated = translate_regex(pattern);
  if (!translated) {
    RegexRefusal refusal = std::move(translated.error());
    refusal.message = fmt::format("the regular expression has {}", refusal.message);
    return tl::unexpected(std::move(refusal));
  }
  const CompileContext context(pcre2_compile_context_create(nullptr));
  if (!context) return ours("there is no memory for a regular expression");
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  int error = 0;
  std::size_t offset = 0;
  CompiledCode code(pcre2_compile(units(translated->pattern), translated->pattern.size(),
                                  PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_ALT_CIRCUMFLEX, &error,
                                  &offset, context.get()));
  if (!code) {  // .NET's own rules were checked when it was translated
    return ours(fmt::format("the regular expression cannot be used: {}", library_message(error)));
  }
  // Where the machine compiles none, matching is interpreted.
  pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
  DotnetRegex regex;
  regex.compiled_ =
      std::make_shared<const Compiled>(Compiled{std::move(code), std::move(translated->groups)});
  return regex;
}

tl::expected<bool, std::string> DotnetRegex::matches(std::string_view subject) const {
  return Search(compiled_->code.get(), subject).next();
}

tl::expected<std::string, std::string> DotnetRegex::replace(std::string_view subject,
                                                            std::string_view replacement,
                                                            std::size_t max_bytes) const {
  const std::vector<ReplacementPart> parts = read_replacement(replacement, compiled_->groups);
  Search search(compiled_->code.get(), subject);
  BoundedText made(max_bytes);
  std::size_t copied = 0;
  auto found = search.next();
  for (; found && *found; found = search.next()) {
    const Span whole = search.place(0);
    if (!made.add(search.subject().substr(copied, whole.start - copied))) return made.overflow();
    for (const ReplacementPart& part : parts) {
      if (!made.add(expansion(part, search))) return made.overflow();
    }
    copied = whole.end;
  }
  if (!found) return tl::unexpected(found.error());
  if (!made.add(search.subject().substr(copied))) return made.overflow();
  return made.take();
}

tl::expected<std::string, std::string> DotnetRegex::replace_group(std::string_view subject,
                                                                  std::string_view group,
                                                                  std::string_view replacement,
                                                                  std::size_t max_bytes) const {
  const std::vector<std::uint32_t>& places = compiled_->groups.find(group);
  Search search(compiled_->code.get(), subject);
  BoundedText made(max_bytes);
  std::size_t copied = 0;
  auto found = search.next();
  for (; found && *found; found = search.next()) {
    const auto captured = search.group(places);
    // A look-around may capture text that an earlier match has used up.
    if (!captured || captured->start < copied) continue;
    if (!made.add(search.subject().substr(copied, captured->start - copied)) ||
        !made.add(replacement)) {
      return made.overflow();
    }
    copied = captured->end;
  }
  if (!found) return tl::unexpected(found.error());
  if (!made.add(search.subject().substr(copied))) return made.overflow();
  return made.take();
}

tl::expected<std::string, std::string> DotnetRegex::capture(std::string_view subject,
                                                            std::string_view group) const {
  Search search(compiled_->code.get(), subject);
  const auto found = search.next();
  if (!found) return tl::unexpected(found.error());
  const auto captured =
      *found ? search.group(compiled_->groups.find(group)) : std::optional<Span>{};
  return captured ? std::string(captured->of(search.subject())) : std::string{};
}

bool DotnetRegex::has_group(std::string_view group) const {
  return !compiled_->groups.find(group).empty();
}

}  // namespace syncwright::expression
