#include "graph_read/deleted_names.h"

#include <algorithm>
#include <utility>

namespace syncwright::graph_read {

bool DeletedNames::lack(const std::string& unique_name, const std::stop_token& stop) {
  const Names held = names(stop);
  return held && !held->contains(unique_name);
}

std::optional<std::string> DeletedNames::holder(const std::string& unique_name,
                                                const std::stop_token& stop) {
  const Names held = names(stop);
  if (!held) return std::nullopt;
  const auto found = held->find(unique_name);
  return found == held->end() ? std::nullopt : std::optional(found->second);
}

DeletedNames::Names DeletedNames::names(const std::stop_token& stop) {
  return names_.get(0, [&]() -> Result<Names> { return list(stop); }).value_or(nullptr);
}

DeletedNames::Names DeletedNames::list(const std::stop_token& stop) {
  const auto holders = reader_.list_deleted_holders(stop);
  if (!holders) return nullptr;
  std::map<std::string, std::string> names;
  for (const model::LiveReference& holder : *holders) {
    const auto [name, is_new] = names.emplace(holder.unique_name, holder.application_id);
    if (!is_new) name->second = std::min(name->second, holder.application_id);
  }
  return std::make_shared<const std::map<std::string, std::string>>(std::move(names));
}

}  // namespace syncwright::graph_read
