#include "syncwright/core/streamed_object.h"

#include <utility>

#include "syncwright/core/sha256.h"

namespace syncwright {

namespace {

/// Each piece may be a write to a file.
constexpr std::size_t piece_bytes = 64u << 10u;

}  // namespace

/// One way to write a value and what is between values.
struct StreamedObject::Writing {
  WritePiece write;
  bool is_indented = false;

  void line(std::size_t level) const {
    if (is_indented) write("\n" + std::string(2 * level, ' '));
  }

  /// No text in JSON holds a line break, so that each one is of the layout.
  void value(const Json& value, std::size_t level) const {
    if (!is_indented) return write(canonical_json(value));
    const std::string dumped = printed_json(value, 2);
    std::size_t from = 0;
    for (std::size_t at = dumped.find('\n'); at != std::string::npos;
         at = dumped.find('\n', from)) {
      write(std::string_view(dumped).substr(from, at - from));
      line(level);
      from = at + 1;
    }
    write(std::string_view(dumped).substr(from));
  }

  void list(const Member& member, std::size_t level) const {
    if (member.count == 0) return write("[]");
    for (std::size_t index = 0; index < member.count; ++index) {
      write(index == 0 ? "[" : ",");
      line(level + 1);
      value(member.element(index), level + 1);
    }
    line(level);
    write("]");
  }

  void object(const StreamedObject& object, std::size_t level) const {
    if (object.members_.empty()) return write("{}");
    std::string_view before = "{";
    for (const auto& [name, member] : object.members_) {
      write(before);
      before = ",";
      line(level + 1);
      write(canonical_json(name) + (is_indented ? ": " : ":"));
      if (member.object) {
        this->object(*member.object, level + 1);
      } else if (member.element) {
        list(member, level + 1);
      } else {
        value(member.value, level + 1);
      }
    }
    line(level);
    write("}");
  }
};

void StreamedObject::add(const std::string& name, Json value) {
  members_[name] = {std::move(value), nullptr, nullptr, 0};
}

void StreamedObject::add(const std::string& name, StreamedObject object) {
  members_[name] = {nullptr, std::make_shared<const StreamedObject>(std::move(object)), nullptr, 0};
}

void StreamedObject::add(const std::string& name, std::size_t count, Element element) {
  members_[name] = {nullptr, nullptr, std::move(element), count};
}

void StreamedObject::write(const WritePiece& write) const {
  std::string piece;
  const auto collect = [&](std::string_view text) {
    piece += text;
    if (piece.size() < piece_bytes) return;
    write(piece);
    piece.clear();
  };
  Writing{collect, true}.object(*this, 0);
  write(piece + "\n");
}

std::string StreamedObject::text() const {
  std::string text;
  write([&text](std::string_view piece) { text += piece; });
  return text;
}

std::string StreamedObject::digest() const {
  Sha256 digest;
  Writing{[&digest](std::string_view piece) { digest.add(piece); }}.object(*this, 0);
  return digest.text();
}

Json StreamedObject::tree() const {
  Json tree = Json::object();
  for (const auto& [name, member] : members_) {
    Json& value = tree[name];
    if (member.object) {
      value = member.object->tree();
    } else if (member.element) {
      value = Json::array();
      for (std::size_t index = 0; index < member.count; ++index) {
        value.push_back(member.element(index));
      }
    } else {
      value = member.value;
    }
  }
  return tree;
}

}  // namespace syncwright
