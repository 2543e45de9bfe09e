#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "world.h"

namespace syncwright::apply {

namespace {

const char* const kForeignTag = "cost-center:7";

/// An application that is as its manifest says and has things of other people's beside; then a
/// manifest that changes its names, scope, credentials and schema.
struct Shared : World {
  Shared() : desired(samples::of(samples::crm())) {
    options.parallelism = 1;
    options.journal = "/dev/null";
    crm().scope = model::Scope::all;
    REQUIRE(plan_and_apply(desired).value().all_done());
    principal = "/servicePrincipals/" + service_principal_of("Salesforce Contoso");
    const Json jobs = graph(http::HttpMethod::get, principal + "/synchronization/jobs");
    job = principal + "/synchronization/jobs/" + jobs["value"][0]["id"].get<std::string>();
    clock.advance(Milliseconds{86'400'000});
    add_tag(kForeignTag);
    save("Domain", "contoso");

    crm().display_name = "Salesforce Fabrikam";
    crm().scope = model::Scope::assigned;
    crm().credentials->revision = "2026-12";
    expression::Expression expression;
    expression.kind = expression::Expression::Kind::attribute;
    expression.text = "extensionAttribute11";
    crm().jobs[0].schema->mappings[0].attributes[0].source = schema::MappingSource{expression};
    reviewed = plan(desired);
  }
  /// As `origin` was when its tenant's state was `state`.
  Shared(const Shared& origin, const Json& state)
      : World(state, origin.clock.now()),
        desired(origin.desired),
        reviewed(origin.reviewed),
        principal(origin.principal),
        job(origin.job) {
    options.parallelism = 1;
    options.journal = "/dev/null";
  }

  [[nodiscard]] Json state() const { return parse_json(tenant.state_text()).value(); }

  model::DesiredApplication& crm() { return desired.applications[0]; }

  void write_tags(const Json& tags) { graph(http::HttpMethod::patch, principal, {{"tags", tags}}); }
  std::vector<std::string> tags() {
    return graph(http::HttpMethod::get, principal)["tags"].get<std::vector<std::string>>();
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
    graph(http::HttpMethod::put, principal + "/synchronization/secrets",
          {{"value", {{{"key", key}, {"value", value}}}}});
  }
  std::string saved(const std::string& key) {
    const Json secrets = graph(http::HttpMethod::get, principal + "/synchronization/secrets");
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
    Json schema = graph(http::HttpMethod::get, job + "/schema");
    user_mapping(schema, target)["defaultValue"] = value;
    graph(http::HttpMethod::put, job + "/schema", schema);
  }
  Json default_of(const std::string& target) {
    Json schema = graph(http::HttpMethod::get, job + "/schema");
    return user_mapping(schema, target)["defaultValue"];
  }

  model::Desired desired;
  plan::Plan reviewed;  ///< what `desired` needs
  std::string principal;
  std::string job;
};

/// The moment before the apply, made once: each story begins there with a tenant of its own.
class Moment {
 public:
  explicit Moment(bool batched = false) : batched_(batched) {}
  [[nodiscard]] std::unique_ptr<Shared> again() const {
    auto world = std::make_unique<Shared>(origin_, state_);
    world->batched = batched_;
    return world;
  }

 private:
  bool batched_;
  Shared origin_;
  Json state_ = origin_.state();
};

/// Something that somebody else does while an apply is under way.
struct ForeignEdit {
  const char* what;
  std::function<void(Shared& world)> make;
  std::function<bool(Shared& world)> is_there;
  /// The end of the one write in whose round trip it may be lost without a word
  /// (docs/architecture.md, "What stays unguarded").
  std::function<bool(const Shared& world, const std::string& line)> is_window;
  int windows;  ///< such writes of an apply that nobody disturbs
};

/// The PATCHes of the names, of the pending restart, and of all that the last change records.
constexpr int kTagsPatches = 3;

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
       [](Shared& world) { return world.default_of("City") == "Turin"; }, is_schema_put, 1},
      {"the same mapping", [](Shared& world) { world.set_default("officeCode", "HQ"); },
       [](Shared& world) { return world.default_of("officeCode") == "HQ"; }, is_schema_put, 1},
      {"a clear key that the manifest manages",
       [](Shared& world) { world.save("UserName", "somebody@contoso.com"); },
       [](Shared& world) { return world.saved("UserName") == "somebody@contoso.com"; },
       is_secrets_put, 1},
      {"a clear key that nobody manages", [](Shared& world) { world.save("Domain", "fabrikam"); },
       [](Shared& world) { return world.saved("Domain") == "fabrikam"; }, is_secrets_put, 1},
      {"a tag that is added", [](Shared& world) { world.add_tag("team:blue"); },
       [](Shared& world) { return world.has_tag("team:blue"); }, is_tags_patch, kTagsPatches},
      {"a tag that is removed", [](Shared& world) { world.remove_tag(kForeignTag); },
       [](Shared& world) { return !world.has_tag(kForeignTag); }, is_tags_patch, kTagsPatches},
  };
  return edits;
}

/// Somebody makes the edit just before the request of that number, counted from 1.
struct TimedEdit {
  const ForeignEdit* edit;
  int at;
};

/// Finds the stories that differ, beside an apply that nobody disturbs.
///
/// An edit before a write is a story always. A GET changes nothing; where its answer is the same
/// with the edit and without it, byte by byte, neither the program nor the tenant is in another
/// state behind it than if the edit came before the next request: the same story, told there. So
/// the stories cover every edit before every request, those before the last answers that do not
/// show them aside: these come after the apply.
class StoryFinder {
 public:
  explicit StoryFinder(const Moment& moment) : world_(moment.again()) {}

