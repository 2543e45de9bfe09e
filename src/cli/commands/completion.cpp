#include "cli/commands.h"

namespace syncwright::cli {
namespace {

struct Word {
  std::string name;
  std::string summary;
};

struct Vocabulary {
  std::vector<Word> commands;
  std::vector<std::pair<std::string, std::vector<Word>>> flags;  ///< by command; "" = global
};

std::vector<Word> flags_of(const CLI::App& app) {
  std::vector<Word> words;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) {
      continue;  // refused until a later release
    }
    for (const std::string& name : option->get_lnames()) {
      words.push_back({"--" + name, option->get_description()});
    }
  }
  return words;
}

Vocabulary vocabulary_of(const CLI::App& app) {
  Vocabulary vocabulary;
  vocabulary.flags.emplace_back("", flags_of(app));
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    vocabulary.commands.push_back({command->get_name(), command->get_description()});
    vocabulary.flags.emplace_back(command->get_name(), flags_of(*command));
  }
  return vocabulary;
}

std::string names(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) {
    text += (text.empty() ? "" : " ") + word.name;
  }
  return text;
}

std::string bash_script(const Vocabulary& vocabulary) {
  std::string cases;
  for (const auto& [command, flags] : vocabulary.flags) {
    if (!command.empty()) {
      cases += fmt::format("    {}) flags=\"{}\" ;;\n", command, names(flags));
    }
  }
  return fmt::format(R"(_syncwright() {{
  local word command="" flags=""
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$word" in -*) ;; *) command="$word"; break ;; esac
  done
  if [[ -z "$command" ]]; then
    COMPREPLY=($(compgen -W "{} {}" -- "${{COMP_WORDS[COMP_CWORD]}}"))
    return
  fi
  case "$command" in
{}  esac
  if [[ "${{COMP_WORDS[COMP_CWORD]}}" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags {}" -- "${{COMP_WORDS[COMP_CWORD]}}"))
  else
    COMPREPLY=($(compgen -f -- "${{COMP_WORDS[COMP_CWORD]}}"))
  fi
}}
complete -o filenames -F _syncwright syncwright
)",
                     names(vocabulary.commands), names(vocabulary.flags.front().second), cases,
                     names(vocabulary.flags.front().second));
}

std::string zsh_script(const Vocabulary& vocabulary) {
  return "#compdef syncwright\nautoload -U +X bashcompinit && bashcompinit\n" +
         bash_script(vocabulary);
}

/// A single-quoted word of fish.
std::string fish_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') {
      quoted += '\\';
    }
    quoted += letter;
  }
  return quoted + "'";
}

std::string fish_script(const Vocabulary& vocabulary) {
  std::string script;
  for (const Word& command : vocabulary.commands) {
    script += fmt::format("complete -c syncwright -n __fish_use_subcommand -a {} -d {}\n",
                          command.name, fish_quoted(command.summary));
  }
  for (const auto& [command, flags] : vocabulary.flags) {
    const std::string condition =
        command.empty() ? "" : fmt::format("-n '__fish_seen_subcommand_from {}' ", command);
    for (const Word& flag : flags) {
      script += fmt::format("complete -c syncwright {}-l {} -d {}\n", condition,
                            flag.name.substr(2), fish_quoted(flag.summary));
    }
  }
  return script;
}

}  // namespace

void declare_completion(CommandLine& line) {
  CLI::App& command =
      add_command(line, "completion", "a completion script for bash, zsh or fish",
                  "  source <(syncwright completion bash)\n"
                  "  syncwright completion fish > ~/.config/fish/completions/syncwright.fish\n");
  auto shell = std::make_shared<std::string>();
  command.add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command.callback([&run = line.run, &app = line.app, shell] {
    const Vocabulary vocabulary = vocabulary_of(app);
    const std::string script = *shell == "fish"  ? fish_script(vocabulary)
                               : *shell == "zsh" ? zsh_script(vocabulary)
                                                 : bash_script(vocabulary);
    run = [script](Session& session) {
      session.console.out(script);
      return ExitCode::done;
    };
  });
}

}  // namespace syncwright::cli
