#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "world.h"

namespace syncwright::apply {

namespace {

/// A request of one kind, of which the first is disturbed.
struct Disturbed {
  const char* what;
  std::function<bool(const http::HttpRequest& request)> is_it;
};

bool is_post_to(const http::HttpRequest& request, const char* end) {
  return request.method == http::HttpMethod::post && request.url.ends_with(end);
}

const std::vector<Disturbed>& creates() {
  static const std::vector<Disturbed> list{
      {"instantiate",
       [](const http::HttpRequest& request) { return is_post_to(request, "/instantiate"); }},
      {"job", [](const http::HttpRequest& request) { return is_post_to(request, "/jobs"); }},
      {"assignment",
       [](const http::HttpRequest& request) { return is_post_to(request, "/appRoleAssignedTo"); }},
      {"claim", [](const http::HttpRequest& request) {
         return request.method == http::HttpMethod::patch &&
                request.body.find("uniqueName") != std::string::npos;
       }}};
  return list;
}

/// crm with one member, over the transports as the program stacks them.
struct Disturbable : World {
  explicit Disturbable(emulator::TenantOptions tenant_options = {})
      : World(tenant_options), desired(samples::of(samples::crm())) {
    options.parallelism = 1;
    options.journal = "/dev/null";
    retries = true;
    model::DesiredAssignments& assignments = desired.applications[0].assignments.emplace();
    assignments.members.emplace_back().principal = "ingrid.falk@contoso.example";
  }

  /// As `origin` was when its tenant's state was `state`.
  Disturbable(const Disturbable& origin, const Json& state)
      : World(state, origin.clock.now()), desired(origin.desired) {
    options.parallelism = 1;
    options.journal = "/dev/null";
    retries = true;
  }

