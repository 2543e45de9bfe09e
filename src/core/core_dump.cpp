#include "syncwright/core/core_dump.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace syncwright {

void disable_core_dumps() {
  // The limit is passed on to commands that print secrets. A handler that core files are piped to
  // is not held by it, but asks whether the process is dumpable at all.
  const rlimit none{0, 0};
  static_cast<void>(::setrlimit(RLIMIT_CORE, &none));
  static_cast<void>(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
}

}  // namespace syncwright
