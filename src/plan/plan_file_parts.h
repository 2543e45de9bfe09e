#pragma once

#include <functional>
#include <string>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/plan/plan.h"
#include "syncwright/plan/plan_file.h"

namespace syncwright::plan {

/// The parts of reading and writing a plan file (plan_file.h), each in a source of its own.

/// A plan out of the document that document_of(Plan) makes; anything else is
/// ErrorKind::invalid_input with the place named. Total; says nothing about whether the plan makes
/// sense (plan_file.cpp does).
[[nodiscard]] Result<Plan> decode_plan(const Json& document);

/// The ids that a change waits for, its `after`. `before` as in to_json.
[[nodiscard]] Json after_of(const Change* before);
/// An element of `changes`. `before`: the change of the same application before it, or nullptr.
[[nodiscard]] Json to_json(const Change& change, const Change* before);

/// The list `changes`, of what `to_json` makes of each and of the one before it in its application.
/// They have to outlive the document.
void add_changes(StreamedObject& document, const Changes& changes,
                 const std::function<Json(const Change& change, const Change* before)>& to_json);

/// Of everything that a plan file holds but its time and the digest itself: equal plans have equal
/// ones, and an edit of what nothing else tells (a manifest line, say) shows.
[[nodiscard]] std::string plan_file_digest(Json document);

/// What a plan file says twice and not alike, so that somebody edited it: its head and its
/// `desired`, its summary and its changes, a change's fields and its basis. Empty where there is
/// nothing of that kind; whether the tenant agrees only a new plan tells (review.h).
[[nodiscard]] std::string contradiction_of(const PlanFile& file);

}  // namespace syncwright::plan
