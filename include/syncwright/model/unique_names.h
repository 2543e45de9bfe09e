#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syncwright/core/error.h"

namespace syncwright::model {

struct DesiredApplication;
struct Owner;

// An application of the tenant has its uniqueName for good (docs/graph.md#5.2): it cannot be set
// twice, a deleted application keeps it until it is purged, and who looks it up by key is not told
// of deleted holders. So a second application of one manifest takes the next link of a chain, and
// plan and apply, of whatever run, walk the same chain to the same end: a run that took another end
// would make a second application, or not find the first.

/// The unique names that soft-deleted applications still hold, up to 30 days [G].
class HeldNames {
 public:
  /// Of several holders of one name all runs take the one of the lowest id.
  void add(const std::string& unique_name, const std::string& application_id);
  /// Object id of the application that holds the name; nullptr: nobody among them does. Valid as
  /// long as nothing is added.
  [[nodiscard]] const std::string* holder(const std::string& unique_name) const;
  [[nodiscard]] bool operator==(const HeldNames&) const = default;

 private:
  std::map<std::string, std::string> holders_;
};

/// The links of a chain: "syncwright/PROJECT/ENVIRONMENT/NAME", and behind one that is held,
/// "syncwright/PROJECT/ENVIRONMENT/NAME/after-ID" of the holder (docs/contract.md#4).
class UniqueNameChain {
 public:
  explicit UniqueNameChain(std::string first) : name_(std::move(first)) {}

  /// The link that the walk stands at.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// Goes to the next link where this one is held: whether there is one. ErrorKind::rejected where
  /// the chain is longer than anybody would delete.
  [[nodiscard]] Result<bool> advance(const HeldNames& held);

 private:
  std::string name_;
  int links_ = 0;  ///< behind the first
};

/// The first link of the chain that the name is of.
[[nodiscard]] std::string_view first_link(std::string_view unique_name);

/// The first links that the application may have from before: what was made under an earlier name
/// of the project or of the application keeps that.
[[nodiscard]] std::vector<std::string> earlier_unique_names(const Owner& owner,
                                                            const DesiredApplication& desired);
/// The first link that is its own, then those.
[[nodiscard]] std::vector<std::string> unique_names_of(const Owner& owner,
                                                       const DesiredApplication& desired);

}  // namespace syncwright::model
