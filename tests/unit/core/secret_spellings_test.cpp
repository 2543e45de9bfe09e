#include "syncwright/core/secret_spellings.h"

#include <doctest/doctest.h>

#include <optional>

#include "syncwright/core/secret.h"

using namespace syncwright;

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
