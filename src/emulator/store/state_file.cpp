#include "syncwright/emulator/state_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "emulator/store/regular_file.h"
#include "syncwright/core/file.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::emulator {

namespace {

std::string reason() {
  return std::generic_category().message(errno);
}

}  // namespace

StateFile::StateFile(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

StateFile::~StateFile() {
  ::close(lock_);
}

Result<std::unique_ptr<StateFile>> StateFile::open(const std::filesystem::path& named) {
  if (Result<bool> there = has_regular_file(named); !there) {
    Error error = std::move(there.error());
    error.advice = "name a file for the emulator's state; where there is none, one is made";
    return fail(std::move(error));
  }
  std::error_code failure;
  // Two names of one file share its lock, and a link stays a link when the state is saved.
  std::filesystem::path path = std::filesystem::weakly_canonical(named, failure);
  if (failure) path = named;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failure);
  // The lock has a file of its own: the state file is replaced whenever it is saved.
  const std::string lock_path = path.string() + ".lock";
  const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) {
    return fail(ErrorKind::io, fmt::format("cannot open {}: {}", lock_path, reason()));
  }
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    const bool is_held = errno == EWOULDBLOCK;
    const std::string why = reason();
    ::close(lock);
    if (!is_held) return fail(ErrorKind::io, fmt::format("cannot lock {}: {}", lock_path, why));
    return fail(ErrorKind::io, fmt::format("{} is in use by another process", named.string()),
                "stop the other emulator, or give this one a state file of its own");
  }
  remove_leftovers(path);
  return std::unique_ptr<StateFile>(new StateFile(std::move(path), lock));
}

Result<Json> StateFile::load() const {
  const Result<bool> there = has_regular_file(path_);
  if (!there) return fail(there.error());
  if (!*there) return Json(nullptr);
  Result<std::string> text = read_file(path_, 1U << 30U);
  if (!text) return fail(std::move(text.error()));
  // A job's schema may be as deep as a request may be, and lies a few levels down in the state.
  Result<Json> state =
      parse_json(*text, {.max_bytes = 1U << 30U, .max_depth = schema::kMaxSchemaDepth + 16});
  if (!state) return fail(as_invalid_file(std::move(state.error()), path_));
  return state;
}

Result<void> StateFile::save(std::string_view state) {
  return write_file_atomically(path_, state, true);
}

}  // namespace syncwright::emulator
