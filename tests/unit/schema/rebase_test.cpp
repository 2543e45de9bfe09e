#include "syncwright/schema/rebase.h"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <set>

#include "unit/schema/random_schema.h"
#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

std::string replaced_all(std::string text, std::string_view passage, std::string_view by) {
  std::size_t at = text.find(passage);
  REQUIRE(at != std::string::npos);
  for (; at != std::string::npos; at = text.find(passage, at + by.size())) {
    text.replace(at, passage.size(), by);
  }
  return text;
}

/// The sample as another tenant's job has it: other ids, the other brand name.
std::string foreign(std::string text) {
  text = replaced(std::move(text), "Salesforce.4711", "Salesforce.0815");
  text = replaced(std::move(text), "\"v1.2\"", "\"Date:2025-01-01, ActivityId:1\"");
  text = replaced(std::move(text), "b7d41e60-0000", "ffffffff-0000");
  text = replaced(std::move(text), "e2960b8f-0000", "eeeeeeee-0000");
  return replaced_all(std::move(text), "Azure Active Directory", "Microsoft Entra ID");
}

SynchronizationSchema rebased(const SynchronizationSchema& base,
                              const SynchronizationSchema& live) {
  auto result = rebase(base, live);
  const std::string problem = result ? "" : result.error().front().message;
  REQUIRE_MESSAGE(result.has_value(), problem);
  return std::move(*result);
}

std::vector<std::string> refusals(const SynchronizationSchema& base,
                                  const SynchronizationSchema& live) {
  std::vector<std::string> texts;
  const auto result = rebase(base, live);
  REQUIRE_FALSE(result.has_value());
  for (const auto& problem : result.error())
    texts.push_back(std::string(to_string(problem.code)) + " " + problem.message);
  return texts;
}

/// The foreign sample with one passage replaced, laid over the sample.
SynchronizationSchema with(std::string_view passage, std::string_view by) {
  const auto base = decoded(foreign(replaced(sample_text(), passage, by)));
  auto result = rebased(base, sample());
  CHECK(rebased(base, result).text() == result.text());
  return result;
}

/// The sample with one passage replaced, laid over: the same but for ids.
void check_takes(std::string_view passage, std::string_view by) {
  const std::string text = replaced(sample_text(), passage, by);
  const std::string expected = changes(sample(), decoded(text));
  CHECK(expected != "");
  CHECK(changes(sample(), with(passage, by)) == expected);
}

}  // namespace

TEST_CASE("a document that says nothing new is byte-equal to the live one") {
  CHECK(rebased(sample(), sample()).text() == sample_text());
  CHECK(rebased(decoded(foreign(sample_text())), sample()).text() == sample_text());
  CHECK(rebased(sample(), decoded(foreign(sample_text()))).text() == foreign(sample_text()));
  const Json in_other_words = Json::parse(sample_text());
  CHECK(rebased(decoded(in_other_words.dump(1)), sample()).text() == sample_text());
}

TEST_CASE("a mapping takes what differs from the document, and keeps the rest of its live text") {
  const std::string passage =
      R"("source": {"expression": "[userPrincipalName]", "name": "userPrincipalName", "type": "Attribute", "parameters": []})";
  const std::string by = R"("source": {"type":"Attribute",  "name":"mail"}, "x-note": "other")";
  const std::string without_note =
      replaced(replaced(sample_text(), ",\n              \"x-note\": \"kept\"", ""), passage, by);
  const auto result = rebased(decoded(foreign(without_note)), sample());
  CHECK(result.text() ==
        replaced(sample_text(), passage, R"("source": {"type":"Attribute",  "name":"mail"})"));
}

TEST_CASE("attribute mappings that the document lacks go, definitions that it lacks stay") {
  std::string text = replaced(sample_text(), R"(            {
              "defaultValue": "",
              "targetAttributeName": "CompanyName",
              "source": {"name": "company", "type": "Attribute"}
            },
)",
                              "");
  text = replaced(text, R"(,
            {"name": "Username", "type": "String", "x-colour": "blue"})",
                  "");
  const auto result = rebased(decoded(foreign(text)), sample());
  CHECK(changes(sample(), result) ==
        "USER_OUTBOUND_USER/User->User/CompanyName: "
        "{\"defaultValue\":\"\",\"expression\":\"[company]\"} => null\n");
}

