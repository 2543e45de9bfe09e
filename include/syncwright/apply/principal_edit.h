#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/apply/write_confirmed.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/model/application_members.h"
#include "syncwright/model/ownership.h"

namespace syncwright::apply {

/// One PATCH of a service principal's tags (and the texts that the manifest manages). Tags are one
/// list that others write as well: what is sent is made from a read just before, and foreign tags
/// are kept.
struct PrincipalEdit {
  std::string id;
  /// What is to be edited of the service principal as it is now; an error refuses. Called before
  /// each sending.
  std::function<Result<model::TagEdit>(const graph_read::GraphReader::ServicePrincipal& now)> edit;
  std::optional<model::PrincipalTexts> texts = {};
  /// What is read behind its proof.
  std::vector<std::string> followed_by = {};
  /// Asked last, where there is something to send: whether it is still what was planned on.
  std::function<Result<void>(const graph_read::GraphReader::ServicePrincipal& now)> check = {};
};

/// Sends nothing where all is so already. ErrorKind::stored_differently where the read-back never
/// shows it.
[[nodiscard]] Result<Confirmed> edit_principal(WriteSession& session,
                                               graph_read::GraphReader& reader,
                                               graph_write::GraphWriter& writer,
                                               const PrincipalEdit& edit);

/// The service principal, waited for while the application is young.
[[nodiscard]] Result<graph_read::GraphReader::ServicePrincipal> read_principal(
    const WriteSession& session, graph_read::GraphReader& reader, const std::string& id);

}  // namespace syncwright::apply
