#include "syncwright/schema/synchronization_schema.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "schema/decoding_turn.h"
#include "schema/json_text.h"
#include "schema/part_identity.h"
#include "schema/part_reader.h"
#include "syncwright/core/ascii.h"
#include "syncwright/schema/part_json.h"

// What is hard: the document is hostile input of up to 64 MiB, and what nobody touches must go back
// to Graph byte for byte (docs/architecture.md#decision-12). So it is read twice: once by a parser
// that judges the whole text, and once on demand, for an index of the few members that lookups need
// (docs/graph.md#10.2), each with the slice of the text that it came from. The second pass alone
// would skip broken JSON inside members that it never asks for, and a PUT would send it. Numbers
// that no 64 bits hold are JSON all the same and stay as they are written; depth and the count of
// parts are bounded, so that an answer cannot exhaust the stack or the memory.

namespace syncwright::schema {

namespace {

constexpr std::size_t max_bytes = 64u << 20u;

/// The on-demand reader skips what nobody asks for without looking at it. A document that goes back
/// to Graph must be JSON throughout, so the whole of it is parsed once for the verdict alone.
simdjson::error_code verdict_of(simdjson::dom::parser& parser, const std::string& padded) {
  if (parser.capacity() < padded.size()) {
    if (const auto error = parser.allocate(padded.size(), kMaxSchemaDepth)) return error;
  }
  return parser.parse(padded.data(), padded.size(), false).error();
}

/// The parser reads some bytes behind the end: they are reserved, and what they hold counts
/// nothing.
void pad(std::string& text) {
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
}

/// JSON has numbers of any size, the parser has not: those that it cannot hold are replaced first.
simdjson::error_code verdict(simdjson::dom::parser& parser, const std::string& padded) {
  const simdjson::error_code error = verdict_of(parser, padded);
  if (error != simdjson::NUMBER_ERROR) return error;
  std::string replaced = replace_large_numbers(padded);
  pad(replaced);
  return verdict_of(parser, replaced);
}

bool read(PartReader& reader, ondemand::value value, AttributeDefinition& definition) {
  return reader.object(value, definition.span, [&](std::string_view key, ondemand::value member) {
    if (key == "name") return reader.string(member, "name", definition.name);
    if (key == "type") {
      if (!reader.string(member, "type", definition.type)) return false;
      if (definition.type.empty()) definition.type = "String";
    }
    return true;
  });
}

bool read(PartReader& reader, ondemand::value value, ObjectDefinition& object) {
  return reader.object(value, object.span, [&](std::string_view key, ondemand::value member) {
    if (key == "name") return reader.string(member, "name", object.name);
    if (key == "attributes") {
      return reader.array(
          member, "attributes", object.attributes_span, object.attributes,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
    }
    return true;
  });
}

bool read(PartReader& reader, ondemand::value value, DirectoryDefinition& directory) {
  return reader.object(value, directory.span, [&](std::string_view key, ondemand::value member) {
    if (key == "id") return reader.string(member, "id", directory.id);
    if (key == "name") return reader.string(member, "name", directory.name);
    if (key == "readOnly") return reader.boolean(member, "readOnly", false, directory.read_only);
    if (key == "objects") {
      TextSpan span;
      return reader.array(
          member, "objects", span, directory.objects,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
    }
    return true;
  });
}

bool read(PartReader& reader, ondemand::value value, AttributeMapping& mapping) {
  return reader.object(value, mapping.span, [&](std::string_view key, ondemand::value member) {
    if (key == "targetAttributeName") {
      return reader.string(member, "targetAttributeName", mapping.target_attribute_name);
    }
    if (key == "matchingPriority") {
      return reader.integer(member, "matchingPriority", mapping.matching_priority);
    }
    if (key == "source") {
      return reader.stretch(member, "source", ondemand::json_type::object, mapping.source_span);
    }
    return true;
  });
}

bool read(PartReader& reader, ondemand::value value, ObjectMapping& mapping) {
  return reader.object(value, mapping.span, [&](std::string_view key, ondemand::value member) {
    if (key == "name") return reader.string(member, "name", mapping.name);
    if (key == "sourceObjectName") {
      return reader.string(member, "sourceObjectName", mapping.source_object_name);
    }
    if (key == "targetObjectName") {
      return reader.string(member, "targetObjectName", mapping.target_object_name);
    }
    if (key == "enabled") return reader.boolean(member, "enabled", true, mapping.enabled);
    if (key == "scope") {
      return reader.stretch(member, "scope", ondemand::json_type::object, mapping.scope_span);
    }
    if (key == "flowTypes") {
      return reader.stretch(member, "flowTypes", ondemand::json_type::string,
                            mapping.flow_types_span);
    }
    if (key == "attributeMappings") {
      return reader.array(
          member, "attributeMappings", mapping.attribute_mappings_span, mapping.attribute_mappings,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
    }
    return true;
  });
}

bool read(PartReader& reader, ondemand::value value, SynchronizationRule& rule) {
  return reader.object(value, rule.span, [&](std::string_view key, ondemand::value member) {
    if (key == "id") return reader.string(member, "id", rule.id);
    if (key == "name") return reader.string(member, "name", rule.name);
    if (key == "sourceDirectoryName") {
      return reader.string(member, "sourceDirectoryName", rule.source_directory_name);
    }
    if (key == "targetDirectoryName") {
      return reader.string(member, "targetDirectoryName", rule.target_directory_name);
    }
    if (key == "editable") return reader.boolean(member, "editable", true, rule.editable);
    if (key == "objectMappings") {
      TextSpan span;
      return reader.array(
          member, "objectMappings", span, rule.object_mappings,
          [&](ondemand::value element, auto& part) { return read(reader, element, part); });
    }
    return true;
  });
}

}  // namespace

namespace {

/// The text must be JSON throughout, and no deeper than it may be.
Result<void> judge(simdjson::dom::parser& parser, std::string& text) {
  pad(text);
  const auto error = verdict(parser, text);
  if (error == simdjson::SUCCESS) return {};
  if (error == simdjson::DEPTH_ERROR) {
    return fail(
        ErrorKind::too_large,
        fmt::format("the synchronization schema is nested deeper than {} levels", kMaxSchemaDepth));
  }
  return fail(ErrorKind::malformed, fmt::format("the synchronization schema is not valid JSON: {}",
                                                simdjson::error_message(error)));
}

Error fault_of(const PartReader& reader) {
  Error error;
  error.kind = reader.has_too_many_parts() ? ErrorKind::too_large : ErrorKind::malformed;
  error.message = reader.fault();
  return error;
}

/// Arrays that stand for the levels around an object mapping, so that it is read alone under the
/// same bound on depth.
constexpr std::string_view open_levels = "[[[[";
constexpr std::string_view close_levels = "]]]]";

/// Applies `move` to each place of the text that the part knows; what is absent stays so.
template <class Move>
void move_spans(ObjectMapping& mapping, const Move& move) {
  const auto move_span = [&move](TextSpan& span) {
    if (!span.empty()) span = {move(span.begin), move(span.end)};
  };
  for (TextSpan* span : {&mapping.span, &mapping.attribute_mappings_span, &mapping.scope_span,
                         &mapping.flow_types_span}) {
    move_span(*span);
  }
  for (AttributeMapping& attribute : mapping.attribute_mappings) {
    move_span(attribute.span);
    move_span(attribute.source_span);
  }
}

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

/// Where the places of a text are once it was edited. No place lies within an edit.
class EditedPlaces {
 public:
  /// `edits`: in the order of the text.
  explicit EditedPlaces(const std::vector<TextEdit>& edits) {
    std::ptrdiff_t moved = 0;
    for (const TextEdit& edit : edits) {
      moved += static_cast<std::ptrdiff_t>(edit.replacement.size()) -
               static_cast<std::ptrdiff_t>(edit.span.end - edit.span.begin);
      moves_.emplace_back(edit.span.begin, moved);
    }
  }

  std::size_t operator()(std::size_t at) const {
    const auto behind =
        std::lower_bound(moves_.begin(), moves_.end(), at,
                         [](const auto& move, std::size_t place) { return move.first < place; });
    if (behind == moves_.begin()) return at;
    return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + std::prev(behind)->second);
  }

 private:
  std::vector<std::pair<std::size_t, std::ptrdiff_t>> moves_;  ///< where edits begin; all up to it
};

bool encloses(TextSpan outer, TextSpan inner) {
  return outer.begin < inner.begin && inner.end < outer.end;
}

bool is_edited(const ObjectMapping& mapping, const std::vector<TextEdit>& edits) {
  return std::any_of(edits.begin(), edits.end(),
                     [&](const TextEdit& edit) { return encloses(mapping.span, edit.span); });
}

/// Whether each edit lies within some object mapping.
bool are_within_mappings(const std::vector<SynchronizationRule>& rules,
                         const std::vector<TextEdit>& edits) {
  return std::all_of(edits.begin(), edits.end(), [&rules](const TextEdit& edit) {
    return std::any_of(rules.begin(), rules.end(), [&edit](const SynchronizationRule& rule) {
      return std::any_of(
          rule.object_mappings.begin(), rule.object_mappings.end(),
          [&edit](const ObjectMapping& mapping) { return encloses(mapping.span, edit.span); });
    });
  });
}

}  // namespace

/// Fills the private index.
class SchemaDecoder {
 public:
  using Index = SynchronizationSchema::Index;

  static bool read_root(PartReader& reader, ondemand::object& root, Index& index) {
    std::vector<DirectoryDefinition> directories;
    const bool is_read = reader.members(root, [&](std::string_view key, ondemand::value member) {
      if (key == "id") return reader.string(member, "id", index.id);
      if (key == "directories") {
        return reader.array(
            member, "directories", index.directories_span, directories,
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
    index.directories =
        std::make_shared<const std::vector<DirectoryDefinition>>(std::move(directories));
    return is_read;
  }

  static Result<SynchronizationSchema> decode(std::string text, Parsers& parsers) {
    if (auto judged = judge(parsers.verdict, text); !judged) return fail(judged.error());
    ondemand::document document;
    ondemand::object root;
    if (parsers.index.iterate(simdjson::padded_string_view(text)).get(document) ||
        document.get_object().get(root)) {
      return fail(ErrorKind::malformed, "the synchronization schema is not a JSON object");
    }
    PartReader reader(text, document);
    Index index;
    if (!read_root(reader, root, index)) return fail(fault_of(reader));
    return SynchronizationSchema(std::make_shared<const std::string>(std::move(text)),
                                 std::make_shared<const Index>(std::move(index)));
  }

  /// The base's index with the edited mappings read again and the others moved to where they are
  /// in the text.
  static Result<SynchronizationSchema> reindex(const SynchronizationSchema& base, std::string text,
                                               const std::vector<TextEdit>& edits,
                                               Parsers& parsers) {
    const EditedPlaces moved(edits);
    Index index = *base.index_;
    for (SynchronizationRule& rule : index.rules) {
      rule.span = {moved(rule.span.begin), moved(rule.span.end)};
      for (ObjectMapping& mapping : rule.object_mappings) {
        if (!is_edited(mapping, edits)) {
          move_spans(mapping, moved);
          continue;
        }
        auto read =
            read_mapping(text, {moved(mapping.span.begin), moved(mapping.span.end)}, parsers);
        if (!read) return fail(std::move(read).error());
        mapping = std::move(*read);
      }
    }
    return SynchronizationSchema(std::make_shared<const std::string>(std::move(text)),
                                 std::make_shared<const Index>(std::move(index)));
  }
};

Result<SynchronizationSchema> SynchronizationSchema::decode(std::string text) {
  if (text.size() > max_bytes) {
    return fail(ErrorKind::too_large,
                fmt::format("the synchronization schema has {} bytes, over the bound of {}",
                            text.size(), max_bytes));
  }
  DecodingTurn turn;
  return SchemaDecoder::decode(std::move(text), turn.parsers());
}

Result<SynchronizationSchema> SynchronizationSchema::edited(std::vector<TextEdit> edits) const {
  sort_edits(edits);
  std::string text = splice(*text_, edits);
  const bool leaves_directories =
      are_within_mappings(index_->rules, edits) &&
      (edits.empty() || index_->directories_span.end <= edits.front().span.begin);
  if (!leaves_directories || text.size() > max_bytes) return decode(std::move(text));
  DecodingTurn turn;
  return SchemaDecoder::reindex(*this, std::move(text), edits, turn.parsers());
}

const DirectoryDefinition* SynchronizationSchema::find_directory(std::string_view name) const {
  const auto find = [&all = *index_->directories](auto matches) -> const DirectoryDefinition* {
    const auto found = std::find_if(all.begin(), all.end(), matches);
    return found == all.end() ? nullptr : &*found;
  };
  const auto* named = find([&](const DirectoryDefinition& one) { return one.name == name; });
  return named != nullptr || !is_brand_name(name) ? named : find(is_entra_directory);
}

}  // namespace syncwright::schema
