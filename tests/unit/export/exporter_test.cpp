#include "syncwright/export/exporter.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "syncwright/schema/overlay.h"
#include "syncwright/schema/schema_diff.h"
#include "syncwright/schema/schema_file.h"
#include "unit/manifest/project_folder.h"
#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::exporting;

namespace {

constexpr const char* kId = "8b1025e4-1dd2-430b-a150-2ef79cd700f5";

model::ExportedJob job_of(const std::string& template_id, const std::string& standard,
                          const std::string& live) {
  model::ExportedJob job;
  job.template_id = template_id;
  job.job.id = template_id + ".4711";
  job.job.template_id = template_id;
  job.job.schedule_state = "Active";
  job.job.schema = schema::decoded(live);
  job.standard = std::make_shared<const schema::SynchronizationSchema>(schema::decoded(standard));
  return job;
}

model::ExportedApplication box(const std::string& display_name = "Box",
                               const std::string& id = kId) {
  model::ExportedApplication application;
  application.reference.service_principal_id = id;
  application.reference.display_name = display_name;
  application.gallery = application.gallery_name = "Box";
  return application;
}

model::ExportedApplication with_job(model::ExportedApplication application) {
  application.template_ids = {"box", "other"};
  application.jobs = {job_of("box", schema::sample_text(), schema::sample_text())};
  return application;
}

ExportedFiles export_all(const std::vector<model::ExportedApplication>& applications,
                         ExportOptions options = {}) {
  Exporter exporter(options);
  for (const model::ExportedApplication& application : applications) exporter.add(application);
  return exporter.finish();
}

std::string text_of(const model::ExportedApplication& application, ExportOptions options = {}) {
  return export_all({application}, options).files.front().content;
}

/// What the loader makes of the files, all of which have to be without a fault.
model::Desired loaded(const ExportedFiles& exported) {
  manifest::ProjectFolder project;
  for (const ExportedFile& file : exported.files) {
    project.write("manifests/" + file.name, file.content);
  }
  manifest::Loaded result = project.load();
  REQUIRE(project.faults == "");
  return std::move(result.desired);
}

model::DesiredApplication only(const ExportedFiles& exported) {
  model::Desired desired = loaded(exported);
  REQUIRE(desired.applications.size() == 1);
  return std::move(desired.applications.front());
}

std::vector<std::string> names_of(const ExportedFiles& exported) {
  std::vector<std::string> names;
  for (const ExportedFile& file : exported.files) names.push_back(file.name);
  return names;
}

}  // namespace

TEST_CASE("a manifest with everything that it can say") {
  model::ExportedApplication application = box("Box Größe");
  application.template_ids = {"box", "other"};
  application.secrets = {{"BaseAddress", "https://scim.example.com/"},
                         {"SecretToken", "*"},
                         {"SkipOutOfScopeDeletions", "True"},
                         {"SyncAll", "false"},
                         {"SyncNotificationSettings",
                          R"({"Enabled":true,"DeleteThresholdEnabled":true,)"
                          R"("DeleteThresholdValue":500,"Recipients":"idm@contoso.com"})"}};
  application.app_roles = {{"r-1", "", "User", true, {"User"}},
                           {"r-2", "admin", "Boss", true, {"User"}}};
  application.members = {{model::DesiredMember::Type::user, "ada@contoso.com", "r-2"},
                         {model::DesiredMember::Type::group, "Sales", "r-1"}};
  application.jobs = {
      job_of("box", schema::sample_text(),
             schema::replaced(schema::sample_text(), R"("name": "Username", "type": "String")",
                              R"("name": "Username", "type": "String", "caseExact": true)"))};
  const ExportedFiles exported = export_all({application});
  REQUIRE(names_of(exported) == std::vector<std::string>{"box-grose.yaml"});
  CHECK(exported.files.front().content == R"(apiVersion: syncwright/v1
kind: Application
metadata: {name: box-grose}
spec:
  gallery: Box
  displayName: Box Größe
  lifecycle: {adopt: 8b1025e4-1dd2-430b-a150-2ef79cd700f5}
  assignments:
    mode: additive
    members:
      - {user: ada@contoso.com, role: admin}
      - {group: Sales, role: User}
  scope: assigned
  notifications: {enabled: true, recipient: idm@contoso.com}
  deletions: {threshold: 500, skipOutOfScope: true}
  jobs:
    default:
      state: started
      schema:
        attributes:
          - {directory: salesforce.com, object: User, name: Username, caseExact: true}
  # Credentials are left out, since secrets cannot be read. To manage them, adopt first: apply once,
  # then uncomment in a few applications at a time, or raise guards.maxUpdatesPercent:
  # credentials:
  #   # Change it whenever a secret changes: then all are saved again
  #   revision: "1"
  #   values:
  #     BaseAddress: https://scim.example.com/
  #     SecretToken: {env: BOX_GROSE_SECRETTOKEN}
)");
  const model::DesiredApplication desired = only(exported);
  CHECK(desired.adopt.mode == model::Adopt::Mode::service_principal);
  CHECK(desired.adopt.id == kId);
  CHECK(desired.scope == model::Scope::assigned);
  CHECK(desired.deletions->threshold == 500);
  CHECK(desired.assignments->members.size() == 2);
  CHECK_FALSE(desired.credentials);
}

