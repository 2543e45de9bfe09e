#include <CLI/CLI.hpp>
#include <utility>

#include "cli/completion.h"

namespace syncwright::cli {
namespace {

/// Walks the words as the parser would, without its faults: half a command line has many.
class CompletionWalk {
 public:
  explicit CompletionWalk(const CLI::App& app) : level_(&app) {}

  CompletionRequest read(const std::vector<std::string>& before, const std::string& last) {
    for (const std::string& word : before) pass(word);
    ask(last);
    request_.takes_paths = level_->get_option_no_throw("PATH") != nullptr;
    return std::move(request_);
  }

 private:
  static bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

  static std::string long_name(const CLI::Option& option) {
    return option.get_lnames().empty() ? std::string() : "--" + option.get_lnames().front();
  }

  /// A flag of the command or of those above it. nullptr: there is none.
  [[nodiscard]] const CLI::Option* find_flag(const std::string& name) const {
    for (const CLI::App* level = level_; level != nullptr; level = level->get_parent()) {
      if (const CLI::Option* option = level->get_option_no_throw(name)) return option;
    }
    return nullptr;
  }

  /// nullptr: the word is none.
  static const CLI::App* subcommand(const CLI::App& level, const std::string& word) {
    for (const CLI::App* each : level.get_subcommands([](const CLI::App*) { return true; })) {
      if (each->get_name() == word) return each;
    }
    return nullptr;
  }

  void pass(const std::string& word) {
    if (!open_flag_.empty()) {
      request_.flags[std::exchange(open_flag_, {})].push_back(word);
      return;
    }
    if (!only_positions_ && word == "--") {
      only_positions_ = true;
    } else if (!only_positions_ && word.size() > 1 && word.front() == '-') {
      pass_flag(word);
    } else if (const CLI::App* found =
                   request_.positions.empty() ? subcommand(*level_, word) : nullptr) {
      if (request_.command.empty()) request_.command = word;
      level_ = found;
    } else {
      request_.positions.push_back(word);
    }
  }

  void pass_flag(const std::string& word) {
    const std::size_t equals = word.find('=');
    const CLI::Option* option = find_flag(word.substr(0, equals));
    if (option == nullptr) return;
    if (equals != std::string::npos) {
      request_.flags[long_name(*option)].push_back(word.substr(equals + 1));
    } else if (takes_value(*option)) {
      open_flag_ = long_name(*option);
    }
  }

  void ask(const std::string& last) {
    const std::size_t equals = last.find('=');
    const bool is_flag = open_flag_.empty() && !only_positions_ && last.starts_with('-');
    request_.written = last;
    if (!open_flag_.empty()) {
      request_.argument = open_flag_;
    } else if (is_flag && equals != std::string::npos) {
      const CLI::Option* option = find_flag(last.substr(0, equals));
      request_.argument = option == nullptr ? std::string() : long_name(*option);
      request_.before = last.substr(0, equals + 1);
      request_.written = last.substr(equals + 1);
    } else if (is_flag) {
      for (const CLI::App* level = level_; level != nullptr; level = level->get_parent()) {
        add_flags_of(*level);
      }
    } else {
      if (request_.positions.empty()) add_subcommands_of(*level_);
      request_.argument = position();
      if (request_.argument == "COMMAND") add_commands_to_explain();
    }
  }

  void add_flags_of(const CLI::App& level) {
    for (const CLI::Option* option : level.get_options()) {
      const std::string name = long_name(*option);
      const bool is_help_of_above = name == "--help" && &level != level_;
      if (name.empty() || is_help_of_above) continue;
      request_.vocabulary.push_back({name, option->get_description()});
    }
  }

  void add_subcommands_of(const CLI::App& level) {
    for (const CLI::App* each : level.get_subcommands([](const CLI::App*) { return true; })) {
      request_.vocabulary.push_back({each->get_name(), each->get_description()});
    }
  }

  /// For `help job`: what stands below the commands that are given.
  void add_commands_to_explain() {
    const CLI::App* level = level_->get_parent();
    for (const std::string& word : request_.positions) {
      if (level != nullptr) level = subcommand(*level, word);
    }
    if (level != nullptr) add_subcommands_of(*level);
  }

  /// The name of the positional argument that comes next: "PATH". Empty: none is taken.
  [[nodiscard]] std::string position() const {
    std::size_t number = 0;
    for (const CLI::Option* option : level_->get_options()) {
      if (!option->get_positional()) continue;
      const auto most = static_cast<std::size_t>(option->get_items_expected_max());
      if (request_.positions.size() < number + most) return option->get_name(true);
      number += most;
    }
    return {};
  }

  const CLI::App* level_;
  CompletionRequest request_;
  std::string open_flag_;  ///< by long name: the next word is its value
  bool only_positions_ = false;
};

}  // namespace

std::string CompletionRequest::value_of(const std::string& flag) const {
  const auto found = flags.find(flag);
  return found == flags.end() || found->second.empty() ? std::string() : found->second.back();
}

CompletionRequest read_completion(const CLI::App& app, std::vector<std::string> words) {
  const std::string last = words.empty() ? std::string() : std::move(words.back());
  if (!words.empty()) words.pop_back();
  return CompletionWalk(app).read(words, last);
}

}  // namespace syncwright::cli
