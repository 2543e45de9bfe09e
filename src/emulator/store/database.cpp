#include "emulator/store/database.h"

#include <sqlite3.h>

#include <utility>

namespace syncwright::emulator {

namespace {

/// For a reader or writer of the same file that is not the emulator; the state file's lock keeps
/// other emulators away.
constexpr int patience = 2'000;  // milliseconds

[[noreturn]] void throw_fault(sqlite3* connection, int code) {
  const char* reason = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  const int kind = code & 0xff;
  // A plain ERROR is a statement that names what the file does not have.
  throw StorageFault(reason,
                     kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_ERROR);
}

void expect_ok(sqlite3* connection, int code) {
  if (code != SQLITE_OK) throw_fault(connection, code);
}

}  // namespace

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::bind(int place, std::string_view text) {
  expect_ok(connection_, sqlite3_bind_text64(statement_, place, text.data(), text.size(),
                                             SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Query::bind(int place, std::int64_t number) {
  expect_ok(connection_, sqlite3_bind_int64(statement_, place, number));
}

bool Query::next() {
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) throw_fault(connection_, code);
  return code == SQLITE_ROW;
}

std::string_view Query::text(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_, column);
  if (!text) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Query::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}

void Database::Close::operator()(sqlite3* connection) const {
  sqlite3_close_v2(connection);
}

void Database::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Database::Database() {
  open(":memory:");
}

Database::Database(const std::filesystem::path& file) {
  open(file.string());
}

Database::Database(Database&& other) noexcept = default;

Database& Database::operator=(Database&& other) noexcept {
  statements_ = std::move(other.statements_);  // before the connection that they belong to
  connection_ = std::move(other.connection_);
  return *this;
}

Database::~Database() {
  statements_.clear();
}

void Database::open(const std::string& name) {
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &connection,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);
  expect_ok(connection, code);
  expect_ok(connection, sqlite3_busy_timeout(connection, patience));
}

void Database::execute(const std::string& statements) {
  expect_ok(connection_.get(),
            sqlite3_exec(connection_.get(), statements.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Database::last_place() const {
  return sqlite3_last_insert_rowid(connection_.get());
}

void Database::tidy_when_closed(bool tidies) {
  expect_ok(connection_.get(),
            sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, tidies ? 0 : 1,
                              nullptr));
}

sqlite3_stmt* Database::prepare(const std::string& statement) {
  auto& prepared = statements_[statement];
  if (!prepared) {
    sqlite3_stmt* made = nullptr;
    expect_ok(connection_.get(), sqlite3_prepare_v3(connection_.get(), statement.data(),
                                                    static_cast<int>(statement.size()),
                                                    SQLITE_PREPARE_PERSISTENT, &made, nullptr));
    prepared.reset(made);
  }
  return prepared.get();
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!is_open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const StorageFault&) {
    // It was rolled back when the statement failed.
    is_open_ = false;
  }
}

void Transaction::commit() {
  database_.execute("COMMIT");
  is_open_ = false;
}

}  // namespace syncwright::emulator
