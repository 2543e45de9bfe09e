#pragma once

#include <map>
#include <optional>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// Writes expressions as Graph's trees in the words of one live document: parameter keys come from
/// the live document, then from the job's own functions where they were asked for, then from the
/// function table (docs/architecture.md#decision-4). The document is searched on the first
/// unproven key only.
class SourceWriter {
 public:
  SourceWriter(const SynchronizationSchema& schema, const expression::FunctionKeys* functions)
      : schema_(schema), functions_(functions) {}

  [[nodiscard]] Json write(const expression::Expression& expression);

 private:
  using KeyByPosition = std::map<std::size_t, std::string>;

  void rekey(Json& source);
  [[nodiscard]] const KeyByPosition* live_keys(const std::string& function);
  void learn(const Json& source);
  void learn_functions();

  const SynchronizationSchema& schema_;
  const expression::FunctionKeys* functions_;
  std::optional<std::map<std::string, KeyByPosition>> keys_;  ///< nullopt: not searched yet
};

}  // namespace syncwright::schema
