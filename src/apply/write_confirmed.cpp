#include "syncwright/apply/write_confirmed.h"

#include <optional>

#include "apply/repetition.h"

namespace syncwright {

namespace {

/// As often as the transport repeats what it may repeat by itself.
constexpr int kMostSends = 8;

}  // namespace

Result<bool> write_from_read(ApplicationRun& run, const WriteFromRead& write) {
  Wait wait(run.patience(), write.subject);
  Repetition repetition(run, write.subject.what, kMostSends);
  std::optional<Error> open;  // of a sending of which it is not known whether it took effect
  while (true) {
    const auto needed = write.make();
    if (!needed) {
      const bool says_more = !open || needed.error().kind == ErrorKind::stale;
      return fail(says_more ? needed.error() : *open);
    }
    if (!*needed) {
      run.settle_doubt();
      return open.has_value();
    }
    const auto written = run.write<Written>(write.operation, write.send);
    if (written) return true;
    if (run.in_doubt()) open = written.error();
    if (is_passing(written.error())) {
      if (!repetition.again_after(written.error())) {
        return fail(repetition.given_up(written.error()));
      }
    } else if (!wait.again_after(written.error())) {
      return fail(wait.given_up(written.error()));
    }
  }
}

}  // namespace syncwright
