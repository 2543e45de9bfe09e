#include "emulator/store/store.h"

#include <utility>

namespace syncwright::emulator {

namespace {
constexpr std::size_t max_log_entries = 20'000;
}

void append_log(std::deque<Json>& log, Json entry) {
  log.push_back(std::move(entry));
  if (log.size() > max_log_entries) log.pop_front();
}

const std::map<std::string, std::string>& secrets_of(const Store& store,
                                                     const std::string& service_principal) {
  static const std::map<std::string, std::string> none;
  const auto found = store.secrets.find(service_principal);
  return found == store.secrets.end() ? none : found->second;
}

}  // namespace syncwright::emulator
