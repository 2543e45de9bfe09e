#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sample.h"
#include "syncwright/report/drift_text.h"
#include "syncwright/report/plan_text.h"

using namespace syncwright;
using namespace syncwright::test;

namespace {

/// `count` applications whose schema differs in one value of its own each.
Plan alike(int count, ChangeType type = ChangeType::schema_put) {
  Plan plan;
  plan.project = "contoso";
  for (int i = 0; i < count; ++i) {
    const bool is_job = type == ChangeType::schema_put;
    Change made =
        change(type, fmt::format("sf-{:02}{}", i, is_job ? "/jobs/default/schema" : "/delete"));
    made.reason = "it differs";
    made.fields = {{"p", nullptr, fmt::format("v{}", i % 3)}};
    made.row = {"rows.csv", i + 2, 1, 0};
    plan.changes.push_back(std::move(made));
  }
  return plan;
}

std::string block(const Plan& plan) {
  const std::string text = render_plan(plan, {});
  const std::size_t begin = text.find("\n\n") + 2;
  return text.substr(begin, text.find("\n\nPlan:") + 1 - begin);
}

}  // namespace

TEST_CASE("from ten on, applications with like changes are shown as one") {
  CHECK(
      block(alike(10)) ==
      "~ 10 applications   will be updated\n"
      "    sf-00, sf-01, sf-02, sf-03, sf-04, sf-05, sf-06, sf-07 and 2 more (--format json lists "
      "them)\n"
      "    ~ change schema of job default   it differs  (rows of rows.csv)\n"
      "        + p  v0 (and 2 other values)\n");
  const std::string nine = block(alike(9));
  CHECK(nine.find("sf-08") != std::string::npos);
  CHECK(nine.find("(row rows.csv:10)") != std::string::npos);
}

TEST_CASE("a group keeps its first manifest line, and says how many others there are") {
  const auto told = [](const std::function<SourceRange(std::size_t)>& origin) {
    Plan plan = alike(10);
    for (std::size_t i = 0; i < plan.changes.size(); ++i) {
      plan.changes[i].row = {};
      plan.changes[i].origin = origin(i);
    }
    const std::string text = block(plan);
    const std::size_t begin = text.find("it differs") + 10;
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  CHECK(told([](std::size_t) { return SourceRange{"a.yaml", 7, 1, 0}; }) == "  (a.yaml:7)");
  const auto line = [](std::size_t i) { return static_cast<int>(i) + 3; };
  CHECK(told([&](std::size_t i) { return SourceRange{"a.yaml", line(i), 1, 0}; }) ==
        "  (a.yaml:3 and 9 others)");
  CHECK(told([&](std::size_t i) { return SourceRange{"a.yaml", line(i / 5), 1, 0}; }) ==
        "  (a.yaml:3 and 1 other)");
  CHECK(told([](std::size_t i) { return SourceRange{fmt::format("{}.yaml", i), 7, 1, 0}; }) ==
        "  (0.yaml:7 and 9 others)");
}

TEST_CASE("of what is deleted or refused every name is shown") {
  CHECK(block(alike(12, ChangeType::application_delete)).find("sf-10, sf-11\n") !=
        std::string::npos);
  Plan refused = alike(12);
  for (Change& made : refused.changes) {
    made.status = ChangeStatus::blocked;
    made.refusal = Refusal{"SW5009", "no such mapping", "look", {}};
  }
  CHECK(block(refused).find("sf-10, sf-11\n") != std::string::npos);
  refused.changes[3].refusal->message = "another reason";
  CHECK(block(refused).find("! 11 applications") == 0);
}

TEST_CASE("unlike changes are never lumped together") {
  const auto one_differs = [](const std::function<void(Change&)>& edit) {
    Plan plan = alike(10);
    edit(plan.changes[9]);
    return block(plan).find("10 applications") == std::string::npos;
  };
  CHECK_FALSE(one_differs([](Change&) {}));
  CHECK(one_differs([](Change& made) { made.fields[0].path = "q"; }));
  CHECK(one_differs([](Change& made) { made.fields[0].after = nullptr; }));
  CHECK(one_differs([](Change& made) { made.risks = {Risk::deprovision}; }));
  CHECK(one_differs([](Change& made) { made.job = "other"; }));
  CHECK(one_differs([](Change& made) { made.principal_type = "user"; }));
  CHECK(one_differs([](Change& made) { made.cause = Cause::tenant; }));
}

TEST_CASE("drift counts every application of a group, and what is pending") {
  Plan plan = alike(10);
  for (Change& made : plan.changes) made.cause = Cause::manifest;
  CHECK(
      render_drift(plan, {}) ==
      "Drift of contoso in tenant (not known)\n"
      "\n"
      "10 applications\n"
      "    sf-00, sf-01, sf-02, sf-03, sf-04, sf-05, sf-06, sf-07 and 2 more (--format json lists "
      "them)\n"
      "    schema of job default differs  the manifest changed, not applied yet  (rows of "
      "rows.csv)\n"
      "        p\n"
      "            tenant    (none)\n"
      "            manifest  v0 (and 2 other values)\n"
      "\n"
      "Drift: 10 differences in 10 applications, 10 of them pending.\n");
}

TEST_CASE("a plan of many applications sums up first, be they of one block or of several") {
  const auto sums_up_first = [](const Plan& plan) {
    const std::string text = render_plan(plan, {});
    return text.find("Plan: ") == text.find('\n') + 1;
  };
  Plan plan = alike(9);
  CHECK_FALSE(sums_up_first(plan));
  plan.changes.push_back(change(ChangeType::application_update, "z/update"));
  CHECK(sums_up_first(plan));
  CHECK(sums_up_first(alike(10)));
}
