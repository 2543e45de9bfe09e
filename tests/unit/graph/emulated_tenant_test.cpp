#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "syncwright/core/encoding.h"
#include "syncwright/emulator/tenant.h"
#include "syncwright/graph_read/live_reader.h"
#include "syncwright/graph_read/logs.h"
#include "syncwright/graph_write/credentials_writer.h"
#include "syncwright/graph_write/graph_writer.h"
#include "syncwright/http/trace.h"
#include "syncwright/model/ownership.h"
#include "unit/manual_clock.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

const char* const kBoxTemplate = "4c4d15d4-d2fd-4ac0-9e57-566a2c92944b";

/// An emulated tenant, everything that talks to it, and a count of its requests.
struct World {
  explicit World(Milliseconds delay = Milliseconds(0))
      : tenant(emulator::Catalog::built_in(), clock, options_with(delay)),
        transport(tenant),
        traced(http::make_trace_transport(transport, clock,
                                          [this](const http::HttpTrace&) { note(); })),
        tokens(graph_read::make_fixed_token_source(Secret(tenant.issue_token()),
                                                   "the emulator's token")),
        connection(*traced, "http://127.0.0.1:8080", *tokens),
        reader(connection),
        writer(connection),
        credentials(connection) {}

  static emulator::TenantOptions options_with(Milliseconds delay) {
    emulator::TenantOptions options;
    options.replication_delay = delay;
    return options;
  }

  void note() {
    const std::scoped_lock lock(mutex);
    ++requests;
  }

  /// What apply does for one application (docs/contract.md#4), waiting as long as it takes to see
  /// it.
  model::LiveReference create(const model::Owner& owner, const std::string& name,
                              const std::string& display) {
    const auto made = writer.instantiate(kBoxTemplate, owner.pending_display_name(name), {});
    REQUIRE(made);
    const Milliseconds step(100);
    while (!writer.claim_application(made->reference.application_id, owner.unique_name(name),
                                     display, {})) {
      clock.advance(step);
    }
    while (!*reader.application_by_unique_name(owner.unique_name(name), {})) clock.advance(step);
    std::vector<std::string> tags = made->tags;
    tags.push_back(owner.tag());
    tags.push_back(model::application_tag(name));
    while (!writer.update_service_principal(made->reference.service_principal_id, tags,
                                            model::PrincipalTexts{{"displayName", display}}, {})) {
      clock.advance(step);
    }
    while (!writer.create_job(made->reference.service_principal_id, "BoxOutDelta", {})) {
      clock.advance(step);
    }
    while (reader.jobs(made->reference.service_principal_id, {})->empty()) clock.advance(step);
    return made->reference;
  }

  std::map<std::string, model::Findings> read(const model::Desired& desired) {
    std::map<std::string, model::Findings> findings;
    requests = 0;
    const auto result = graph_read::read_live(
        reader, connection, desired, {},
        [&](const model::DesiredApplication& application, model::Findings found) {
          findings[application.name] = std::move(found);
        },
        {});
    REQUIRE(result);
    CHECK(result->tenant_id == tenant.tenant_id());
    orphans = result->orphans;
    return findings;
  }

  std::mutex mutex;
  int requests = 0;
  std::vector<model::Orphan> orphans;
  ManualClock clock;
  emulator::Tenant tenant;
  emulator::TenantTransport transport;
  std::unique_ptr<http::HttpTransport> traced;
  std::unique_ptr<graph_read::TokenSource> tokens;
  graph_read::GraphConnection connection;
  graph_read::GraphReader reader;
  graph_write::GraphWriter writer;
  graph_write::CredentialsWriter credentials;
};

model::Desired boxes(int count) {
  model::Desired desired;
  desired.project = "shop";
  for (int i = 0; i < count; ++i) {
    model::DesiredApplication application;
    application.name = "box" + std::string(1, static_cast<char>('a' + i));
    application.gallery = "Box";
    application.display_name = "Box " + application.name;
    application.scope = model::Scope::assigned;
    model::DesiredJob job;
    job.key = "default";
    job.schema.emplace();
    application.jobs = {job};
    desired.applications.push_back(std::move(application));
  }
  return desired;
}

