#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "page_sample.h"
#include "report/html/markup.h"
#include "report/html/sections.h"
#include "syncwright/core/file.h"

// The parts of the page of --report html, whole. What a browser makes of them is in tests/page.

using namespace syncwright;
using namespace syncwright::report;

namespace {

namespace pages = syncwright::report::test::pages;

/// Compares with tests/cases/page/FILE; SYNCWRIGHT_UPDATE_GOLDEN=1 writes it.
void check_part(const std::string& file, const std::string& actual) {
  const std::filesystem::path path =
      std::filesystem::path(SYNCWRIGHT_SOURCE_DIR) / "tests" / "cases" / "page" / file;
  INFO(path.string());
  // NOLINTNEXTLINE(concurrency-mt-unsafe): tests read the environment on one thread
  if (std::getenv("SYNCWRIGHT_UPDATE_GOLDEN") != nullptr) {
    REQUIRE(write_file_atomically(path, actual).has_value());
    return;
  }
  const auto expected = read_file(path);
  REQUIRE(expected.has_value());
  CHECK(actual == *expected);
}

PageObjectMapping two_rows() {
  PageObjectMapping mapping{"default", "", "User", "User", {}};
  mapping.mappings = {pages::changed("displayName", pages::direct("displayName"),
                                     pages::formula("Join(\" \", [givenName], [surname])",
                                                    {"givenName", "surname"})),
                      pages::unchanged("familyName", pages::direct("surname"))};
  mapping.mappings[0].samples = {{"a guest", "Grace <Hopper>"}};
  mapping.mappings[1].after->matching = "1";
  return mapping;
}

const PageEdit kSchemaEdit{
    "eve", "2026-11-21T16:40:00Z", "Update attribute mappings or scope", false, true, false};
const PageEdit kOurEdit{
    "ci", "2026-11-21T16:40:00Z", "Update attribute mappings or scope", true, true, false};

Instant noon() {
  return *parse_rfc3339("2026-11-22T12:00:00Z");
}

std::size_t count_in(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

/// What stands in the page's element of JSON.
Json data_in(const std::string& page) {
  const std::string begin = "<script type=\"application/json\" id=\"data\">";
  const std::size_t at = page.find(begin) + begin.size();
  const auto data = parse_json(page.substr(at, page.find("</script>", at) - at));
  REQUIRE(data.has_value());
  return *data;
}

}  // namespace

TEST_CASE("foreign text is text, whatever it says") {
  CHECK(html::text(pages::kHostile) ==
        "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;"
        "&quot;&#39; \\x1b[31m\\u202eevil\\u202c \\u200b&amp;amp; {{x}}");
  CHECK(html::json({{"a", "</script><!-- & \xe2\x80\xa8"}}) ==
        R"({"a":"\u003c/script\u003e\u003c!-- \u0026 \u2028"})");
  CHECK(html::json(std::string("\xff")) == R"("\ufffd")");
  CHECK(html::short_text("<a long name>", 8) == "&lt;a long…");
  CHECK(html::time("2026-11-22T10:00:03Z") ==
        "<time datetime=\"2026-11-22T10:00:03Z\">2026-11-22 10:00 UTC</time>");
  CHECK(html::time("<soon>") == "&lt;soon&gt;");
}

TEST_CASE("a mapping table has the tenant's row above the manifest's, and who edited them") {
  check_part("mapping_table.html", html::mapping_table(two_rows(), {kSchemaEdit, kOurEdit}));
}

TEST_CASE("nobody is named over a table in which nothing differs") {
  PageObjectMapping mapping = two_rows();
  mapping.mappings.erase(mapping.mappings.begin());
  const std::string table = html::mapping_table(mapping, {kSchemaEdit});
  CHECK(table.find("eve") == std::string::npos);
  CHECK(table.find("In the tests") == std::string::npos);  // no case writes any of it
  CHECK(html::mapping_table({"default", "", "User", "User", {}}, {}).empty());
}

TEST_CASE("a flow goes from what is read through an expression to what is written") {
  check_part("flow_picture.html", html::flow_picture(two_rows()));
}

TEST_CASE("a source stands at the height of the rows that read it") {
  PageObjectMapping mapping{"default", "", "User", "User", {}};
  mapping.mappings = {pages::unchanged("a", pages::formula("F([x], [y], [z])", {"x", "y", "z"}))};
  const std::string picture = html::flow_picture(mapping);
  // Three sources of one row make the picture three rows high, and none of them is outside.
  CHECK(picture.find("viewBox=\"0 0 960 114\"") != std::string::npos);
  for (const char* middle : {"M232 23C", "M232 57C", "M232 91C"}) {
    CHECK(picture.find(middle) != std::string::npos);
  }
}

TEST_CASE("steps stand in their order, with reason, risk and values") {
  PageStep failed = pages::step("schema.put", '~', "change schema of job default", "", "a.yaml:3");
  failed.state = PageStep::State::failed;
  failed.outcome = "the answer was 500";
  failed.advice = "apply again";
  check_part("step_list.html", html::step_list({pages::salesforce().steps[1], failed}));
}

TEST_CASE("a quarantine is told against the 28 days after which the job is disabled") {
  StatusRow job;
  job.job = "default";
  job.state = "started";
  job.code = "Quarantine";
  job.quarantine = "TooManyDeletes";
  job.quarantine_since = "2026-11-13T04:00:00Z";
  check_part("job_panel.html", html::job_panel(job, {}, noon()));
  CHECK(html::quarantine_days("2026-11-22T11:00:00Z", noon()) == 0);
  CHECK(html::quarantine_days("2026-01-01T00:00:00Z", noon()) == 28);
  CHECK(html::quarantine_days("2026-12-01T00:00:00Z", noon()) == 0);
  CHECK_FALSE(html::quarantine_days("<x>", noon()).has_value());
}

TEST_CASE("the order of a plan is a lane for each application") {
  const PageApplication aws = pages::aws();
  const PageApplication idle = pages::workday();
  check_part("plan_picture.html", html::plan_picture({&aws, &idle}));
  CHECK(html::plan_picture({&idle}).empty());
}

TEST_CASE("of very many lanes the first are drawn, and the page says so") {
  const PageApplication aws = pages::aws();
  const std::vector<const PageApplication*> many(30, &aws);
  const std::string picture = html::plan_picture(many);
  CHECK(count_in(picture, "class=\"name\"") == 24);
  CHECK(picture.find("The first 24 of 30 are drawn; every card lists its own.") !=
        std::string::npos);
}

TEST_CASE("the verdict says how complete the reading was, and counts by severity") {
  PageInput input = pages::drift_page();
  input.applications = {pages::workday(), pages::box()};
  input.complete = false;
  input.notices = {{PageState::refused, "Guard <maxDeletes>", "--max-deletes 1 lets it through"}};
  check_part("verdict.html", html::verdict(input));
}

TEST_CASE("what an apply did and did not begin has names of its own") {
  PageInput input = pages::drift_page();
  input.applications = {pages::workday(), pages::workday(), pages::workday()};
  input.applications[0].state = PageState::applied;
  input.applications[1].state = PageState::not_begun;
  input.applications[2].state = PageState::unfinished;
  input.state = PageState::unfinished;
  const std::string markup = html::verdict(input);
  CHECK(markup.starts_with("<section class=\"verdict warn\">"));
  CHECK(markup.find("<ul><li class=\"warn\"><b>1</b> not finished</li><li class=\"veil\"><b>1</b> "
                    "not begun</li><li class=\"good\"><b>1</b> applied</li></ul>") !=
        std::string::npos);
  const Json data = data_in(html_page(input));
  CHECK(data["state"] == "unfinished");
  CHECK(data["applications"][1]["state"] == "not-begun");
  CHECK(data["applications"][2]["state"] == "applied");
}

TEST_CASE("tables that are alike are written once, and linked") {
  html::SharedTables tables;
  PageApplication first;
  first.name = "first";
  first.mappings = {{"default", "", "User", "User", {}}};
  first.mappings[0].mappings = {pages::unchanged("mail", pages::direct("mail"))};
  PageApplication second = first;
  second.name = "<b>second";
  CHECK(html::application_card(first, 1, false, noon(), tables).find("<table>") !=
        std::string::npos);
  check_part("card.html", html::application_card(second, 2, true, noon(), tables));
  second.mappings[0].mappings[0].changed = true;
  CHECK(html::application_card(second, 3, true, noon(), tables).find("<table>") !=
        std::string::npos);
}

TEST_CASE("a page allows its one style and its one script by their hashes, and nothing else") {
  const std::string page = html_page(pages::drift_page());
  CHECK(page == html_page(pages::drift_page()));
  CHECK(
      page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                       "'none'; style-src 'sha256-"));
  CHECK(count_in(page, "'sha256-") == 2);
  CHECK(count_in(page, "=='") + count_in(page, "='") == 2);  // 32 bytes end in one =
  CHECK(count_in(page, "<script") == 2);
  CHECK(count_in(page, "<style>") == 1);
  for (const char* asked : {" src=", " style=", "url(", "@import", "<link", "<img", "<iframe"}) {
    CAPTURE(asked);
    CHECK(page.find(asked) == std::string::npos);
  }
}

