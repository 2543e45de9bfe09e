#include <algorithm>
#include <array>
#include <set>

#include "cli/completion.h"
#include "cli/reports.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/emulator/template_schema.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/manifest/field_guide.h"

namespace syncwright::cli {
namespace {

using Candidates = std::vector<Candidate>;

struct Asked {
  const Session& session;
  const CompletionRequest& request;
};

manifest::LoadOptions lenient_options(const Asked& asked) {
  manifest::LoadOptions options;
  options.working_folder = asked.session.working_folder;
  options.environment = asked.request.value_of("--environment");
  if (asked.request.takes_paths) {
    options.paths.assign(asked.request.positions.begin(), asked.request.positions.end());
  }
  const auto given = asked.request.flags.find("--var-file");
  if (given != asked.request.flags.end()) {
    options.variable_files.assign(given->second.begin(), given->second.end());
  }
  return options;
}

/// The manifests, as far as they can be read. Whatever is wrong with them is for `validate` to say.
model::Desired readable_manifests(const Asked& asked) {
  Diagnostics untold;
  manifest::LoadOptions options = lenient_options(asked);
  if (options.environment.empty()) {
    const std::vector<std::string> environments =
        manifest::load_project(options, untold).environments;
    if (!environments.empty()) options.environment = environments.front();
  }
  return manifest::load(options, untold).desired;
}

Candidates environment_words(const Asked& asked) {
  Diagnostics untold;
  Candidates words;
  for (const std::string& name :
       manifest::load_project(lenient_options(asked), untold).environments) {
    words.push_back({name});
  }
  return words;
}

Candidates application_words(const Asked& asked) {
  Candidates words;
  for (const model::DesiredApplication& application : readable_manifests(asked).applications) {
    words.push_back({application.name, application.display_name});
  }
  return words;
}

/// Those of the applications that --only or --app name, else of all.
Candidates job_words(const Asked& asked) {
  const auto chosen = asked.request.flags.find("--only");
  std::set<std::string> keys;
  for (const model::DesiredApplication& application : readable_manifests(asked).applications) {
    const bool is_left_out = chosen != asked.request.flags.end() &&
                             std::find(chosen->second.begin(), chosen->second.end(),
                                       application.name) == chosen->second.end();
    if (is_left_out) continue;
    for (const model::DesiredJob& job : application.jobs) keys.insert(job.key);
  }
  Candidates words;
  for (const std::string& key : keys) words.push_back({key});
  return words;
}

Candidates label_words(const Asked& asked) {
  std::set<std::string> pairs;
  for (const model::DesiredApplication& application : readable_manifests(asked).applications) {
    if (!application.labels) continue;
    for (const auto& [key, value] : *application.labels) {
      pairs.insert(fmt::format("{}={}", key, value));
    }
  }
  Candidates words;
  for (const std::string& pair : pairs) words.push_back({pair});
  return words;
}

Candidates format_words(const Asked& asked) {
  Candidates words;
  const std::vector<std::string_view> known = report::report_formats(asked.request.command);
  for (const std::string& name : printed_formats()) {
    const bool is_written = std::find(known.begin(), known.end(), name) != known.end();
    if (is_written || asked.request.command.empty()) words.push_back({name});
  }
  return words;
}

Candidates log_format_words(const Asked& /*asked*/) {
  return {{"text"}, {"json"}};
}

/// "json=": the file follows.
Candidates report_words(const Asked& asked) {
  Candidates words;
  for (const std::string_view format : report::report_formats(asked.request.command)) {
    words.push_back({std::string(format) + "="});
  }
  return words;
}

Candidates gallery_words(const Asked& /*asked*/) {
  Candidates words;
  for (const std::string& name : emulator::built_in_galleries()) words.push_back({name});
  return words;
}

Candidates shell_words(const Asked& /*asked*/) {
  return {{"bash"}, {"zsh"}, {"fish"}};
}

Candidates page_words(const Asked& /*asked*/) {
  Candidates words;
  for (const manifest::KindPage& page : manifest::kind_guide())
    words.push_back({page.kind, page.summary});
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    words.push_back({std::string(entry.code), std::string(entry.title)});
  }
  for (const manifest::FieldPage& page : manifest::field_guide()) words.push_back({page.path});
  for (const expression::Function& function : expression::function_table()) {
    words.push_back({std::string(function.name), "a function of the mapping language"});
  }
  return words;
}

/// What an argument takes. Of the rows that fit the first counts.
struct ValueRow {
  std::string_view argument;
  std::string_view command;  ///< empty: any
  PathsWanted paths = PathsWanted::none;
  Candidates (*words)(const Asked&) = nullptr;
};

constexpr PathsWanted kFiles = PathsWanted::files;
constexpr PathsWanted kFolders = PathsWanted::folders;
constexpr PathsWanted kNoPaths = PathsWanted::none;

constexpr std::array value_rows{
    ValueRow{"--environment", "", kNoPaths, environment_words},
    ValueRow{"--app", "export"},   // live ones: only the tenant knows them
    ValueRow{"--app", "catalog"},  // likewise
    ValueRow{"--app", "", kNoPaths, application_words},
    ValueRow{"--only", "", kNoPaths, application_words},
    ValueRow{"--job", "", kNoPaths, job_words},
    ValueRow{"--selector", "", kNoPaths, label_words},
    ValueRow{"--format", "", kNoPaths, format_words},
    ValueRow{"--log-format", "", kNoPaths, log_format_words},
    ValueRow{"--report", "", kNoPaths, report_words},
    ValueRow{"--var-file", "", kFiles},
    ValueRow{"--ca-file", "", kFiles},
    ValueRow{"--emulator", "", kFiles},
    ValueRow{"--out", "export", kFolders},
    ValueRow{"--out", "", kFiles},
    ValueRow{"--plan", "", kFiles},
    ValueRow{"--journal", "", kFiles},
    ValueRow{"--backup", "", kFolders},
    ValueRow{"--attributes", "", kFiles},
    ValueRow{"--state", "", kFiles},
    ValueRow{"--catalog", "", kFolders},
    ValueRow{"--request-log", "", kFiles},
    ValueRow{"--tls-cert", "", kFiles},
    ValueRow{"--tls-key", "", kFiles},
    ValueRow{"PATH", "", kFiles},
    ValueRow{"DIR", "", kFolders},
    ValueRow{"FILE", "", kFiles},
    ValueRow{"SEARCH", "", kNoPaths, gallery_words},
    ValueRow{"SHELL", "", kNoPaths, shell_words},
    ValueRow{"CODE-OR-FIELD", "", kNoPaths, page_words},
};

const ValueRow* value_row_of(const CompletionRequest& request) {
  const auto* const row =
      std::find_if(value_rows.begin(), value_rows.end(), [&request](const ValueRow& each) {
        return each.argument == request.argument &&
               (each.command.empty() || each.command == request.command);
      });
  return row == value_rows.end() ? nullptr : row;
}

/// A word out of a manifest is offered only where it holds no control character.
bool is_printable(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](const char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7F;
  });
}

