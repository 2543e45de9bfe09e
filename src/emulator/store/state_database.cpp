#include "emulator/store/state_database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "emulator/store/regular_file.h"
#include "emulator/store/row_json.h"
#include "emulator/store/state_values.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

// The process may be killed between any two of these lines. Two things must hold then: a file of
// the right name has a whole state, and whatever was answered is in it. So a new state is written
// under another name and renamed when it is whole, and from then on each request that changed
// something is one transaction, which ends before its answer. What SQLite appends to its log (WAL)
// is the operating system's with the commit and the disk's later: a killed process loses nothing, a
// power cut the last moments, and neither leaves a half.
//
// A file that we do not know must stay as it is. So nothing is written, not even the log moved into
// the file, before its header and all of its rows have been read.

namespace {

constexpr std::int64_t database_version = 1;
/// "SWem" in the file's header: which program's database it is.
constexpr std::int64_t application_id = 0x5357656d;

void make_tables(Database& database, const Store& store) {
  Store::for_each_table(store, [&](const char* name, const auto&) {
    database.execute(
        fmt::format("CREATE TABLE IF NOT EXISTS {} (place INTEGER PRIMARY KEY, id TEXT NOT NULL "
                    "UNIQUE, value TEXT NOT NULL)",
                    name));
  });
  Store::for_each_log(store, [&](const char* name, const auto&) {
    database.execute(fmt::format(
        "CREATE TABLE IF NOT EXISTS {} (place INTEGER PRIMARY KEY, value TEXT NOT NULL)", name));
  });
  database.execute(
      "CREATE TABLE IF NOT EXISTS documents (digest TEXT PRIMARY KEY, text TEXT NOT NULL);"
      "CREATE TABLE IF NOT EXISTS tenant (place INTEGER PRIMARY KEY, value TEXT NOT NULL)");
}

void mark_as_ours(Database& database) {
  database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                               application_id, database_version));
}

template <class Row>
void write_row(Database& database, const char* name, const Table<Row>& table,
               const std::string& id) {
  const Row* row = table.find(id);
  if (!row) {
    database.run(fmt::format("DELETE FROM {} WHERE id = ?", name), id);
    return;
  }
  database.run(fmt::format("INSERT INTO {} (place, id, value) VALUES (?, ?, ?) ON CONFLICT (id) DO "
                           "UPDATE SET place = excluded.place, value = excluded.value",
                           name),
               table.place_of(id), id, canonical_json(row_json(*row)));
}

template <class Row>
void load_rows(Database& database, const char* name, Table<Row>& table) {
  Query query = database.query(fmt::format("SELECT place, id, value FROM {}", name));
  while (query.next()) {
    const Json value = Json::parse(query.text(2), nullptr, false);
    std::optional<Row> row;
    if (value.is_object()) row = row_from_json<Row>(value);
    if (!row) throw StorageFault(fmt::format("a row of '{}' is broken", name), true);
    table.load(query.number(0), std::string(query.text(1)), std::move(*row));
  }
}

Json tenant_json(const Store& store, Instant saved_at) {
  return {{"id", store.tenant_id},
          {"displayName", store.tenant_name},
          {"defaultDomain", store.default_domain},
          {"savedAt", to_state(saved_at)}};
}

Json read_tenant(Database& database) {
  Query query = database.query("SELECT value FROM tenant");
  const Json tenant = query.next() ? Json::parse(query.text(0), nullptr, false) : Json();
  Instant saved_at;
  if (!read_time(tenant, "savedAt", saved_at) || string_or(tenant, "id").empty()) {
    throw StorageFault("the row of 'tenant' is broken", true);
  }
  return tenant;
}

std::int64_t number_of(Database& database, const char* question) {
  Query query = database.query(question);
  return query.next() ? query.number(0) : 0;
}

/// A killed process loses nothing: the operating system has what was written.
void prepare_for_writing(Database& database) {
  database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  database.tidy_when_closed(true);
}

/// SQLite would make it readable by everybody.
void make_private_file(const std::filesystem::path& file) {
  const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) throw StorageFault(std::generic_category().message(errno), false);
  ::close(made);
}

void make_private(const std::filesystem::path& file) {
  using std::filesystem::perms;
  std::error_code ignored;  // somebody else's file stays as open as it is
  std::filesystem::permissions(file, perms::group_all | perms::others_all,
                               std::filesystem::perm_options::remove, ignored);
}

std::filesystem::path beside(const std::filesystem::path& file, const char* ending) {
  return file.string() + ending;
}

