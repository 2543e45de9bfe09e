#pragma once

#include "syncwright/schema/schema_diff.h"

namespace syncwright::schema {

// What one difference of a schema may do to people, where its job has provisioned any. Each
// question is answered from one difference alone, so that a plan can mark the fields that carry the
// risk.

/// Whether it may take accounts out of scope or match other ones: a filter that comes, changes or
/// goes (of an object mapping's scope, but for inputFilterGroups, or of a rule's containers or
/// groups), an object mapping that is disabled or goes, a matchingPriority that changes (no mapping
/// counts as 0), another source or default value of a
/// matching mapping, or of one whose target switches accounts on and off.
[[nodiscard]] bool may_deprovision(const FieldChange& change);

/// Whether it may give more people accounts, or leave accounts to people who go: a filter that is
/// removed or loosened, or not proven to be neither (widening.h); an object mapping that is
/// enabled, or comes enabled; flow type Add that is gained, Update or Delete that is lost; a
/// mapping that disables accounts and goes, gets another source or flows at creation only.
[[nodiscard]] bool may_expose(const FieldChange& change);

}  // namespace syncwright::schema
