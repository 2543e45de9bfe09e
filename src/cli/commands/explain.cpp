#include "cli/commands.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/core/json.h"
#include "syncwright/core/suggestion.h"
#include "syncwright/manifest/field_guide.h"

namespace syncwright::cli {
namespace {

ExitCode print_page(Session& session, std::string_view title, std::string_view text) {
  if (session.options.format == Format::json) {
    session.console.out(printed(Json{{"title", title}, {"text", text}}));
  } else {
    session.console.out(fmt::format("{}\n\n{}\n", title, text));
  }
  return ExitCode::done;
}

ExitCode print_fields(Session& session, const std::vector<FieldPage>& fields) {
  if (session.options.format == Format::json && fields.size() > 1) {
    Json pages = Json::array();
    for (const FieldPage& field : fields) {
      pages.push_back({{"title", field.path}, {"text", field.text}});
    }
    session.console.out(printed(pages));
    return ExitCode::done;
  }
  for (const FieldPage& field : fields) {
    if (&field != &fields.front()) {
      session.console.out("\n");
    }
    print_page(session, field.path, field.text);
  }
  return ExitCode::done;
}

ExitCode unknown_word(Session& session, const std::string& word) {
  std::vector<std::string> words;
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    words.emplace_back(entry.code);
  }
  for (const FieldPage& page : field_guide()) {
    words.emplace_back(page.path);
  }
  session.console.error(fmt::format("nothing is known about `{}`", word),
                        did_you_mean(word, words));
  return ExitCode::usage;
}

ExitCode list_pages(Session& session) {
  std::string text = "Diagnostic codes:\n";
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    text += fmt::format("  {}  {}\n", entry.code, entry.title);
  }
  text += "\nManifest fields:\n";
  for (const FieldPage& page : field_guide()) {
    text += fmt::format("  {}\n", page.path);
  }
  session.console.out(text);
  return ExitCode::done;
}

ExitCode run_explain(Session& session, const std::string& word) {
  if (word.empty()) {
    return list_pages(session);
  }
  if (const CatalogEntry* entry = find_catalog_entry(ascii::upper(word))) {
    return print_page(
        session, fmt::format("{} ({}): {}", entry->code, to_string(entry->severity), entry->title),
        entry->explain);
  }
  const std::vector<FieldPage> fields = find_fields(word);
  if (fields.empty()) {
    return unknown_word(session, word);
  }
  return print_fields(session, fields);
}

}  // namespace

void declare_explain(CommandLine& line) {
  CLI::App& command =
      add_command(line, "explain", "long help for a diagnostic code or a manifest field",
                  "  syncwright explain SW2004\n"
                  "  syncwright explain spec.jobs.schema.mappings\n"
                  "  syncwright explain               lists everything\n");
  auto word = std::make_shared<std::string>();
  command.add_option("CODE-OR-FIELD", *word, "for example SW2004 or spec.scope");
  command.callback([&run = line.run, word] {
    run = [word](Session& session) { return run_explain(session, *word); };
  });
}

}  // namespace syncwright::cli
