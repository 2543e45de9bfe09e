#include "syncwright/core/random.h"
#include "syncwright/expression/evaluator.h"

namespace syncwright {
namespace {

class SystemChance final : public Chance {
 public:
  std::string guid() override { return random_uuid(); }
  std::uint64_t below(std::uint64_t bound) override { return random_below(bound); }
};

}  // namespace

Chance& system_chance() {
  static SystemChance chance;
  return chance;
}

}  // namespace syncwright
