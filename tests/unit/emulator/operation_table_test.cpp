#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>
#include <vector>

#include "emulator/routes.h"
#include "syncwright/core/file.h"
#include "tenant_fixture.h"

/// docs/emulator.md, "What it answers": a row of each operation, and no row of anything else.
namespace syncwright::emulator {

namespace {

struct OperationRow {
  http::HttpMethod method = http::HttpMethod::get;
  std::string path;  ///< with an `*` for each `{...}`, without the first slash
  std::string versions;

  [[nodiscard]] std::string name() const {
    return std::string(http::to_string(method)) + " " + path;
  }
};

std::string with_stars(const std::string& path) {
  std::string result;
  for (std::size_t at = 1; at < path.size(); ++at) {
    if (path[at] == '{') at = path.find('}', at);
    result += path[at] == '}' ? '*' : path[at];
  }
  return result;
}

/// "| `GET /users/{id}` | v1.0, beta | ..." of the part of the page that begins with `title`.
std::vector<OperationRow> rows_below(const std::string& title) {
  const auto page = read_file(std::filesystem::path(SYNCWRIGHT_SOURCE_DIR) / "docs/emulator.md");
  REQUIRE(page.has_value());
  const std::size_t start = page->find("\n" + title + "\n");
  REQUIRE(start != std::string::npos);
  std::istringstream lines(page->substr(start + 2, page->find("\n#", start + 2) - start - 2));
  std::vector<OperationRow> rows;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| `")) continue;
    const std::size_t blank = line.find(' ', 3);
    const std::size_t end = line.find('`', blank);
    const std::size_t next = line.find('|', end) + 1;
    OperationRow row;
    for (const auto method : {http::HttpMethod::post, http::HttpMethod::put,
                              http::HttpMethod::patch, http::HttpMethod::del}) {
      if (line.substr(3, blank - 3) == http::to_string(method)) row.method = method;
    }
    row.path = with_stars(line.substr(blank + 1, end - blank - 1));
    row.versions = line.substr(next, line.find('|', next) - next);
    rows.push_back(std::move(row));
  }
  REQUIRE(!rows.empty());
  return rows;
}

/// A row to paste into the page.
std::string row_of(const Route& route) {
  std::string path;
  for (const char letter : route.pattern) {
    path += letter == '*' ? std::string("{id}") : std::string(1, letter);
  }
  return std::string("| `") + http::to_string(route.method) + " /" + path +
         "` | v1.0, beta | [5](graph.md#5) | |\n";
}

/// Whether Graph's words for a path or a method that it does not have come back.
bool is_unknown(TenantFixture& fixture, const OperationRow& row, const std::string& version) {
  std::string path = row.path;
  std::replace(path.begin(), path.end(), '*', 'x');
  const bool sends = row.method != http::HttpMethod::get && row.method != http::HttpMethod::del;
  const Answer answer = fixture.send(row.method, (version == "beta" ? "/beta/" : "/") + path,
                                     sends ? Json::object() : Json());
  return answer.status == 405 || answer.message().starts_with("Resource not found for the segment");
}

}  // namespace

TEST_CASE("every operation has its row in docs/emulator.md, and every row its operation") {
  std::set<std::string> rows;
  for (const OperationRow& row : rows_below("## What it answers")) {
    CAPTURE(row.name());
    CHECK(rows.insert(row.name()).second);
  }
  CHECK(rows.erase("POST $batch") == 1);
  std::string missing;
  for (const Route& route : all_routes()) {
    const std::string name =
        std::string(http::to_string(route.method)) + " " + std::string(route.pattern);
    if (rows.erase(name) == 0) missing += row_of(route);
  }
  CHECK_MESSAGE(missing.empty(), "rows to paste into docs/emulator.md:\n", missing);
  std::string extra;
  for (const std::string& name : rows) extra += name + "\n";
  CHECK_MESSAGE(extra.empty(), "rows of docs/emulator.md that nothing answers:\n", extra);
}

TEST_CASE("what the table has is answered, in each version that it names") {
  TenantFixture fixture;
  for (const OperationRow& row : rows_below("## What it answers")) {
    CAPTURE(row.name());
    bool is_asked = false;
    for (const std::string version : {"v1.0", "beta"}) {
      if (row.versions.find(version) == std::string::npos) continue;
      is_asked = true;
      CAPTURE(version);
      CHECK_FALSE(is_unknown(fixture, row, version));
    }
    CHECK(is_asked);
  }
}

TEST_CASE("what the page says is not there yet is not there") {
  TenantFixture fixture;
  for (const OperationRow& row : rows_below("### Not yet")) {
    CAPTURE(row.name());
    CHECK(is_unknown(fixture, row, "v1.0"));
  }
}

}  // namespace syncwright::emulator
