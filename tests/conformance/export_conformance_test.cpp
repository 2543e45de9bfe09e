#include <set>
#include <string>

#include "reference.h"
#include "syncwright/core/file.h"
#include "syncwright/core/json.h"
#include "syncwright/export/exporter.h"
#include "syncwright/manifest/loader.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/rebase.h"
#include "syncwright/schema/schema_diff.h"
#include "unit/temporary_folder.h"

using namespace syncwright;

namespace {

/// What an administrator's hand leaves: mappings gone, other and new, definitions too.
std::string edited(const std::string& text) {
  Json document = Json::parse(text);
  for (Json& directory : document["directories"]) {
    std::multiset<std::string> names;
    for (const Json& object : directory["objects"]) names.insert(object["name"]);
    for (Json& object : directory["objects"]) {
      if (names.count(object["name"]) > 1) continue;  // a manifest could not tell them apart
      object["attributes"].push_back(
          {{"name", "urn:x:2.0:User:yes, \"no\""}, {"type", "String"}, {"defaultValue", "123"}});
    }
  }
  for (Json& rule : document["synchronizationRules"]) {
    for (Json& mapping : rule["objectMappings"]) {
      Json& attributes = mapping["attributeMappings"];
      if (mapping["sourceObjectName"] == "" || attributes.size() < 4) continue;
      attributes[1]["source"] = {{"type", "Constant"}, {"name", "${var.x} # null: 'yes'"}};
      attributes[2]["defaultValue"] = "2026-11-22";
      if (attributes[3]["matchingPriority"] == 0) attributes.erase(3);
      attributes.push_back({{"targetAttributeName", "emails[type eq \"work\"].value"},
                            {"source", {{"name", "mail"}, {"type", "Attribute"}}}});
      mapping["scope"]["groups"] = {{{"name", "on"},
                                     {"clauses",
                                      {{{"sourceOperandName", "department"},
                                        {"operatorName", "EQUALS"},
                                        {"targetOperand", {{"values", {"0x1"}}}}}}}}};
    }
  }
  return document.dump(2);
}

/// What the loader reads of the exported files.
model::DesiredJob exported_job(const schema::SynchronizationSchema& standard,
                               const schema::SynchronizationSchema& live) {
  model::ExportedApplication application;
  application.reference.service_principal_id = "8b1025e4-1dd2-430b-a150-2ef79cd700f5";
  application.reference.display_name = "Real";
  application.gallery = application.gallery_name = "Real";
  application.template_ids = {"real"};
  model::ExportedJob& job = application.jobs.emplace_back();
  job.template_id = job.job.template_id = "real";
  job.job.id = "real.1";
  job.job.schema = live;
  job.standard = std::make_shared<const schema::SynchronizationSchema>(standard);

  exporting::Exporter exporter({});
  exporter.add(application);
  const TemporaryFolder project;
  for (const exporting::ExportedFile& file : exporter.finish().files) {
    REQUIRE(write_file_atomically(project.path() / "manifests" / file.name, file.content));
  }
  manifest::LoadOptions options;
  options.working_folder = project.path();
  Diagnostics diagnostics;
  manifest::Loaded loaded = manifest::load(options, diagnostics);
  for (const Diagnostic& found : diagnostics.items()) {
    // What is live may be odd: a Cloud Sync job calls Trim.
    if (found.severity == Severity::error)
      CHECK_MESSAGE(false, found.where.line << ": " << found.message);
  }
  REQUIRE(loaded.desired.applications.size() == 1);
  REQUIRE(loaded.desired.applications.front().jobs.size() == 1);
  return std::move(loaded.desired.applications.front().jobs.front());
}

schema::SynchronizationSchema with_job(const schema::SynchronizationSchema& beneath,
                                       const model::DesiredJob& job) {
  auto result = job.base_schema
                    ? schema::rebase(*job.base_schema->document, beneath)
                    : schema::overlay(beneath, job.schema.value_or(schema::Customization{}));
  const std::string problem = result ? "" : result.error().front().message;
  REQUIRE_MESSAGE(result.has_value(), problem);
  return std::move(*result);
}

}  // namespace

TEST_CASE("conformance: an exported manifest changes nothing live, and makes a new job the same") {
  if (!reference::is_there()) return;
  for (const std::string& file : reference::schemas) {
    CAPTURE(file);
    const auto original = reference::decoded(reference::text_of(file));
    const auto by_hand = reference::decoded(edited(reference::text_of(file)));
    for (const auto& [standard, live] : {std::pair(&original, &by_hand), {&by_hand, &original}}) {
      const model::DesiredJob job = exported_job(*standard, *live);
      CHECK_FALSE(job.base_schema);
      REQUIRE(job.schema);
      CHECK_FALSE(job.schema->mappings.empty());
      CHECK(schema::diff(*live, with_job(*live, job)).empty());
      CHECK(schema::diff(with_job(*standard, job), *live).empty());
    }
    CHECK_FALSE(exported_job(original, original).schema);
  }
}

TEST_CASE("conformance: a document of another kind comes along whole") {
  if (!reference::is_there()) return;
  for (const std::string& file : reference::schemas) {
    CAPTURE(file);
    const auto live = reference::decoded(reference::text_of(file));
    const auto standard = reference::decoded(reference::text_of(
        reference::schemas[0] == file ? reference::schemas[1] : reference::schemas[0]));
    const model::DesiredJob job = exported_job(standard, live);
    REQUIRE(job.base_schema);
    CHECK(with_job(live, job).text() == live.text());
  }
}
