#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"

/// The flags of commands. CLI11 parses them, and only this header's body and what looks into the
/// parsed tree include it: it takes longer to compile than any command.
namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace syncwright::cli {

/// A flag or an argument, once it is declared. Each call says more of what it takes, in any order.
class Flag {
 public:
  explicit Flag(CLI::Option& option) : option_(&option) {}

  const Flag& required() const;
  /// Of a repeatable flag: each mention takes one value, so that an argument may stand behind it.
  const Flag& one_value_each() const;
  const Flag& between(int least, int most) const;
  /// A number of things: 0 or more, in digits.
  const Flag& a_count() const;
  const Flag& one_of(std::vector<std::string> words) const;
  /// `fault`: what is wrong with a value; empty where nothing is.
  const Flag& check(std::function<std::string(const std::string&)> fault) const;
  const Flag& excludes(const Flag& other) const;

 private:
  CLI::Option* option_;
};

/// A command that takes flags. Refers to what CommandLine holds, and is copied freely. A value
/// outlives the parsing.
class Command {
 public:
  explicit Command(CLI::App& app) : app_(&app) {}

  /// `--name VALUE`, or an argument where the name has no hyphens. T: a text or a number, an
  /// optional of either, or a vector of texts for what may be repeated.
  template <class T>
  Flag add_option(const char* names, T& value, const std::string& help) const;
  /// T: bool, or int for how often it is given, or a text for --name=VALUE.
  template <class T>
  Flag add_flag(const char* names, T& value, const std::string& help) const;
  /// A command under this one, which wants one of them then.
  [[nodiscard]] Command add_command(const char* name, const char* summary) const;
  /// Printed below the flags in --help.
  void footer(const std::string& text) const;
  /// Called when this command is the one that is given, once the flags are read.
  void callback(std::function<void()> chosen) const;

  [[nodiscard]] CLI::App& app() const { return *app_; }

 private:
  CLI::App* app_;
};

extern template Flag Command::add_option(const char*, std::string&, const std::string&) const;
extern template Flag Command::add_option(const char*, std::vector<std::string>&,
                                         const std::string&) const;
extern template Flag Command::add_option(const char*, int&, const std::string&) const;
extern template Flag Command::add_option(const char*, std::int64_t&, const std::string&) const;
extern template Flag Command::add_option(const char*, std::optional<std::string>&,
                                         const std::string&) const;
extern template Flag Command::add_option(const char*, std::optional<std::int64_t>&,
                                         const std::string&) const;
extern template Flag Command::add_flag(const char*, bool&, const std::string&) const;
extern template Flag Command::add_flag(const char*, int&, const std::string&) const;
extern template Flag Command::add_flag(const char*, std::string&, const std::string&) const;

/// An RFC 3339 time, or a day: its first moment in UTC.
[[nodiscard]] std::optional<Instant> parse_time(const std::string& text);

/// "90s", "15m", "1h", "2d" before now, or a time.
[[nodiscard]] std::optional<Instant> parse_since(const std::string& text, Instant now);

/// What to write instead of a --since that is none.
inline constexpr const char* kSinceAdvice = "write 30m, 1h, 2d, 2026-11-22 or 2026-11-22T10:00:00Z";

}  // namespace syncwright::cli
