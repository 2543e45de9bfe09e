#include "syncwright/schema/rebase.h"

#include <fmt/format.h>

#include <set>

#include "schema/overlay/part_rebase.h"
#include "schema/part_identity.h"
#include "schema/part_lookup.h"

// What is hard: the document of a manifest was exported from one job and is written to another.
// The ids of its schema, rules and directories are the other's (docs/graph.md#10.2), Entra ID has
// two brand names, object names repeat inside a directory (docs/graph.md#13.29), and the service
// adds members of its own. So nothing is copied over as it is: parts are paired by what they are
// called, and only what differs canonically (docs/graph.md#12) is taken from the document, as an
// edit of the live text. A PUT of the foreign ids would be refused; worse, pairing by position
// would put the mapping of users where the one of groups was.

namespace syncwright {

namespace {

class Rebase {
 public:
  Rebase(const SynchronizationSchema& base, const SynchronizationSchema& live)
      : base_(base), live_(live), parts_(base, live, edits_) {}

  tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> result() {
    lay_directories();
    lay_rules();
    if (!problems_.empty()) return tl::unexpected(std::move(problems_));
    if (edits_.empty()) return live_;
    auto rebased = SynchronizationSchema::decode(splice(live_.text(), std::move(edits_)));
    if (rebased) return std::move(*rebased);
    // Only the bounds on size and depth can be crossed: edits put JSON where JSON was.
    problems_.push_back({Code::SW5018, "with the whole document " + rebased.error().message, {}});
    return tl::unexpected(std::move(problems_));
  }

 private:
  void lay_directories() {
    std::set<const DirectoryDefinition*> taken;
    for (const DirectoryDefinition& base : base_.directories()) {
      const DirectoryDefinition* live = live_.find_directory(base.name);
      if (live == nullptr) {
        report_directory("the live schema lacks a directory of the document,", base.name);
      } else if (!taken.insert(live).second) {
        report(fmt::format("the document has the directory `{}` twice", base.name));
      } else if (base_.slice(base.span) != live_.slice(live->span)) {
        parts_.lay(base, *live);
      }
    }
  }

  void lay_rules() {
    const auto found = counterparts(base_.rules(), live_.rules());
    for (std::size_t i = 0; i < found.size(); ++i) {
      const SynchronizationRule& base = base_.rules()[i];
      if (found[i] == nullptr) {
        std::vector<std::string> names;
        for (const SynchronizationRule& rule : live_.rules()) names.push_back(label_of(rule));
        report(
            unknown_name("the live schema lacks a rule of the document,", label_of(base), names));
      } else if (base_.slice(base.span) != live_.slice(found[i]->span)) {
        lay_rule(base, *found[i]);
      }
    }
  }

  /// A rule names directories as the live schema does.
  void lay_rule(const SynchronizationRule& base, const SynchronizationRule& live) {
    MemberValues members;
    const auto lay_name = [&](const char* member, std::string SynchronizationRule::* name) {
      if (same_directory_name(base.*name, live.*name)) return;
      const DirectoryDefinition* directory = live_.find_directory(base.*name);
      if (directory == nullptr && base_.find_directory(base.*name) != nullptr) return;  // reported
      if (directory == nullptr) {
        report_directory(fmt::format("the live schema lacks a directory of the document's rule "
                                     "`{}`,",
                                     label_of(base)),
                         base.*name);
      } else if (directory->name != live.*name) {
        members.emplace_back(member, canonical_json(directory->name));
      }
    };
    lay_name("sourceDirectoryName", &SynchronizationRule::source_directory_name);
    lay_name("targetDirectoryName", &SynchronizationRule::target_directory_name);
    parts_.lay(base, live, std::move(members));
  }

  void report_directory(const std::string& what, const std::string& name) {
    std::vector<std::string> names;
    for (const DirectoryDefinition& directory : live_.directories()) {
      names.push_back(directory.name);
    }
    report(unknown_name(what, name, names));
  }

  void report(std::string message) { problems_.push_back({Code::SW5017, std::move(message), {}}); }

  const SynchronizationSchema& base_;
  const SynchronizationSchema& live_;
  std::vector<TextEdit> edits_;
  std::vector<OverlayProblem> problems_;
  PartRebase parts_;
};

}  // namespace

tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> rebase(
    const SynchronizationSchema& base, const SynchronizationSchema& live) {
  return Rebase(base, live).result();
}

}  // namespace syncwright
