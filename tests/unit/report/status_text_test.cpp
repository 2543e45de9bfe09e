#include "syncwright/report/status_text.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::report;

namespace {

std::vector<StatusRow> status_rows() {
  StatusRow running;
  running.application = "salesforce-contoso";
  running.job = "default";
  running.job_id = "salesforce.1";
  running.state = "started";
  running.code = "Active";
  running.has_cycle = true;
  running.cycle = {"Succeeded", "2026-11-22T10:00:00Z", "2026-11-22T10:00:03Z", 0, 12, 12, 0, ""};
  running.entries = {{"Group to Group", 2}, {"User to User", 12}};
  StatusRow ill = running;
  ill.application = "box";
  ill.job_id = "box.1";
  ill.code = "Quarantine";
  ill.cycle.state = "Failed";
  ill.cycle.escrowed = 3;
  ill.cycle.error = "Unauthorized: the token\nwas refused";
  ill.entries.clear();
  ill.quarantine = "EncounteredQuarantineException (Unauthorized)";
  ill.quarantine_message = "the target system\nrefused the token";
  ill.quarantine_since = "2026-11-22T10:00:03Z";
  ill.next_attempt = "2026-11-22T16:00:00Z";
  ill.way_out = "change `credentials.revision`";
  StatusRow missing;
  missing.application = "aws";
  missing.state = "missing";
  missing.note = "the application does not exist yet";
  return {missing, ill, running};
}

}  // namespace

TEST_CASE("a row for each job, and below what is wrong with any") {
  CHECK(render_status(status_rows(), {}) ==
        "APPLICATION          JOB       STATE     STATUS       LAST CYCLE   ENDED                  "
        "IMPORTED   EXPORTED   FAILED   SYNCHRONIZED\n"
        "aws                            missing\n"
        "box                  default   started   Quarantine   Failed       2026-11-22T10:00:03Z   "
        "12         12         3\n"
        "salesforce-contoso   default   started   Active       Succeeded    2026-11-22T10:00:03Z   "
        "12         12         0        2 Group to Group, 12 User to User\n"
        "\n"
        "aws\n"
        "    note          the application does not exist yet\n"
        "\n"
        "box/default\n"
        "    quarantine    EncounteredQuarantineException (Unauthorized)\n"
        "    message       the target system\\nrefused the token\n"
        "    since         2026-11-22T10:00:03Z\n"
        "    next attempt  2026-11-22T16:00:00Z\n"
        "    last error    Unauthorized: the token\\nwas refused\n"
        "    way out       change `credentials.revision`\n"
        "    job id        box.1\n");
  CHECK(render_status({}, {}) == "No jobs.\n");
}

TEST_CASE("a terminal gets ages, and what does not fit beside the rest stands below its row") {
  Style style;
  style.terminal = true;
  style.width = 80;
  const Instant now = *parse_rfc3339("2026-11-22T10:04:03Z");
  CHECK(render_status(status_rows(), style, Times(now)) ==
        "APPLICATION          JOB       STATE     STATUS       LAST CYCLE   ENDED\n"
        "aws                            missing\n"
        "box                  default   started   Quarantine   Failed       4 min ago\n"
        "    imported 12; exported 12; failed 3\n"
        "salesforce-contoso   default   started   Active       Succeeded    4 min ago\n"
        "    imported 12; exported 12; failed 0;\n"
        "    synchronized 2 Group to Group, 12 User to User\n"
        "\n"
        "aws\n"
        "    note          the application does not exist yet\n"
        "\n"
        "box/default\n"
        "    quarantine    EncounteredQuarantineException (Unauthorized)\n"
        "    message       the target system\\nrefused the token\n"
        "    since         4 min ago\n"
        "    next attempt  in 5 h\n"
        "    last error    Unauthorized: the token\\nwas refused\n"
        "    way out       change `credentials.revision`\n"
        "    job id        box.1\n");
  style.width = 60;
  const std::string narrow = render_status(status_rows(), style, Times(now, true));
  CHECK(
      narrow.starts_with("APPLICATION          JOB       STATE     STATUS\n"
                         "aws                            missing\n"
                         "box                  default   started   Quarantine\n"
                         "    last cycle Failed;\n"
                         "    ended 2026-11-22T10:00:03Z (4 min ago); imported 12;\n"
                         "    exported 12; failed 3\n"
                         "salesforce-contoso   default   started   Active\n"
                         "    last cycle Succeeded;\n"
                         "    ended 2026-11-22T10:00:03Z (4 min ago); imported 12;\n"
                         "    exported 12; failed 0;\n"
                         "    synchronized 2 Group to Group, 12 User to User\n"));
  CHECK(narrow.find("    since         2026-11-22T10:00:03Z (4 min ago)\n") != std::string::npos);
  CHECK(narrow.find("    quarantine    EncounteredQuarantineException\n"
                    "                  (Unauthorized)\n") != std::string::npos);
}

TEST_CASE("a column that nobody fills is left out") {
  StatusRow fresh;
  fresh.application = "sf";
  fresh.job = "default";
  fresh.state = "paused";
  fresh.code = "NotRun";
  CHECK(render_status({fresh}, {}) ==
        "APPLICATION   JOB       STATE    STATUS\n"
        "sf            default   paused   NotRun\n");
}

TEST_CASE("status as JSON has null for what is not known") {
  const Json json = to_json(status_rows());
  CHECK(json["jobs"][0] == Json{{"application", "aws"},
                                {"job", nullptr},
                                {"jobId", nullptr},
                                {"state", "missing"},
                                {"code", nullptr},
                                {"cycle", nullptr},
                                {"quarantine", nullptr},
                                {"quarantineMessage", nullptr},
                                {"quarantineSince", nullptr},
                                {"nextAttempt", nullptr},
                                {"wayOut", nullptr},
                                {"steadySince", nullptr},
                                {"entries", Json::object()},
                                {"note", "the application does not exist yet"}});
  CHECK(json["jobs"][1]["quarantine"] == "EncounteredQuarantineException (Unauthorized)");
  CHECK(json["jobs"][1]["quarantineMessage"] == "the target system\nrefused the token");
  CHECK(json["jobs"][1]["wayOut"] == "change `credentials.revision`");
  CHECK(json["jobs"][1]["quarantineSince"] == "2026-11-22T10:00:03Z");
  CHECK(json["jobs"][2]["cycle"] == Json{{"state", "Succeeded"},
                                         {"began", "2026-11-22T10:00:00Z"},
                                         {"ended", "2026-11-22T10:00:03Z"},
                                         {"entitled", 0},
                                         {"imported", 12},
                                         {"exported", 12},
                                         {"escrowed", 0},
                                         {"error", nullptr}});
  CHECK(json["jobs"][2]["entries"]["User to User"] == 12);
}
