#pragma once

#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/mapping_test.h"

namespace syncwright {

/// Sorts the tests; two of one name are SW2001.
void sort_by_name(std::vector<MappingTest>& tests, Diagnostics& diagnostics);

/// What mapping tests name in the applications of the manifests: the application (SW2012), its job
/// (SW2012) and, where no saved schema is given, the object's mapping (SW2013) and the target
/// attributes that it writes (SW2014). `all_applications`: an application that is not among them
/// does not exist, rather than being in a file that was not asked for.
void check_references(const std::vector<MappingTest>& tests,
                      const std::vector<DesiredApplication>& applications, bool all_applications,
                      Diagnostics& diagnostics);

}  // namespace syncwright
