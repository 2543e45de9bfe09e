#include "syncwright/graph_read/live_reader.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "syncwright/core/encoding.h"
#include "tenant_table.h"

using namespace syncwright;
using namespace syncwright::graph_read;

TEST_CASE("an owned application costs jobs, secrets and schema, and only what is managed") {
  Table table{{{"applicationTemplates", kBox},
               {"tags/any", list(principal("a", "Box a", our_tags("a")))},
               {kJobs + "/j.1/schema", kSchema},
               {kJobs, list(R"({"id":"j.1","templateId":"j"})")},
               {"/secrets", list(R"({"key":"SyncAll","value":"false"})")}}};
  model::DesiredApplication all = box("a");
  all.scope = model::Scope::assigned;
  all.jobs = {job("default")};

  Reading full(table, desired_of({all}));
  REQUIRE(full.result);
  CHECK(full.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a/synchronization/secrets",
                                 "/servicePrincipals/sp-a/synchronization/jobs",
                                 "/servicePrincipals/sp-a/synchronization/jobs/j.1/schema"});
  CHECK(full.fake.graph.requests().size() == 7);
  const model::Findings& found = full.findings.at("a");
  CHECK_FALSE(found.unreadable);
  REQUIRE(found.owned.size() == 1);
  CHECK(found.owned[0].secrets.size() == 1);
  REQUIRE(found.owned[0].jobs.size() == 1);
  CHECK(found.owned[0].jobs[0].schema);
  REQUIRE(found.gallery.size() == 1);
  CHECK(found.gallery[0].id == "t-box");
  CHECK(full.orphans().empty());

  Reading bare(table, desired_of({box("a")}));
  CHECK(bare.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a/synchronization/jobs"});
}

TEST_CASE(
    "for a gallery name that the tenant does not have, those that begin alike are asked for") {
  Table table{{{"contains(displayName,'Sale')", list(R"({"id":"t-1","displayName":"Salesbricks"},)"
                                                     R"({"id":"t-2","displayName":"Salesforce"})")},
               {"displayName eq 'Box'", kBox}}};
  model::DesiredApplication misspelt = box("a");
  misspelt.gallery = "Salesfroce";
  model::DesiredApplication unheard_of = box("b");
  unheard_of.gallery = "Zx";
  const Reading reading(table, desired_of({misspelt, unheard_of, box("c")}));
  REQUIRE(reading.result);
  CHECK(reading.findings.at("a").gallery.empty());
  CHECK(reading.findings.at("a").near_gallery == "Salesforce");
  CHECK(reading.findings.at("b").near_gallery.empty());
  CHECK(reading.findings.at("c").gallery.size() == 1);
  CHECK(reading.findings.at("c").near_gallery.empty());
}

TEST_CASE("without an answer to that, reading goes on") {
  const Table table{{}};
  const auto handler = [&table](const http::HttpRequest& request) -> Result<http::HttpResponse> {
    const bool is_search = percent_decode(request.url).find("contains(") != std::string::npos;
    return is_search ? graph_failure(400, "Request_UnsupportedQuery", "no") : table(request);
  };
  model::DesiredApplication misspelt = box("a");
  misspelt.gallery = "Salesfroce";
  const Reading reading(handler, desired_of({misspelt}));
  REQUIRE(reading.result);
  CHECK(reading.findings.at("a").near_gallery.empty());
  CHECK_FALSE(reading.findings.at("a").unreadable);
}

TEST_CASE("templates are read only to choose among several jobs under key default") {
  Table table{{{"applicationTemplates", kBox},
               {"tags/any", list(principal("a", "Box a", our_tags("a")))},
               {"/schema", kSchema},
               {kJobs, list(R"({"id":"y.1","templateId":"y"},{"id":"x.1","templateId":"x"})")},
               {"/synchronization/templates", list(R"({"id":"x"},{"id":"y","default":true})")}}};
  model::DesiredApplication by_default = box("a");
  by_default.jobs = {job("default")};
  Reading several(table, desired_of({by_default}));
  CHECK(several.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a/synchronization/jobs",
                                 "/servicePrincipals/sp-a/synchronization/templates",
                                 "/servicePrincipals/sp-a/synchronization/jobs/y.1/schema"});
  const model::LiveApplication& live = several.findings.at("a").owned.at(0);
  CHECK(live.template_ids == std::vector<std::string>{"y", "x"});
  CHECK_FALSE(live.jobs[0].schema);
  CHECK(live.jobs[1].schema);

  model::DesiredApplication by_key = box("a");
  by_key.jobs = {job("x"), job("y")};
  by_key.jobs[1].absent = true;
  Reading named(table, desired_of({by_key}));
  CHECK(named.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a/synchronization/jobs",
                                 "/servicePrincipals/sp-a/synchronization/jobs/x.1/schema"});
}

