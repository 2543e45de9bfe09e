#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "emulator/exchange.h"
#include "emulator/resources/synchronization_templates.h"

namespace syncwright::emulator {

/// A synchronizationSchema as a path names it: a job's or a template's.
struct NamedSchema {
  std::string id;    ///< the job's; of a template its id and zeros (docs/graph.md#10.2)
  std::string path;  ///< "servicePrincipals('x')/synchronization/jobs('y')/schema", for contexts
  std::shared_ptr<const Json> document;
};
[[nodiscard]] NamedSchema schema_of(const Exchange& exchange, const Job& job);
[[nodiscard]] NamedSchema schema_of(const TemplateOwner& owner, const std::string& id,
                                    const SyncTemplate& sync_template);

/// The schema of a path
/// `{applications,servicePrincipals}/*/synchronization/{templates,jobs}/*/schema...`; the refusal
/// where its template or job is not there.
[[nodiscard]] tl::expected<NamedSchema, Reply> named_schema(const Exchange& exchange);
/// The same refusal, without reading the document.
[[nodiscard]] std::optional<Reply> refuse_unknown_schema(const Exchange& exchange);

/// What a GET shows but its own context.
[[nodiscard]] Json schema_on_wire(const Exchange& exchange, const NamedSchema& schema);

/// The same as text, of a job that has a document of its own: as it is kept, not parsed. nullopt:
/// the path names another schema, or none.
[[nodiscard]] std::optional<Reply> kept_schema(const Exchange& exchange);

/// Whether `$expand=schema` is asked for; any other `$expand` is refused. [G] The
/// reference has no query options of templates and jobs (docs/graph.md#14.7).
[[nodiscard]] tl::expected<bool, Reply> expands_schema(const Exchange& exchange);
/// Adds the schema to the template or job that holds it.
void add_schema(const Exchange& exchange, const NamedSchema& schema, Json& holder);

/// What is kept of a schema that is written: without annotations, completed, checked, with a new
/// version.
[[nodiscard]] tl::expected<Json, Reply> written_schema(const Exchange& exchange, Json document);

}  // namespace syncwright::emulator
