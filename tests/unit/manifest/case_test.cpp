#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "syncwright/core/environment.h"
#include "syncwright/core/file.h"
#include "syncwright/emulator/template_schema.h"
#include "syncwright/manifest/loader.h"

/// Runs every folder of tests/cases/validate: its files are the project, `args` holds one argument
/// of the command line a line, `expected.txt` the whole output. Here the heads of the diagnostics
/// in it are compared, on the real binary (with source lines and carets) the rest. `desired.json`,
/// where there is one, is what the manifests must mean; SYNCWRIGHT_UPDATE=1 writes it anew.

using namespace syncwright;
using namespace syncwright::manifest;
namespace fs = std::filesystem;

namespace {

const fs::path cases = fs::path(SYNCWRIGHT_SOURCE_DIR) / "tests/cases/validate";

std::string text_of(const fs::path& path) {
  const auto text = read_file(path);
  return text ? *text : std::string();
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  std::istringstream stream(text_of(path));
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// As the command line has it.
std::optional<schema::KnownSchema> template_schema(const std::string& gallery,
                                                   const std::string& job) {
  auto schema = emulator::built_in_schema(gallery, job);
  if (!schema) return std::nullopt;
  return schema::KnownSchema{std::move(*schema), false};
}

LoadOptions options_of(const fs::path& folder) {
  LoadOptions options;
  options.working_folder = folder;
  options.template_schema = template_schema;
  options.galleries = emulator::built_in_galleries;
  options.notes_advice = true;
  const auto after = [](const std::string& line) { return line.substr(line.find('=') + 1); };
  for (const std::string& line : lines_of(folder / "args")) {
    if (line.starts_with("--var-file=")) {
      options.variable_files.emplace_back(after(line));
    } else if (line.starts_with("--var=")) {
      const std::string pair = after(line);
      options.variables[pair.substr(0, pair.find('='))] = after(pair);
    } else if (line.starts_with("--only=")) {
      options.only.push_back(after(line));
    } else if (line.starts_with("--selector=")) {
      options.selectors.push_back(after(line));
    } else if (line.starts_with("--project=")) {
      options.project = after(line);
    } else if (line.starts_with("--environment=")) {
      options.environment = after(line);
    } else {
      options.paths.emplace_back(line);
    }
  }
  return options;
}

/// As expected.txt has it: "file:line:column: error[SW0123]: message".
std::string head_of(const Diagnostic& found) {
  std::string place = found.where.file;
  if (found.where.line > 0) place += fmt::format(":{}:{}", found.where.line, found.where.column);
  if (!place.empty()) place += ": ";
  return fmt::format("{}{}[{}]: {}\n", place, to_string(found.severity), found.code, found.message);
}

std::string expected_heads(const fs::path& folder) {
  std::string heads;
  for (const std::string& line : lines_of(folder / "expected.txt")) {
    const bool is_head =
        !line.empty() && line.front() != ' ' &&
        (line.find("error[SW") != std::string::npos ||
         line.find("warning[SW") != std::string::npos || line.find("note[SW") != std::string::npos);
    if (is_head) heads += line + "\n";
  }
  return heads;
}

void compare_desired(const fs::path& path, const model::Desired& desired) {
  const std::string text = document_of(desired).text();
  if (Environment::of_process().get("SYNCWRIGHT_UPDATE")) {
    REQUIRE(write_file_atomically(path, text).has_value());
  }
  CHECK(text == text_of(path));
}

}  // namespace

TEST_CASE("every case of tests/cases/validate") {
  std::set<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(cases)) folders.insert(entry.path());
  CHECK(folders.size() >= 50);
  for (const fs::path& folder : folders) {
    INFO(folder.filename().string());
    Diagnostics diagnostics;
    const LoadOptions options = options_of(folder);
    const Loaded loaded = load(options, diagnostics);
    std::string heads;
    for (const Diagnostic& found : diagnostics.items()) heads += head_of(found);
    CHECK(heads == expected_heads(folder));
    if (fs::exists(folder / "desired.json"))
      compare_desired(folder / "desired.json", loaded.desired);
    for (const SourceText& text : loaded.texts)
      CHECK(text.text.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("every diagnostic that the manifest floor can give has a case") {
  std::string all;
  for (const auto& entry : fs::directory_iterator(cases)) all += expected_heads(entry.path());
  for (const char* code :
       {"SW0101", "SW0102", "SW0103", "SW0104", "SW0105", "SW0106", "SW0107", "SW0108", "SW0109",
        "SW1001", "SW1002", "SW1003", "SW1004", "SW1005", "SW1006", "SW1007", "SW1008", "SW1009",
        "SW1010", "SW1011", "SW1012", "SW1013", "SW1014", "SW2001", "SW2002", "SW2003", "SW2004",
        "SW2005", "SW2006", "SW2007", "SW2009", "SW2010", "SW2011", "SW3001", "SW3002", "SW3101",
        "SW3102", "SW3103", "SW3104", "SW3105", "SW3106", "SW3107", "SW3108", "SW3109", "SW3110",
        "SW3111", "SW3112", "SW3113", "SW3114", "SW3120", "SW3121", "SW3122", "SW3123", "SW3124",
        "SW3126", "SW3127", "SW3130", "SW3131", "SW3132", "SW3133", "SW3134", "SW3135", "SW3136",
        "SW3201", "SW3202", "SW3203", "SW3204", "SW3205", "SW3206", "SW3207", "SW3210", "SW3211",
        "SW4001", "SW4002", "SW4003", "SW1015", "SW1016", "SW1017", "SW2020", "SW2021", "SW2022",
        "SW2023", "SW2024", "SW2025", "SW2026", "SW2027", "SW2028", "SW2029", "SW2038", "SW4004"}) {
    CAPTURE(code);
    CHECK(all.find(code) != std::string::npos);
  }
}
