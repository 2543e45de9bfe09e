#pragma once

#include <string>
#include <utility>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/report/style.h"
#include "syncwright/report/times.h"

namespace syncwright::report {

/// One provisioning log entry as `logs` shows it. An empty text: the entry does not say.
struct LogRow {
  std::string id;
  std::string time;         ///< RFC 3339
  std::string application;  ///< the manifest's name, else the service principal's
  std::string action;       ///< create, update, disable, delete, stagedDelete, other
  std::string status;       ///< success, failure, skipped, warning
  std::string source;       ///< display name, else id
  std::string target;
  std::string error_code;
  std::string reason;
  std::string recommended_action;
  std::vector<std::pair<std::string, std::string>> modified;  ///< attribute, new value
};

/// One line an entry in the order given, modified attributes and failures below it.
[[nodiscard]] std::string render_log(const std::vector<LogRow>& rows, const Style& style,
                                     const Times& times = {});
/// {"entries": [...]} with the members of LogRow in lower camel case; `modified` is a list of
/// {attribute, newValue}.
[[nodiscard]] Json to_json(const std::vector<LogRow>& rows);

}  // namespace syncwright::report
