#include "syncwright/graph_read/graph_reader.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "fake_graph.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

const char* const kEmpty = R"({"@odata.context":"x","value":[]})";

struct Reader {
  explicit Reader(FakeGraph::Handler handler) : fake(std::move(handler)), reader(fake.connection) {}
  FakeConnection fake;
  graph_read::GraphReader reader;
};

std::string collection(const std::string& item) {
  return R"({"value":[)" + item + "]}";
}

template <class T>
ErrorKind failure_of(const Result<T>& result) {
  REQUIRE_FALSE(result);
  return result.error().kind;
}

}  // namespace

TEST_CASE("every read is the request that docs/graph.md lists, encoded") {
  Reader lists(always(200, kEmpty));
  (void)lists.reader.gallery_by_names({"O'Hara & Co", "Box"}, {});
  (void)lists.reader.search_gallery("Data", {});
  (void)lists.reader.search_gallery("", {});
  (void)lists.reader.list_service_principals_by_tag("syncwright:p/-", {});
  (void)lists.reader.list_service_principals_by_name("A+B", {});
  (void)lists.reader.list_service_principals_by_prefix("syncwright:p/-/", {});
  (void)lists.reader.list_applications_by_prefix("x", {});
  (void)lists.reader.held_names({});
  (void)lists.reader.synchronization_templates("sp", {});
  (void)lists.reader.jobs("sp", {});
  (void)lists.reader.secrets("sp", {});
  const std::string template_select =
      "$select=id%2CdisplayName%2Cpublisher%2Ccategories%2CsupportedProvisioningTypes";
  const std::string principal_select =
      "$select=id%2CappId%2CdisplayName%2Cnotes%2Ctags%2CapplicationTemplateId&$top=999";
  const std::string application_select =
      "$select=id%2CappId%2CdisplayName%2CcreatedDateTime%2CuniqueName";
  CHECK(
      lists.fake.graph.lines() ==
      std::vector<std::string>{
          "GET /applicationTemplates?$filter=displayName%20eq%20%27O%27%27Hara%20%26%20Co%27%20or"
          "%20displayName%20eq%20%27Box%27&" +
              template_select,
          "GET /applicationTemplates?$filter=contains%28displayName%2C%27Data%27%29&" +
              template_select,
          "GET /applicationTemplates?" + template_select,
          "GET /servicePrincipals?$filter=tags%2Fany%28t%3At%20eq%20%27syncwright%3Ap%2F-%27%29&" +
              principal_select,
          "GET /servicePrincipals?$filter=displayName%20eq%20%27A%2BB%27&" + principal_select,
          "GET /servicePrincipals?$filter=startswith%28displayName%2C%27syncwright%3Ap%2F-%2F%27%"
          "29&" +
              principal_select,
          "GET /applications?$filter=startswith%28displayName%2C%27x%27%29&" + application_select +
              "&$top=999",
          "GET /directory/deletedItems/microsoft.graph.application?" + application_select +
              "&$top=999",
          "GET /servicePrincipals/sp/synchronization/templates",
          "GET /servicePrincipals/sp/synchronization/jobs",
          "GET /servicePrincipals/sp/synchronization/secrets"});
  CHECK(lists.fake.graph.requests().back().confidential);
}

TEST_CASE("reads by id and by key") {
  Reader one(always(404, R"({"error":{"code":"Request_ResourceNotFound","message":"no"}})"));
  CHECK(*one.reader.gallery_by_id("a/b", {}) == std::nullopt);
  CHECK(one.reader.service_principal("sp", {})->has_value() == false);
  CHECK(one.reader.service_principal_by_app_id("app'1", {})->has_value() == false);
  CHECK(one.reader.application("../x", {})->has_value() == false);
  CHECK(one.reader.application_by_app_id("app1", {})->has_value() == false);
  CHECK(one.reader.application_by_unique_name("syncwright/p/-/n", {})->has_value() == false);
  CHECK(one.reader.job("sp", "aws.1.2", {})->has_value() == false);
  CHECK(failure_of(one.reader.schema("sp", "j", {})) == ErrorKind::not_found);
  std::vector<std::string> paths;
  for (const std::string& line : one.fake.graph.lines()) {
    paths.push_back(line.substr(4, line.find('?') - 4));
  }
  CHECK(paths == std::vector<std::string>{"/applicationTemplates/a%2Fb", "/servicePrincipals/sp",
                                          "/servicePrincipals(appId='app%27%271')",
                                          "/applications/..%2Fx", "/applications(appId='app1')",
                                          "/applications(uniqueName='syncwright%2Fp%2F-%2Fn')",
                                          "/servicePrincipals/sp/synchronization/jobs/aws.1.2",
                                          "/servicePrincipals/sp/synchronization/jobs/j/schema"});
}

