#include "http/workload.h"

#include <algorithm>
#include <array>
#include <optional>

namespace syncwright::http {

namespace {

/// `*` stands for any one segment, and what follows the last one may be anything.
struct WorkloadRow {
  std::optional<HttpMethod> method;  ///< none: any
  std::string_view prefix;           ///< of the path behind the version
  Workload workload;
};

/// The limits of docs/graph.md#4, the first row that fits; every other path of Graph is the
/// directory's.
constexpr std::array<WorkloadRow, 3> workload_rows{{
    {std::nullopt, "auditLogs", Workload::logs},
    {HttpMethod::post, "servicePrincipals/*/synchronization/jobs/*/provisionOnDemand",
     Workload::on_demand},
    {HttpMethod::post, "servicePrincipals/*/synchronization/jobs/*/bulkUpload",
     Workload::bulk_upload},
}};

/// The first segment, which is taken off.
std::string_view take_segment(std::string_view& path) {
  const std::size_t slash = path.find('/');
  const std::string_view segment = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  return segment;
}

bool has_prefix(std::string_view path, std::string_view prefix) {
  while (!prefix.empty()) {
    const std::string_view wanted = take_segment(prefix);
    const std::string_view segment = take_segment(path);
    if (segment.empty() || (wanted != "*" && wanted != segment)) return false;
  }
  return true;
}

/// Behind the scheme and the host, without a query.
std::string_view path_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t slash = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  if (slash == std::string_view::npos) return {};
  url.remove_prefix(slash + 1);
  return url.substr(0, url.find('?'));
}

}  // namespace

Workload workload_of(HttpMethod method, std::string_view url) {
  std::string_view path = path_of_url(url);
  const std::string_view version = take_segment(path);
  if (version != "v1.0" && version != "beta") return Workload::sign_in;
  const auto* const row =
      std::find_if(workload_rows.begin(), workload_rows.end(), [&](const WorkloadRow& each) {
        return (!each.method || *each.method == method) && has_prefix(path, each.prefix);
      });
  return row == workload_rows.end() ? Workload::directory : row->workload;
}

}  // namespace syncwright::http
