#include <doctest/doctest.h>

#include <string>

#include "manifest/manifest_checks.h"

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

std::string kind(std::string_view gallery, std::string_view template_id) {
  const JobKind found = job_kind(gallery, template_id);
  std::string text;
  if (found.cloud_sync) text += "cloud-sync ";
  if (found.hr_inbound) text += "hr ";
  if (found.to_active_directory) text += "to-ad ";
  return text;
}

}  // namespace

TEST_CASE("jobs are told apart by the names of gallery and template") {
  CHECK(kind("Workday to Active Directory User Provisioning", "default") == "hr to-ad ");
  CHECK(kind("Workday to Microsoft Entra User Provisioning", "default") == "hr ");
  CHECK(kind("Workday to Azure Active Directory User Provisioning", "default") == "hr ");
  CHECK(kind("Workday Writeback", "default") == "");
  CHECK(kind("SuccessFactors to Active Directory User Provisioning", "default") == "hr to-ad ");
  CHECK(kind("API-driven provisioning to on-premises Active Directory", "default") == "hr to-ad ");
  CHECK(kind("", "API2AD") == "hr to-ad ");
  CHECK(kind("", "API2AAD") == "hr ");
  CHECK(kind("", "AD2AADProvisioning") == "cloud-sync ");
  CHECK(kind("", "AAD2ADGroupProvisioning") == "cloud-sync to-ad ");
  CHECK(kind("Salesforce", "SfOutDelta") == "");
  CHECK(kind("8adf8e6e-67b2-4cf2-a259-e3dc5476c621", "scim") == "");
}
