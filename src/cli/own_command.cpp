#include "cli/own_command.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "syncwright/core/redaction.h"

namespace syncwright::cli {
namespace {

using Words = std::vector<std::string>;

/// What of a run's flags a command can do something with.
enum class Takes {
  nothing,       ///< it looks at no tenant and no manifest
  place,         ///< -e, --emulator, --endpoint
  manifests,     ///< these, variables and PATH
  applications,  ///< these, --only and --selector
};

struct CommandTakes {
  std::string_view command;
  Takes takes;
};

/// `catalog`, `whoami` and what is not named here: the place alone.
constexpr std::array kCommandTakes{
    CommandTakes{"apply", Takes::applications},  CommandTakes{"completion", Takes::nothing},
    CommandTakes{"drift", Takes::applications},  CommandTakes{"eval", Takes::nothing},
    CommandTakes{"explain", Takes::nothing},     CommandTakes{"job", Takes::manifests},
    CommandTakes{"logs", Takes::manifests},      CommandTakes{"plan", Takes::applications},
    CommandTakes{"provision", Takes::manifests}, CommandTakes{"show", Takes::nothing},
    CommandTakes{"status", Takes::manifests},    CommandTakes{"version", Takes::nothing},
};

Takes taken_by(std::string_view command) {
  const std::string_view name = command.substr(0, command.find(' '));
  const auto found = std::find_if(kCommandTakes.begin(), kCommandTakes.end(),
                                  [name](const CommandTakes& row) { return row.command == name; });
  return found == kCommandTakes.end() ? Takes::place : found->takes;
}

std::string told_word(const std::string& word) {
  return without_held_secrets(word) == word ? shell_word(word) : std::string(kSecretMark);
}

std::string joined_words(const Words& words) {
  std::string line = "syncwright";
  for (const std::string& word : words) line += " " + told_word(word);
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
Words place_words(const GlobalOptions& options, const std::string& environment, Takes takes) {
  Words words;
  if (takes == Takes::nothing) return words;
  if (!environment.empty()) add_each(words, "-e", {environment});
  if (options.use_emulator) {
    words.push_back(options.emulator.empty() ? "--emulator" : "--emulator=" + options.emulator);
  }
  if (!options.endpoint.empty()) add_each(words, "--endpoint", {options.endpoint});
  if (takes == Takes::place) return words;
  add_each(words, "--var", options.variables);
  add_each(words, "--var-file", options.variable_files);
  if (takes == Takes::applications) {
    add_each(words, "--only", options.only);
    add_each(words, "--selector", options.selectors);
  }
  words.insert(words.end(), options.paths.begin(), options.paths.end());
  return words;
}

std::string placed(const GlobalOptions& options, const std::string& environment,
                   const std::string& command) {
  std::string line = "syncwright " + command;
  for (const std::string& word : place_words(options, environment, taken_by(command))) {
    line += " " + told_word(word);
  }
  return line;
}

std::string with_placed_commands(const GlobalOptions& options, const std::string& environment,
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
            placed(options, environment, text.substr(command, end - command)) + "`";
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
  return placed(session.options, session.options.environment, command);
}

std::string with_own_commands(const Session& session, const std::string& text) {
  return with_placed_commands(session.options, session.options.environment, text);
}

Plan with_own_commands(const Session& session, Plan plan) {
  // A saved plan says itself what it is for.
  const std::string& environment =
      session.options.environment.empty() ? plan.environment : session.options.environment;
  const auto tell = [&](std::string& text) {
    text = with_placed_commands(session.options, environment, text);
  };
  for (Change& change : plan.changes) {
    if (change.refusal) tell(change.refusal->advice);
  }
  for (Health& health : plan.health) tell(health.message);
  for (Diagnostic& diagnostic : plan.diagnostics) tell(diagnostic.advice);
  return plan;
}

}  // namespace syncwright::cli
