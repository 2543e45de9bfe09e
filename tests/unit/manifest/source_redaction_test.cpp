#include "manifest/yaml/source_redaction.h"

#include <doctest/doctest.h>

#include <string>

using namespace syncwright;
using namespace syncwright::manifest;

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
        "SecretToken:\n  env: TOKEN # note", "SecretToken: {file: a b}", "labels: {env: prod-eu}",
        "environment: a b", "SecretToken: {env: }"}) {
    CHECK(shown(line) == line);
  }
}

namespace {

const std::string head =
    "spec:\n"
    "  credentials:\n"
    "    revision: \"1\"\n"
    "    values:\n"
    "      BaseAddress: https://x/ # c\n";
const std::string tail = "\n  jobs: {default: {state: paused}}\n";

std::string shown_among_credentials(const std::string& lines) {
  const std::string text = redact(head + "      " + lines + tail, {});
  REQUIRE(text.starts_with(head));
  REQUIRE(text.ends_with(tail));
  return text.substr(head.size() + 6, text.size() - head.size() - tail.size() - 6);
}

}  // namespace

TEST_CASE("among credentials only what is surely no secret is shown, whatever its key is called") {
  const auto shown = shown_among_credentials;
  CHECK(shown("SecretTokn: {env: \"s3cr3t value!\"}") == "SecretTokn: {env: (secret)");
  CHECK(shown("secretToken: {command: \"s3cr3t value!\"}") == "secretToken: {command: (secret)");
  CHECK(shown("secretToken: {file: {path: s3cr3t}}") == "secretToken: {file: (secret)");
  CHECK(shown("SecretToken: {\"s3cr3t value!\": x}") == "SecretToken: (secret)");
  CHECK(shown("SecretToken: {env: OK, file: s3cr3t}") == "SecretToken: (secret)");
  CHECK(shown("Foo: {env: NAME} s3cr3t") == "Foo: {env: NAME} (secret)");
  CHECK(shown("SecretTokn:\n        env: s3cr3t-x\n        file: s3cr3t") ==
        "SecretTokn:\n        env: (secret)\n");
  for (const char* line :
       {"Foo: {env: NAME}", "Foo: {file: a/b c}", "Foo: {command: [vault, read, \"x\"]}",
        "SandboxName: a, b", "Foo:\n        command:\n        - vault\n        - read"}) {
    CHECK(shown(line) == line);
  }
}

TEST_CASE("among credentials a text that is no YAML is hidden as well") {
  const auto shown = shown_among_credentials;
  for (const char* value : {"'s3cr3t value!'x", "\"s3cr3t value!", "@s3cr3t", "s3cr3t value!: x"}) {
    CHECK(shown(std::string("SecretTokn: ") + value) == "SecretTokn: (secret)");
  }
  for (const char* line : {"s3cr3t value!: x", "@s3cr3t: x", "- s3cr3t"}) {
    CHECK(shown(line) == "(secret)");
  }
  CHECK(shown("SecretTokn: #s3cr3t") == "SecretTokn: (secret)");
  CHECK(shown("SecretTokn:\n        env: #s3cr3t") == "SecretTokn:\n        env: (secret)");
  CHECK(shown("SecretTokn: {env: A}#s3cr3t") == "SecretTokn: {env: A}(secret)");
  CHECK(shown("SecretTokn: {env: A} # note") == "SecretTokn: {env: A} # note");
  CHECK(shown("\tSecretTokn: s3cr3t") == "\tSecretTokn: (secret)");
}

TEST_CASE("credentials are known on one line, in JSON and where their keys are misspelt") {
  CHECK(redact("spec: {credentails: {revision: \"1\", valeus: {Url: x, SecretTokn: s3cr3t}}, a: b}",
               {}) ==
        "spec: {credentails: {revision: \"1\", valeus: {Url: x, SecretTokn: (secret)");
  CHECK(redact("\"credentials\": {\n  \"values\": {\n    \"SecretTokn\": {\"env\": \"A\"},\n"
               "    \"Tok\": \"s3cr3t\"\n  }\n}",
               {}) ==
        "\"credentials\": {\n  \"values\": {\n    \"SecretTokn\": {\"env\": \"A\"},\n"
        "    \"Tok\": (secret)\n\n}");
  CHECK(redact("credentials:\n  SecretTokn: s3cr3t\n  values: *c\nx: 1", {}) ==
        "credentials:\n  SecretTokn: (secret)\n  values: *c\nx: 1");
}
