#pragma once

#include <optional>
#include <string>
#include <vector>

#include "manifest/decode/field.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// `spec.lifecycle`.
struct DecodedLifecycle {
  struct EarlierName {
    std::string name;
    SourceRange where;
  };

  Adopt adopt;
  std::optional<bool> protect;
  std::vector<EarlierName> previously;  ///< each once
};

/// `adopt` takes refuse, never, by-name, an object id or {appId: ID}; ids are given in small
/// letters.
[[nodiscard]] std::optional<DecodedLifecycle> as_lifecycle(const Field& field);

}  // namespace syncwright
