#include "schema/overlay/list_overlay.h"

#include <algorithm>

#include "schema/compare/canonical.h"

namespace syncwright::schema {

void add_request(std::vector<ElementRequest>& requests, ElementRequest request) {
  const auto earlier =
      std::find_if(requests.begin(), requests.end(),
                   [&](const ElementRequest& each) { return each.name == request.name; });
  if (earlier == requests.end()) {
    requests.push_back(std::move(request));
  } else {
    *earlier = std::move(request);
  }
}

ListOverlay::ListOverlay(const SynchronizationSchema& schema, const ElementKind& kind,
                         std::vector<LiveElement> live)
    : schema_(schema),
      kind_(kind),
      live_(std::move(live)),
      named_(live_.size(), false),
      removed_(live_.size(), false) {}

std::size_t ListOverlay::count(const std::string& name) const {
  return static_cast<std::size_t>(
      std::count_if(live_.begin(), live_.end(),
                    [&](const LiveElement& element) { return element.name == name; }));
}

void ListOverlay::lay(const ElementRequest& request) {
  bool found = false;
  for (std::size_t i = 0; i < live_.size(); ++i) {
    if (live_[i].name != request.name) continue;
    found = true;
    named_[i] = true;
    removed_[i] = request.absent;
    if (!request.absent) change(live_[i], request.wanted);
  }
  if (found || request.absent) return;
  Json element = kind_.defaults;
  element.update(request.wanted);
  element[kind_.name_member] = request.name;
  added_.push_back(canonical_json(element));
}

void ListOverlay::change(const LiveElement& element, const Json& wanted) {
  const Json live = kind_.canonical(part_json(schema_, element.span));
  MemberValues values;
  for (const auto& [key, value] : wanted.items()) {
    if (!same_member(key, live[key], value)) values.emplace_back(key, canonical_json(value));
  }
  edit_members(schema_.text(), element.span, values, changes_);
}

void ListOverlay::remove_unnamed() {
  for (std::size_t i = 0; i < live_.size(); ++i) {
    if (!named_[i]) removed_[i] = true;
  }
}

void ListOverlay::finish(TextSpan array, MemberValues& members,
                         std::vector<TextEdit>& edits) const {
  edits.insert(edits.end(), changes_.begin(), changes_.end());
  if (!array.empty()) {
    std::vector<TextSpan> spans;
    spans.reserve(live_.size());
    for (const LiveElement& element : live_) spans.push_back(element.span);
    edit_elements(schema_.text(), array, spans, removed_, added_, edits);
    return;
  }
  if (added_.empty()) return;
  std::string list;
  for (const std::string& element : added_) list += (list.empty() ? "[" : ",") + element;
  members.emplace_back(kind_.list_member, list + "]");
}

}  // namespace syncwright::schema
