#include "cli/completion.h"

#include "cli/commands.h"

namespace syncwright::cli {
namespace {

// What may stand where the cursor is, the program itself says (`completion_run`): the scripts know
// the shells and nothing of syncwright, so that they fit every release. What they are given is
// other people's text, which no shell may expand: no `compgen -W`, no `eval`.

constexpr const char* kBashScript = R"(# Completion for bash: source <(syncwright completion bash)
_syncwright() {
  local program="${COMP_WORDS[0]/#\~/$HOME}" kind="" quote="" raw word value line split i
  local -a words=()
  COMPREPLY=()
  # Bash splits words at = and :; what it split is joined again.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word="${COMP_WORDS[i]}"
    if ((${#words[@]} > 0)) && [[ "$word" == [=:]* || "${words[${#words[@]} - 1]}" == *[=:] ]]; then
      words[${#words[@]} - 1]+="$word"
    else
      words+=("$word")
    fi
  done
  raw="${COMP_WORDS[COMP_CWORD]}"
  [[ "$raw" == [=:] ]] && raw=""
  case "$raw" in
    \"*) quote='"' ;;
    \'*) quote="'" ;;
  esac
  for i in "${!words[@]}"; do
    words[i]="${words[i]//[\"\'\\]/}"
  done
  raw="${raw//[\"\'\\]/}"
  # Of the last word bash replaces only what it did not split off.
  split="${words[${#words[@]} - 1]%"$raw"}"
  while IFS= read -r line; do
    if [[ -z "$kind" ]]; then
      kind="$line"
      continue
    fi
    value="${line%%$'\t'*}"
    value="${value#"$split"}"
    [[ "$value" == *= ]] && compopt -o nospace 2>/dev/null
    [[ -n "$quote" ]] || printf -v value '%q' "$value"
    COMPREPLY+=("$value")
  done < <("$program" __complete "${words[@]}" 2>/dev/null)
  case "$kind" in
    files) word=-f ;;
    folders) word=-d ;;
    *) return ;;
  esac
  compopt -o filenames 2>/dev/null
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(compgen "$word" -- "$raw")
}
complete -F _syncwright syncwright
)";

constexpr const char* kZshScript = R"(#compdef syncwright
# Completion for zsh: source <(syncwright completion zsh), or a file _syncwright in $fpath.
_syncwright() {
  local -a lines values open
  local kind line value
  lines=("${(@f)$("${(Q)words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  kind="${lines[1]}"
  for line in "${(@)lines[2,-1]}"; do
    [[ -n "$line" ]] || continue
    value="${line%%$'\t'*}"
    if [[ "$value" == *= ]]; then
      open+=("$value")
    elif [[ "$line" == *$'\t'* ]]; then
      values+=("${value//:/\\:}:${line#*$'\t'}")
    else
      values+=("${value//:/\\:}")
    fi
  done
  (( ${#open} )) && compadd -S '' -a open
  (( ${#values} )) && _describe -t values syncwright values -M 'm:{[:lower:]}={[:upper:]}'
  case "$kind" in
    files) compset -P '*='; _files ;;
    folders) compset -P '*='; _files -/ ;;
  esac
}
if [[ "${funcstack[1]}" == _syncwright ]]; then
  _syncwright "$@"
else
  compdef _syncwright syncwright
fi
)";

constexpr const char* kFishScript =
    R"(# Completion for fish: ~/.config/fish/completions/syncwright.fish
function __syncwright_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l lines ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
  switch "$lines[1]"
    case files folders
      set -l value (string replace -r -- '^.*=' '' "$current")
      set -l before (string replace -r -- '[^=]*$' '' "$current")
      for path in (__fish_complete_path "$value")
        echo -- $before$path
      end
  end
  for line in $lines[2..-1]
    echo -- $line
  end
end
complete -c syncwright -f -a '(__syncwright_complete)'
)";

/// The first line says whether the shell completes paths as well; then a word a line, behind a tab
/// what it means.
std::string lines_for_shell(const CompletionAnswer& answer) {
  std::string text = answer.paths == PathsWanted::files     ? "files\n"
                     : answer.paths == PathsWanted::folders ? "folders\n"
                                                            : "words\n";
  for (const Candidate& word : answer.words) {
    text += word.note.empty() ? word.value + "\n" : fmt::format("{}\t{}\n", word.value, word.note);
  }
  return text;
}

}  // namespace

Run completion_run(const CLI::App& app, std::vector<std::string> words) {
  return [request = read_completion(app, std::move(words))](Session& session) {
    try {
      session.console.out(lines_for_shell(answer_completion(session, request)));
    } catch (const std::exception&) {
      // Errors are not printed: they would break the line that is being typed.
      return ExitCode::done;
    }
    return ExitCode::done;
  };
}

void declare_completion(CommandLine& line) {
  const Command command = add_command(
      line, "completion", "a completion script for bash, zsh or fish",
      "  source <(syncwright completion bash)     of commands, flags and their values:\n"
      "                                           environments, applications, jobs\n"
      "  syncwright completion fish > ~/.config/fish/completions/syncwright.fish\n");
  auto shell = std::make_shared<std::string>();
  command.add_option("SHELL", *shell, "bash, zsh or fish")
      .required()
      .one_of({"bash", "zsh", "fish"});
  command.callback([&run = line.run, shell] {
    run = [script = *shell == "fish"  ? kFishScript
                    : *shell == "zsh" ? kZshScript
                                      : kBashScript](Session& session) {
      session.console.out(script);
      return ExitCode::done;
    };
  });
}

}  // namespace syncwright::cli
