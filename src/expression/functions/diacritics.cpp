#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "expression/functions/letters.h"
#include "syncwright/core/text.h"

namespace syncwright::expression {

namespace {

/// NFC sequences, parted by blanks, that become `plain`. Marks that compose with nothing are
/// written as escapes: U+0304 macron, U+0331 macron below, U+0300 to U+030A accents.
struct Row {
  std::string_view sequences;
  std::string_view plain;
};

constexpr std::array small_rows{
    Row{"ä à â ã å á ą ă ā ā\u0301 ā\u0300 ā\u0302 ā\u0303 ā\u0308 å\u0304 ǟ ǡ a\u0331", "a"},
    Row{"æ ǣ", "ae"},
    Row{"ç č ć c\u0304 c\u0331", "c"},
    Row{"ď d\u0304 ḏ", "d"},
    Row{"ë è é ê ę ě ė ē ḗ ḕ ē\u0302 ē\u0303 ê\u0304 ë\u0304 e\u030a\u0304 e\u0331", "e"},
    Row{"ğ ḡ g\u0331", "g"},
    Row{"ï î ì í ī ī\u0301 ī\u0300 ī\u0302 ī\u0303 i\u0331", "i"},
    Row{"ľ ł l\u0304 ḹ ḻ", "l"},
    Row{"ñ ń ň n\u0304 ṉ", "n"},
    Row{"ö ò ő õ ô ó ō ṓ ṑ ō\u0302 ō\u0303 ō\u0308 ȫ ǭ ȭ ȱ o\u0331", "o"},
    Row{"ø ø\u0304 œ\u0304", "oe"},
    Row{"ř r\u0304 ṟ ṝ", "r"},
    Row{"š ś ș ş s\u0304 s\u0331", "s"},
    Row{"ť ț t\u0304 ṯ", "t"},
    Row{"ü ù û ú ů ű ū ū\u0301 ū\u0300 ū\u0302 ū\u0303 u\u0307\u0304 ǖ ṻ ṳ\u0304 u\u0331", "u"},
    Row{"ÿ ý ȳ ȳ\u0301 ȳ\u0300 ȳ\u0303 y\u0331", "y"},
    Row{"ź ž ż z\u0304 ẕ", "z"},
};
/// Those without a counterpart of the other case.
constexpr std::array single_rows{Row{"ß", "ss"}, Row{"ı", "i"}, Row{"İ", "I"}};

struct Sequence {
  std::string written;
  std::string plain;
};

/// By first code point, longest first.
using Table = std::unordered_map<std::uint32_t, std::vector<Sequence>>;

void add_row(Table& table, std::string_view sequences, const std::string& plain) {
  while (!sequences.empty()) {
    const std::string_view written = sequences.substr(0, sequences.find(' '));
    table[decode_utf8(written).value].push_back({std::string(written), plain});
    sequences.remove_prefix(std::min(sequences.size(), written.size() + 1));
  }
}

const Table& table() {
  static const Table built = [] {
    Table made;
    for (const Row& row : small_rows) {
      add_row(made, row.sequences, std::string(row.plain));
      add_row(made, to_upper(row.sequences, ""), to_upper(row.plain, ""));
    }
    for (const Row& row : single_rows) add_row(made, row.sequences, std::string(row.plain));
    for (auto& [first, sequences] : made) {
      std::stable_sort(sequences.begin(), sequences.end(), [](const auto& left, const auto& right) {
        return left.written.size() > right.written.size();
      });
    }
    return made;
  }();
  return built;
}

/// nullptr where no sequence of the table starts `text`.
const Sequence* sequence_at(std::string_view text, std::uint32_t first) {
  const auto found = table().find(first);
  if (found == table().end()) return nullptr;
  for (const Sequence& sequence : found->second) {
    if (text.starts_with(sequence.written)) return &sequence;
  }
  return nullptr;
}

/// Composed (NFC). Bytes that are no UTF-8 stay: such a text is taken as it is.
std::string compose(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) || !is_valid_utf8(text)) return std::string(text);
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
                            sink, nullptr, status);
  return U_SUCCESS(status) ? composed : std::string(text);
}

bool is_special_letter(std::uint32_t point) {
  const auto character = static_cast<UChar32>(point);
  if ((U_GET_GC_MASK(character) & U_GC_M_MASK) != 0) return true;
  if (point < 0x80 || !u_isalpha(character)) return false;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(character, &status) == USCRIPT_LATIN && U_SUCCESS(status);
}

/// Walks the composed text; `replace` gets each sequence of the table, `keep` every other code
/// point with its bytes.
template <class Replace, class Keep>
void walk(std::string_view text, Replace replace, Keep keep) {
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    const Sequence* sequence = point.valid ? sequence_at(text, point.value) : nullptr;
    if (sequence != nullptr) {
      replace(*sequence);
      text.remove_prefix(sequence->written.size());
    } else {
      keep(point, text.substr(0, point.length));
      text.remove_prefix(point.length);
    }
  }
}

}  // namespace

std::string normalize_diacritics(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string plain;
  plain.reserve(text.size());
  walk(
      compose(text), [&plain](const Sequence& sequence) { plain += sequence.plain; },
      [&plain](const CodePoint&, std::string_view bytes) { plain += bytes; });
  return plain;
}

bool has_unknown_diacritics(std::string_view text) {
  if (is_ascii(text)) return false;
  bool unknown = false;
  walk(
      compose(text), [](const Sequence&) {},
      [&unknown](const CodePoint& point, std::string_view) {
        unknown = unknown || (point.valid && is_special_letter(point.value));
      });
  return unknown;
}

}  // namespace syncwright::expression