TEST_CASE("no secret and no template default is written") {
  model::ExportedApplication application = with_job(box());
  application.secrets = {{"SecretToken", "hunter2"}, {"Unheard", "hunter3"}, {"Domain", "a"}};
  const std::string text = text_of(application);
  CHECK(text.find("hunter") == std::string::npos);
  CHECK(text.find("# ") != std::string::npos);
  CHECK(text.find("Unheard: {env:") != std::string::npos);
  CHECK(text.find("Domain: a") != std::string::npos);
  for (const char* url :
       {"https://ada:hunter2@scim.example.com/", "https://scim.example.com/?t=hunter2",
        "https://scim.example.com/#hunter2"}) {
    application.secrets = {{"BaseAddress", url}};
    CHECK(text_of(application).find("BaseAddress: {env: BOX_BASEADDRESS}") != std::string::npos);
    CHECK(text_of(application).find("hunter") == std::string::npos);
  }
  application.secrets = {{"BaseAddress", "https://scim.example.com/v2"}};
  CHECK(text_of(application).find("BaseAddress: https://scim.example.com/v2") != std::string::npos);
  CHECK(text.find("schema") == std::string::npos);
}

TEST_CASE("what only a document can say is told, and lies beside where files can") {
  model::ExportedApplication application = with_job(box());
  const std::string live =
      schema::replaced(schema::sample_text(), R"("name": "Group", "attributes": null)",
                       R"("name": "Groups", "attributes": null)");
  application.jobs = {job_of("box", schema::sample_text(), live)};
  ExportOptions options;
  const ExportedFiles exported = export_all({application}, options);
  REQUIRE(names_of(exported) == std::vector<std::string>{"box.yaml", "schemas/box.default.json"});
  CHECK(exported.files[1].content == schema::schema_file_text(live));
  const std::string& text = exported.files[0].content;
  CHECK(text.find("        file: schemas/box.default.json\n") != std::string::npos);
  CHECK(text.find("        # - ") != std::string::npos);
  CHECK(only(exported).jobs.front().base_schema->document->text() ==
        schema::schema_file_text(live));

  options.with_documents = false;
  const ExportedFiles alone = export_all({application}, options);
  REQUIRE(alone.files.size() == 1);
  CHECK(alone.files[0].content.find("file:") == std::string::npos);
  CHECK(alone.files[0].content.find("only a whole document could say") != std::string::npos);
  CHECK_FALSE(only(alone).jobs.front().base_schema);

  application.jobs.front().standard.reset();
  CHECK(export_all({application}).files.size() == 2);
}

