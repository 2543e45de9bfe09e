#include <doctest/doctest.h>

#include "report/drift_report.h"
#include "report/markdown/plan_markdown.h"
#include "sample.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

// Whole documents are in tests/cases/plan; here is what the planner's stories do not have.

namespace {

plan::DriftEdit edit_by(const std::string& application, const std::string& by,
                        const std::string& at) {
  plan::DriftEdit made;
  made.application = application;
  made.edit.activity = "Update service principal";
  made.edit.by = by;
  made.edit.at = at;
  return made;
}

plan::Drift undisturbed() {
  plan::Drift drift;
  drift.plan.project = "contoso";
  drift.plan.tenant_id = "t";
  return drift;
}

plan::Health health(bool is_drift) {
  return {"app", "default", is_drift ? plan::HealthState::quarantine : plan::HealthState::paused,
          "why", is_drift};
}

std::string last_line(const std::string& text) {
  return text.substr(text.rfind('\n', text.size() - 2) + 1);
}

/// The sentence under the heading.
std::string headline(const plan::Drift& drift) {
  const std::string text = render_drift_markdown(drift);
  const std::size_t begin = text.find("\n\n") + 2;
  return text.substr(begin, text.find('\n', begin) - begin);
}

}  // namespace

TEST_CASE("edits outside what the manifests manage have a heading of their own") {
  plan::Drift drift = undisturbed();
  plan::DriftEdit first = edit_by("app", "eve", "2026-11-20T08:00:00Z");
  plan::DriftEdit last = edit_by("app", "eve", "2026-11-20T09:00:00Z");
  last.edit.modified = {{"notes", "\"a\"", "\"b\x1b[31m|\""}, {"keys", "", ""}};
  drift.unmanaged = {first, last, edit_by("box", "ada", "2026-11-19T08:00:00Z")};
  CHECK(
      render_drift(drift, {}) ==
      "Drift of contoso in tenant t\n"
      "\n"
      "Edits outside what the manifests manage\n"
      "  app  2026-11-20T09:00:00Z  eve  Update service principal (2 times): notes \"a\" → "
      "\"b\\x1b[31m|\", keys\n"
      "  box  2026-11-19T08:00:00Z  ada  Update service principal\n"
      "  To hold such an edit, name it in the manifest, or hold whole schemas (`syncwright export "
      "--pin`);\n"
      "  to be rid of it, undo it in the tenant. It is told until an apply carries out a change of "
      "the\n"
      "  application's manifest, for seven days at most.\n"
      "\n"
      "No drift in what the manifests manage. 3 edits outside it.\n");
  const std::string comment = render_drift_markdown(drift);
  CHECK(headline(drift) == "No drift in what the manifests manage. 3 edits outside it.");
  CHECK(comment.find("\n#### Edits outside what the manifests manage\n") != std::string::npos);
  CHECK(
      comment.find("| 2026-11-19T08&#58;00&#58;00Z | `box` | Update service principal | ada |\n") !=
      std::string::npos);
  CHECK(comment.find("\x1b") == std::string::npos);
}

TEST_CASE("of very many edits outside what the manifests manage the first are told, and a number") {
  plan::Drift drift = undisturbed();
  for (int i = 0; i < 1000; ++i) {
    drift.unmanaged->push_back(edit_by("app-" + std::to_string(i), "eve", "2026-11-20T08:00:00Z"));
  }
  const std::string text = render_drift(drift, {});
  CHECK(text.find("app-49 ") != std::string::npos);
  CHECK(text.find("app-50 ") == std::string::npos);
  CHECK(text.find("\n  950 more (--format json lists them)\n") != std::string::npos);
  CHECK(render_drift_markdown(drift).find("\n950 more.\n") != std::string::npos);
}

TEST_CASE("the verdict counts what no change would mend, and edits outside it") {
  plan::Drift drift = undisturbed();
  drift.plan.health = {health(false)};
  CHECK(last_line(render_drift(drift, {})) == "No drift. The tenant is as the manifests say.\n");
  drift.plan.health.push_back(health(true));
  CHECK(last_line(render_drift(drift, {})) == "Drift: 1 job in bad health.\n");
  CHECK(headline(drift) == "**No change to apply; 1 job in bad health.**");
  drift.unmanaged = {edit_by("app", "eve", "2026-11-20T08:00:00Z")};
  drift.plan.orphans = {{"box", "sp", "Box"}};
  CHECK(last_line(render_drift(drift, {})) ==
        "Drift: 1 job in bad health, 1 orphan, 1 edit outside what the manifests manage.\n");
  drift.plan.changes = {change(plan::ChangeType::application_update, "sf/update")};
  drift.plan.summary.update = 1;
  CHECK(headline(drift) ==
        "**1 step to mend: 1 application differs, 0 missing; 1 job in bad health, 1 orphan, 1 edit "
        "outside what the manifests manage.**");
}

TEST_CASE("where the log was not read, the verdict says no more than what is known") {
  plan::Drift drift = undisturbed();
  drift.unmanaged.reset();
  CHECK(last_line(render_drift(drift, {})) ==
        "No drift in what the manifests manage. Whether somebody edited the rest is not known.\n");
  CHECK(headline(drift) ==
        "No drift in what the manifests manage. Whether somebody edited the rest is not known.");
}
