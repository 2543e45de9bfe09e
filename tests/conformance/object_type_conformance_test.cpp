#include <algorithm>
#include <string>

#include "emulator/resources/object_type.h"
#include "reference.h"

using namespace syncwright;
using namespace syncwright::emulator;

namespace {

Call call_of_version(const std::string& version) {
  Call call;
  call.version = version;
  return call;
}

const ObjectProperty* row_of(const ObjectType& type, const Call& call, const std::string& name) {
  const auto found =
      std::find_if(type.properties.begin(), type.properties.end(), [&](const ObjectProperty& row) {
        return is_in_version(row, call) && name_in_version(row, call) == name;
      });
  return found == type.properties.end() ? nullptr : &*found;
}

bool is_list(const ObjectProperty& row) {
  return row.type == PropertyType::texts || row.type == PropertyType::objects;
}

}  // namespace

TEST_CASE("every property of Graph's metadata is a row of the emulator's types") {
  if (!reference::is_there()) return;
  for (const std::string version : {"v1.0", "beta"}) {
    const Json types = reference::load("graph/data/sync-types." + version + ".json")["types"];
    const Call call = call_of_version(version);
    for (const ObjectType* type : {&application_type(), &service_principal_type()}) {
      const std::string odata(type->odata_type);
      const std::string name = odata.substr(odata.rfind('.') + 1);
      for (const auto& [property, described] : types[name]["properties"].items()) {
        if (described["type"] == "Edm.Stream") continue;  // the logo is no member of the JSON
        CAPTURE(version);
        CAPTURE(name);
        CAPTURE(property);
        const ObjectProperty* row = row_of(*type, call, property);
        REQUIRE(row);
        CHECK(is_list(*row) == bool_or(described, "collection", false));
        CHECK((row->type == PropertyType::boolean || row->type == PropertyType::optional_boolean) ==
              (described["type"] == "Edm.Boolean"));
      }
    }
  }
}