TEST_CASE("an expression is written as its author wrote it") {
  const auto exported = [](const std::string& text) {
    model::ExportedApplication application = with_job(box());
    const std::string mail = R"("name": "mail", "type": "Attribute", "parameters": [])";
    application.jobs = {job_of(
        "box", schema::sample_text(),
        schema::replaced(schema::sample_text(), R"({"name": "company", "type": "Attribute"})",
                         R"({"expression": ")" + text +
                             R"(", "name": "ToUpper", "type": "Function", "parameters": [)"
                             R"({"key": "source", "value": {"expression": "[mail]", )" +
                             mail + "}}]}"))};
    const ExportedFiles files = export_all({application});
    REQUIRE(files.files.size() == 1);
    CHECK(only(files).jobs.front().schema.has_value());
    return files.files[0].content;
  };
  const std::string as_by_hand = "              CompanyName: \"ToUpper([mail])\"\n";
  CHECK(exported("ToUpper([mail], )").find(as_by_hand) != std::string::npos);  // the service's
  CHECK(exported("ToUpper([mail])").find(as_by_hand) != std::string::npos);
  CHECK(exported("").find(as_by_hand) != std::string::npos);
  CHECK(exported("ToLower([mail])").find(as_by_hand) != std::string::npos);  // the tree wins
  CHECK(exported("ToUpper( [mail] )").find("CompanyName: \"ToUpper( [mail] )\"\n") !=
        std::string::npos);
}

TEST_CASE("a pinned job is its whole document, so that every edit of it differs") {
  ExportOptions options;
  options.pin = true;
  const ExportedFiles exported = export_all({with_job(box())}, options);
  REQUIRE(names_of(exported) == std::vector<std::string>{"box.yaml", "schemas/box.default.json"});
  CHECK(exported.files[0].content.find("      schema:\n        # The whole document is managed: "
                                       "every edit of its mappings is drift\n"
                                       "        file: schemas/box.default.json\n") !=
        std::string::npos);
  CHECK(exported.files[0].content.find("mappings:") == std::string::npos);
  const std::string whole = schema::schema_file_text(schema::sample_text());
  CHECK(exported.files[1].content == whole);
  CHECK(only(exported).jobs.front().base_schema->document->text() == whole);
}

TEST_CASE("what nothing is compared by is told where it was changed, and needs no document") {
  model::ExportedApplication application = with_job(box());
  std::string live = schema::replaced(schema::sample_text(), R"("name": "USER_OUTBOUND_USER")",
                                      R"("name": "MINE")");
  application.jobs = {job_of("box", schema::sample_text(), live)};
  const ExportedFiles exported = export_all({application});
  REQUIRE(exported.files.size() == 1);
  CHECK(exported.files[0].content.find("only a whole document could say it:\n      # - the rule "
                                       "`MINE` differs from the standard "
                                       "schema in name\n") != std::string::npos);
  CHECK_FALSE(only(exported).jobs.front().schema);
}

TEST_CASE("keep_schemas keeps documents that no manifest names") {
  ExportOptions options;
  options.keep_schemas = true;
  const ExportedFiles exported = export_all({with_job(box())}, options);
  REQUIRE(names_of(exported) == std::vector<std::string>{"box.yaml", "schemas/box.default.json"});
  CHECK_FALSE(exported.files[1].is_manifest);
  CHECK(exported.files[0].content.find("file:") == std::string::npos);
}

