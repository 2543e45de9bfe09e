#include "emulator/store/state_database.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/store/row_json.h"
#include "emulator/store/state.h"
#include "syncwright/core/file.h"
#include "unit/temporary_folder.h"

namespace syncwright::emulator {

namespace {

using namespace std::chrono_literals;

constexpr Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1} + 12h};

Json directory_object(const char* id, const char* name) {
  return {{"id", id}, {"appId", std::string("app-") + id}, {"displayName", name}};
}

Job job_of(const std::string& id) {
  Job job;
  job.id = id;
  job.template_id = "crm";
  job.service_principal = "principal";
  job.created = noon;
  job.active = true;
  job.next_cycle = noon + 40min;
  job.status = {{"code", "Active"}};
  job.links["User to Person/ada"] = {"5001", "User to Person"};
  job.escrows["User to Person/bob"] = {2, noon + 1h};
  job.skipped["User to Person/cyn"] = "NotActive";
  return job;
}

Target target_with(const char* name) {
  Target target;
  target.last_id = 5001;
  Account& account = target.accounts["5001"];
  account.object = "Person";
  account.held.id = "5001";
  account.held.name = name;
  account.held.attributes.set("userName", std::string(name));
  return target;
}

/// One row of every table, one entry of every log, one document.
void fill(Store& store) {
  store.tenant_id = "tenant";
  store.tenant_name = "Fabrikam";
  store.default_domain = "fabrikam.example";
  store.users.add("ada", directory_object("ada", "Ada"));
  store.groups.add("sales", {{"id", "sales"}, {"members", {"ada"}}});
  store.applications.add(directory_object("application", "CRM"), noon);
  store.service_principals.add(directory_object("principal", "CRM"), noon);
  store.claims.add("syncwright/crm", {"application", noon});
  store.assignments.add(
      "assignment", {{{"id", "assignment"}, {"resourceId", "principal"}, {"principalId", "ada"}},
                     noon,
                     std::nullopt});
  store.jobs.add("job", job_of("job"));
  store.set_schema("job", {{"directories", Json::array()}});
  store.uploads.add(Upload::row_id("job", "eve"), {"job", {{"id", "eve"}}});
  store.templates.add("application/crm", {{"application", "application"}, {"id", "crm"}});
  store.secrets.add("principal", {}).set("BaseAddress", "https://crm.example/");
  store.targets.add("principal", target_with("ada"));
  store.federated_credentials.add(
      "trust", {{"id", "trust"}, {"application", "application"}, {"subject", "main"}});
  store.password_digests.add("key", {{"keyId", "key"}, {"digest", "sha256:1"}});
  store.cross_tenant_access.add("default", {{"isServiceDefault", true}});
  store.permission_grants.add("grant",
                              {{"id", "grant"}, {"clientId", "principal"}, {"scope", "User.Read"}});
  store.log.append({{"id", "entry"}});
  store.audits.append({{"id", "audit"}});
}

Json exported(const Store& store, Instant saved_at = noon) {
  std::string text;
  write_state(store, saved_at, [&](std::string_view piece) { text += piece; });
  return Json::parse(text);
}

std::unique_ptr<StateDatabase> opened(const std::filesystem::path& file) {
  auto database = StateDatabase::open(file);
  REQUIRE_MESSAGE(database.has_value(), (database ? "" : describe(database.error())));
  return std::move(*database);
}

/// A file in which `fill` was saved.
std::filesystem::path filled_file(const TemporaryFolder& folder) {
  const auto file = folder.path() / "emulator.db";
  const auto database = opened(file);
  Store store = database->empty_store();
  fill(store);
  database->save(store, noon);
  return file;
}

/// What the file holds after `change` was saved in it.
Json after(const std::filesystem::path& file, const std::function<void(Store&)>& change) {
  {
    const auto database = opened(file);
    Store store = database->load();
    change(store);
    database->save(store, noon);
  }
  const auto database = opened(file);
  const Store store = database->load();
  return exported(store);
}

