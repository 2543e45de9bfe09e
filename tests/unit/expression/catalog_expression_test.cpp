#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

/// Every mapping source of a catalog file, wherever it stands.
void collect_sources(const Json& value, std::vector<Json>& sources) {
  if (value.is_object() && value.contains("targetAttributeName")) {
    if (!value["source"].is_null()) sources.push_back(value["source"]);
    return;
  }
  if (!value.is_structured()) return;
  for (const Json& child : value) collect_sources(child, sources);
}

std::vector<std::filesystem::path> catalog_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(SYNCWRIGHT_SOURCE_DIR) / "src/emulator/resources/catalog")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("the emulator's catalog holds trees as the service writes them, or texts that parse") {
  std::size_t checked = 0;
  for (const auto& file : catalog_files()) {
    std::ifstream stream(file);
    std::ostringstream content;
    content << stream.rdbuf();
    const auto document = parse_json(content.str());
    REQUIRE_MESSAGE(document.has_value(), file.string());
    std::vector<Json> sources;
    collect_sources(*document, sources);
    for (const Json& source : sources) {
      const auto parsed = parse_expression(source["expression"].get<std::string>());
      REQUIRE_MESSAGE(parsed.has_value(), source["expression"]);
      if (source.contains("name")) CHECK_MESSAGE(to_source_tree(*parsed) == source, file.string());
      CHECK_MESSAGE(has_proven_keys(*parsed), source["expression"]);
      ++checked;
    }
  }
  CHECK(checked > 80);
}
