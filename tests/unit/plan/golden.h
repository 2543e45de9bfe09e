#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "syncwright/core/file.h"

namespace syncwright::plan::test {

/// Compares with tests/cases/plan/CASE/FILE. SYNCWRIGHT_UPDATE_GOLDEN=1 writes the file instead,
/// for a change of texts that is meant: review what it does to the diff.
inline void check_golden(const std::string& name, const std::string& file,
                         const std::string& actual) {
  const std::filesystem::path path =
      std::filesystem::path(SYNCWRIGHT_SOURCE_DIR) / "tests" / "cases" / "plan" / name / file;
  INFO(path.string());
  // NOLINTNEXTLINE(concurrency-mt-unsafe): tests read the environment on one thread
  if (std::getenv("SYNCWRIGHT_UPDATE_GOLDEN") != nullptr) {
    REQUIRE(write_file_atomically(path, actual).has_value());
    return;
  }
  const auto expected = read_file(path);
  REQUIRE(expected.has_value());
  CHECK(actual == *expected);
}

}  // namespace syncwright::plan::test
