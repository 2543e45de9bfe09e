#include "manifest/yaml/yaml_tree_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "manifest/yaml/yaml_text.h"

/// Events tell where a scalar starts and what it says, but not where it ends, how it was quoted, or
/// whether an offset in its value is an offset in the file: an escape, a folded line, a block make
/// the two differ. Faults inside of expressions need the last one, so find_extent looks at the
/// bytes again. The other danger is size: an alias is a copy, and nine lines of aliases of aliases
/// are a billion values. Every node is charged against the budgets of yaml_document.h, an alias
/// with all that it stands for, before it is copied.

namespace syncwright::manifest {
namespace {

constexpr std::string_view blanks_and_breaks = " \t\r\n";

std::size_t skip_properties(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    at = std::min(text.find_first_of(blanks_and_breaks, at), text.size());
    at = std::min(text.find_first_not_of(blanks_and_breaks, at), text.size());
  }
  return at;
}

/// One past the closing quote, npos where there is none.
std::size_t end_of_quoted(std::string_view text, std::size_t open) {
  const char quote = text[open];
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      const bool doubled = quote == '\'' && at + 1 < text.size() && text[at + 1] == '\'';
      if (!doubled) return at + 1;
      ++at;
    }
  }
  return std::string_view::npos;
}

/// What yaml-cpp does not tell: where a scalar ends, and whether its text stands there byte by
/// byte.
struct ScalarExtent {
  std::size_t begin = 0;       ///< of the scalar itself, behind tag and anchor
  std::size_t end = 0;         ///< one past it; of a block scalar: of its `|` or `>`
  std::size_t text_begin = 0;  ///< where `verbatim`
  bool verbatim = false;
  bool terminated =
      true;  ///< false: a quote without its end, which yaml-cpp lets pass at the end of a file
};

/// `at`: where yaml-cpp puts the scalar, which is at its tag or anchor where it has one.
ScalarExtent find_extent(std::string_view text, std::size_t at, std::string_view value) {
  ScalarExtent extent;
  extent.begin = skip_properties(text, at);
  extent.end = extent.begin;
  if (extent.begin >= text.size()) return extent;
  const char first = text[extent.begin];
  if (first == '"' || first == '\'') {
    const std::size_t end = end_of_quoted(text, extent.begin);
    extent.terminated = end != std::string_view::npos;
    extent.end = extent.terminated ? end : extent.begin + 1;
    extent.text_begin = extent.begin + 1;
    extent.verbatim =
        extent.terminated && text.substr(extent.text_begin, end - extent.begin - 2) == value;
  } else if (first == '|' || first == '>') {
    extent.end = extent.begin + 1;
  } else {
    extent.text_begin = extent.begin;
    extent.verbatim = text.substr(extent.begin, value.size()) == value;
    extent.end = extent.verbatim ? extent.begin + value.size() : text.size();
  }
  if (value.find('\n') != std::string_view::npos) extent.verbatim = false;
  return extent;
}

constexpr std::string_view core_tag_prefix = "tag:yaml.org,2002:";
constexpr std::string_view text_tag = "tag:yaml.org,2002:str";
constexpr std::array<std::string_view, 6> core_tags{"str", "int", "float", "bool", "map", "seq"};

bool is_core_tag(std::string_view tag) {
  if (tag.empty() || tag == "?" || tag == "!") return true;
  if (!tag.starts_with(core_tag_prefix)) return false;
  tag.remove_prefix(core_tag_prefix.size());
  return std::find(core_tags.begin(), core_tags.end(), tag) != core_tags.end();
}

/// Length of a null that is written out at the start of `text`, 0 where there is none.
std::size_t null_length(std::string_view text) {
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    if (text.starts_with(word)) return word.size();
  }
  return 0;
}

}  // namespace

std::string yaml_depth_message() {
  return fmt::format("nested more than {} levels deep", kMaxYamlDepth);
}

void YamlTreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  document_start_ = offset_of(mark);
  root_.reset();
  open_.clear();
  anchored_.clear();
}

void YamlTreeBuilder::OnDocumentEnd() {
  if (!gave_up_ && root_ && root_->kind != YamlNode::Kind::null) {
    documents_.push_back(std::move(*root_));
  }
  root_.reset();
}

void YamlTreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (gave_up_) return;
  YamlNode node;
  node.span = span_of_null(offset_of(mark));
  finish(std::move(node), anchor);
}

/// yaml-cpp puts a value that is missing at the next token, which may be lines away: its key, or
/// the dash of its list entry, is the better place.
SourceSpan YamlTreeBuilder::span_of_null(std::size_t at) const {
  const std::size_t length = null_length(text_.substr(std::min(at, text_.size())));
  const SourceSpan span = lines_.span(at, at + length);
  if (open_.empty()) return span;
  const Open& parent = open_.back();
  if (parent.key && (length == 0 || span.line != parent.key->span.line)) return parent.key->span;
  if (parent.node.kind == YamlNode::Kind::sequence && length == 0 && at > 0) {
    const std::size_t dash = text_.rfind('-', at - 1);
    if (dash != std::string_view::npos) return lines_.span(dash, dash + 1);
  }
  return span;
}

void YamlTreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag,
                               YAML::anchor_t anchor, const std::string& value) {
  if (gave_up_) return;
  const ScalarExtent extent = find_extent(text_, offset_of(mark), value);
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.style = tag == "!" || tag == text_tag ? YamlNode::Style::quoted : YamlNode::Style::plain;
  node.text = value;
  node.span = lines_.span(extent.begin, extent.end);
  if (extent.verbatim) node.text_column = lines_.span(extent.text_begin, extent.text_begin).column;
  if (!extent.terminated) {
    return give_up(Code::SW0101, node.span, "the quote that opens here is never closed",
                   "close it, or double a quote that belongs to the text");
  }
  if (accept_tag(tag, mark)) finish(std::move(node), anchor);
}

