#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "world.h"

namespace syncwright {

namespace {

const char* const kForeignTag = "cost-center:7";

/// An application that is as its manifest says and has things of other people's beside; then a
/// manifest that changes its names, scope, credentials and schema.
struct Shared : World {
  Shared() : desired(samples::of(samples::crm())) {
    options.parallelism = 1;
    options.journal = "/dev/null";
    crm().scope = Scope::all;
    REQUIRE(plan_and_apply(desired).value().all_done());
    principal = "/servicePrincipals/" + service_principal_of("Salesforce Contoso");
    const Json jobs = graph(HttpMethod::get, principal + "/synchronization/jobs");
    job = principal + "/synchronization/jobs/" + jobs["value"][0]["id"].get<std::string>();
    clock.advance(Milliseconds{86'400'000});
    add_tag(kForeignTag);
    save("Domain", "contoso");

    crm().display_name = "Salesforce Fabrikam";
    crm().scope = Scope::assigned;
    crm().credentials->revision = "2026-12";
    Expression expression;
    expression.kind = Expression::Kind::attribute;
    expression.text = "extensionAttribute11";
    crm().jobs[0].schema->mappings[0].attributes[0].source = MappingSource{expression};
  }

  DesiredApplication& crm() { return desired.applications[0]; }

  void write_tags(const Json& tags) { graph(HttpMethod::patch, principal, {{"tags", tags}}); }
  std::vector<std::string> tags() {
    return graph(HttpMethod::get, principal)["tags"].get<std::vector<std::string>>();
  }
  bool has_tag(const std::string& tag) {
    const auto now = tags();
    return std::find(now.begin(), now.end(), tag) != now.end();
  }
  void add_tag(const std::string& tag) {
    auto now = tags();
    now.push_back(tag);
    write_tags(now);
  }
  void remove_tag(const std::string& tag) {
    auto now = tags();
    std::erase(now, tag);
    write_tags(now);
  }

  void save(const std::string& key, const std::string& value) {
    graph(HttpMethod::put, principal + "/synchronization/secrets",
          {{"value", {{{"key", key}, {"value", value}}}}});
  }
  std::string saved(const std::string& key) {
    const Json secrets = graph(HttpMethod::get, principal + "/synchronization/secrets");
    for (const Json& pair : secrets["value"]) {
      if (pair["key"] == key) return pair["value"].get<std::string>();
    }
    return {};
  }

  /// The attribute mapping of that target in a schema, of the user's object mapping.
  static Json& user_mapping(Json& schema, const std::string& target) {
    for (Json& rule : schema["synchronizationRules"]) {
      for (Json& object : rule["objectMappings"]) {
        if (object["sourceObjectName"] != "User") continue;
        for (Json& mapping : object["attributeMappings"]) {
          if (mapping["targetAttributeName"] == target) return mapping;
        }
      }
    }
    FAIL("no mapping of " << target);
    return schema;
  }
  void set_default(const std::string& target, const std::string& value) {
    Json schema = graph(HttpMethod::get, job + "/schema");
    user_mapping(schema, target)["defaultValue"] = value;
    graph(HttpMethod::put, job + "/schema", schema);
  }
  Json default_of(const std::string& target) {
    Json schema = graph(HttpMethod::get, job + "/schema");
    return user_mapping(schema, target)["defaultValue"];
  }

