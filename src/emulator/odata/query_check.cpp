#include "emulator/odata/query_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "emulator/graph_error.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

constexpr std::array<std::string_view, 9> known_options{"$count",   "$expand",    "$filter",
                                                        "$orderby", "$search",    "$select",
                                                        "$skip",    "$skiptoken", "$top"};

bool is_system_option(std::string_view name) {
  return name.starts_with('$');
}

/// [G] docs/graph.md#14.7: the pages of the synchronization resources document no option, and
/// clients that send one are answered as if they had not.
bool assumed_to_ignore_options(const Call& call) {
  constexpr std::size_t place = 2;
  return call.segments.size() > place &&
         ascii::equal_ignoring_case(call.segments[place], "synchronization");
}

/// JSON is what every answer is.
bool asks_for_json(std::string_view name, std::string_view value) {
  return ascii::equal_ignoring_case(name, "$format") &&
         (ascii::equal_ignoring_case(value, "json") ||
          ascii::equal_ignoring_case(value, "application/json"));
}

Reply unhonoured(std::string_view name) {
  const bool is_known =
      std::any_of(known_options.begin(), known_options.end(),
                  [&](std::string_view known) { return ascii::equal_ignoring_case(known, name); });
  if (!is_known) return gateway_refusal(fmt::format("The query option '{}' is not known.", name));
  return unsupported_query(
      fmt::format("The query option '{}' is not supported by this operation.", name));
}

}  // namespace

std::optional<Reply> refuse_options_of_request(const Call& call) {
  if (assumed_to_ignore_options(call)) return std::nullopt;
  std::set<std::string> seen;
  for (const auto& [name, value] : call.query.all()) {
    if (!is_system_option(name)) continue;
    if (!seen.insert(ascii::lower(name)).second) {
      return gateway_refusal(
          fmt::format("Query option '{}' was specified more than once, but it must be specified at "
                      "most once.",
                      name));
    }
    if (call.method != http::HttpMethod::get && !asks_for_json(name, value)) {
      return unhonoured(name);
    }
  }
  return std::nullopt;
}

std::optional<Reply> refuse_unread_options(const Call& call) {
  if (call.method != http::HttpMethod::get || assumed_to_ignore_options(call)) return std::nullopt;
  for (const auto& [name, value] : call.query.all()) {
    if (!is_system_option(name) || asks_for_json(name, value)) continue;
    if (!call.query.is_honoured(name)) return unhonoured(name);
  }
  return std::nullopt;
}

}  // namespace syncwright::emulator
