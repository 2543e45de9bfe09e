#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// Where the members of a JSON object lie in a text. The text has to be valid JSON (it was
/// decoded); on anything else the answer is meaningless but stays inside the text.
struct JsonMemberSpan {
  std::string key;  ///< unescaped
  TextSpan key_span;
  TextSpan value_span;
};

/// In the order of the text, repeated keys included.
[[nodiscard]] std::vector<JsonMemberSpan> members_of(std::string_view text, TextSpan object);

/// The value of the member of that name, the last one where it repeats, as decoders have it; empty
/// where there is none.
[[nodiscard]] TextSpan member_value(std::string_view text, TextSpan object, std::string_view key);

/// The end of the value that begins at `begin`: one past its last byte.
[[nodiscard]] std::size_t end_of_value(std::string_view text, std::size_t begin, std::size_t end);

/// Brings edits into the order of the text; those that begin at one place keep theirs.
void sort_edits(std::vector<TextEdit>& edits);

/// The text with all edits made at once. They are in the order of the text and do not overlap;
/// those that begin at one place are made in the order given, insertions before a replacement or
/// after a deletion that ends there.
[[nodiscard]] std::string splice(std::string_view text, const std::vector<TextEdit>& edits);

/// Key and JSON text of the value, in the order in which missing ones are to be added.
using MemberValues = std::vector<std::pair<std::string, std::string>>;

/// Edits that give members of a JSON object new values. Nothing else of the object changes: a
/// missing member is added behind the last, with that one's white space.
void edit_members(std::string_view text, TextSpan object, const MemberValues& values,
                  std::vector<TextEdit>& edits);

/// Edits that remove elements of a JSON array, each with one comma, and add others at its end.
/// `elements` are all elements in order, `removed` says for each whether it goes.
void edit_elements(std::string_view text, TextSpan array, const std::vector<TextSpan>& elements,
                   const std::vector<bool>& removed, const std::vector<std::string>& added,
                   std::vector<TextEdit>& edits);

}  // namespace syncwright::schema
