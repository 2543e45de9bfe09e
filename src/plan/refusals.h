#pragma once

#include <string>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/model/ownership.h"
#include "syncwright/plan/app_role.h"
#include "syncwright/plan/change.h"

namespace syncwright::plan::refusals {

/// Every refusal of the planner, with its code, sentence and way out (docs/contract.md#4 "Refused,
/// never guessed"; the codes are explained in the diagnostic catalog). Each message is a whole
/// sentence without a full stop.

/// `near`: the template that was probably meant; empty: none is.
[[nodiscard]] Refusal unknown_gallery(const model::DesiredApplication& desired,
                                      const std::string& near);
[[nodiscard]] Refusal unknown_gallery_of(const model::DesiredApplication& desired,
                                         const model::LiveApplication& live);
[[nodiscard]] Refusal ambiguous_gallery(const model::DesiredApplication& desired,
                                        const std::vector<model::GalleryTemplate>& gallery);
/// The live application was made from another template, or from none.
[[nodiscard]] Refusal changed_gallery(const model::DesiredApplication& desired,
                                      const model::LiveApplication& live);
[[nodiscard]] Refusal unsupported_gallery(const model::GalleryTemplate& gallery);

/// `owner`: ours, which may be the other one under a later name of the project.
[[nodiscard]] Refusal foreign_owner(const model::DesiredApplication& desired,
                                    const model::LiveApplication& neighbour,
                                    const std::string& owner_tag, const model::Owner& owner);
/// This application itself carries the tag of another project or environment.
[[nodiscard]] Refusal owned_elsewhere(const model::LiveApplication& live,
                                      const std::string& owner_tag, const model::Owner& owner);
/// `by_name`: there is no other of that name, so that `adopt: by-name` would do.
[[nodiscard]] Refusal unmanaged_neighbours(const std::vector<model::LiveApplication>& unmanaged,
                                           bool by_name);
[[nodiscard]] Refusal several_owned(const std::vector<model::LiveReference>& owned);
/// Its tags are on one application, and another has its unique name.
[[nodiscard]] Refusal exchanged(const model::LiveReference& tagged,
                                const model::LiveReference& named);

[[nodiscard]] Refusal ambiguous_job(const model::DesiredJob& job,
                                    std::vector<std::string> candidates);
[[nodiscard]] Refusal unknown_job(const model::DesiredJob& job,
                                  const std::vector<model::LiveJob>& jobs);
[[nodiscard]] Refusal shared_job(const std::string& job_id, const std::vector<std::string>& keys,
                                 const std::vector<model::LiveJob>& jobs);
/// The application offers no such template to make a job from.
[[nodiscard]] Refusal unknown_template(const std::string& wanted,
                                       const std::vector<std::string>& template_ids);
/// Several entries would each make a job of one template.
[[nodiscard]] Refusal shared_template(const std::string& template_id,
                                      const std::vector<std::string>& keys);

[[nodiscard]] Refusal unreferenced_secrets(const std::vector<std::string>& keys);

[[nodiscard]] Refusal deletion_quarantine(const model::DesiredApplication& desired,
                                          const model::DesiredJob& job);
[[nodiscard]] Refusal job_on_hold(const model::DesiredApplication& desired,
                                  const std::string& reason);
/// Somebody took the ownership tags off, and a hold may have gone with them.
[[nodiscard]] Refusal job_without_tags(const model::DesiredApplication& desired,
                                       const model::DesiredJob& job);
[[nodiscard]] Refusal expired_quarantine(const model::DesiredApplication& desired,
                                         const model::DesiredJob& job);
[[nodiscard]] Refusal protected_orphan(const model::Orphan& orphan);
[[nodiscard]] Refusal foreign_orphan(const model::Orphan& orphan, const std::string& owner_tag);
[[nodiscard]] Refusal own_identity(const std::string& application);

/// The id or appId under `adopt` leads nowhere; `unmanaged` are those that may be meant.
[[nodiscard]] Refusal nothing_to_adopt(const model::DesiredApplication& desired,
                                       const std::vector<model::LiveApplication>& unmanaged);
/// Adopting by name, and there are several, or one beside another one of this project.
[[nodiscard]] Refusal several_to_adopt(const std::vector<model::LiveApplication>& unmanaged);
/// `adopt` names one application, and another one is this application already.
[[nodiscard]] Refusal adopted_already(const model::LiveApplication& owned,
                                      const std::string& named_id);
/// The live application carries the tag of another application of this project.
[[nodiscard]] Refusal another_application(const model::LiveApplication& live,
                                          const std::string& other);
/// Adopting by name, and the only one of that name is another application of this project.
[[nodiscard]] Refusal name_in_use(const model::LiveApplication& neighbour,
                                  const std::string& other);
/// Other manifests take over the same live application.
[[nodiscard]] Refusal contested(const std::string& target_id,
                                const std::vector<std::string>& others);
/// More than one live application carries a name of `previously`.
[[nodiscard]] Refusal several_renamed(const std::vector<model::LiveReference>& renamed);
/// It holds this application's unique name since before it was renamed.
[[nodiscard]] Refusal name_kept_by(const model::DesiredApplication& desired,
                                   const model::LiveApplication& live, const std::string& other);
[[nodiscard]] Refusal earlier_name_in_use(const std::string& earlier);

[[nodiscard]] Refusal unread_member(const model::DesiredMember& member);
/// None of that name, or several.
[[nodiscard]] Refusal unknown_member(const model::DesiredMember& member,
                                     const std::vector<model::LivePrincipal>& found);
[[nodiscard]] Refusal unusable_role(const model::DesiredMember& member, const RoleChoice& choice);
[[nodiscard]] Refusal contradicting_members(const model::DesiredMember& member);

[[nodiscard]] Refusal unread_schema();
[[nodiscard]] Refusal unreadable(const Error& error);

}  // namespace syncwright::plan::refusals
