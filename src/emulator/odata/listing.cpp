#include "emulator/odata/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/odata/item_order.h"
#include "emulator/odata/search.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"

namespace syncwright::emulator {

namespace {

/// [G] The reference says so of displayName only; the directory's index folds all strings.
bool assumed_directory_strings_ignore_case() {
  return true;
}

bool asks_to_count(const Exchange& exchange) {
  return ascii::equal_ignoring_case(exchange.call.query.get("$count").value_or(""), "true");
}

bool is_advanced(const Exchange& exchange) {
  return exchange.call.is_eventual() && asks_to_count(exchange);
}

Reply unsupported_filter(const Listing& listing, FilterSupport verdict,
                         const std::string& offending) {
  const std::string clause = fmt::format(
      "query filter clause specified for property '{}' of resource '{}'", offending, listing.type);
  if (verdict == FilterSupport::unsupported) {
    return unsupported_query(fmt::format("Unsupported or invalid {}.", clause));
  }
  return unsupported_query(
      fmt::format("Unsupported {}: the required parameters might be missing. Try adding "
                  "$count=true query parameter and ConsistencyLevel:eventual header.",
                  clause));
}

std::optional<Reply> filter_items(const Exchange& exchange, const Listing& listing, bool has_index,
                                  std::vector<const Json*>& items) {
  const std::optional<std::string> text = exchange.call.query.get("$filter");
  if (!text) return std::nullopt;
  std::optional<FilterNode> parsed = parse_filter(*text);
  if (!parsed)
    return gateway_refusal(fmt::format("Invalid filter clause: syntax error in '{}'.", *text));
  std::string offending;
  const FilterSupport verdict = check_filter(*parsed, listing.filters, offending);
  const bool allowed = verdict == FilterSupport::supported ||
                       (verdict == FilterSupport::needs_consistency_level && has_index);
  if (!allowed) return unsupported_filter(listing, verdict, offending);
  resolve_older_names(*parsed, listing.filters);
  const bool ignore_case = listing.ignores_case && assumed_directory_strings_ignore_case();
  std::erase_if(items, [&](const Json* item) { return !matches(*parsed, *item, ignore_case); });
  return std::nullopt;
}

/// Whatever may be filtered may be searched for (docs/graph.md#4.2).
std::optional<Reply> search_items(const Exchange& exchange, const Listing& listing,
                                  std::vector<const Json*>& items) {
  if (!listing.is_searched) return std::nullopt;  // nobody reads the option: it is refused
  const std::optional<std::string> text = exchange.call.query.get("$search");
  if (!text) return std::nullopt;
  if (!exchange.call.is_eventual()) {
    return unsupported_query(
        "Request with $search query parameter only works through MSGraph with a special request "
        "header: 'ConsistencyLevel: eventual'");
  }
  const std::optional<SearchNode> parsed = parse_search(*text);
  if (!parsed)
    return gateway_refusal(fmt::format("Invalid search clause: syntax error in '{}'.", *text));
  for (const std::string& name : searched_properties(*parsed)) {
    const bool is_known = std::any_of(
        listing.filters.begin(), listing.filters.end(),
        [&](const FilterRule& rule) { return ascii::equal_ignoring_case(rule.path, name); });
    if (!is_known) {
      return unsupported_query(fmt::format("Unsupported $search on property '{}' of resource '{}'.",
                                           name, listing.type));
    }
  }
  std::erase_if(items, [&](const Json* item) { return !is_found(*parsed, *item); });
  return std::nullopt;
}

/// Where the page starts: `$skiptoken` of an earlier nextLink, or `$skip` of the gallery.
std::optional<std::size_t> page_start(const Exchange& exchange, const Listing& listing) {
  const QueryOptions& query = exchange.call.query;
  if (listing.pages_by_skip && query.get("$skip")) return query.number("$skip");
  const std::optional<std::string> token = query.get("$skiptoken");
  if (!token) return 0;
  const std::optional<std::string> text = base64url_decode(*token);
  if (!text || !text->starts_with("page:")) return std::nullopt;
  std::size_t start = 0;
  const char* end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data() + 5, end, start);
  return error == std::errc() && rest == end ? std::optional(start) : std::nullopt;
}

std::string next_link(const Exchange& exchange, const Listing& listing, std::size_t start) {
  const Call& call = exchange.call;
  std::string path;
  for (const std::string& segment : call.segments) path += "/" + percent_encode(segment);
  const std::string query =
      listing.pages_by_skip
          ? call.query.with("$skip", std::to_string(start))
          : call.query.with("$skiptoken", base64url_encode(fmt::format("page:{}", start)));
  return fmt::format("{}/{}{}?{}", call.root, call.version, path, query);
}

/// The members of `value` that `names` select, and its annotations; nullopt where it has none of a
/// name, which goes to `unknown`.
std::optional<Json> select_members(const Listing& listing, const Json& value,
                                   const std::vector<std::string>& names, std::string& unknown) {
  if (names.empty() || names.front() == "*") return value;
  Json result = Json::object();
  for (const auto& [name, annotation] : value.items()) {
    if (name.starts_with('@')) result[name] = annotation;
  }
  for (const std::string& name : names) {
    const Json::const_iterator found = find_property(value, name);
    if (found == value.end() && listing.is_mixed) continue;
    if (found == value.end()) {
      unknown = name;
      return std::nullopt;
    }
    result[found.key()] = found.value();
  }
  return result;
}

Reply unknown_property(const Listing& listing, const std::string& name) {
  return gateway_refusal(
      fmt::format("Parsing OData Select and Expand failed: Could not find a property named '{}' on "
                  "type 'microsoft.graph.{}'.",
                  name, listing.type));
}

/// The item as the request wants it; nullopt where it has none of a name, which goes to `unknown`.
std::optional<Json> presented(const Exchange& exchange, const Listing& listing, const Json& item,
                              std::string& unknown) {
  const std::vector<std::string> names = exchange.call.query.select();
  std::optional<Json> result =
      listing.shown ? select_members(listing, listing.shown(exchange, item), names, unknown)
                    : select_members(listing, item, names, unknown);
  if (result) expand(exchange, listing.expansions, item, *result);
  return result;
}

std::string listed_context(const Exchange& exchange, const Listing& listing) {
  std::string joined;
  for (const std::string& name : exchange.call.query.select()) {
    joined += (joined.empty() ? "" : ",") + name;
  }
  const std::string expanded = expanded_context(exchange);
  if (!expanded.empty()) joined += (joined.empty() ? "" : ",") + expanded;
  return joined.empty() ? listing.context : fmt::format("{}({})", listing.context, joined);
}

std::optional<Reply> wrong_options(const Exchange& exchange, const Listing& listing) {
  const QueryOptions& query = exchange.call.query;
  if (!listing.pages_by_skip && query.get("$skip")) {
    return unsupported_query("'$skip' is not supported by the service.");
  }
  if (std::optional<Reply> refusal = check_expand(exchange, listing.expansions)) return refusal;
  const std::string counted = listing.counts ? query.get("$count").value_or("false") : "false";
  if (!ascii::equal_ignoring_case(counted, "true") &&
      !ascii::equal_ignoring_case(counted, "false")) {
    return gateway_refusal(fmt::format("Invalid value '{}' for $count query option.", counted));
  }
  const std::size_t top = query.number("$top").value_or(0);
  if (query.get("$top") && (top < 1 || top > listing.max_page)) {
    return unsupported_query(
        fmt::format("Invalid page size specified: '{}'. Must be between 1 and {} inclusive.",
                    query.get("$top").value_or(""), listing.max_page));
  }
  if (!page_start(exchange, listing)) {
    return graph_error(400, "Directory_ExpiredPageToken",
                       "The specified page token value has expired and can no longer be included "
                       "in your request.");
  }
  return std::nullopt;
}

}  // namespace

