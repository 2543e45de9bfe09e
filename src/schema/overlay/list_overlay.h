#pragma once

#include <string>
#include <vector>

#include "schema/json_text.h"
#include "syncwright/core/json.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// What a request wants of one element of a list whose elements have names: an attribute mapping of
/// an object mapping, an attribute definition of an object.
struct ElementRequest {
  std::string name;
  bool absent = false;
  Json wanted;  ///< the members that are managed
  SourceRange where;
};

/// One element of the live list.
struct LiveElement {
  std::string name;
  TextSpan span;
};

/// How elements of one kind are compared and made.
struct ElementKind {
  const char* name_member;  ///< "targetAttributeName" or "name"
  const char* list_member;  ///< "attributeMappings" or "attributes"
  const Json& defaults;     ///< of a new element
  Json (*canonical)(const Json& element);
};

/// A later request for a name replaces an earlier one whole (docs/contract.md#3, "Precedence").
void add_request(std::vector<ElementRequest>& requests, ElementRequest request);

/// Computes the edits of one list.
class ListOverlay {
 public:
  ListOverlay(const SynchronizationSchema& schema, const ElementKind& kind,
              std::vector<LiveElement> live);

  /// No edit where the live element already equals the request.
  void lay(const ElementRequest& request);
  /// Removes the elements that no `lay` named.
  void remove_unnamed();

  [[nodiscard]] std::size_t count(const std::string& name) const;
  [[nodiscard]] bool is_removed(std::size_t index) const { return removed_[index]; }

  /// `array` is empty where the list is absent or null: its member then goes to `members` of the
  /// object around it.
  void finish(TextSpan array, MemberValues& members, std::vector<TextEdit>& edits) const;

 private:
  void change(const LiveElement& element, const Json& wanted);

  const SynchronizationSchema& schema_;
  const ElementKind& kind_;
  std::vector<LiveElement> live_;
  std::vector<bool> named_;
  std::vector<bool> removed_;
  std::vector<std::string> added_;
  std::vector<TextEdit> changes_;
};

}  // namespace syncwright::schema
