#include "syncwright/schema/mapping_lint.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "syncwright/expression/parser.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

std::string schema_text() {
  return R"({
  "directories": [
    {"id": "66e4a8cc-1b7b-435e-95f8-f06cea133828", "name": "Microsoft Entra ID", "objects": [{"name": "User", "attributes": [
      {"name": "mail", "type": "String"},
      {"name": "department", "type": "String"},
      {"name": "accountEnabled", "type": "Boolean"},
      {"name": "level", "type": "Integer"},
      {"name": "photo", "type": "Binary"},
      {"name": "hiredOn", "type": "DateTime"},
      {"name": "sponsor", "type": "Reference"},
      {"name": "proxyAddresses", "type": "String", "multivalued": true},
      {"name": "userPrincipalName", "type": "String"}]}]},
    {"name": "App", "objects": [{"name": "Person", "attributes": [
      {"name": "userName", "type": "String"},
      {"name": "title", "type": "String"},
      {"name": "externalId", "type": "String"}]}]}],
  "synchronizationRules": [{"name": "Out", "sourceDirectoryName": "Azure Active Directory",
    "targetDirectoryName": "App", "objectMappings": [
      {"sourceObjectName": "User", "targetObjectName": "Person", "attributeMappings": [
        {"targetAttributeName": "userName", "matchingPriority": 1},
        {"targetAttributeName": "title", "matchingPriority": 0}]}]}]
})";
}

KnownSchema known(bool exact = false) {
  auto schema = SynchronizationSchema::decode(schema_text());
  REQUIRE(schema.has_value());
  return {*schema, exact};
}

/// A customization under construction, every entry on a line of its own.
struct Draft {
  Customization customization;

  explicit Draft(std::string object = "User") { add_mapping(std::move(object)); }

  ObjectMappingRequest& mapping() { return customization.mappings.back(); }

  Draft& add_mapping(std::string object) {
    ObjectMappingRequest request;
    request.object = std::move(object);
    request.where = next();
    customization.mappings.push_back(std::move(request));
    return *this;
  }
  Draft& map(std::string target, const std::string& text = {},
             std::optional<std::int64_t> priority = std::nullopt) {
    AttributeMappingRequest request;
    request.target_attribute_name = std::move(target);
    request.matching_priority = priority;
    request.where = next();
    if (!text.empty()) {
      const auto expression = expression::parse_expression(text);
      REQUIRE(expression.has_value());
      request.source = MappingSource{*expression};
      request.source_text = {
          text, {"m.yaml", request.where.line, 20, 99}, {request.where.line, 21}};
    }
    mapping().attributes.push_back(std::move(request));
    return *this;
  }
  Draft& filter(std::string attribute, std::string operation, std::vector<std::string> values) {
    if (!mapping().scoping_filter) mapping().scoping_filter.emplace();
    FilterClause clause{std::move(attribute), std::move(operation), std::move(values), next()};
    mapping().scoping_filter->any.push_back({"", {std::move(clause)}});
    return *this;
  }
  Draft& define(std::string directory, std::string object, std::string name, std::string type) {
    AttributeDefinitionRequest request;
    request.directory = std::move(directory);
    request.object = std::move(object);
    request.name = std::move(name);
    request.type = std::move(type);
    customization.attributes.push_back(std::move(request));
    return *this;
  }

  SourceRange next() { return {"m.yaml", ++line, 1, 0}; }
  int line = 0;
};

/// "warning SW3206 4:1 the message; the advice", of the last object mapping.
std::string found(const Draft& draft, const KnownSchema* schema = nullptr) {
  std::string lines;
  const Diagnostics diagnostics =
      lint_mapping(draft.customization, draft.customization.mappings.back(), schema);
  for (const Diagnostic& each : diagnostics.items()) {
    lines += fmt::format("{} {} {}:{} {}; {}\n", to_string(each.severity), each.code,
                         each.where.line, each.where.column, each.message, each.advice);
  }
  return lines;
}

