#include "syncwright/schema/members.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace syncwright;

namespace {

/// A value that is not Graph's own for a member that is left out.
template <class Request>
void set(Request& request, const Member<Request, bool>& row) {
  request.*row.value = !row.standard;
}

template <class Request>
void set(Request& request, const Member<Request, std::string>& row) {
  request.*row.value = row.words == nullptr ? "some text" : row.words().back();
}

template <class Request>
std::set<std::string> names_of_members() {
  std::set<std::string> names;
  for_each_member<Request>([&names](const auto& row) { CHECK(names.insert(row.name).second); });
  return names;
}

}  // namespace

TEST_CASE("every member of a definition comes back from a plan file by itself") {
  for (const std::string& name : names_of_members<AttributeDefinitionRequest>()) {
    CAPTURE(name);
    Customization customization;
    AttributeDefinitionRequest& request = customization.attributes.emplace_back();
    for_each_member<AttributeDefinitionRequest>([&](const auto& row) {
      if (row.name == name) set(request, row);
    });
    const Json json = to_json(customization);
    CHECK(json["attributes"][0].contains(name));
    const auto back = customization_from_json(json);
    REQUIRE(back.has_value());
    CHECK(to_json(*back) == json);
  }
}
