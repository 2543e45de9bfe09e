#pragma once

#include <memory>
#include <string>
#include <vector>

#include "syncwright/model/exported.h"

namespace syncwright::exporting {

/// How export writes.
struct ExportOptions {
  /// Whether files can lie beside the manifests. Where not, what only a whole schema document can
  /// say goes into a comment, and stays as it is live.
  bool with_documents = true;
  bool keep_schemas = false;  ///< every job's document beside, named by the manifest or not
  bool pin = false;           ///< every job's document, named by the manifest: all of it is managed
  bool join_sets = false;     ///< applications that are alike as one ApplicationSet
};

/// Applications that differ in nothing but names and single values are an ApplicationSet from so
/// many on.
inline constexpr std::size_t kLeastOfSet = 3;

/// One file of an export.
struct ExportedFile {
  std::string name;  ///< relative: "box.yaml", "schemas/box.default.json"
  std::string content;
  bool is_manifest = true;
};

/// Applications of one gallery that are not one set, though there are enough of them.
struct UnlikeApplications {
  std::string gallery;
  std::size_t applications = 0;
  std::vector<std::string> differences;  ///< "schema of job default"
};

/// All files of an export, and what it noticed.
struct ExportedFiles {
  std::vector<ExportedFile> files;  ///< sorted by name, manifests first
  std::size_t applications = 0;
  /// Names of applications that `join_sets` would join; where it did, the sets' own names.
  std::vector<std::vector<std::string>> alike;
  std::vector<UnlikeApplications> unlike;  ///< sorted by gallery
};

/// Writes manifests of live applications (docs/contract.md#2, export): values in, files out. What
/// they say is what is live, so that their plan holds nothing but application.adopt: the template's
/// defaults are left out, credentials too (a comment has their keys), and what no key can say is in
/// a comment or in a whole document. The same applications give the same bytes, in whatever order
/// they come.
class Exporter {
 public:
  explicit Exporter(ExportOptions options);
  ~Exporter();

  /// Keeps what the manifest needs; the schemas are released but for documents that are written.
  void add(const model::ExportedApplication& application);
  /// `taken`: names that other applications of the project have.
  [[nodiscard]] ExportedFiles finish(const std::vector<std::string>& taken = {});

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace syncwright::exporting
