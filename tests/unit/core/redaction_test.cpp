#include "syncwright/core/redaction.h"

#include <doctest/doctest.h>

#include <optional>

#include "syncwright/core/secret.h"

using namespace syncwright;

namespace {

bool repeats_held_secret(std::string_view text) {
  return without_held_secrets(text) != text;
}

}  // namespace

TEST_CASE("a held secret is found in whatever encoding it comes back") {
  const Secret secret("pa ss/w\"rd\xc3\xa9-4711");
  for (const char* text : {
           "pa ss/w\"rd\xc3\xa9-4711", "id=pa ss/w\"rd\xc3\xa9-4711;", R"(pa ss/w\"rd\u00e9-4711)",
           "pa%20ss%2Fw%22rd%C3%A9-4711", "?x=pa%20ss%2fw%22rd%c3%a9-4711&y",
           "pa+ss%2Fw%22rd%C3%A9-4711",
           "cGEgc3MvdyJyZMOpLTQ3MTE=",                    // the value
           "cGEgc3MvdyJyZMOpLTQ3MTE",                     // without padding
           "Basic dTpwYSBzcy93InJkw6ktNDcxMQ==",          // u:VALUE
           "Basic dXM6cGEgc3MvdyJyZMOpLTQ3MTE=",          // us:VALUE
           "Basic dXNlOnBhIHNzL3cicmTDqS00NzExOm1vcmU=",  // use:VALUE:more
       }) {
    CAPTURE(text);
    CHECK(repeats_held_secret(text));
  }
  CHECK_FALSE(repeats_held_secret("pa ss/w"));
  CHECK_FALSE(repeats_held_secret("cGEgc3Mv"));
  CHECK_FALSE(repeats_held_secret(""));
  CHECK_FALSE(repeats_held_secret("="));
}

TEST_CASE("both alphabets of base64 are known") {
  const Secret secret("\xfb\xff\xfe\xfb\xff\xfe\xfb\xff\xfe");
  CHECK(repeats_held_secret("-__--__--__-"));
  CHECK(repeats_held_secret("+//++//++//+"));
}

TEST_CASE("a short secret is found where it is the whole text") {
  const Secret secret("true");
  CHECK(repeats_held_secret("true"));
  CHECK(repeats_held_secret("dHJ1ZQ=="));
  CHECK_FALSE(repeats_held_secret("/users?$count=true"));
}

TEST_CASE("a secret is known as long as somebody holds it") {
  const std::string value = "correct-horse";
  CHECK_FALSE(repeats_held_secret(value));
  std::optional<Secret> first(Secret{std::string(value)});
  CHECK(repeats_held_secret(value));
  Secret second(*std::move(first));
  first.reset();
  CHECK(repeats_held_secret(value));
  std::optional<Secret> third(second.clone());
  second = Secret("another-one");
  CHECK(repeats_held_secret(value));
  CHECK(repeats_held_secret("another-one"));
  third.reset();
  CHECK_FALSE(repeats_held_secret(value));
}

TEST_CASE("a held secret is taken out, and what stands around it stays") {
  const Secret secret("correct-horse-4711");
  CHECK(without_held_secrets("?x=correct-horse-4711&y=correct-horse-4711") ==
        "?x=(secret)&y=(secret)");
  CHECK(without_held_secrets("\xc3\xa9 correct-horse-4711 \xc3\xa9") ==
        "\xc3\xa9 (secret) \xc3\xa9");
  CHECK(without_held_secrets("the same") == "the same");
}

TEST_CASE("the digits of base64 that hold bits of a secret go with it") {
  const Secret secret("correct-horse-4711");
  CHECK(without_held_secrets("Basic dXNlcjpjb3JyZWN0LWhvcnNlLTQ3MTE=") == "Basic dXNlcj(secret)=");
}

namespace {

std::string without(std::string_view text, std::string_view value) {
  const SecretSpellings spellings(value);
  Redaction redaction(text);
  redaction.hide(spellings);
  redaction.hide_parts(spellings);
  CHECK(redaction.found() == (redaction.text() != text));
  return redaction.text();
}

}  // namespace

TEST_CASE("what a cut leaves of a value is taken out as well") {
  const std::string value = "correct-horse-battery-staple-4711";
  CHECK(without("bad: correct-horse-battery", value) == "bad: (secret)");
  CHECK(without("bad: ...rse-battery-staple-4711", value) == "bad: ...(secret)");
  CHECK(without("bad: correct-ho...", value) == "bad: (secret)...");
  CHECK(without("bad: correct-ho\xe2\x80\xa6", value) == "bad: (secret)\xe2\x80\xa6");
  CHECK(without("bad: cor...", value) == "bad: cor...");
  CHECK(without("correct-ho is no part that tells", value) == "correct-ho is no part that tells");
}

TEST_CASE("a document inside a message escapes a value twice") {
  CHECK(without(R"({\"token\":\"pass\\\"word\"})", "pass\"word") == R"({\"token\":\"(secret)\"})");
}

TEST_CASE("a part that begins inside a character takes the whole of it") {
  const std::string value = "\xc2\xa9" + std::string(20, 'x');
  CHECK(without("\xc3\xa9" + std::string(16, 'x'), value) == "(secret)");
}
