#include <doctest/doctest.h>

#include "mapping_world.h"

using namespace syncwright;
using namespace syncwright::provisioning;

namespace {

const Json kMatching{{"matchingPriority", 1}};

Json staff_mapping() {
  const Json sales = clause("department", "EQUALS", Json::array({"Sales"}));
  const Json mail = clause("mail", "IS NOT NULL");
  return mapping({flow("userName", "[userPrincipalName]", kMatching),
                  flow("title", "[jobTitle]", {{"defaultValue", "Staff"}}),
                  flow("phone", "[telephoneNumber]"), flow("groups", "Split([teams], \";\")"),
                  flow("badge", "Redact([badge])"), flow("active", "Not([IsSoftDeleted])")},
                 {{"scope", {{"groups", Json::array({group({sales, mail})})}}}});
}

struct StaffWorld : MappingWorld {
  explicit StaffWorld(const Json& object_mapping = staff_mapping()) : MappingWorld(object_mapping) {
    for (const auto& [name, value] : std::map<std::string, std::string>{{"department", "Sales"},
                                                                        {"mail", "ada@contoso.com"},
                                                                        {"teams", "north;south"},
                                                                        {"badge", "0815"}}) {
      ada.attributes.set(name, value);
    }
  }

  /// "kind status: description", the details below, indented.
  std::string told() {
    std::string text = "\n";
    for (const ProvisioningStep& step : story()) {
      text += std::string(to_string(step.kind)) + " " + to_string(step.status) + ": " +
              step.description + "\n";
      for (const std::string& line : step.details) text += "  " + line + "\n";
    }
    return text;
  }

  /// The last step alone.
  std::string end() {
    const ProvisioningStep last = story().back();
    return std::string(to_string(last.status)) + ": " + last.description;
  }
};

}  // namespace

TEST_CASE("the story of a creation") {
  StaffWorld world;
  CHECK(world.told() == R"(
import success: read Ada Lovelace
scoping success: in scope
  clause department EQUALS Sales was true, value was 'Sales'
  clause mail IS NOT NULL was true, value was 'ada@contoso.com'
matching success: matched no account
  no account has userName 'ada@contoso.com'
mapping success: 5 of 6 flowed
  userName <- [userPrincipalName]: 'ada@contoso.com' (flowed)
  title <- [jobTitle]: 'Staff' (default value)
  phone <- [telephoneNumber]: null (null is not flowed)
  groups <- Split([teams], ";"): ['north', 'south'] (flowed)
  badge <- Redact([badge]): [Redact] (flowed)
  active <- Not([IsSoftDeleted]): 'True' (flowed)
export success: create Ada Lovelace with 5 attributes
)");
}

TEST_CASE("the story of an object that is not in scope") {
  StaffWorld world;
  world.ada.attributes.set("department", std::string("Marketing"));
  CHECK(world.told() == R"(
import success: read Ada Lovelace
scoping skipped: not in scope: clause department EQUALS Sales was false, value was 'Marketing'
  clause department EQUALS Sales was false, value was 'Marketing'
export skipped: nothing is written: not in scope
)");
}

TEST_CASE("the story of a failure") {
  StaffWorld world(
      mapping({flow("userName", "[userPrincipalName]", kMatching),
               flow("title", "Error(\"no title\")"), flow("badge", "Redact(CDate([badge]))")}));
  world.account("a7", {{"userName", std::string("ada@contoso.com")}});
  const Operation operation = world.run();
  CHECK(world.told() == R"(
import success: read Ada Lovelace
scoping success: in scope
matching success: matched a7 of the target by userName
mapping failure: 2 attributes failed
  userName <- [userPrincipalName]: 'ada@contoso.com' (unchanged)
  title <- Error("no title"): failed: )" +
                            operation.flows[1].message + R"(
  badge <- Redact(CDate([badge])): failed: [Redact]
export failure: nothing is written: an expression failed
)");
}

