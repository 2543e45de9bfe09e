#pragma once

#include <string>
#include <vector>

#include "syncwright/report/page_inputs.h"

namespace syncwright::report::html {

/// What the pages of several commands have in common.

/// Command, place, time and provenance; `command`: "plan".
[[nodiscard]] PageInput begin_page(std::string command, const PageFacts& facts);

/// A card for each application of the manifests, with its mappings, samples and jobs.
[[nodiscard]] std::vector<PageApplication> begin_cards(const PageFacts& facts);

/// The card of a name, made where there is none: a plan may be about what no manifest names.
[[nodiscard]] PageApplication& card_of(std::vector<PageApplication>& cards,
                                       const std::string& name);

/// What the jobs of a card come to; in_step where there is nothing ill.
[[nodiscard]] PageState state_of_jobs(const std::vector<StatusRow>& jobs);

/// The worse of what it is and `state`.
void worsen(PageApplication& card, PageState state);

/// State and headline: "1 application in quarantine, 2 drifted". `differ`: the word for
/// PageState::differs ("drifted"), `in_step`: the verdict where nothing is worse than something to
/// be known.
void set_verdict(PageInput& page, const std::string& differ, const std::string& in_step);

/// Whether all that the manifests name was read; takes PageState::unread into account.
void set_reading(PageInput& page, const PageFacts& facts);

/// Which rows the tables of a page have, of every command but export.
inline constexpr const char* kManagedTables =
    "Mapping tables have the rows that the manifests manage, and every row that differs; a "
    "tenant's "
    "other rows are not kept while it is read.";

}  // namespace syncwright::report::html
