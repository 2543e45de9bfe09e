#include <fmt/format.h>

#include <algorithm>

#include "plan/draft.h"
#include "plan/refusals.h"
#include "syncwright/core/text.h"

namespace syncwright::plan::refusals {

namespace {

const char* noun_of(model::DesiredMember::Type type) {
  switch (type) {
    case model::DesiredMember::Type::user:
      return "user";
    case model::DesiredMember::Type::group:
      return "group";
    case model::DesiredMember::Type::service_principal:
      return "service principal";
  }
  return "";
}

std::string words_of(const model::LivePrincipal& principal) {
  return principal.user_principal_name.empty()
             ? fmt::format("{}  {}", principal.id, principal.display_name)
             : fmt::format("{}  {} ({})", principal.id, principal.display_name,
                           principal.user_principal_name);
}

std::string role_of(const model::DesiredMember& member) {
  return member.role ? fmt::format("`{}`", *member.role)
                     : "`User`, which a member without `role` gets";
}

}  // namespace

Refusal unread_member(const model::DesiredMember& member) {
  return {Code::SW5019,
          fmt::format("the {} `{}` was not looked up", noun_of(member.type), member.principal),
          "plan again",
          {}};
}

Refusal unknown_member(const model::DesiredMember& member,
                       const std::vector<model::LivePrincipal>& found) {
  const std::string noun = noun_of(member.type);
  if (found.empty()) {
    return {Code::SW5024,
            fmt::format("the tenant has no {} `{}`", noun, member.principal),
            member.type == model::DesiredMember::Type::user
                ? "name a user by object id, user principal name or display name"
                : fmt::format("name a {} by object id or display name", noun),
            {}};
  }
  std::vector<std::string> candidates;
  candidates.reserve(found.size());
  std::transform(found.begin(), found.end(), std::back_inserter(candidates), words_of);
  std::sort(candidates.begin(), candidates.end());
  return {Code::SW5024,
          fmt::format("the tenant has {} `{}`", count_words(found.size(), noun), member.principal),
          "write the id of the one you mean", std::move(candidates)};
}

Refusal unusable_role(const model::DesiredMember& member, const RoleChoice& choice) {
  const std::string role = role_of(member);
  std::string message;
  switch (choice.problem) {
    case RoleChoice::Problem::none:
    case RoleChoice::Problem::unknown:
      message = fmt::format("the application has no role {}", role);
      break;
    case RoleChoice::Problem::ambiguous:
      message = fmt::format("the application has several roles {}", role);
      break;
    case RoleChoice::Problem::disabled:
      message = fmt::format("the role {} is disabled", role);
      break;
    case RoleChoice::Problem::ineligible:
      message = fmt::format("the role {} cannot be given to a {}", role, noun_of(member.type));
      break;
  }
  const char* advice = choice.candidates.empty()
                           ? "enable a role for such members on the application registration"
                       : choice.problem == RoleChoice::Problem::ambiguous
                           ? "write the role's value or id as `role`"
                           : "write one of the application's roles as `role`";
  return {Code::SW5025, std::move(message), advice, choice.candidates};
}

Refusal contradicting_members(const model::DesiredMember& member) {
  return {Code::SW5026,
          fmt::format("the manifest says of {} `{}` with this role both that it is and that it is "
                      "absent",
                      noun_of(member.type), member.principal),
          "two entries mean the same principal and role: take one of them away",
          {}};
}

}  // namespace syncwright::plan::refusals