TEST_CASE("what is new comes as the document writes it") {
  const std::string definition = R"({"type" : "Boolean",   "name":"isNew", "x": 1e3})";
  CHECK(with(R"({"anchor": true, "name": "Id", "type": "String"})",
             R"({"anchor": true, "name": "Id", "type": "String"}, )" + definition)
            .text() == replaced(sample_text(), R"("x-colour": "blue"})",
                                "\"x-colour\": \"blue\"},\n            " + definition));
  CHECK(with(R"({"name": "Group", "attributes": null})",
             R"({"name": "Group", "attributes": [)" + definition + "]}")
            .text() == replaced(sample_text(), R"({"name": "Group", "attributes": null})",
                                R"({"name": "Group", "attributes": [)" + definition + "]}"));
}

TEST_CASE("each kind of difference is taken") {
  check_takes(R"("type": "Boolean", "required": true)", R"("type": "Boolean")");
  check_takes(
      R"("type": "String", "x-colour")",
      R"("type": "Reference", "referencedObjects": [{"referencedObjectName": "User"}], "x")");
  check_takes(R"("matchingPriority": 1,
              "targetAttributeName": "Username")",
              R"("targetAttributeName": "Username", "matchingPriority": 2)");
  check_takes(R"("source": null, "defaultValue": "en_US")",
              R"("source": {"name": "lang", "type": "Attribute"}, "defaultValue": null)");
  check_takes(R"("enabled": true)", R"("enabled": false)");
  check_takes(R"("flowTypes": "Add, Update, Delete")", R"("flowTypes": "Update")");
  check_takes(R"("targetObjectName": "AppRole", "attributeMappings": [])",
              R"("targetObjectName": "AppRole", "attributeMappings": [], "scope": {"groups": [
                {"name": "x", "clauses": [{"operatorName": "IS NULL", "sourceOperandName": "a",
                "targetOperand": null}]}]})");
  check_takes(R"("sourceDirectoryName": "Azure Active Directory",)",
              R"("sourceDirectoryName": "salesforce.com",)");
  check_takes(R"("name": "ROLE_INBOUND",)",
              R"("name": "ROLE_INBOUND", "groupFilter": {"includedGroups": ["g"]},)");
  check_takes(
      R"({"sourceObjectName": "Profile")",
      R"({"sourceObjectName": "Role", "targetObjectName": "AppRole"}, {"sourceObjectName": "Profile")");
}

TEST_CASE("groups of a filter are laid each by itself") {
  const auto scope = [](std::string_view groups, std::string_view rest) {
    return replaced(sample_text(), "\"scope\": null",
                    fmt::format(R"("scope": {{"groups": {}{}}})", groups, rest));
  };
  const std::string some = R"([{"name": "", "clauses": [{"sourceOperandName": "a", )"
                           R"("operatorName": "IS NULL", "targetOperand": null}]}])";
  const std::string other = R"([{"name": "", "clauses": [{"sourceOperandName": "b", )"
                            R"("operatorName": "IS NULL", "targetOperand": null}]}])";
  const std::string extra = R"(, "x": 1, "inputFilterGroups": null)";
  CHECK(rebased(decoded(scope(some, "")), decoded(scope(other, extra))).text() ==
        scope(some, extra));
  CHECK(rebased(decoded(scope("null", "")), decoded(scope(other, extra))).text() ==
        scope("[]", extra));
  CHECK(rebased(sample(), decoded(scope(other, extra))).text() == sample_text());
  CHECK(rebased(decoded(scope("[]", extra)), sample()).text() == sample_text());
}

TEST_CASE("objects of one name are told apart by their order") {
  const auto result = with("{\"name\": \"Twin\", \"attributes\": []}\n",
                           "{\"name\": \"Twin\", \"attributes\": [{\"name\": \"a\"}]}\n");
  CHECK(changes(sample(), result) == "salesforce.com/Twin#2.a: null => {\"type\":\"String\"}\n");
}

TEST_CASE("what only the live document has stays") {
  Json base = Json::parse(sample_text());
  base["synchronizationRules"].erase(1);
  base["synchronizationRules"][0]["objectMappings"].erase(1);
  base["directories"][1]["objects"].erase(1);
  CHECK(rebased(decoded(base.dump()), sample()).text() == sample_text());
  base["directories"].erase(1);
  CHECK(rebased(decoded(base.dump()), sample()).text() == sample_text());
  CHECK(rebased(decoded("{}"), sample()).text() == sample_text());
}

TEST_CASE("rules meet by id, then by name, then by their directories") {
  const std::string renamed = replaced(sample_text(), "\"USER_OUTBOUND_USER\"", "\"Other\"");
  CHECK(rebased(decoded(renamed), sample()).text() == sample_text());
  CHECK(rebased(decoded(foreign(renamed)), sample()).text() == sample_text());
}

