#include "syncwright/schema/vocabulary.h"

#include <doctest/doctest.h>

#include <string>

using namespace syncwright;
using namespace syncwright::schema;

TEST_CASE("operators take a value each, but for those that ask what an attribute is") {
  CHECK(filter_operators().size() == 14);
  std::string without_value;
  std::string of_numbers;
  for (const FilterOperator& each : filter_operators()) {
    CHECK(find_filter_operator(each.name) == &each);
    if (each.values == 0) without_value += std::string(each.name) + ";";
    if (each.is_of_numbers()) of_numbers += std::string(each.name) + ";";
  }
  CHECK(without_value == "IS TRUE;IS FALSE;IS NULL;IS NOT NULL;");
  CHECK(of_numbers == "&;!&;Greater_Than;Greater_Than_OR_EQUALS;");
  CHECK(find_filter_operator("equals") == nullptr);
  CHECK(find_filter_operator("IS NULL")->takes("Binary"));
  CHECK_FALSE(find_filter_operator("IS TRUE")->takes("String"));
}

TEST_CASE("a whole number is decimal and has 32 bits") {
  for (const char* text : {"0", "-1", "2147483647", "-2147483648"}) CHECK(is_whole_number(text));
  for (const char* text : {"", "+1", " 1", "1 ", "1.0", "0x1", "2147483648", "one"}) {
    CAPTURE(text);
    CHECK_FALSE(is_whole_number(text));
  }
}
