#include "syncwright/schema/synchronization_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "schema/decoding_turn.h"
#include "schema/json_text.h"
#include "schema/part_identity.h"
#include "schema/schema_decoder.h"

namespace syncwright::schema {

namespace {

constexpr std::size_t max_bytes = 64u << 20u;

}  // namespace

Result<SynchronizationSchema> SynchronizationSchema::decode(std::string text) {
  if (text.size() > max_bytes) {
    return fail(ErrorKind::too_large,
                fmt::format("the synchronization schema has {} bytes, over the bound of {}",
                            text.size(), max_bytes));
  }
  DecodingTurn turn;
  return SchemaDecoder::decode(std::move(text), turn.parsers());
}

Result<SynchronizationSchema> SynchronizationSchema::edited(std::vector<TextEdit> edits) const {
  sort_edits(edits);
  std::string text = splice(*text_, edits);
  const bool leaves_directories =
      are_within_mappings(*this, edits) &&
      (edits.empty() || index_->directories_span.end <= edits.front().span.begin);
  if (!leaves_directories || text.size() > max_bytes) return decode(std::move(text));
  DecodingTurn turn;
  return SchemaDecoder::reindex(*this, std::move(text), edits, turn.parsers());
}

const DirectoryDefinition* SynchronizationSchema::find_directory(std::string_view name) const {
  const auto find = [&all = *index_->directories](auto matches) -> const DirectoryDefinition* {
    const auto found = std::find_if(all.begin(), all.end(), matches);
    return found == all.end() ? nullptr : &*found;
  };
  const auto* named = find([&](const DirectoryDefinition& one) { return one.name == name; });
  return named != nullptr || !is_brand_name(name) ? named : find(is_entra_directory);
}

}  // namespace syncwright::schema
