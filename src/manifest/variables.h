#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/decode/field.h"
#include "manifest/interpolation.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/core/source_text.h"

namespace syncwright {

/// A mapping of names to scalars, laid over `variables`.
void read_variables(const Field& field, Variables& variables);

/// The variables of a run: those of the files in order, later ones over earlier, `given` over all.
/// A file is a YAML or JSON mapping of names to scalars. Its text goes to `texts` where it has
/// faults.
[[nodiscard]] Variables load_variables(const std::vector<std::filesystem::path>& files,
                                       const Variables& given,
                                       const std::filesystem::path& working_folder,
                                       Diagnostics& diagnostics, std::vector<SourceText>& texts);

/// Warns of variables of --var that no manifest names (SW2018): a misspelt one would leave the
/// environment's value in place without a word.
void report_unused(const Variables& given, const std::vector<std::string_view>& manifests,
                   Diagnostics& diagnostics);

}  // namespace syncwright
