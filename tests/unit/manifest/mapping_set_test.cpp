#include "manifest/rows/mapping_set.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "project_folder.h"

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

/// "object/target[enabled]: attribute=constant ..." a mapping, later ones behind.
std::string described(const schema::Customization& customization) {
  std::string text;
  for (const schema::AttributeDefinitionRequest& each : customization.attributes) {
    text += fmt::format("{}.{}.{}:{} ", each.directory, each.object, each.name,
                        each.type.value_or("-"));
  }
  for (const schema::ObjectMappingRequest& mapping : customization.mappings) {
    text += fmt::format("{}/{}{}:", mapping.object, mapping.target,
                        !mapping.enabled   ? ""
                        : *mapping.enabled ? "+"
                                           : "-");
    for (const schema::AttributeMappingRequest& attribute : mapping.attributes) {
      text += attribute.target_attribute_name.text() + (attribute.absent ? "!" : "");
      if (attribute.source) {
        text += "=" + std::get<expression::Expression>(attribute.source->value).text;
      }
      if (attribute.matching_priority) text += fmt::format("#{}", *attribute.matching_priority);
      text += ",";
    }
    text += " ";
  }
  return text;
}

std::string set(const std::string& name, const std::string& mappings) {
  return manifest_text("MappingSet", name, "  mappings: " + mappings + "\n");
}

std::string with_schema(const std::string& name, const std::string& schema) {
  return application(name, "  jobs: {default: {schema: " + schema + "}}\n");
}

std::string schema_of(ProjectFolder& project) {
  return described(*project.application().jobs.front().schema);
}

}  // namespace

TEST_CASE("later sets go over earlier ones, the job over all, entry by entry and whole") {
  ProjectFolder project;
  project
      .write("manifests/a.yaml",
             with_schema("a",
                         "{include: [one, two], mappings: [{object: User, attributes: "
                         "{c: {constant: job}}}]}"))
      .write("manifests/sets/one.yaml",
             set("one",
                 "[{object: User, enabled: false, attributes: {a: {constant: one, "
                 "matchingPriority: 1}, b: {constant: one, matchingPriority: 2}, c: "
                 "{constant: one}}}]"))
      .write("manifests/sets/two.yaml",
             set("two", "[{object: User, enabled: true, attributes: {b: {constant: two}}}]"));
  CHECK(schema_of(project) == "User/+:a=one#1,b=two,c=job, ");
  project.write("manifests/a.yaml", with_schema("a", "{include: [two, one]}"));
  CHECK(schema_of(project) == "User/-:a=one#1,b=one#2,c=one, ");
}

TEST_CASE("an object mapping is known by rule, source and target") {
  ProjectFolder project;
  project
      .write("manifests/a.yaml",
             with_schema("a",
                         "{include: [one], mappings: [{object: User, target: T, "
                         "attributes: {a: {constant: job}}}, {object: Group, enabled: true}]}"))
      .write("manifests/one.yaml",
             set("one",
                 "[{object: User, attributes: {a: {constant: one}}}, {object: Group, "
                 "enabled: false}]"));
  // What says less means the same mapping, or is an error: the job's entry replaces the set's.
  CHECK(schema_of(project) == "Group/+: User/T:a=job, ");
}

TEST_CASE("an entry that may be of another object mapping is not replaced") {
  ProjectFolder project;
  const auto with = [&project](const std::string& job, const std::string& beneath) {
    project.write("manifests/a.yaml",
                  with_schema("a", "{include: [one], mappings: [{object: User, " + job +
                                       "attributes: {a: {constant: job}}}]}"));
    project.write("manifests/one.yaml",
                  set("one", "[{object: User, " + beneath +
                                 "attributes: {a: {constant: one}, b: {constant: one}}}]"));
    return schema_of(project);
  };
  CHECK(with("", "rule: R, ") == "User/:b=one, User/:a=job, ");
  CHECK(with("rule: R, ", "") == "User/:b=one, User/:a=job, ");
  CHECK(with("rule: R, ", "rule: S, ") == "User/:a=one,b=one, User/:a=job, ");
  CHECK(with("rule: R, ", "target: T, ") == "User/T:a=one,b=one, User/:a=job, ");
}

TEST_CASE("an entry in other words between two equal ones goes over the first and under the last") {
  const auto mapping = [](const std::string& target, const std::string& value) {
    schema::ObjectMappingRequest request;
    request.object = "User";
    request.target = target;
    schema::AttributeMappingRequest attribute;
    attribute.target_attribute_name = "a";
    expression::Expression constant;
    constant.kind = expression::Expression::Kind::constant;
    constant.text = value;
    attribute.source = schema::MappingSource{constant};
    request.attributes.push_back(attribute);
    schema::Customization customization;
    customization.mappings.push_back(request);
    return customization;
  };
  schema::Customization layers;
  lay_over(layers, mapping("", "first"));
  lay_over(layers, mapping("T", "second"));
  lay_over(layers, mapping("", "third"));
  CHECK(described(layers) == "User/:a=third, ");
  schema::Customization settings = mapping("", "fourth");
  settings.mappings.front().enabled = false;
  lay_over(layers, settings);
  lay_over(layers, mapping("T", "fifth"));
  lay_over(layers, settings);
  CHECK(described(layers) == "User/-:a=fourth, ");
}

