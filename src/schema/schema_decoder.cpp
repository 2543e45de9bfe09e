#include "schema/schema_decoder.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "schema/attribute_list_cache.h"
#include "schema/json_verdict.h"
#include "schema/part_members.h"
#include "schema/part_reader.h"

// What is hard: the document is hostile input of up to 64 MiB, and what nobody touches must go back
// to Graph byte for byte (docs/architecture.md#decision-12). So it is read twice: once by a parser
// that judges the whole text, and once on demand, for an index of the few members that lookups need
// (docs/graph.md#10.2), each with the slice of the text that it came from. The second pass alone
// would skip broken JSON inside members that it never asks for, and a PUT would send it. Numbers
// that no 64 bits hold are JSON all the same and stay as they are written; depth and the count of
// parts are bounded, so that an answer cannot exhaust the stack or the memory.
//
// Nearly all of a document are lists of attributes that an earlier one of the same gallery template
// had as well. Those are left out before it is read, `[]` standing for each, and put back into the
// index behind. Should one not be where the index expects it, the whole text is read after all.

namespace syncwright::schema {

namespace {

using Occurrence = AttributeListCache::Occurrence;

Error fault_of(const PartReader& reader) {
  Error error;
  error.kind = reader.has_too_many_parts() ? ErrorKind::too_large : ErrorKind::malformed;
  error.message = reader.fault();
  return error;
}

/// Where the places of a text are once stretches of it were replaced. No place lies within one.
class MovedPlaces {
 public:
  /// In the order of the text.
  void replace(TextSpan span, std::size_t size) {
    moved_ +=
        static_cast<std::ptrdiff_t>(size) - static_cast<std::ptrdiff_t>(span.end - span.begin);
    moves_.emplace_back(span.begin, moved_);
  }

  std::size_t operator()(std::size_t at) const {
    const auto behind =
        std::lower_bound(moves_.begin(), moves_.end(), at,
                         [](const auto& move, std::size_t place) { return move.first < place; });
    if (behind == moves_.begin()) return at;
    return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + std::prev(behind)->second);
  }

