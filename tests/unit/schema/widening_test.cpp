#include "schema/compare/widening.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace syncwright;
using namespace syncwright::schema;

namespace {

/// Groups of clauses by one letter each: {"ab", "c"} is (a and b) or c. None: no filter.
Json groups_of_letters(const std::vector<std::string>& letters) {
  if (letters.empty()) return nullptr;
  Json any = Json::array();
  for (const std::string& group : letters) {
    Json all = Json::array();
    for (const char letter : group) {
      all.push_back({{"attribute", std::string(1, letter)}, {"operator", "IS TRUE"}});
    }
    any.push_back({{"all", std::move(all)}});
  }
  return any;
}

struct FilterEdit {
  const char* what;
  std::vector<std::string> before;
  std::vector<std::string> after;
  bool widens;
  bool narrows;
};

const std::vector<FilterEdit> filter_edits = {
    {"a first group", {}, {"a"}, false, true},
    {"the last group removed", {"a"}, {}, true, false},
    {"a group added", {"a"}, {"a", "b"}, true, false},
    {"a group removed beside others", {"a", "b"}, {"a"}, false, true},
    {"a clause added", {"a"}, {"ab"}, false, true},
    {"a clause removed", {"ab"}, {"a"}, true, false},
    {"a clause changed", {"a"}, {"b"}, true, true},
    {"one group tightened, one loosened", {"a", "bc"}, {"ad", "b"}, true, true},
    {"a clause moved", {"ab", "c"}, {"a", "bc"}, true, true},
    {"one group split in two", {"ab"}, {"a", "b"}, true, false},
    {"two groups joined into one", {"a", "b"}, {"ab"}, false, true},
    {"another order", {"ab", "c"}, {"c", "ba"}, false, false},
    {"a group that another covers", {"a"}, {"a", "ab"}, false, false},
    {"a clause said twice", {"a"}, {"aa"}, false, false},
    {"no filter on either side", {}, {}, false, false},
    {"a group without clauses proves nothing", {"a"}, {""}, true, true},
    {"the same group without clauses", {""}, {""}, false, false},
};

Json clause_of(const char* attribute, const char* operator_name, const char* value) {
  return {{"attribute", attribute}, {"operator", operator_name}, {"values", {value}}};
}

Json one_group(const Json& clause) {
  return Json::array({Json{{"all", Json::array({clause})}}});
}

Json included(std::vector<std::string> names) {
  return {{"includedContainers", std::move(names)}};
}

}  // namespace

TEST_CASE("what an edit of a filter does is told by its groups and clauses") {
  for (const FilterEdit& edit : filter_edits) {
    CAPTURE(edit.what);
    CHECK(may_widen(groups_of_letters(edit.before), groups_of_letters(edit.after)) == edit.widens);
    CHECK(may_widen(groups_of_letters(edit.after), groups_of_letters(edit.before)) == edit.narrows);
  }
}

TEST_CASE("a clause is the same only with its attribute, operator and value") {
  const Json sales = one_group(clause_of("department", "EQUALS", "Sales"));
  CHECK_FALSE(may_widen(sales, sales));
  CHECK(may_widen(sales, one_group(clause_of("department", "EQUALS", "sales"))));
  CHECK(may_widen(sales, one_group(clause_of("department", "NOT EQUALS", "Sales"))));
  CHECK(may_widen(sales, one_group(clause_of("division", "EQUALS", "Sales"))));
}

TEST_CASE("the name of a group does not count") {
  Json named = groups_of_letters({"a"});
  named[0]["name"] = "staff";
  CHECK_FALSE(may_widen(named, groups_of_letters({"a"})));
  CHECK_FALSE(may_widen(groups_of_letters({"a"}), named));
}

TEST_CASE("of a filter that is too long to compare nothing is proven") {
  const std::vector<std::string> many(3000, "a");
  CHECK(may_widen(groups_of_letters(many), groups_of_letters(many)));
  CHECK_FALSE(
      may_widen(groups_of_letters(std::vector<std::string>(30, "a")), groups_of_letters({"a"})));
}

TEST_CASE("containers and groups are included by name") {
  CHECK(may_include_more(included({"a"}), nullptr));
  CHECK(may_include_more(included({"a"}), included({"a", "b"})));
  CHECK(may_include_more(included({"a"}), included({"b"})));
  CHECK_FALSE(may_include_more(included({"a", "b"}), included({"b"})));
  CHECK_FALSE(may_include_more(nullptr, included({"a"})));
  CHECK_FALSE(may_include_more(included({"a"}), included({"a"})));
  const Json excluded = {{"excludedContainers", {"a", "b"}}};
  CHECK(may_include_more(excluded, Json{{"excludedContainers", {"a"}}}));
  CHECK(may_include_more("odd", nullptr));
}
