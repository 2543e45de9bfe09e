#include "cli/described_applications.h"

#include <algorithm>

#include "syncwright/core/ascii.h"

namespace syncwright::cli {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

bool lies_at_or_below(const fs::path& path, const fs::path& folder) {
  const fs::path below = path.lexically_normal().lexically_relative(folder.lexically_normal());
  return !below.empty() && *below.begin() != "..";
}

/// A first export begins with a folder that has no manifests (SW0107).
bool is_readable(const Diagnostics& diagnostics) {
  return std::none_of(
      diagnostics.items().begin(), diagnostics.items().end(), [](const Diagnostic& diagnostic) {
        return diagnostic.severity == Severity::error && diagnostic.code != "SW0107";
      });
}

bool is_named_before(const DesiredApplication& desired, const std::string& name) {
  return desired.name == name || std::find(desired.previously.begin(), desired.previously.end(),
                                           name) != desired.previously.end();
}

bool takes_over(const DesiredApplication& desired, const ExportedApplication& live) {
  const std::string id = ascii::lower(desired.adopt.id);
  switch (desired.adopt.mode) {
    case Adopt::Mode::refuse:
    case Adopt::Mode::never:
      return false;
    case Adopt::Mode::by_name:
      return desired.display_name == live.reference.display_name &&
             (ascii::equal_ignoring_case(desired.gallery, live.gallery) ||
              ascii::equal_ignoring_case(desired.gallery, live.gallery_name));
    case Adopt::Mode::service_principal:
      return id == ascii::lower(live.reference.service_principal_id);
    case Adopt::Mode::app_id:
      return id == ascii::lower(live.reference.app_id);
  }
  return false;
}

}  // namespace

bool DescribedApplication::is_file_in(const fs::path& folder) const {
  return application.row.line == 0 &&
         file == (folder / (application.name + ".yaml")).lexically_normal();
}

std::optional<DescribedApplications> DescribedApplications::read(
    Session& session, const std::vector<fs::path>& project, const fs::path& folder) {
  DescribedApplications described;
  const auto take = [&](const std::vector<fs::path>& paths, bool beside) {
    Diagnostics diagnostics;
    Loaded loaded = read_all_manifests(session, paths, diagnostics);
    if (!is_readable(diagnostics)) {
      if (beside) {
        print_diagnostics(session, diagnostics, loaded);
      }
      return !beside;
    }
    for (DesiredApplication& application : loaded.desired.applications) {
      const fs::path file = (session.working_folder / application.where.file).lexically_normal();
      described.applications_.push_back({std::move(application), file, beside});
    }
    return true;
  };
  const bool in_project =
      !folder.empty() && std::any_of(project.begin(), project.end(), [&](const fs::path& input) {
        return lies_at_or_below(folder, input);
      });
  std::vector<fs::path> inputs;
  std::copy_if(project.begin(), project.end(), std::back_inserter(inputs), is_there);
  if (!inputs.empty() && !take(inputs, in_project)) {
    return std::nullopt;
  }
  const bool reads_folder = !folder.empty() && !in_project && is_there(folder);
  if (reads_folder && !take({folder}, true)) {
    return std::nullopt;
  }
  return described;
}

const DescribedApplication* DescribedApplications::find(const ExportedApplication& live) const {
  const auto first = [this](auto&& is_meant) -> const DescribedApplication* {
    const DescribedApplication* meant = nullptr;
    for (const DescribedApplication& each : applications_) {
      if (is_meant(each.application) && (meant == nullptr || (each.beside && !meant->beside))) {
        meant = &each;
      }
    }
    return meant;
  };
  if (!live.name.empty()) {
    return first([&](const DesiredApplication& each) { return is_named_before(each, live.name); });
  }
  return first([&](const DesiredApplication& each) { return takes_over(each, live); });
}

std::vector<std::string> DescribedApplications::names() const {
  std::vector<std::string> names;
  names.reserve(applications_.size());
  for (const DescribedApplication& each : applications_) {
    names.push_back(each.application.name);
  }
  return names;
}

}  // namespace syncwright::cli
