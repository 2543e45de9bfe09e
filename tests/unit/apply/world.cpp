#include "world.h"

#include <doctest/doctest.h>

#include "syncwright/graph_read/live_reader.h"
#include "syncwright/http/retry_transport.h"

namespace syncwright::apply {

namespace {

const char* const kRoot = "https://graph.microsoft.com";

std::unique_ptr<graph_read::TokenSource> token_of(const emulator::Tenant& tenant) {
  return graph_read::make_fixed_token_source(Secret(tenant.issue_token()), "the emulator's");
}

}  // namespace

void RecordingListener::started(const plan::Change& change) {
  overlapped = overlapped || busy;
  busy = true;
  lines.push_back("started " + change.id());
  busy = false;
}

void RecordingListener::waiting(const plan::Change&, const std::string& what, Milliseconds,
                                Milliseconds) {
  overlapped = overlapped || busy;
  busy = true;
  lines.push_back("waiting " + what);
  busy = false;
}

void RecordingListener::finished(const plan::ChangeOutcome& outcome) {
  overlapped = overlapped || busy;
  busy = true;
  lines.push_back("finished " + outcome.change->id() + " " + to_string(outcome.state));
  busy = false;
}

World::World(emulator::TenantOptions tenant_options)
    : owned_(std::make_unique<emulator::Tenant>(emulator::Catalog::built_in(), clock,
                                                std::move(tenant_options))) {
  settle();
}

World::World(const Json& state, Instant now)
    : clock(now),
      owned_(emulator::Tenant::restore(state, emulator::Catalog::built_in(), clock, {}).value()) {
  settle();
}

void World::settle() {
  variables = {{"AWS_CLIENT_SECRET", "aws-secret-1"},
               {"AWS_TOKEN", "aws-secret-2"},
               {"CRM_PASSWORD", "crm-secret-1"},
               {"CRM_TOKEN", "crm-secret-2"}};
  options.root = folder.path();
  options.journal = folder.path() / "journal.jsonl";
  options.backup = folder.path() / "backup";
}

plan::Plan World::plan(const model::Desired& desired, bool prune) {
  const auto tokens = token_of(tenant);
  graph_read::GraphConnection connection(direct, kRoot, *tokens);
  graph_read::GraphReader reader(connection);
  model::Live live;
  graph_read::ReadOptions read_options;
  const auto summary = graph_read::read_live(
      reader, connection, desired, read_options,
      [&](const model::DesiredApplication& application, model::Findings findings) {
        live.findings.emplace(application.name, std::move(findings));
      },
      {});
  REQUIRE(summary.has_value());
  live.tenant_id = summary->tenant_id;
  live.orphans = summary->orphans;
  plan::PlanContext context = plan::plan_context(desired);
  context.prune = prune;
  return plan::make_plan(desired, live, clock.now(), context);
}

Result<plan::ApplyReport> World::apply(const plan::Plan& plan, const model::Desired& desired,
                                       std::stop_token stop) {
  const auto tokens = token_of(tenant);
  const auto retried = http::make_retry_transport(faults, clock, {});
  http::HttpTransport& top = retries ? *retried : static_cast<http::HttpTransport&>(faults);
  graph_read::GraphConnection connection(top, kRoot, *tokens);
  if (!batched) connection.batches().give_up();
  const Environment environment(variables);
  const ApplyWorld world{connection, environment, clock, listener};
  return apply_plan(applied_.emplace_back(plan), desired, world, options, std::move(stop));
}

Result<plan::ApplyReport> World::plan_and_apply(const model::Desired& desired) {
  return apply(plan(desired), desired);
}

Json World::graph(http::HttpMethod method, const std::string& path, const Json& body) {
  http::HttpRequest request;
  request.method = method;
  request.url = std::string(kRoot) + "/v1.0" + path;
  request.headers.set("Authorization", "Bearer " + tenant.issue_token());
  request.headers.set("Content-Type", "application/json");
  if (!body.is_null()) request.body = body.dump();
  const http::HttpResponse response = tenant.handle(request);
  INFO(path << " " << response.body);
  REQUIRE(response.status < 300);
  if (response.body.empty()) return nullptr;
  auto json = parse_json(response.body);
  REQUIRE(json.has_value());
  return *json;
}

std::vector<Json> World::applications(const std::string& display_name) {
  std::vector<Json> found;
  const Json answer = graph(http::HttpMethod::get, "/applications?$top=999");
  for (const Json& application : answer["value"]) {
    if (display_name.empty() || application["displayName"] == display_name) {
      found.push_back(application);
    }
  }
  return found;
}

std::string World::service_principal_of(const std::string& display_name) {
  const Json answer = graph(http::HttpMethod::get, "/servicePrincipals?$top=999");
  for (const Json& principal : answer["value"]) {
    if (principal["displayName"] == display_name) return principal["id"].get<std::string>();
  }
  return {};
}

Json World::make_by_hand(const std::string& gallery, const std::string& display_name) {
  const Json found = graph(http::HttpMethod::get,
                           "/applicationTemplates?$filter=displayName%20eq%20'" + gallery + "'");
  const auto id = found["value"].at(0)["id"].get<std::string>();
  return graph(http::HttpMethod::post, "/applicationTemplates/" + id + "/instantiate",
               {{"displayName", display_name}});
}

std::vector<std::string> World::tags_of(const std::string& service_principal) {
  return graph(http::HttpMethod::get, "/servicePrincipals/" + service_principal)["tags"]
      .get<std::vector<std::string>>();
}

std::vector<std::string> World::lines(const plan::ApplyReport& report) {
  std::vector<std::string> lines;
  for (const plan::ChangeOutcome& outcome : report.outcomes) {
    std::string line = std::string(to_string(outcome.state)) + " " + outcome.change->id();
    if (outcome.error) {
      line += ": " + outcome.error->message;
    } else if (outcome.state != plan::OutcomeState::done) {
      line += ": " + outcome.detail;
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace syncwright::apply
