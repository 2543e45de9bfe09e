#include "graph_read/deleted_names.h"

#include <utility>

namespace syncwright::graph_read {

DeletedNames::Held DeletedNames::read(const std::stop_token& stop) {
  const Result<Held> held = held_.get(0, [&]() -> Result<Held> {
    auto names = reader_.held_names(stop);
    return names ? std::make_shared<const model::HeldNames>(std::move(*names)) : nullptr;
  });
  return held ? *held : nullptr;
}

}  // namespace syncwright::graph_read