TEST_CASE("any other failure than 404 is passed on") {
  Reader refused(always(403, R"({"error":{"code":"Authorization_RequestDenied","message":""}})"));
  CHECK(failure_of(refused.reader.service_principal("sp", {})) == ErrorKind::forbidden);
  CHECK(failure_of(refused.reader.jobs("sp", {})) == ErrorKind::forbidden);
}

TEST_CASE("many gallery names are asked for in URLs of bounded length") {
  Reader gallery(always(200, collection(R"({"id":"t1","displayName":"Any"})")));
  std::vector<std::string> names(300);
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = fmt::format("Application number {}", i);
  const auto found = gallery.reader.gallery_by_names(names, {});
  REQUIRE(found);
  const std::vector<http::HttpRequest> sent = gallery.fake.graph.requests();
  CHECK(sent.size() > 1);
  CHECK(found->size() == sent.size());
  std::size_t clauses = 0;
  for (const http::HttpRequest& request : sent) {
    CHECK(request.url.size() <= 6000);
    for (std::size_t at = request.url.find("Application%20number"); at != std::string::npos;
         at = request.url.find("Application%20number", at + 1)) {
      ++clauses;
    }
  }
  CHECK(clauses == names.size());
  CHECK(gallery.reader.gallery_by_names({}, {})->empty());
}