Candidates beginning_with(const std::string& written, Candidates words) {
  const auto keep = [&words](const auto& begins) {
    Candidates kept;
    std::copy_if(words.begin(), words.end(), std::back_inserter(kept), [&](const Candidate& word) {
      return is_printable(word.value) && begins(word.value);
    });
    return kept;
  };
  Candidates exact = keep([&](const std::string& value) { return value.starts_with(written); });
  if (!exact.empty()) return exact;
  const std::string meant = ascii::lower(written);
  return keep([&](const std::string& value) { return ascii::lower(value).starts_with(meant); });
}

}  // namespace

CompletionAnswer answer_completion(const Session& session, const CompletionRequest& request) {
  CompletionAnswer answer;
  Candidates words = request.vocabulary;
  const ValueRow* row = value_row_of(request);
  const bool is_file_of_report =
      request.argument == "--report" && request.written.find('=') != std::string::npos;
  if (is_file_of_report) {
    answer.paths = PathsWanted::files;
  } else if (row != nullptr) {
    answer.paths = row->paths;
    if (row->words != nullptr) {
      Candidates values = row->words({session, request});
      words.insert(words.end(), values.begin(), values.end());
    }
  }
  answer.words = beginning_with(request.written, std::move(words));
  for (Candidate& word : answer.words) {
    word.value = request.before + word.value;
    if (!is_printable(word.note)) word.note.clear();
  }
  return answer;
}

}  // namespace syncwright::cli