const model::Owner kOwner{"shop", ""};
constexpr int kShared = 4;   // tag query, two prefix queries, gallery
constexpr int kDeleted = 1;  // soft-deleted applications, once where one is to be created

/// The names of applications are asked for beside the pending prefix, 15 clauses a query.
constexpr int further_name_queries(int count) {
  return count / 15;
}

}  // namespace

TEST_CASE("the request budget of applications to be created") {
  for (const int count : {1, 20}) {
    World world;
    const auto findings = world.read(boxes(count));
    CHECK(world.requests == kShared + kDeleted + further_name_queries(count) + 2 * count);
    for (const auto& [name, found] : findings) {
      CHECK_FALSE(found.unreadable);
      CHECK(found.owned.empty());
      CHECK(found.neighbours.empty());
      CHECK(found.gallery.size() == 1);
    }
  }
}

TEST_CASE("the request budget of live applications") {
  for (const int count : {1, 20}) {
    World world;
    const model::Desired desired = boxes(count);
    for (const model::DesiredApplication& application : desired.applications) {
      world.create(kOwner, application.name, application.display_name);
    }
    const auto findings = world.read(desired);
    CHECK(world.requests == kShared + further_name_queries(count) + 3 * count);
    CHECK(findings.size() == static_cast<std::size_t>(count));
    for (const auto& [name, found] : findings) {
      CHECK_FALSE(found.unreadable);
      REQUIRE(found.owned.size() == 1);
      REQUIRE(found.owned[0].jobs.size() == 1);
      CHECK(found.owned[0].jobs[0].schema);
      CHECK(found.owned[0].jobs[0].template_id == "BoxOutDelta");
    }
    CHECK(world.orphans.empty());
  }
}

TEST_CASE("own objects are found by key at every moment while lists lag") {
  World world(Milliseconds(3000));
  const model::Desired desired = boxes(1);
  const model::LiveReference made = world.create(kOwner, "boxa", "Box boxa");
  for (int step = 0; step < 20; ++step) {
    CAPTURE(step);
    auto findings = world.read(desired);
    const model::Findings& found = findings.at("boxa");
    REQUIRE_FALSE(found.unreadable);
    REQUIRE(found.owned.size() == 1);
    CHECK(found.owned[0].reference.service_principal_id == made.service_principal_id);
    CHECK(found.owned[0].reference.display_name == "Box boxa");
    CHECK(found.owned[0].jobs.size() == 1);
    CHECK(found.unclaimed.empty());
    CHECK(world.orphans.empty());
    world.clock.advance(Milliseconds(700));
  }
  CHECK(world.requests == kShared + 3);
}

