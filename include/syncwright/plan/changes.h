#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "syncwright/plan/change.h"

namespace syncwright::plan {

/// The changes of a plan, by application. Those of one application are carried out one after
/// another, which the plan format says as `after`; applications wait for nobody. Each application's
/// stay in the list that its planning made: those of ten thousand are put together without a copy,
/// and a change keeps its address when others are appended and when the whole is moved. Whoever
/// edits one leaves its `application`.
class Changes {
  template <class Lists>
  class Iterator;

 public:
  using value_type = Change;
  using iterator = Iterator<std::vector<std::vector<Change>>>;
  using const_iterator = Iterator<const std::vector<std::vector<Change>>>;

  Changes() = default;
  Changes(std::initializer_list<Change> changes) {
    for (const Change& change : changes) push_back(change);
  }

  /// Behind the last; beside others of its application, which may move then.
  void push_back(Change change);
  /// All of one application, behind the last. May be empty.
  void append(std::vector<Change> application);
  void append(Changes others);
  /// Takes out those of the applications that `is_out` names.
  template <class Predicate>
  [[nodiscard]] Changes take_applications(Predicate is_out) {
    const auto taken = std::stable_partition(
        by_application_.begin(), by_application_.end(),
        [&is_out](const auto& changes) { return !is_out(changes.front().application); });
    Changes out;
    out.by_application_.assign(std::make_move_iterator(taken),
                               std::make_move_iterator(by_application_.end()));
    by_application_.erase(taken, by_application_.end());
    return out;
  }

  [[nodiscard]] bool empty() const { return by_application_.empty(); }
  [[nodiscard]] std::size_t size() const;
  /// `at` < size(). Goes through the applications before it.
  [[nodiscard]] const Change& operator[](std::size_t at) const;
  [[nodiscard]] Change& operator[](std::size_t at);

  [[nodiscard]] const_iterator begin() const;
  [[nodiscard]] const_iterator end() const;
  [[nodiscard]] iterator begin();
  [[nodiscard]] iterator end();

  /// None of them is empty.
  [[nodiscard]] const std::vector<std::vector<Change>>& by_application() const {
    return by_application_;
  }

 private:
  std::vector<std::vector<Change>> by_application_;
};

/// Forward, over all changes. Valid until something is added or erased.
template <class Lists>
class Changes::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Change;
  using difference_type = std::ptrdiff_t;
  using reference = std::conditional_t<std::is_const_v<Lists>, const Change&, Change&>;
  using pointer = std::remove_reference_t<reference>*;

  Iterator() = default;
  Iterator(Lists& lists, std::size_t list) : lists_(&lists), list_(list) {}

  [[nodiscard]] reference operator*() const { return (*lists_)[list_][at_]; }
  [[nodiscard]] pointer operator->() const { return &**this; }
  Iterator& operator++() {
    if (++at_ == (*lists_)[list_].size()) {
      ++list_;
      at_ = 0;
    }
    return *this;
  }
  Iterator operator++(int) {
    Iterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Iterator&) const = default;

 private:
  Lists* lists_ = nullptr;
  std::size_t list_ = 0;
  std::size_t at_ = 0;
};

inline Changes::const_iterator Changes::begin() const {
  return {by_application_, 0};
}
inline Changes::const_iterator Changes::end() const {
  return {by_application_, by_application_.size()};
}
inline Changes::iterator Changes::begin() {
  return {by_application_, 0};
}
inline Changes::iterator Changes::end() {
  return {by_application_, by_application_.size()};
}

}  // namespace syncwright::plan
