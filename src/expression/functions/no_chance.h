#pragma once

#include <cstdint>
#include <string>

#include "syncwright/expression/evaluator.h"

namespace syncwright {

/// Where nobody uses what is drawn: the caller's chance stays as it was.
class NoChance final : public Chance {
 public:
  std::string guid() override { return "00000000-0000-4000-8000-000000000000"; }
  std::uint64_t below(std::uint64_t) override { return 0; }
};

}  // namespace syncwright