std::int64_t count(const std::filesystem::path& file, const std::string& table) {
  Database database(file);
  Query query = database.query("SELECT count(*) FROM " + table);
  REQUIRE(query.next());
  return query.number(0);
}

mode_t mode_of(const std::filesystem::path& file) {
  struct stat details{};
  REQUIRE(::stat(file.c_str(), &details) == 0);
  return details.st_mode & 0777U;
}

/// A change of one kind of row, and what it leaves at a place of the export; null: nothing there.
struct RowChange {
  const char* what;
  std::function<void(Store&)> change;
  const char* place;
  Json left;
};

const std::vector<RowChange>& row_changes() {
  static const std::vector<RowChange> changes = {
      {"a user", [](Store& store) { store.users.edit("ada")["jobTitle"] = "Analyst"; },
       "/directory/users/0/jobTitle", "Analyst"},
      {"a user that goes", [](Store& store) { store.users.erase("ada"); }, "/directory/users/0",
       nullptr},
      {"a group", [](Store& store) { store.groups.edit("sales")["members"] = Json::array(); },
       "/directory/groups/0/members", Json::array()},
      {"an application",
       [](Store& store) {
         store.applications.edit("application")
             .change(directory_object("application", "New"), noon + 1s, 0s);
       },
       "/applications/0/versions/0/value/displayName", "New"},
      {"an application that goes", [](Store& store) { store.purge_application("application"); },
       "/uniqueNames/syncwright~1crm", nullptr},
      {"a service principal",
       [](Store& store) { store.service_principals.edit("principal").remove(noon); },
       "/servicePrincipals/0/deleted", noon.time_since_epoch().count()},
      {"a uniqueName", [](Store& store) { store.claims.add("n", {"application", noon}); },
       "/uniqueNames/n/application", "application"},
      {"an assignment", [](Store& store) { store.assignments.edit("assignment").deleted = noon; },
       "/assignments/0/deleted", noon.time_since_epoch().count()},
      {"a job", [](Store& store) { store.jobs.edit("job").links.clear(); }, "/jobs/0/links",
       Json::object()},
      {"a second job", [](Store& store) { store.jobs.add("other", job_of("other")); }, "/jobs/1/id",
       "other"},
      {"a schema", [](Store& store) { store.set_schema("job", {{"version", "2"}}); },
       "/jobs/0/schema/version", "2"},
      {"a schema that goes", [](Store& store) { store.set_schema("job", nullptr); },
       "/jobs/0/schema", nullptr},
      {"an upload",
       [](Store& store) {
         store.uploads.edit(Upload::row_id("job", "eve")).object["displayName"] = "Eve";
       },
       "/uploads/job~1eve/object/displayName", "Eve"},
      {"a template that is written over",
       [](Store& store) { store.templates.edit("application/crm")["schema"] = {{"version", "2"}}; },
       "/templates/application~1crm/schema/version", "2"},
      {"a template whose application goes",
       [](Store& store) { store.purge_application("application"); }, "/templates/application~1crm",
       nullptr},
      {"a secret", [](Store& store) { store.secrets.edit("principal").set("UserName", "u"); },
       "/secrets/principal/pairs/1/value", "u"},
      {"a federated credential",
       [](Store& store) { store.federated_credentials.edit("trust")["subject"] = "other"; },
       "/federatedIdentityCredentials/0/subject", "other"},
      {"a federated credential that goes with its application",
       [](Store& store) { store.purge_application("application"); },
       "/federatedIdentityCredentials/0", nullptr},
      {"a password", [](Store& store) { store.password_digests.erase("key"); },
       "/passwordDigests/key", nullptr},
      {"the policy of cross-tenant access",
       [](Store& store) { store.cross_tenant_access.edit("default")["isServiceDefault"] = false; },
       "/crossTenantAccess/default/isServiceDefault", false},
      {"a permission grant",
       [](Store& store) { store.permission_grants.edit("grant")["scope"] = "Group.Read.All"; },
       "/oauth2PermissionGrants/0/scope", "Group.Read.All"},
      {"a permission grant that goes with its client",
       [](Store& store) { store.remove_service_principal("principal", noon); },
       "/oauth2PermissionGrants/0", nullptr},
      {"an account",
       [](Store& store) { store.targets.edit("principal") = target_with("lovelace"); },
       "/targets/principal/accounts/5001/values/userName", "lovelace"},
      {"an entry of the provisioning log", [](Store& store) { store.log.append({{"id", "2"}}); },
       "/provisioningLog/1/id", "2"},
      {"an entry of the audit log", [](Store& store) { store.audits.append({{"id", "2"}}); },
       "/directoryAudits/1/id", "2"},
  };
  return changes;
}

}  // namespace

