#include <fmt/format.h>
#include <rapidcheck.h>

#include <random>

#include "schema/schema_decoder.h"
#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

std::string list_of(int count, const std::string& prefix) {
  std::string list;
  for (int index = 0; index < count; ++index) {
    list += fmt::format(R"({}{{"name":"{}{}","type":"Integer","metadata":[]}})",
                        index == 0 ? "" : ",", prefix, index);
  }
  return "[" + list + "]";
}

std::string document(const std::string& id, const std::string& list) {
  return fmt::format(
      R"({{"id":"{}","directories":[{{"id":"{}","name":"d","objects":[{{"attributes":{},"name":"o"}}]}}],)"
      R"("synchronizationRules":[{{"name":"r","objectMappings":[{{"name":"m"}}]}}]}})",
      id, id, list);
}

/// Every part with its place, or what is wrong with the text.
std::string described(const Result<SynchronizationSchema>& schema) {
  if (!schema) return fmt::format("{}: {}", to_string(schema.error().kind), schema.error().message);
  std::string lines = schema->id();
  const auto add = [&](const std::string& name, TextSpan span) {
    lines += fmt::format("\n{} {}-{}", name, span.begin, span.end);
  };
  for (const DirectoryDefinition& directory : schema->directories()) {
    add("directory " + directory.id + directory.name, directory.span);
    for (const ObjectDefinition& object : directory.objects) {
      add("object " + object.name, object.span);
      add("attributes", object.attributes_span);
      for (const AttributeDefinition& attribute : object.attributes()) {
        add(attribute.name + ":" + attribute.type, attribute.span);
      }
    }
  }
  for (const SynchronizationRule& rule : schema->rules()) {
    add("rule " + rule.name, rule.span);
    for (const ObjectMapping& mapping : rule.object_mappings) {
      add("mapping " + mapping.name, mapping.span);
      for (const AttributeMapping& each : mapping.attribute_mappings) {
        add(each.target_attribute_name, each.span);
      }
    }
  }
  return lines;
}

std::string decoded_alone(const std::string& text) {
  Parsers parsers;
  return described(SchemaDecoder::decode(text, parsers));
}

const AttributeDefinitions* list_in(const Result<SynchronizationSchema>& schema) {
  REQUIRE(schema.has_value());
  return schema->directories().at(0).objects.at(0).attribute_list.get();
}

/// Documents that have lists in common, as tenants never have them.
class StrangeDocuments {
 public:
  explicit StrangeDocuments(std::uint32_t seed) : engine_(seed) {}

  std::string next() {
    std::string directories;
    for (std::size_t count = below(3); count > 0; --count) {
      directories += directory() + (count > 1 ? "," : "");
    }
    std::string text = fmt::format(
        R"({{{}"directories":[{}]{},"synchronizationRules":[{}]}})", other_member(), directories,
        one_in(9) ? "," : "", one_in(2) ? R"({"name":"r","objectMappings":[{"name":"m"}]})" : "");
    if (one_in(6)) text.resize(1 + below(text.size() - 1));
    if (one_in(4)) text[below(text.size())] = R"("[]{},:\x)"[below(9)];
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : engine_() % bound; }
  bool one_in(std::size_t n) { return below(n) == 0; }

  std::string list() {
    if (one_in(8)) return "null";
    std::string text =
        list_of(one_in(8) ? 2 : 12 + static_cast<int>(below(3)), one_in(2) ? "a" : "b");
    if (one_in(9)) text.insert(1, " ");
    if (one_in(9)) text.insert(1, R"({"name":"nest","attributes":)" + list_of(13, "a") + "},");
    return text;
  }

  /// A member in which a list is no list of attributes, or nothing.
  std::string other_member() {
    switch (below(8)) {
      case 0:
        return R"("metadata":{"attributes":)" + list() + "},";
      case 1:
        return R"("attributes":)" + list() + ",";
      case 2:
        return R"("note":"x\"attributes\":[",)";
      case 3:
        return R"("note":"\)" + std::string(R"("attributes":)") + list_of(13, "a") + "\",";
      default:
        return "";
    }
  }

  std::string directory() {
    std::string objects;
    for (std::size_t count = below(3); count > 0; --count) {
      objects +=
          fmt::format(R"({{{}"attributes":{}{},"name":"o{}"}}{})",
                      one_in(9) ? R"("attributes":)" + list() + "," : "", list(),
                      one_in(9) ? R"(,"attributes":)" + list() : "", count, count > 1 ? "," : "");
    }
    return fmt::format(R"({{"id":"{}",{}"objects":[{}]}})", std::string(below(3), 'i'),
                       other_member(), objects);
  }

  std::mt19937 engine_;
};

}  // namespace