TEST_CASE("an application to be created costs its unique name and its neighbours") {
  Table table{{{"applicationTemplates", kBox},
               {"displayName eq 'Box a'", list(principal("n", "Box a", R"("syncwright:other/-")") +
                                               "," + principal("m", "Box a", "", "t-other"))}}};
  Reading reading(table, desired_of({box("a")}));
  std::vector<std::string> requests = reading.own_requests();
  std::sort(requests.begin(), requests.end());  // they go side by side
  CHECK(requests == std::vector<std::string>{"/applications(uniqueName='syncwright/shop/-/a')?",
                                             "/servicePrincipals?$filter=displayName eq 'Box a'&"});
  const model::Findings& found = reading.findings.at("a");
  CHECK(found.owned.empty());
  CHECK_FALSE(found.claimed);
  REQUIRE(found.neighbours.size() == 1);
  CHECK(found.neighbours[0].reference.service_principal_id == "sp-n");
  CHECK(found.neighbours[0].tags == std::vector<std::string>{"syncwright:other/-"});

  model::DesiredApplication never = box("a");
  never.adopt.mode = model::Adopt::Mode::never;
  CHECK(Reading(table, desired_of({never})).own_requests().size() == 1);
  model::DesiredApplication unknown = box("a");
  unknown.gallery = "Bax";
  CHECK(Reading(table, desired_of({unknown})).own_requests().size() == 1);
}

TEST_CASE("a unique name is free where nobody holds it, and not where that is unknown") {
  const auto is_free = [](const Table& table) {
    return Reading(table, desired_of({box("a")})).findings.at("a").name_is_free;
  };
  const std::string deleted = "/directory/deletedItems/microsoft.graph.application";
  const std::string other = application("b", "Box b", "syncwright/shop/-/b");
  const std::string own = application("a", "Box a", "syncwright/shop/-/a");
  CHECK(is_free({{{"applicationTemplates", kBox}, {deleted, list(other)}}}));
  CHECK_FALSE(is_free({{{"applicationTemplates", kBox}, {deleted, list(other + "," + own)}}}));
  CHECK_FALSE(is_free({{{"applicationTemplates", kBox}}}));  // 404 for the list
  CHECK_FALSE(is_free({{{"applicationTemplates", kBox},
                        {deleted, list(other)},
                        {"uniqueName='syncwright/shop/-/a'", own},
                        {"servicePrincipals(appId='app-a')", principal("a", "Box a", "")},
                        {"/jobs", list("")}}}));
}

TEST_CASE("tags on an application without any of the manifest's names: who has one is asked") {
  const std::string key = "/applications(uniqueName='syncwright/shop/-/a')";
  Table table{{{"applicationTemplates", kBox},
               {"tags/any", list(principal("x", "Box a", our_tags("a")))},
               {"displayName in (", list(application("x", "Box a"))},
               {kJobs, list("")}}};
  const std::vector<std::string> asked{"/servicePrincipals/sp-x/synchronization/jobs", key + "?"};
  SUBCASE("nobody has, as of one that was taken over") {
    const Reading reading(table, desired_of({box("a")}));
    CHECK(reading.findings.at("a").owned.size() == 1);
    CHECK_FALSE(reading.findings.at("a").claimed);
    std::vector<std::string> first = reading.own_requests();
    first.resize(asked.size());
    CHECK(first == asked);
  }
  SUBCASE("another application has") {
    table.rows.push_back({key, application("a", "Box a", "syncwright/shop/-/a")});
    table.rows.push_back({"/servicePrincipals(appId='app-a')", principal("a", "Box a", "")});
    const Reading reading(table, desired_of({box("a")}));
    REQUIRE(reading.findings.at("a").owned.size() == 1);
    REQUIRE(reading.findings.at("a").claimed);
    CHECK(reading.findings.at("a").claimed->reference.service_principal_id == "sp-a");
  }
  SUBCASE("it has itself, and the list lags") {
    table.rows.push_back({key, application("x", "Box a", "syncwright/shop/-/a")});
    const Reading reading(table, desired_of({box("a")}));
    CHECK_FALSE(reading.findings.at("a").claimed);
    CHECK(reading.own_requests() == asked);
  }
}

