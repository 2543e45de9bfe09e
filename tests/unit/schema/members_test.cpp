#include "syncwright/schema/members.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace syncwright;
using namespace syncwright::schema;

namespace {

/// A value that is not Graph's own for a member that is left out.
template <class Request>
void set_member(Request& request, const ManagedMember<Request, bool>& row) {
  request.*row.value = !row.standard;
}

template <class Request>
void set_member(Request& request, const ManagedMember<Request, std::int64_t>& row) {
  request.*row.value = row.standard + 1;
}

template <class Request>
void set_member(Request& request, const ManagedMember<Request, std::string>& row) {
  request.*row.value = row.words == nullptr ? "some text" : row.words().back();
}

template <class Request>
void set_member(Request& request, const NullableText<Request>& row) {
  request.*row.is_null = true;
}

template <class Request>
void set_member(Request& request, const SourceMember<Request>& row) {
  request.*row.value = MappingSource{};
}

void set_member(ObjectMappingRequest& request,
                const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row) {
  request.*row.value = std::vector{row.words().back()};
}

void set_member(ObjectMappingRequest& request,
                const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>& row) {
  request.*row.value = ScopingFilterRequest{true, {}};
}

template <class Request>
std::set<std::string> names_of_members() {
  std::set<std::string> names;
  for_each_member<Request>([&names](const auto& row) { CHECK(names.insert(row.name).second); });
  return names;
}

/// Each member alone, in a request that `add` makes, is written to a plan file and read back.
template <class Request, class Add>
void check_each_comes_back(const char* place, Add add) {
  for (const std::string& name : names_of_members<Request>()) {
    CAPTURE(name);
    Customization customization;
    Request& request = add(customization);
    for_each_member<Request>([&](const auto& row) {
      if (row.name == name) set_member(request, row);
    });
    const Json json = to_json(customization);
    CHECK(json.at(Json::json_pointer(place)).contains(name));
    const auto back = customization_from_json(json);
    REQUIRE(back.has_value());
    CHECK(to_json(*back) == json);
  }
}

}  // namespace

TEST_CASE("every member of a definition comes back from a plan file by itself") {
  check_each_comes_back<AttributeDefinitionRequest>(
      "/attributes/0", [](Customization& all) -> auto& { return all.attributes.emplace_back(); });
}

TEST_CASE("every member of an attribute mapping comes back from a plan file by itself") {
  check_each_comes_back<AttributeMappingRequest>(
      "/mappings/0/attributes/0", [](Customization& all) -> auto& {
        return all.mappings.emplace_back().attributes.emplace_back();
      });
}

TEST_CASE("every member of an object mapping comes back from a plan file by itself") {
  check_each_comes_back<ObjectMappingRequest>(
      "/mappings/0", [](Customization& all) -> auto& { return all.mappings.emplace_back(); });
}
