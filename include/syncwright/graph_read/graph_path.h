#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace syncwright::graph_read {

/// `$top` of a collection that is read whole (docs/graph.md#4).
inline constexpr std::string_view kLargestPage = "999";

/// Paths of Graph behind /v1.0. Whatever comes from a manifest or an answer is percent-encoded here
/// and nowhere else, so that no id or name can reach another path.

/// "/COLLECTION/ID"
[[nodiscard]] std::string object_path(std::string_view collection, std::string_view id);
/// "/COLLECTION(KEY='VALUE')": an alternate key (docs/graph.md#5.2).
[[nodiscard]] std::string key_path(std::string_view collection, std::string_view key,
                                   std::string_view value);
/// "/servicePrincipals/ID/synchronization"
[[nodiscard]] std::string synchronization_path(std::string_view service_principal_id);
/// ".../synchronization/jobs/ID"
[[nodiscard]] std::string job_path(std::string_view service_principal_id, std::string_view job_id);

/// The path with its query options; values are given plain and come out encoded.
[[nodiscard]] std::string with_query(
    std::string path, std::initializer_list<std::pair<std::string_view, std::string_view>> options);

/// 'text' with inner quotes doubled: a string of a $filter, not yet percent-encoded.
[[nodiscard]] std::string odata_string(std::string_view text);

}  // namespace syncwright::graph_read
