#pragma once

#include <string>
#include <vector>

#include "syncwright/plan/plan.h"

namespace syncwright::plan::test {

/// The little world of the planner's tests: project contoso/prod, one Salesforce application and
/// its tenant.

inline constexpr const char* kTenant = "0c5a9d52-11f4-4a4e-9d3c-6f6a4a0a7d11";
inline constexpr const char* kSalesforceTemplate = "5af0c3d1-7b92-4e68-9c14-d36e8b20f57a";
inline constexpr const char* kServicePrincipal = "5b0d6f0e-8a57-4f0f-9d55-2f2f9a7b1c01";

inline constexpr Instant kNow{Milliseconds{1'795'341'600'000}};

/// A manifest: scope assigned, a token by reference, notifications, one started job with the
/// guide's customization.
[[nodiscard]] model::DesiredApplication salesforce();
/// A manifest that asks for the application and nothing else.
[[nodiscard]] model::DesiredApplication bare(const std::string& name);

[[nodiscard]] model::GalleryTemplate salesforce_template();
[[nodiscard]] model::Findings nothing_found();  ///< but the gallery's template

/// The schema of a job whose template nobody has customized.
[[nodiscard]] std::string template_schema();
[[nodiscard]] schema::SynchronizationSchema decoded(std::string text);
/// `text` with the one occurrence of `from` replaced.
[[nodiscard]] std::string replaced(std::string text, const std::string& from,
                                   const std::string& to);

[[nodiscard]] model::LiveJob running_job();
/// What the tenant looks like once everything `desired` asks for has been done.
[[nodiscard]] model::LiveApplication settled(const model::DesiredApplication& desired);
/// The findings that hold just this application, owned.
[[nodiscard]] model::Findings found(model::LiveApplication application);

/// A manifest with assignments, and a live Salesforce whose roles are User, Admin, a disabled one,
/// two of one display name, and one for service principals.
[[nodiscard]] model::DesiredApplication assigning(std::vector<model::DesiredMember> members);
[[nodiscard]] model::DesiredMember user(const std::string& principal,
                                        std::optional<std::string> role = {});
[[nodiscard]] model::DesiredMember group(const std::string& principal,
                                         std::optional<std::string> role = {});
[[nodiscard]] std::vector<model::LiveAppRole> app_roles();

[[nodiscard]] model::Desired project(std::vector<model::DesiredApplication> applications);
[[nodiscard]] Plan planned(const model::DesiredApplication& application,
                           const model::Findings& findings);

/// "planned schema.put salesforce-contoso/jobs/default/schema", a line for each change.
[[nodiscard]] std::string outline(const Plan& plan);
/// The one refusal of a plan; fails the test where there is another number of them.
[[nodiscard]] Refusal refusal_of(const Plan& plan);

}  // namespace syncwright::plan::test
