#include "syncwright/emulator/state_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include "emulator/store/regular_file.h"
#include "emulator/store/state.h"
#include "emulator/store/state_database.h"
#include "syncwright/core/file.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::emulator {

namespace {

std::string reason() {
  return std::generic_category().message(errno);
}

constexpr std::size_t max_json_bytes = 4UL << 30U;

bool holds_json(const std::filesystem::path& file) {
  std::ifstream content(file);
  char first = 0;
  content >> first;  // blanks are skipped
  return first == '{';
}

/// What an earlier version kept the same tenant in; empty where the file has no name that it made.
std::filesystem::path older_state(const std::filesystem::path& file) {
  const std::string stem = file.stem().string();
  const bool is_default = stem == "emulator" || stem.starts_with("emulator-");
  if (file.extension() != ".db" || !is_default) return {};
  return std::filesystem::path(file).replace_extension(".json");
}

/// FILE.old, or FILE.old.2 and so on where there is one that says something else.
std::filesystem::path free_name(const std::filesystem::path& file, const std::string& text) {
  for (int number = 1;; ++number) {
    const std::filesystem::path name =
        file.string() + (number == 1 ? ".old" : fmt::format(".old.{}", number));
    std::error_code failure;
    if (!std::filesystem::exists(name, failure)) return name;
    const Result<std::string> held = read_file(name, text.size());
    if (held && *held == text) return name;
  }
}

/// Puts a database of the JSON at `file`; `kept` has a copy of the text by then, if it is named.
Result<void> make_database(const std::filesystem::path& json, const std::string& text,
                           const std::filesystem::path& file, const std::filesystem::path& kept) {
  // A job's schema may be as deep as a request may be, and lies a few levels down in the state.
  const Result<Json> state =
      parse_json(text, {.max_bytes = max_json_bytes, .max_depth = schema::kMaxSchemaDepth + 16});
  if (!state) return fail(as_invalid_file(state.error(), json));
  const std::unique_ptr<StateDatabase> database = StateDatabase::replacing(file);
  Store store = database->empty_store();
  if (Result<void> read = read_state(*state, store); !read) {
    return fail(as_invalid_file(std::move(read.error()), json));
  }
  if (!kept.empty()) {
    if (Result<void> copied = write_file_atomically(kept, text, true); !copied) return copied;
  }
  try {
    database->save(store, saved_at(*state));
  } catch (const StorageFault& fault) {
    return fail(as_error(fault, file));
  }
  return {};
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
  // The lock has a file of its own: the state file is not there at first.
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

Result<bool> StateFile::has_state() const {
  auto database = StateDatabase::open(path_);
  if (!database) return fail(std::move(database.error()));
  return (*database)->has_state();
}

Result<std::string> StateFile::take_over_json() {
  const Result<bool> there = has_regular_file(path_);
  if (!there) return fail(there.error());
  if (*there) return holds_json(path_) ? take_over_own_json() : std::string();
  const std::filesystem::path older = older_state(path_);
  if (older.empty()) return std::string();
  const Result<bool> has_older = has_regular_file(older);
  if (!has_older) return fail(has_older.error());
  if (!*has_older || !holds_json(older)) return std::string();
  const Result<std::string> text = read_file(older, max_json_bytes);
  if (!text) return fail(text.error());
  if (Result<void> made = make_database(older, *text, path_, {}); !made) return fail(made.error());
  return fmt::format("{} is made of {}, which stays as it is and is not read again", path_.string(),
                     older.filename().string());
}

Result<std::string> StateFile::take_over_own_json() {
  const Result<std::string> text = read_file(path_, max_json_bytes);
  if (!text) return fail(text.error());
  const std::filesystem::path kept = free_name(path_, *text);
  if (Result<void> made = make_database(path_, *text, path_, kept); !made)
    return fail(made.error());
  return fmt::format("{} is a database from now on; the JSON that it was is kept as {}",
                     path_.string(), kept.filename().string());
}

Result<void> StateFile::import_json(const std::filesystem::path& json) {
  const Result<bool> held = has_state();
  if (!held) return fail(held.error());
  if (*held) {
    return fail(ErrorKind::invalid_input, fmt::format("{} has a state already", path_.string()),
                "name another file with --state, or move this one away");
  }
  const Result<bool> there = has_regular_file(json);
  if (!there) return fail(there.error());
  const Result<std::string> text = read_file(json, max_json_bytes);
  if (!text) return fail(text.error());
  return make_database(json, *text, path_, {});
}

}  // namespace syncwright::emulator