TEST_CASE("a gallery template") {
  Reader gallery(always(
      200, collection(
               R"({"id":"t1","displayName":"Box","publisher":"Box Inc","categories":["storage",1],
          "supportedProvisioningTypes":["sync"]},
         {"id":"t2","supportedProvisioningTypes":[]},{"id":"t3"})")));
  const auto found = gallery.reader.search_gallery("x", {});
  REQUIRE(found);
  REQUIRE(found->size() == 3);
  CHECK((*found)[0].publisher == "Box Inc");
  CHECK((*found)[0].categories == std::vector<std::string>{"storage"});
  CHECK((*found)[0].supports_provisioning);
  CHECK_FALSE((*found)[1].supports_provisioning);
  CHECK((*found)[2].supports_provisioning);
}

TEST_CASE("service principals keep their tags; old answers call the id objectId") {
  Reader reader(always(
      200,
      collection(
          R"({"@odata.id":"z","objectId":"sp1","appId":"a1","displayName":"AWS","tags":["x",null],
          "applicationTemplateId":"t1","unknown":{}})")));
  const auto found = reader.reader.list_service_principals_by_tag("x", {});
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  const graph_read::GraphReader::ServicePrincipal& principal = found->front();
  CHECK(principal.reference.service_principal_id == "sp1");
  CHECK(principal.reference.application_id.empty());
  CHECK(principal.reference.app_id == "a1");
  CHECK(principal.tags == std::vector<std::string>{"x"});
  CHECK(principal.application_template_id == "t1");
}

TEST_CASE("an application") {
  Reader reader(always(200, R"({"id":"o1","appId":"a1","displayName":"AWS","uniqueName":null,
                                "createdDateTime":"2026-03-02T09:10:02Z"})"));
  const auto found = reader.reader.application("o1", {});
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->application_id == "o1");
  CHECK((*found)->service_principal_id.empty());
  CHECK((*found)->created == "2026-03-02T09:10:02Z");
  CHECK((*found)->unique_name.empty());
}

TEST_CASE("objects without a usable id are malformed") {
  const auto kind = [](const std::string& item) {
    Reader reader(always(200, collection(item)));
    return failure_of(reader.reader.list_service_principals_by_tag("x", {}));
  };
  CHECK(kind(R"({"appId":"a"})") == ErrorKind::malformed);
  CHECK(kind(R"({"id":"","appId":"a"})") == ErrorKind::malformed);
  CHECK(kind(R"({"id":7,"appId":"a"})") == ErrorKind::malformed);
  CHECK(kind(R"({"id":"..","appId":"a"})") == ErrorKind::malformed);
  CHECK(kind(R"({"id":"a/../b","appId":"a"})") == ErrorKind::malformed);
  CHECK(kind(R"({"id":"a\nb","appId":"a"})") == ErrorKind::malformed);
  CHECK(kind(R"({"id":")" + std::string(1000, 'x') + R"(","appId":"a"})") == ErrorKind::malformed);
  CHECK(kind(R"({"id":"sp1"})") == ErrorKind::malformed);
  CHECK(kind("null") == ErrorKind::malformed);
  CHECK(kind("\"sp1\"") == ErrorKind::malformed);
}

TEST_CASE("soft-deleted applications come as the unique names that they hold") {
  Reader reader(
      always(200, collection(R"({"id":"o1","appId":"a1","uniqueName":"n"},{"id":"o2"})")));
  const auto held = reader.reader.held_names({});
  model::HeldNames expected;
  expected.add("n", "o1");
  CHECK(held.value() == expected);
}

TEST_CASE("a job's functions come with their keys in order, by name or by id") {
  Reader reader(always(200, R"({"value":[
        {"name":"Join","parameters":[{"name":"separator","allowMultipleOccurrences":false},
                                     {"name":"source","allowMultipleOccurrences":true}]},
        {"id":"Now","parameters":null}]})"));
  const auto keys = reader.reader.function_keys("sp", "j.1", {});
  REQUIRE(keys);
  REQUIRE(keys->functions.size() == 2);
  CHECK(keys->functions.at("Join").names == std::vector<std::string>{"separator", "source"});
  CHECK(keys->functions.at("Join").repeats);
  CHECK(keys->functions.at("Now").names.empty());
  CHECK(reader.fake.graph.lines() ==
        std::vector<std::string>{
            "GET /servicePrincipals/sp/synchronization/jobs/j.1/schema/functions"});
}

TEST_CASE("secrets come sorted, null as empty, and say whether they are masked") {
  Reader reader(
      always(200, collection(
                      R"({"key":"SyncAll","value":"false"},{"key":"SecretToken","value":"*"},
         {"key":"BaseAddress","value":null})")));
  const auto secrets = reader.reader.secrets("sp", {});
  REQUIRE(secrets);
  REQUIRE(secrets->size() == 3);
  CHECK((*secrets)[0].key == "BaseAddress");
  CHECK((*secrets)[0].value.empty());
  CHECK((*secrets)[1].is_masked());
  CHECK((*secrets)[2].value == "false");

  Reader keyless(always(200, collection(R"({"value":"x"})")));
  CHECK(failure_of(keyless.reader.secrets("sp", {})) == ErrorKind::malformed);
  Reader bare(always(200, "{}"));
  CHECK(failure_of(bare.reader.secrets("sp", {})) == ErrorKind::malformed);
}

TEST_CASE("the default template comes first") {
  Reader reader(always(
      200, collection(R"({"id":"b"},{"id":"a","default":true},{"id":"c","default":"true"})")));
  CHECK(*reader.reader.synchronization_templates("sp", {}) ==
        std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("a schema keeps its text byte for byte") {
  const std::string text = R"({ "id":"j1" , "synchronizationRules":[], "directories":[],"new":1 })";
  Reader reader(always(200, text));
  const auto schema = reader.reader.schema("sp", "j1", {});
  REQUIRE(schema);
  CHECK(schema->text() == text);
  Reader html(always(200, "<html>"));
  CHECK(failure_of(html.reader.schema("sp", "j1", {})) == ErrorKind::malformed);
}
