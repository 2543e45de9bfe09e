#pragma once

#include <array>
#include <string_view>

#include "syncwright/report/html_page.h"

namespace syncwright::report::html {

/// One row for each state: what the page calls it, and the tone it is painted in (page.css).
struct StateWords {
  PageState state;
  std::string_view name;   ///< of the filter: "quarantined"
  std::string_view label;  ///< "in quarantine"
  std::string_view tone;   ///< a class: bad, warn, veil, note, good
  std::string_view sign;   ///< so that colour says nothing alone
};

inline constexpr std::array<StateWords, 10> kStates{{
    {PageState::quarantined, "quarantined", "in quarantine", "bad", "!"},
    {PageState::failed, "failed", "failed", "bad", "×"},
    {PageState::refused, "refused", "refused or held", "bad", "–"},
    {PageState::unread, "unread", "not read", "veil", "?"},
    {PageState::unfinished, "unfinished", "not finished", "warn", "…"},
    {PageState::not_begun, "not-begun", "not begun", "veil", "…"},
    {PageState::differs, "differs", "differ", "warn", "~"},
    {PageState::attention, "attention", "to be known", "note", "i"},
    {PageState::applied, "applied", "applied", "good", "✓"},
    {PageState::in_step, "in-step", "in step", "good", "✓"},
}};

[[nodiscard]] constexpr const StateWords& words_of(PageState state) {
  return kStates.at(static_cast<std::size_t>(state));
}

/// A round sign of the state, which a screen reader leaves out: the words stand beside it.
[[nodiscard]] std::string badge(PageState state);

/// The same of a step.
struct StepWords {
  PageStep::State state;
  std::string_view label;
  std::string_view tone;
};
inline constexpr std::array<StepWords, 8> kStepStates{{
    {PageStep::State::planned, "planned", "plan"},
    {PageStep::State::refused, "refused", "bad"},
    {PageStep::State::held, "held", "bad"},
    {PageStep::State::done, "done", "good"},
    {PageStep::State::failed, "failed", "bad"},
    {PageStep::State::stale, "stale", "warn"},
    {PageStep::State::skipped, "skipped", "veil"},
    {PageStep::State::unknown, "not known", "veil"},
}};
[[nodiscard]] constexpr const StepWords& words_of(PageStep::State state) {
  return kStepStates.at(static_cast<std::size_t>(state));
}

}  // namespace syncwright::report::html
