#include "syncwright/plan/apply_report.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::plan;

TEST_CASE("a report counts by outcome and adds up the writes") {
  const Change change;
  ApplyReport report;
  report.outcomes.resize(3);
  for (ChangeOutcome& outcome : report.outcomes) outcome.change = &change;
  report.outcomes[0].writes = 2;
  report.outcomes[1].state = OutcomeState::failed;
  report.outcomes[1].writes = 1;
  report.outcomes[1].error = Error{ErrorKind::rejected, "no", "ask", 400, "BadRequest", "r-1"};
  report.outcomes[2].state = OutcomeState::skipped;
  CHECK(report.count(OutcomeState::done) == 1);
  CHECK(report.writes() == 3);
  CHECK_FALSE(report.all_done());
  report.journal = ".syncwright/journal.jsonl";

  const Json json = to_json(report);
  CHECK(
      json["summary"] ==
      Json{
          {"done", 1}, {"failed", 1}, {"stale", 0}, {"skipped", 1}, {"unknown", 0}, {"writes", 3}});
  CHECK(json["outcomes"][1]["error"] == Json{{"kind", "rejected"},
                                             {"message", "no"},
                                             {"advice", "ask"},
                                             {"status", 400},
                                             {"code", "BadRequest"},
                                             {"requestId", "r-1"}});
  CHECK(json["outcomes"][0]["error"].is_null());
  CHECK(json["journal"] == ".syncwright/journal.jsonl");
}
