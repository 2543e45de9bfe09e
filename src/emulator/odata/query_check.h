#pragma once

#include <optional>

#include "emulator/exchange.h"

/// An option that is not honoured is an error, never silence. A handler honours an option by
/// reading it (QueryOptions::get), so that no list of options can say otherwise than the code does.
/// Parameters without `$` are a client's own and mean nothing.
namespace syncwright::emulator {

/// Before the handler runs: an option that is written twice, and any option of a write, which would
/// be done by the time somebody finds that nobody reads it.
[[nodiscard]] std::optional<Reply> refuse_options_of_request(const Call& call);

/// After it: an option of a read that the handler answered without reading it.
[[nodiscard]] std::optional<Reply> refuse_unread_options(const Call& call);

}  // namespace syncwright::emulator