/// "SW3206@4".
std::string codes(const Draft& draft, const KnownSchema* schema = nullptr) {
  std::string codes;
  const Diagnostics diagnostics =
      lint_mapping(draft.customization, draft.customization.mappings.back(), schema);
  for (const Diagnostic& each : diagnostics.items()) {
    if (!codes.empty()) codes += " ";
    codes += fmt::format("{}@{}", each.code, each.where.line);
  }
  return codes;
}

}  // namespace

TEST_CASE("attributes that a schema does not have") {
  const KnownSchema schema = known();
  CHECK(found(Draft().map("titel", "Append([mial], [department])"), &schema) ==
        "warning SW3206 2:1 the target has no attribute `titel`, as far as the built-in template "
        "tells; did you mean `title`? `syncwright plan` asks the live schema\n"
        "warning SW3205 2:28 the source has no attribute `mial`, as far as the built-in template "
        "tells; did you mean `mail`? `syncwright plan` asks the live schema\n");
  const KnownSchema exact = known(true);
  CHECK(found(Draft().map("title", "[nickname]"), &exact) ==
        "error SW3205 2:21 the source has no attribute `nickname`; define it under attributes:, or "
        "mend the name\n");
  CHECK(codes(Draft().map("title", "[mail]").map("userName", "[IsSoftDeleted]"), &exact) == "");
  CHECK(codes(Draft().filter("nickname", "IS NULL", {}), &exact) == "SW3205@2");
  KnownSchema saved = exact;
  saved.document = "saved.json";
  CHECK(found(Draft().map("titel", "[mail]"), &saved) ==
        "error SW3206 2:1 the target has no attribute `titel`, as far as saved.json tells; did you "
        "mean `title`?\n");
}

TEST_CASE("an unknown name is told once for an expression, a known place or none") {
  const KnownSchema schema = known();
  CHECK(codes(Draft().map("title", "Append([x], [x])"), &schema) == "SW3205@2");
  CHECK(codes(Draft("Group").map("x", "[y]"), &schema) == "");  // no such object mapping
  CHECK(codes(Draft().map("x", "[y]")) == "");                  // no schema
  Draft other;
  other.mapping().rule = "Back";
  CHECK(codes(other.map("x", "[y]"), &schema) == "");
}

TEST_CASE("letter case of attributes") {
  const KnownSchema schema = known();
  CHECK(codes(Draft().map("Title", "[Mail]"), &schema) == "SW3207@2 SW3207@2");
  const KnownSchema exact = known(true);
  CHECK(found(Draft().map("Title", "[mail]"), &exact) ==
        "error SW3207 2:1 the target attribute `title` is written `Title`; did you mean "
        "`title`?\n");
}

TEST_CASE("what the manifest defines is known") {
  const KnownSchema exact = known(true);
  CHECK(codes(Draft().map("code", "[mail]").define("target", "Person", "code", "String"), &exact) ==
        "");
  CHECK(codes(Draft().map("code", "[mail]").define("App", "Person", "code", "String"), &exact) ==
        "");
  CHECK(codes(Draft().map("code", "[mail]").define("App", "Group", "code", "String"), &exact) ==
        "SW3206@2");
  CHECK(codes(Draft().map("title", "[code]").define("Microsoft Entra ID", "User", "code", "String"),
              &exact) == "");
  CHECK(codes(Draft().map("title", "[code]").define("target", "User", "code", "String"), &exact) ==
        "SW3205@2");

  Draft inner;  // `define:` beside the mapping
  inner.map("code", "[mail]");
  AttributeDefinitionRequest definition;
  definition.directory = "target";
  definition.target_of = "User";
  definition.name = "code";
  inner.customization.attributes.push_back(definition);
  CHECK(codes(inner, &exact) == "");
  inner.customization.attributes.back().absent = true;
  CHECK(codes(inner, &exact) == "SW3206@2");
}

TEST_CASE("directory extensions differ from tenant to tenant") {
  const std::string name = "[extension_0123456789abcdef0123456789abcdef_code]";
  const KnownSchema schema = known();
  CHECK(codes(Draft().map("title", name), &schema) == "");
  const KnownSchema exact = known(true);
  CHECK(codes(Draft().map("title", name), &exact) == "SW3205@2");
}

