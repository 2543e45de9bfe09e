#include "emulator/cycles/scim_attribute.h"

#include <algorithm>
#include <string_view>

namespace syncwright::emulator {

namespace {

/// `emails[type eq "work"]`, taken apart; `member` is empty where the path has no such filter.
struct ElementPath {
  std::string list;
  std::string member;
  std::string value;
};

ElementPath element_path(const std::string& step) {
  const std::size_t open = step.find('[');
  if (open == std::string::npos || !step.ends_with("\"]")) return {step, {}, {}};
  constexpr std::string_view equals = " eq \"";
  const std::size_t at = step.find(equals, open);
  if (at == std::string::npos) return {step, {}, {}};
  const std::size_t begin = at + equals.size();
  return {step.substr(0, open), step.substr(open + 1, at - open - 1),
          step.substr(begin, step.size() - 2 - begin)};
}

const Json& step_into(const Json& owner, const std::string& step) {
  static const Json none;
  const ElementPath path = element_path(step);
  const Json& held = member_or_null(owner, path.list.c_str());
  if (path.member.empty()) return held;
  if (!held.is_array()) return none;
  const auto found = std::find_if(held.begin(), held.end(), [&](const Json& element) {
    return string_or(element, path.member.c_str()) == path.value;
  });
  return found == held.end() ? none : *found;
}

/// A dot inside brackets separates nothing.
std::size_t end_of_step(std::string_view path) {
  bool in_brackets = false;
  for (std::size_t index = 0; index < path.size(); ++index) {
    if (path[index] == '[') in_brackets = true;
    if (path[index] == ']') in_brackets = false;
    if (path[index] == '.' && !in_brackets) return index;
  }
  return std::string_view::npos;
}

Json value_of(const Json& held) {
  const auto value = held.is_object() ? held.find("value") : held.end();
  return value == held.end() ? held : *value;
}

}  // namespace

Json scim_attribute(const Json& resource, const std::string& path) {
  const Json* owner = &resource;
  std::string_view rest = path;
  if (rest.starts_with("urn:")) {
    const std::size_t colon = rest.rfind(':');
    owner = &member_or_null(resource, path.substr(0, colon).c_str());
    rest.remove_prefix(colon + 1);
  }
  while (true) {
    const std::size_t end = end_of_step(rest);
    owner = &step_into(*owner, std::string(rest.substr(0, end)));
    if (end == std::string_view::npos) return value_of(*owner);
    rest.remove_prefix(end + 1);
  }
}

}  // namespace syncwright::emulator
