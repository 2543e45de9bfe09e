#include "syncwright/operations/job_order.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "syncwright/model/ownership.h"
#include "unit/apply/world.h"

namespace syncwright::operations {

namespace {

using Lines = std::vector<std::string>;

/// An application that is applied a day ago, its job started, and an operator.
struct Operated : apply::World {
  Operated() {
    REQUIRE(plan_and_apply(samples::of(samples::crm())).value().all_done());
    clock.advance(Milliseconds{86'400'000});
    principal = service_principal_of("Salesforce Contoso");
    const Json jobs =
        graph(http::HttpMethod::get, "/servicePrincipals/" + principal + "/synchronization/jobs");
    job = jobs["value"][0]["id"].get<std::string>();
    faults.forget();
  }

  [[nodiscard]] std::string job_path() const {
    return "/servicePrincipals/" + principal + "/synchronization/jobs/" + job;
  }
  [[nodiscard]] std::string state() {
    return graph(http::HttpMethod::get, job_path())["schedule"]["state"].get<std::string>();
  }
  [[nodiscard]] std::optional<std::string> hold() { return model::hold_reason(tags_of(principal)); }

  /// As the tenant has it now.
  [[nodiscard]] NamedJob named() {
    model::LiveJob live;
    live.id = job;
    live.schedule_state = state();
    return {"crm", {principal, JobTarget{principal, tags_of(principal), live, {}}}};
  }
  Result<JobDone> carry_out(const JobOrder& order, const NamedJob& target) {
    const auto tokens =
        graph_read::make_fixed_token_source(Secret(tenant.issue_token()), "the emulator's");
    graph_read::GraphConnection connection(faults, "https://graph.microsoft.com", *tokens);
    graph_read::GraphReader reader(connection);
    graph_write::GraphWriter writer(connection);
    const auto journal = apply::Journal::open(journal_path(), clock).value();
    return carry_out_order({connection, reader, writer, *journal, clock, {}}, order, target);
  }
  Result<JobDone> carry_out(const JobOrder& order) { return carry_out(order, named()); }

  [[nodiscard]] std::filesystem::path journal_path() const {
    return folder.path() / "operations.jsonl";
  }
  /// "intent CHANGE OPERATION" or "outcome CHANGE OPERATION OUTCOME" of each line.
  [[nodiscard]] Lines journal() const {
    Lines lines;
    std::ifstream file(journal_path());
    for (std::string text; std::getline(file, text);) {
      const Json line = parse_json(text).value();
      lines.push_back(line["kind"].get<std::string>() + " " + line["change"].get<std::string>() +
                      " " + line["operation"].get<std::string>() +
                      (line.contains("outcome") ? " " + line["outcome"].get<std::string>() : ""));
    }
    return lines;
  }
  /// The first request of that end is disturbed.
  void disturb(const std::string& end, apply::Fault fault) {
    faults.set([end, fault, done = false](const http::HttpRequest& request, int) mutable {
      const bool is_it = request.method != http::HttpMethod::get && request.url.ends_with(end);
      return is_it && !std::exchange(done, true) ? fault : apply::Fault::none;
    });
  }

