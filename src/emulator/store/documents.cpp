#include "emulator/store/documents.h"

#include <utility>

namespace syncwright::emulator {

std::string Documents::keep(Json document) {
  std::string name = digest(document);
  Held& held = held_[name];
  if (!held.document) held.document = std::make_shared<const Json>(std::move(document));
  ++held.users;
  return name;
}

void Documents::release(const std::string& digest) {
  const auto held = held_.find(digest);
  if (held != held_.end() && --held->second.users == 0) held_.erase(held);
}

std::shared_ptr<const Json> Documents::read(const std::string& digest) const {
  return held_.at(digest).document;
}

}  // namespace syncwright::emulator
