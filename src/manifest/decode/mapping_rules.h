#pragma once

#include "syncwright/core/diagnostic.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/manifest/template_schemas.h"
#include "syncwright/model/desired.h"

namespace syncwright {

/// The lint of every expression, object mapping and scoping filter of an application's jobs
/// (SW31xx, SW32xx). Findings within an expression point into its text wherever it stands in the
/// file byte by byte, else at the whole value. Thread-safe as far as `schemas` is.
void check_mapping_rules(const DesiredApplication& application, const EvaluationSettings& settings,
                         const TemplateSchemas& schemas, Diagnostics& diagnostics);

/// Definitions of one attribute that contradict each other within what the jobs themselves say
/// (SW2011), as far as a schema is known: before sets are laid beneath. Thread-safe likewise.
void check_definitions(const DesiredApplication& application, const TemplateSchemas& schemas,
                       Diagnostics& diagnostics);

}  // namespace syncwright
