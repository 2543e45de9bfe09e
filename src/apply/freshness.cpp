#include "apply/freshness.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "syncwright/plan/basis.h"

namespace syncwright {

namespace {

const FieldChange* find(const std::vector<FieldChange>& fields, const std::string& path) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const FieldChange& field) { return field.path == path; });
  return found == fields.end() ? nullptr : &*found;
}

/// Paths that are in one list only or have another `before`.
std::vector<std::string> moved_paths(const std::vector<FieldChange>& planned,
                                     const std::vector<FieldChange>& fresh) {
  std::vector<std::string> paths;
  for (const FieldChange& field : planned) {
    const FieldChange* now = find(fresh, field.path);
    if (now == nullptr || now->before != field.before) paths.push_back(field.path);
  }
  for (const FieldChange& field : fresh) {
    if (find(planned, field.path) == nullptr) paths.push_back(field.path);
  }
  return paths;
}

}  // namespace

Result<void> check_basis(const Change& change, const std::vector<FieldChange>& fresh) {
  if (!change.basis || *change.basis == basis_of(fresh)) return {};
  return fail(ErrorKind::stale,
              fmt::format("changed since the plan was made: {}",
                          fmt::join(moved_paths(change.fields, fresh), ", ")),
              "Plan again.");
}

}  // namespace syncwright
