#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "syncwright/core/file.h"
#include "syncwright/core/json.h"

namespace syncwright {

/// A JSON object that is written without a tree of the whole: that takes ten times its text, and
/// the text grows with the tenant. Members come by name, as in every object that this program
/// writes; a long list is made one element after another, each time that it is asked for.
class StreamedObject {
 public:
  using Element = std::function<Json(std::size_t)>;

  void add(const std::string& name, Json value);
  void add(const std::string& name, StreamedObject object);
  /// A list of `count` elements; what `element` refers to has to outlive the object.
  void add(const std::string& name, std::size_t count, Element element);
  void remove(const std::string& name) { members_.erase(name); }

  /// Calls `write` with one piece after another: `dump(2)` of the tree and a line feed. Bytes that
  /// are not UTF-8 are replaced.
  void write(const WritePiece& write) const;
  /// All that it writes.
  [[nodiscard]] std::string text() const;
  /// `digest` (json.h) of the tree.
  [[nodiscard]] std::string digest() const;
  [[nodiscard]] Json tree() const;

 private:
  struct Member {
    Json value;
    std::shared_ptr<const StreamedObject> object;  ///< set: it is the value
    Element element;                               ///< set: the value is a list
    std::size_t count = 0;
  };
  struct Writing;

  std::map<std::string, Member> members_;
};

/// The list of what `to_json` makes of each of `values`, which has to outlive the object.
template <class T, class ToJson>
void add_list(StreamedObject& object, const std::string& name, const std::vector<T>& values,
              ToJson to_json) {
  object.add(name, values.size(),
             [&values, to_json](std::size_t index) { return to_json(values[index]); });
}

}  // namespace syncwright
