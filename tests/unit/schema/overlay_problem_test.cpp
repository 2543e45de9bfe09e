#include "syncwright/schema/definition_conflicts.h"
#include "syncwright/schema/overlay.h"
#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

using Texts = std::vector<std::string>;

TEST_CASE("an unknown object mapping is named with what there is") {
  CHECK(problems(sample(), wish("user")) ==
        Texts{"SW5009 there is no object mapping from `user`; did you mean `User`? the schema has "
              "`User` -> `User` (rule `USER_OUTBOUND_USER`), `Group` -> `Group` (rule "
              "`USER_OUTBOUND_USER`), `Profile` -> `AppRole` (rule `ROLE_INBOUND`)"});
  Customization customization = wish("User");
  customization.mappings[0].target = "user";
  CHECK(problems(sample(), customization)[0].starts_with(
      "SW5009 there is no object mapping from `User` to `user`; did you mean `User`? "));
  customization.mappings[0].target = "Contact";
  customization.mappings[0].rule = "ROLE_INBOUND";
  CHECK(problems(decoded("{}"), customization) ==
        Texts{"SW5009 there is no object mapping from `User` to `Contact` in the rule "
              "`ROLE_INBOUND`; the schema has none"});
}

TEST_CASE("several object mappings need `target` or `rule`") {
  const auto schema = decoded(
      R"({"synchronizationRules":[{"name":"A","objectMappings":[{"sourceObjectName":"User",)"
      R"("targetObjectName":"User"}]},{"id":"b-1","objectMappings":[{"sourceObjectName":)"
      R"("User","targetObjectName":"Contact"}]}]})");
  Customization customization = wish("User");
  CHECK(problems(schema, customization) ==
        Texts{"SW5009 there are 2 object mappings from `User`: `User` -> `User` (rule `A`), "
              "`User` -> `Contact` (rule `b-1`); say which with `target:` or `rule:`"});
  customization.mappings[0].target = "Contact";
  CHECK(overlay(schema, customization).has_value());
  customization.mappings[0].target = {};
  customization.mappings[0].rule = "b-1";
  CHECK(overlay(schema, customization).has_value());
}

TEST_CASE("a live duplicate that is touched is a problem, another one is not") {
  const auto schema = decoded(replaced(sample_text(), R"("targetAttributeName": "CompanyName")",
                                       R"("targetAttributeName": "LocaleKey")"));
  CHECK(problems(schema, wish("User", {mapping("LocaleKey", "[lang]")})) ==
        Texts{"SW5010 the object mapping `User` -> `User` maps the attribute `LocaleKey` 2 times"});
  CHECK(overlay(schema, wish("User", {mapping("Username", "[mail]")})).has_value());

  const auto twice =
      decoded(replaced(sample_text(), R"("name": "accountEnabled")", R"("name": "mail")"));
  CHECK(problems(twice, define(attribute("source", "User", "mail", "USER_OUTBOUND_USER"))) ==
        Texts{"SW5010 the object `User` of the directory `Azure Active Directory` defines the "
              "attribute `mail` 2 times"});
}