  void disturb_first(const Disturbed& disturbed, Fault fault) {
    faults.set([&disturbed, fault, done = false](const http::HttpRequest& request, int) mutable {
      if (done || !disturbed.is_it(request)) return Fault::none;
      done = true;
      return fault;
    });
  }
  std::size_t count(const std::string& path) {
    const std::string principal = service_principal_of("Salesforce Contoso");
    return graph(http::HttpMethod::get, "/servicePrincipals/" + principal + path)["value"].size();
  }
  /// Whatever came before: the next apply finishes, and nothing is there twice.
  void finish_once() {
    faults.heal();
    clock.advance(Milliseconds{60'000});
    const auto report = plan_and_apply(desired);
    REQUIRE(report.has_value());
    CAPTURE(canonical_json(to_json(*report)));
    CHECK(report->all_done());
    CHECK_FALSE(plan(desired).has_changes());
    CHECK(applications().size() == 1);
    CHECK(count("/synchronization/jobs") == 1);
    CHECK(count("/appRoleAssignedTo") == 1);
  }

  /// The disturbed apply gets everything done by itself.
  void finish_disturbed() {
    const auto report = plan_and_apply(desired);
    REQUIRE(report.has_value());
    CAPTURE(canonical_json(to_json(*report)));
    CHECK(report->all_done());
    finish_once();
  }

  model::Desired desired;
};

/// What the service itself answered.
constexpr std::initializer_list<Fault> kAnswered{Fault::unavailable,    Fault::throttled,
                                                 Fault::server_error,   Fault::unavailable_done,
                                                 Fault::throttled_done, Fault::server_error_done};

}  // namespace

TEST_CASE("a create that the service did not answer with success is looked for, then decided") {
  for (const Milliseconds delay : {Milliseconds{0}, Milliseconds{3'000}}) {
    for (const Disturbed& create : creates()) {
      for (const Fault fault : kAnswered) {
        CAPTURE(std::string(create.what));
        CAPTURE(static_cast<int>(fault));
        CAPTURE(delay.count());
        Disturbable world({.replication_delay = delay});
        world.disturb_first(create, fault);
        world.finish_disturbed();
      }
    }
  }
}

TEST_CASE("a create that nobody answered is found where it took effect, and not made twice") {
  for (const Disturbed& create : creates()) {
    for (const Fault fault :
         {Fault::lost_answer, Fault::html, Fault::empty_done, Fault::not_sent, Fault::swallowed}) {
      CAPTURE(std::string(create.what));
      CAPTURE(static_cast<int>(fault));
      Disturbable world;
      world.disturb_first(create, fault);
      const auto report = world.plan_and_apply(world.desired);
      REQUIRE(report.has_value());
      CAPTURE(canonical_json(to_json(*report)));
      if (takes_effect(fault)) CHECK(report->all_done());
      CHECK(report->count(plan::OutcomeState::failed) == 0);
      world.finish_once();
    }
  }
}

TEST_CASE("a batch that was refused makes nothing twice, whether it was carried out or not") {
  for (const Disturbed& create : creates()) {
    if (create.what == std::string("instantiate")) continue;  // goes by itself
    for (const Fault fault : {Fault::not_found, Fault::forbidden, Fault::not_found_done}) {
      CAPTURE(std::string(create.what));
      CAPTURE(static_cast<int>(fault));
      Disturbable world;
      world.batched = true;
      world.disturb_first(create, fault);
      world.finish_disturbed();
    }
  }
}

TEST_CASE("a create is asked for a bounded number of times") {
  for (const Disturbed& create : creates()) {
    for (const Fault fault : {Fault::unavailable, Fault::throttled, Fault::server_error}) {
      CAPTURE(std::string(create.what));
      CAPTURE(static_cast<int>(fault));
      Disturbable world;
      int sent = 0;
      world.faults.set([&](const http::HttpRequest& request, int) {
        if (!create.is_it(request)) return Fault::none;
        ++sent;
        return fault;
      });
      const Instant begun = world.clock.now();
      const auto report = world.plan_and_apply(world.desired);
      REQUIRE(report.has_value());
      CHECK_FALSE(report->all_done());
      CHECK(sent <= 64);
      CHECK(world.clock.now() - begun < Milliseconds{600'000});
      world.finish_once();
    }
  }
}

namespace {

const std::vector<Disturbed>& repeatable_writes() {
  static const std::vector<Disturbed> list{
      {"start", [](const http::HttpRequest& request) { return is_post_to(request, "/start"); }},
      {"secrets",
       [](const http::HttpRequest& request) {
         return request.method == http::HttpMethod::put && request.url.ends_with("/secrets");
       }},
      {"schema",
       [](const http::HttpRequest& request) {
         return request.method == http::HttpMethod::put && request.url.ends_with("/schema");
       }},
      {"tags", [](const http::HttpRequest& request) {
         return request.method == http::HttpMethod::patch &&
                request.url.find("/servicePrincipals/") != std::string::npos;
       }}};
  return list;
}

constexpr std::initializer_list<Fault> kAnyAnswer{
    Fault::unavailable,  Fault::unavailable_done,  Fault::throttled, Fault::throttled_done,
    Fault::server_error, Fault::server_error_done, Fault::not_sent,  Fault::lost_answer,
    Fault::html,         Fault::empty_done,        Fault::swallowed};

}  // namespace

TEST_CASE("a write that may be repeated gets done, whatever its first answer was") {
  for (const Disturbed& write : repeatable_writes()) {
    for (const Fault fault : kAnyAnswer) {
      CAPTURE(std::string(write.what));
      CAPTURE(static_cast<int>(fault));
      Disturbable world;
      world.disturb_first(write, fault);
      const auto report = world.plan_and_apply(world.desired);
      REQUIRE(report.has_value());
      CAPTURE(canonical_json(to_json(*report)));
      CHECK(report->all_done());
      world.finish_once();
    }
  }
}

TEST_CASE("a pause gets done likewise, and a restart is done or said to be unknown") {
  Disturbable origin;
  origin.desired.applications[0].scope = model::Scope::all;
  REQUIRE(origin.plan_and_apply(origin.desired).value().all_done());
  origin.clock.advance(Milliseconds{86'400'000});
  origin.desired.applications[0].scope = model::Scope::assigned;
  const Json state = parse_json(origin.tenant.state_text()).value();
  for (const Fault fault : kAnyAnswer) {
    CAPTURE(static_cast<int>(fault));
    Disturbable world(origin, state);
    const Disturbed restart{"restart", [](const http::HttpRequest& request) {
                              return is_post_to(request, "/restart");
                            }};
    world.disturb_first(restart, fault);
    const plan::ApplyReport restarted = world.plan_and_apply(world.desired).value();
    CHECK(restarted.count(plan::OutcomeState::failed) == 0);
    world.finish_once();

    world.desired.applications[0].jobs[0].state = model::JobState::paused;
    const Disturbed pause{
        "pause", [](const http::HttpRequest& request) { return is_post_to(request, "/pause"); }};
    world.disturb_first(pause, fault);
    CHECK(world.plan_and_apply(world.desired).value().all_done());
    world.finish_once();
  }
}

TEST_CASE("a new value of a secret whose PUT nobody answered is not taken for saved") {
  Disturbable world;
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  world.desired.applications[0].credentials->revision = "2026-12";
  world.faults.set([](const http::HttpRequest& request, int) {
    return request.method == http::HttpMethod::put ? Fault::not_sent : Fault::none;
  });
  const plan::ApplyReport report = world.plan_and_apply(world.desired).value();
  CHECK(report.outcomes.back().state == plan::OutcomeState::unknown);
  const auto tags = world.tags_of(world.service_principal_of("Salesforce Contoso"));
  CHECK(model::tag_value(tags, model::kCredentialsTag) == "2026-11");
  world.finish_once();
}

TEST_CASE("a new job whose start fails for good is not waited for as if it were young") {
  Disturbable world;
  int sent = 0;
  world.faults.set([&](const http::HttpRequest& request, int) {
    if (!is_post_to(request, "/start")) return Fault::none;
    ++sent;
    return Fault::server_error;
  });
  const Instant begun = world.clock.now();
  const plan::ApplyReport report = world.plan_and_apply(world.desired).value();
  CHECK(report.outcomes.back().state == plan::OutcomeState::unknown);
  CHECK(sent == 12);  // three times, each four times by the transport
  CHECK(world.clock.now() - begun < Milliseconds{120'000});
}

TEST_CASE("a read that answers 500 for a moment does not fail the apply") {
  Disturbable world;
  int number = 0;
  world.faults.set([&](const http::HttpRequest& request, int) {
    return request.method == http::HttpMethod::get && ++number % 3 == 0 ? Fault::server_error
                                                                        : Fault::none;
  });
  CHECK(world.plan_and_apply(world.desired).value().all_done());
  world.finish_once();
}

}  // namespace syncwright::apply
