#pragma once

#include <string>
#include <vector>

#include "emulator/exchange.h"
#include "emulator/odata/listing.h"

/// Lists of objects of several types: members of a group, memberships, direct reports.
namespace syncwright::emulator {

/// `list` or `count`.
using ListAnswer = Reply (*)(const Exchange&, const Listing&, std::vector<const Json*>);

/// Answers with those of the objects that the request sees. Where the path ends in a cast, its
/// second parameter ("microsoft.graph.user"), with those of that type, queried as the type is; 404
/// where the parameter is no type's name.
[[nodiscard]] Reply answer_with_objects(const Exchange& exchange,
                                        const std::vector<std::string>& ids,
                                        ListAnswer answer_with);
/// The same as references: `…/$ref`.
[[nodiscard]] Reply answer_with_references(const Exchange& exchange,
                                           const std::vector<std::string>& ids);

}  // namespace syncwright::emulator