TEST_CASE("a revision saved a moment ago is seen although the list holds the old tags") {
  World world(Milliseconds(3000));
  model::Desired desired = boxes(1);
  desired.applications[0].credentials.emplace().revision = "2";
  const model::LiveReference made = world.create(kOwner, "boxa", "Box boxa");
  world.clock.advance(Milliseconds(60'000));
  CHECK(world.writer.update_service_principal(
      made.service_principal_id,
      {kOwner.tag(), model::application_tag("boxa"), model::credentials_tag("2")}, std::nullopt,
      {}));
  const auto findings = world.read(desired);
  CHECK(model::tag_value(findings.at("boxa").owned.at(0).tags, model::kCredentialsTag) == "2");
  CHECK(world.requests == kShared + 4);
}

TEST_CASE("a creation killed before its claim is found and resumed by its pending name") {
  World world;
  const auto made = world.writer.instantiate(kBoxTemplate, kOwner.pending_display_name("boxa"), {});
  REQUIRE(made);
  const auto findings = world.read(boxes(1));
  REQUIRE(findings.at("boxa").unclaimed.size() == 1);
  CHECK(findings.at("boxa").unclaimed[0].application_id == made->reference.application_id);
  CHECK(findings.at("boxa").unclaimed[0].service_principal_id ==
        made->reference.service_principal_id);
  CHECK(world.orphans.empty());
  world.read(boxes(0));
  REQUIRE(world.orphans.size() == 1);
  CHECK(world.orphans[0].application == "boxa");
}

TEST_CASE("neighbours are those of the same name and template") {
  World world;
  CHECK(world.writer.instantiate(kBoxTemplate, "Box boxa", {}));
  const auto findings = world.read(boxes(1));
  REQUIRE(findings.at("boxa").neighbours.size() == 1);
  CHECK_FALSE(model::foreign_owner_tag(findings.at("boxa").neighbours[0].tags, ""));
}

TEST_CASE("what the reader and the writer say, the tenant understands") {
  World world;
  const model::LiveReference made = world.create(kOwner, "boxa", "O'Box & Co");
  const std::string& sp = made.service_principal_id;
  CHECK(world.reader.application_by_app_id(made.app_id, {})->has_value());
  CHECK(world.reader.application(made.application_id, {})->value().unique_name ==
        kOwner.unique_name("boxa"));
  CHECK(world.reader.list_service_principals_by_name("O'Box & Co", {})->size() == 1);
  CHECK(world.reader.gallery_by_id(kBoxTemplate, {})->value().display_name == "Box");
  CHECK(world.reader.gallery_by_names({"Box", "Salesforce"}, {})->size() == 2);
  CHECK(world.reader.search_gallery("", {})->size() >= 6);
  CHECK(world.reader.synchronization_templates(sp, {})->front() == "BoxOutDelta");

  const std::string job = world.reader.jobs(sp, {})->at(0).id;
  CHECK(world.reader.job(sp, job, {})->has_value());
  const auto schema = world.reader.schema(sp, job, {});
  REQUIRE(schema);
  CHECK(world.writer.put_schema(sp, job, schema->text(), {}));
  CHECK(world.writer.start_job(sp, job, {}));
  CHECK(world.reader.job(sp, job, {})->value().is_started());
  CHECK(world.writer.restart_job(sp, job, "Watermark, Escrows, QuarantineState", {}));
  CHECK(world.writer.pause_job(sp, job, {}));
  CHECK_FALSE(world.reader.job(sp, job, {})->value().is_started());

  std::vector<graph_write::SecretPair> pairs;
  pairs.push_back({"SyncAll", Secret("false")});
  CHECK(world.credentials.save(sp, pairs, {}));
  CHECK(world.reader.secrets(sp, {})->at(0).value == "false");

  graph_read::LogQuery query;
  query.service_principal_id = sp;
  query.since = world.clock.now() - Milliseconds(1000);
  query.failed_only = true;
  CHECK(graph_read::read_provisioning_logs(world.connection, query, {}));
  CHECK(world.writer.delete_application(made.application_id, {}));
  model::HeldNames held;
  held.add(kOwner.unique_name("boxa"), made.application_id);
  CHECK(world.reader.held_names({}).value() == held);
  CHECK_FALSE(world.reader.application(made.application_id, {})->has_value());
}

TEST_CASE("tokens are got from the tenant by both grants") {
  World world;
  const std::map<std::string, std::string> base = {
      {"AZURE_TENANT_ID", world.tenant.tenant_id()},
      {"AZURE_AUTHORITY_HOST", "http://127.0.0.1:8080"}};
  for (const bool password : {false, true}) {
    std::map<std::string, std::string> variables = base;
    if (password) {
      variables.insert({{"AZURE_USERNAME", "ada@contoso.example"}, {"AZURE_PASSWORD", "p"}});
    } else {
      variables.insert({{"AZURE_CLIENT_ID", "8d0f40ce-0d0a-4a7c-9c8f-0c0d3e1f5a77"},
                        {"AZURE_CLIENT_SECRET", "s"}});
    }
    const auto source =
        graph_read::make_token_source(Environment(variables), world.transport, world.clock);
    REQUIRE(source);
    graph_read::GraphConnection connection(world.transport, "http://127.0.0.1:8080", **source);
    const auto token = (*source)->token({});
    REQUIRE(token);
    CHECK(graph_read::read_claims(token->reveal())->tenant_id == world.tenant.tenant_id());
    CHECK(graph_read::GraphReader(connection).search_gallery("Box", {}));
  }
}
