#pragma once

#include <memory>
#include <optional>
#include <string>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// The synchronization template of the service principal's gallery application, with its schema;
/// nullptr where it has none of that id.
[[nodiscard]] const Json* find_template(const Exchange& exchange,
                                        const std::string& service_principal,
                                        const std::string& id);

/// The same, but nullptr while the templates of a new service principal are not ready yet.
[[nodiscard]] const Json* ready_template(const Exchange& exchange,
                                         const std::string& service_principal,
                                         const std::string& id);

/// 400 of a body that names a template which is not there, or not ready.
[[nodiscard]] Reply template_not_found(const std::string& id);

/// What the job uses: its own schema, or its template's while nobody changed it; an empty object
/// where the gallery has neither. Never nullptr; a template's lives as long as the catalog.
[[nodiscard]] std::shared_ptr<const Json> schema_in_use(const Store& store, const Job& job,
                                                        const GalleryEntry* entry);

/// The refusal where the template or job of a path
/// `servicePrincipals/*/synchronization/{templates,jobs}/*/schema/...` is not there.
[[nodiscard]] std::optional<Reply> refuse_unknown_schema(const Exchange& exchange);

}  // namespace syncwright::emulator