TEST_CASE("the story of an update says what was there before and why the rest stays") {
  StaffWorld world(
      mapping({flow("title", "[department]"), flow("badge", "Redact([badge])"),
               flow("created", "Now()", {{"flowType", "ObjectAddOnly"}}),
               flow("mail", "[mail]", {{"flowType", "AttributeAddOnly"}}),
               flow("locale", "", {{"defaultValue", "en"}}), flow("fax", "IgnoreAttributeFlow")}));
  world.link({{"title", std::string("Clerk")},
              {"badge", std::string("1")},
              {"mail", std::string("a@b")},
              {"created", std::string("then")}});
  CHECK(world.told() == R"(
import success: read Ada Lovelace
scoping success: in scope
matching success: linked to a1 of the target
mapping success: 3 of 6 flowed
  title <- [department]: 'Sales' (flowed, was 'Clerk')
  badge <- Redact([badge]): [Redact] (flowed, was [Redact])
  created <- Now(): 'then' kept (only at creation)
  mail <- [mail]: 'a@b' kept (the target has a value)
  locale <- (no source): 'en' (default value)
  fax <- IgnoreAttributeFlow: ignored by the expression
export success: update a1 of the target with 3 attributes
)");
}

TEST_CASE("the story of a leaver") {
  StaffWorld world;
  world.link({{"active", true}});
  world.input.is_assigned = false;
  CHECK(world.told() == R"(
import success: read Ada Lovelace
scoping skipped: not in scope: not assigned to the application
matching success: linked to a1 of the target
mapping success: 1 of 1 flowed
  active <- Not([IsSoftDeleted]): 'False' (flowed, was 'True')
export success: disable a1 of the target with 1 attribute: not assigned to the application
)");
}

TEST_CASE("an object with nothing to match by") {
  StaffWorld world(mapping({flow("mail", "[otherMail]", kMatching)}));
  CHECK(world.told() == R"(
import success: read Ada Lovelace
scoping success: in scope
matching skipped: no matching attribute has a value
  mail <- [otherMail] gave nothing to match by
export skipped: nothing is written: no matching attribute has a value
)");
}

TEST_CASE("what stops an object while it is read") {
  const Json robots = group({clause("kind", "NOT EQUALS", Json::array({"robot"}))});
  StaffWorld filtered(mapping({}, {{"scope", {{"inputFilterGroups", Json::array({robots})}}}}));
  filtered.ada.attributes.set("kind", std::string("robot"));
  CHECK(filtered.told() == R"(
import skipped: filtered on input: clause kind NOT EQUALS robot was false, value was 'robot'
  clause kind NOT EQUALS robot was false, value was 'robot'
export skipped: nothing is written: filtered on input
)");
  StaffWorld off(mapping({}, {{"enabled", false}}));
  CHECK(off.told() == R"(
import skipped: the object mapping is disabled
export skipped: nothing is written: the object mapping is disabled
)");
  StaffWorld deleted;
  deleted.input.is_deleted = true;
  deleted.link({});
  CHECK(deleted.told() == R"(
import success: Ada Lovelace is deleted in the source
export success: delete a1 of the target: deleted in the source
)");
}

TEST_CASE("every group that did not hold is named, and so is a problem") {
  const Json level = group({clause("level", "Greater_Than", Json::array({"5"}))}, "a");
  const Json site = group({clause("site", "EQUALS", Json::array({"Oslo", "Rome"}))}, "b");
  StaffWorld world(mapping({}, {{"scope", {{"groups", Json::array({level, site})}}}}));
  world.ada.attributes.set("level", std::string("high"));
  CHECK(world.story()[1].description ==
        "not in scope: clause level Greater_Than 5 was false, value was 'high' (not a whole "
        "number); clause site EQUALS Oslo or Rome was false, value was null");
}

TEST_CASE("the end names the flow type that is off") {
  const auto user = [](const char* types, bool disables) {
    std::vector<Json> flows{flow("userName", "[userPrincipalName]", kMatching)};
    if (disables) flows.push_back(flow("active", "Not([IsSoftDeleted])"));
    return mapping(std::move(flows), {{"flowTypes", types}});
  };
  StaffWorld adds(user("Update, Delete", true));
  CHECK(adds.end() == "skipped: nothing is written: flowTypes lacks Add");
  StaffWorld updates(user("Add, Delete", true));
  updates.link({});
  CHECK(updates.end() == "skipped: nothing is written: flowTypes lacks Update");
  updates.input.is_assigned = false;
  CHECK(updates.end() == "skipped: nothing is written: flowTypes lacks Update");
  StaffWorld deletes(user("Add, Update", false));
  deletes.link({});
  deletes.input.is_assigned = false;
  CHECK(deletes.end() == "skipped: nothing is written: flowTypes lacks Delete");
  deletes.input.is_deleted = true;
  CHECK(deletes.end() == "skipped: nothing is written: flowTypes lacks Delete");
}