TEST_CASE("documents with the same list in the same place share it") {
  Parsers parsers;
  const auto first = SchemaDecoder::decode(document("one", list_of(20, "a")), parsers);
  const auto second = SchemaDecoder::decode(document("two", list_of(20, "a")), parsers);
  CHECK(list_in(first) == list_in(second));
  CHECK(described(second) == decoded_alone(document("two", list_of(20, "a"))));
}

TEST_CASE("a list that stands elsewhere is moved, and another one is decoded") {
  Parsers parsers;
  const auto first = SchemaDecoder::decode(document("one", list_of(20, "a")), parsers);
  for (const std::string& text :
       {document("three", list_of(20, "a")), document("one", list_of(21, "a")),
        document("one", list_of(20, "b")), document("one", "null"), document("one", "[]")}) {
    const auto schema = SchemaDecoder::decode(text, parsers);
    CHECK(list_in(schema) != list_in(first));
    CHECK(described(schema) == decoded_alone(text));
    CHECK(schema->text() == text);
  }
}

TEST_CASE("edits of a schema that shares its lists leave them where they are") {
  Parsers parsers;
  const std::string list = list_of(20, "a");
  REQUIRE(SchemaDecoder::decode(document("one", list), parsers).has_value());
  const auto schema = SchemaDecoder::decode(document("three", list), parsers);
  REQUIRE(schema.has_value());
  const TextSpan name = schema->rules().at(0).object_mappings.at(0).span;
  const auto edited = schema->edited({{{name.begin + 9, name.begin + 10}, "mapping"}});
  std::string text = document("three", list);
  text.replace(text.rfind("\"m\""), 3, "\"mapping\"");
  CHECK(described(edited) == decoded_alone(text));
}

TEST_CASE("what was decoded before makes no difference to a document") {
  CHECK(rc::check([](std::uint32_t seed) {
    StrangeDocuments documents(seed);
    Parsers parsers;
    for (int count = 0; count < 12; ++count) {
      const std::string text = documents.next();
      const std::string alone = decoded_alone(text);
      RC_ASSERT(described(SchemaDecoder::decode(text, parsers)) == alone);
    }
  }));
}

TEST_CASE("the list that was used longest ago makes room") {
  AttributeListCache cache;
  Parsers parsers;
  const auto keep = [&](const std::string& prefix) {
    const std::string text = document("one", list_of(7'500, prefix));
    const auto schema = SchemaDecoder::decode(text, parsers);
    REQUIRE(schema.has_value());
    cache.keep(text, schema->directories().at(0).objects.at(0));
    return text;
  };
  const std::string first = keep("first");
  const std::string second = keep("second");
  const std::string third = keep("third");
  CHECK(cache.find(first).size() == 1);
  const std::string fourth = keep("fourth");
  CHECK(cache.find(first).size() == 1);
  CHECK(cache.find(second).empty());
  CHECK(cache.find(third).size() == 1);
  CHECK(cache.find(fourth).size() == 1);
  const std::string vast = document("one", list_of(30'000, "vast"));
  const auto schema = SchemaDecoder::decode(vast, parsers);
  REQUIRE(schema.has_value());
  cache.keep(vast, schema->directories().at(0).objects.at(0));
  CHECK(cache.find(vast).empty());
  CHECK(cache.find(fourth).size() == 1);
}

TEST_CASE("the elements of a known list count as parts of each document that has it") {
  Parsers parsers;
  std::string list = "[{}";
  for (int count = 1; count < 60'000; ++count) list += ",{}";
  list += "]";
  std::string lists = list;
  for (int count = 1; count < 9; ++count) lists += R"(},{"attributes":)" + list;
  CHECK(decoded_alone(document("one", lists)) ==
        "too_large: the synchronization schema has more than 500000 parts");
  REQUIRE(SchemaDecoder::decode(document("one", list), parsers).has_value());
  CHECK(described(SchemaDecoder::decode(document("one", lists), parsers)) ==
        "too_large: the synchronization schema has more than 500000 parts");
}
