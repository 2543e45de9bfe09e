#include <algorithm>
#include <cctype>

#include "evaluator_cases.h"

using namespace syncwright;
using namespace syncwright::expression;

namespace {

/// Counts up instead of drawing.
class CountingRandomSource final : public RandomSource {
 public:
  std::string guid() override { return "00000000-0000-4000-8000-000000000001"; }
  std::uint64_t below(std::uint64_t bound) override { return next_++ % bound; }

 private:
  std::uint64_t next_ = 0;
};

template <class Predicate>
auto count(const std::string& text, Predicate predicate) {
  return std::count_if(text.begin(), text.end(),
                       [&](char c) { return predicate(static_cast<unsigned char>(c)) != 0; });
}

}  // namespace

TEST_CASE("Guid and RandomString draw from the random source of the input") {
  const AttributeMap none;
  const auto drawn = [&](std::string_view text) {
    CountingRandomSource random;
    return shown(Evaluator(parsed_expression(text))
                     .evaluate(EvaluationInput{.attributes = none, .random = random}));
  };
  CHECK(drawn("Guid()") == "00000000-0000-4000-8000-000000000001");
  CHECK(drawn(R"(RandomString(12, 2, 1, 1, 1, "0O"))") == "2#96!8D$7e$1");
}

TEST_CASE("RandomString keeps its promises") {
  for (int round = 0; round < 50; ++round) {
    const std::string text = evaluated(R"(RandomString(16, 3, 2, 4, 5, "0OIl1!"))");
    INFO(text);
    CHECK(text.size() == 16);
    CHECK(count(text, [](int c) { return std::isdigit(c); }) >= 3);
    CHECK(count(text, [](int c) { return std::ispunct(c); }) >= 2);
    CHECK(count(text, [](int c) { return std::isupper(c); }) >= 4);
    CHECK(count(text, [](int c) { return std::islower(c); }) >= 5);
    CHECK(text.find_first_of("0OIl1!") == std::string::npos);
  }
  CHECK(evaluated("RandomString(256, 0, 0, 0, 0)").size() == 256);
  CHECK(evaluated("Guid()") != evaluated("Guid()"));
  CHECK(evaluated("Guid()").size() == 36);
}

TEST_CASE("RandomString says why it refuses") {
  check({
      {"RandomString(257, 0, 0, 0, 0)", "",
       "error at 0: RandomString: length is 257, it takes 1 to 256"},
      {"RandomString(0, 0, 0, 0, 0)", "",
       "error at 0: RandomString: length is 0, it takes 1 to 256"},
      {"RandomString(3, 1, 1, 1, 1)", "",
       "error at 0: RandomString: length is 3, less than the sum of the minima, 4"},
      {"RandomString(8, -1, 0, 0, 0)", "",
       "error at 0: RandomString: minimumNumbers is -1, it cannot be negative"},
      {"RandomString(8, 9223372036854775807, 1, 0, 0)", "",
       "error at 0: RandomString: minimumNumbers is 9223372036854775807, more than the length of "
       "8"},
      {R"(RandomString(8, 1, 0, 0, 0, "0123456789"))", "",
       "error at 0: RandomString: minimumNumbers is 1, but charactersToAvoid holds all of them"},
      {R"(RandomString(8, "many", 0, 0, 0))", "",
       "error at 0: RandomString: minimumNumbers is `many`, a whole number is needed"},
  });
}