TEST_CASE("a mapping that is taken away need not be known") {
  const KnownSchema exact = known(true);
  Draft draft;
  draft.map("gone");
  draft.mapping().attributes.back().absent = true;
  CHECK(codes(draft, &exact) == "");
}

TEST_CASE("targets that are mapped twice") {
  CHECK(found(Draft().map("title", "[a]").add_mapping("User").map("title", "[b]")) ==
        "warning SW3201 4:1 `title` is mapped twice, first in line 2; keep one of the two: the "
        "service neither refuses nor joins them\n");
  CHECK(codes(Draft().map("title", "[a]").map("title", "[b]")) == "");  // a key twice: SW0102
  CHECK(found(Draft().map("title", "[a]").map("Title", "[b]")) ==
        "warning SW3202 3:1 `Title` differs from `title` of line 2 by case alone; keep the one "
        "that is spelled as the application does\n");

  CHECK(codes(Draft().map("title", "[a]").add_mapping("Group").map("title", "[b]")) == "");
  Draft contact;
  contact.mapping().target = "Person";
  contact.map("title", "[a]").add_mapping("User").map("title", "[b]");
  contact.mapping().target = "Contact";
  CHECK(codes(contact) == "");

  Draft unsure;  // perhaps two mappings: one names the target, the other the rule
  unsure.mapping().target = "Person";
  unsure.map("title", "[a]").add_mapping("User").map("title", "[b]");
  unsure.mapping().rule = "Out";
  CHECK(codes(unsure) == "");

  Draft replaced;
  replaced.map("Title").map("title", "[a]");
  replaced.mapping().attributes.front().absent = true;
  CHECK(codes(replaced) == "");
}

TEST_CASE("matching attributes of equal priority") {
  CHECK(found(Draft().map("a", "[x]", 1).map("b", "[y]", 1)) ==
        "warning SW3203 3:1 `a` and `b` both match with priority 1; the lowest is tried first: "
        "give each a number of its own\n");
  CHECK(codes(Draft().map("a", "[x]", 1).map("b", "[y]", 2)) == "");
  CHECK(codes(Draft().map("a", "[x]", 0).map("b", "[y]", 0)) == "");

  const KnownSchema schema = known();
  CHECK(codes(Draft().map("externalId", "[mail]", 1), &schema) == "SW3203@2");  // userName has 1
  CHECK(codes(Draft().map("externalId", "[mail]", 1).map("userName", "[mail]", 2), &schema) == "");
  CHECK(codes(Draft().map("externalId", "[mail]", 1).map("userName", "[mail]"), &schema) ==
        "SW3203@2");
  Draft exact;
  exact.customization.mode = Customization::Mode::exact;
  CHECK(codes(exact.map("externalId", "[mail]", 1), &schema) == "");  // userName is removed
}

TEST_CASE("exact without a matching attribute") {
  const auto exact = [] {
    Draft draft;
    draft.customization.mode = Customization::Mode::exact;
    return draft;
  };
  CHECK(codes(exact().map("title", "[mail]", 0)) == "SW3204@1");
  CHECK(codes(exact()) == "");                         // attributes are not managed
  CHECK(codes(exact().map("title", "[mail]")) == "");  // it may match already
  CHECK(codes(exact().map("title", "[mail]", 1)) == "");
  CHECK(codes(Draft().map("title", "[mail]", 0)) == "");

  const KnownSchema schema = known();
  CHECK(codes(exact().map("userName", "[mail]"), &schema) == "");
  CHECK(found(exact().map("title", "[mail]"), &schema).starts_with("warning SW3204 1:1 no "));
  const KnownSchema saved = known(true);
  CHECK(found(exact().map("title", "[mail]"), &saved).starts_with("error SW3204 1:1 no "));
  CHECK(found(exact().map("title", "[mail]", 0), &schema).starts_with("error SW3204 1:1 no "));

  Draft entries = exact().map("userName", "[mail]", 1).add_mapping("User").map("title", "[mail]");
  entries.mapping().rule = "Out";
  CHECK(codes(entries) == "");  // the entries together have one

  Draft disabled = exact();
  disabled.mapping().enabled = false;
  CHECK(codes(disabled) == "");
  CHECK(codes(disabled.map("title", "[mail]", 0)) == "SW3204@1");  // as the overlay has it
}

