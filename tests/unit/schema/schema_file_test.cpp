#include "syncwright/schema/schema_file.h"

#include <doctest/doctest.h>

#include "syncwright/core/json.h"
#include "unit/schema/sample_schema.h"

using namespace syncwright;
using schema::schema_file_text;

TEST_CASE("a schema document has one member a line, and each as it was written") {
  CHECK(schema_file_text(R"({"id":"a","empty":[],"none":{},"list":[1.50,-1e400,null,"x"],)"
                         R"("deep":{"text":"\"quoted\\\"{,}:","true":true}})") ==
        R"({
  "id": "a",
  "empty": [],
  "none": {},
  "list": [
    1.50,
    -1e400,
    null,
    "x"
  ],
  "deep": {
    "text": "\"quoted\\\"{,}:",
    "true": true
  }
}
)");
}

TEST_CASE("what names the host and the job is left out wherever it stands") {
  const std::string kept = "{\n  \"id\": \"a\",\n  \"rules\": [\n    {}\n  ]\n}\n";
  const std::string context = R"("@odata.context":"https://host/$metadata#a,b")";
  CHECK(schema_file_text("{" + context + R"(,"id":"a","rules":[{}]})") == kept);
  CHECK(schema_file_text(R"({"id":"a", )" + context + R"( , "rules":[{}]})") == kept);
  CHECK(schema_file_text(R"({"id":"a","rules":[{ )" + context + R"( }],"rules)" +
                         context.substr(1) + "}") == kept);
  CHECK(schema_file_text("{" + context + "}") == "{}\n");
}

TEST_CASE("a value that looks like it stays") {
  CHECK(
      schema_file_text(R"({"a":"@odata.context","b":["@odata.context",":"],"@odata.context":1})") ==
      R"({
  "a": "@odata.context",
  "b": [
    "@odata.context",
    ":"
  ],
  "@odata.context": 1
}
)");
}

TEST_CASE("what was written is the same document, and is written the same again") {
  const std::string once = schema_file_text(schema::sample_text());
  Json document = Json::parse(schema::sample_text());
  document.erase("@odata.context");
  CHECK(Json::parse(once) == document);
  CHECK(schema_file_text(once) == once);
}
