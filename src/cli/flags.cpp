#include "cli/flags.h"

#include <CLI/CLI.hpp>

namespace syncwright::cli {

const Flag& Flag::required() const {
  option_->required();
  return *this;
}

const Flag& Flag::one_value_each() const {
  option_->allow_extra_args(false);
  return *this;
}

const Flag& Flag::between(int least, int most) const {
  option_->check(CLI::Range(least, most));
  return *this;
}

const Flag& Flag::a_count() const {
  return check([](const std::string& text) {
    constexpr std::size_t most_digits = 9;
    const bool is_count = !text.empty() && text.size() <= most_digits &&
                          text.find_first_not_of("0123456789") == std::string::npos;
    return is_count ? std::string()
                    : fmt::format("takes a whole number, 0 or more, not `{}`", text);
  });
}

const Flag& Flag::one_of(std::vector<std::string> words) const {
  option_->check(CLI::IsMember(std::move(words)));
  return *this;
}

const Flag& Flag::check(std::function<std::string(const std::string&)> fault) const {
  option_->check(std::move(fault));
  return *this;
}

const Flag& Flag::excludes(const Flag& other) const {
  option_->excludes(other.option_);
  return *this;
}

template <class T>
Flag Command::add_option(const char* names, T& value, const std::string& help) const {
  return Flag(*app_->add_option(names, value, help));
}

template <class T>
Flag Command::add_flag(const char* names, T& value, const std::string& help) const {
  return Flag(*app_->add_flag(names, value, help));
}

Command Command::add_command(const char* name, const char* summary) const {
  app_->require_subcommand(1);
  CLI::App* command = app_->add_subcommand(name, summary);
  command->fallthrough();
  return Command(*command);
}

void Command::footer(const std::string& text) const {
  app_->footer(text);
}

void Command::callback(std::function<void()> chosen) const {
  app_->callback(std::move(chosen));
}

template Flag Command::add_option(const char*, std::string&, const std::string&) const;
template Flag Command::add_option(const char*, std::vector<std::string>&, const std::string&) const;
template Flag Command::add_option(const char*, int&, const std::string&) const;
template Flag Command::add_option(const char*, std::int64_t&, const std::string&) const;
template Flag Command::add_option(const char*, std::optional<std::string>&,
                                  const std::string&) const;
template Flag Command::add_option(const char*, std::optional<std::int64_t>&,
                                  const std::string&) const;
template Flag Command::add_flag(const char*, bool&, const std::string&) const;
template Flag Command::add_flag(const char*, int&, const std::string&) const;
template Flag Command::add_flag(const char*, std::string&, const std::string&) const;

std::optional<Instant> parse_time(const std::string& text) {
  return parse_rfc3339(text.size() == 10 ? text + "T00:00:00Z" : text);
}

std::optional<Instant> parse_since(const std::string& text, Instant now) {
  if (const auto instant = parse_time(text)) {
    return instant;
  }
  const std::string digits = text.substr(0, text.size() - 1);
  if (text.size() < 2 || digits.size() > 6 ||
      digits.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  const std::int64_t count = std::stoll(digits);
  switch (text.back()) {
    case 's':
      return now - std::chrono::seconds(count);
    case 'm':
      return now - std::chrono::minutes(count);
    case 'h':
      return now - std::chrono::hours(count);
    case 'd':
      return now - std::chrono::hours(24 * count);
    default:
      return std::nullopt;
  }
}

}  // namespace syncwright::cli