Reply list(const Exchange& exchange, const Listing& listing, std::vector<const Json*> items) {
  if (std::optional<Reply> refusal = wrong_options(exchange, listing)) return *refusal;
  const bool has_index = listing.counts && is_advanced(exchange);
  if (std::optional<Reply> refusal = search_items(exchange, listing, items)) return *refusal;
  if (std::optional<Reply> refusal = filter_items(exchange, listing, has_index, items))
    return *refusal;
  if (auto refusal = sort_items(exchange, listing, has_index, items)) return *refusal;
  const std::size_t start = std::min(page_start(exchange, listing).value_or(0), items.size());
  const std::size_t size = exchange.call.query.number("$top").value_or(listing.default_page);
  const std::size_t end = std::min(items.size(), start + size);
  Reply reply;
  reply.context = listed_context(exchange, listing);
  Json page = Json::array();
  for (std::size_t index = start; index < end; ++index) {
    std::string unknown;
    std::optional<Json> item = presented(exchange, listing, *items[index], unknown);
    if (!item) return unknown_property(listing, unknown);
    page.push_back(std::move(*item));
  }
  reply.body = {{"value", std::move(page)}};
  // Without the header `$count` is silently ignored (docs/graph.md#13.47), on later pages as well.
  const bool is_counted = listing.counts && asks_to_count(exchange) && start == 0;
  if (is_counted && (listing.pages_by_skip || exchange.call.is_eventual())) {
    reply.body["@odata.count"] = items.size();
  }
  if (end < items.size()) reply.body["@odata.nextLink"] = next_link(exchange, listing, end);
  return reply;
}

Reply entity(const Exchange& exchange, const Listing& listing, const Json& value) {
  if (std::optional<Reply> refusal = check_expand(exchange, listing.expansions)) return *refusal;
  std::string unknown;
  std::optional<Json> body = presented(exchange, listing, value, unknown);
  if (!body) return unknown_property(listing, unknown);
  Reply reply;
  reply.context = listed_context(exchange, listing) + "/$entity";
  reply.body = std::move(*body);
  return reply;
}

Reply count(const Exchange& exchange, const Listing& listing, std::vector<const Json*> items) {
  const bool has_index = exchange.call.is_eventual();
  if (!has_index && !listing.pages_by_skip)
    return bad_request("$count is not currently supported.");
  if (std::optional<Reply> refusal = search_items(exchange, listing, items)) return *refusal;
  if (std::optional<Reply> refusal = filter_items(exchange, listing, has_index, items))
    return *refusal;
  Reply reply;
  reply.text = std::to_string(items.size());
  return reply;
}

}  // namespace syncwright::emulator
