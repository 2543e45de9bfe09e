#include "emulator/resources/directory_queries.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

// The sets that the reference's table of properties repeats. What only negates stands behind `ne`
// there, and `in` comes with `eq`.
constexpr unsigned equality_bits = bits(eq, in);
constexpr unsigned text_bits = bits(eq, in, starts_with, ordering);
constexpr unsigned ordered_bits = bits(eq, ordering);
constexpr unsigned nullable_bits = bits(ne, null);
constexpr unsigned advanced_text_bits = bits(eq, ne, in, starts_with, ordering, null);
constexpr unsigned advanced_ordered_bits = bits(eq, ne, in, ordering, null);

constexpr std::array<FilterRule, 37> user_filters{{
    {"id", equality_bits, bits(ne)},
    {"accountEnabled", equality_bits, bits(ne, ordering)},
    {"ageGroup", equality_bits, bits(ne)},
    {"businessPhones", bits(any), 0},
    {"city", text_bits, nullable_bits},
    {"companyName", 0, advanced_text_bits},
    {"consentProvidedForMinor", equality_bits, bits(ne)},
    {"country", text_bits, nullable_bits},
    {"createdDateTime", ordered_bits, bits(ne, in)},
    {"deletedDateTime", ordered_bits, bits(ne, in)},
    {"department", text_bits, nullable_bits},
    {"displayName", text_bits, nullable_bits},
    {"employeeHireDate", 0, bits(eq, ne, in, ordering)},
    {"employeeId", bits(eq, in, starts_with), bits(ne, ordering, null)},
    {"employeeOrgData/costCenter", 0, bits(eq, ne, in)},
    {"employeeOrgData/division", 0, bits(eq, ne, in)},
    {"employeeType", 0, bits(eq, ne, in, ordering, starts_with)},
    {"faxNumber", 0, advanced_text_bits},
    {"givenName", text_bits, nullable_bits},
    {"jobTitle", text_bits, nullable_bits},
    {"mail", text_bits, bits(ne, ends_with, null)},
    {"mailNickname", text_bits, nullable_bits},
    {"mobilePhone", 0, advanced_text_bits},
    {"officeLocation", 0, advanced_text_bits},
    {"onPremisesExtensionAttributes/*", 0, advanced_ordered_bits},
    {"onPremisesImmutableId", 0, bits(eq, ne, in, ordering)},
    {"onPremisesSyncEnabled", equality_bits, bits(ne, ordering, null)},
    {"otherMails", bits(any, starts_with, ordering, in), bits(ne, ends_with)},
    {"passwordPolicies", 0, bits(eq, ne, null)},
    {"postalCode", 0, advanced_text_bits},
    {"preferredLanguage", 0, advanced_text_bits},
    {"state", text_bits, nullable_bits},
    {"streetAddress", 0, advanced_text_bits},
    {"surname", text_bits, nullable_bits},
    {"usageLocation", text_bits, bits(ne)},
    {"userPrincipalName", text_bits, bits(ne, ends_with)},
    {"userType", equality_bits, nullable_bits},
}};

constexpr std::array<FilterRule, 11> group_filters{{
    {"id", equality_bits, bits(ne)},
    {"deletedDateTime", ordered_bits, bits(ne, in)},
    {"description", 0, advanced_text_bits},
    {"displayName", text_bits, nullable_bits},
    {"groupTypes", bits(any), 0},
    {"mail", text_bits, bits(ne, ends_with, null)},
    {"mailEnabled", equality_bits, bits(ne)},
    {"mailNickname", text_bits, nullable_bits},
    {"preferredLanguage", 0, advanced_text_bits},
    {"proxyAddresses", bits(any, starts_with), bits(ends_with)},
    {"securityEnabled", equality_bits, bits(ne)},
}};

constexpr std::array<FilterRule, 12> application_filters{{
    {"id", equality_bits, bits(ne)},
    {"appId", equality_bits, bits(ne)},
    {"applicationTemplateId", bits(eq), bits(ne, starts_with, null)},
    {"createdDateTime", ordered_bits, bits(ne, in, null)},
    {"deletedDateTime", ordered_bits, bits(ne, in)},
    {"description", 0, advanced_text_bits},
    {"displayName", text_bits, nullable_bits},
    {"identifierUris", bits(any, starts_with), 0},
    {"notes", 0, bits(eq, ne, starts_with, null)},
    {"signInAudience", 0, bits(eq, ne)},
    {"tags", bits(any), bits(starts_with)},
    {"uniqueName", equality_bits, bits(ne, starts_with, null)},
}};

