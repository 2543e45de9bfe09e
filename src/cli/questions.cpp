#include "cli/questions.h"

namespace syncwright::cli {
namespace {

constexpr int kMostQuestions = 3;

std::string without_blanks(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

tl::expected<std::string, ExitCode> ask_for(Session& session, const Question& question) {
  const std::string prompt =
      question.default_answer.empty()
          ? fmt::format("{}: ", question.prompt)
          : fmt::format("{} [{}]: ", question.prompt, question.default_answer);
  for (int asked = 0; asked < kMostQuestions; ++asked) {
    const auto line = session.console.ask(question.text, prompt, session.stop);
    if (session.stop.stop_requested()) return tl::unexpected(ExitCode::interrupted);
    if (!line) break;
    std::string answer = without_blanks(*line);
    if (answer.empty()) answer = question.default_answer;
    const std::string fault = question.fault(answer);
    if (fault.empty()) return answer;
    session.console.note(fault);
  }
  session.console.error(question.missing + ": nothing was written", question.advice);
  return tl::unexpected(ExitCode::usage);
}

tl::expected<std::string, ExitCode> ask_for_project_name(Session& session) {
  return ask_for(
      session,
      {"What is the project called? Its name goes into the tags of what it owns: small letters, "
       "digits and hyphens.",
       "Name", "",
       [](const std::string& answer) {
         return std::string(model::is_manifest_name(answer) ? "" : "That is no name.");
       },
       "the project has no name", "name it with --project NAME"});
}

}  // namespace syncwright::cli
