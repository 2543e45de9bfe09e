#include "syncwright/core/shared_text.h"

#include <functional>
#include <mutex>
#include <set>

namespace syncwright {

namespace {

/// The one text that is equal to `text`. A set never moves its elements.
const std::string* shared(std::string_view text) {
  static std::mutex mutex;
  static std::set<std::string, std::less<>> texts;
  const std::scoped_lock lock(mutex);
  const auto found = texts.find(text);
  return &*(found != texts.end() ? found : texts.emplace(text).first);
}

}  // namespace

SharedText::SharedText(std::string_view text) : text_(text.empty() ? nullptr : shared(text)) {}

const std::string& SharedText::text() const {
  static const std::string none;
  return text_ == nullptr ? none : *text_;
}

}  // namespace syncwright
