#include "syncwright/emulator/state_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

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

Result<std::unique_ptr<StateFile>> StateFile::open(const std::filesystem::path& path) {
  std::error_code failure;
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
    return fail(ErrorKind::io, fmt::format("{} is in use by another process", path.string()),
                "stop the other emulator, or give this one a state file of its own");
  }
  remove_leftovers(path);
  return std::unique_ptr<StateFile>(new StateFile(path, lock));
}

Result<Json> StateFile::load() const {
  std::error_code failure;
  if (!std::filesystem::exists(path_, failure)) return Json(nullptr);
  Result<std::string> text = read_file(path_, 1U << 30U);
  if (!text) return fail(std::move(text.error()));
  // A job's schema may be as deep as a request may be, and lies a few levels down in the state.
  Result<Json> state =
      parse_json(*text, {.max_bytes = 1U << 30U, .max_depth = kMaxSchemaDepth + 16});
  if (!state) return fail(within(std::move(state.error()), path_.string()));
  return state;
}

Result<void> StateFile::save(std::string_view state) {
  return write_file_atomically(path_, state, true);
}

}  // namespace syncwright::emulator
