#include "apply/read_back.h"

namespace syncwright {

Result<void> settle_read_back(ApplicationRun& run, const Subject& subject, const Error* lost,
                              const Look& look) {
  const auto shown = settle_or_repeat(run, subject, lost, look);
  if (!shown) return fail(shown.error());
  return *shown ? Result<void>() : fail(*lost);
}

Result<bool> settle_or_repeat(ApplicationRun& run, const Subject& subject, const Error* lost,
                              const Look& look) {
  const auto shown = settle<bool>(run.patience(), subject, look);
  if (shown) {
    run.settle_doubt();
    return true;
  }
  const bool looked_in_vain =
      shown.error().kind == ErrorKind::not_found && shown.error().status == 0;
  if (lost != nullptr && looked_in_vain) return false;
  if (lost != nullptr) return fail(*lost);
  Error error = shown.error();
  if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::stored_differently;
  return fail(std::move(error));
}

tl::unexpected<Error> stored_differently(std::string message) {
  return fail(ErrorKind::stored_differently, std::move(message),
              "Graph took the write and keeps something else: plan again to see what is live, and "
              "compare it with the portal's provisioning page before the next apply.");
}

}  // namespace syncwright
