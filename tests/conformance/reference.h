#pragma once

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::reference {

/// The material beside the project, which is read where it lies and never copied.
inline std::filesystem::path path_of(const std::string& name) {
  return std::filesystem::path(SYNCWRIGHT_SHARED_DIR) / name;
}

/// False where it is not beside the project; says so once.
inline bool is_there() {
  static const bool there = [] {
    const bool exists = std::filesystem::exists(path_of("expressions"));
    if (!exists) std::cout << "skipped: ../shared is not here\n";
    return exists;
  }();
  return there;
}

inline std::string text_of(const std::string& name) {
  std::ifstream stream(path_of(name), std::ios::binary);
  REQUIRE(stream.good());
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline Json load(const std::string& name) {
  auto document = parse_json(text_of(name));
  if (!document) FAIL(name << ": " << document.error().message);
  return std::move(*document);
}

/// Complete schema documents of real tenants.
inline const std::array<std::string, 3> schemas = {
    "fixtures/schemas/salesforce-outbound-2017.json",
    "fixtures/schemas/cloudsync-ad2aad-2021-ou-scope.json",
    "fixtures/schemas/cloudsync-ad2aad-2025-default.json"};

inline schema::SynchronizationSchema decoded(std::string text) {
  auto schema = schema::SynchronizationSchema::decode(std::move(text));
  REQUIRE_MESSAGE(schema.has_value(), schema.error().message);
  return std::move(*schema);
}

}  // namespace syncwright::reference
