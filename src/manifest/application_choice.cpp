#include "manifest/application_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/suggestion.h"

namespace syncwright {
namespace {

using Pair = std::pair<std::string, std::string>;

void check_names(const std::vector<DesiredApplication>& applications,
                 const std::vector<std::string>& only, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  names.reserve(applications.size());
  for (const DesiredApplication& application : applications) names.push_back(application.name);
  for (const std::string& name : only) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    diagnostics.add(Code::SW2007, {}, fmt::format("no manifest is named {}", quote_value(name)),
                    did_you_mean(name, names));
  }
}

std::vector<Pair> read_selectors(const std::vector<std::string>& selectors,
                                 Diagnostics& diagnostics) {
  std::vector<Pair> pairs;
  for (const std::string& selector : selectors) {
    const std::size_t equals = selector.find('=');
    if (equals == std::string::npos || equals == 0) {
      diagnostics.add(Code::SW2022, {},
                      fmt::format("--selector {} is not KEY=VALUE", quote_value(selector)),
                      "for example --selector env=prod");
    } else {
      pairs.emplace_back(selector.substr(0, equals), selector.substr(equals + 1));
    }
  }
  return pairs;
}

bool holds(const DesiredApplication& application, const Pair& pair) {
  const auto label = application.labels.find(pair.first);
  return label != application.labels.end() && label->second == pair.second;
}

void report_unmatched(const std::vector<DesiredApplication>& applications, const Pair& pair,
                      Diagnostics& diagnostics) {
  std::set<std::string> keys;
  std::set<std::string> values;
  for (const DesiredApplication& application : applications) {
    for (const auto& [key, value] : application.labels) {
      keys.insert(key);
      if (key == pair.first) values.insert(value);
    }
  }
  const bool known_key = !values.empty();
  const std::set<std::string>& known = known_key ? values : keys;
  const std::vector<std::string> words(known.begin(), known.end());
  diagnostics.add(Code::SW2022, {},
                  fmt::format("--selector {}={} matches no application", pair.first, pair.second),
                  words.empty() ? "no manifest has labels"
                                : did_you_mean(known_key ? pair.second : pair.first, words));
}

}  // namespace

ApplicationChoice choose(std::vector<DesiredApplication> applications,
                         const std::vector<std::string>& only,
                         const std::vector<std::string>& selectors, Diagnostics& diagnostics) {
  check_names(applications, only, diagnostics);
  const std::vector<Pair> pairs = read_selectors(selectors, diagnostics);
  bool each_matches = true;
  for (const Pair& pair : pairs) {
    const bool matches = std::any_of(
        applications.begin(), applications.end(),
        [&](const DesiredApplication& application) { return holds(application, pair); });
    if (!matches) report_unmatched(applications, pair, diagnostics);
    each_matches = each_matches && matches;
  }
  const bool named_only = !only.empty();
  ApplicationChoice choice;
  for (DesiredApplication& application : applications) {
    const bool named =
        !named_only || std::find(only.begin(), only.end(), application.name) != only.end();
    const bool is_chosen = named && std::all_of(pairs.begin(), pairs.end(), [&](const Pair& pair) {
                             return holds(application, pair);
                           });
    (is_chosen ? choice.chosen : choice.left_out).push_back(std::move(application));
  }
  if (choice.chosen.empty() && !pairs.empty() && each_matches && !diagnostics.has_errors()) {
    diagnostics.add(Code::SW2022, {}, "no application matches every --selector and --only",
                    "run with fewer of them");
  }
  return choice;
}

}  // namespace syncwright
