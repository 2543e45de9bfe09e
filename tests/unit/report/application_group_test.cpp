#include <doctest/doctest.h>
#include <fmt/format.h>

#include "report/drift_report.h"
#include "sample.h"
#include "syncwright/report/plan_text.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

namespace {

/// `count` applications whose schema differs in one value of its own each.
plan::Plan alike(int count, plan::ChangeType type = plan::ChangeType::schema_put) {
  plan::Plan plan;
  plan.project = "contoso";
  for (int i = 0; i < count; ++i) {
    const bool is_job = type == plan::ChangeType::schema_put;
    plan::Change made =
        change(type, fmt::format("sf-{:02}{}", i, is_job ? "/jobs/default/schema" : "/delete"));
    made.reason = "it differs";
    made.fields = {{"p", nullptr, fmt::format("v{}", i % 3)}};
    made.row = {"rows.csv", i + 2, 1, 0};
    plan.changes.push_back(std::move(made));
  }
  return plan;
}

std::string block(const plan::Plan& plan) {
  const std::string text = render_plan(plan, {});
  const std::size_t begin = text.find("\n\n") + 2;
  return text.substr(begin, text.find("\n\nPlan:") + 1 - begin);
}

}  // namespace

TEST_CASE("from three on, applications with like changes are shown as one") {
  CHECK(block(alike(3)) ==
        "~ 3 applications   will be updated\n"
        "    ~ change schema of job default   it differs  (rows of rows.csv)\n"
        "        + p  <p>\n"
        "    application   p\n"
        "    sf-00         v0\n"
        "    sf-01         v1\n"
        "    sf-02         v2\n");
  CHECK(block(alike(2)) ==
        "~ sf-00   will be updated\n"
        "    ~ change schema of job default   it differs  (row rows.csv:2)\n"
        "        + p  v0\n"
        "\n"
        "~ sf-01   will be updated\n"
        "    ~ change schema of job default   it differs  (row rows.csv:3)\n"
        "        + p  v1\n");
  plan::Plan equal = alike(3);
  for (plan::Change& made : equal.changes) made.fields[0].after = "same";
  CHECK(block(equal) ==
        "~ 3 applications   will be updated\n"
        "    sf-00, sf-01, sf-02\n"
        "    ~ change schema of job default   it differs  (rows of rows.csv)\n"
        "        + p  same\n");
}

TEST_CASE("applications that differ in the group alone are one block with the groups beside them") {
  plan::Plan plan;
  plan.project = "contoso";
  for (const char* name : {"red", "green", "blue"}) {
    plan::Change made =
        change(plan::ChangeType::assignment_add, std::string(name) + "/assignments/group:1/-");
    made.payload = plan::AssignmentPayload{"group", "", ""};
    made.reason = "the manifest names it, and it is not there";
    made.fields = {{"principal", nullptr, fmt::format("Team {}", name)}, {"role", nullptr, "User"}};
    plan.changes.push_back(std::move(made));
    plan::Change settings =
        change(plan::ChangeType::credentials_save, std::string(name) + "/credentials");
    settings.reason = fmt::format("the revision went from \"1\" to \"{}\"", name);
    settings.fields = {
        {"credentials.revision", "1", name},
        {"credentials.BaseAddress", fmt::format("https://{}.old/", name), "https://x/"}};
    plan.changes.push_back(std::move(settings));
  }
  CHECK(block(plan) ==
        "~ 3 applications   will be updated\n"
        "    + assign group <group> as User   the manifest names it, and it is not there\n"
        "    ~ save settings                  the revision went from \"1\" to \"<application>\"\n"
        "        ~ credentials.revision     1 → <revision>\n"
        "        ~ credentials.BaseAddress  <old BaseAddress> → https://x/\n"
        "    application   group        revision   old BaseAddress\n"
        "    red           Team red     red        https://red.old/\n"
        "    green         Team green   green      https://green.old/\n"
        "    blue          Team blue    blue       https://blue.old/\n");
}

