#include "cli/commands.h"
#include "cli/reports.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/core/json.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/manifest/field_guide.h"

namespace syncwright::cli {
namespace {

ExitCode tell_explanation(Session& session, const std::string& text, const Json& json) {
  tell_result(session,
              report::Answer{"explain", [&text](const report::Style& /*style*/) { return text; },
                             report::json_text(json)});
  return ExitCode::done;
}

std::string page_text(std::string_view title, std::string_view text) {
  return fmt::format("{}\n\n{}\n", title, text);
}

Json page_json(std::string_view title, std::string_view text) {
  return {{"title", title}, {"text", text}};
}

ExitCode print_page(Session& session, std::string_view title, std::string_view text) {
  return tell_explanation(session, page_text(title, text), page_json(title, text));
}

ExitCode print_fields(Session& session, const std::vector<manifest::FieldPage>& fields) {
  if (fields.size() == 1) return print_page(session, fields.front().path, fields.front().text);
  Json pages = Json::array();
  std::string text;
  for (const manifest::FieldPage& field : fields) {
    pages.push_back(page_json(field.path, field.text));
    text += (text.empty() ? "" : "\n") + page_text(field.path, field.text);
  }
  return tell_explanation(session, text, pages);
}

/// The first sentence, for a list.
std::string_view first_sentence(std::string_view text) {
  const std::size_t end = std::min(text.find(". "), text.find('\n'));
  return end == std::string_view::npos ? text : text.substr(0, text[end] == '.' ? end + 1 : end);
}

ExitCode print_kind(Session& session, const manifest::KindPage& kind) {
  std::string text = fmt::format("{}\n\nFields; `syncwright explain {}.FIELD` says more of one:\n",
                                 kind.summary, kind.kind);
  for (const manifest::FieldPage& field : kind.fields) {
    text += fmt::format("\n  {}\n      {}", field.path, first_sentence(field.text));
  }
  return print_page(session, kind.kind, text);
}

/// What is known of a function without carrying it out.
std::string function_text(const expression::Function& function) {
  std::string text =
      "A function of the mapping language; `syncwright eval` gives the value of a call.";
  if (function.unlisted) {
    text += "\n\nSeen in live tenants; Microsoft's references do not list it.";
  }
  if (function.place == expression::FunctionPlace::assigned_scope) {
    text += "\n\nIt reads the roles that the object is assigned, whatever the argument says.";
  }
  if (function.null_handling == expression::NullHandling::gives_empty) {
    text += "\n\nWithout a source it gives an empty text, which is not null.";
  }
  if (!function.beside_cloud_sync.empty()) {
    text += fmt::format("\n\nThe reference of application provisioning does not have it: {}.",
                        function.beside_cloud_sync);
  }
  return text;
}

ExitCode unknown_word(Session& session, const std::string& word) {
  std::vector<std::string> words;
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    words.emplace_back(entry.code);
  }
  for (const manifest::FieldPage& page : manifest::field_guide()) {
    words.emplace_back(page.path);
  }
  for (const manifest::KindPage& page : manifest::kind_guide()) {
    words.emplace_back(page.kind);
    for (const manifest::FieldPage& field : page.fields) {
      words.push_back(page.kind + "." + field.path);
    }
  }
  for (const expression::Function& function : expression::function_table()) {
    words.emplace_back(function.name);
  }
  session.console.error(fmt::format("nothing is known about `{}`", word),
                        did_you_mean(word, words));
  return ExitCode::usage;
}

ExitCode list_pages(Session& session) {
  Json all{{"codes", Json::array()},
           {"functions", Json::array()},
           {"kinds", Json::array()},
           {"fields", Json::array()}};
  std::string text = "Diagnostic codes:\n";
  for (const CatalogEntry& entry : diagnostic_catalog()) {
    text += fmt::format("  {}  {}\n", entry.code, entry.title);
    all["codes"].push_back({{"code", entry.code}, {"title", entry.title}});
  }
  text += "\nFunctions:\n";
  for (const expression::Function& function : expression::function_table()) {
    text += fmt::format("  {}\n", expression::usage_of(function));
    all["functions"].push_back(function.name);
  }
  text += "\nKinds:\n";
  for (const manifest::KindPage& page : manifest::kind_guide()) {
    text += fmt::format("  {}\n", page.kind);
    all["kinds"].push_back(page.kind);
  }
  text += "\nManifest fields:\n";
  for (const manifest::FieldPage& page : manifest::field_guide()) {
    text += fmt::format("  {}\n", page.path);
    all["fields"].push_back(page.path);
  }
  return tell_explanation(session, text, all);
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
  if (const manifest::KindPage* kind = manifest::find_kind(word)) {
    return print_kind(session, *kind);
  }
  if (const std::vector<manifest::FieldPage> fields = manifest::find_fields(word);
      !fields.empty()) {
    return print_fields(session, fields);
  }
  if (const expression::Function* function = expression::find_function(word)) {
    return print_page(session, expression::usage_of(*function), function_text(*function));
  }
  return unknown_word(session, word);
}

}  // namespace

void declare_explain(CommandLine& line) {
  const Command command =
      add_command(line, "explain", "long help for a diagnostic code, a kind, a field or a function",
                  "  syncwright explain SW2004\n"
                  "  syncwright explain spec.jobs.schema.mappings\n"
                  "  syncwright explain ApplicationSet\n"
                  "  syncwright explain ApplicationSet.spec.from\n"
                  "  syncwright explain Join\n"
                  "  syncwright explain               lists everything\n");
  auto word = std::make_shared<std::string>();
  command.add_option("CODE-OR-FIELD", *word,
                     "for example SW2004, ApplicationSet, spec.scope or Join");
  command.callback([&run = line.run, word] {
    run = [word](Session& session) { return run_explain(session, *word); };
  });
}

}  // namespace syncwright::cli