TEST_CASE("a state comes back from its file as it was, with everything in it") {
  const TemporaryFolder folder;
  const auto file = filled_file(folder);
  const auto memory = std::make_unique<StateDatabase>();
  Store filled = memory->empty_store();
  fill(filled);
  const auto database = opened(file);
  CHECK(database->has_state());
  CHECK(database->saved_at() == noon);
  const Store store = database->load();
  CHECK(exported(store) == exported(filled));
  Store::for_each_table(store, [](const char* name, const auto& table) {
    CAPTURE(name);
    CHECK(table.size() == 1);
    CHECK(table.changes().empty());
  });
}

TEST_CASE("a change of any kind of row is in the file once it is saved") {
  for (const RowChange& row : row_changes()) {
    CAPTURE(row.what);
    const TemporaryFolder folder;
    const Json left = after(filled_file(folder), row.change);
    const Json::json_pointer place(row.place);
    if (row.left.is_null()) {
      CHECK((!left.contains(place) || left[place].is_null()));
    } else {
      REQUIRE(left.contains(place));
      CHECK(left[place] == row.left);
    }
  }
}

TEST_CASE("rows keep their order, also behind one that went") {
  const TemporaryFolder folder;
  const Json left = after(filled_file(folder), [](Store& store) {
    store.users.add("zoe", directory_object("zoe", "Zoe"));
    store.users.add("bob", directory_object("bob", "Bob"));
    store.users.erase("zoe");
    store.users.add("amy", directory_object("amy", "Amy"));
  });
  std::string names;
  for (const Json& user : left["directory"]["users"]) names += string_or(user, "displayName") + " ";
  CHECK(names == "Ada Bob Amy ");
}

TEST_CASE("a file that nobody wrote to is not made; then it is private, and so is what is beside") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "emulator.db";
  const auto database = opened(file);
  CHECK_FALSE(database->has_state());
  CHECK_FALSE(std::filesystem::exists(file));
  Store store = database->empty_store();
  fill(store);
  database->save(store, noon);
  store.forget_changes();
  store.users.edit("ada")["jobTitle"] = "Analyst";
  database->save(store, noon);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    CAPTURE(entry.path());
    CHECK(mode_of(entry.path()) == 0600U);
  }
}

TEST_CASE("a document is kept once, and as long as a job uses it") {
  const TemporaryFolder folder;
  const auto file = filled_file(folder);
  const Json schema = {{"directories", Json::array()}};
  after(file, [&](Store& store) {
    store.jobs.add("other", job_of("other"));
    store.set_schema("other", schema);
  });
  CHECK(count(file, "documents") == 1);
  const Json left = after(file, [](Store& store) { store.set_schema("job", nullptr); });
  CHECK(count(file, "documents") == 1);
  CHECK(left["jobs"][1]["schema"] == schema);
  after(file, [](Store& store) { store.set_schema("other", {{"version", "2"}}); });
  CHECK(count(file, "documents") == 1);
  after(file, [](Store& store) {
    store.jobs.edit("other").deleted = noon;
    store.forget_changes();
    store.forget_deleted(noon);
  });
  CHECK(count(file, "documents") == 0);
}

