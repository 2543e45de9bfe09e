#pragma once

#include <map>
#include <optional>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/expression/expression.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright {

/// Writes expressions as Graph's trees in the words of one live document: parameter keys come from
/// the live document, then from the function table (decision 4 of docs/architecture.md). The
/// document is searched on the first unproven key only.
class SourceWriter {
 public:
  explicit SourceWriter(const SynchronizationSchema& schema) : schema_(schema) {}

  [[nodiscard]] Json write(const Expression& expression);

 private:
  using KeyByPosition = std::map<std::size_t, std::string>;

  void rekey(Json& source);
  [[nodiscard]] const KeyByPosition* live_keys(const std::string& function);
  void learn(const Json& source);

  const SynchronizationSchema& schema_;
  std::optional<std::map<std::string, KeyByPosition>> keys_;  ///< nullopt: not searched yet
};

}  // namespace syncwright