TEST_CASE("each job has a key that means it") {
  model::ExportedApplication application = box();
  application.template_ids = {"box", "other", "a b"};
  for (const char* template_id : {"box", "other", "a b", "other"}) {
    application.jobs.push_back(job_of(template_id, schema::sample_text(), schema::sample_text()));
    application.jobs.back().job.id = "id" + std::to_string(application.jobs.size());
  }
  application.jobs[1].job.schedule_state = "Disabled";
  const model::DesiredApplication desired = only(export_all({application}));
  REQUIRE(desired.jobs.size() == 4);
  CHECK(desired.jobs[0].key == "default");
  CHECK(desired.jobs[0].state == model::JobState::started);
  CHECK(desired.jobs[1].key == "job");
  CHECK(desired.jobs[1].template_id == "a b");
  CHECK(desired.jobs[2].key == "other");
  CHECK(desired.jobs[2].job_id == "id2");
  CHECK(desired.jobs[2].state == model::JobState::paused);
  CHECK(desired.jobs[3].key == "other-2");
  CHECK(desired.jobs[3].job_id == "id4");
}

TEST_CASE("names are unique, do not depend on the order, and leave others theirs") {
  const model::ExportedApplication first = box("Box", "1111aaaa-0000-0000-0000-000000000000");
  const model::ExportedApplication second = box("BOX!", "2222bbbb-0000-0000-0000-000000000000");
  model::ExportedApplication ours = box("Renamed", "3333cccc-0000-0000-0000-000000000000");
  ours.name = "box-3";
  const model::ExportedApplication odd = box("日本", "4444dddd-0000-0000-0000-000000000000");
  const std::vector<std::string> expected{"application.yaml", "box-1111aaaa.yaml",
                                          "box-2222bbbb.yaml", "box-3.yaml"};
  CHECK(names_of(export_all({first, second, ours, odd})) == expected);
  CHECK(names_of(export_all({odd, ours, second, first})) == expected);
  Exporter exporter({});
  exporter.add(first);
  CHECK(names_of(exporter.finish({"box"})) == std::vector<std::string>{"box-1111aaaa.yaml"});
}

TEST_CASE("no manifest takes the file of the Project") {
  const auto exported = export_all({box("Syncwright")});
  CHECK(names_of(exported) == std::vector<std::string>{"syncwright.application.yaml"});
  CHECK(exported.files.at(0).content.find("name: syncwright") != std::string::npos);
}

TEST_CASE("of two with one name in their tags, both get a file") {
  model::ExportedApplication first = box("Box");
  model::ExportedApplication second = box("Crm", "9c1025e4-1dd2-430b-a150-2ef79cd700f5");
  first.name = second.name = "box";
  CHECK(names_of(export_all({first, second})) == std::vector<std::string>{"box.yaml", "crm.yaml"});
}

TEST_CASE("three that are alike are offered as one set, two are not") {
  std::vector<model::ExportedApplication> applications;
  for (const char* name : {"Box A", "Box B", "Box ${each.c}"}) {
    model::ExportedApplication application = with_job(box(name));
    application.reference.service_principal_id[0] = name[4] == '$' ? 'c' : name[4];
    application.secrets = {{"BaseAddress", name}, {"SecretToken", "*"}};
    applications.push_back(application);
  }
  applications[0].reference.service_principal_id[0] = 'a';
  applications[1].reference.service_principal_id[0] = 'b';
  const ExportedFiles hinted = export_all(applications);
  CHECK(hinted.alike == std::vector<std::vector<std::string>>{{"box-a", "box-b", "box-each-c"}});
  CHECK(hinted.files.size() == 3);

  ExportOptions options;
  options.join_sets = true;
  const ExportedFiles joined = export_all(applications, options);
  REQUIRE(names_of(joined) == std::vector<std::string>{"box.yaml"});
  CHECK(joined.applications == 3);
  CHECK(joined.files.front().content == R"(apiVersion: syncwright/v1
kind: ApplicationSet
metadata: {name: box}
spec:
  forEach:
    - name: box-a
      displayName: Box A
      servicePrincipal: ab1025e4-1dd2-430b-a150-2ef79cd700f5
      BaseAddress: Box A
      variable: BOX_A
    - name: box-b
      displayName: Box B
      servicePrincipal: bb1025e4-1dd2-430b-a150-2ef79cd700f5
      BaseAddress: Box B
      variable: BOX_B
    - name: box-each-c
      displayName: "Box $${each.c}"
      servicePrincipal: cb1025e4-1dd2-430b-a150-2ef79cd700f5
      BaseAddress: "Box $${each.c}"
      variable: BOX_EACH_C
  template:
    metadata: {name: "${each.name}"}
    spec:
      gallery: Box
      displayName: "${each.displayName}"
      lifecycle: {adopt: "${each.servicePrincipal}"}
      scope: assigned
      jobs:
        default:
          state: started
      # Credentials are left out, since secrets cannot be read. To manage them, adopt first: apply once,
      # then uncomment in a few applications at a time, or raise guards.maxUpdatesPercent:
      # credentials:
      #   # Change it whenever a secret changes: then all are saved again
      #   revision: "1"
      #   values:
      #     BaseAddress: "${each.BaseAddress}"
      #     SecretToken: {env: "${each.variable}_SECRETTOKEN"}
)");
  const model::Desired one_by_one = loaded(hinted);
  const model::Desired as_set = loaded(joined);
  CHECK(manifest_digest(one_by_one) == manifest_digest(as_set));

  applications[1].secrets.push_back({"SyncAll", "true"});
  const ExportedFiles apart = export_all(applications);
  CHECK(apart.alike.empty());
  REQUIRE(apart.unlike.size() == 1);
  CHECK(apart.unlike[0].gallery == "Box");
  CHECK(apart.unlike[0].applications == 3);
  CHECK(apart.unlike[0].differences == std::vector<std::string>{"scope"});
}

