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
