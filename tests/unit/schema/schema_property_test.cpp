#include <fmt/format.h>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "syncwright/expression/source_tree.h"
#include "unit/schema/random_schema.h"
#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

using Names = std::set<std::string>;

struct Named {
  bool exact = false;
  std::map<std::string, Names> attributes;  ///< by "directory/object"
  std::map<std::string, Names> mappings;    ///< by "rule/source->target"
  Names paths;                              ///< of every change that the requests may make
};

Named named_by(const Customization& customization) {
  Named named;
  named.exact = customization.mode == Customization::Mode::exact;
  for (const auto& request : customization.attributes) {
    const std::string object = request.directory + "/" + request.object;
    named.attributes[object].insert(request.name);
    named.paths.insert(object + "." + request.name);
  }
  for (const auto& request : customization.mappings) {
    const std::string object =
        request.rule.text() + "/" + request.object.text() + "->" + request.target.text();
    named.mappings[object];
    for (const auto& attribute : request.attributes) {
      named.mappings[object].insert(attribute.target_attribute_name.text());
      named.paths.insert(object + "/" + attribute.target_attribute_name.text());
    }
    if (request.enabled) named.paths.insert(object + ":enabled");
    if (request.flow_types) named.paths.insert(object + ":flowTypes");
    if (request.scoping_filter) named.paths.insert(object + ":scopingFilter");
  }
  return named;
}

/// Each part of a document that the requests do not name, as its bytes; for a part that they name a
/// mark. Two documents that differ in named parts only have equal lists.
class UntouchedText {
 public:
  UntouchedText(const SynchronizationSchema& schema, const Named& named)
      : schema_(schema), named_(named) {
    for (const auto& directory : schema.directories()) {
      for (const auto& object : directory.objects) add(directory, object);
    }
    for (const auto& rule : schema.rules()) {
      for (const auto& mapping : rule.object_mappings) add(rule, mapping);
    }
    cut({schema.text().size(), schema.text().size()}, "end");
  }

  [[nodiscard]] const std::vector<std::string>& parts() const { return parts_; }

 private:
  void add(const DirectoryDefinition& directory, const ObjectDefinition& object) {
    const auto found = named_.attributes.find(directory.name + "/" + object.name);
    if (found == named_.attributes.end()) return;
    inside_.push_back(rest_of(object.span, {"attributes"}));
    for (const auto& attribute : object.attributes()) {
      if (!found->second.contains(attribute.name)) {
        inside_.emplace_back(schema_.slice(attribute.span));
      }
    }
    cut(object.span, "object");
  }

  void add(const SynchronizationRule& rule, const ObjectMapping& mapping) {
    const auto found = named_.mappings.find(rule.name + "/" + mapping.source_object_name + "->" +
                                            mapping.target_object_name);
    if (found == named_.mappings.end()) return;
    inside_.push_back(
        rest_of(mapping.span, {"attributeMappings", "enabled", "flowTypes", "scope"}));
    for (const auto& attribute : mapping.attribute_mappings) {
      if (!named_.exact && !found->second.contains(attribute.target_attribute_name)) {
        inside_.emplace_back(schema_.slice(attribute.span));
      }
    }
    cut(mapping.span, "mapping");
  }

  /// The members around what is named, by value.
  [[nodiscard]] std::string rest_of(TextSpan span, const Names& without) const {
    Json part = Json::parse(schema_.slice(span));
    for (const std::string& key : without) part.erase(key);
    return part.dump();
  }

  /// The text since the last cut, and what was kept of the part that is cut out here. Parts come in
  /// the index's order, which need not be the text's.
  void cut(TextSpan span, const char* mark) {
    cuts_[span.begin] = {span.end, mark};
    kept_[span.begin] = std::move(inside_);
    inside_.clear();
    if (span.begin != schema_.text().size()) return;
    std::size_t at = 0;
    for (const auto& [begin, end_mark] : cuts_) {
      parts_.emplace_back(schema_.text().substr(at, begin - at));
      parts_.emplace_back(end_mark.second);
      parts_.insert(parts_.end(), kept_[begin].begin(), kept_[begin].end());
      at = end_mark.first;
    }
  }

