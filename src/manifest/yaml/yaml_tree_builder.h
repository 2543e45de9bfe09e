#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/yaml/yaml_document.h"
#include "manifest/yaml/yaml_text.h"
#include "syncwright/core/code.h"

namespace syncwright::manifest {

/// What is said of a text that nests deeper than kMaxYamlDepth.
inline constexpr Code kYamlDepthCode = Code::SW0104;
inline constexpr const char* kYamlDepthAdvice = "close brackets that were left open";
[[nodiscard]] std::string yaml_depth_message();

/// Builds our tree out of yaml-cpp's events. Its own node tree would share aliased nodes, keep the
/// first of two equal keys and lose quotes; the events lose nothing. After a fault that makes the
/// rest meaningless it goes on reading and keeps nothing.
class YamlTreeBuilder final : public YAML::EventHandler {
 public:
  /// `text` is the file's, `parsed` what yaml-cpp reads of it, `lines` tells its places; all
  /// outlive the builder.
  YamlTreeBuilder(std::string_view text, const JoinedPairs& parsed, const LineIndex& lines,
                  const FileName& file, Diagnostics& diagnostics)
      : text_(text), parsed_(parsed), lines_(lines), file_(file), diagnostics_(diagnostics) {}

  [[nodiscard]] std::vector<YamlNode> take_documents() { return std::move(documents_); }
  /// Whether a fault was reported that makes whatever follows meaningless.
  [[nodiscard]] bool gave_up() const { return gave_up_; }
  /// Where the document at hand starts, npos before the first: a parser that starts two at one
  /// place does not move any more.
  [[nodiscard]] std::size_t document_start() const { return document_start_; }
  /// Of yaml-cpp's place, in the file.
  [[nodiscard]] std::size_t offset_of(const YAML::Mark& mark) const {
    return mark.pos < 0 ? 0 : parsed_.original(static_cast<std::size_t>(mark.pos));
  }
  [[nodiscard]] SourceSpan span_at(std::size_t begin, std::size_t end) const {
    return lines_.span(begin, end);
  }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override;
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  /// A collection that is not finished yet.
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::optional<YamlNode> key;  ///< of a mapping: read, its value not yet
  };

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor);
  void close();
  void finish(YamlNode node, YAML::anchor_t anchor);
  [[nodiscard]] bool keep(const YamlNode& node, YAML::anchor_t anchor);
  void place(YamlNode node);
  void place_in_mapping(Open& mapping, YamlNode node);
  [[nodiscard]] bool charge(const YamlNode& node, const SourceSpan& where, int depth);
  [[nodiscard]] SourceSpan span_of_null(std::size_t at) const;
  [[nodiscard]] bool accept_tag(const std::string& tag, const YAML::Mark& mark);
  void report(Code code, const SourceSpan& where, std::string message, std::string advice = {});
  void give_up(Code code, const SourceSpan& where, std::string message, std::string advice = {});

  std::string_view text_;
  const JoinedPairs& parsed_;
  const LineIndex& lines_;
  const FileName& file_;
  Diagnostics& diagnostics_;
  std::vector<YamlNode> documents_;
  std::vector<Open> open_;
  std::optional<YamlNode> root_;
  std::map<YAML::anchor_t, YamlNode> anchored_;
  std::size_t nodes_ = 0;
  std::size_t text_bytes_ = 0;
  std::size_t document_start_ = std::string_view::npos;
  bool gave_up_ = false;
};

}  // namespace syncwright::manifest
