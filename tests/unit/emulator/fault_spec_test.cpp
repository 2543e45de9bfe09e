#include <doctest/doctest.h>

#include <algorithm>

#include "syncwright/emulator/faults.h"

namespace syncwright::emulator {

namespace {

using http::HttpMethod;

FaultRule rule_of(const char* text) {
  auto rules = parse_faults(text);
  REQUIRE_MESSAGE(rules.has_value(), (rules ? "" : describe(rules.error())));
  REQUIRE(rules->size() == 1);
  return rules->front();
}

std::string fault_in(const std::string& spec) {
  const auto rules = parse_faults(spec);
  REQUIRE_FALSE(rules.has_value());
  CHECK(rules.error().kind == ErrorKind::invalid_input);
  return rules.error().message;
}

/// Which of the first `most` requests it strikes, as "..x".
std::string strikes(const FaultRule& rule, std::uint64_t most) {
  std::string told;
  for (std::uint64_t count = 1; count <= most; ++count) {
    told += is_struck(rule, count, Milliseconds{0}) ? 'x' : '.';
  }
  return told;
}

}  // namespace

TEST_CASE("a SPEC is rules of words") {
  const auto rules = parse_faults(
      "POST */jobs nth=1 reset-after;\n GET,PATCH /v1.0/users* probability=0.25 seed=7 times=3 "
      "status=503 retry-after=2 processed ; ");
  REQUIRE(rules.has_value());
  REQUIRE(rules->size() == 2);
  const FaultRule& first = rules->at(0);
  CHECK(first.text == "POST */jobs nth=1 reset-after");
  CHECK(first.methods == std::vector{HttpMethod::post});
  CHECK(first.path == "*/jobs");
  CHECK(first.nth == 1);
  CHECK(first.effect == FaultEffect::reset_after);
  const FaultRule& second = rules->at(1);
  CHECK(second.methods == std::vector{HttpMethod::get, HttpMethod::patch});
  CHECK(second.probability == 0.25);
  CHECK(second.seed == 7);
  CHECK(second.times == 3);
  CHECK(second.effect == FaultEffect::status);
  CHECK(second.amount == 503);
  CHECK(second.retry_after == 2);
  CHECK(second.processed);
}

TEST_CASE("each thing that can happen has its word") {
  CHECK(rule_of("* * reset-before").effect == FaultEffect::reset_before);
  CHECK(rule_of("* * truncate=10").amount == 10);
  CHECK(rule_of("* * stall=1500").effect == FaultEffect::stall);
  CHECK(rule_of("* * slow-body=100").effect == FaultEffect::slow_body);
  CHECK(rule_of("* * garbage").effect == FaultEffect::garbage);
  CHECK(rule_of("* * duplicate").effect == FaultEffect::duplicate);
  const FaultRule flapping = rule_of("* * flap=5000/1000");
  CHECK(flapping.effect == FaultEffect::reset_before);
  CHECK(flapping.up == 5000);
  CHECK(flapping.down == 1000);
  CHECK(rule_of("* * flap=5000/1000 status=503").effect == FaultEffect::status);
}

TEST_CASE("a wrong SPEC names the column and the way out") {
  CHECK(fault_in("") == "column 1: there is no rule");
  CHECK(fault_in(" ; ") == "column 1: there is no rule");
  CHECK(fault_in("FETCH /x reset-before") ==
        "column 1: `FETCH` is no method; there are GET, POST, PUT, PATCH, DELETE, several with "
        "commas, and * for any");
  CHECK(fault_in("GET") ==
        "column 1: `GET`: a path begins with / or *, and stands behind the method");
  CHECK(fault_in("GET nth=1 garbage") ==
        "column 5: `nth=1`: a path begins with / or *, and stands behind the method");
  CHECK(fault_in("GET /x garbage; GET /y nht=1 garbage") ==
        "column 24: `nht=1` is no word of a fault");
  CHECK(fault_in("GET /x") == "column 1: `GET /x` does not say what happens");
  CHECK(fault_in("GET /x garbage=1") == "column 8: `garbage` stands alone, without a value");
  CHECK(fault_in("GET /x nth=1 nth=2 garbage") == "column 14: `nth` stands twice in this rule");
  CHECK(fault_in("GET /x garbage duplicate") ==
        "column 16: `duplicate` is a second thing that happens; a rule has one");
  CHECK(fault_in("GET /x nth=1 every=2 garbage") ==
        "column 14: `every`: a rule has one of nth, every and probability");
  CHECK(fault_in("GET /x seed=1 garbage") ==
        "column 1: `seed` belongs to `probability`, which this rule lacks");
  CHECK(fault_in("GET /x reset-after processed") ==
        "column 1: `processed` belongs to `status`, which this rule lacks");
  CHECK(fault_in("GET /x status") ==
        "column 8: `status`: `status=CODE` wants a status from 400 to "
        "599");
  for (const char* word :
       {"nth=0", "nth=-1", "nth=1.5", "nth=", "every=x", "probability=2", "probability=-0.1",
        "probability=nan", "flap=5", "flap=0/1", "flap=1/2/3", "times=0"}) {
    CAPTURE(word);
    CHECK(fault_in(std::string("GET /x garbage ") + word).find("wants") != std::string::npos);
  }
  for (const char* word :
       {"status=200", "status=600", "stall=600001", "truncate=-1", "slow-body=0"}) {
    CAPTURE(word);
    CHECK(fault_in(std::string("GET /x ") + word).find("wants") != std::string::npos);
  }
  CHECK(parse_faults("GET /x nht=1").error().advice ==
        "write METHOD PATH and words, for example `POST */jobs nth=1 reset-after`; the words are "
        "nth=N, every=N, probability=P, seed=S, times=N, flap=UP/DOWN, status=CODE, "
        "retry-after=SECONDS, processed, reset-before, reset-after, truncate=BYTES, stall=MS, "
        "slow-body=BYTES, garbage, duplicate");
  CHECK(fault_in(std::string(20'000, 'x')) == "faults take at most 16384 bytes");
}

TEST_CASE("a rule matches by method and path") {
  const FaultRule jobs = rule_of("POST */jobs garbage");
  CHECK(is_match(jobs, HttpMethod::post, "/v1.0/servicePrincipals/1/synchronization/jobs"));
  CHECK_FALSE(is_match(jobs, HttpMethod::get, "/v1.0/servicePrincipals/1/synchronization/jobs"));
  CHECK_FALSE(is_match(jobs, HttpMethod::post, "/v1.0/servicePrincipals/1/jobs/2"));
  const FaultRule any = rule_of("* /v1.0/*/jobs/*/st*t garbage");
  CHECK(is_match(any, HttpMethod::del, "/v1.0/a/jobs/b/jobs/c/start"));
  CHECK(is_match(any, HttpMethod::get, "/v1.0/a/jobs//stt"));
  CHECK_FALSE(is_match(any, HttpMethod::get, "/v1.0/a/jobs/b/stop"));
  CHECK(is_match(rule_of("* ** garbage"), HttpMethod::get, ""));
  CHECK_FALSE(is_match(rule_of("* /v1.0 garbage"), HttpMethod::get, "/v1.0/"));
}

TEST_CASE("a rule strikes by count, by chance and by time, the same every time") {
  CHECK(strikes(rule_of("* * garbage"), 4) == "xxxx");
  CHECK(strikes(rule_of("* * nth=2 garbage"), 6) == ".x....");
  CHECK(strikes(rule_of("* * every=3 garbage"), 9) == "..x..x..x");
  CHECK(strikes(rule_of("* * probability=0 garbage"), 20) == std::string(20, '.'));
  CHECK(strikes(rule_of("* * probability=1 garbage"), 20) == std::string(20, 'x'));
  const std::string seven = strikes(rule_of("* * probability=0.2 seed=7 garbage"), 1'000);
  CHECK(seven == strikes(rule_of("* * probability=0.2 seed=7 garbage"), 1'000));
  CHECK(seven != strikes(rule_of("* * probability=0.2 seed=8 garbage"), 1'000));
  const auto struck = std::count(seven.begin(), seven.end(), 'x');
  CHECK(struck > 150);
  CHECK(struck < 250);
  const FaultRule flapping = rule_of("* * flap=5000/1000");
  for (const auto& [age, expected] : {std::pair{0, false},
                                      {4'999, false},
                                      {5'000, true},
                                      {5'999, true},
                                      {6'000, false},
                                      {11'000, true}}) {
    CAPTURE(age);
    CHECK(is_struck(flapping, 1, Milliseconds{age}) == expected);
  }
}

TEST_CASE("a request that one rule struck is not shown to those behind it") {
  FaultList list;
  const Instant now{};
  REQUIRE(list.add(*parse_faults("GET * nth=1 reset-before; GET * nth=1 status=503; "
                                 "GET * every=2 times=1 garbage"),
                   now));
  const auto strike = [&] {
    const auto rule = list.strike(HttpMethod::get, "/v1.0/users", now);
    return rule ? rule->text : "";
  };
  CHECK(strike() == "GET * nth=1 reset-before");
  CHECK(strike() == "GET * nth=1 status=503");
  CHECK(strike() == "");
  CHECK(strike() == "GET * every=2 times=1 garbage");
  CHECK(strike() == "");
  CHECK(strike() == "");
  const auto counts = list.counts();
  REQUIRE(counts.size() == 3);
  CHECK(counts[0].matched == 6);
  CHECK(counts[0].struck == 1);
  CHECK(counts[2].matched == 4);
  CHECK(counts[2].struck == 1);
  list.clear();
  CHECK(list.counts().empty());
}

TEST_CASE("only so many faults are in force, and a refusal changes nothing") {
  FaultList list;
  REQUIRE(list.add(*parse_faults("GET * garbage"), Instant{}));
  const std::vector<FaultRule> many(FaultList::kMostRules, rule_of("POST * garbage"));
  CHECK_FALSE(list.add(many, Instant{}).has_value());
  CHECK(list.counts().size() == 1);
  CHECK(list.replace(many, Instant{}).has_value());
  std::vector<FaultRule> more = many;
  more.push_back(many.front());
  CHECK_FALSE(list.replace(more, Instant{}).has_value());
  CHECK(list.counts().size() == FaultList::kMostRules);
}

}  // namespace syncwright::emulator
