#pragma once

#include <map>
#include <memory>
#include <string>

#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// Schema documents, each kept once however many jobs use it, and named by the digest of its
/// content.
class Documents {
 public:
  /// One more user of the document; its digest.
  [[nodiscard]] std::string keep(Json document);
  /// One user less; the last one takes the document along. Nothing for an empty digest.
  void release(const std::string& digest);
  /// REQUIRES: somebody uses it.
  [[nodiscard]] std::shared_ptr<const Json> read(const std::string& digest) const;

 private:
  struct Held {
    std::shared_ptr<const Json> document;
    std::size_t users = 0;
  };
  std::map<std::string, Held> held_;  // by digest
};

}  // namespace syncwright::emulator