TEST_CASE("attributes that filters cannot use") {
  for (const char* name : {"appRoleAssignments", "userType", "manager", "employeeHireDate"}) {
    CAPTURE(name);
    CHECK(codes(Draft().filter(name, "IS NOT NULL", {})) == "SW3210@2");
  }
  const KnownSchema schema = known();
  for (const char* name : {"hiredOn", "sponsor", "proxyAddresses"}) {
    CAPTURE(name);
    CHECK(codes(Draft().filter(name, "IS NOT NULL", {}), &schema) == "SW3210@2");
    CHECK(codes(Draft().filter(name, "IS NOT NULL", {})) == "");
  }
  CHECK(found(Draft().filter("sponsor", "EQUALS", {"x"}), &schema) ==
        "warning SW3210 2:1 `sponsor` cannot be used in a scoping filter: a reference has no value "
        "to compare; fill an extension attribute with what decides, and filter by that\n");
}

TEST_CASE("operators and types") {
  const KnownSchema schema = known();
  const auto clause = [&](const char* attribute, const char* operation, const char* value) {
    std::vector<std::string> values;
    if (*value != '\0') values.emplace_back(value);
    return codes(Draft().filter(attribute, operation, values), &schema);
  };
  for (const auto& [attribute, operation, value] :
       {std::tuple{"department", "EQUALS", "Sales"}, std::tuple{"department", "ENDS_WITH", "s"},
        std::tuple{"department", "REGEX MATCH", "^S"}, std::tuple{"accountEnabled", "IS TRUE", ""},
        std::tuple{"accountEnabled", "IS NULL", ""}, std::tuple{"photo", "IS NULL", ""},
        std::tuple{"level", "Greater_Than", "-5"}, std::tuple{"level", "&", "2"},
        std::tuple{"level", "EQUALS", "2"}}) {
    CAPTURE(attribute);
    CAPTURE(operation);
    CHECK(clause(attribute, operation, value) == "");
  }
  for (const auto& [attribute, operation, value] :
       {std::tuple{"department", "IS TRUE", ""}, std::tuple{"department", "Greater_Than", "5"},
        std::tuple{"accountEnabled", "EQUALS", "True"}, std::tuple{"photo", "EQUALS", "x"},
        std::tuple{"level", "Includes", "5"}}) {
    CAPTURE(attribute);
    CAPTURE(operation);
    CHECK(clause(attribute, operation, value).find("SW3211@2") != std::string::npos);
  }
  CHECK(found(Draft().filter("accountEnabled", "EQUALS", {"True"}), &schema) ==
        "warning SW3211 2:1 EQUALS does not fit `accountEnabled`, whose type is Boolean; use IS "
        "TRUE or IS FALSE\n");
}

TEST_CASE("a filter's regular expression") {
  CHECK(codes(Draft().filter("department", "REGEX MATCH", {"(a"})) == "SW3106@2");
  CHECK(codes(Draft().filter("department", "NOT REGEX MATCH", {"(a"})) == "SW3106@2");
  CHECK(codes(Draft().filter("department", "REGEX MATCH", {"(a)"})) == "");
  CHECK(codes(Draft().filter("department", "EQUALS", {"(a"})) == "");
  CHECK(codes(Draft().filter("department", "REGEX MATCH", {"@contoso.com$"})) == "SW3119@2");
  CHECK(codes(Draft().filter("department", "NOT REGEX MATCH", {"$a"})) == "SW3125@2");
  CHECK(codes(Draft().filter("department", "REGEX MATCH", {"@contoso\\.com$"})) == "");
}

TEST_CASE("references of the source") {
  const KnownSchema schema = known();
  Draft draft;
  draft.define("source", "User", "assistant", "Reference");
  const auto names = [&](const KnownSchema* with) {
    return reference_attributes(draft.customization, draft.mapping(), with);
  };
  CHECK(names(nullptr) == std::vector<std::string>{"assistant", "manager"});
  CHECK(names(&schema) == std::vector<std::string>{"assistant", "manager", "sponsor"});
}
