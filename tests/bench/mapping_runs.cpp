/// Mapping runs a second of a user with 60 mapped attributes, on one core: what a cycle of the
/// emulator and `syncwright test` spend on an object.
///
///   cmake --build --preset release --target bench_mapping_runs &&
///   build/release/tests/bench_mapping_runs

#include <fmt/format.h>

#include <chrono>

#include "syncwright/provisioning/step_story.h"

using namespace syncwright;

namespace {

constexpr int attributes = 60;

Json attribute(const std::string& name) {
  return {{"type", "Attribute"},
          {"name", name},
          {"expression", "[" + name + "]"},
          {"parameters", Json::array()}};
}

Json constant(const std::string& text) {
  return {{"type", "Constant"},
          {"name", text},
          {"expression", "\"" + text + "\""},
          {"parameters", Json::array()}};
}

Json call(const std::string& name, std::vector<std::pair<std::string, Json>> parameters) {
  Json list = Json::array();
  for (auto& [key, value] : parameters) list.push_back({{"key", key}, {"value", std::move(value)}});
  return {{"type", "Function"},
          {"name", name},
          {"expression", name + "()"},
          {"parameters", std::move(list)}};
}

/// Of ten mappings six are bare attributes and four are calls, as in a gallery application.
Json source_of(int index) {
  const Json read = attribute(fmt::format("attribute{}", index));
  switch (index % 10) {
    case 3:
      return call("Join", {{"separator", constant(" ")}, {"source", read}, {"source", read}});
    case 5:
      return call("ToLower", {{"source", read}});
    case 7:
      return call("Replace",
                  {{"source", read}, {"Find", constant("-")}, {"Replacement", constant("_")}});
    case 9:
      return call("Left", {{"source", read}, {"length", constant("8")}});
    default:
      return read;
  }
}

Json object_mapping() {
  Json mappings = Json::array();
  for (int index = 0; index < attributes; ++index) {
    mappings.push_back({{"targetAttributeName", fmt::format("target{}", index)},
                        {"matchingPriority", index == 0 ? 1 : 0},
                        {"flowType", "Always"},
                        {"flowBehavior", "FlowWhenChanged"},
                        {"source", source_of(index)}});
  }
  const Json clause = {{"sourceOperandName", "attribute1"},
                       {"operatorName", "IS NOT NULL"},
                       {"targetOperand", nullptr}};
  return {{"sourceObjectName", "User"},
          {"targetObjectName", "User"},
          {"flowTypes", "Add, Update, Delete"},
          {"scope", {{"groups", {{{"name", "known"}, {"clauses", {clause}}}}}}},
          {"attributeMappings", std::move(mappings)}};
}

provisioning::DirectoryObject user() {
  provisioning::DirectoryObject object{"3f2c", "Ada", {}};
  for (int index = 0; index < attributes; ++index) {
    object.attributes.set(fmt::format("attribute{}", index),
                          fmt::format("Value-{} of Ada Lovelace", index));
  }
  return object;
}

template <class Run>
void report(const char* name, const Run& run) {
  using Stopwatch = std::chrono::steady_clock;
  const auto began = Stopwatch::now();
  std::size_t runs = 0;
  std::chrono::duration<double> elapsed{};
  do {
    for (int repeat = 0; repeat < 200; ++repeat, ++runs) run();
    elapsed = Stopwatch::now() - began;
  } while (elapsed.count() < 1.0);
  fmt::print("{:<28} {:>10.0f} runs/s\n", name, static_cast<double>(runs) / elapsed.count());
}

}  // namespace

int main() {
  const auto program = provisioning::MappingProgram::compile(object_mapping());
  if (!program) {
    for (const std::string& problem : program.error()) fmt::print(stderr, "{}\n", problem);
    return 1;
  }
  const provisioning::DirectoryObject source = user();
  const provisioning::MappingInput creation{.source = source};
  const provisioning::Operation created = provisioning::run_mapping(*program, creation);
  provisioning::DirectoryObject account{"a1", "Ada", {}};
  for (auto& [name, value] : created.values_to_write()) account.attributes.set(name, value);
  provisioning::MappingInput update{.source = source};
  update.linked = &account;

  report("create, 60 attributes", [&] { (void)provisioning::run_mapping(*program, creation); });
  report("update without a change", [&] { (void)provisioning::run_mapping(*program, update); });
  report("create, explained", [&] {
    (void)provisioning::steps(*program, creation, provisioning::run_mapping(*program, creation));
  });
  return 0;
}
