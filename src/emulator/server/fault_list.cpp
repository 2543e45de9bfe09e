#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "syncwright/emulator/faults.h"

namespace syncwright::emulator {

namespace {

/// Whether `*` for any characters makes the pattern the text.
bool is_glob_match(std::string_view pattern, std::string_view text) {
  std::size_t at = 0;
  std::size_t in_pattern = 0;
  std::size_t star = std::string_view::npos;  // the last one, which can take one character more
  std::size_t after_star = 0;
  while (at < text.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      after_star = at;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == text[at]) {
      ++in_pattern;
      ++at;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      at = ++after_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

/// A number from 0 up to 1 that looks random, by the arithmetic of splitmix64: the library's
/// distributions differ from one implementation to the next.
double chance_of(std::uint64_t seed, std::uint64_t count) {
  constexpr std::uint64_t golden = 0x9E3779B97F4A7C15U;
  std::uint64_t mixed = (seed + 1) * 0xD1B54A32D192ED03U + count * golden;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  mixed ^= mixed >> 31U;
  return static_cast<double>(mixed >> 11U) / 9007199254740992.0;  // 2 to the power of 53
}

}  // namespace

bool is_match(const FaultRule& rule, http::HttpMethod method, std::string_view path) {
  const bool is_method = rule.methods.empty() || std::find(rule.methods.begin(), rule.methods.end(),
                                                           method) != rule.methods.end();
  return is_method && is_glob_match(rule.path, path);
}

bool is_struck(const FaultRule& rule, std::uint64_t count, Milliseconds age) {
  if (rule.down > 0) {
    const auto lived = static_cast<std::uint64_t>(std::max<Milliseconds::rep>(age.count(), 0));
    if (lived % (rule.up + rule.down) < rule.up) return false;
  }
  if (rule.nth > 0) return count == rule.nth;
  if (rule.every > 0) return count % rule.every == 0;
  if (rule.probability) return chance_of(rule.seed, count) < *rule.probability;
  return true;
}

Result<void> FaultList::append(std::vector<FaultRule> rules, Instant now) {
  if (entries_.size() + rules.size() > kMostRules) {
    return fail(ErrorKind::invalid_input, fmt::format("at most {} faults are in force", kMostRules),
                "DELETE /_emulator/faults ends them");
  }
  for (FaultRule& rule : rules) entries_.push_back({std::move(rule), now});
  return {};
}

Result<void> FaultList::add(std::vector<FaultRule> rules, Instant now) {
  const std::scoped_lock lock(mutex_);
  return append(std::move(rules), now);
}

Result<void> FaultList::replace(std::vector<FaultRule> rules, Instant now) {
  const std::scoped_lock lock(mutex_);
  std::vector<Entry> old = std::exchange(entries_, {});
  Result<void> taken = append(std::move(rules), now);
  if (!taken) entries_ = std::move(old);
  return taken;
}

void FaultList::clear() {
  const std::scoped_lock lock(mutex_);
  entries_.clear();
}

std::optional<FaultRule> FaultList::strike(http::HttpMethod method, std::string_view path,
                                           Instant now) {
  const std::scoped_lock lock(mutex_);
  for (Entry& entry : entries_) {
    if (!is_match(entry.rule, method, path)) continue;
    ++entry.matched;
    if (entry.rule.times > 0 && entry.struck == entry.rule.times) continue;
    if (!is_struck(entry.rule, entry.matched, now - entry.since)) continue;
    ++entry.struck;
    return entry.rule;
  }
  return std::nullopt;
}

std::vector<FaultCount> FaultList::counts() const {
  const std::scoped_lock lock(mutex_);
  std::vector<FaultCount> counted;
  std::transform(
      entries_.begin(), entries_.end(), std::back_inserter(counted),
      [](const Entry& entry) { return FaultCount{entry.rule.text, entry.matched, entry.struck}; });
  return counted;
}

}  // namespace syncwright::emulator
