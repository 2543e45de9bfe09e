#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/graph_read/export_reader.h"

namespace syncwright::graph_read {

/// One application that is to be exported, and its jobs.
struct ExportChoice {
  GraphReader::ServicePrincipal principal;
  std::vector<model::LiveJob> jobs;
  bool owned = false;  ///< by the request's owner
};

/// Which applications are exported, and why others are not.
struct ExportChoices {
  std::vector<ExportChoice> chosen;  ///< sorted by display name and id
  std::vector<std::string> left_out;
  std::size_t owned = 0;  ///< of those left out, what some project owns
  std::vector<Error> failures;
  std::vector<std::string> taken;
};

/// Which applications a request means, before their details are read.
[[nodiscard]] Result<ExportChoices> choose_for_export(GraphReader& reader,
                                                      const ExportRequest& request,
                                                      const std::stop_token& stop);

/// Failures that the next application would meet as well.
[[nodiscard]] bool concerns_every_application(const Error& error);

}  // namespace syncwright::graph_read
