#include <algorithm>
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

/// How many segments the pattern shares with the path, from its beginning.
std::size_t shared_depth(std::string_view pattern, const std::vector<std::string>& segments) {
  std::size_t depth = 0;
  while (depth < segments.size() && !pattern.empty()) {
    const std::string_view part = pattern.substr(0, pattern.find('/'));
    if (part != "*" && !is_literal(segments[depth], part)) break;
    pattern.remove_prefix(std::min(pattern.size(), part.size() + 1));
    ++depth;
  }
  return depth;
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

std::string unknown_segment(const std::vector<std::string>& segments, std::string_view version) {
  if (segments.empty()) return {};
  std::size_t depth = 0;
  for (const Route& route : all_routes()) {
    if (route.versions == Versions::beta && version != "beta") continue;
    depth = std::max(depth, shared_depth(route.pattern, segments));
  }
  return segments[std::min(depth, segments.size() - 1)];
}

}  // namespace syncwright::emulator
