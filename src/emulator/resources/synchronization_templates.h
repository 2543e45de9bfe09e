#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// Whose synchronization templates a path names: an application and its service principal have the
/// same ones (docs/graph.md#5.4).
struct TemplateOwner {
  const Replicated& object;  ///< the application or the service principal
  std::string application;   ///< id; empty where the service principal has none in this tenant
  std::string path;          ///< "applications('x')", for contexts
};
/// Of a path `applications/*/...` or `servicePrincipals/*/...`; nullopt where the call does not see
/// it.
[[nodiscard]] std::optional<TemplateOwner> template_owner(const Exchange& exchange);

/// A template: the gallery's, or what was written over it for one application. Lives as long as
/// nobody writes over it.
struct SyncTemplate {
  const Json& properties;  ///< in wire shape; a member "schema" is none of them
  const Json& schema;
};

/// nullopt where there is none of that id, or the templates of a new service principal are not
/// ready yet.
[[nodiscard]] std::optional<SyncTemplate> ready_template(const Exchange& exchange,
                                                         const TemplateOwner& owner,
                                                         const std::string& id);
[[nodiscard]] std::optional<SyncTemplate> ready_template(const Exchange& exchange,
                                                         const std::string& service_principal,
                                                         const std::string& id);

/// 400 of a body that names a template which is not there, or not ready.
[[nodiscard]] Reply template_not_found(const std::string& id);

/// What a new job of the template begins with, and what a job is reset to; null: the gallery's
/// default. [G] That a job takes a copy of what was written over the template of its application,
/// so that later edits of the template do not reach it, is not documented (docs/graph.md#14.24).
[[nodiscard]] Json assumed_starting_schema(const Exchange& exchange,
                                           const std::string& service_principal,
                                           const std::string& template_id);

/// What the job uses: its own schema, or its template's while nobody changed it; an empty object
/// where the gallery has neither. Never nullptr; a template's lives as long as the catalog.
[[nodiscard]] std::shared_ptr<const Json> schema_in_use(const Store& store, const Job& job,
                                                        const GalleryEntry* entry);

}  // namespace syncwright::emulator