TEST_CASE("the worst comes first, in the cards and in the data") {
  const std::string page = html_page(pages::drift_page());
  const Json data = data_in(page);
  CHECK(data["state"] == "quarantined");
  CHECK(data["complete"] == true);
  CHECK(data["madeAt"] == "2026-11-22T10:00:00Z");
  std::vector<std::string> names;
  for (const Json& each : data["applications"]) names.push_back(each["name"]);
  CHECK(names == std::vector<std::string>{"box-contoso", "aws-contoso", "salesforce-contoso",
                                          "workday-to-entra"});
  CHECK(page.find("id=\"app-1\" data-state=\"quarantined\" open>") != std::string::npos);
  CHECK(page.find("id=\"app-4\" data-state=\"in-step\">") != std::string::npos);
}

TEST_CASE("hostile names make no element, reorder nothing and end no script") {
  const std::string page = html_page(pages::hostile_page());
  CHECK(count_in(page, "<script") == 2);
  CHECK(count_in(page, "</script") == 2);
  CHECK(count_in(page, "<img") == 0);
  for (const char* bytes : {"\x1b", "\xe2\x80\xae", "\xe2\x80\x8b"}) {
    CHECK(page.find(bytes) == std::string::npos);
  }
  CHECK(data_in(page)["project"] == pages::kHostile);
}
