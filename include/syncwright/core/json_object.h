#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syncwright/core/json.h"

namespace syncwright {

/// "applications[0].credentials.revision is no text"; "the document is no object".
[[nodiscard]] std::string path_sentence(const std::string& path, const std::string& key,
                                        const std::string& what);

/// How one kind of document words what is wrong with it, and what it lets pass. People meet these
/// words when they edit a file by hand, so each kind keeps its own.
struct JsonDialect {
  const char* object = "is no object";
  const char* list = "is no list";
  const char* text = "is no text";
  const char* texts = "is no list of texts";
  const char* texts_element = "is no list of texts";
  const char* flag = "is no boolean";
  const char* number = "is no whole number";
  const char* number_of_64_bits = "is out of range";
  const char* number_range = "is not between {} and {}";
  const char* word = "is none of the known words";
  /// Of a required member that is left out; nullptr: in the words for a member of another type.
  const char* missing = "is missing";
  bool null_is_left_out = false;
  /// The whole sentence. `path` names an object, `key` a member of it; empty: the object itself.
  std::string (*sentence)(const std::string& path, const std::string& key,
                          const std::string& what) = path_sentence;
};

/// What the reading of one document found wrong. The first fault is kept; later ones mostly follow
/// from it.
class JsonFault {
 public:
  explicit JsonFault(const JsonDialect& dialect) : dialect_(dialect) {}

  [[nodiscard]] const JsonDialect& dialect() const { return dialect_; }
  [[nodiscard]] bool found() const { return !sentence_.empty(); }
  void blame(const std::string& path, const std::string& key, const std::string& what);
  /// A fault in the words of whoever read a part by other means.
  void blame(std::string sentence);
  /// ErrorKind::invalid_input where there is a fault.
  [[nodiscard]] Result<void> result() const;

 private:
  const JsonDialect& dialect_;
  std::string sentence_;
};

/// The strict reader of JSON that anybody may have written or edited: plan files, journals, what a
/// tool passes on. Every read checks the type; a fault is noted once, in `JsonFault`, and gives an
/// empty value, so that a decoder reads straight on and looks once at the end:
///
///     JsonFault fault(dialect);
///     JsonObject object(document, "", fault);
///     plan.project = object.text("project");
///     plan.changes = object.list("changes", decode_change);
///     object.refuse_unknown();
///     if (auto result = fault.result(); !result) return fail(result.error());
///
/// The JSON and the fault must outlive the reader; copies share the fault.
class JsonObject {
 public:
  /// `path` names the object in faults, for example "changes[3]"; empty: the document.
  JsonObject(const Json& json, std::string path, JsonFault& fault);

  // Members that must be there.
  [[nodiscard]] std::string text(const std::string& key);
  [[nodiscard]] bool flag(const std::string& key);
  [[nodiscard]] int number(const std::string& key);  ///< not negative
  [[nodiscard]] std::vector<std::string> texts(const std::string& key);
  /// One of the spellings that `parse` knows: it takes a text and gives a std::optional.
  template <class Parse>
  [[nodiscard]] auto word(const std::string& key, Parse parse) {
    auto value = parse(text(key));
    if (!value) blame(key, dialect().word);
    return value.value_or(typename decltype(value)::value_type{});
  }
  /// What `decode` makes of every element of a list of objects; it takes a JsonObject&.
  template <class Decode>
  [[nodiscard]] auto list(const std::string& key, Decode decode) {
    std::vector<decltype(decode(std::declval<JsonObject&>()))> decoded;
    each(key, [&](JsonObject& element) { decoded.push_back(decode(element)); });
    return decoded;
  }
  /// Calls `read` with every element of a list of objects, up to the first fault.
  template <class Read>
  void each(const std::string& key, Read read) {
    const Json& elements = array(key);
    for (std::size_t i = 0; i < elements.size() && !fault_->found(); ++i) {
      JsonObject element(elements[i], path_of(key) + "[" + std::to_string(i) + "]", *fault_);
      read(element);
    }
  }
  [[nodiscard]] JsonObject object(const std::string& key);

  // Members that may be left out: nullopt then.
  [[nodiscard]] std::optional<std::string> text_or_null(const std::string& key);
  [[nodiscard]] std::optional<bool> flag_or_null(const std::string& key);
  [[nodiscard]] std::optional<std::int64_t> number_or_null(const std::string& key);
  [[nodiscard]] std::optional<std::int64_t> number_or_null(const std::string& key,
                                                           std::int64_t least, std::int64_t most);
  [[nodiscard]] std::optional<std::vector<std::string>> texts_or_null(const std::string& key);
  /// One of a closed set of words.
  template <class T>
  [[nodiscard]] std::optional<T> word_or_null(
      const std::string& key, std::initializer_list<std::pair<std::string_view, T>> words) {
    const std::optional<std::string> spelling = text_or_null(key);
    if (!spelling) return std::nullopt;
    for (const auto& [word, meaning] : words) {
      if (word == *spelling) return meaning;
    }
    blame(key, dialect().word);
    return std::nullopt;
  }

  [[nodiscard]] bool has(const std::string& key) { return member(key) != nullptr; }
  /// nullptr where the member is left out.
  [[nodiscard]] const Json* member(const std::string& key);
  /// The same, null where it is left out.
  [[nodiscard]] const Json& any(const std::string& key);
  /// For objects whose keys are free: names, not members.
  [[nodiscard]] std::vector<std::string> keys() const;

  void blame(const std::string& key, const std::string& what) { fault_->blame(path_, key, what); }
  void blame(const std::string& what) { fault_->blame(path_, {}, what); }
  /// Refuses the members that nobody has read, so that nothing is silently skipped.
  void refuse_unknown();

  [[nodiscard]] std::string path_of(const std::string& key) const;
  [[nodiscard]] JsonFault& fault() { return *fault_; }

 private:
  [[nodiscard]] const JsonDialect& dialect() const { return fault_->dialect(); }
  /// The list; an empty one, and a fault, where there is none.
  [[nodiscard]] const Json& array(const std::string& key);
  template <class T>
  T require(const std::string& key, std::optional<T> value, const char* what);

  const Json* json_;
  std::string path_;
  std::set<std::string> read_;
  JsonFault* fault_;
};

}  // namespace syncwright
