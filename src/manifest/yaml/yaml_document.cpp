#include "manifest/yaml/yaml_document.h"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "manifest/yaml/yaml_text.h"
#include "manifest/yaml/yaml_tree_builder.h"

/// The only use of yaml-cpp, together with yaml_tree_builder: nothing else includes it, and its
/// exceptions end here.

namespace syncwright::manifest {
namespace {

struct SyntaxFault {
  const char* parser_says;
  const char* message;
  const char* advice;
};

/// yaml-cpp's terse messages that users meet, in their words.
const SyntaxFault syntax_faults[] = {
    {YAML::ErrorMsg::END_OF_MAP, "this line does not continue the mapping above it",
     "check the indentation, and that the key has its colon"},
    {YAML::ErrorMsg::END_OF_SEQ, "this line does not continue the list above it",
     "check the indentation, and that the entry starts with `- `"},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, "a `{` is not closed before here",
     "close it with `}`, or quote a text that holds braces, such as \"${var.name}\""},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, "a `[` is not closed before here",
     "close it with `]`, or quote a text that starts with `[`"},
    {YAML::ErrorMsg::MAP_VALUE, "a `:` is not expected here",
     "quote a text that holds `: `, or put the key on a line of its own"},
    {YAML::ErrorMsg::MAP_KEY, "a key is not expected here", "check the indentation"},
    {YAML::ErrorMsg::BLOCK_ENTRY, "a list entry is not expected here", "check the indentation"},
    {YAML::ErrorMsg::FLOW_END, "a closing bracket without its opening one",
     "remove it, or quote the text that holds it"},
    {YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab is used to indent", "indent with blanks"},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, "this character cannot start a value",
     "quote a text that starts with `@`, a backtick, `%` or a tab"},
    {YAML::ErrorMsg::UNKNOWN_ANCHOR, "the alias stands for nothing",
     "quote a text that starts with `*`"},
    {YAML::ErrorMsg::ALIAS_NOT_FOUND, "the `*` is followed by no name",
     "quote a text that starts with `*`"},
    {YAML::ErrorMsg::ANCHOR_NOT_FOUND, "the `&` is followed by no name",
     "quote a text that starts with `&`"},
    {YAML::ErrorMsg::EOF_IN_SCALAR, "the file ends within a quoted text", "close the quote"},
};

void report_syntax_fault(const YAML::ParserException& exception, const YamlTreeBuilder& builder,
                         std::string_view text, const FileName& file, Diagnostics& diagnostics) {
  const std::size_t at = builder.offset_of(exception.mark);
  const SourceRange where = source_range(file, builder.span_at(at, at + 1));
  const std::size_t line_start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  const std::size_t first = text.find_first_not_of(' ', line_start);
  if (first < text.size() && text[first] == '\t') {
    diagnostics.add(Code::SW0101, source_range(file, builder.span_at(first, first + 1)),
                    "a tab is used to indent", "indent with blanks");
    return;
  }
  for (const SyntaxFault& fault : syntax_faults) {
    if (exception.msg != fault.parser_says) continue;
    diagnostics.add(Code::SW0101, where, fault.message, fault.advice);
    return;
  }
  if (exception.msg.starts_with(YAML::ErrorMsg::INVALID_UNICODE)) {
    const std::size_t escape = text.rfind('\\', at);  // the parser is behind it
    diagnostics.add(Code::SW0101, source_range(file, builder.span_at(escape, at)),
                    "this escape is no character",
                    "write the character itself, or \\U and its eight digits: \\U0001F389; two "
                    "\\u for one character are read in .json files alone");
    return;
  }
  diagnostics.add(Code::SW0101, where, fmt::format("the YAML parser says: {}", exception.msg));
}

/// A bracket too many makes yaml-cpp find empty documents at one place without end.
void read_documents(YAML::Parser& parser, YamlTreeBuilder& builder, const FileName& file,
                    Diagnostics& diagnostics) {
  std::size_t before = builder.document_start();
  while (parser.HandleNextDocument(builder)) {
    const std::size_t at = builder.document_start();
    if (at == before) {
      diagnostics.add(Code::SW0101, source_range(file, builder.span_at(at, at + 1)),
                      "this is not expected after the end of the document",
                      "remove it, or start another document with ---");
      return;
    }
    before = at;
  }
}

bool check_text(std::string_view text, const LineIndex& lines, const FileName& file,
                Diagnostics& diagnostics) {
  if (text.size() > kMaxManifestBytes) {
    diagnostics.add(Code::SW0106, {file, 0, 0, 0},
                    fmt::format("larger than {} bytes", kMaxManifestBytes), "split the file");
    return false;
  }
  const std::optional<TextFault> fault = find_text_fault(text);
  if (!fault) return true;
  diagnostics.add(Code::SW0106, source_range(file, lines.span(fault->offset, fault->offset)),
                  fault->message, "save the file as UTF-8 text");
  return false;
}

std::vector<YamlNode> parse_text(std::string_view text, const LineIndex& lines,
                                 const FileName& file, Diagnostics& diagnostics) {
  const JoinedPairs parsed(text, file.text().ends_with(".json"));
  YamlTreeBuilder builder(text, parsed, lines, file, diagnostics);
  try {
    std::istringstream stream(parsed.text());
    YAML::Parser parser(stream);
    read_documents(parser, builder, file, diagnostics);
  } catch (const YAML::ParserException& exception) {
    if (!builder.gave_up()) report_syntax_fault(exception, builder, text, file, diagnostics);
  } catch (const YAML::Exception& exception) {
    diagnostics.add(Code::SW0101, {file, 0, 0, 0},
                    fmt::format("the YAML parser says: {}", exception.msg));
  }
  return builder.take_documents();
}

/// Refuses a text that nests too deeply, by what comes before, with its brackets closed: yaml-cpp
/// takes an open one for a key. nullopt where the parser sees no fault in that: what looked like
/// brackets was the text of a scalar.
std::optional<std::vector<YamlNode>> parse_deep(std::string_view text, const LineIndex& lines,
                                                const DeepFlow& deep, const FileName& file,
                                                Diagnostics& diagnostics) {
  Diagnostics found;
  const std::string closed = std::string(text.substr(0, deep.end)) + deep.closing;
  std::vector<YamlNode> documents = parse_text(closed, lines, file, found);
  if (!found.has_errors()) return std::nullopt;
  const auto is_depth = [](const Diagnostic& fault) { return fault.code == kYamlDepthCode; };
  if (std::none_of(found.items().begin(), found.items().end(), is_depth)) {
    found = {};
    found.add(kYamlDepthCode, source_range(file, lines.span(deep.end - 1, deep.end)),
              yaml_depth_message(), kYamlDepthAdvice);
  }
  diagnostics.append(std::move(found));
  return documents;
}

}  // namespace

std::vector<YamlNode> parse_yaml(std::string_view text, const FileName& file,
                                 Diagnostics& diagnostics) {
  const std::size_t mark = remove_byte_order_mark(text);
  const LineIndex lines(text, mark);
  if (!check_text(text, lines, file, diagnostics)) return {};
  if (const auto deep = find_deep_flow(text, kMaxYamlDepth)) {
    if (auto documents = parse_deep(text, lines, *deep, file, diagnostics)) return *documents;
  }
  return parse_text(text, lines, file, diagnostics);
}

}  // namespace syncwright::manifest