  Desired desired;
  std::string principal;
  std::string job;
};

/// Something that somebody else does while an apply is under way.
struct ForeignEdit {
  const char* what;
  std::function<void(Shared& world)> make;
  std::function<bool(Shared& world)> is_there;
  /// The end of the one write in whose round trip it may be lost without a word
  /// (docs/architecture.md, "What stays unguarded").
  std::function<bool(const Shared& world, const std::string& line)> is_window;
};

bool is_schema_put(const Shared& world, const std::string& line) {
  return line == "PUT " + world.job + "/schema";
}
bool is_secrets_put(const Shared& world, const std::string& line) {
  return line == "PUT " + world.principal + "/synchronization/secrets";
}
bool is_tags_patch(const Shared& world, const std::string& line) {
  return line == "PATCH " + world.principal;
}

const std::vector<ForeignEdit>& foreign_edits() {
  static const std::vector<ForeignEdit> edits{
      {"the schema elsewhere", [](Shared& world) { world.set_default("City", "Turin"); },
       [](Shared& world) { return world.default_of("City") == "Turin"; }, is_schema_put},
      {"the same mapping", [](Shared& world) { world.set_default("officeCode", "HQ"); },
       [](Shared& world) { return world.default_of("officeCode") == "HQ"; }, is_schema_put},
      {"a clear key that the manifest manages",
       [](Shared& world) { world.save("UserName", "somebody@contoso.com"); },
       [](Shared& world) { return world.saved("UserName") == "somebody@contoso.com"; },
       is_secrets_put},
      {"a clear key that nobody manages", [](Shared& world) { world.save("Domain", "fabrikam"); },
       [](Shared& world) { return world.saved("Domain") == "fabrikam"; }, is_secrets_put},
      {"a tag that is added", [](Shared& world) { world.add_tag("team:blue"); },
       [](Shared& world) { return world.has_tag("team:blue"); }, is_tags_patch},
      {"a tag that is removed", [](Shared& world) { world.remove_tag(kForeignTag); },
       [](Shared& world) { return !world.has_tag(kForeignTag); }, is_tags_patch},
  };
  return edits;
}

/// Applies; just before the request of that number somebody makes the edit.
Result<ApplyReport> apply_beside(Shared& world, const ForeignEdit& edit, int at) {
  const Plan plan = world.plan(world.desired);
  world.faults.forget();
  world.faults.before([&world, &edit, at, number = 0](const HttpRequest&) mutable {
    if (++number == at) edit.make(world);
  });
  auto report = world.apply(plan, world.desired);
  world.faults.before(nullptr);
  return report;
}

int requests_of_an_undisturbed_apply() {
  Shared world;
  const Plan plan = world.plan(world.desired);
  world.faults.forget();
  REQUIRE(world.apply(plan, world.desired).value().all_done());
  return static_cast<int>(world.faults.lines().size());
}

}  // namespace

TEST_CASE(
    "what somebody else does during an apply is lost in one round trip of three writes only") {
  const int requests = requests_of_an_undisturbed_apply();
  REQUIRE(requests > 25);
  for (const ForeignEdit& edit : foreign_edits()) {
    CAPTURE(std::string(edit.what));
    int lost = 0;
    for (int at = 1; at <= requests; ++at) {
      CAPTURE(at);
      Shared world;
      const auto report = apply_beside(world, edit, at);
      REQUIRE(report.has_value());
      const std::vector<std::string> lines = world.faults.lines();
      // An edit that ends the apply early needs no later request.
      if (static_cast<std::size_t>(at) > lines.size()) continue;
      if (edit.is_there(world)) continue;
      const std::string line = lines.at(static_cast<std::size_t>(at) - 1);
      CAPTURE(line);
      CAPTURE(canonical_json(to_json(*report)));
      CHECK((edit.is_window(world, line) || !report->all_done()));
      ++lost;
    }
    // Each of the windows is there, and nothing but the windows: one PUT of each kind, and the
    // PATCHes of the names, the pending restart, the revision, the restart and the record.
    CHECK(lost <= 5);
  }
}

TEST_CASE("nothing stands between the read of a body and its write") {
  Shared world;
  const Plan plan = world.plan(world.desired);
  world.faults.forget();
  REQUIRE(world.apply(plan, world.desired).value().all_done());
  const std::vector<std::string> lines = world.faults.lines();
  const std::string secrets = world.principal + "/synchronization/secrets";
  for (std::size_t i = 1; i < lines.size(); ++i) {
    CAPTURE(lines[i]);
    if (is_schema_put(world, lines[i])) CHECK(lines[i - 1] == "GET " + world.job + "/schema");
    if (is_secrets_put(world, lines[i])) CHECK(lines[i - 1] == "GET " + secrets);
    if (is_tags_patch(world, lines[i])) {
      CHECK(lines[i - 1].starts_with("GET " + world.principal + "?"));
    }
  }
}

TEST_CASE("a body is read again before it is sent again, however long the service made it wait") {
  for (const Fault fault : {Fault::unavailable, Fault::throttled, Fault::not_sent}) {
    for (const ForeignEdit& edit : foreign_edits()) {
      CAPTURE(std::string(edit.what));
      CAPTURE(static_cast<int>(fault));
      Shared world;
      world.retries = true;
      const Plan plan = world.plan(world.desired);
      // The first write of its kind is not answered; the edit comes while that is waited out.
      int since = 0;
      world.faults.set([&](const HttpRequest& request, int) {
        const std::size_t path = request.url.find("/servicePrincipals/");
        if (since > 0 || path == std::string::npos) return Fault::none;
        const std::string line =
            std::string(to_string(request.method)) + " " + request.url.substr(path);
        if (!edit.is_window(world, line)) return Fault::none;
        since = 1;
        return fault;
      });
      world.faults.before([&](const HttpRequest&) {
        if (since > 0 && ++since == 3) edit.make(world);
      });
      const auto report = world.apply(plan, world.desired);
      REQUIRE(report.has_value());
      CAPTURE(canonical_json(to_json(*report)));
      CHECK(since >= 3);
      CHECK(edit.is_there(world));
    }
  }
}

}  // namespace syncwright