TEST_CASE("several owned candidates are named and not looked into") {
  Table table{{{"applicationTemplates", kBox},
               {"tags/any", list(principal("a", "Box a", our_tags("a")) + "," +
                                 principal("b", "Box a", our_tags("a")))},
               {"/servicePrincipals/sp-a?", principal("a", "Box a", our_tags("a"))},
               {"/servicePrincipals/sp-b?", principal("b", "Box a", our_tags("a"))}}};
  Reading reading(table, desired_of({box("a")}));
  CHECK(reading.findings.at("a").owned.size() == 2);
  CHECK(reading.own_requests() ==
        std::vector<std::string>{"/servicePrincipals/sp-a?", "/servicePrincipals/sp-b?"});

  table.rows.pop_back();  // deleted, and still listed
  table.rows.push_back({kJobs, list("")});
  Reading one_left(table, desired_of({box("a")}));
  REQUIRE(one_left.findings.at("a").owned.size() == 1);
  CHECK(one_left.findings.at("a").owned[0].reference.service_principal_id == "sp-a");
}

TEST_CASE("a failure of one application stays with it") {
  Table table{{{"applicationTemplates", kBox},
               {"tags/any", list(principal("a", "Box a", our_tags("a")) + "," +
                                 principal("b", "Box b", our_tags("b")))},
               {"sp-b/synchronization/jobs", list("")}}};
  Reading reading(
      [&](const http::HttpRequest& request) -> Result<http::HttpResponse> {
        if (request.url.find("sp-a/synchronization") != std::string::npos) {
          return graph_failure(401, "UnknownError", "");
        }
        return table(request);
      },
      desired_of({box("a"), box("b")}));
  REQUIRE(reading.result);
  REQUIRE(reading.findings.at("a").unreadable);
  CHECK(reading.findings.at("a").unreadable->kind == ErrorKind::forbidden);
  CHECK_FALSE(reading.findings.at("b").unreadable);
}

TEST_CASE("a refused token, a refused list and an interruption concern all") {
  const model::Desired desired = desired_of({box("a"), box("b")});
  Reading no_token(
      [](const http::HttpRequest& request) -> Result<http::HttpResponse> {
        if (request.url.find("uniqueName%3D") != std::string::npos ||
            request.url.find("/applications(") != std::string::npos) {
          return graph_failure(401, "InvalidAuthenticationToken", "expired");
        }
        return Table{}(request);
      },
      desired);
  REQUIRE_FALSE(no_token.result);
  CHECK(no_token.result.error().kind == ErrorKind::unauthenticated);
  CHECK(no_token.findings.empty());

  Reading no_list(
      [](const http::HttpRequest&) -> Result<http::HttpResponse> {
        return graph_failure(403, "Authorization_RequestDenied", "no");
      },
      desired);
  REQUIRE_FALSE(no_list.result);
  CHECK(no_list.result.error().kind == ErrorKind::forbidden);

  FakeConnection fake{Table{}};
  graph_read::GraphReader reader(fake.connection);
  std::stop_source stop;
  stop.request_stop();
  const auto interrupted = graph_read::read_live(
      reader, fake.connection, desired, {},
      [](const model::DesiredApplication&, model::Findings) {}, stop.get_token());
  REQUIRE_FALSE(interrupted);
  CHECK(interrupted.error().kind == ErrorKind::cancelled);
}

TEST_CASE("gallery: by id, by exact name, else by name in any case") {
  const std::string id = "8b1025e4-1dd2-430b-a150-2ef79cd700f5";
  Table table{{{"/applicationTemplates/" + id, R"({"id":")" + id + R"(","displayName":"AWS"})"},
               {"applicationTemplates",
                list(R"({"id":"1","displayName":"BOX"},{"id":"2","displayName":"box"})")}}};
  model::DesiredApplication by_id = box("a");
  by_id.gallery = id;
  model::DesiredApplication exact = box("b");
  exact.gallery = "box";
  model::DesiredApplication folded = box("c");
  folded.gallery = "Box";
  Reading reading(table, desired_of({by_id, exact, folded}));
  const auto ids = [&](const char* name) {
    std::string text;
    for (const model::GalleryTemplate& entry : reading.findings.at(name).gallery)
      text += entry.id + " ";
    return text;
  };
  CHECK(ids("a") == id + " ");
  CHECK(ids("b") == "2 ");
  CHECK(ids("c") == "1 2 ");
}