/// What is left of a database that was removed would be taken for what the new one has not read
/// yet.
void remove_side_files(const std::filesystem::path& file) {
  std::error_code ignored;  // there are none
  for (const char* ending : {"-wal", "-shm", "-journal"}) {
    std::filesystem::remove(beside(file, ending), ignored);
  }
}

std::optional<Error> fault_of(Database& database, const std::filesystem::path& file) {
  if (number_of(database, "PRAGMA application_id") != application_id) {
    Error error;
    error.kind = ErrorKind::invalid_input;
    error.message = fmt::format("{} is the database of another program", file.string());
    error.advice = "name another file for the emulator's state";
    return error;
  }
  const std::int64_t version = number_of(database, "PRAGMA user_version");
  if (version == database_version) return std::nullopt;
  Error error;
  error.kind = ErrorKind::invalid_input;
  error.message =
      fmt::format("{} has the emulator's state in version {}, and this program knows version {}",
                  file.string(), version, database_version);
  error.advice = "use the newer syncwright, or give this one a state file of its own";
  return error;
}

}  // namespace

StateDatabase::StateDatabase() {
  make_tables(database_, Store(database_));
}

Result<std::unique_ptr<StateDatabase>> StateDatabase::open(const std::filesystem::path& file) {
  auto opened = std::make_unique<StateDatabase>();
  const Result<bool> there = has_regular_file(file);
  if (!there) return fail(there.error());
  std::error_code ignored;
  if (!*there || std::filesystem::file_size(file, ignored) == 0) return replacing(file);
  try {
    Database database(file);
    database.tidy_when_closed(!std::filesystem::exists(beside(file, "-wal"), ignored));
    if (std::optional<Error> fault = fault_of(database, file)) return fail(std::move(*fault));
    make_private(file);
    opened->database_ = std::move(database);
    opened->has_state_ = true;
  } catch (const StorageFault& fault) {
    return fail(as_error(fault, file));
  }
  return opened;
}

std::unique_ptr<StateDatabase> StateDatabase::replacing(const std::filesystem::path& file) {
  auto made = std::make_unique<StateDatabase>();
  made->unmade_ = file;
  return made;
}

Store StateDatabase::load() {
  Store store(database_);
  const Json tenant = read_tenant(database_);
  store.tenant_id = string_or(tenant, "id");
  store.tenant_name = string_or(tenant, "displayName");
  store.default_domain = string_or(tenant, "defaultDomain");
  make_tables(database_, store);  // those that came into the program since
  Store::for_each_table(store,
                        [&](const char* name, auto& table) { load_rows(database_, name, table); });
  store.note_loaded();
  prepare_for_writing(database_);  // now that the file is known to be whole
  return store;
}

Instant StateDatabase::saved_at() {
  Instant time;
  return has_state_ && read_time(read_tenant(database_), "savedAt", time) ? time : Instant{};
}

void StateDatabase::save(const Store& store, Instant now) {
  if (unmade_.empty()) {
    write(database_, store, now);
  } else {
    make_file(store, now);
  }
  has_state_ = true;
}

/// Under another name first: a file of the right name has a whole state.
void StateDatabase::make_file(const Store& store, Instant now) {
  std::filesystem::path draft = unmade_;
  draft.replace_filename("." + unmade_.filename().string() + "." + random_uuid());
  try {
    make_private_file(draft);
    Database made(draft);
    made.execute("PRAGMA journal_mode = OFF");
    write(made, store, now);
    made = Database();
    remove_side_files(unmade_);
    std::error_code failure;
    std::filesystem::rename(draft, unmade_, failure);
    if (failure) throw StorageFault(failure.message(), false);
    made = Database(unmade_);
    prepare_for_writing(made);
    database_ = std::move(made);
    unmade_.clear();
  } catch (const StorageFault&) {
    std::error_code ignored;  // it may be in its place already
    std::filesystem::remove(draft, ignored);
    throw;
  }
}

void StateDatabase::write(Database& database, const Store& store, Instant now) const {
  Transaction transaction(database);
  if (!has_state_) {
    make_tables(database, store);
    mark_as_ours(database);
  }
  Store::for_each_table(store, [&](const char* name, const auto& table) {
    if (!has_state_) {
      for (auto row = table.begin(); row != table.end(); ++row) {
        write_row(database, name, table, row.id());
      }
      return;
    }
    for (const std::string& id : table.changes()) write_row(database, name, table, id);
  });
  store.documents.save(database);
  Store::for_each_log(store, [&](const char*, const Log& log) { log.save(database); });
  database.run("INSERT OR REPLACE INTO tenant (place, value) VALUES (1, ?)",
               canonical_json(tenant_json(store, now)));
  transaction.commit();
}

}  // namespace syncwright::emulator
