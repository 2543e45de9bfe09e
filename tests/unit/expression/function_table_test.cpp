#include "syncwright/expression/function_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "expression/functions/function_groups.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

std::vector<std::string> keys(std::string_view name) {
  const Function* function = find_function(name);
  REQUIRE(function != nullptr);
  std::vector<std::string> names;
  for (const FunctionParameter& parameter : function->parameters) names.emplace_back(parameter.key);
  return names;
}

std::string lower(std::string_view text) {
  std::string copy(text);
  std::transform(copy.begin(), copy.end(), copy.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return copy;
}

}  // namespace

TEST_CASE("54 functions, each once, in alphabetical order") {
  const auto table = function_table();
  CHECK(table.size() == 54);
  for (std::size_t i = 1; i < table.size(); ++i) {
    CHECK_MESSAGE(lower(table[i - 1].name) < lower(table[i].name), table[i].name);
  }
}

TEST_CASE("names are found without regard to case") {
  for (const Function& function : function_table()) {
    CHECK(find_function(lower(function.name)) == &function);
  }
  CHECK(find_function("Instr")->name == "InStr");
  CHECK(find_function("Contains") == nullptr);
  CHECK(find_function("") == nullptr);
}

TEST_CASE("only the last parameter repeats, and no required one follows an optional repeat") {
  for (const Function& function : function_table()) {
    for (std::size_t i = 0; i + 1 < function.parameters.size(); ++i) {
      CHECK_MESSAGE(!function.parameters[i].repeats, function.name);
    }
  }
}

TEST_CASE("how many arguments there may be") {
  std::string exceptions;
  for (const Function& function : function_table()) {
    const auto required =
        std::count_if(function.parameters.begin(), function.parameters.end(),
                      [](const FunctionParameter& each) { return each.required; });
    const bool any = function.most() == kAnyNumberOfArguments;
    CHECK_MESSAGE((any || function.least() <= function.most()), function.name);
    CHECK_MESSAGE(any == (!function.parameters.empty() && function.parameters.back().repeats),
                  function.name);
    if (static_cast<std::size_t>(required) == function.least()) continue;
    exceptions += std::string(function.name) + " " + std::to_string(function.least()) + " ";
  }
  CHECK(exceptions == "Coalesce 1 FormatDateTime 3 IIF 2 Join 2 SelectUniqueValue 2 Switch 4 ");
}

TEST_CASE("keys that differ from the reference's argument names") {
  CHECK(keys("BitAnd") == std::vector<std::string>{"left", "right"});
  CHECK(keys("Left") == std::vector<std::string>{"source", "length"});
  CHECK(keys("Switch") == std::vector<std::string>{"source", "defaultValue", "switchValue"});
  CHECK(keys("IIF") == std::vector<std::string>{"one", "four", "five"});
  CHECK(keys("Replace") == std::vector<std::string>{"source", "Find", "RegularExpression",
                                                    "RegularExpressionGroupName", "Replacement",
                                                    "ReplacementPropertyName", "Template"});
  CHECK(find_function("Replace")->proven_keys);
  CHECK_FALSE(find_function("Coalesce")->proven_keys);
}

TEST_CASE("every row of every group is in the table, with a body and a usage line") {
  std::size_t rows = 0;
  for (const FunctionGroup& group : function_groups()) {
    CHECK_FALSE(group.functions.empty());
    for (const Function& row : group.functions) {
      CAPTURE(row.name);
      ++rows;
      const Function* found = find_function(row.name);
      REQUIRE(found != nullptr);
      const bool has_body = found->body != nullptr && found->body == row.body;
      CHECK(has_body);
      CHECK(usage_of(*found).starts_with(std::string(row.name) + "("));
    }
  }
  CHECK(rows == function_table().size());
}