TEST_CASE("many applications are read in parallel, each visited once, one at a time") {
  constexpr int count = 20;
  Table table{{{"applicationTemplates", kBox}, {kJobs, list("")}, {"/secrets", list("")}}};
  std::string principals;
  std::vector<model::DesiredApplication> applications;
  for (int i = 0; i < count; ++i) {
    const std::string name = "app" + std::string(1, static_cast<char>('a' + i));
    principals += (i == 0 ? "" : ",") + principal(name, "Box " + name, our_tags(name));
    applications.push_back(box(name));
    applications.back().scope = model::Scope::all;
  }
  table.rows.insert(table.rows.begin(), {"tags/any", list(principals)});
  const model::Desired desired = desired_of(std::move(applications));
  FakeConnection fake{table};
  graph_read::GraphReader reader(fake.connection);
  graph_read::ReadOptions options;
  options.parallelism = count;
  std::vector<std::size_t> progress;
  options.on_progress = [&](std::size_t done, std::size_t total) {
    CHECK(total == count);
    progress.push_back(done);
  };
  std::vector<std::string> visited;
  const auto result =
      graph_read::read_live(reader, fake.connection, desired, options,
                            [&](const model::DesiredApplication& application, model::Findings) {
                              visited.push_back(application.name);
                            },
                            {});
  REQUIRE(result);
  std::sort(visited.begin(), visited.end());
  CHECK(visited.size() == count);
  CHECK(std::unique(visited.begin(), visited.end()) == visited.end());
  CHECK(progress.size() == count);
  CHECK(std::is_sorted(progress.begin(), progress.end()));
  constexpr std::size_t further_names =
      (count - 14 + 14) / 15;  // the first 14 go with a shared one
  CHECK(fake.graph.requests().size() == 4 + further_names + 2 * count);
}

TEST_CASE("of more applications than may be read at once, what is known together is one batch") {
  const std::string schema = "/synchronization/jobs/j.1/schema";
  Table table{{{"applicationTemplates", kBox},
               {schema, kSchema},
               {kJobs, list(R"({"id":"j.1","templateId":"box"})")},
               {"/secrets", list(R"({"key":"SyncAll","value":"true"})")}}};
  std::string principals;
  std::vector<model::DesiredApplication> applications;
  for (const std::string name : {"a", "b", "c"}) {
    principals += (name == "a" ? "" : ",") + principal(name, "Box " + name, our_tags(name));
    applications.push_back(box(name));
    applications.back().scope = model::Scope::all;
    applications.back().jobs = {job("default")};
  }
  applications.push_back(box("new"));
  table.rows.insert(table.rows.begin(), {"tags/any", list(principals)});
  const model::Desired desired = desired_of(std::move(applications));

  const auto check_findings = [](const Reading& reading) {
    REQUIRE(reading.result);
    for (const std::string name : {"a", "b", "c"}) {
      const model::LiveApplication& live = reading.findings.at(name).owned.at(0);
      CHECK(live.secrets.at(0).value == "true");
      CHECK(live.jobs.at(0).schema.has_value());
    }
    CHECK(reading.findings.at("new").owned.empty());
    CHECK_FALSE(reading.findings.at("new").unreadable);
  };
  const auto schema_of = [&](const std::string& name) {
    return "/servicePrincipals/sp-" + name + schema;
  };
  SUBCASE("where the service takes batches") {
    const Reading reading(in_batches(table), desired);
    check_findings(reading);
    const auto together = [](const std::string& name) {
      const std::string path = "/servicePrincipals/sp-" + name + "/synchronization";
      return "GET " + path + "/secrets, GET " + path + "/jobs";
    };
    CHECK(reading.own_requests() ==
          std::vector<std::string>{
              together("a"), schema_of("a"), together("b"), schema_of("b"), together("c"),
              schema_of("c"),
              "GET /applications(uniqueName='syncwright/shop/-/new'), GET /servicePrincipals"});
  }
  SUBCASE("where it takes none") {
    const Reading reading(table, desired);
    check_findings(reading);
    std::vector<std::string> batches;
    for (const std::string& line : reading.fake.graph.lines()) {
      if (line.starts_with("POST")) batches.push_back(line);
    }
    CHECK(batches == std::vector<std::string>{"POST /$batch"});  // and never again
  }
}

TEST_CASE("nothing to read is not asked for, but the tenant is told") {
  FakeConnection fake{Table{}};
  const auto tokens = graph_read::make_fixed_token_source(
      Secret("e30." + base64url_encode(R"({"tid":"tenant-1"})") + ".x"), "test");
  graph_read::GraphConnection connection(fake.graph, "https://graph.example", *tokens);
  graph_read::GraphReader reader(connection);
  model::Desired desired;
  desired.complete = false;
  const auto visit = [](const model::DesiredApplication&, model::Findings) {};
  const auto partial = graph_read::read_live(reader, connection, desired, {}, visit, {});
  REQUIRE(partial);
  CHECK(partial->tenant_id == "tenant-1");
  CHECK(fake.graph.requests().empty());
  desired.complete = true;
  CHECK(graph_read::read_live(reader, connection, desired, {}, visit, {}));
  CHECK(fake.graph.requests().size() == 3);
}
