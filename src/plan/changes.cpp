#include "syncwright/plan/changes.h"

#include <algorithm>

namespace syncwright::plan {

void Changes::push_back(Change change) {
  if (empty() || by_application_.back().front().application != change.application) {
    by_application_.emplace_back();
  }
  by_application_.back().push_back(std::move(change));
}

void Changes::append(std::vector<Change> application) {
  if (!application.empty()) by_application_.push_back(std::move(application));
}

void Changes::append(Changes others) {
  std::move(others.by_application_.begin(), others.by_application_.end(),
            std::back_inserter(by_application_));
}

std::size_t Changes::size() const {
  std::size_t size = 0;
  for (const std::vector<Change>& changes : by_application_) size += changes.size();
  return size;
}

const Change& Changes::operator[](std::size_t at) const {
  auto list = by_application_.begin();
  for (; at >= list->size(); ++list) at -= list->size();
  return (*list)[at];
}

Change& Changes::operator[](std::size_t at) {
  return const_cast<Change&>(std::as_const(*this)[at]);
}

}  // namespace syncwright::plan