constexpr std::array<FilterRule, 13> service_principal_filters{{
    {"id", equality_bits, bits(ne)},
    {"accountEnabled", equality_bits, bits(ne)},
    {"appId", equality_bits, bits(ne)},
    {"appOwnerOrganizationId", 0, bits(eq, ne, null)},
    {"appRoleAssignmentRequired", 0, bits(eq, ne)},
    {"applicationTemplateId", bits(eq), bits(ne, starts_with, null)},
    {"deletedDateTime", ordered_bits, bits(ne, in)},
    {"description", 0, advanced_text_bits},
    {"displayName", text_bits, nullable_bits},
    {"notes", 0, bits(eq, ne, starts_with, null)},
    {"servicePrincipalNames", bits(any), bits(starts_with)},
    {"servicePrincipalType", equality_bits, bits(ne)},
    {"tags", bits(any), bits(starts_with)},
}};

/// What directory objects have in common; lists of several types take it with ConsistencyLevel.
constexpr std::array<FilterRule, 5> directory_object_filters{{
    {"id", 0, bits(eq, ne, in)},
    {"displayName", 0, advanced_text_bits},
    {"description", 0, advanced_text_bits},
    {"mail", 0, advanced_text_bits | bits(ends_with)},
    {"userPrincipalName", 0, advanced_text_bits | bits(ends_with)},
}};

constexpr std::array<SortRule, 4> user_sorts{
    {{"displayName"}, {"userPrincipalName"}, {"createdDateTime", true}, {"deletedDateTime", true}}};
constexpr std::array<SortRule, 2> group_sorts{{{"displayName"}, {"deletedDateTime", true}}};
/// Of applications and service principals.
constexpr std::array<SortRule, 3> application_sorts{
    {{"displayName", true}, {"createdDateTime", true}, {"deletedDateTime", true}}};

constexpr std::array<SortRule, 3> deleted_user_sorts{
    {{"displayName"}, {"userPrincipalName"}, {"deletedDateTime", true}}};
constexpr std::array<SortRule, 2> deleted_sorts{{{"displayName"}, {"deletedDateTime", true}}};
constexpr std::array<SortRule, 1> directory_object_sorts{{{"displayName", true}}};

Listing searched(std::string context, std::string_view type, std::span<const FilterRule> filters,
                 std::span<const SortRule> sorts) {
  Listing listing;
  listing.context = std::move(context);
  listing.type = type;
  listing.filters = filters;
  listing.sorts = sorts;
  listing.is_searched = true;
  return listing;
}

}  // namespace

Listing directory_listing(DirectoryType type) {
  switch (type) {
    case DirectoryType::user:
      return searched("users", "user", user_filters, user_sorts);
    case DirectoryType::group:
      return searched("groups", "group", group_filters, group_sorts);
    case DirectoryType::application:
      return searched("applications", "application", application_filters, application_sorts);
    case DirectoryType::service_principal:
      break;
  }
  return searched("servicePrincipals", "servicePrincipal", service_principal_filters,
                  application_sorts);
}

Listing deleted_items_listing(DirectoryType type) {
  Listing listing = directory_listing(type);
  if (type == DirectoryType::user) {
    listing.sorts = deleted_user_sorts;
  } else {
    listing.sorts = deleted_sorts;
  }
  return listing;
}

Listing directory_objects_listing() {
  Listing listing = searched("directoryObjects", "directoryObject", directory_object_filters,
                             directory_object_sorts);
  listing.is_mixed = true;
  return listing;
}

std::vector<const Json*> listed_objects(const Exchange& exchange, const Collection& objects) {
  const Call& call = exchange.call;
  const std::optional<std::string> text = call.query.get("$filter");
  const std::optional<FilterNode> filter = text ? parse_filter(*text) : std::nullopt;
  const auto names = filter ? asked_names(*filter) : std::nullopt;
  return names ? objects.listed(call.now, exchange.store.delay, *names)
               : objects.listed(call.now, exchange.store.delay);
}

}  // namespace syncwright::emulator
