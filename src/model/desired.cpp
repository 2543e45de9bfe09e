#include "syncwright/model/desired.h"

#include <algorithm>

namespace syncwright {
namespace {

bool is_small(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_alphanumeric(char c) {
  return is_small(c) || (c >= 'A' && c <= 'Z');
}

}  // namespace

const char* to_string(Scope scope) {
  switch (scope) {
    case Scope::assigned:
      return "assigned";
    case Scope::all:
      return "all";
  }
  return "assigned";
}

const char* to_string(JobState state) {
  switch (state) {
    case JobState::started:
      return "started";
    case JobState::paused:
      return "paused";
  }
  return "paused";
}

const char* to_string(DesiredMember::Type type) {
  switch (type) {
    case DesiredMember::Type::user:
      return "user";
    case DesiredMember::Type::group:
      return "group";
    case DesiredMember::Type::service_principal:
      return "servicePrincipal";
  }
  return "user";
}

bool is_manifest_name(std::string_view text) {
  return !text.empty() && text.size() <= 63 && is_small(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_small(c) || c == '-'; });
}

bool is_job_key(std::string_view text) {
  return !text.empty() && text.size() <= 128 && is_alphanumeric(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}

const DesiredApplication* Desired::find(std::string_view name) const {
  const auto found =
      std::lower_bound(applications.begin(), applications.end(), name,
                       [](const DesiredApplication& application, std::string_view wanted) {
                         return application.name < wanted;
                       });
  return found != applications.end() && found->name == name ? &*found : nullptr;
}

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" ,;<>\t\r\n") == std::string_view::npos;
}

}  // namespace syncwright