TEST_CASE("what differs between the rows of a set is a column, and nothing of it is lost") {
  std::vector<model::ExportedApplication> applications;
  for (const char digit : {'1', '2', '3'}) {
    const std::string number(1, digit);
    model::ExportedApplication application = with_job(box("3 Box " + number));
    application.reference.service_principal_id[0] = digit;
    application.tags = {"syncwright-credentials:2026-" + number};
    application.secrets = {{"BaseAddress", "https://" + number + ".example.com/${var.x}"},
                           {"Domain", "same"},
                           {"SecretToken", "*"},
                           {"SkipOutOfScopeDeletions", digit == '1' ? "True" : "False"},
                           {"SyncNotificationSettings",
                            R"({"Enabled":true,"DeleteThresholdEnabled":true,)"
                            R"("DeleteThresholdValue":)" +
                                number + R"(00,"Recipients":"idm)" + number + R"(@contoso.com"})"}};
    application.app_roles = {{"r", "User", "", true, {"User"}}};
    application.members = {{model::DesiredMember::Type::group, "Box " + number, "r"},
                           {model::DesiredMember::Type::group, "All", "r"}};
    applications.push_back(application);
  }
  ExportOptions options;
  options.join_sets = true;
  const ExportedFiles joined = export_all(applications, options);
  REQUIRE(names_of(joined) == std::vector<std::string>{"box.yaml"});
  CHECK(manifest_digest(loaded(joined)) == manifest_digest(loaded(export_all(applications))));

  ExportedFiles managed = joined;
  std::string& text = managed.files.front().content;
  const std::string told =
      "      # then uncomment in a few applications at a time, or raise "
      "guards.maxUpdatesPercent:\n";
  const std::size_t block = text.find(told);
  REQUIRE(block != std::string::npos);
  std::string credentials = text.substr(block + told.size());
  for (std::size_t at = credentials.find("      # "); at != std::string::npos;
       at = credentials.find("      # ", at + 6)) {
    credentials.erase(at + 6, 2);
  }
  text.replace(block, std::string::npos, credentials);
  CAPTURE(text);
  const model::Desired desired = loaded(managed);
  REQUIRE(desired.applications.size() == 3);
  for (std::size_t index = 0; index < 3; ++index) {
    const std::string number = std::to_string(index + 1);
    const model::DesiredCredentials& found = *desired.applications[index].credentials;
    CHECK(found.revision == "2026-" + number);
    REQUIRE(found.values.size() == 3);
    CHECK(std::get<std::string>(found.values[0].value) ==
          "https://" + number + ".example.com/${var.x}");
    CHECK(std::get<std::string>(found.values[1].value) == "same");
    const auto& token = std::get<SecretReference>(found.values[2].value);
    CHECK(describe(token) == "env _3_BOX_" + number + "_SECRETTOKEN");
  }

  // What is told of one application alone is no set's.
  applications[1].unread_members = "who is assigned cannot be read";
  CHECK(export_all(applications).alike.empty());
}