TEST_CASE("a log keeps the newest 20000 entries") {
  StateDatabase database;
  Store store = database.empty_store();
  fill(store);
  for (int number = 0; number < 20'010; ++number) store.audits.append({{"number", number}});
  database.save(store, noon);
  store.forget_changes();
  const std::deque<Json> entries = store.audits.newest_first();
  CHECK(entries.size() == 20'000);
  CHECK(entries.front()["number"] == 20'009);
  CHECK(entries.back()["number"] == 10);
  store.audits.append({{"number", -1}});
  CHECK(store.audits.newest_first().front()["number"] == -1);  // before it is saved, too
}

TEST_CASE("a file that is no state is refused and stays as it is") {
  const TemporaryFolder folder;
  const auto file = filled_file(folder);
  std::string expected;
  SUBCASE("of a newer version") {
    Database(file).execute("PRAGMA user_version = 9");
    expected =
        file.string() + " has the emulator's state in version 9, and this program knows version 1";
  }
  SUBCASE("of another program") {
    Database(file).execute("PRAGMA application_id = 1");
    expected = file.string() + " is the database of another program";
  }
  SUBCASE("no database") {
    REQUIRE(write_file_atomically(file, std::string(5'000, 'x')).has_value());
    expected = file.string() + ": file is not a database";
  }
  const std::string before = read_file(file).value();
  const auto refused = StateDatabase::open(file);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::invalid_input);
  CHECK(refused.error().message == expected);
  CHECK_FALSE(refused.error().advice.empty());
  CHECK(read_file(file).value() == before);
}

TEST_CASE("a table that came into the program later is empty in an older file") {
  const TemporaryFolder folder;
  const auto file = filled_file(folder);
  Database(file).execute("DROP TABLE uploads");
  const Json left = after(file, [](Store& store) {
    CHECK(store.uploads.empty());
    store.uploads.add(Upload::row_id("job", "eve"), {"job", {{"id", "eve"}}});
  });
  CHECK(left["uploads"].size() == 1);
}

TEST_CASE("a broken row is damage of the file, told by its table") {
  const TemporaryFolder folder;
  const auto file = filled_file(folder);
  Database(file).execute("UPDATE jobs SET value = '{}'");
  const auto database = opened(file);
  CHECK_THROWS_WITH_AS(static_cast<void>(database->load()), "a row of 'jobs' is broken",
                       const StorageFault&);
}

TEST_CASE("what cannot be written is not written by half") {
  const TemporaryFolder folder;
  const auto file = filled_file(folder);
  Database(file).execute(
      "CREATE TRIGGER full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const auto database = opened(file);
  Store store = database->load();
  const Json before = exported(store);
  store.users.edit("ada")["jobTitle"] = "Analyst";
  store.jobs.edit("job").links.clear();
  store.audits.append({{"id", "2"}});
  CHECK_THROWS_WITH_AS(database->save(store, noon + 1s), "no room", const StorageFault&);
  CHECK(exported(database->load()) == before);
}

TEST_CASE("what is left of a removed database is not taken for a part of the new one") {
  const TemporaryFolder folder;
  const auto file = filled_file(folder);
  const auto wal = file.string() + "-wal";
  std::string left;
  {
    const auto database = opened(file);
    Store store = database->load();
    store.users.erase("ada");
    database->save(store, noon);
    left = read_file(wal).value();
  }
  REQUIRE_FALSE(left.empty());
  std::filesystem::remove(file);
  REQUIRE(write_file_atomically(wal, left).has_value());
  {
    const auto database = opened(file);
    Store store = database->empty_store();
    fill(store);
    database->save(store, noon);
  }
  const auto database = opened(file);
  const Json whole = exported(database->load());
  CHECK(whole["directory"]["users"].size() == 1);
}

}  // namespace syncwright::emulator
