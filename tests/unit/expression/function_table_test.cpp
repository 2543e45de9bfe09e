#include "syncwright/expression/function_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

using namespace syncwright;

namespace {

std::vector<std::string> keys(std::string_view name) {
  const FunctionSignature* function = find_function(name);
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
  for (const FunctionSignature& function : function_table()) {
    CHECK(find_function(lower(function.name)) == &function);
  }
  CHECK(find_function("Instr")->name == "InStr");
  CHECK(find_function("Contains") == nullptr);
  CHECK(find_function("") == nullptr);
}

TEST_CASE("only the last parameter repeats, and no required one follows an optional repeat") {
  for (const FunctionSignature& function : function_table()) {
    for (std::size_t i = 0; i + 1 < function.parameters.size(); ++i) {
      CHECK_MESSAGE(!function.parameters[i].repeats, function.name);
    }
  }
}

TEST_CASE("how many arguments there may be") {
  std::string exceptions;
  for (const FunctionSignature& function : function_table()) {
    const auto required =
        std::count_if(function.parameters.begin(), function.parameters.end(),
                      [](const FunctionParameter& each) { return each.required; });
    const bool any = function.most == kAnyNumberOfArguments;
    CHECK_MESSAGE((any || function.least <= function.most), function.name);
    CHECK_MESSAGE(any == (!function.parameters.empty() && function.parameters.back().repeats),
                  function.name);
    if (static_cast<std::size_t>(required) == function.least) continue;
    exceptions += std::string(function.name) + " " + std::to_string(function.least) + " ";
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
