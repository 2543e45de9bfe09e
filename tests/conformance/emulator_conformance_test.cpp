#include <fstream>
#include <string>

#include "reference.h"
#include "unit/emulator/tenant_fixture.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace syncwright::emulator;

namespace {

/// The built-in gallery, and one application whose only template has the schema.
std::shared_ptr<const emulator::Catalog> catalog_with(const Json& schema) {
  const TemporaryFolder folder;
  const Json entry = {
      {"applicationTemplate",
       {{"id", crm_id}, {"displayName", "Real"}, {"supportedProvisioningTypes", {"sync"}}}},
      {"appRoles", Json::array()},
      {"connector", {{"requiredSecrets", Json::array()}}},
      {"synchronizationTemplates", {{{"id", "real"}, {"default", true}, {"schema", schema}}}}};
  std::ofstream(folder.path() / "real.json") << entry.dump();
  auto catalog = emulator::Catalog::with_folder(folder.path());
  REQUIRE_MESSAGE(catalog.has_value(), (catalog ? "" : describe(catalog.error())));
  return *catalog;
}

}  // namespace

TEST_CASE("the emulator takes back every real schema that it gave, and one edit of it") {
  if (!reference::is_there()) return;
  for (const std::string& name : reference::schemas) {
    CAPTURE(name);
    TenantFixture fixture({}, catalog_with(reference::load(name)));
    const App app = fixture.instantiate();
    fixture.job = fixture.create_job(app, "real");
    const std::string path = fixture.schema_path(app);
    Json schema = fixture.get(path).body;
    for (Json& rule : schema["synchronizationRules"]) {
      for (Json& mapping : rule["objectMappings"]) {
        if (mapping["attributeMappings"].empty()) continue;
        mapping["attributeMappings"].back()["flowType"] = "ObjectAddOnly";
      }
    }
    const Answer answer = fixture.send(http::HttpMethod::put, path, schema);
    CHECK_MESSAGE(answer.status == 204, answer.message());
    CHECK(fixture.get(path).body["synchronizationRules"] == schema["synchronizationRules"]);
  }
}
