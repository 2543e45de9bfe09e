#include "syncwright/report/log_text.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::report;

namespace {

std::vector<LogRow> log_rows() {
  LogRow created;
  created.id = "1";
  created.time = "2026-11-22T10:00:01Z";
  created.application = "salesforce-contoso";
  created.action = "create";
  created.status = "success";
  created.source = "Ada Lovelace";
  created.target = "ada@contoso.com";
  created.modified = {{"officeCode", "LON-2"}, {"Username", "ada@contoso.com"}};
  LogRow failed;
  failed.id = "2";
  failed.time = "2026-11-22T10:00:00Z";
  failed.application = "box";
  failed.action = "update";
  failed.status = "failure";
  failed.source = "Grace\x1b[2J Hopper";
  failed.error_code = "BoxEntryConflict";
  failed.reason = "the login is taken";
  failed.recommended_action = "rename one of the two";
  return {created, failed};
}

}  // namespace

TEST_CASE("a line for each entry, with what was written and why it failed below") {
  CHECK(
      render_log(log_rows(), {}) ==
      "2026-11-22T10:00:01Z  salesforce-contoso  create  success  Ada Lovelace → ada@contoso.com\n"
      "    officeCode  LON-2\n"
      "    Username    ada@contoso.com\n"
      "2026-11-22T10:00:00Z  box                 update  failure  Grace\\x1b[2J Hopper\n"
      "    BoxEntryConflict: the login is taken\n"
      "    rename one of the two\n");
  CHECK(render_log({}, {}) == "No log entries.\n");
}

TEST_CASE("log entries as JSON") {
  CHECK(to_json(log_rows())["entries"][0] ==
        Json{{"id", "1"},
             {"time", "2026-11-22T10:00:01Z"},
             {"application", "salesforce-contoso"},
             {"action", "create"},
             {"status", "success"},
             {"source", "Ada Lovelace"},
             {"target", "ada@contoso.com"},
             {"errorCode", ""},
             {"reason", ""},
             {"recommendedAction", ""},
             {"modified",
              {{{"attribute", "officeCode"}, {"newValue", "LON-2"}},
               {{"attribute", "Username"}, {"newValue", "ada@contoso.com"}}}}});
}
