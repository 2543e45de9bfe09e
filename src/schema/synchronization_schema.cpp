#include "syncwright/schema/synchronization_schema.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "schema/decoding_turn.h"
#include "schema/part_identity.h"
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

namespace ondemand = simdjson::ondemand;

constexpr std::size_t max_bytes = 64u << 20u;

/// Elements of arrays that the index keeps one entry for: an empty `{}` of the text takes over a
/// hundred bytes there. The largest schemas known have some ten thousand.
constexpr std::size_t max_parts = 500'000;

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

/// Walks values of an on-demand document, each token once; the first fault is kept with its place,
/// and every function returns false from then on.
class PartReader {
 public:
  PartReader(const std::string& text, ondemand::document& document)
      : text_(text), document_(document) {}

  [[nodiscard]] const std::string& fault() const { return fault_; }
  [[nodiscard]] bool has_too_many_parts() const { return parts_ > max_parts; }

  /// `on_member(key, value)` for each member. Where a key repeats the last one wins, as elsewhere.
  template <class OnMember>
  bool object(ondemand::value value, TextSpan& span, OnMember on_member) {
    const std::size_t begin = begin_of(value);
    ondemand::object object;
    if (value.get_object().get(object)) return report_type("an object");
    return members(object, on_member) && close(begin, span);
  }

  template <class OnMember>
  bool members(ondemand::object& object, OnMember on_member) {
    for (auto field : object) {
      std::string_view key;
      ondemand::value member;
      if (key_of(field).get(key) || field.value().get(member)) return report_broken();
      if (!on_member(key, member)) return false;
    }
    return true;
  }

  /// `on_element(value, element)` fills one new element of `elements`; null is an empty array.
  template <class Element, class OnElement>
  bool array(ondemand::value value, const char* name, TextSpan& span,
             std::vector<Element>& elements, OnElement on_element) {
    place_.push_back({name, no_index});
    elements.clear();
    span = {};
    if (is_null(value)) return leave();
    const std::size_t begin = begin_of(value);
    ondemand::array array;
    if (value.get_array().get(array)) return report_type("an array");
    for (auto item : array) {
      ondemand::value element;
      if (item.get(element)) return report_broken();
      if (++parts_ > max_parts) return too_many();
      place_.back().index = elements.size();
      if (!on_element(element, elements.emplace_back())) return false;
    }
    return close(begin, span) && leave();
  }

  /// null is the empty text.
  bool string(ondemand::value value, const char* name, std::string& text) {
    text.clear();
    if (is_null(value)) return true;
    std::string_view content;
    if (value.get_string().get(content)) return report_type("a string", name);
    text = content;
    return true;
  }

  bool boolean(ondemand::value value, const char* name, bool fallback, bool& result) {
    result = fallback;
    if (is_null(value)) return true;
    return !value.get_bool().get(result) || report_type("a boolean", name);
  }

  bool integer(ondemand::value value, const char* name, std::int64_t& result) {
    result = 0;
    if (is_null(value)) return true;
    return !value.get_int64().get(result) || report_type("a 64-bit integer", name);
  }

  /// Only where the value lies; it has to be null or of the given type.
  bool stretch(ondemand::value value, const char* name, ondemand::json_type type, TextSpan& span) {
    ondemand::json_type found{};
    if (value.type().get(found)) return report_broken();
    if (found == ondemand::json_type::object && type == found) {
      return object(value, span, [](std::string_view, ondemand::value) { return true; });
    }
    if (found != ondemand::json_type::null && found != type) {
      return report_type(type == ondemand::json_type::object ? "an object" : "a string", name);
    }
    span = span_of(value.raw_json_token());
    return true;
  }

 private:
  static constexpr std::size_t no_index = static_cast<std::size_t>(-1);
  struct Step {
    const char* name;
    std::size_t index;
  };

  /// Hardly a key has an escape in it, and most are passed over: only one that has is copied.
  template <class Field>
  static simdjson::simdjson_result<std::string_view> key_of(Field& field) {
    ondemand::raw_json_string raw;
    if (const auto error = field.key().get(raw)) return error;
    const char* end = raw.raw();
    while (*end != '"' && *end != '\\') ++end;  // the whole text has been judged to be JSON
    if (*end == '\\') return field.unescaped_key();
    return std::string_view(raw.raw(), static_cast<std::size_t>(end - raw.raw()));
  }

