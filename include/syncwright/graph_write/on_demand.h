#pragma once

#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/graph_write/graph_writer.h"

namespace syncwright::graph_write {

/// One object to provision now. A group takes at most five of its members along
/// (docs/graph.md#13.41).
struct OnDemandSubject {
  std::string object_id;
  std::string object_type;           ///< the mapping's source object: "User", "Group", "user"
  std::vector<std::string> members;  ///< ids of people; of a group alone
  std::string member_type = "User";  ///< the schema's word for them
};
inline constexpr std::size_t kMaxOnDemandMembers = 5;

/// One step of the engine, as the answer tells it.
struct OnDemandStep {
  std::string name;         ///< EntryImport, EntrySynchronizationScoping, ...
  std::string status;       ///< success, skipped, warning, failure
  std::string description;  ///< plain_text, as all that follows
  std::vector<std::pair<std::string, std::string>> details;  ///< of a list each element
};

/// One attribute of the account that the request changed.
struct OnDemandChange {
  std::string attribute;  ///< of the target system
  std::string before;     ///< empty where there was no value
  std::string after;      ///< empty where there is none any more
};

/// What became of the object. Graph answers 200 whether it went well or not.
struct OnDemandOutcome {
  std::string result;         ///< success, skipped, warning or failure
  std::string error_code;     ///< why it was no success, where the answer tells
  std::string error_message;  ///< likewise
  std::vector<OnDemandStep> steps;
  std::vector<OnDemandChange> changes;
  Written written;
};

/// POST provisionOnDemand (docs/graph.md#5.9): writes to the target system. Repeated by the
/// transport only where it was throttled. Graph allows five of these in ten seconds.
[[nodiscard]] Result<OnDemandOutcome> provision_on_demand(graph_read::GraphConnection& connection,
                                                          const std::string& service_principal_id,
                                                          const std::string& job_id,
                                                          const std::string& rule_id,
                                                          const OnDemandSubject& subject,
                                                          std::stop_token stop);

/// The answer, whose `key` and `value` are JSON in strings, or a type's name (docs/graph.md#13.40).
/// A step that failed makes a failure of the whole. ErrorKind::malformed where it tells neither a
/// result nor a step.
[[nodiscard]] Result<OnDemandOutcome> decode_on_demand(const Json& answer);

}  // namespace syncwright::graph_write
