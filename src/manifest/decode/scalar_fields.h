#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/decode/field.h"

namespace syncwright {

/// Decoder functions of single values, for Keys::read. Each reports what is wrong and gives
/// nullopt.

/// A text that is not empty. Plain numbers and booleans are refused: quotes show that a text is
/// meant.
[[nodiscard]] std::optional<std::string> as_text(const Field& field);
/// Any scalar as it is written, for values that Graph keeps as text whatever they look like:
/// constants, default values, credentials in clear, filter values. May be empty.
[[nodiscard]] std::optional<std::string> as_written(const Field& field);
[[nodiscard]] std::optional<bool> as_boolean(const Field& field);
/// metadata.name (SW1006).
[[nodiscard]] std::optional<std::string> as_name(const Field& field);
/// A GUID, in small letters, which is how Graph writes them (SW1006).
[[nodiscard]] std::optional<std::string> as_guid(const Field& field);
/// A text that Graph may know as an id: a GUID in small letters, anything else as it is.
[[nodiscard]] std::optional<std::string> as_name_or_id(const Field& field);
/// A credential revision: [A-Za-z0-9._-]{1,64}, since it becomes a tag.
[[nodiscard]] std::optional<std::string> as_revision(const Field& field);
/// One address: Graph's Recipients holds no more.
[[nodiscard]] std::optional<std::string> as_mail_address(const Field& field);
/// `absent: true`; false is refused, since it could only mean that the thing must be there.
[[nodiscard]] std::optional<bool> as_absent(const Field& field);

/// A whole number within bounds (SW1009).
[[nodiscard]] std::optional<std::int64_t> read_integer(const Field& field, std::int64_t smallest,
                                                       std::int64_t largest);
[[nodiscard]] inline auto as_integer(std::int64_t smallest, std::int64_t largest) {
  return [=](const Field& field) { return read_integer(field, smallest, largest); };
}

/// The index of the word that the field holds (SW1005 with "did you mean").
[[nodiscard]] std::optional<std::size_t> read_word(const Field& field,
                                                   const std::vector<std::string>& words);

/// A closed set of words, spelled as in Graph.
[[nodiscard]] inline auto as_word(std::vector<std::string> words) {
  return [words = std::move(words)](const Field& field) -> std::optional<std::string> {
    const auto index = read_word(field, words);
    return index ? std::optional(words[*index]) : std::nullopt;
  };
}

/// A closed set of words for an enum of ours.
template <class T>
[[nodiscard]] auto as_word(std::vector<std::pair<std::string, T>> meanings) {
  return [meanings = std::move(meanings)](const Field& field) -> std::optional<T> {
    std::vector<std::string> words;
    words.reserve(meanings.size());
    for (const auto& meaning : meanings) words.push_back(meaning.first);
    const auto index = read_word(field, words);
    return index ? std::optional(meanings[*index].second) : std::nullopt;
  };
}

/// A list that is not empty; entries at fault are left out.
template <class Decode>
[[nodiscard]] auto as_list(const Decode& decode) {
  return [decode](const Field& field) {
    using Item = typename decltype(decode(field))::value_type;
    std::optional<std::vector<Item>> list;
    if (!field.expect_list()) return list;
    list.emplace();
    for (const Field& entry : field.items()) {
      if (auto item = decode(entry)) list->push_back(std::move(*item));
    }
    return list;
  };
}

}  // namespace syncwright
