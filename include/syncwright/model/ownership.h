#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace syncwright::model {

struct Desired;
struct DesiredApplication;

/// The names by which a tenant remembers what a project owns (docs/contract.md#4). Every tag and
/// key that syncwright writes or reads is spelled here and nowhere else.
struct Owner {
  std::string project;
  std::string environment;  ///< empty without environments: spelled "-"
  /// Earlier names of the project (`metadata.previously`): what they own is this project's to take
  /// over, and no other project may.
  std::vector<std::string> earlier = {};

  [[nodiscard]] std::string tag() const;  ///< "syncwright:PROJECT/ENVIRONMENT"
  /// "syncwright:PROJECT/ENVIRONMENT/": the display name of a creation that is not claimed yet
  /// starts so.
  [[nodiscard]] std::string pending_prefix() const;
  [[nodiscard]] std::string pending_display_name(std::string_view application) const;
  /// "syncwright/PROJECT/ENVIRONMENT/NAME": the first of a chain (unique_names.h).
  [[nodiscard]] std::string unique_name(std::string_view application) const;
  /// Whether the tags say that this owner has the application under this name.
  [[nodiscard]] bool marks(const std::vector<std::string>& tags,
                           std::string_view application) const;

  /// Who owned the same under each earlier name, in the same environment.
  [[nodiscard]] std::vector<Owner> predecessors() const;
  /// The one of them whose tag is among the tags.
  [[nodiscard]] std::optional<Owner> predecessor_in(const std::vector<std::string>& tags) const;
  /// Whether the tags say that it is this owner's, or was under an earlier name.
  [[nodiscard]] bool owns(const std::vector<std::string>& tags) const;
  /// The first owner tag that is neither this owner's nor one of its predecessors'.
  [[nodiscard]] std::optional<std::string> foreign_tag(const std::vector<std::string>& tags) const;
  /// Whether the display name is that of a creation of this owner, under whatever name of the
  /// project, that is not claimed yet.
  [[nodiscard]] bool is_pending(std::string_view display_name) const;
};

/// The owner that manifests write under.
[[nodiscard]] Owner owner_of(const Desired& desired);

/// Whether the tags name neither another owner nor another application than this one, under its
/// name or an earlier one. Without such tags it is true.
[[nodiscard]] bool names_no_other(const DesiredApplication& desired, const Owner& owner,
                                  const std::vector<std::string>& tags);

inline constexpr std::string_view kApplicationTag = "syncwright-app:";
inline constexpr std::string_view kCredentialsTag = "syncwright-credentials:";
inline constexpr std::string_view kPendingRestartTag = "syncwright-pending:restart";
inline constexpr std::string_view kAppliedTag = "syncwright-applied:";  ///< + applied_digest()
inline constexpr std::string_view kProtectedTag = "syncwright-protected";
/// + the reason, of `job pause --hold REASON`: later applies start none of the application's jobs.
inline constexpr std::string_view kHoldTag = "syncwright-hold";
/// The reason of the hold that an apply sets with the ownership tags it puts back: what stood still
/// when they were taken off may have been on hold.
inline constexpr std::string_view kLostTagsHold = "its ownership tags were removed";

[[nodiscard]] std::string application_tag(std::string_view application);
[[nodiscard]] std::string credentials_tag(std::string_view revision);
[[nodiscard]] std::string hold_tag(std::string_view reason);
/// kPendingRestartTag of one job; without a job behind it the tag means every job.
[[nodiscard]] std::string pending_restart_tag(std::string_view job_id);
/// Whether the tags say of a job that its restart is due.
[[nodiscard]] bool awaits_restart(const std::vector<std::string>& tags, std::string_view job_id);
/// The text after `prefix` of the first tag that starts with it.
[[nodiscard]] std::optional<std::string> tag_value(const std::vector<std::string>& tags,
                                                   std::string_view prefix);
/// Why an operator holds the jobs of the application, empty where no reason was given; nullopt: no
/// hold is set.
[[nodiscard]] std::optional<std::string> hold_reason(const std::vector<std::string>& tags);
/// The first owner tag ("syncwright:...") of another project or environment than `own_tag` says,
/// also where ours stands beside it. Earlier names of the project count as others.
[[nodiscard]] std::optional<std::string> foreign_owner_tag(const std::vector<std::string>& tags,
                                                           std::string_view own_tag);

/// An edit of a tag list: foreign tags are kept in their order.
struct TagEdit {
  std::vector<std::string> add;
  std::vector<std::string> remove_prefixes;  ///< tags that start so go, before `add`
};
[[nodiscard]] std::vector<std::string> apply_edit(std::vector<std::string> tags,
                                                  const TagEdit& edit);
/// What the restart of one job leaves of `tags`: of the job ids `others`, those whose restart is
/// due still have theirs coming.
[[nodiscard]] TagEdit after_restart(const std::vector<std::string>& tags,
                                    const std::vector<std::string>& others);

}  // namespace syncwright::model
