#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace syncwright::emulator {

/// What rows are found by beside their id: "name=value".
using RowKeys = std::vector<std::string>;

/// A key, or what it begins with.
struct KeyPattern {
  std::string text;
  bool is_beginning = false;
};

[[nodiscard]] inline std::string row_key(std::string_view name, std::string_view value) {
  return std::string(name).append("=").append(value);
}

/// Rows in the order of their creation, found by id. Whoever reads them sees them as const; the
/// only way to write one is `edit`, which notes that it changed, so that no change can be made and
/// not be saved. Addresses of rows are stable.
template <class Row>
class Table {
  struct Held {
    std::string id;
    Row row;
  };
  using Rows = std::map<std::int64_t, Held>;  // by place: the order of creation

 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    using pointer = const Row*;
    using reference = const Row&;

    Iterator() = default;
    explicit Iterator(typename Rows::const_iterator at) : at_(at) {}
    const Row& operator*() const { return at_->second.row; }
    const Row* operator->() const { return &at_->second.row; }
    [[nodiscard]] const std::string& id() const { return at_->second.id; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++at_;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    typename Rows::const_iterator at_;
  };

  Table() = default;
  explicit Table(RowKeys (*keys)(const Row&)) : keys_of_(keys) {}

  [[nodiscard]] Iterator begin() const { return Iterator(rows_.begin()); }
  [[nodiscard]] Iterator end() const { return Iterator(rows_.end()); }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  /// nullptr where there is none of that id.
  [[nodiscard]] const Row* find(const std::string& id) const {
    const auto place = place_of_.find(id);
    return place == place_of_.end() ? nullptr : &rows_.at(place->second).row;
  }
  /// Those that have the key, oldest first: costs what it finds, not what there is.
  [[nodiscard]] std::vector<const Row*> with(std::string_view name, std::string_view value) const {
    return fitting({{row_key(name, value)}});
  }
  [[nodiscard]] std::vector<std::string> ids_with(std::string_view name,
                                                  std::string_view value) const {
    std::vector<std::string> found;
    for (const std::int64_t place : places_fitting({row_key(name, value)})) {
      found.push_back(rows_.at(place).id);
    }
    return found;
  }

  /// Those of which a key fits one of the patterns, each once, oldest first: costs what it finds.
  [[nodiscard]] std::vector<const Row*> fitting(const std::vector<KeyPattern>& patterns) const {
    std::set<std::int64_t> places;
    for (const KeyPattern& pattern : patterns) {
      for (const std::int64_t place : places_fitting(pattern)) places.insert(place);
    }
    std::vector<const Row*> found;
    found.reserve(places.size());
    for (const std::int64_t place : places) found.push_back(&rows_.at(place).row);
    return found;
  }

  /// A new row, in place of one that has the id already.
  Row& add(const std::string& id, Row row) {
    if (find(id)) erase(id);
    Row& added = insert(next_place_, id, std::move(row));
    changed_.insert(id);
    return added;
  }
  /// REQUIRES: there is a row of that id. What its keys are made of stays as it is.
  [[nodiscard]] Row& edit(const std::string& id) {
    changed_.insert(id);
    return rows_.at(place_of_.at(id)).row;
  }
  /// The same for `change(row)` of what its keys are made of.
  template <class Change>
  void edit_keys(const std::string& id, const Change& change) {
    const std::int64_t place = place_of_.at(id);
    Row& row = edit(id);
    for (std::string& key : keys_of(row)) places_.erase({std::move(key), place});
    change(row);
    for (std::string& key : keys_of(row)) places_.emplace(std::move(key), place);
  }
  /// The row of that id, a new one where there is none.
  [[nodiscard]] Row& edit_or_add(const std::string& id) {
    return find(id) ? edit(id) : add(id, Row());
  }
  void erase(const std::string& id) {
    const auto place = place_of_.find(id);
    if (place == place_of_.end()) return;
    const auto held = rows_.find(place->second);
    for (std::string& key : keys_of(held->second.row))
      places_.erase({std::move(key), place->second});
    rows_.erase(held);
    place_of_.erase(place);
    changed_.insert(id);
  }

  /// Puts a row back as it was saved, which is no change.
  void load(std::int64_t place, const std::string& id, Row row) {
    insert(place, id, std::move(row));
  }
  /// The ids of what was added, edited or erased since `forget_changes`.
  [[nodiscard]] const std::set<std::string>& changes() const { return changed_; }
  void forget_changes() { changed_.clear(); }
  /// REQUIRES: there is a row of that id.
  [[nodiscard]] std::int64_t place_of(const std::string& id) const { return place_of_.at(id); }

 private:
  [[nodiscard]] RowKeys keys_of(const Row& row) const {
    return keys_of_ ? keys_of_(row) : RowKeys();
  }

  Row& insert(std::int64_t place, const std::string& id, Row row) {
    Held& held = rows_.insert_or_assign(place, Held{id, std::move(row)}).first->second;
    place_of_[id] = place;
    for (std::string& key : keys_of(held.row)) places_.emplace(std::move(key), place);
    if (place >= next_place_) next_place_ = place + 1;
    return held.row;
  }

  /// Key by key, the places of one in their order.
  [[nodiscard]] std::vector<std::int64_t> places_fitting(const KeyPattern& pattern) const {
    std::vector<std::int64_t> places;
    for (auto entry = places_.lower_bound({pattern.text, 0}); entry != places_.end(); ++entry) {
      const std::string& key = entry->first;
      const bool fits = pattern.is_beginning ? key.starts_with(pattern.text) : key == pattern.text;
      if (!fits) break;
      places.push_back(entry->second);
    }
    return places;
  }

  RowKeys (*keys_of_)(const Row&) = nullptr;
  Rows rows_;
  std::unordered_map<std::string, std::int64_t> place_of_;
  std::set<std::pair<std::string, std::int64_t>> places_;  // of each key
  std::set<std::string> changed_;
  std::int64_t next_place_ = 1;
};

}  // namespace syncwright::emulator
