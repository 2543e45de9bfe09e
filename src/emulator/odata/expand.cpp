#include "emulator/odata/expand.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>
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

/// "List manager": `$levels` is a number up to 1000, or "max".
constexpr std::size_t most_levels = 1000;

/// "manager($levels=max;$select=id,displayName)" taken apart.
struct ExpandOption {
  std::string name;
  std::vector<std::string> selected;
  std::optional<std::size_t> levels;
};

std::optional<std::size_t> parse_levels(std::string_view text) {
  if (ascii::equal_ignoring_case(text, "max")) return most_levels;
  std::size_t levels = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, levels);
  const bool is_number = error == std::errc() && rest == end;
  return is_number && levels >= 1 && levels <= most_levels ? std::optional(levels) : std::nullopt;
}

/// One option inside the parentheses; false where it is another one, or broken.
bool read_option_inside(std::string_view text, ExpandOption& option) {
  constexpr std::string_view select = "$select=";
  constexpr std::string_view levels = "$levels=";
  if (text.starts_with(select)) {
    option.selected = split_names(text.substr(select.size()));
    return true;
  }
  if (!text.starts_with(levels)) return false;
  option.levels = parse_levels(text.substr(levels.size()));
  return option.levels.has_value();
}

/// nullopt where it is another form: several properties, another option inside, a broken one.
std::optional<ExpandOption> parse_expand(std::string_view text) {
  ExpandOption option;
  const std::size_t open = text.find('(');
  option.name = ascii::trim(text.substr(0, open));
  if (option.name.empty() || option.name.find(',') != std::string::npos) return std::nullopt;
  if (open == std::string_view::npos) return option;
  std::string_view inside = ascii::trim(text.substr(open + 1));
  if (!inside.ends_with(')')) return std::nullopt;
  inside.remove_suffix(1);
  if (inside.empty() || inside.find_first_of("()") != std::string_view::npos) return std::nullopt;
  while (!inside.empty()) {
    const std::size_t end = std::min(inside.find(';'), inside.size());
    if (!read_option_inside(ascii::trim(inside.substr(0, end)), option)) return std::nullopt;
    inside.remove_prefix(std::min(inside.size(), end + 1));
  }
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

/// The object, with the next one inside it as often as `$levels` says. What leads back to an object
/// that is shown already ends there.
Json expanded_chain(const Exchange& exchange, const Expansion& expansion, const Json& item,
                    const ExpandOption& option) {
  std::vector<Json> chain;
  std::set<std::string> seen{string_or(item, "id")};
  const Json* from = &item;
  while (chain.size() < option.levels.value_or(1)) {
    Json next = expansion.single(exchange, *from, !option.selected.empty());
    if (next.is_null() || !seen.insert(string_or(next, "id")).second) break;
    chain.push_back(std::move(next));
    from = &chain.back();
  }
  Json nested;
  for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
    Json shown = selected_members(std::move(*link), option.selected);
    if (!nested.is_null()) shown[std::string(expansion.name)] = std::move(nested);
    nested = std::move(shown);
  }
  return nested;
}

}  // namespace

std::optional<Reply> check_expand(const Exchange& exchange, std::span<const Expansion> expansions) {
  const std::optional<std::string> text = exchange.call.query.get("$expand");
  if (!text) return std::nullopt;
  const std::optional<ExpandOption> option = parse_expand(*text);
  const Expansion* expansion = option ? find_expansion(expansions, option->name) : nullptr;
  if (expansion && (expansion->single || !option->levels)) return std::nullopt;
  return gateway_refusal(
      fmt::format("Parsing OData Select and Expand failed: '{}' cannot be expanded here.", *text));
}

void expand(const Exchange& exchange, std::span<const Expansion> expansions, const Json& item,
            Json& shown) {
  const std::optional<ExpandOption> option = expand_option_of(exchange);
  const Expansion* expansion = option ? find_expansion(expansions, option->name) : nullptr;
  if (!expansion) return;
  if (expansion->single) {
    Json one = expanded_chain(exchange, *expansion, item, *option);
    if (!one.is_null()) shown[std::string(expansion->name)] = std::move(one);
    return;
  }
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
