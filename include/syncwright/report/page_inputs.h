#pragma once

#include <vector>

#include "syncwright/mapping_tests/mapping_tests.h"
#include "syncwright/model/exported.h"
#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/drift.h"
#include "syncwright/report/html_page.h"

namespace syncwright::report {

/// What a run has at hand beside its result, and the page tells as well.
struct PageFacts {
  const model::Desired* desired = nullptr;  ///< of the run; nullptr: there are no manifests
  /// The jobs of applications that were read (status_rows). Where there are none, what a plan says
  /// of their health stands alone.
  std::vector<StatusRow> jobs;
  /// What the project's tests write: sample values of the mapping tables, and the result of `test`.
  std::vector<mapping_tests::MappingTestResult> tests;
  Provenance provenance;
  Instant now;
};

// The page of each command (html_page.h). `plan` and `drift` are the ones with this run's own
// commands in their advice, as people are to type it.
//
// A live schema is dropped as soon as its application is planned
// (docs/architecture.md#decision-13), so that the tables of these pages have the rows that the
// manifests manage, and every row that differs, in the tenant's words and in the manifest's. They
// say so. Only export, which reads each schema for its own sake, has whole tables.

[[nodiscard]] PageInput page_of_plan(const plan::Plan& plan, const PageFacts& facts);
[[nodiscard]] PageInput page_of_drift(const plan::Drift& drift, const PageFacts& facts);
/// `plan`: what was carried out, and the blocked changes that --skip-blocked left out: their
/// applications are told as left out.
[[nodiscard]] PageInput page_of_apply(const plan::ApplyReport& report, const plan::Plan& plan,
                                      const PageFacts& facts);
[[nodiscard]] PageInput page_of_status(const PageFacts& facts);
[[nodiscard]] PageInput page_of_tests(const PageFacts& facts);

/// The card of an application that export read: its whole mapping tables, as texts; the schemas may
/// go afterwards.
[[nodiscard]] PageApplication exported_card(const model::ExportedApplication& application);
/// `left_out`: a sentence for each application that was not exported.
[[nodiscard]] PageInput page_of_export(std::vector<PageApplication> cards,
                                       const std::vector<std::string>& left_out,
                                       const std::vector<Error>& failures, const PageFacts& facts);

}  // namespace syncwright::report
