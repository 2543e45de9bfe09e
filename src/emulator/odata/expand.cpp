#include "emulator/odata/expand.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/filter.h"
#include "emulator/odata/request_target.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

/// "With $expand, at most 20 objects come back" (docs/graph.md#5.2.5).
constexpr std::size_t most_expanded = 20;

/// "owners($select=id,displayName)" taken apart.
struct ExpandOption {
  std::string name;
  std::vector<std::string> selected;
};

/// nullopt where it is another form: several properties, another option inside, a broken one.
std::optional<ExpandOption> parse_expand(std::string_view text) {
  ExpandOption option;
  const std::size_t open = text.find('(');
  option.name = ascii::trim(text.substr(0, open));
  if (option.name.empty() || option.name.find(',') != std::string::npos) return std::nullopt;
  if (open == std::string_view::npos) return option;
  std::string_view inside = ascii::trim(text.substr(open + 1));
  constexpr std::string_view select = "$select=";
  if (!inside.ends_with(')') || !inside.starts_with(select)) return std::nullopt;
  inside.remove_suffix(1);
  inside.remove_prefix(select.size());
  if (inside.find_first_of("();") != std::string_view::npos) return std::nullopt;
  option.selected = split_names(inside);
  return option;
}

std::optional<ExpandOption> expand_option_of(const Exchange& exchange) {
  const std::optional<std::string> text = exchange.call.query.get("$expand");
  return text ? parse_expand(*text) : std::nullopt;
}

const Expansion* find_expansion(std::span<const Expansion> expansions, std::string_view name) {
  const auto found = std::find_if(
      expansions.begin(), expansions.end(),
      [&](const Expansion& candidate) { return ascii::equal_ignoring_case(candidate.name, name); });
  return found == expansions.end() ? nullptr : &*found;
}

/// Owners are of several types, so that a name may be unknown to one of them: it is left out there.
Json selected_members(Json related, const std::vector<std::string>& selected) {
  if (selected.empty()) return related;
  Json result = Json::object();
  for (const std::string& name : selected) {
    const Json::const_iterator found = find_property(related, name);
    if (found != related.end()) result[found.key()] = found.value();
  }
  if (const auto type = related.find("@odata.type"); type != related.end())
    result["@odata.type"] = *type;
  return result;
}

}  // namespace

std::optional<Reply> check_expand(const Exchange& exchange, std::span<const Expansion> expansions) {
  const std::optional<std::string> text = exchange.call.query.get("$expand");
  if (!text) return std::nullopt;
  const std::optional<ExpandOption> option = parse_expand(*text);
  if (option && find_expansion(expansions, option->name)) return std::nullopt;
  return gateway_refusal(
      fmt::format("Parsing OData Select and Expand failed: '{}' cannot be expanded here.", *text));
}

void expand(const Exchange& exchange, std::span<const Expansion> expansions, const Json& item,
            Json& shown) {
  const std::optional<ExpandOption> option = expand_option_of(exchange);
  const Expansion* expansion = option ? find_expansion(expansions, option->name) : nullptr;
  if (!expansion) return;
  Json list = Json::array();
  Json all = expansion->related(exchange, item);
  for (Json& related : all) {
    if (list.size() == most_expanded) break;
    list.push_back(selected_members(std::move(related), option->selected));
  }
  shown[std::string(expansion->name)] = std::move(list);
}

std::string expanded_context(const Exchange& exchange) {
  const std::optional<ExpandOption> option = expand_option_of(exchange);
  if (!option) return {};
  std::string selected;
  for (const std::string& name : option->selected) {
    selected += (selected.empty() ? "" : ",") + name;
  }
  return fmt::format("{}({})", option->name, selected);
}

}  // namespace syncwright::emulator
