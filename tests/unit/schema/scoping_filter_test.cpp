#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

const FilterClause in_sales{"department", "EQUALS", {"Sales"}};
const FilterClause is_enabled{"accountEnabled", "IS TRUE", {}};

constexpr std::string_view live_filter = R"({ "x": 1, "groups": [
  {"name": "a", "clauses": [{"operatorName": "EQUALS", "sourceOperandName": "department", "targetOperand": {"values": ["Sales"]}},
    {"operatorName": "IS TRUE", "sourceOperandName": "accountEnabled", "targetOperand": {"values": []}}], "x": 2},
  {"name": null, "clauses": [{"operatorName": "IS TRUE", "sourceOperandName": "accountEnabled", "targetOperand": null}]}
 ], "categoryFilterGroups": null })";

std::string text_with(std::string_view scope) {
  return replaced(sample_text(), R"("scope": null)", "\"scope\": " + std::string(scope));
}

/// The scope's text after the request was laid over `scope`.
std::string scope_after(std::string_view scope, const ScopingFilterRequest& request) {
  Customization customization = wish("User");
  customization.mappings[0].scoping_filter = request;
  const auto result = laid_over(decoded(text_with(scope)), customization);
  CHECK(laid_over(result, customization).text() == result.text());
  const std::string text(result.slice(result.rules()[0].object_mappings[0].scope_span));
  CHECK(result.text() == text_with(text));
  return text;
}

std::string scope_changes(std::string_view before, std::string_view after) {
  return changes(decoded(text_with(before)), decoded(text_with(after)));
}

const ScopingFilterRequest absent{true, {}};

}  // namespace

TEST_CASE("a filter is written where there was none; unary operators have no operand") {
  const std::string expected =
      R"({"categoryFilterGroups":[],"groups":[{"clauses":[)"
      R"({"operatorName":"EQUALS","sourceOperandName":"department","targetOperand":{"values":["Sales"]}},)"
      R"({"operatorName":"IS TRUE","sourceOperandName":"accountEnabled","targetOperand":null}],)"
      R"("name":""}],"inputFilterGroups":[]})";
  CHECK(scope_after("null", {false, {{"", {in_sales, is_enabled}}}}) == expected);
}

TEST_CASE("order of groups and clauses does not count, nor a name that nobody gives") {
  for (const char* name : {"", "a"}) {
    CAPTURE(name);
    CHECK(scope_after(live_filter, {false, {{"", {is_enabled}}, {name, {is_enabled, in_sales}}}}) ==
          live_filter);
  }
}

TEST_CASE("a given name counts, and the rest of the filter stays") {
  const std::string expected =
      R"({ "x": 1, "groups": [{"clauses":[)"
      R"({"operatorName":"IS TRUE","sourceOperandName":"accountEnabled","targetOperand":null}],)"
      R"("name":null},{"clauses":[{"operatorName":"EQUALS","sourceOperandName":"department",)"
      R"("targetOperand":{"values":["Sales"]}}],"name":"b"}], "categoryFilterGroups": null })";
  CHECK(scope_after(live_filter, {false, {{"", {is_enabled}}, {"b", {in_sales}}}}) == expected);
  const std::string one = R"({"groups": [{"name": "a", "clauses": [{"sourceOperandName": )"
                          R"("accountEnabled", "operatorName": "IS TRUE"}]}]})";
  CHECK(scope_after(one, {false, {{"a", {is_enabled}}}}) == one);
  CHECK(scope_after(one, {false, {{"b", {is_enabled}}}}) ==
        R"({"groups": [{"clauses":[{"operatorName":"IS TRUE","sourceOperandName":"accountEnabled",)"
        R"("targetOperand":null}],"name":"b"}]})");
}

TEST_CASE("a named group is not lost to an unnamed one of the same clauses") {
  const std::string two =
      R"({"groups": [{"name": "a", "clauses": []}, {"name": "b", "clauses": []}]})";
  CHECK(scope_after(two, {false, {{"", {}}, {"a", {}}}}) == two);
}

TEST_CASE("an absent filter is null, or no groups where other lists have some") {
  CHECK(scope_after(live_filter, absent) == "null");
  for (const char* none : {"null", "{}", R"({"groups": []})", R"({"groups": null, "x": [1]})"}) {
    CHECK(scope_after(none, absent) == none);
    CHECK(scope_after(none, ScopingFilterRequest{}) == none);
  }
  CHECK(scope_after(R"({"inputFilterGroups": [{}], "groups": [{"clauses": []}]})", absent) ==
        R"({"inputFilterGroups": [{}], "groups": []})");
}

TEST_CASE("filters are compared by meaning") {
  CHECK(scope_changes("null", R"({"groups": [], "inputFilterGroups": null})").empty());
  CHECK(scope_changes(live_filter, R"({"groups": [
    {"clauses": [{"operatorName": "IS TRUE", "sourceOperandName": "accountEnabled"}]},
    {"name": "a", "clauses": [{"operatorName": "IS TRUE", "sourceOperandName": "accountEnabled"},
      {"operatorName": "EQUALS", "sourceOperandName": "department", "targetOperand": {"values": ["Sales"]}}]}]})")
            .empty());
  CHECK(scope_changes(live_filter, "null") ==
        R"(USER_OUTBOUND_USER/User->User:scopingFilter: {"any":[{"all":[{"attribute":)"
        R"("accountEnabled","operator":"IS TRUE"}]},{"all":[{"attribute":"accountEnabled",)"
        R"("operator":"IS TRUE"},{"attribute":"department","operator":"EQUALS",)"
        R"("values":["Sales"]}],"name":"a"}]} => null)"
        "\n");
  CHECK(scope_changes(R"({"inputFilterGroups": [{"clauses": []}]})", "null") ==
        "USER_OUTBOUND_USER/User->User:inputFilterGroups: [{\"all\":[]}] => null\n");
}
