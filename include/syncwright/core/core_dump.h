#pragma once

namespace syncwright {

/// From now on no crash leaves the memory of this process on a disk, and no other process of the
/// same user may look into it: it holds secrets. Programs that it starts leave no core file either.
/// `main` calls it before anything reads a secret.
void disable_core_dumps();

}  // namespace syncwright
