#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// What becomes of a request that a fault strikes.
enum class FaultEffect {
  status,        ///< an error answers
  reset_before,  ///< the connection breaks before anything was done
  reset_after,   ///< the request is carried out and its answer lost
  truncate,      ///< the connection ends within the answer's body
  stall,         ///< the answer is late
  slow_body,     ///< the answer's body trickles
  garbage,       ///< 200 with a body that is no JSON; the request is carried out
  duplicate,     ///< the request is carried out twice, and the second answer is sent
};

/// One rule of a SPEC (docs/emulator.md#weather-on-demand): which requests it matches, which of
/// those it strikes, and what becomes of them.
struct FaultRule {
  std::string text;                       ///< as it was written
  std::vector<http::HttpMethod> methods;  ///< empty: any
  std::string path;                       ///< `*` stands for any characters, `/` too
  std::uint64_t nth = 0;                  ///< strikes that one only; 0: not asked
  std::uint64_t every = 0;                ///< strikes each of so many; 0: not asked
  std::optional<double> probability;      ///< strikes by a chance that `seed` makes repeatable
  std::uint64_t seed = 0;
  std::uint64_t times = 0;  ///< strikes at most so often; 0: without end
  std::uint64_t up = 0;     ///< milliseconds without a strike, in turn with `down`
  std::uint64_t down = 0;   ///< milliseconds in which it strikes; 0: always
  FaultEffect effect = FaultEffect::reset_before;
  std::uint64_t amount = 0;       ///< the status, the bytes, the milliseconds or the bytes a second
  std::uint64_t retry_after = 0;  ///< seconds, of a status; 0: no header
  bool processed = false;         ///< of a status: the request was carried out all the same
};

/// The rules of a SPEC, separated by `;` or line feeds. ErrorKind::invalid_input names the column
/// of what is wrong, and the words that there are.
[[nodiscard]] Result<std::vector<FaultRule>> parse_faults(std::string_view spec);

/// Whether the rule is about such a request. `path`: undecoded and without a query.
[[nodiscard]] bool is_match(const FaultRule& rule, http::HttpMethod method, std::string_view path);
/// Whether it strikes the `count`th request (from 1) that it matched, `age` after it was set;
/// `times` is not looked at. The same for the same arguments, on every machine.
[[nodiscard]] bool is_struck(const FaultRule& rule, std::uint64_t count, Milliseconds age);

/// A rule in force and what it did so far.
struct FaultCount {
  std::string rule;
  std::uint64_t matched = 0;
  std::uint64_t struck = 0;
};

/// The rules in force. A request is shown to them in order, until one strikes it: what stands
/// behind that one neither counts nor strikes it. Thread-safe.
class FaultList {
 public:
  /// At most kMostRules are in force: an Error where these are too many, and none is taken then.
  [[nodiscard]] Result<void> add(std::vector<FaultRule> rules, Instant now);
  [[nodiscard]] Result<void> replace(std::vector<FaultRule> rules, Instant now);
  void clear();
  /// The rule that strikes this request, counted; nullopt: none does.
  [[nodiscard]] std::optional<FaultRule> strike(http::HttpMethod method, std::string_view path,
                                                Instant now);
  [[nodiscard]] std::vector<FaultCount> counts() const;

  static constexpr std::size_t kMostRules = 100;

 private:
  struct Entry {
    FaultRule rule;
    Instant since;
    std::uint64_t matched = 0;
    std::uint64_t struck = 0;
  };
  Result<void> append(std::vector<FaultRule> rules, Instant now);

  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
};

}  // namespace syncwright::emulator
