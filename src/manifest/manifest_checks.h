#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "manifest/decode/application_decoder.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/manifest/loader.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/mapping_test.h"

namespace syncwright::manifest {

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

/// The lint of every expression, object mapping and scoping filter of an application's jobs
/// (SW31xx, SW32xx). Findings within an expression point into its text wherever it stands in the
/// file byte by byte, else at the whole value. Thread-safe as far as `schemas` is.
void check_mapping_rules(const model::DesiredApplication& application,
                         const expression::EvaluationSettings& settings,
                         const TemplateSchemas& schemas, Diagnostics& diagnostics);

/// Definitions of one attribute that contradict each other within what the jobs themselves say
/// (SW2011), as far as a schema is known: before sets are laid beneath. Thread-safe likewise.
void check_definitions(const model::DesiredApplication& application, const TemplateSchemas& schemas,
                       Diagnostics& diagnostics);

/// `gallery` looks like a misspelt name among those known offline. A note: the tenant's gallery has
/// thousands that are not known here, and only the plan can tell.
inline constexpr Code kNearGalleryCode = Code::SW2038;

/// SW2038, where one of `known` (display names) is near and none is meant.
void hint_at_gallery(const model::DesiredApplication& application,
                     const std::vector<std::string>& known, Diagnostics& diagnostics);

/// Checks what concerns several applications, sorted by name: two of one name (SW2001), and
/// `lifecycle.previously` that names an application that is still there, or one that another
/// claims as well (SW2026).
void check_names(const std::vector<DecodedApplication>& applications, Diagnostics& diagnostics);

/// Sorts the tests; two of one name are SW2001.
void sort_by_name(std::vector<model::MappingTest>& tests, Diagnostics& diagnostics);

/// What mapping tests name in the applications of the manifests: the application (SW2012), its job
/// (SW2012) and, where no saved schema is given, the object's mapping (SW2013) and the target
/// attributes that it writes (SW2014). `all_applications`: an application that is not among them
/// does not exist, rather than being in a file that was not asked for.
void check_references(const std::vector<model::MappingTest>& tests,
                      const std::vector<model::DesiredApplication>& applications,
                      bool all_applications, Diagnostics& diagnostics);

}  // namespace syncwright::manifest
