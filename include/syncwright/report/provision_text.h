#pragma once

#include <string>
#include <vector>

#include "report/text/step_text.h"
#include "syncwright/core/json.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

/// An attribute that provisioning on demand changed in the target; empty: it had or has no value.
struct ProvisionChange {
  std::string attribute;
  std::string before;
  std::string after;
};

/// What became of one object that was provisioned on demand. Empty texts are unknown.
struct ProvisionReport {
  std::string application;
  std::string job_id;
  std::string rule;
  std::string object;  ///< "User ada@contoso.com"
  std::string object_id;
  std::string result;         ///< success, skipped, warning, failure
  std::string error_code;     ///< why it was no success, where the service says
  std::string error_message;  ///< likewise
  std::string request_id;
  std::vector<provisioning::StepRow> steps;
  std::vector<ProvisionChange> changes;
};

/// The steps, the attributes that changed, and one sentence with the result. Ends with a line feed.
[[nodiscard]] std::string render_provision(const ProvisionReport& report, const Style& style);
/// The members in lower camel case.
[[nodiscard]] Json to_json(const ProvisionReport& report);

}  // namespace syncwright::report
