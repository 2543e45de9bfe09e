#pragma once

#include <cstddef>
#include <string_view>

#include "syncwright/http/transport.h"

namespace syncwright::http {

/// What a service meters for itself: a limit that one workload has met says nothing about the
/// others (docs/graph.md#4).
enum class Workload : std::size_t {
  /// Identity and access: 3 500 and more reads in 10 s. Also what no limit is published for, which
  /// is most of provisioning: two budgets on one limit would only fight for it.
  directory,
  logs,         ///< 5 requests in 10 s
  on_demand,    ///< provisionOnDemand: 5 requests in 10 s
  bulk_upload,  ///< 40 requests in 5 s
  sign_in,      ///< what is no path of Graph
};
inline constexpr std::size_t kWorkloads = 5;

/// The workload that a request is counted to. `url`: whole, as it is sent.
[[nodiscard]] Workload workload_of(HttpMethod method, std::string_view url);

}  // namespace syncwright::http
