#include "syncwright/model/application_members.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::model;

TEST_CASE("the texts of a service principal are those that the manifest manages") {
  DesiredApplication desired;
  desired.display_name = "Salesforce Contoso";
  const PrincipalTexts texts = principal_texts(desired);
  CHECK(texts == PrincipalTexts{{"displayName", "Salesforce Contoso"}});

  LiveReference live;
  CHECK_FALSE(has_texts(live, texts));
  live.display_name = "Salesforce Contoso";
  live.application_display_name = "Another";  // of the application object, which has its own
  CHECK(has_texts(live, texts));
  CHECK(has_texts(LiveReference{}, {}));
}

TEST_CASE("a text is read from where its row says it lives") {
  int texts = 0;
  for_each_application_text([&texts](const auto& row) {
    LiveReference live;
    live.*row.principal = "wanted";
    CHECK(has_texts(live, {{row.name, "wanted"}}));
    CHECK_FALSE(has_texts(live, {{row.name, "other"}}));
    ++texts;
  });
  CHECK(texts > 0);
}
