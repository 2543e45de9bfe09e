#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/routes.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

bool is_literal(std::string_view segment, std::string_view literal) {
  constexpr std::string_view name_space = "microsoft.graph.";
  if (ascii::equal_ignoring_case(segment, literal)) return true;
  return segment.size() > name_space.size() &&
         ascii::equal_ignoring_case(segment.substr(0, name_space.size()), name_space) &&
         ascii::equal_ignoring_case(segment.substr(name_space.size()), literal);
}

bool fits(std::string_view pattern, const std::vector<std::string>& segments,
          std::vector<std::string>& parameters) {
  parameters.clear();
  for (std::size_t index = 0; index < segments.size(); ++index) {
    if (pattern.empty()) return false;
    const std::size_t slash = pattern.find('/');
    const std::string_view part = pattern.substr(0, slash);
    pattern = slash == std::string_view::npos ? std::string_view() : pattern.substr(slash + 1);
    if (part == "*") {
      parameters.push_back(segments[index]);
    } else if (!is_literal(segments[index], part)) {
      return false;
    }
  }
  return pattern.empty();
}

}  // namespace

RouteMatch find_route(http::HttpMethod method, const std::vector<std::string>& segments,
                      std::string_view version) {
  RouteMatch match;
  std::vector<std::string> parameters;
  for (const Route& route : all_routes()) {
    if (route.versions == Versions::beta && version != "beta") continue;
    if (!fits(route.pattern, segments, parameters)) continue;
    match.knows_path = true;
    if (route.method != method) continue;
    match.route = &route;
    match.parameters = std::move(parameters);
    return match;
  }
  return match;
}

}  // namespace syncwright::emulator
