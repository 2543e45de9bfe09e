#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace syncwright::emulator {

/// The database did not do what it was asked to: the disk is full, the file is damaged, somebody
/// else holds it. It ends the request that it happens in; whoever begins a request catches it.
class StorageFault : public std::runtime_error {
 public:
  StorageFault(const std::string& message, bool is_damage)
      : std::runtime_error(message), is_damage_(is_damage) {}
  /// Of what is in the file, and not of writing it.
  [[nodiscard]] bool is_damage() const { return is_damage_; }

 private:
  bool is_damage_;
};

/// One run of a statement: its rows, one after the other.
class Query {
 public:
  template <class... Values>
  Query(sqlite3* connection, sqlite3_stmt* statement, const Values&... values)
      : connection_(connection), statement_(statement) {
    int place = 0;
    (bind(++place, values), ...);
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();

  /// False after the last row.
  [[nodiscard]] bool next();
  /// Of the row; the text lives until `next`.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;

 private:
  void bind(int place, std::string_view text);
  void bind(int place, std::int64_t number);

  sqlite3* connection_;
  sqlite3_stmt* statement_;
};

/// An SQLite database, for one thread at a time. Every function throws StorageFault where it fails.
class Database {
 public:
  /// In memory, gone with the object.
  Database();
  /// REQUIRES: a regular file, which may be empty.
  explicit Database(const std::filesystem::path& file);
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;
  ~Database();

  /// Statements without parameters and rows.
  void execute(const std::string& statements);
  /// A statement that is prepared once; the values of its parameters in their order. REQUIRES: the
  /// last run of the same text is over.
  template <class... Values>
  [[nodiscard]] Query query(const std::string& statement, const Values&... values) {
    return Query(connection_.get(), prepare(statement), values...);
  }
  /// The same of a statement without rows.
  template <class... Values>
  void run(const std::string& statement, const Values&... values) {
    static_cast<void>(query(statement, values...).next());
  }
  /// The place that the last INSERT gave to its row.
  [[nodiscard]] std::int64_t last_place() const;

  /// Whether closing moves what was written beside the file into it: not as long as nobody knows
  /// whether the file is ours.
  void tidy_when_closed(bool tidies);

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  void open(const std::string& name);
  [[nodiscard]] sqlite3_stmt* prepare(const std::string& statement);

  std::unique_ptr<sqlite3, Close> connection_;
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;  // by their text
};

/// All that is written while it lives, or nothing: what is not committed is rolled back.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Database& database_;
  bool is_open_ = true;
};

}  // namespace syncwright::emulator