  std::vector<TimedEdit> run() {
    world_->faults.before([this](const http::HttpRequest& request) { before(request); });
    REQUIRE(world_->apply(world_->reviewed, world_->desired).value().all_done());
    REQUIRE(number_ > (world_->batched ? 15 : 25));
    return std::move(stories_);
  }

 private:
  void before(const http::HttpRequest& request) {
    ++number_;
    if (request.method != http::HttpMethod::get) edited_.clear();  // they lack what it writes
    if (request.method == http::HttpMethod::get) edit_twins();
    for (std::size_t at = 0; at < foreign_edits().size(); ++at) {
      if (at < edited_.size() && answers_alike(*edited_[at], request)) continue;
      stories_.push_back({&foreign_edits()[at], number_});
    }
  }

  /// Tenants like that of the apply, each with one edit more.
  void edit_twins() {
    if (!edited_.empty() && edited_.front()->clock.now() == world_->clock.now()) return;
    edited_.clear();
    const Json state = world_->state();
    for (const ForeignEdit& edit : foreign_edits()) {
      edited_.push_back(std::make_unique<Shared>(*world_, state));
      edit.make(*edited_.back());
    }
  }

  bool answers_alike(Shared& twin, const http::HttpRequest& request) {
    const http::HttpResponse plain = world_->tenant.handle(request);
    const http::HttpResponse other = twin.tenant.handle(request);
    return plain.status == other.status && plain.body == other.body;
  }

  std::unique_ptr<Shared> world_;
  std::vector<std::unique_ptr<Shared>> edited_;  ///< by foreign edit
  std::vector<TimedEdit> stories_;
  int number_ = 0;
};

/// Applies; just before the request of that number somebody makes the edit.
Result<plan::ApplyReport> apply_beside(Shared& world, const TimedEdit& story) {
  world.faults.before([&world, &story, number = 0](const http::HttpRequest&) mutable {
    if (++number == story.at) story.edit->make(world);
  });
  auto report = world.apply(world.reviewed, world.desired);
  world.faults.before(nullptr);
  return report;
}

/// Whether the edit was lost; a loss without a word is a fault, except in a window.
bool is_lost(const Moment& moment, const TimedEdit& story) {
  CAPTURE(std::string(story.edit->what));
  CAPTURE(story.at);
  const auto world = moment.again();
  const auto report = apply_beside(*world, story);
  REQUIRE(report.has_value());
  const std::vector<std::string> lines = world->faults.lines();
  // An edit that ends the apply early needs no later request.
  if (static_cast<std::size_t>(story.at) > lines.size()) return false;
  if (story.edit->is_there(*world)) return false;
  const std::string line = lines.at(static_cast<std::size_t>(story.at) - 1);
  CAPTURE(line);
  CAPTURE(canonical_json(to_json(*report)));
  CHECK((story.edit->is_window(*world, line) || !report->all_done()));
  return true;
}

}  // namespace

TEST_CASE(
    "what somebody else does during an apply is lost in one round trip of three writes only") {
  bool batched = false;
  SUBCASE("each by itself") {}
  SUBCASE("in batches") {
    batched = true;
  }
  const Moment moment(batched);
  std::map<const ForeignEdit*, int> lost;
  for (const TimedEdit& story : StoryFinder(moment).run()) {
    if (is_lost(moment, story)) ++lost[story.edit];
  }
  for (const ForeignEdit& edit : foreign_edits()) {
    CAPTURE(std::string(edit.what));
    // Each of the windows is there, and nothing but the windows.
    CHECK(lost[&edit] == edit.windows);
  }
}

TEST_CASE("nothing stands between the read of a body and its write") {
  Shared world;
  SUBCASE("each by itself") {}
  SUBCASE("in batches") {
    world.batched = true;
  }
  world.faults.forget();
  REQUIRE(world.apply(world.reviewed, world.desired).value().all_done());
  const std::vector<std::string> lines = world.faults.items();
  const std::string secrets = world.principal + "/synchronization/secrets";
  for (std::size_t i = 1; i < lines.size(); ++i) {
    CAPTURE(lines[i]);
    if (is_schema_put(world, lines[i])) CHECK(lines[i - 1] == "GET " + world.job + "/schema");
    if (is_secrets_put(world, lines[i])) CHECK(lines[i - 1] == "GET " + secrets);
    if (is_tags_patch(world, lines[i])) CHECK(lines[i - 1] == "GET " + world.principal);
  }
}

TEST_CASE("a body is read again before it is sent again, however long the service made it wait") {
  const Moment moment;
  for (const Fault fault : {Fault::unavailable, Fault::throttled, Fault::not_sent}) {
    for (const ForeignEdit& edit : foreign_edits()) {
      CAPTURE(std::string(edit.what));
      CAPTURE(static_cast<int>(fault));
      const auto made = moment.again();
      Shared& world = *made;
      world.retries = true;
      // The first write of its kind is not answered; the edit comes while that is waited out.
      int since = 0;
      world.faults.set([&](const http::HttpRequest& request, int) {
        const std::size_t path = request.url.find("/servicePrincipals/");
        if (since > 0 || path == std::string::npos) return Fault::none;
        const std::string line =
            std::string(to_string(request.method)) + " " + request.url.substr(path);
        if (!edit.is_window(world, line)) return Fault::none;
        since = 1;
        return fault;
      });
      world.faults.before([&](const http::HttpRequest&) {
        if (since > 0 && ++since == 3) edit.make(world);
      });
      const auto report = world.apply(world.reviewed, world.desired);
      REQUIRE(report.has_value());
      CAPTURE(canonical_json(to_json(*report)));
      CHECK(since >= 3);
      CHECK(edit.is_there(world));
    }
  }
}

}  // namespace syncwright::apply
