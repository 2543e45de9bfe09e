#include "cli/own_command.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/command_table.h"
#include "syncwright/core/redaction.h"

// "Run `syncwright plan --out plan.json`" is advice only where it works: on the same environment,
// tenant and manifests as the run that prints it. The floors below know no flags, so they write the
// command between backticks and bare (docs/contract.md#2), and what this run was given is put in
// here, on the way to the screen. Three things go wrong easily: a flag that the advised command
// refuses (the command table says which it takes), a word that a shell would read, and a secret on
// the command line that would be repeated into a log. JSON and plan files never pass through here:
// they are equal for equal tenants, whatever the flags were.

namespace syncwright::cli {
namespace {

using Words = std::vector<std::string>;

/// A word as a shell reads it; one that repeats a secret of this run is not written down.
std::string quote_word(const std::string& word) {
  return without_held_secrets(word) == word ? shell_word(word) : std::string(kSecretMark);
}

std::string joined_words(const Words& words) {
  std::string line = "syncwright";
  for (const std::string& word : words) line += " " + quote_word(word);
  return line;
}

/// "--max-deletes" of "--max-deletes 3".
std::string_view flag_name(std::string_view flag) {
  return flag.substr(0, flag.find(' '));
}

/// Takes a flag, and its value where it has one, out of a command line.
void take_out(Words& words, const std::string& flag) {
  const std::string name(flag_name(flag));
  const bool has_value = flag.size() > name.size();
  for (auto word = words.begin(); word != words.end() && *word != "--";) {
    if (word->starts_with(name + "=")) {
      word = words.erase(word);
    } else if (*word == name) {
      word = words.erase(word);
      if (has_value && word != words.end()) word = words.erase(word);
    } else {
      ++word;
    }
  }
}

void add_each(Words& words, const char* flag, const Words& values) {
  for (const std::string& value : values) {
    words.emplace_back(flag);
    words.push_back(value);
  }
}

/// What says where the run works, in the order of the documentation.
Words place_words(const GlobalOptions& options, const std::string& environment,
                  AdvisedFlags advised) {
  Words words;
  if (advised == AdvisedFlags::none) return words;
  if (!environment.empty()) add_each(words, "-e", {environment});
  if (options.use_emulator) {
    words.push_back(options.emulator.empty() ? "--emulator" : "--emulator=" + options.emulator);
  }
  if (!options.endpoint.empty()) add_each(words, "--endpoint", {options.endpoint});
  if (!options.ca_file.empty()) add_each(words, "--ca-file", {options.ca_file});
  if (advised == AdvisedFlags::place) return words;
  add_each(words, "--var", options.variables);
  add_each(words, "--var-file", options.variable_files);
  if (advised == AdvisedFlags::applications) {
    add_each(words, "--only", options.only);
    add_each(words, "--selector", options.selectors);
  }
  words.insert(words.end(), options.paths.begin(), options.paths.end());
  return words;
}

std::string add_place(const GlobalOptions& options, const std::string& environment,
                      const std::string& command, AdvisedFlags advised) {
  std::string line = "syncwright " + command;
  for (const std::string& word : place_words(options, environment, advised)) {
    line += " " + quote_word(word);
  }
  return line;
}

std::string add_place(const GlobalOptions& options, const std::string& environment,
                      const std::string& command) {
  const CommandRow* row = find_command(command);
  const AdvisedFlags advised = row == nullptr ? AdvisedFlags::place : row->advised;
  return add_place(options, environment, command, advised);
}

std::string add_place_to_commands(const GlobalOptions& options, const std::string& environment,
                                  const std::string& text) {
  constexpr std::string_view opening = "`syncwright ";
  std::string told;
  std::size_t begin = 0;
  while (true) {
    const std::size_t start = text.find(opening, begin);
    const std::size_t command = start + opening.size();
    const std::size_t end =
        start == std::string::npos ? std::string::npos : text.find('`', command);
    if (end == std::string::npos) break;
    told += text.substr(begin, start - begin) + "`" +
            add_place(options, environment, text.substr(command, end - command)) + "`";
    begin = end + 1;
  }
  return told + text.substr(begin);
}

}  // namespace

std::string shell_word(const std::string& word) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:=@%+,";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char letter : word) {
    if (letter == '\'') {
      quoted += R"('\'')";
    } else {
      quoted += letter;
    }
  }
  return quoted + "'";
}

std::string again_with(const Session& session, const std::vector<std::string>& flags) {
  Words words = session.options.words;
  for (const std::string& flag : flags) take_out(words, flag);
  Words added;
  for (const std::string& flag : flags) {
    const std::string name(flag_name(flag));
    added.push_back(name);
    if (flag.size() > name.size()) added.push_back(flag.substr(name.size() + 1));
  }
  words.insert(std::find(words.begin(), words.end(), "--"), added.begin(), added.end());
  return joined_words(words);
}

std::string command_here(const Session& session, const std::string& command) {
  return add_place(session.options, session.options.environment, command);
}

std::string command_on_plan(const Session& session, const std::string& command) {
  return add_place(session.options, session.options.environment, command, AdvisedFlags::place);
}

std::string with_own_commands(const Session& session, const std::string& text) {
  return add_place_to_commands(session.options, session.options.environment, text);
}

namespace {

/// Calls `tell` with every text of a plan that may advise a command.
template <class AnyPlan, class Tell>
void for_each_advice(AnyPlan& plan, Tell tell) {
  for (auto& change : plan.changes) {
    if (change.refusal) tell(change.refusal->advice);
  }
  for (auto& health : plan.health) tell(health.message);
  for (auto& diagnostic : plan.diagnostics) tell(diagnostic.advice);
}

/// How a text of the plan tells the commands of this run.
auto told_in(const Session& session, const plan::Plan& plan) {
  // A saved plan says itself what it is for.
  const std::string& environment =
      session.options.environment.empty() ? plan.environment : session.options.environment;
  return [&session, environment](const std::string& text) {
    return add_place_to_commands(session.options, environment, text);
  };
}

/// nullopt: this run has no flags that any of its advice lacks.
std::optional<plan::Plan> told_otherwise(const Session& session, const plan::Plan& plan) {
  const auto told = told_in(session, plan);
  bool differs = false;
  for_each_advice(plan, [&](const std::string& text) { differs = differs || told(text) != text; });
  if (!differs) return std::nullopt;
  plan::Plan copy = plan;
  use_own_commands(session, copy);
  return copy;
}

}  // namespace

void use_own_commands(const Session& session, plan::Plan& plan) {
  const auto told = told_in(session, plan);
  for_each_advice(plan, [&](auto& text) { text = told(text); });
}

report::Advised<plan::Plan> with_own_commands(const Session& session, const plan::Plan& plan) {
  return {plan, told_otherwise(session, plan)};
}

report::Advised<std::vector<report::StatusRow>> with_own_commands(
    const Session& session, const std::vector<report::StatusRow>& rows) {
  std::vector<report::StatusRow> told = rows;
  for (report::StatusRow& row : told) {
    for (std::string* text : {&row.note, &row.way_out}) *text = with_own_commands(session, *text);
  }
  return {rows, std::move(told)};
}

report::Advised<plan::Drift> with_own_commands(const Session& session, const plan::Drift& drift) {
  auto told = told_otherwise(session, drift.plan);
  if (!told) return drift;
  plan::Drift copy = drift;
  copy.plan = *std::move(told);
  return {drift, std::move(copy)};
}

}  // namespace syncwright::cli