TEST_CASE("a table keeps to the terminal: columns wrap below each other, values stay whole") {
  plan::Plan plan;
  plan.project = "contoso";
  for (int i = 0; i < 3; ++i) {
    plan::Change made =
        change(plan::ChangeType::application_update,
               i == 2 ? std::string(45, 'x') + "/update" : fmt::format("a-{}/update", i));
    made.reason = "it differs";
    made.fields = {{"one", nullptr, fmt::format("{} {} {}", i, std::string(30, 'a'), "end")},
                   {"a.two", nullptr, fmt::format("{}{}", i, std::string(24, 'b'))},
                   {"b.two", nullptr, fmt::format("{} {} {}", i, std::string(50, 'c'), "end")}};
    plan.changes.push_back(std::move(made));
  }
  Style narrow;
  narrow.width = 80;
  const std::string text = render_plan(plan, narrow);
  const std::size_t begin = text.find("    application ");
  const std::string bs(24, 'b');
  const std::string as(30, 'a');
  const std::string cs(50, 'c');
  const std::string xs(45, 'x');
  CHECK(text.substr(begin, text.find("\n\nPlan:") + 1 - begin) ==
        "    application   one\n"
        "    a-0           0 " +
            as +
            " end\n"
            "    a-1           1 " +
            as +
            " end\n"
            "    " +
            xs +
            "\n"
            "                  2 " +
            as +
            " end\n"
            "    application   two\n"
            "    a-0           0" +
            bs +
            "\n"
            "    a-1           1" +
            bs +
            "\n"
            "    " +
            xs +
            "\n"
            "                  2" +
            bs +
            "\n"
            "    application   b.two\n"
            "    a-0           0 " +
            cs +
            " end\n"
            "    a-1           1 " +
            cs +
            " end\n"
            "    " +
            xs +
            "\n"
            "                  2 " +
            cs + " end\n");
}

TEST_CASE("a few applications that differ in nearly everything stand by themselves") {
  const auto told = [](int applications, int fields) {
    plan::Plan plan = alike(applications);
    for (std::size_t i = 0; i < plan.changes.size(); ++i) {
      plan.changes[i].fields.clear();
      for (int k = 0; k < fields; ++k) {
        plan.changes[i].fields.push_back(
            {fmt::format("p{}", k), nullptr, fmt::format("{}-{}", i, k)});
      }
    }
    return block(plan);
  };
  CHECK(told(9, 6).starts_with("~ 9 applications"));
  CHECK(told(9, 7).starts_with("~ sf-00 "));
  CHECK(told(10, 7).starts_with("~ 10 applications"));
}

TEST_CASE("of very many the first rows are shown, unless they say who gets access") {
  const std::string many = block(alike(21));
  CHECK(many.find("    sf-07         v1\n    and 13 more (--format json lists them)\n") !=
        std::string::npos);
  CHECK(block(alike(20)).find("    sf-19         v1\n") != std::string::npos);
  plan::Plan assigned = alike(21);
  for (plan::Change& made : assigned.changes) {
    made.type = plan::ChangeType::assignment_add;
    made.payload = plan::AssignmentPayload{"group", "", ""};
    made.fields[0].path = "principal";
  }
  CHECK(block(assigned).find("    sf-20         v2\n") != std::string::npos);
  plan::Plan risky = alike(21);
  for (plan::Change& made : risky.changes) made.risks = {plan::Risk::deprovision};
  CHECK(block(risky).find("    sf-20         v2\n") != std::string::npos);
  CHECK(block(risky).find("        risk        deprovision: ") != std::string::npos);
}

