#include "graph_read/deleted_names.h"

namespace syncwright::graph_read {

bool DeletedNames::lack(const std::string& unique_name, const std::stop_token& stop) {
  const auto names = names_.get(0, [&]() -> Result<Names> { return list(stop); });
  return names && *names && !(*names)->contains(unique_name);
}

DeletedNames::Names DeletedNames::list(const std::stop_token& stop) {
  const auto holders = reader_.list_deleted_holders(stop);
  if (!holders) return std::nullopt;
  std::set<std::string> names;
  for (const model::LiveReference& holder : *holders) names.insert(holder.unique_name);
  return names;
}

}  // namespace syncwright::graph_read