bool YamlTreeBuilder::accept_tag(const std::string& tag, const YAML::Mark& mark) {
  if (is_core_tag(tag)) return true;
  const std::size_t at = offset_of(mark);
  give_up(Code::SW0108, lines_.span(at, text_.find_first_of(" \t\r\n", at)),
          fmt::format("the tag {} is not supported", quote_value(tag)),
          "remove the tag and write the value itself");
  return false;
}

void YamlTreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (gave_up_) return;
  const SourceSpan where = lines_.span(offset_of(mark), offset_of(mark) + 1);
  const auto found = anchored_.find(anchor);
  if (found == anchored_.end()) {
    return give_up(Code::SW0101, where, "an alias lies within what it stands for",
                   "write the repeated part out");
  }
  if (charge(found->second, where, static_cast<int>(open_.size()))) place(found->second);
}

void YamlTreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                      YAML::anchor_t anchor, YAML::EmitterStyle::value) {
  open(YamlNode::Kind::sequence, mark, tag, anchor);
}

void YamlTreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag,
                                 YAML::anchor_t anchor, YAML::EmitterStyle::value) {
  open(YamlNode::Kind::mapping, mark, tag, anchor);
}

void YamlTreeBuilder::open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
                           YAML::anchor_t anchor) {
  if (gave_up_) return;
  Open collection;
  collection.node.kind = kind;
  collection.node.span = lines_.span(offset_of(mark), offset_of(mark));
  collection.anchor = anchor;
  if (!accept_tag(tag, mark)) return;
  if (!charge(collection.node, collection.node.span, static_cast<int>(open_.size()))) return;
  open_.push_back(std::move(collection));
}

void YamlTreeBuilder::OnSequenceEnd() {
  close();
}
void YamlTreeBuilder::OnMapEnd() {
  close();
}

void YamlTreeBuilder::close() {
  if (gave_up_) return;
  Open collection = std::move(open_.back());
  open_.pop_back();
  report_duplicate_keys(collection.node, file_, diagnostics_);
  if (!keep(collection.node, collection.anchor)) return;
  place(std::move(collection.node));
}

/// A scalar or null, which is whole at once.
void YamlTreeBuilder::finish(YamlNode node, YAML::anchor_t anchor) {
  if (!charge(node, node.span, static_cast<int>(open_.size()))) return;
  if (keep(node, anchor)) place(std::move(node));
}

/// Keeps a copy of what an anchor names. It takes memory as the use of an alias does, and counts
/// so.
bool YamlTreeBuilder::keep(const YamlNode& node, YAML::anchor_t anchor) {
  if (anchor == 0) return true;
  if (!charge(node, node.span, static_cast<int>(open_.size()))) return false;
  anchored_[anchor] = node;
  return true;
}

void YamlTreeBuilder::place(YamlNode node) {
  if (open_.empty()) {
    root_ = std::move(node);
  } else if (open_.back().node.kind == YamlNode::Kind::sequence) {
    open_.back().node.items.push_back(std::move(node));
  } else {
    place_in_mapping(open_.back(), std::move(node));
  }
}

void YamlTreeBuilder::place_in_mapping(Open& mapping, YamlNode node) {
  if (!mapping.key) {
    mapping.key = std::move(node);
    return;
  }
  const YamlNode key = std::move(*mapping.key);
  mapping.key.reset();
  if (key.kind != YamlNode::Kind::scalar) {
    give_up(Code::SW1002, key.span, "a key must be a text", "quote it, or write it on one line");
  } else if (key.text == "<<" && key.style == YamlNode::Style::plain) {
    report(Code::SW0105, key.span, "the merge key `<<` is not supported",
           "repeat the lines, or use an alias for a whole value");
  } else {
    mapping.node.entries.push_back({key, std::move(node)});
  }
}

/// Counts a node with all it holds against the budgets; false, and reported, where one is exceeded.
bool YamlTreeBuilder::charge(const YamlNode& node, const SourceSpan& where, int depth) {
  if (gave_up_) return false;
  const bool collection =
      node.kind == YamlNode::Kind::sequence || node.kind == YamlNode::Kind::mapping;
  if (depth >= kMaxYamlDepth && collection) {
    give_up(kYamlDepthCode, where, yaml_depth_message(), kYamlDepthAdvice);
    return false;
  }
  ++nodes_;
  text_bytes_ += node.text.size();
  if (nodes_ > kMaxYamlNodes || text_bytes_ > kMaxYamlTextBytes) {
    give_up(Code::SW0103, where,
            fmt::format("more than {} values, or {} bytes of text, in one file", kMaxYamlNodes,
                        kMaxYamlTextBytes),
            "split the file; every use of an alias counts in full");
    return false;
  }
  for (const YamlNode& item : node.items) {
    if (!charge(item, where, depth + 1)) return false;
  }
  for (const YamlEntry& entry : node.entries) {
    if (!charge(entry.key, where, depth + 1) || !charge(entry.value, where, depth + 1)) {
      return false;
    }
  }
  return true;
}

void YamlTreeBuilder::report(Code code, const SourceSpan& where, std::string message,
                             std::string advice) {
  diagnostics_.add(code, source_range(file_, where), std::move(message), std::move(advice));
}

void YamlTreeBuilder::give_up(Code code, const SourceSpan& where, std::string message,
                              std::string advice) {
  report(code, where, std::move(message), std::move(advice));
  gave_up_ = true;
  open_.clear();
  anchored_.clear();
}

}  // namespace syncwright::manifest