TEST_CASE("a group keeps its first manifest line, and says how many others there are") {
  const auto told = [](const std::function<SourceRange(std::size_t)>& origin) {
    plan::Plan plan = alike(10);
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
  const std::string last = "\n    sf-30         v0\n    sf-31         v1\n";
  CHECK(block(alike(32, plan::ChangeType::application_delete)).find(last) != std::string::npos);
  plan::Plan refused = alike(32);
  for (plan::Change& made : refused.changes) {
    made.status = plan::ChangeStatus::blocked;
    made.refusal = plan::Refusal{Code::SW5009, "no such mapping", "look", {}};
  }
  CHECK(block(refused).find(last) != std::string::npos);
  for (plan::Change& made : refused.changes) made.status = plan::ChangeStatus::held;
  CHECK(block(refused).find(last) != std::string::npos);
  for (plan::Change& made : refused.changes) made.fields[0].after = "same";
  CHECK(block(refused).find("sf-30, sf-31\n") != std::string::npos);
  refused.changes[3].refusal->message = "another reason";
  CHECK(block(refused).find("! 31 applications") == 0);
}

TEST_CASE("ways out that differ in the application's name are one") {
  plan::Plan held = alike(3);
  for (plan::Change& made : held.changes) {
    made.fields.clear();
    made.status = plan::ChangeStatus::held;
    made.refusal = plan::Refusal{Code::SW5014,
                                 "an operator holds it",
                                 fmt::format("`job start --app {}` lets go", made.application),
                                 {}};
  }
  CHECK(block(held) ==
        "! 3 applications   waits for a person\n"
        "    sf-00, sf-01, sf-02\n"
        "    ! change schema of job default   it differs  (rows of rows.csv)\n"
        "        held        [SW5014] an operator holds it\n"
        "        way out     `job start --app <application>` lets go\n");
}

TEST_CASE("unlike changes are never lumped together") {
  const auto one_differs = [](const std::function<void(plan::Change&)>& edit) {
    plan::Plan plan = alike(10);
    edit(plan.changes[9]);
    return block(plan).find("10 applications") == std::string::npos;
  };
  CHECK_FALSE(one_differs([](plan::Change&) {}));
  CHECK(one_differs([](plan::Change& made) { made.fields[0].path = "q"; }));
  CHECK(one_differs([](plan::Change& made) { made.fields[0].after = nullptr; }));
  CHECK(one_differs([](plan::Change& made) { made.risks = {plan::Risk::deprovision}; }));
  CHECK(one_differs([](plan::Change& made) { made.job = "other"; }));
  CHECK(one_differs(
      [](plan::Change& made) { made.payload = plan::AssignmentPayload{"user", "", ""}; }));
  CHECK(one_differs([](plan::Change& made) { made.cause = plan::Cause::tenant; }));
}

TEST_CASE("drift counts every application of a group, and what is pending") {
  plan::Plan plan = alike(10);
  for (plan::Change& made : plan.changes) made.cause = plan::Cause::manifest;
  CHECK(render_drift({plan, {}}, {}) ==
        "Drift of contoso in tenant (not known)\n"
        "\n"
        "10 applications\n"
        "    schema of job default differs  the manifest changed, not applied yet  (rows of "
        "rows.csv)\n"
        "        p\n"
        "            tenant    (none)\n"
        "            manifest  <p>\n"
        "    application   p\n"
        "    sf-00         v0\n"
        "    sf-01         v1\n"
        "    sf-02         v2\n"
        "    sf-03         v0\n"
        "    sf-04         v1\n"
        "    sf-05         v2\n"
        "    sf-06         v0\n"
        "    sf-07         v1\n"
        "    sf-08         v2\n"
        "    sf-09         v0\n"
        "\n"
        "Drift: 10 differences in 10 applications, 10 of them pending.\n");
}

TEST_CASE("a plan of many applications sums up first, be they of one block or of several") {
  const auto sums_up_first = [](const plan::Plan& plan) {
    const std::string text = render_plan(plan, {});
    return text.find("Plan: ") == text.find('\n') + 1;
  };
  plan::Plan plan = alike(9);
  CHECK_FALSE(sums_up_first(plan));
  plan.changes.push_back(change(plan::ChangeType::application_update, "z/update"));
  CHECK(sums_up_first(plan));
  CHECK(sums_up_first(alike(10)));
}