  std::string principal;
  std::string job;
};

JobOrder order_to(JobAction action) {
  JobOrder order;
  order.action = action;
  return order;
}

JobOrder hold_for(const std::string& reason) {
  JobOrder order = order_to(JobAction::pause);
  order.hold = reason;
  return order;
}

JobOrder release() {
  JobOrder order = order_to(JobAction::start);
  order.release = true;
  return order;
}

}  // namespace

TEST_CASE("a hold is set before the job is paused, and both are journalled and read back") {
  Operated world;
  const auto done = world.carry_out(hold_for("audit"));
  REQUIRE(done.has_value());
  CHECK(done->done == "paused");
  CHECK(done->job_id == world.job);
  CHECK(done->request_id.has_value());
  const std::string principal = "/servicePrincipals/" + world.principal;
  CHECK(world.faults.writes() ==
        Lines{"PATCH " + principal, "POST " + world.job_path() + "/pause"});
  CHECK(world.faults.lines().back() == "GET " + world.job_path());
  CHECK(world.journal() == Lines{"intent crm/jobs/default/pause servicePrincipal.update",
                                 "outcome crm/jobs/default/pause servicePrincipal.update done",
                                 "intent crm/jobs/default/pause job.pause",
                                 "outcome crm/jobs/default/pause job.pause done"});
  CHECK(world.hold() == "audit");
  CHECK(world.state() != "Active");
}

TEST_CASE("a hold that is there is not written twice, and a new reason replaces it") {
  Operated world;
  REQUIRE(world.carry_out(hold_for("first")).has_value());
  world.faults.forget();
  REQUIRE(world.carry_out(hold_for("first")).has_value());
  CHECK(world.faults.writes() == Lines{"POST " + world.job_path() + "/pause"});
  REQUIRE(world.carry_out(hold_for("second")).has_value());
  CHECK(world.hold() == "second");
}

TEST_CASE("a start that releases lets go of the hold; another start leaves it") {
  Operated world;
  REQUIRE(world.carry_out(hold_for("audit")).has_value());
  const NamedJob held = world.named();
  CHECK(leaves_hold(order_to(JobAction::start), held));
  CHECK(leaves_hold(order_to(JobAction::restart), held));
  CHECK_FALSE(leaves_hold(order_to(JobAction::pause), held));
  CHECK_FALSE(leaves_hold(release(), held));
  REQUIRE(world.carry_out(order_to(JobAction::start)).has_value());
  CHECK(world.state() == "Active");
  CHECK(world.hold() == "audit");
  REQUIRE(world.carry_out(release()).has_value());
  CHECK_FALSE(world.hold().has_value());
}

TEST_CASE("where the job is gone, its hold is let go of alone") {
  Operated world;
  REQUIRE(world.carry_out(hold_for("audit")).has_value());
  world.faults.forget();
  const auto done = world.carry_out(release(), {"crm", {world.principal, std::nullopt}});
  REQUIRE(done.has_value());
  CHECK(done->done == "released");
  CHECK_FALSE(done->job_id.has_value());
  CHECK_FALSE(world.hold().has_value());
  CHECK(world.faults.writes() == Lines{"PATCH /servicePrincipals/" + world.principal});
}

TEST_CASE("a pause whose answer was lost is looked at, not reported as failed") {
  Operated world;
  world.disturb("/pause", apply::Fault::lost_answer);
  const auto done = world.carry_out(order_to(JobAction::pause));
  REQUIRE(done.has_value());
  CHECK_FALSE(done->request_id.has_value());
  CHECK(world.faults.writes().size() == 1);
  CHECK(world.journal().back() == "outcome crm/jobs/default/pause job.pause unknown");
}

TEST_CASE("a pause that the service did not do is sent again") {
  Operated world;
  world.disturb("/pause", apply::Fault::server_error);
  REQUIRE(world.carry_out(order_to(JobAction::pause)).has_value());
  CHECK(world.faults.writes().size() == 2);
  CHECK(world.state() != "Active");
}

TEST_CASE("what no read can tell stays in doubt: a restart, and a start of a started job") {
  for (const JobAction action : {JobAction::restart, JobAction::start}) {
    Operated world;
    world.disturb(std::string("/") + to_string(action), apply::Fault::lost_answer);
    const auto done = world.carry_out(order_to(action));
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().kind == ErrorKind::transport);
    CHECK(world.faults.writes().size() == 1);
  }
}

TEST_CASE("foreign tags that come in between are kept by a hold") {
  Operated world;
  world.faults.before([&world, done = false](const http::HttpRequest& request) mutable {
    if (request.method != http::HttpMethod::get || std::exchange(done, true)) return;
    Json tags = world.tags_of(world.principal);
    tags.push_back("HideApp");
    world.graph(http::HttpMethod::patch, "/servicePrincipals/" + world.principal, {{"tags", tags}});
  });
  REQUIRE(world.carry_out(hold_for("audit")).has_value());
  const Lines tags = world.tags_of(world.principal);
  CHECK(std::find(tags.begin(), tags.end(), "HideApp") != tags.end());
  CHECK(model::hold_reason(tags) == "audit");
}

TEST_CASE("a restart clears the tag that calls for it, but for the jobs that still wait") {
  Operated world;
  Json tags = world.tags_of(world.principal);
  tags.push_back(model::kPendingRestartTag);
  world.graph(http::HttpMethod::patch, "/servicePrincipals/" + world.principal, {{"tags", tags}});
  NamedJob named = world.named();
  named.held.job->others = {"another"};
  REQUIRE(world.carry_out(order_to(JobAction::restart), named).has_value());
  Lines pending = world.tags_of(world.principal);
  std::erase_if(pending,
                [](const std::string& tag) { return !tag.starts_with(model::kPendingRestartTag); });
  CHECK(pending == Lines{model::pending_restart_tag("another")});
}

TEST_CASE("a verdict on deletions needs a job that waits for one") {
  Operated world;
  JobOrder order = order_to(JobAction::restart);
  order.accept_deletes = 5;
  const auto done = world.carry_out(order);
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().kind == ErrorKind::invalid_input);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("what cannot be journalled is not written") {
  Operated world;
  const auto tokens =
      graph_read::make_fixed_token_source(Secret(world.tenant.issue_token()), "a test's");
  graph_read::GraphConnection connection(world.faults, "https://graph.microsoft.com", *tokens);
  graph_read::GraphReader reader(connection);
  graph_write::GraphWriter writer(connection);
  const auto journal = apply::Journal::open("/dev/full", world.clock);
  REQUIRE(journal.has_value());
  const auto done = carry_out_order({connection, reader, writer, **journal, world.clock, {}},
                                    order_to(JobAction::pause), world.named());
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().kind == ErrorKind::io);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("a hold's reason is short and of plain characters") {
  CHECK(is_hold_reason("HR data, ticket #12/b"));
  CHECK_FALSE(is_hold_reason(""));
  CHECK_FALSE(is_hold_reason("a:b"));
  CHECK_FALSE(is_hold_reason("line\nbreak"));
  CHECK_FALSE(is_hold_reason(std::string(101, 'a')));
}

}  // namespace syncwright::operations
