#include "../../../src/manifest/source_redaction.h"

#include <doctest/doctest.h>

using namespace syncwright;

TEST_CASE("values behind masked keys are hidden, references and other keys are not") {
  CHECK(redact("BaseAddress: https://x\n"
               "SecretToken: abc\n"
               "\"secrettoken\" : 'abc' # note\n"
               "Password: {env: PASSWORD}\n"
               "ClientSecret: { file: x }\n"
               "AppKey: {value: abc}\n"
               "PasswordPolicy: strict\n"
               "end: 1\n",
               {}) ==
        "BaseAddress: https://x\n"
        "SecretToken: (secret)\n"
        "\"secrettoken\" : (secret)\n"
        "Password: {env: PASSWORD}\n"
        "ClientSecret: { file: x }\n"
        "AppKey: (secret)\n"
        "PasswordPolicy: strict\n"
        "end: 1\n");
}

TEST_CASE("values over several lines are hidden to their end") {
  CHECK(redact("  Password: |\n    one\n\n    two\n  next: 1", {}) ==
        "  Password: (secret)\n\n\n\n  next: 1");
}

TEST_CASE("a value that is named is hidden by its place, also on the line after its key") {
  CHECK(redact("a:\n  Unknown:\n    abc\n  next: 1\n", {{2, {3, 5, 8}}}) ==
        "a:\n  Unknown:\n    (secret)\n  next: 1\n");
  CHECK(redact("x", {{9, {9, 9, 9}}, {0, {0, 0, 0}}, {1, {1, 50, 0}}}) == "x(secret)");
}

TEST_CASE("what stands where a variable's name belongs and cannot be one is hidden") {
  const auto shown = [](const std::string& line) { return redact(line, {}); };
  CHECK(shown("SecretToken: {env: \"s3cr3t value!\"}") == "SecretToken: {env: (secret)");
  CHECK(shown("SecretToken: {\"env\": hunter-2}") == "SecretToken: {\"env\": (secret)");
  CHECK(shown("SecretToken: {env: 4711}") == "SecretToken: {env: (secret)");
  CHECK(shown("SecretToken: {env: abc#def}") == "SecretToken: {env: (secret)");
  CHECK(shown("SecretToken:\n\n  env: 's3cr3t\n    value'\nnext: 1") ==
        "SecretToken:\n\n  env: (secret)\n\nnext: 1");
  for (const char* line :
       {"SecretToken: {env: TOKEN}", "SecretToken: { \"env\" : 'TOKEN_2' } # note",
        "SecretToken: {env: \"${var.prefix}_TOKEN\"}", "SecretToken: {env: ${var.token}}",
        "SecretToken:\n  env: TOKEN # note", "SecretToken: {file: a b, env: TOKEN}",
        "labels: {env: prod-eu}", "environment: a b", "SecretToken: {env: }"}) {
    CHECK(shown(line) == line);
  }
}
