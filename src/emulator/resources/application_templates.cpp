#include <array>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/resources.h"

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

constexpr std::array<FilterRule, 5> gallery_filters{{
    {"id", bits(eq, in), 0},
    {"displayName", bits(eq, in, contains, starts_with), 0},
    {"publisher", bits(eq, contains), 0},
    {"categories", bits(any), 0},
    {"supportedProvisioningTypes", bits(any), 0},
}};

Listing listing() {
  Listing listing;
  listing.context = "applicationTemplates";
  listing.type = "applicationTemplate";
  listing.filters = gallery_filters;
  listing.pages_by_skip = true;
  listing.sort_key = "displayName";
  listing.sorts_freely = true;
  return listing;
}

/// The wire shape: what a catalog file leaves out is null or empty (docs/graph.md#10.2).
Json shape(const GalleryEntry& entry) {
  Json value = {{"id", nullptr},
                {"categories", Json::array()},
                {"deprecationDate", nullptr},
                {"description", nullptr},
                {"displayName", nullptr},
                {"endpoints", Json::array()},
                {"homePageUrl", nullptr},
                {"isEntraIntegrated", true},
                {"lastModifiedDateTime", nullptr},
                {"logoUrl", nullptr},
                {"publisher", nullptr},
                {"riskFactors", nullptr},
                {"riskScore", nullptr},
                {"supportedProvisioningTypes", Json::array()},
                {"supportedSingleSignOnModes", Json::array()}};
  value.update(entry.application_template);
  return value;
}

}  // namespace

Reply list_application_templates(const Exchange& exchange) {
  std::vector<Json> values;
  values.reserve(exchange.catalog.gallery.size());
  for (const GalleryEntry& entry : exchange.catalog.gallery) values.push_back(shape(entry));
  std::vector<const Json*> items;
  items.reserve(values.size());
  for (const Json& value : values) items.push_back(&value);
  return list(exchange, listing(), std::move(items));
}

Reply get_application_template(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const GalleryEntry* entry = exchange.catalog.find(id);
  return entry ? entity(exchange, listing(), shape(*entry)) : resource_not_found(id);
}

}  // namespace syncwright::emulator
