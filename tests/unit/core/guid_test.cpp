#include <doctest/doctest.h>

#include "syncwright/core/text.h"

using namespace syncwright;

TEST_CASE("an id is told from a name by its spelling") {
  CHECK(is_guid("8b1025e4-1dd2-430b-a150-2ef79cd700f5"));
  CHECK(is_guid("8B1025E4-1DD2-430B-A150-2EF79CD700F5"));
  for (const char* text :
       {"", "Salesforce", "8b1025e4-1dd2-430b-a150-2ef79cd700fx",
        "8b1025e4-1dd2-430b-a150-2ef79cd700f", "8b1025e41dd2430ba1502ef79cd700f5",
        "{8b1025e4-1dd2-430b-a150-2ef79cd700f5}", "------------------------------------"}) {
    CAPTURE(text);
    CHECK_FALSE(is_guid(text));
  }
}
