#include "graph_read/listed_principal.h"

#include <doctest/doctest.h>

using namespace syncwright;
using graph_read::ListedPrincipal;

namespace {

graph_read::GraphReader::ServicePrincipal principal() {
  graph_read::GraphReader::ServicePrincipal made;
  made.reference.service_principal_id = "sp";
  made.reference.app_id = "app";
  made.reference.display_name = "Größe \"1\"";
  made.reference.notes = "two\nlines";
  made.application_template_id = "template";
  made.tags = {"syncwright:shop/-", "", "syncwright-app:crm"};
  return made;
}

}  // namespace

TEST_CASE("a listed service principal is unpacked as it was listed") {
  const auto unpacked = ListedPrincipal(principal()).unpack();
  CHECK(unpacked.reference.service_principal_id == "sp");
  CHECK(unpacked.reference.app_id == "app");
  CHECK(unpacked.reference.display_name == "Größe \"1\"");
  CHECK(unpacked.reference.notes == "two\nlines");
  CHECK(unpacked.application_template_id == "template");
  CHECK(unpacked.tags == principal().tags);
  CHECK(unpacked.reference.application_id.empty());
  CHECK(unpacked.reference.created.empty());
}

TEST_CASE("it learns from its application what that alone tells") {
  model::LiveReference application;
  application.application_id = "object";
  application.app_id = "not looked at";
  application.display_name = "not either";
  application.created = "2026-03-02T09:10:02Z";
  application.unique_name = "syncwright/shop/-/crm";
  application.application_display_name = "CRM";
  ListedPrincipal listed(principal());
  listed.join(ListedPrincipal::packed_application(application));
  const auto unpacked = listed.unpack();
  CHECK(unpacked.reference.application_id == "object");
  CHECK(unpacked.reference.created == "2026-03-02T09:10:02Z");
  CHECK(unpacked.reference.unique_name == "syncwright/shop/-/crm");
  CHECK(unpacked.reference.application_display_name == "CRM");
  CHECK(unpacked.reference.app_id == "app");
  CHECK(unpacked.reference.display_name == "Größe \"1\"");
}
