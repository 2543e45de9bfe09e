#include <doctest/doctest.h>

#include "syncwright/export/exporter.h"
#include "syncwright/schema/customization_of.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/rebase.h"
#include "syncwright/schema/schema_diff.h"
#include "unit/manifest/project_folder.h"
#include "unit/schema/random_schema.h"

using namespace syncwright;
using namespace syncwright::exporting;

namespace {

schema::SynchronizationSchema read(const std::string& text) {
  auto schema = schema::SynchronizationSchema::decode(text);
  REQUIRE(schema.has_value());
  return std::move(*schema);
}

model::DesiredJob exported_job(const schema::SynchronizationSchema& standard,
                               const schema::SynchronizationSchema& live, bool with_documents) {
  model::ExportedApplication application;
  application.reference.service_principal_id = "8b1025e4-1dd2-430b-a150-2ef79cd700f5";
  application.reference.display_name = "Box";
  application.gallery = application.gallery_name = "Box";
  application.template_ids = {"box"};
  model::ExportedJob& job = application.jobs.emplace_back();
  job.template_id = job.job.template_id = "box";
  job.job.schema = live;
  job.standard = std::make_shared<const schema::SynchronizationSchema>(standard);
  ExportOptions options;
  options.with_documents = with_documents;
  Exporter exporter(options);
  exporter.add(application);
  manifest::ProjectFolder project;
  for (const ExportedFile& file : exporter.finish().files) {
    project.write("manifests/" + file.name, file.content);
  }
  manifest::Loaded loaded = project.load();
  CAPTURE(project.faults);
  REQUIRE_FALSE(project.has_errors);  // what is live may be warned of
  REQUIRE(loaded.desired.applications.size() == 1);
  return std::move(loaded.desired.applications.front().jobs.at(0));
}

schema::SynchronizationSchema laid_over(const schema::SynchronizationSchema& beneath,
                                        const model::DesiredJob& job) {
  auto result = job.base_schema
                    ? schema::rebase(*job.base_schema->document, beneath)
                    : schema::overlay(beneath, job.schema.value_or(schema::Customization{}));
  const std::string problem = result ? "" : result.error().front().message;
  REQUIRE(problem == "");
  return std::move(*result);
}

}  // namespace

TEST_CASE("property: an exported random schema changes nothing live, and says what can be said") {
  std::size_t said = 0;
  std::size_t documents = 0;
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    schema::RandomSchema random(seed);
    const Json document = random.document(false);
    const auto standard = read(random.text(document));
    const auto laid = schema::overlay(standard, random.customization(document));
    const auto live = laid ? *laid : read(random.text(random.document(true)));
    const schema::ExtractedCustomization extracted = schema::customization_of(standard, live);

    const model::DesiredJob with_document = exported_job(standard, live, true);
    CHECK(laid_over(live, with_document).text() == live.text());
    const model::DesiredJob alone = exported_job(standard, live, false);
    CHECK_FALSE(alone.base_schema);
    CHECK(laid_over(live, alone).text() == live.text());

    if (with_document.base_schema) {
      ++documents;
    } else {
      CHECK(schema::diff(laid_over(standard, with_document), live).empty());
      CHECK(to_json(with_document.schema.value_or(schema::Customization{})) ==
            to_json(extracted.customization));
      said += extracted.customization.mappings.size();
    }
  }
  CHECK(said > 10);
  CHECK(documents > 5);
}