TEST_CASE("live texts come back as they are, whatever they look like") {
  for (const char* name : {"yes", "123", "a: b", "${var.x} $${each.y} ${z}", "null", "# no", "[x]",
                           "2026-11-22", "a\nb\tc\"'\\"}) {
    CAPTURE(name);
    model::ExportedApplication application = box(name);
    application.members = {{model::DesiredMember::Type::group, name, "r"}};
    application.app_roles = {{"r", name, "", true, {"User"}}};
    const model::DesiredApplication desired = only(export_all({application}));
    CHECK(desired.display_name == name);
    CHECK(desired.assignments->members.at(0).principal == name);
    CHECK(desired.assignments->members.at(0).role == name);
  }
}

TEST_CASE("a role is written so that it means that role and no other") {
  model::ExportedApplication application = box();
  const std::string zero = "00000000-0000-0000-0000-000000000000";
  application.app_roles = {{"r-1", "one", "Same", true, {"User"}},
                           {"r-2", "", "Same", true, {"User"}},
                           {"r-3", "Same name", "Three", true, {"User"}},
                           {"r-4", "", "Same name", true, {"User"}},
                           {"r-5", "", "Five", true, {"User"}}};
  for (const char* role : {"r-1", "r-2", "r-3", "r-4", "r-5"}) {
    application.members.push_back({model::DesiredMember::Type::group, "G", role});
  }
  application.members.push_back({model::DesiredMember::Type::group, "G", zero});
  std::string roles;
  const model::DesiredApplication desired = only(export_all({application}));
  for (const model::DesiredMember& member : desired.assignments->members) {
    roles += member.role.value_or("-") + "\n";
  }
  CHECK(roles == "one\nr-2\nSame name\nr-4\nFive\n" + zero + "\n");

  application.app_roles = {{"r-1", "User", "", true, {"User"}}};
  application.members = {{model::DesiredMember::Type::group, "G", zero},
                         {model::DesiredMember::Type::group, "H", "gone"}};
  const std::string text = text_of(application);
  CHECK(text.find("- {group: G}\n") != std::string::npos);
  CHECK(text.find("# Assignments are not all here: ") != std::string::npos);
}

TEST_CASE("settings that a manifest cannot say are told and left alone") {
  model::ExportedApplication application = with_job(box());
  application.secrets = {
      {"SyncAll", "TRUE"},
      {"SyncNotificationSettings",
       R"({"Enabled":"false","DeleteThresholdEnabled":"False","DeleteThresholdValue":1,)"
       R"("Recipients":"a@b.c;d@e.f"})"}};
  const std::string text = text_of(application);
  CHECK(text.find("  scope: all\n  notifications: {enabled: false}\n") != std::string::npos);
  CHECK(text.find("deletions:") == std::string::npos);
  CHECK(text.find("# the deletion threshold is switched off") != std::string::npos);
  CHECK(text.find("# the recipient of notifications is not one mail address") != std::string::npos);
  application.secrets = {{"SkipOutOfScopeDeletions", "maybe"},
                         {"SyncNotificationSettings", R"({"DeleteThresholdValue":0})"}};
  const std::string others = text_of(application);
  CHECK(others.find("deletions:") == std::string::npos);
  CHECK(others.find("# whether deletions out of scope are skipped is neither true nor false") !=
        std::string::npos);
  CHECK(others.find("# the deletion threshold is 0, which no manifest can say") !=
        std::string::npos);
}
