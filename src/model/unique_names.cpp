#include "syncwright/model/unique_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/model/desired.h"
#include "syncwright/model/ownership.h"

namespace syncwright::model {
namespace {

constexpr int longest_chain = 16;

}  // namespace

void HeldNames::add(const std::string& unique_name, const std::string& application_id) {
  const auto [held, is_new] = holders_.emplace(unique_name, application_id);
  if (!is_new) held->second = std::min(held->second, application_id);
}

const std::string* HeldNames::holder(const std::string& unique_name) const {
  const auto held = holders_.find(unique_name);
  return held == holders_.end() ? nullptr : &held->second;
}

Result<bool> UniqueNameChain::advance(const HeldNames& held) {
  const std::string* holder = held.holder(name_);
  if (holder == nullptr) return false;
  if (++links_ == longest_chain) {
    return fail(ErrorKind::rejected,
                fmt::format("{} soft-deleted applications hold the unique name {} one after the "
                            "other",
                            longest_chain, first_link(name_)),
                "Purge them under directory/deletedItems.");
  }
  name_ = fmt::format("{}/after-{}", first_link(name_), *holder);
  return true;
}

std::string_view first_link(std::string_view unique_name) {
  std::size_t end = 0;
  for (int segment = 0; segment < 4; ++segment) {
    end = unique_name.find('/', segment == 0 ? 0 : end + 1);
    if (end == std::string_view::npos) return unique_name;
  }
  return unique_name.substr(0, end);
}

std::vector<std::string> earlier_unique_names(const Owner& owner,
                                              const DesiredApplication& desired) {
  std::vector<std::string> names;
  for (const Owner& predecessor : owner.predecessors()) {
    names.push_back(predecessor.unique_name(desired.name));
  }
  for (const std::string& earlier : desired.previously) {
    names.push_back(owner.unique_name(earlier));
  }
  return names;
}

std::vector<std::string> unique_names_of(const Owner& owner, const DesiredApplication& desired) {
  std::vector<std::string> names = earlier_unique_names(owner, desired);
  names.insert(names.begin(), owner.unique_name(desired.name));
  return names;
}

}  // namespace syncwright::model
