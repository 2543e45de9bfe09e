#include "syncwright/plan/change_type.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "syncwright/core/file.h"
#include "syncwright/core/json.h"
#include "syncwright/plan/plan.h"

using namespace syncwright;
using namespace syncwright::plan;

namespace {

std::string text_of(const char* path) {
  const auto text = read_file(std::filesystem::path(SYNCWRIGHT_SOURCE_DIR) / path);
  REQUIRE(text.has_value());
  return *text;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const ChangeTraits& traits : change_types()) all.emplace_back(traits.name);
  return all;
}

/// What stands in backticks on the line that begins with `begins`.
std::vector<std::string> quoted_on_line(const std::string& document, const std::string& begins) {
  const std::size_t begin = document.find("\n" + begins) + 1;
  REQUIRE(begin != 0);
  const std::string line = document.substr(begin, document.find('\n', begin) - begin);
  std::vector<std::string> quoted;
  for (std::size_t open = line.find('`'); open != std::string::npos;) {
    const std::size_t close = line.find('`', open + 1);
    REQUIRE(close != std::string::npos);
    quoted.push_back(line.substr(open + 1, close - open - 1));
    open = line.find('`', close + 1);
  }
  return quoted;
}

}  // namespace

TEST_CASE("the change types stand in the order of the contract, spelled as in the plan's schema") {
  CHECK(names() == quoted_on_line(text_of("docs/contract.md"), "`application.instantiate` →"));
  const auto schema = parse_json(text_of("schemas/plan.schema.json"));
  REQUIRE(schema.has_value());
  CHECK(Json(names()) ==
        schema->at("definitions").at("change").at("properties").at("type").at("enum"));
}

TEST_CASE("every change type has its words, its id and its permission, and no other's") {
  std::set<std::string_view> spellings;
  std::set<std::string_view> titles;
  std::set<std::string_view> differences;
  std::set<std::pair<std::string_view, ChangeSubject>> ids;
  for (const ChangeTraits& traits : change_types()) {
    CAPTURE(traits.name);
    CHECK(&traits_of(traits.type) == &traits);
    CHECK(change_type_from(traits.name) == traits.type);
    CHECK(traits.request.starts_with("/"));
    CHECK(std::string_view("+~->").find(traits.sign) != std::string_view::npos);
    CHECK_FALSE(traits.verdict.empty());
    CHECK(spellings.insert(traits.name).second);
    CHECK_FALSE(traits.title.empty());
    CHECK(titles.insert(traits.title).second);
    // Trying credentials says nothing of the tenant.
    CHECK(traits.difference.empty() == (traits.type == ChangeType::credentials_validate));
    CHECK(differences.insert(traits.difference).second);
    // Whoever is assigned is not removed: the two have one id.
    if (traits.type != ChangeType::assignment_remove) {
      CHECK(ids.insert({traits.id, traits.subject}).second);
    }
  }
}

TEST_CASE("a change type's columns fit together") {
  for (const ChangeTraits& traits : change_types()) {
    CAPTURE(traits.name);
    const auto names_job = [](std::string_view words) {
      return words.find("{job}") != std::string_view::npos;
    };
    const bool is_about_job = traits.subject == ChangeSubject::job;
    CHECK(names_job(traits.id) == is_about_job);
    CHECK(names_job(traits.title) == is_about_job);
    CHECK(names_job(traits.difference) == is_about_job);
    CHECK((traits.payload == PayloadKind::assignment) ==
          (traits.subject == ChangeSubject::assignment));
    CHECK(Change(traits.type).payload.index() == static_cast<std::size_t>(traits.payload));
    if (traits.deletes()) {
      CHECK(traits.sign == '-');
      CHECK(traits.payload == PayloadKind::target);
      CHECK_FALSE(traits.deletion->heading.empty());
      CHECK_FALSE(traits.deletion->effect.empty());
    }
    if (traits.effect != ApplicationEffect::updated) CHECK(traits.comes_or_goes);
    if (traits.comes_or_goes) CHECK(traits.subject == ChangeSubject::application);
    if (traits.risk == RiskSource::settings || traits.risk == RiskSource::schema) {
      CHECK(traits.basis == BasisKind::fields);
    }
  }
}

TEST_CASE("every state of health and every guard reads back, and nothing else does") {
  for (const char* state :
       {"quarantine", "failing", "entry-errors", "paused", "expired", "unmanaged", "surplus"}) {
    const auto read = health_state_from(state);
    REQUIRE(read.has_value());
    CHECK(std::string(to_string(*read)) == state);
  }
  CHECK_FALSE(health_state_from("quarantined").has_value());
  for (const char* guard : {"deprovision", "emptySet", "expose", "maxAssignmentRemovals",
                            "maxDeletes", "maxUpdatesPercent"}) {
    const auto read = guard_from(guard);
    REQUIRE(read.has_value());
    CHECK(std::string(to_string(*read)) == guard);
  }
  CHECK(guard_from("maxDeletes") == Guard::max_deletes);
  CHECK(guard_from("maxUpdatesPercent") == Guard::max_updates_percent);
  CHECK_FALSE(guard_from("maxUpdates").has_value());
  CHECK(health_state_from("surplus") == HealthState::surplus);
}
