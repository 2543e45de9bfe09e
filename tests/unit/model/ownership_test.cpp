#include "syncwright/model/ownership.h"

#include <doctest/doctest.h>

#include "syncwright/model/desired.h"

using namespace syncwright;
using namespace syncwright::model;

TEST_CASE("an owner's names, with and without an environment") {
  const Owner prod{"contoso", "prod"};
  CHECK(prod.tag() == "syncwright:contoso/prod");
  CHECK(prod.pending_prefix() == "syncwright:contoso/prod/");
  CHECK(prod.pending_display_name("aws") == "syncwright:contoso/prod/aws");
  CHECK(prod.unique_name("aws") == "syncwright/contoso/prod/aws");

  const Owner none{"contoso", ""};
  CHECK(none.tag() == "syncwright:contoso/-");
  CHECK(none.pending_display_name("aws") == "syncwright:contoso/-/aws");
  CHECK(none.unique_name("aws") == "syncwright/contoso/-/aws");
}

TEST_CASE("tags are read by prefix") {
  const std::vector<std::string> tags{"HideApp", "syncwright-app:aws", "syncwright:contoso/-",
                                      "syncwright-app:second"};
  CHECK(application_tag("aws") == "syncwright-app:aws");
  CHECK(credentials_tag("2026-11") == "syncwright-credentials:2026-11");
  CHECK(tag_value(tags, kApplicationTag) == "aws");
  CHECK(tag_value(tags, kCredentialsTag) == std::nullopt);
  CHECK(foreign_owner_tag(tags, "syncwright:contoso/test") == "syncwright:contoso/-");
  CHECK(foreign_owner_tag(tags, "syncwright:contoso/-") == std::nullopt);
  CHECK(foreign_owner_tag({"syncwright:a/-", "syncwright:b/-"}, "syncwright:a/-") ==
        "syncwright:b/-");
  CHECK(foreign_owner_tag({"syncwright-app:aws", "x"}, "syncwright:a/-") == std::nullopt);
}

TEST_CASE("what an earlier name of the project owns is neither somebody else's nor ours already") {
  const Owner owner{"contoso", "prod", {"default", "shop"}};
  const std::vector<std::string> tags{"syncwright:shop/prod", "syncwright-app:aws"};
  REQUIRE(owner.predecessor_in(tags));
  CHECK(owner.predecessor_in(tags)->unique_name("aws") == "syncwright/shop/prod/aws");
  CHECK(owner.owns(tags));
  CHECK_FALSE(owner.marks(tags, "aws"));
  CHECK_FALSE(owner.foreign_tag(tags));
  CHECK(foreign_owner_tag(tags, owner.tag()) == "syncwright:shop/prod");

  // Of another environment it is another's, and beside a stranger's tag the stranger's.
  CHECK(owner.foreign_tag({"syncwright:shop/test"}) == "syncwright:shop/test");
  CHECK_FALSE(owner.owns({"syncwright:shop/test"}));
  CHECK(owner.foreign_tag({"syncwright:shop/prod", "syncwright:x/prod"}) == "syncwright:x/prod");
  CHECK(owner.is_pending("syncwright:default/prod/aws"));
  CHECK_FALSE(owner.is_pending("syncwright:default/test/aws"));

  DesiredApplication aws;
  aws.name = "aws";
  aws.previously = {"amazon"};
  CHECK(names_no_other(aws, owner, tags));
  CHECK(names_no_other(aws, owner, {"HideApp"}));
  CHECK(names_no_other(aws, owner, {"syncwright:default/prod", "syncwright-app:amazon"}));
  CHECK_FALSE(names_no_other(aws, owner, {"syncwright:default/prod", "syncwright-app:box"}));
  CHECK_FALSE(names_no_other(aws, owner, {"syncwright:default/test", "syncwright-app:aws"}));
}

TEST_CASE("a pending restart is every job's, or one's by its id") {
  CHECK(pending_restart_tag("sf.1") == "syncwright-pending:restart:sf.1");
  CHECK(awaits_restart({"x", "syncwright-pending:restart"}, "sf.1"));
  CHECK(awaits_restart({"syncwright-pending:restart:sf.1"}, "sf.1"));
  CHECK_FALSE(awaits_restart({"syncwright-pending:restart:sf.10"}, "sf.1"));
  CHECK_FALSE(awaits_restart({"syncwright-app:aws"}, "sf.1"));
}

TEST_CASE("an edit keeps foreign tags in their order and adds nothing twice") {
  const std::vector<std::string> tags{"b", "syncwright-credentials:1", "a", "syncwright:p/-"};
  const TagEdit edit{{"syncwright-credentials:2", "syncwright:p/-"}, {"syncwright-credentials:"}};
  const std::vector<std::string> expected{"b", "a", "syncwright:p/-", "syncwright-credentials:2"};
  CHECK(apply_edit(tags, edit) == expected);
  CHECK(apply_edit(expected, edit) == expected);
  CHECK(apply_edit(tags, {}) == tags);
}
