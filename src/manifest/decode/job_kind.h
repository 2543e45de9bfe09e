#pragma once

#include <string_view>

namespace syncwright {

/// What lies on the two sides of a job, as far as names tell.
struct JobKind {
  bool cloud_sync = false;           ///< between Active Directory and Entra ID, by the agent
  bool hr_inbound = false;           ///< from Workday, SuccessFactors or the inbound API
  bool to_active_directory = false;  ///< the target is on-premises AD
};

/// By the names that Microsoft gives galleries and templates ([G]: no document lists all of them):
/// "Workday to Active Directory User Provisioning", API2AD, AD2AADProvisioning, ... Either may be
/// empty or an id that says nothing: an ordinary application then.
[[nodiscard]] JobKind job_kind(std::string_view gallery, std::string_view template_id);

}  // namespace syncwright