TEST_CASE("two entries of one layer are not laid over each other") {
  ProjectFolder project;
  project
      .write("manifests/a.yaml",
             with_schema("a",
                         "{include: [one], mappings: [{object: User, attributes: {a: {constant: "
                         "b}}}, {object: User, rule: R, attributes: {a: {constant: c}}}]}"))
      .write("manifests/one.yaml", set("one", "[{object: User, enabled: true}]"));
  const Loaded loaded = project.load();
  CHECK(described(*loaded.desired.applications.at(0).jobs.at(0).schema) ==
        "User/+:a=b, User/:a=c, ");
  CHECK(project.faults.starts_with("SW3201 "));
}

TEST_CASE("definitions of one directory, object and name are replaced whole") {
  ProjectFolder project;
  project
      .write("manifests/a.yaml",
             with_schema("a",
                         "{include: [one], attributes: [{directory: d, object: User, name: x, "
                         "anchor: true}, {directory: d, object: Group, name: x, type: Binary}]}"))
      .write("manifests/one.yaml",
             manifest_text("MappingSet", "one",
                           "  attributes:\n"
                           "    - {directory: d, object: User, name: x, type: String}\n"
                           "    - {directory: d, object: User, name: y, type: Integer}\n"));
  CHECK(schema_of(project) == "d.User.y:Integer d.User.x:- d.Group.x:Binary ");
}

TEST_CASE("the job's mode holds, and only the including job is changed") {
  ProjectFolder project;
  project
      .write("manifests/a.yaml",
             application("a",
                         "  jobs:\n    default: {schema: {mode: exact, include: [one]}}\n"
                         "    other: {schema: {mode: merge}}\n    third: {}\n"))
      .write("manifests/one.yaml",
             set("one", "[{object: User, attributes: {a: {constant: one, matchingPriority: 1}}}]"));
  const model::DesiredApplication made = project.application();
  CHECK(made.jobs[0].schema->mode == schema::Customization::Mode::exact);
  CHECK(described(*made.jobs[0].schema) == "User/:a=one#1, ");
  CHECK(described(*made.jobs[1].schema).empty());
  CHECK_FALSE(made.jobs[2].schema.has_value());
}

TEST_CASE("with a PATH, sets of the rest of the project are found, and nothing else of it") {
  ProjectFolder project;
  project.write("manifests/a.yaml", with_schema("a", "{include: [one]}"))
      .write("manifests/b.yaml", application("b", "  typo: 1\n"))
      .write("manifests/sets.yaml",
             set("one", "[{object: User, enabled: true}]") + "---\n" + application("c"));
  project.options.paths = {"manifests/a.yaml"};
  CHECK(schema_of(project) == "User/+: ");
  CHECK(project.load().files == 1);
}

TEST_CASE("variables work in sets, and an application may be called like one") {
  ProjectFolder project;
  project.options.variables["v"] = "x";
  project.write("manifests/a.yaml", with_schema("one", "{include: [one]}"))
      .write("manifests/one.yaml",
             set("one", "[{object: User, attributes: {a: {constant: \"${var.v}\"}}}]"));
  CHECK(schema_of(project) == "User/:a=x, ");
}

TEST_CASE("a whole document goes beneath, read once for all rows") {
  ProjectFolder project;
  project
      .write("manifests/set.yaml",
             manifest_text("ApplicationSet", "s",
                           "  forEach: [{n: a}, {n: b}]\n  template:\n"
                           "    metadata: {name: \"${each.n}\"}\n    spec:\n      gallery: Box\n"
                           "      displayName: Box\n"
                           "      jobs: {default: {schema: {file: ../exported.json}}}\n"))
      .write("exported.json",
             "\xEF\xBB\xBF{\"id\": \"x\", \"directories\": [{\"name\": \"Box\"}]}");
  const Loaded loaded = project.load();
  REQUIRE(project.faults == "");
  const model::DesiredJob& first = loaded.desired.applications[0].jobs[0];
  const model::DesiredJob& second = loaded.desired.applications[1].jobs[0];
  CHECK(first.base_schema->file == "../exported.json");
  CHECK(first.base_schema->document->id() == "x");
  CHECK(first.base_schema->document == second.base_schema->document);
  REQUIRE(first.schema.has_value());
  CHECK(described(*first.schema).empty());
}
