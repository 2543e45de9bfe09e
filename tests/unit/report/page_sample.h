#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/report/html_page.h"

/// Pages to look at: of the unit tests, and of the browser's (tests/page).
namespace syncwright::report::test::pages {

inline PageFlow direct(const std::string& attribute) {
  return {PageFlow::Kind::direct, "[" + attribute + "]", {attribute}, "", "", ""};
}

inline PageFlow formula(const std::string& expression, std::vector<std::string> sources) {
  return {PageFlow::Kind::expression, expression, std::move(sources), "", "", ""};
}

inline PageMapping unchanged(const std::string& target, PageFlow flow) {
  PageMapping made;
  made.target = target;
  made.after = std::move(flow);
  return made;
}

inline PageMapping changed(const std::string& target, PageFlow before, PageFlow after) {
  PageMapping made = unchanged(target, std::move(after));
  made.changed = true;
  made.before = std::move(before);
  return made;
}

/// User to User, in which one row differs and one is new.
inline PageObjectMapping people_mapping() {
  PageObjectMapping people{"default", "", "User", "User", {}};
  PageFlow name = formula("ToLower([userPrincipalName])", {"userPrincipalName"});
  name.matching = "1";
  people.mappings.push_back(unchanged("userName", name));
  people.mappings.back().samples = {{"an account of its own", "ada@contoso.example"}};
  people.mappings.push_back(
      unchanged("active", formula("Not([IsSoftDeleted])", {"IsSoftDeleted"})));
  people.mappings.back().samples = {{"an account of its own", "True"}};
  people.mappings.push_back(
      changed("displayName", direct("displayName"),
              formula("Join(\" \", [givenName], [surname])", {"givenName", "surname"})));
  people.mappings.back().samples = {{"an account of its own", "Ada Lovelace"},
                                    {"a guest", "Grace Hopper"}};
  people.mappings.push_back(unchanged("name.familyName", direct("surname")));
  PageFlow once = direct("mail");
  once.when = "ObjectAddOnly";
  people.mappings.push_back(unchanged("emails[type eq \"work\"].value", once));
  PageFlow title = direct("jobTitle");
  title.default_value = "Employee";
  people.mappings.push_back(unchanged("title", title));
  people.mappings.push_back(unchanged(
      "preferredLanguage",
      formula(
          "Switch([country], \"en-US\", \"DE\", \"de-DE\", \"FR\", \"fr-FR\", \"JP\", \"ja-JP\")",
          {"country"})));
  PageMapping office =
      unchanged("officeCode", PageFlow{PageFlow::Kind::constant, "HQ", {}, "", "", ""});
  office.changed = true;
  people.mappings.push_back(office);
  return people;
}

inline StatusRow running_job(const std::string& application) {
  StatusRow job;
  job.application = application;
  job.job = "default";
  job.state = "started";
  job.code = "Active";
  job.has_cycle = true;
  job.cycle = {"Succeeded", "2026-11-22T09:12:00Z", "2026-11-22T09:14:31Z", 1240, 18, 4, 0, ""};
  job.steady_since = "2026-10-30T07:00:00Z";
  job.entries = {{"User to User", 1236}};
  return job;
}

inline StatusRow quarantined_job(const std::string& application) {
  StatusRow job = running_job(application);
  job.code = "Quarantine";
  job.cycle = {"Failed",
               "2026-11-22T08:00:00Z",
               "2026-11-22T08:00:41Z",
               310,
               0,
               0,
               12,
               "InvalidCredentials: the target refused the token"};
  job.quarantine = "EncounteredQuarantineException (InvalidCredentials)";
  job.quarantine_message = "The credentials are not accepted by https://api.box.example.";
  job.quarantine_since = "2026-11-13T04:00:00Z";
  job.next_attempt = "2026-11-23T04:00:00Z";
  job.way_out = "save new credentials: change credentials.revision and apply";
  return job;
}

inline PageStep step(const std::string& type, char sign, const std::string& title,
                     const std::string& reason, const std::string& place) {
  PageStep made;
  made.type = type;
  made.sign = sign;
  made.title = title;
  made.reason = reason;
  made.place = place;
  return made;
}

inline PageApplication salesforce() {
  PageApplication made;
  made.name = "salesforce-contoso";
  made.display_name = "Salesforce Contoso";
  made.gallery = "Salesforce";
  made.state = PageState::differs;
  made.word = "drifted";
  made.jobs = {running_job(made.name)};
  PageStep put = step("schema.put", '~', "schema of job default differs",
                      "the live schema differs in 2 places", "salesforce.yaml:23");
  put.cause = "edited in the tenant";
  put.risk = "expose";
  put.fields = {{"salesforce.com/User.officeCode", "", "String"}};
  made.steps = {
      step("assignment.add", '+', "group Sales is not assigned as User", "", "salesforce.yaml:14"),
      put};
  made.mappings = {people_mapping()};
  made.edits = {{"mallory@contoso.example", "2026-11-21T16:40:00Z",
                 "Update attribute mappings or scope", false, true, false},
                {"ci-runner", "2026-11-18T09:00:00Z", "Update attribute mappings or scope", true,
                 true, false}};
  return made;
}

inline PageApplication box() {
  PageApplication made;
  made.name = "box-contoso";
  made.display_name = "Box";
  made.gallery = "Box";
  made.state = PageState::quarantined;
  made.jobs = {quarantined_job(made.name)};
  PageObjectMapping groups{"default", "", "Group", "Group", {}};
  groups.mappings = {unchanged("displayName", direct("displayName")),
                     unchanged("members", direct("members"))};
  made.mappings = {groups};
  return made;
}

inline PageApplication aws() {
  PageApplication made;
  made.name = "aws-contoso";
  made.display_name = "AWS Contoso";
  made.gallery = "AWS Single-Account Access";
  made.state = PageState::differs;
  made.word = "drifted";
  made.jobs = {running_job(made.name)};
  PageStep save = step("credentials.save", '~', "settings differ",
                       "the revision went from \"2026-11\" to \"2026-12\"", "aws.yaml:11");
  save.fields = {{"credentials.revision", "2026-11", "2026-12"},
                 {"credentials.SecretToken", "(saved)", "from file secrets/aws-secret-access-key"}};
  made.steps = {
      step("credentials.validate", '>', "test credentials",
           "credentials are tried on the target system before they are saved", "aws.yaml:11"),
      save};
  return made;
}

inline PageApplication workday() {
  PageApplication made;
  made.name = "workday-to-entra";
  made.display_name = "Workday";
  made.gallery = "Workday to Microsoft Entra ID User Provisioning";
  made.jobs = {running_job(made.name)};
  PageObjectMapping workers{"default", "", "Worker", "User", {}};
  workers.mappings = {
      unchanged("employeeId", direct("WorkerID")),
      unchanged(
          "userPrincipalName",
          formula("SelectUniqueValue(Join(\"@\", NormalizeDiacritics(Join(\".\", [FirstName], "
                  "[LastName])), \"contoso.example\"))",
                  {"FirstName", "LastName"})),
      unchanged("accountEnabled",
                formula("Switch([Active], \"False\", \"1\", \"True\")", {"Active"}))};
  made.mappings = {workers};
  return made;
}

/// What `drift` finds in a tenant where much has happened.
inline PageInput drift_page() {
  PageInput page;
  page.command = "drift";
  page.project = "contoso";
  page.environment = "prod";
  page.tenant = "034a7209-e89f-449b-88ed-2e97639028e1";
  page.now = *parse_rfc3339("2026-11-22T10:00:00Z");
  page.provenance = {"", "8f0c2b1", "syncwright 0.1.0"};
  page.state = PageState::quarantined;
  page.verdict = "1 application in quarantine, 2 drifted";
  page.summary = "1 of 4 applications is as the manifests say.";
  page.reading = "All 4 applications of the manifests were read, and who edited them.";
  page.tables =
      "The tables show the mappings that the manifests manage, and every one that differs.";
  page.applications = {workday(), salesforce(), box(), aws()};
  return page;
}

inline const char* const kHostile =
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"' \x1b[31m\u202eevil\u202c "
    "\u200b&amp; {{x}}";

/// Every foreign text is an attack.
inline PageInput hostile_page() {
  PageInput page = drift_page();
  const std::string evil = kHostile;
  page.project = page.environment = page.tenant = page.verdict = page.summary = page.reading = evil;
  page.provenance = {evil, evil, evil};
  page.notices = {{PageState::refused, evil, evil}};
  PageApplication application = salesforce();
  application.name = application.display_name = application.gallery = application.word = evil;
  application.notes = {evil};
  StatusRow& job = application.jobs.front();
  job.job = job.state = job.code = job.quarantine = job.quarantine_message = job.note = evil;
  job.way_out = job.next_attempt = job.cycle.state = job.cycle.ended = job.cycle.error = evil;
  job.entries = {{evil, 1}};
  PageStep& put = application.steps.back();
  put.title = put.reason = put.place = put.cause = put.risk = put.outcome = put.advice = evil;
  put.fields = {{evil, evil, evil}};
  PageObjectMapping& mapping = application.mappings.front();
  mapping = {evil, evil, evil, evil, {changed(evil, direct(evil), formula(evil, {evil}))}};
  mapping.mappings.front().samples = {{evil, evil}};
  mapping.mappings.front().after->default_value = evil;
  mapping.mappings.front().after->when = evil;
  application.edits = {{evil, evil, evil, false, true, false},
                       {evil, "2026-11-21T16:40:00Z", evil, false, true, true}};
  application.cases = {{evil, evil, evil, {evil}, {evil}}};
  page.applications = {application};
  return page;
}

/// As many applications, of which every seventh differs.
inline PageInput many_applications(std::size_t count) {
  PageInput page = drift_page();
  page.applications.clear();
  std::size_t differing = 0;
  for (std::size_t i = 0; i < count; ++i) {
    PageApplication made = i % 7 == 0 ? salesforce() : workday();
    made.name = "application-" + std::to_string(i);
    differing += i % 7 == 0 ? 1 : 0;
    page.applications.push_back(std::move(made));
  }
  page.state = PageState::differs;
  page.verdict =
      std::to_string(differing) + " of " + std::to_string(count) + " applications drifted";
  return page;
}

}  // namespace syncwright::report::test::pages