  const SynchronizationSchema& schema_;
  const Named& named_;
  std::map<std::size_t, std::pair<std::size_t, const char*>> cuts_;
  std::map<std::size_t, std::vector<std::string>> kept_;
  std::vector<std::string> inside_;
  std::vector<std::string> parts_;
};

Json parsed(const SynchronizationSchema& schema, TextSpan span) {
  return Json::parse(schema.slice(span));
}

SynchronizationSchema decode(std::string text) {
  auto schema = SynchronizationSchema::decode(std::move(text));
  RC_ASSERT(schema.has_value());
  return std::move(*schema);
}

/// The members that the request wants, read from the part as any other reader would.
void check_granted(const Json& live, const AttributeMappingRequest& request) {
  if (request.matching_priority) {
    RC_ASSERT(int_or(live, "matchingPriority", 0) == *request.matching_priority);
  }
  if (request.flow_type) RC_ASSERT(string_or(live, "flowType", "Always") == *request.flow_type);
  if (request.flow_behavior) {
    RC_ASSERT(string_or(live, "flowBehavior", "FlowWhenChanged") == *request.flow_behavior);
  }
  if (request.default_value) RC_ASSERT(live["defaultValue"] == Json(*request.default_value));
  if (request.default_value_absent) RC_ASSERT(member_or_null(live, "defaultValue").is_null());
  if (!request.source) return;
  const Json& source = member_or_null(live, "source");
  const auto* wanted = std::get_if<expression::Expression>(&request.source->value);
  RC_ASSERT(source.is_null() == (wanted == nullptr));
  if (wanted != nullptr) RC_ASSERT(*expression::from_source_tree(source) == *wanted);
}

/// Every mapping that was asked for is there, and every one that must not exist is not.
void check_granted(const SynchronizationSchema& result, const ObjectMappingRequest& request) {
  std::map<std::string, AttributeMappingRequest> last;
  for (const auto& attribute : request.attributes) {
    last[attribute.target_attribute_name] = attribute;
  }
  for (const auto& rule : result.rules()) {
    for (const auto& mapping : rule.object_mappings) {
      if (rule.name != request.rule || mapping.source_object_name != request.object) continue;
      for (const auto& attribute : mapping.attribute_mappings) {
        const auto found = last.find(attribute.target_attribute_name);
        if (found == last.end()) continue;
        RC_ASSERT_FALSE(found->second.absent);
        check_granted(parsed(result, attribute.span), found->second);
        last.erase(found);
      }
    }
  }
  for (const auto& [name, attribute] : last) RC_ASSERT(attribute.absent);
}

}  // namespace

TEST_CASE("property: the index shows the document, and the text is kept") {
  CHECK(rc::check("decode", [](std::uint32_t seed) {
    RandomSchema random(seed);
    const std::string text = random.text(random.document(true));
    const auto schema = decode(text);
    const Json document = Json::parse(text);
    RC_ASSERT(schema.text() == text);
    RC_ASSERT(schema.rules().size() == document["synchronizationRules"].size());
    for (std::size_t i = 0; i < schema.rules().size(); ++i) {
      const Json& rule = document["synchronizationRules"][i];
      RC_ASSERT(parsed(schema, schema.rules()[i].span) == rule);
      RC_ASSERT(schema.rules()[i].object_mappings.size() == rule["objectMappings"].size());
      for (std::size_t j = 0; j < rule["objectMappings"].size(); ++j) {
        const ObjectMapping& mapping = schema.rules()[i].object_mappings[j];
        const Json& attributes = member_or_null(rule["objectMappings"][j], "attributeMappings");
        RC_ASSERT(mapping.attribute_mappings.size() == attributes.size());
        for (std::size_t k = 0; k < attributes.size(); ++k) {
          const AttributeMapping& attribute = mapping.attribute_mappings[k];
          RC_ASSERT(parsed(schema, attribute.span) == attributes[k]);
          RC_ASSERT(Json(attribute.target_attribute_name) == attributes[k]["targetAttributeName"]);
          RC_ASSERT(attribute.matching_priority == int_or(attributes[k], "matchingPriority", 0));
        }
      }
    }
    for (std::size_t i = 0; i < schema.directories().size(); ++i) {
      RC_ASSERT(parsed(schema, schema.directories()[i].span) == document["directories"][i]);
    }
  }));
}

