#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/model/exported.h"
#include "syncwright/model/ownership.h"

namespace syncwright::graph_read {

/// What `export` is asked to write down.
struct ExportRequest {
  model::Owner owner;  ///< whose manifests they become
  /// Display names, service principal ids or appIds; empty: every application that was made from a
  /// gallery template (the one of non-gallery applications too) and has a synchronization job,
  /// unless the owner has it already.
  std::vector<std::string> applications;
  bool managed = false;  ///< also what the owner has already, with a job or without one
  int parallelism = 32;  ///< applications that are read at the same time
  /// Called when an application is read; empty: nobody listens.
  std::function<void(std::size_t done, std::size_t total)> on_progress;
};

/// What became of an export, beside the applications themselves.
struct ExportSummary {
  std::size_t read = 0;               ///< applications
  std::vector<std::string> left_out;  ///< one sentence for each, or for many of a kind; sorted
  std::size_t owned = 0;              ///< of those left out, what some project owns already
  std::vector<Error> failures;        ///< applications that could not be read; sorted
  std::vector<std::string> taken;     ///< names of what the owner has already, sorted
};

/// An assignment list that is longer is left out: groups are what a manifest is meant for.
inline constexpr std::size_t kMaxExportedMembers = 500;

/// Reads what `export` writes down. Requests: all service principals (a page of 999 each) or 1 to 3
/// for each named one; jobs of each; for what is exported its secrets, templates, and for each job
/// its schema and its template's, roles and assignments (2), once for each principal that is
/// assigned anywhere, and once for each gallery template. `visit` gets the applications one at a
/// time, on a reading thread, in no fixed order; what it does not keep is released.
///
/// A name that is unknown or means several is ErrorKind::invalid_input with the candidates; one
/// that another project owns is ErrorKind::guard. Who is assigned is left out where that cannot be
/// read; any other failure of one application is in `failures`, and the rest goes on, unless it
/// would meet the others as well.
[[nodiscard]] Result<ExportSummary> read_for_export(
    GraphReader& reader, const ExportRequest& request,
    const std::function<void(model::ExportedApplication)>& visit, const std::stop_token& stop);

}  // namespace syncwright::graph_read
