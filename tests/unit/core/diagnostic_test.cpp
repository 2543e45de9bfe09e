#include "syncwright/core/diagnostic.h"

#include <doctest/doctest.h>

#include <string>

using namespace syncwright;

namespace {

std::string codes(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& item : diagnostics.items()) {
    text += item.where.file.text() + ":" + std::to_string(item.where.line) + ":" +
            std::to_string(item.where.column) + " " + std::string(to_string(item.code)) + " " +
            item.message + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("diagnostics keep the order of discovery until they are sorted") {
  Diagnostics found;
  found.add(Code::SW1002, {"b.yaml", 1, 1, 0}, "last");
  found.add(Code::SW1003, {"a.yaml", 10, 1, 0}, "fifth");
  found.add(Code::SW1001, {"a.yaml", 2, 7, 0}, "third");
  Diagnostics more;
  more.add(Code::SW0101, {"a.yaml", 2, 7, 0}, "second");
  more.add(Code::SW0101, {"a.yaml", 2, 3, 0}, "first");
  more.add(Code::SW1001, {"a.yaml", 2, 7, 0}, "fourth");
  found.append(std::move(more));
  CHECK(found.size() == 6);
  CHECK(found.items().front().message == "last");
  found.sort();
  CHECK(codes(found) ==
        "a.yaml:2:3 SW0101 first\n"
        "a.yaml:2:7 SW0101 second\n"
        "a.yaml:2:7 SW1001 third\n"
        "a.yaml:2:7 SW1001 fourth\n"
        "a.yaml:10:1 SW1003 fifth\n"
        "b.yaml:1:1 SW1002 last\n");
}

TEST_CASE("the severity comes from the catalog, without a code it is an error") {
  Diagnostics found;
  CHECK(found.empty());
  found.add(Code::SW0109, {}, "a warning");
  CHECK(found.items().back().severity == Severity::warning);
  CHECK_FALSE(found.has_errors());
  found.add(Code::none, {}, "not in the catalog", "advice");
  CHECK(found.items().back() ==
        Diagnostic{Code::none, Severity::error, "not in the catalog", "advice", {}});
  CHECK(found.has_errors());
}

TEST_CASE("a diagnostic can be added as it is") {
  Diagnostics found;
  found.add(Diagnostic{Code::SW0101, Severity::note, "only a note", "", {}});
  CHECK_FALSE(found.has_errors());
  CHECK(std::string(to_string(Severity::error)) == "error");
  CHECK(std::string(to_string(Severity::warning)) == "warning");
  CHECK(std::string(to_string(Severity::note)) == "note");
}
