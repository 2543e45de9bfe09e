#include "syncwright/export/described_applications.h"

#include <algorithm>
#include <utility>

#include "export/export_names.h"
#include "syncwright/core/ascii.h"

// Export must not describe an application twice: two manifests of one live application are a fault
// (docs/export.md), and so are two of one name. Which manifest means a live application is what a
// plan will say of it later, found with less: its tags name the manifest, under this or an earlier
// name; without tags it is the manifest that would adopt it. Where the project and export's folder
// both have one, the one beside what is written counts, since the two would be loaded together.

namespace syncwright::exporting {
namespace {

bool is_named_before(const model::DesiredApplication& desired, const std::string& name) {
  return desired.name == name || std::find(desired.previously.begin(), desired.previously.end(),
                                           name) != desired.previously.end();
}

bool takes_over(const model::DesiredApplication& desired, const model::ExportedApplication& live) {
  const std::string id = ascii::lower(desired.adopt.id.value_or(""));
  switch (desired.adopt.mode) {
    case model::Adopt::Mode::refuse:
    case model::Adopt::Mode::never:
      return false;
    case model::Adopt::Mode::by_name:
      return desired.display_name == live.reference.display_name &&
             (ascii::equal_ignoring_case(desired.gallery.text(), live.gallery) ||
              ascii::equal_ignoring_case(desired.gallery.text(), live.gallery_name));
    case model::Adopt::Mode::service_principal:
      return id == ascii::lower(live.reference.service_principal_id);
    case model::Adopt::Mode::app_id:
      return id == ascii::lower(live.reference.app_id);
  }
  return false;
}

}  // namespace

bool DescribedApplication::is_file_in(const std::filesystem::path& folder) const {
  return !application.row &&
         file == (folder / manifest_file_of(application.name)).lexically_normal();
}

void DescribedApplications::add(DescribedApplication described) {
  applications_.push_back(std::move(described));
}

const DescribedApplication* DescribedApplications::find(
    const model::ExportedApplication& live) const {
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
    return first(
        [&](const model::DesiredApplication& each) { return is_named_before(each, live.name); });
  }
  return first([&](const model::DesiredApplication& each) { return takes_over(each, live); });
}

std::vector<std::string> DescribedApplications::names() const {
  std::vector<std::string> names;
  names.reserve(applications_.size());
  for (const DescribedApplication& each : applications_) {
    names.push_back(each.application.name);
  }
  return names;
}

}  // namespace syncwright::exporting
