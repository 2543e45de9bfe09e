#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "syncwright/core/code.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// Why a customization cannot be laid over a schema.
struct OverlayProblem {
  Code code = Code::none;   ///< SW5009, SW5010, SW5011, SW5017, SW5030 of the diagnostic catalog
  std::string message;      ///< names what was asked for and the candidates there are
  SourceRange where;        ///< of the request
  std::string advice = {};  ///< the way out, where it is always the same
};

/// The schema with the customization laid over it (docs/architecture.md#decision-3). Everything
/// the customization does not name is byte-equal in the result; what is named and already equal in
/// the canonical sense of docs/graph.md#12 is not touched either, so laying over twice changes
/// nothing more. All problems at once. SW5018, alone and without a place, only where the result
/// would be over the bounds of SynchronizationSchema::decode.
///
/// Parameter keys of functions that no document attests come from `base`, then from `functions`
/// (nullptr: not asked), then from the table of docs/expressions.md#3; they do not count in a
/// comparison.
[[nodiscard]] tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> overlay(
    const SynchronizationSchema& base, const Customization& customization,
    const expression::FunctionKeys* functions = nullptr);

/// Whether the customization writes a function whose parameter keys nothing but Graph can attest:
/// then `functions` is worth asking for before a PUT.
[[nodiscard]] bool needs_function_keys(const Customization& customization);

}  // namespace syncwright::schema