TEST_CASE("a rule or directory that the live schema lacks is refused, all at once") {
  Json base = Json::parse(sample_text());
  base["directories"].push_back({{"id", "w"}, {"name", "salesforce.con"}});
  base["directories"].push_back(base["directories"][0]);
  base["synchronizationRules"].push_back({{"id", "n"}, {"name", "NEW"}});
  base["synchronizationRules"][1]["targetDirectoryName"] = "nowhere";
  CHECK(refusals(decoded(base.dump()), sample()) ==
        std::vector<std::string>{
            "SW5017 the live schema lacks a directory of the document, `salesforce.con`; did you "
            "mean `salesforce.com`? there are `Azure Active Directory`, `salesforce.com`",
            "SW5017 the document has the directory `Azure Active Directory` twice",
            "SW5017 the live schema lacks a directory of the document's rule `ROLE_INBOUND`, "
            "`nowhere`; there are `Azure Active Directory`, `salesforce.com`",
            "SW5017 the live schema lacks a rule of the document, `NEW`; there are "
            "`USER_OUTBOUND_USER`, `ROLE_INBOUND`"});
}

TEST_CASE("a directory that is lacking is told once, not again for its rule") {
  const std::string other = replaced_all(sample_text(), "\"salesforce.com\"", "\"dropbox.com\"");
  const std::vector<std::string> told = refusals(decoded(other), sample());
  REQUIRE(told.size() == 1);
  CHECK(told[0].find("lacks a directory of the document, `dropbox.com`") != std::string::npos);
}

TEST_CASE("property: a document laid over itself is itself, byte for byte") {
  CHECK(rc::check("rebase(x, x)", [](std::uint32_t seed) {
    RandomSchema random(seed);
    const Json document = random.document(true);
    const auto live = decoded(random.text(document));
    RC_ASSERT(rebase(live, live)->text() == live.text());
    RC_ASSERT(rebase(decoded(random.text(document)), live)->text() == live.text());
  }));
}

TEST_CASE("property: afterwards only what the live document alone has differs") {
  int laid = 0;
  CHECK(rc::check("rebase(base, live)", [&laid](std::uint32_t seed) {
    RandomSchema random(seed);
    const auto base = decoded(random.text(random.document(true)));
    const auto live = decoded(random.text(random.document(true)));
    const auto result = rebase(base, live);
    if (!result) {
      RC_ASSERT(base.rules().size() > live.rules().size());
      return;
    }
    ++laid;
    RC_ASSERT(rebase(base, *result)->text() == result->text());
    RC_ASSERT(rebase(*result, live)->text() == result->text());
    std::set<std::string> live_alone;
    for (const FieldChange& change : diff(base, live)) {
      if (change.before.is_null()) live_alone.insert(change.path);
    }
    for (const FieldChange& change : diff(base, *result)) {
      RC_ASSERT(change.before.is_null());
      RC_ASSERT(live_alone.contains(change.path));
    }
    RC_ASSERT(result->id() == live.id());
    for (std::size_t i = 0; i < live.rules().size(); ++i) {
      RC_ASSERT(result->rules()[i].id == live.rules()[i].id);
    }
    for (std::size_t i = 0; i < live.directories().size(); ++i) {
      RC_ASSERT(result->directories()[i].id == live.directories()[i].id);
      RC_ASSERT(result->directories()[i].name == live.directories()[i].name);
    }
  }));
  CHECK(laid > 20);
}

TEST_CASE("property: the differences of a customized document arrive under the live ids") {
  int laid = 0;
  CHECK(rc::check("diff(rebase(base'), live)", [&laid](std::uint32_t seed) {
    RandomSchema random(seed);
    Json document = random.document(false);
    const auto live = decoded(random.text(document));
    Customization customization = random.customization(document);
    customization.mode = Customization::Mode::exact;
    for (auto& request : customization.attributes) request.absent = false;
    const auto wanted = overlay(live, customization);
    if (!wanted) return;
    ++laid;
    Json foreign_document = Json::parse(wanted->text());
    foreign_document["id"] = "another";
    foreign_document["directories"][1]["id"] = "another";
    for (Json& rule : foreign_document["synchronizationRules"]) rule["id"] = rule["name"];
    const auto result = rebase(decoded(random.text(foreign_document)), live);
    RC_ASSERT(result.has_value());
    RC_ASSERT(changes(live, *result) == changes(live, *wanted));
  }));
  CHECK(laid > 20);
}