/// Everything that the index holds: names, values and where they stand.
class IndexText {
 public:
  explicit IndexText(const SynchronizationSchema& schema) {
    for (const DirectoryDefinition& directory : schema.directories()) add(directory);
    for (const SynchronizationRule& rule : schema.rules()) add(rule);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void add(TextSpan span) { text_ += fmt::format(" {}-{}", span.begin, span.end); }
  void add(const DirectoryDefinition& directory) {
    text_ += "\ndirectory " + directory.name;
    add(directory.span);
    for (const ObjectDefinition& object : directory.objects) {
      text_ += "\nobject " + object.name;
      add(object.span);
      add(object.attributes_span);
      for (const AttributeDefinition& attribute : object.attributes()) {
        text_ += fmt::format("\nattribute {} {}", attribute.name, attribute.type);
        add(attribute.span);
      }
    }
  }
  void add(const SynchronizationRule& rule) {
    text_ += "\nrule " + rule.name;
    add(rule.span);
    for (const ObjectMapping& mapping : rule.object_mappings) {
      text_ += fmt::format("\nmapping {} {} {} {}", mapping.name, mapping.source_object_name,
                           mapping.target_object_name, mapping.enabled);
      for (const TextSpan span : {mapping.span, mapping.attribute_mappings_span, mapping.scope_span,
                                  mapping.flow_types_span}) {
        add(span);
      }
      for (const AttributeMapping& each : mapping.attribute_mappings) {
        text_ += fmt::format("\n{} {}", each.target_attribute_name, each.matching_priority);
        add(each.span);
        add(each.source_span);
      }
    }
  }

  std::string text_;
};

TEST_CASE("property: an overlay grants what is asked, touches nothing else, and is idempotent") {
  int laid = 0;
  CHECK(rc::check("overlay", [&laid](std::uint32_t seed) {
    RandomSchema random(seed);
    const Json document = random.document(true);
    const auto base = decode(random.text(document));
    const Customization customization = random.customization(document);
    const auto result = overlay(base, customization);
    if (!result) {
      RC_ASSERT_FALSE(result.error().empty());
      return;
    }
    ++laid;
    RC_ASSERT(IndexText(*result).text() == IndexText(decode(result->text())).text());
    const Named named = named_by(customization);
    RC_ASSERT(UntouchedText(base, named).parts() == UntouchedText(*result, named).parts());
    for (const auto& request : customization.mappings) check_granted(*result, request);
    const auto again = overlay(*result, customization);
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->text() == result->text());
    RC_ASSERT(diff(*result, *again).empty());
    for (const FieldChange& change : diff(base, *result)) {
      const bool removed_by_exact = named.exact && change.after.is_null();
      RC_ASSERT(removed_by_exact || named.paths.contains(change.path));
    }
  }));
  CHECK(laid > 20);
}

TEST_CASE("property: the same meaning in other words is no difference") {
  CHECK(rc::check("canonical", [](std::uint32_t seed) {
    RandomSchema random(seed);
    const Json document = random.document(false);
    const auto one = decode(random.text(document));
    const auto other = decode(random.text(random.reordered(document)));
    RC_ASSERT(changes(one, other) == "");
    const Customization customization = random.customization(document);
    const auto laid_one = overlay(one, customization);
    const auto laid_other = overlay(other, customization);
    RC_ASSERT(laid_one.has_value() == laid_other.has_value());
    if (laid_one) RC_ASSERT(changes(*laid_one, *laid_other) == "");
  }));
}

TEST_CASE("property: a customization survives its JSON") {
  CHECK(rc::check("customization", [](std::uint32_t seed) {
    RandomSchema random(seed);
    const Json document = random.document(true);
    const Customization customization = random.customization(document);
    const auto back = customization_from_json(to_json(customization));
    RC_ASSERT(back.has_value());
    RC_ASSERT(to_json(*back) == to_json(customization));
  }));
}
