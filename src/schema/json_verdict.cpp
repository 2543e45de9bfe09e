#include "schema/json_verdict.h"

#include <fmt/format.h>

#include "syncwright/schema/part_json.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

namespace {

simdjson::error_code verdict_of(simdjson::dom::parser& parser, const std::string& padded) {
  if (parser.capacity() < padded.size()) {
    if (const auto error = parser.allocate(padded.size(), kMaxSchemaDepth)) return error;
  }
  return parser.parse(padded.data(), padded.size(), false).error();
}

/// The parser reads some bytes behind the end: they are reserved, and what they hold counts
/// nothing.
void pad(std::string& text) {
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
}

/// JSON has numbers of any size, the parser has not: those that it cannot hold are replaced first.
simdjson::error_code verdict(simdjson::dom::parser& parser, const std::string& padded) {
  const simdjson::error_code error = verdict_of(parser, padded);
  if (error != simdjson::NUMBER_ERROR) return error;
  std::string replaced = replace_large_numbers(padded);
  pad(replaced);
  return verdict_of(parser, replaced);
}

}  // namespace

Result<void> judge(simdjson::dom::parser& parser, std::string& text) {
  pad(text);
  const auto error = verdict(parser, text);
  if (error == simdjson::SUCCESS) return {};
  if (error == simdjson::DEPTH_ERROR) {
    return fail(
        ErrorKind::too_large,
        fmt::format("the synchronization schema is nested deeper than {} levels", kMaxSchemaDepth));
  }
  return fail(ErrorKind::malformed, fmt::format("the synchronization schema is not valid JSON: {}",
                                                simdjson::error_message(error)));
}

}  // namespace syncwright::schema
