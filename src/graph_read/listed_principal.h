#pragma once

#include "syncwright/core/packed_json.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/model/live.h"

namespace syncwright::graph_read {

/// What only the application object tells, beside what its service principal told.
void take_application(model::LiveReference application, model::LiveReference& reference);

/// A service principal as a list shows it, with what is listed of its application. A run holds one
/// of each of its applications until their reader takes it: packed, in a third of the room.
class ListedPrincipal {
 public:
  /// What take_application takes, packed.
  using Application = PackedJson;
  [[nodiscard]] static Application packed_application(const model::LiveReference& application);

  explicit ListedPrincipal(const GraphReader::ServicePrincipal& principal);

  /// Its application, which was listed too.
  void join(Application application) { application_ = std::move(application); }
  [[nodiscard]] GraphReader::ServicePrincipal unpack() const;

 private:
  PackedJson principal_;     ///< texts of the reference, template id, tags
  Application application_;  ///< null: not listed
};

}  // namespace syncwright::graph_read
