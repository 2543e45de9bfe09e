#include "syncwright/core/secret_reference.h"

#include <doctest/doctest.h>

#include <fstream>

#include "unit/temporary_folder.h"

using namespace syncwright;

namespace {

using Ref = SecretReference;

/// The value, or "error: " and the message; every error must be of the kind that exits with 65.
std::string resolved(const Ref& reference, const Environment& environment = {},
                     const std::filesystem::path& root = "/") {
  const Result<Secret> value = resolve(reference, environment, root);
  if (value) return std::string(value->reveal());
  CHECK(value.error().kind == ErrorKind::invalid_input);
  return "error: " + value.error().message;
}

}  // namespace

TEST_CASE("a reference describes itself without a value") {
  CHECK(describe(Ref{Ref::Env{"SALESFORCE_TOKEN"}}) == "env SALESFORCE_TOKEN");
  CHECK(describe(Ref{Ref::File{"secrets/token"}}) == "file secrets/token");
  CHECK(describe(Ref{Ref::Command{{"vault", "read", "token"}}}) == "command vault");
  CHECK(describe(Ref{Ref::Command{}}) == "command");
}

TEST_CASE("what can be no variable's name may be the secret, and is not repeated") {
  for (const char* text : {"s3cr3t value!", "", "4711", "A-B", "A=B"}) {
    const Ref reference{Ref::Env{text}};
    CHECK(describe(reference) == "env (secret)");
    CHECK(resolved(reference, Environment().with(text, "value")) ==
          "error: secret env (secret): there is no environment variable of such a name");
    CHECK(resolve(reference, {}, "/").error().advice ==
          "use letters, digits and `_`, no digit first");
  }
}

TEST_CASE("env: the variable's value as it is") {
  const Environment environment({{"TOKEN", "hush\n"}, {"EMPTY", ""}, {"BYTES", "a\xff"}});
  CHECK(resolved({Ref::Env{"TOKEN"}}, environment) == "hush\n");
  const std::string error = "error: secret env ";
  CHECK(resolved({Ref::Env{"EMPTY"}}, environment) ==
        error + "EMPTY: the environment variable is not set or empty");
  CHECK(resolved({Ref::Env{"ABSENT"}}, environment) ==
        error + "ABSENT: the environment variable is not set or empty");
  CHECK(resolved({Ref::Env{"BYTES"}}, environment) == error + "BYTES: the value is not UTF-8 text");
}

TEST_CASE("file: one final newline is dropped, relative paths start at the root") {
  const TemporaryFolder folder;
  const auto write = [&](const char* name, const std::string& content) {
    std::ofstream(folder.path() / name, std::ios::binary) << content;
    return resolved({Ref::File{name}}, {}, folder.path());
  };
  CHECK(write("plain", "hush") == "hush");
  CHECK(write("lf", "hush\n") == "hush");
  CHECK(write("crlf", "hush\r\n") == "hush");
  CHECK(write("two", "hush\n\n") == "hush\n");
  CHECK(write("cr", "hush\r") == "hush\r");
  CHECK(write("inner", " a\nb ") == " a\nb ");
  CHECK(write("empty", "") == "error: secret file empty: the value is empty");
  CHECK(write("newline", "\n") == "error: secret file newline: the value is empty");
  CHECK(write("exact", std::string(65536, 'x')).size() == 65536);
  CHECK(write("long", std::string(65537, 'x')) ==
        "error: secret file long: " + (folder.path() / "long").string() +
            " is larger than 65536 bytes");
  CHECK(resolved({Ref::File{(folder.path() / "plain").string()}}, {}, "/nowhere") == "hush");
  CHECK(resolved({Ref::File{"none"}}, {}, folder.path()) ==
        "error: secret file none: cannot read " + (folder.path() / "none").string() +
            ": No such file or directory");
}

TEST_CASE("command: its output, one final newline dropped") {
  CHECK(resolved({Ref::Command{{"echo", "hush"}}}) == "hush");
  CHECK(resolved({Ref::Command{{"printf", "hush\\n\\n"}}}) == "hush\n");
  CHECK(resolved({Ref::Command{{"true"}}}) == "error: secret command true: the value is empty");
  CHECK(resolved({Ref::Command{{"false"}}}) ==
        "error: secret command false: the command false ended with status 1");
  CHECK(resolved({Ref::Command{{"sh", "-c", "yes"}}}) ==
        "error: secret command sh: the command sh printed more than 65536 bytes");
}
