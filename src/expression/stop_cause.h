#pragma once

namespace syncwright {

/// What it says of the service that an evaluation ended before its time.
enum class StopCause {
  fault,    ///< the service would fail as well, wherever it evaluates this
  unread,   ///< a text that is no date as far as we read dates: the service may know more forms
  wanted,   ///< the author's own word, which counts only in the branch that is taken: Error,
            ///< IgnoreAttributeFlow
  unknown,  ///< nothing: a bound of ours, or what only the tenant knows
};

/// Whether the service fails as well, as far as is known.
[[nodiscard]] constexpr bool is_failure(StopCause cause) {
  return cause == StopCause::fault || cause == StopCause::unread;
}

}  // namespace syncwright
