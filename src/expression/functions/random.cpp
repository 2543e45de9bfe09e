#include "syncwright/core/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "expression/functions/call.h"
#include "expression/functions/function_groups.h"

namespace syncwright::expression {
namespace {

constexpr std::int64_t kLongest = 256;

class SystemRandomSource final : public RandomSource {
 public:
  std::string guid() override { return random_uuid(); }
  std::uint64_t below(std::uint64_t bound) override { return random_below(bound); }
};

Operand guid(Call& call) {
  return call.result(call.input().random.guid());
}

/// The characters of one kind that may occur, and how many of them there must be.
struct CharacterClass {
  std::string_view name;
  std::string characters;
  std::int64_t least = 0;
};

char draw(Call& call, std::string_view characters) {
  return characters[call.input().random.below(characters.size())];
}

/// In the order of RandomString's arguments.
std::array<CharacterClass, 4> character_classes(Call& call) {
  std::array<CharacterClass, 4> classes = {{
      {"minimumNumbers", "0123456789", 0},
      {"minimumSpecialCharacters", "!#$%&()*+,-./:;<=>?@[]^_{|}~", 0},
      {"minimumCapital", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0},
      {"minimumLowerCase", "abcdefghijklmnopqrstuvwxyz", 0},
  }};
  const Text avoided = call.text(5);
  for (std::size_t at = 0; at < classes.size(); ++at) {
    classes[at].least = call.integer(at + 1);
    std::erase_if(classes[at].characters, [&](char c) {
      return std::string_view(avoided).find(c) != std::string_view::npos;
    });
  }
  return classes;
}

/// Why no such text can be made; empty where one can.
std::string refusal(std::int64_t length, const std::array<CharacterClass, 4>& classes) {
  if (length < 1 || length > kLongest) {
    return fmt::format("length is {}, it takes 1 to {}", length, kLongest);
  }
  std::int64_t sum = 0;
  bool any = false;
  for (const CharacterClass& each : classes) {
    if (each.least < 0)
      return fmt::format("{} is {}, it cannot be negative", each.name, each.least);
    if (each.least > length) {
      return fmt::format("{} is {}, more than the length of {}", each.name, each.least, length);
    }
    if (each.least > 0 && each.characters.empty()) {
      return fmt::format("{} is {}, but charactersToAvoid holds all of them", each.name,
                         each.least);
    }
    sum += each.least;
    any = any || !each.characters.empty();
  }
  if (sum > length) {
    return fmt::format("length is {}, less than the sum of the minima, {}", length, sum);
  }
  return any ? "" : "charactersToAvoid holds every character";
}

Operand random_string(Call& call) {
  const std::int64_t length = call.integer(0);
  const std::array<CharacterClass, 4> classes = character_classes(call);
  if (call.stopped()) return {};
  if (const std::string why = refusal(length, classes); !why.empty()) return call.fail(why);
  std::string text;
  std::string all;
  for (const CharacterClass& each : classes) {
    for (std::int64_t n = 0; n < each.least; ++n) text += draw(call, each.characters);
    all += each.characters;
  }
  while (std::cmp_less(text.size(), length)) text += draw(call, all);
  for (std::size_t at = text.size(); at > 1; --at) {
    std::swap(text[at - 1], text[call.input().random.below(at)]);
  }
  return call.result(std::move(text));
}

constexpr std::array kRandomFunctions = {
    Function{.name = "Guid", .proven_keys = true, .body = guid},
    Function{.name = "RandomString",
             .parameters = {required("length", ArgumentKind::integer),
                            required("minimumNumbers", ArgumentKind::integer),
                            required("minimumSpecialCharacters", ArgumentKind::integer),
                            required("minimumCapital", ArgumentKind::integer),
                            required("minimumLowerCase", ArgumentKind::integer),
                            optional("charactersToAvoid")},
             .body = random_string}};

}  // namespace

FunctionGroup random_functions() {
  return {.functions = kRandomFunctions, .foreign = {}};
}

RandomSource& system_random_source() {
  static SystemRandomSource source;
  return source;
}

}  // namespace syncwright::expression