TEST_CASE("a definition that is needed cannot go") {
  const auto needed = [](const SynchronizationSchema& base, const Customization& customization) {
    Texts texts;
    const auto result = overlay(base, customization);
    REQUIRE(result.has_value());
    for (const OverlayProblem& problem : find_refused_removals(base, *result, customization)) {
      texts.push_back(std::string(to_string(problem.code)) + " " + problem.message);
    }
    return texts;
  };
  const auto without = [](const std::string& name) {
    Customization customization = define(attribute("target", "User", name, "USER_OUTBOUND_USER"));
    customization.attributes[0].absent = true;
    return customization;
  };
  CHECK(needed(sample(), without("Id")) ==
        Texts{"SW5030 the attribute `Id` of the object `User` of the directory `salesforce.com` "
              "cannot go: it is the anchor"});
  const auto defined = decoded(replaced(sample_text(), R"("x-colour": "blue"})",
                                        R"("x-colour": "blue"},
                                           {"name": "CompanyName"}, {"name": "Fax"})"));
  CHECK(needed(defined, without("CompanyName")) ==
        Texts{"SW5030 the attribute `CompanyName` of the object `User` of the directory "
              "`salesforce.com` cannot go: it is still mapped in `User` -> `User`"});
  CHECK(needed(defined, without("Fax")).empty());
  Customization both = without("CompanyName");
  both.mappings = wish("User", {absent_mapping("CompanyName")}).mappings;
  CHECK(needed(defined, both).empty());

  Customization read = define(attribute("source", "User", "mail", "USER_OUTBOUND_USER"));
  read.attributes[0].absent = true;
  CHECK(needed(sample(), read).empty());
  read.mappings = wish("User", {mapping("LocaleKey", "Append([mail], \"x\")")}).mappings;
  CHECK(needed(sample(), read) ==
        Texts{"SW5030 the attribute `mail` of the object `User` of the directory `Azure Active "
              "Directory` cannot go: it is still mapped in `User` -> `User`"});
}

TEST_CASE("a matching attribute must be left") {
  const Texts expected{
      "SW5011 the object mapping `User` -> `User` would have no attribute mapping with a "
      "matchingPriority"};
  CHECK(problems(sample(), wish("User", {absent_mapping("Username")})) == expected);
  Customization customization = wish("User", {mapping("Username", "[mail]")});
  customization.mappings[0].attributes[0].matching_priority = 0;
  CHECK(problems(sample(), customization) == expected);
  customization.mappings[0].attributes.push_back(mapping("Id", "[objectId]"));
  customization.mappings[0].attributes[1].matching_priority = 1;
  CHECK(overlay(sample(), customization).has_value());
  customization = wish("User", {mapping("CompanyName", "[company]")});
  customization.mode = Customization::Mode::exact;
  CHECK(problems(sample(), customization) == expected);
  customization.mappings[0].attributes.clear();
  customization.mappings[0].enabled = false;
  CHECK(changes(sample(), *overlay(sample(), customization)) ==
        "USER_OUTBOUND_USER/User->User:enabled: true => false\n");
}

TEST_CASE("an object mapping that never had a matching attribute may stay so, except under exact") {
  Customization customization = wish("Profile", {mapping("value", "[Id]")});
  CHECK(overlay(sample(), customization).has_value());
  customization.mode = Customization::Mode::exact;
  CHECK(problems(sample(), customization) ==
        Texts{"SW5011 the object mapping `Profile` -> `AppRole` would have no attribute mapping "
              "with a matchingPriority"});
}

TEST_CASE("a mapping that is not there cannot be changed without a source") {
  Customization customization = wish("User");
  AttributeMappingRequest fax;
  fax.target_attribute_name = "Fax";
  fax.flow_type = "ObjectAddOnly";
  customization.mappings[0].attributes = {fax};
  CHECK(problems(sample(), customization) ==
        Texts{"SW5009 the object mapping `User` -> `User` has no mapping to `Fax` that could be "
              "changed; a new one needs an expression, a constant or `source: none`"});
}

TEST_CASE("unknown and ambiguous directories and objects are named") {
  CHECK(problems(sample(), define(attribute("Salesforce.com", "User", "x"))) ==
        Texts{"SW5017 no directory is named `Salesforce.com`; did you mean `salesforce.com`? there "
              "are `Azure Active Directory`, `salesforce.com`"});
  CHECK(problems(sample(), define(attribute("salesforce.com", "Person", "x"))) ==
        Texts{"SW5017 the directory `salesforce.com` has no object `Person`; there are `User`, "
              "`Group`, `Twin`"});
  CHECK(problems(sample(), define(attribute("salesforce.com", "Twin", "x"))) ==
        Texts{"SW5017 the directory `salesforce.com` has 2 objects named `Twin`; which one is "
              "meant cannot be told"});
  CHECK(problems(sample(), define(attribute("target", "User", "x"))) ==
        Texts{"SW5017 the directory `target` could be that of several rules; name one with "
              "`rule:`, there are `USER_OUTBOUND_USER`, `ROLE_INBOUND`"});
  CHECK(
      problems(sample(), define(attribute("target", "User", "x", "USER_OUTBOUND_USERS"))) ==
      Texts{
          "SW5017 no rule is named `USER_OUTBOUND_USERS`; did you mean `USER_OUTBOUND_USER`? there "
          "are `USER_OUTBOUND_USER`, `ROLE_INBOUND`"});
}

TEST_CASE("all problems come at once, each with the place of its request") {
  Customization customization = wish("user");
  customization.mappings[0].where = {"a.yaml", 7, 3, 0};
  customization.attributes = {attribute("nowhere", "User", "x")};
  customization.attributes[0].where = {"a.yaml", 2, 5, 0};
  const auto result = overlay(sample(), customization);
  REQUIRE_FALSE(result.has_value());
  REQUIRE(result.error().size() == 2);
  CHECK(result.error()[0].code == Code::SW5017);
  CHECK(result.error()[0].where == customization.attributes[0].where);
  CHECK(result.error()[1].code == Code::SW5009);
  CHECK(result.error()[1].where == customization.mappings[0].where);
}
