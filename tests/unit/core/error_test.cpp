#include "syncwright/core/error.h"

#include <doctest/doctest.h>

#include <set>

using namespace syncwright;

TEST_CASE("an error describes itself with what the answer said") {
  Error error{ErrorKind::not_found,       "no such job", "look again", 404,
              "Request_ResourceNotFound", "0f2b"};
  CHECK(describe(error) == "no such job (404 Request_ResourceNotFound, request-id 0f2b)");
  error.request_id.clear();
  CHECK(describe(error) == "no such job (404 Request_ResourceNotFound)");
  error.code.clear();
  CHECK(describe(error) == "no such job (404)");
  error.status = 0;
  CHECK(describe(error) == "no such job");
  error.request_id = "0f2b";
  CHECK(describe(error) == "no such job (request-id 0f2b)");
}

TEST_CASE("context goes in front and changes nothing else") {
  const Error error = within({ErrorKind::conflict, "it exists", "rename it", 409, "Conflict", "7"},
                             "application salesforce");
  CHECK(error.message == "application salesforce: it exists");
  CHECK(error.kind == ErrorKind::conflict);
  CHECK(error.advice == "rename it");
  CHECK(error.status == 409);
}

TEST_CASE("fail makes a Result of a kind, a message and an advice") {
  const Result<int> result = fail(ErrorKind::io, "disk full", "make room");
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::io);
  CHECK(result.error().message == "disk full");
  CHECK(result.error().advice == "make room");
}

TEST_CASE("every kind has its own stable spelling") {
  CHECK(std::string(to_string(ErrorKind::not_found)) == "not_found");
  CHECK(std::string(to_string(ErrorKind::stored_differently)) == "stored_differently");
  std::set<std::string> spellings;
  const int last = static_cast<int>(ErrorKind::internal);
  for (int kind = 0; kind <= last; ++kind) {
    spellings.insert(to_string(static_cast<ErrorKind>(kind)));
  }
  CHECK(spellings.size() == static_cast<std::size_t>(last) + 1);
}