TEST_CASE("a trait has what it goes with") {
  for (const Function& function : function_table()) {
    CAPTURE(function.name);
    CHECK((function.place == FunctionPlace::cloud_sync) == !function.beside_cloud_sync.empty());
    CHECK((function.fits_form == nullptr) == function.forms.empty());
    if (function.pairs) CHECK(function.first_key() > 0);
  }
}

TEST_CASE("a foreign name is no function's, and each is told once") {
  std::map<std::string, int> names;
  for (const FunctionGroup& group : function_groups()) {
    for (const ForeignFunction& each : group.foreign) {
      CAPTURE(each.name);
      CHECK(++names[lower(each.name)] == 1);
      CHECK(find_function(each.name) == nullptr);
      CHECK(find_foreign_function(lower(each.name))->advice == each.advice);
    }
  }
}

namespace {

/// The rows of docs/expressions.md#3 by function: the cell of keys.
std::map<std::string, std::string> documented_keys() {
  std::ifstream page(SYNCWRIGHT_SOURCE_DIR "/docs/expressions.md");
  REQUIRE(page.is_open());
  std::map<std::string, std::string> cells;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| function | keys")) inside = true;
    if (!inside || !line.starts_with("| ")) {
      inside = inside && line.starts_with("|");
      continue;
    }
    const std::size_t bar = line.find('|', 1);
    const std::string cell = line.substr(bar + 2, line.find(" |", bar + 1) - bar - 2);
    std::string names = line.substr(2, bar - 3) + ",";
    while (!names.empty()) {  // "ToLower, ToUpper", "InStr (Instr)", "Trim **CS**"
      const std::string name = names.substr(0, names.find_first_of(" ,"));
      cells[name] = cell;
      names.erase(0, names.find(',') + 1);
      names.erase(0, names.find_first_not_of(' '));
    }
  }
  cells.erase("function");
  cells.erase("---");
  return cells;
}

/// As the page writes them: "separator, source*", "source, delimiter?".
std::string keys_as_documented(const Function& function) {
  std::string keys;
  for (const FunctionParameter& each : function.parameters) {
    if (!keys.empty()) keys += ", ";
    keys += each.key;
    if (each.repeats) keys += "*";
    if (!each.required && !each.repeats) keys += "?";
  }
  return keys.empty() ? "none" : keys;
}

std::string without(std::string text, std::string_view removed) {
  std::erase_if(text, [removed](char c) { return removed.find(c) != std::string_view::npos; });
  return text;
}

/// Without the marks of bold type.
std::string plain(std::string cell) {
  for (std::size_t at = 0; (at = cell.find("**", at)) != std::string::npos;) cell.erase(at, 2);
  cell = without(cell.substr(0, cell.find(" (")), "\\");
  return cell;
}

}  // namespace

TEST_CASE("names, keys and arity are those of docs/expressions.md") {
  // The page names a default that no position tells apart, the parts of a comparison, two words for
  // one key, and leaves to #3.2 and the text which arguments may be left out.
  const std::map<std::string, std::string> worded_otherwise = {
      {"Coalesce", "source*, defaultValue?"},
      {"FormatDateTime", "source, dateTimeStyle?, inputFormat, outputFormat"},
      {"IIF", "one, two, three, four, five"},
      {"Redact", "attribute/value"},
      {"Replace",
       "source, Find, RegularExpression, RegularExpressionGroupName, Replacement, "
       "ReplacementPropertyName, Template"},
  };
  const std::map<std::string, std::string> documented = documented_keys();
  CHECK(documented.size() == function_table().size());
  for (const Function& function : function_table()) {
    CAPTURE(function.name);
    const auto found = documented.find(std::string(function.name));
    REQUIRE(found != documented.end());
    const auto worded = worded_otherwise.find(std::string(function.name));
    CHECK(plain(found->second) ==
          (worded == worded_otherwise.end() ? keys_as_documented(function) : worded->second));
    if (found->second != "none") {
      const bool is_bold = found->second.find("**") != std::string::npos;
      CHECK(is_bold == function.proven_keys);
    }
  }
}
