#include <string>

#include "tenant_fixture.h"

namespace syncwright::emulator {

namespace {

Json object(const Json& properties) {
  Json pairs = Json::array();
  for (const auto& [key, value] : properties.items()) {
    pairs.push_back({{"key", key}, {"value", value}});
  }
  return {{"definition", nullptr}, {"properties", pairs}};
}

struct ExpressionFixture : TenantFixture {
  ExpressionFixture() : app(instantiate()) { job = create_job(app); }

  Answer parse(const std::string& expression, const Json& input = nullptr) {
    return send(http::HttpMethod::post, schema_path(app) + "/parseExpression",
                {{"expression", expression},
                 {"testInputObject", input},
                 {"targetAttributeDefinition", nullptr}});
  }

  App app;
};

Json node(const char* type, const char* name, const char* expression) {
  return {
      {"type", type}, {"name", name}, {"expression", expression}, {"parameters", Json::array()}};
}

}  // namespace

TEST_CASE("an expression is parsed into its tree and evaluated on the test object") {
  ExpressionFixture fixture;
  const Answer answer = fixture.parse(R"(Append([mail], "!"))", object({{"mail", "a@b.c"}}));
  REQUIRE(answer.status == 200);
  CHECK(answer.body ==
        Json{{"@odata.context",
              "https://graph.example/v1.0/$metadata#microsoft.graph.parseExpressionResponse"},
             {"error", nullptr},
             {"evaluationResult", {"a@b.c!"}},
             {"evaluationSucceeded", true},
             {"parsedExpression",
              {{"type", "Function"},
               {"name", "Append"},
               {"expression", R"(Append([mail], "!"))"},
               {"parameters",
                {{{"key", "source"}, {"value", node("Attribute", "mail", "[mail]")}},
                 {{"key", "suffix"}, {"value", node("Constant", "!", "\"!\"")}}}}}},
             {"parsingSucceeded", true}});
}

TEST_CASE("a template's schema parses as well, before there is a job") {
  ExpressionFixture fixture;
  const std::string path =
      TenantFixture::sync(fixture.app) + "/templates/crm/schema/parseExpression";
  const Answer answer = fixture.send(http::HttpMethod::post, path, {{"expression", "[mail]"}});
  CHECK(answer.body["parsedExpression"] == node("Attribute", "mail", "[mail]"));
}

TEST_CASE("without a test object nothing is evaluated") {
  ExpressionFixture fixture;
  const Json body = fixture.parse("[mail]").body;
  CHECK(body["parsingSucceeded"] == true);
  CHECK(body["evaluationSucceeded"] == false);
  CHECK(body["evaluationResult"] == Json::array());
  CHECK(body["error"].is_null());
}

TEST_CASE("results are texts, one for each value") {
  ExpressionFixture fixture;
  const auto result = [&](const char* expression, const Json& input) {
    const Json body = fixture.parse(expression, object(input)).body;
    CHECK(body["evaluationSucceeded"] == true);
    return body["evaluationResult"];
  };
  CHECK(result(R"(Split([roles], ","))", {{"roles", "a,b"}}) == Json::array({"a", "b"}));
  CHECK(result("Not([IsSoftDeleted])", {{"IsSoftDeleted", false}}) == Json::array({"True"}));
  CHECK(result("[number]", {{"number", 12}}) == Json::array({"12"}));
  CHECK(result("[missing]", Json::object()) == Json::array());
  CHECK(result("DefaultDomain()", Json::object()) == Json::array({"fabrikam.example"}));
  CHECK(result("Now()", Json::object()) == Json::array({"1/1/2026 12:00:00 AM"}));
}

TEST_CASE("what does not parse is told inside a 200") {
  ExpressionFixture fixture;
  const Answer answer = fixture.parse("Append([mail], ");
  CHECK(answer.status == 200);
  CHECK(answer.body["parsingSucceeded"] == false);
  CHECK(answer.body["parsedExpression"].is_null());
  CHECK(answer.body["evaluationSucceeded"] == false);
  CHECK(answer.body["error"]["code"] == "ParseError");
  CHECK_FALSE(answer.body["error"]["message"].get<std::string>().empty());
  CHECK(answer.body["error"]["target"].get<std::string>().starts_with("offset "));
}

TEST_CASE("so is an evaluation that fails") {
  ExpressionFixture fixture;
  const Answer answer = fixture.parse("CDate([hired])", object({{"hired", "never"}}));
  CHECK(answer.status == 200);
  CHECK(answer.body["parsingSucceeded"] == true);
  CHECK(answer.body["parsedExpression"]["name"] == "CDate");
  CHECK(answer.body["evaluationSucceeded"] == false);
  CHECK(answer.body["error"]["code"] == "EvaluationError");
  CHECK(answer.body["error"]["message"].get<std::string>().starts_with("CDate"));
}

TEST_CASE("a request without an expression, a schema or the permission is refused") {
  ExpressionFixture fixture;
  const std::string path = fixture.schema_path(fixture.app) + "/parseExpression";
  CHECK(fixture.send(http::HttpMethod::post, path, Json::object()).status == 400);
  CHECK(fixture.send(http::HttpMethod::post, path, {{"expression", 1}}).status == 400);
  const Json nameless = {{"properties", {{{"value", "x"}}}}};
  CHECK(fixture.parse("[mail]", nameless).status == 400);
  CHECK(fixture.parse("[mail]", object({{"mail", Json::object()}})).status == 400);
  const std::string sync = TenantFixture::sync(fixture.app);
  const Json body = {{"expression", "[mail]"}};
  CHECK(fixture.send(http::HttpMethod::post, sync + "/jobs/none/schema/parseExpression", body)
            .status == 404);
  CHECK(fixture.send(http::HttpMethod::post, sync + "/templates/none/schema/parseExpression", body)
            .status == 404);
  CHECK(fixture.get(path).status == 405);
}

TEST_CASE("the functions are those of the expression language") {
  ExpressionFixture fixture;
  const Answer answer = fixture.get(fixture.schema_path(fixture.app) + "/functions");
  REQUIRE(answer.status == 200);
  CHECK(answer.body["@odata.context"] ==
        "https://graph.example/v1.0/$metadata#Collection(microsoft.graph."
        "attributeMappingFunctionSchema)");
  const Json& functions = answer.body["value"];
  CHECK(functions.size() == 54);
  const auto parameter = [](const char* name, const char* type, bool required, bool repeats) {
    return Json{{"name", name},
                {"type", type},
                {"required", required},
                {"allowMultipleOccurrences", repeats}};
  };
  const auto named = [&](const char* name) -> Json {
    for (const Json& function : functions) {
      if (function["name"] == name) return function["parameters"];
    }
    return nullptr;
  };
  CHECK(named("Append") == Json::array({parameter("source", "String", true, false),
                                        parameter("suffix", "String", true, false)}));
  CHECK(named("Join") == Json::array({parameter("separator", "String", true, false),
                                      parameter("source", "String", false, true)}));
  CHECK(named("DefaultDomain") == Json::array());
  CHECK(fixture.get(TenantFixture::sync(fixture.app) + "/templates/crm/schema/functions")
            .body["value"] == functions);
  CHECK(fixture.get(TenantFixture::jobs(fixture.app) + "/none/schema/functions").status == 404);
}

TEST_CASE("the filter operators say what they compare") {
  ExpressionFixture fixture;
  const Answer answer = fixture.get(fixture.schema_path(fixture.app) + "/filterOperators");
  REQUIRE(answer.status == 200);
  std::string text;
  for (const Json& one : answer.body["value"]) {
    CHECK(one["multivaluedComparisonType"] == "All");
    text += one["name"].get<std::string>() + ": " + one["arity"].get<std::string>() + " " +
            one["supportedAttributeTypes"].dump() + "\n";
  }
  CHECK(text.find("EQUALS: Binary [\"Integer\",\"String\"]\n") != std::string::npos);
  CHECK(text.find("IS TRUE: Unary [\"Boolean\"]\n") != std::string::npos);
  CHECK(text.find("IS NULL: Unary [\"Binary\",\"Boolean\",\"Integer\",\"String\"]\n") !=
        std::string::npos);
  CHECK(text.find("!&: Binary [\"Integer\"]\n") != std::string::npos);
  CHECK(text.find("ENDS_WITH: Binary [\"String\"]\n") != std::string::npos);
  CHECK(text.find("REGEX MATCH: Binary [\"Integer\",\"String\"]\n") != std::string::npos);
}

}  // namespace syncwright::emulator
