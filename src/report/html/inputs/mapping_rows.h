#pragma once

#include <string>
#include <vector>

#include "syncwright/mapping_tests/mapping_tests.h"
#include "syncwright/model/desired.h"
#include "syncwright/plan/change.h"
#include "syncwright/report/html_page.h"

namespace syncwright::report::html {

/// The rows of mapping tables, out of the places where mappings are: manifests, whole schemas, the
/// differences of a plan, the results of tests.

/// What the manifest says: the rows of a whole document where it names one, under its requests.
[[nodiscard]] std::vector<PageObjectMapping> mappings_of(const model::DesiredApplication& desired);
/// Every row of a schema.
[[nodiscard]] std::vector<PageObjectMapping> mappings_of(
    const std::string& job, const schema::SynchronizationSchema& schema);

/// Marks the row that a field of schema.put is about, or adds it. false: the field is about another
/// part of the schema.
bool mark_difference(std::vector<PageObjectMapping>& mappings, const std::string& job,
                     const schema::FieldChange& field);

/// Writes beside each row what the tests of the application put there.
void add_samples(std::vector<PageObjectMapping>& mappings, const std::string& application,
                 const std::vector<mapping_tests::MappingTestResult>& tests);

}  // namespace syncwright::report::html