  static bool is_null(ondemand::value& value) {
    ondemand::json_type type{};
    return !value.type().get(type) && type == ondemand::json_type::null;
  }

  std::size_t begin_of(ondemand::value& value) const {
    return static_cast<std::size_t>(value.raw_json_token().data() - text_.data());
  }

  /// simdjson's raw views reach up to the next token.
  TextSpan span_of(std::string_view raw) const {
    const std::size_t last = raw.find_last_not_of(" \t\r\n");
    const auto begin = static_cast<std::size_t>(raw.data() - text_.data());
    return {begin, begin + (last == std::string_view::npos ? 0 : last + 1)};
  }

  /// The stretch of an object or array that has just been walked to its end. Asking for its raw
  /// text instead would walk every token once more for each level around it. No part is the root,
  /// so a token follows, and only white space stands before that.
  bool close(std::size_t begin, TextSpan& span) {
    const char* next = nullptr;
    if (document_.current_location().get(next)) return report_broken();
    const auto behind = static_cast<std::size_t>(next - text_.data());
    span = {begin, text_.find_last_not_of(" \t\r\n", behind - 1) + 1};
    return true;
  }

  bool leave() {
    place_.pop_back();
    return true;
  }

  bool report_type(const char* expected, const char* member = nullptr) {
    std::string place;
    for (const Step& step : place_) {
      place += place.empty() ? "" : ".";
      place += step.name;
      if (step.index != no_index) place += fmt::format("[{}]", step.index);
    }
    if (member != nullptr) place += (place.empty() ? "" : ".") + std::string(member);
    fault_ = fmt::format("{} of the synchronization schema is not {}", place, expected);
    return false;
  }

  bool too_many() {
    fault_ = fmt::format("the synchronization schema has more than {} parts", max_parts);
    return false;
  }

  bool report_broken() {
    fault_ = "the synchronization schema is not valid JSON";
    return false;
  }

  const std::string& text_;
  ondemand::document& document_;
  std::vector<Step> place_;
  std::string fault_;
  std::size_t parts_ = 0;
};

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

/// Fills the private index.
class SchemaDecoder {
 public:
  using Index = SynchronizationSchema::Index;

  static bool read_root(PartReader& reader, ondemand::object& root, Index& index) {
    return reader.members(root, [&](std::string_view key, ondemand::value member) {
      if (key == "id") return reader.string(member, "id", index.id);
      TextSpan span;
      if (key == "directories") {
        return reader.array(
            member, "directories", span, index.directories,
            [&](ondemand::value element, auto& part) { return read(reader, element, part); });
      }
      if (key == "synchronizationRules") {
        return reader.array(
            member, "synchronizationRules", span, index.rules,
            [&](ondemand::value element, auto& part) { return read(reader, element, part); });
      }
      return true;
    });
  }

  static Result<SynchronizationSchema> decode(std::string text, Parsers& parsers) {
    pad(text);
    if (const auto error = verdict(parsers.verdict, text)) {
      if (error == simdjson::DEPTH_ERROR) {
        return fail(ErrorKind::too_large,
                    fmt::format("the synchronization schema is nested deeper than {} levels",
                                kMaxSchemaDepth));
      }
      return fail(ErrorKind::malformed,
                  fmt::format("the synchronization schema is not valid JSON: {}",
                              simdjson::error_message(error)));
    }
    ondemand::document document;
    ondemand::object root;
    if (parsers.index.iterate(simdjson::padded_string_view(text)).get(document) ||
        document.get_object().get(root)) {
      return fail(ErrorKind::malformed, "the synchronization schema is not a JSON object");
    }
    PartReader reader(text, document);
    Index index;
    if (!read_root(reader, root, index)) {
      const bool is_too_large = reader.has_too_many_parts();
      return fail(is_too_large ? ErrorKind::too_large : ErrorKind::malformed, reader.fault());
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

const DirectoryDefinition* SynchronizationSchema::find_directory(std::string_view name) const {
  const auto find = [&all = index_->directories](auto matches) -> const DirectoryDefinition* {
    const auto found = std::find_if(all.begin(), all.end(), matches);
    return found == all.end() ? nullptr : &*found;
  };
  const auto* named = find([&](const DirectoryDefinition& one) { return one.name == name; });
  return named != nullptr || !is_brand_name(name) ? named : find(is_entra_directory);
}

}  // namespace syncwright::schema