 private:
  std::ptrdiff_t moved_ = 0;
  std::vector<std::pair<std::size_t, std::ptrdiff_t>> moves_;  ///< where stretches begin; all up to
};

// What is absent has no place, and stays so when the others move.

template <class Move>
void move_span(TextSpan& span, const Move& move) {
  if (!span.empty()) span = {move(span.begin), move(span.end)};
}

template <class Move>
void move_spans(ObjectMapping& mapping, const Move& move) {
  for (TextSpan* span : {&mapping.span, &mapping.attribute_mappings_span, &mapping.scope_span,
                         &mapping.flow_types_span}) {
    move_span(*span, move);
  }
  for (AttributeMapping& attribute : mapping.attribute_mappings) {
    move_span(attribute.span, move);
    move_span(attribute.source_span, move);
  }
}

template <class Move>
void move_spans(SynchronizationRule& rule, const Move& move) {
  move_span(rule.span, move);
  for (ObjectMapping& mapping : rule.object_mappings) move_spans(mapping, move);
}

/// The list where it begins elsewhere: itself, or a copy. Nothing within it was replaced.
std::shared_ptr<const AttributeDefinitions> moved_list(
    const std::shared_ptr<const AttributeDefinitions>& list, std::size_t from, std::size_t to) {
  if (from == to || !list) return list;
  AttributeDefinitions moved = *list;
  for (AttributeDefinition& attribute : moved) {
    move_span(attribute.span, [&](std::size_t at) { return at - from + to; });
  }
  return std::make_shared<const AttributeDefinitions>(std::move(moved));
}

template <class Move>
void move_spans(DirectoryDefinition& directory, const Move& move) {
  move_span(directory.span, move);
  for (ObjectDefinition& object : directory.objects) {
    const std::size_t begin = object.attributes_span.begin;
    move_span(object.span, move);
    move_span(object.attributes_span, move);
    object.attribute_list = moved_list(object.attribute_list, begin, object.attributes_span.begin);
  }
}

using Directories = std::vector<DirectoryDefinition>;

/// A document as it was read.
struct Reading {
  SchemaDecoder::Index index;
  Directories directories;
  std::size_t parts = 0;
};

bool read_root(PartReader& reader, ondemand::object& root, Reading& reading) {
  SchemaDecoder::Index& index = reading.index;
  return reader.members(root, [&](std::string_view key, ondemand::value member) {
    if (key == "id") return reader.string(member, "id", index.id);
    if (key == "directories") {
      return reader.array(
          member, "directories", index.directories_span, reading.directories,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
    }
    TextSpan span;
    if (key == "synchronizationRules") {
      return reader.array(
          member, "synchronizationRules", span, index.rules,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
    }
    return true;
  });
}

Result<Reading> read_document(std::string& text, Parsers& parsers) {
  if (auto judged = judge(parsers.verdict, text); !judged) return fail(judged.error());
  ondemand::document document;
  ondemand::object root;
  if (parsers.index.iterate(simdjson::padded_string_view(text)).get(document) ||
      document.get_object().get(root)) {
    return fail(ErrorKind::malformed, "the synchronization schema is not a JSON object");
  }
  PartReader reader(text, document);
  Reading reading;
  if (!read_root(reader, root, reading)) return fail(fault_of(reader));
  reading.parts = reader.parts();
  return reading;
}

constexpr std::string_view no_list = "[]";

/// The text with `[]` in the place of each list.
std::string without(const std::vector<Occurrence>& lists, const std::string& text) {
  std::string rest;
  std::size_t from = 0;
  for (const Occurrence& list : lists) {
    rest.append(text, from, list.span.begin - from).append(no_list);
    from = list.span.end;
  }
  rest.append(text, from);
  return rest;
}

/// From places of the text without the lists to those of the whole one.
MovedPlaces places_with(const std::vector<Occurrence>& lists) {
  MovedPlaces moved;
  std::size_t left_out = 0;
  for (const Occurrence& list : lists) {
    const std::size_t begin = list.span.begin - left_out;
    const std::size_t size = list.span.end - list.span.begin;
    moved.replace({begin, begin + no_list.size()}, size);
    left_out += size - no_list.size();
  }
  return moved;
}

/// The list that stands there; nullptr: none.
const Occurrence* list_at(const std::vector<Occurrence>& lists, std::size_t begin) {
  const auto found = std::lower_bound(
      lists.begin(), lists.end(), begin,
      [](const Occurrence& list, std::size_t place) { return list.span.begin < place; });
  return found == lists.end() || found->span.begin != begin ? nullptr : &*found;
}

/// Fills the objects whose list stands in such a place; how many did.
std::size_t put_back(const std::vector<Occurrence>& lists, Directories& directories) {
  std::size_t count = 0;
  for (DirectoryDefinition& directory : directories) {
    for (ObjectDefinition& object : directory.objects) {
      const std::size_t begin = object.attributes_span.begin;
      const Occurrence* list = list_at(lists, begin);
      if (list == nullptr) continue;
      object.attribute_list = moved_list(list->entry->attributes, list->entry->begin, begin);
      ++count;
    }
  }
  return count;
}

/// nullopt: it is to be read as a whole, and has faults that are to be told of its whole text.
std::optional<Reading> read_around(const std::vector<Occurrence>& lists, const std::string& text,
                                   Parsers& parsers) {
  std::string rest = without(lists, text);
  Result<Reading> reading = read_document(rest, parsers);
  if (!reading) return std::nullopt;
  const MovedPlaces moved = places_with(lists);
  move_span(reading->index.directories_span, moved);
  for (DirectoryDefinition& directory : reading->directories) move_spans(directory, moved);
  for (SynchronizationRule& rule : reading->index.rules) move_spans(rule, moved);
  for (const Occurrence& list : lists) reading->parts += list.entry->attributes->size();
  const bool is_whole =
      put_back(lists, reading->directories) == lists.size() && reading->parts <= max_parts;
  return is_whole ? std::optional(std::move(*reading)) : std::nullopt;
}

/// Arrays that stand for the levels around an object mapping, so that it is read alone under the
/// same bound on depth.
constexpr std::string_view open_levels = "[[[[";
constexpr std::string_view close_levels = "]]]]";

/// An object mapping that stands there in the text.
Result<ObjectMapping> read_mapping(const std::string& text, TextSpan span, Parsers& parsers) {
  std::string part;
  part.reserve(span.end - span.begin + open_levels.size() + close_levels.size() +
               simdjson::SIMDJSON_PADDING);
  part.append(open_levels).append(text, span.begin, span.end - span.begin).append(close_levels);
  if (auto judged = judge(parsers.verdict, part); !judged) return fail(judged.error());
  ondemand::document document;
  ondemand::value value;
  bool found = !parsers.index.iterate(simdjson::padded_string_view(part)).get(document) &&
               !document.get_value().get(value);
  for (std::size_t level = 0; found && level < open_levels.size(); ++level) {
    ondemand::array array;
    found = !value.get_array().get(array) && !(*array.begin()).get(value);
  }
  PartReader reader(part, document);
  ObjectMapping mapping;
  if (!found || !read(reader, value, mapping)) return fail(fault_of(reader));
  move_spans(mapping, [&](std::size_t at) { return at - open_levels.size() + span.begin; });
  return mapping;
}

bool encloses(TextSpan outer, TextSpan inner) {
  return outer.begin < inner.begin && inner.end < outer.end;
}

bool is_edited(const ObjectMapping& mapping, const std::vector<TextEdit>& edits) {
  return std::any_of(edits.begin(), edits.end(),
                     [&](const TextEdit& edit) { return encloses(mapping.span, edit.span); });
}

}  // namespace

Result<SynchronizationSchema> SchemaDecoder::decode(std::string text, Parsers& parsers) {
  const std::vector<Occurrence> lists = parsers.attribute_lists.find(text);
  std::optional<Reading> reading;
  if (!lists.empty()) reading = read_around(lists, text, parsers);
  if (!reading) {
    Result<Reading> whole = read_document(text, parsers);
    if (!whole) return fail(std::move(whole).error());
    reading = std::move(*whole);
  }
  for (const DirectoryDefinition& directory : reading->directories) {
    for (const ObjectDefinition& object : directory.objects) {
      if (list_at(lists, object.attributes_span.begin) == nullptr) {
        parsers.attribute_lists.keep(text, object);
      }
    }
  }
  reading->index.directories = std::make_shared<const Directories>(std::move(reading->directories));
  return SynchronizationSchema(std::make_shared<const std::string>(std::move(text)),
                               std::make_shared<const Index>(std::move(reading->index)));
}

Result<SynchronizationSchema> SchemaDecoder::reindex(const SynchronizationSchema& base,
                                                     std::string text,
                                                     const std::vector<TextEdit>& edits,
                                                     Parsers& parsers) {
  MovedPlaces moved;
  for (const TextEdit& edit : edits) moved.replace(edit.span, edit.replacement.size());
  Index index = *base.index_;
  for (SynchronizationRule& rule : index.rules) {
    move_span(rule.span, moved);
    for (ObjectMapping& mapping : rule.object_mappings) {
      if (!is_edited(mapping, edits)) {
        move_spans(mapping, moved);
        continue;
      }
      auto read = read_mapping(text, {moved(mapping.span.begin), moved(mapping.span.end)}, parsers);
      if (!read) return fail(std::move(read).error());
      mapping = std::move(*read);
    }
  }
  return SynchronizationSchema(std::make_shared<const std::string>(std::move(text)),
                               std::make_shared<const Index>(std::move(index)));
}

bool are_within_mappings(const SynchronizationSchema& base, const std::vector<TextEdit>& edits) {
  return std::all_of(edits.begin(), edits.end(), [&rules = base.rules()](const TextEdit& edit) {
    return std::any_of(rules.begin(), rules.end(), [&edit](const SynchronizationRule& rule) {
      return std::any_of(
          rule.object_mappings.begin(), rule.object_mappings.end(),
          [&edit](const ObjectMapping& mapping) { return encloses(mapping.span, edit.span); });
    });
  });
}

}  // namespace syncwright::schema
