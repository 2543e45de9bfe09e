#!/usr/bin/env python3
"""Which requests a change costs: the whole lists, as docs/performance.md explains them step by step.

A run's requests are the plan's own and each application's. The plan's go side by side, so that their order says nothing; an
application's own go one after another. What is indented travels with the request above it, in one $batch.
"""
import collections
import json
import re

from support import harness
from support.manifests import application, project
from support.tenant import instantiate

APPLICATION = """\
apiVersion: syncwright/v1
kind: Application
metadata: {name: salesforce}
spec:
  gallery: Salesforce
  displayName: Salesforce Contoso
  scope: assigned
  credentials:
    revision: "1"
    values:
      UserName: {env: TOKEN}
      Password: {env: TOKEN}
      SecretToken: {env: TOKEN}
  jobs:
    default:
      state: started
      schema:
        mappings:
          - object: User
            attributes:
              CompanyName: {constant: Contoso}
"""
NOTIFICATIONS = "  scope: assigned\n  notifications: {enabled: true, recipient: idm@contoso.example}\n"
AN_HOUR = json.dumps({"advanceMilliseconds": 3_600_000})

PLAN_OF_NEW = """\
GET /applicationTemplates
GET /applications
GET /applications(uniqueName)
GET /directory/deletedItems/microsoft.graph.application
GET /servicePrincipals
GET /servicePrincipals
GET /servicePrincipals
"""
PLAN_OF_KNOWN = """\
GET /applicationTemplates
GET /applications
GET /servicePrincipals
GET /servicePrincipals
GET /servicePrincipals/ID/synchronization/jobs
GET /servicePrincipals/ID/synchronization/jobs/JOB/schema
GET /servicePrincipals/ID/synchronization/secrets
"""
PLAN_OF_TWO_IN_BATCHES = [
    "GET /applicationTemplates",
    "GET /applications",
    "GET /servicePrincipals",
    "GET /servicePrincipals",
    *2 * ["GET /servicePrincipals/ID/synchronization/secrets\n  GET /servicePrincipals/ID/synchronization/jobs",
          "GET /servicePrincipals/ID/synchronization/jobs/JOB/schema"],
]
PLAN_OF_EDITED = """\
GET /applicationTemplates
GET /applications
GET /servicePrincipals
GET /servicePrincipals
GET /servicePrincipals/ID
GET /servicePrincipals/ID/synchronization/jobs
GET /servicePrincipals/ID/synchronization/jobs/JOB/schema
GET /servicePrincipals/ID/synchronization/secrets
"""
PLAN_OF_ADOPTION = """\
GET /applicationTemplates
GET /applications
GET /applications(appId='ID')
GET /applications(uniqueName)
GET /directory/deletedItems/microsoft.graph.application
GET /servicePrincipals
GET /servicePrincipals
GET /servicePrincipals
GET /servicePrincipals/ID/synchronization/jobs
"""
CREATION = """\
POST /applicationTemplates/ID/instantiate
PATCH /applications/ID
  GET /applications(uniqueName)
  GET /servicePrincipals/ID
PATCH /servicePrincipals/ID
  GET /servicePrincipals/ID
  GET /servicePrincipals/ID/synchronization/templates
  GET /servicePrincipals/ID/synchronization/jobs
POST /servicePrincipals/ID/synchronization/jobs
  GET /servicePrincipals/ID/synchronization/jobs
POST /servicePrincipals/ID/synchronization/jobs/JOB/validateCredentials
GET /servicePrincipals/ID/synchronization/secrets
PUT /servicePrincipals/ID/synchronization/secrets
GET /servicePrincipals/ID/synchronization/secrets
GET /servicePrincipals/ID/synchronization/jobs/JOB/schema
PUT /servicePrincipals/ID/synchronization/jobs/JOB/schema
GET /servicePrincipals/ID/synchronization/jobs/JOB/schema
  GET /servicePrincipals/ID
POST /servicePrincipals/ID/synchronization/jobs/JOB/start
  GET /servicePrincipals/ID/synchronization/jobs/JOB
  GET /servicePrincipals/ID
PATCH /servicePrincipals/ID
  GET /servicePrincipals/ID
"""
SETTINGS_CHANGE = """\
GET /servicePrincipals/ID/synchronization/secrets
POST /servicePrincipals/ID/synchronization/jobs/JOB/validateCredentials
GET /servicePrincipals/ID/synchronization/secrets
PUT /servicePrincipals/ID/synchronization/secrets
GET /servicePrincipals/ID/synchronization/secrets
  GET /servicePrincipals/ID
PATCH /servicePrincipals/ID
  GET /servicePrincipals/ID
"""
SCHEMA_CHANGE = """\
GET /servicePrincipals/ID/synchronization/jobs/JOB/schema
PUT /servicePrincipals/ID/synchronization/jobs/JOB/schema
GET /servicePrincipals/ID/synchronization/jobs/JOB/schema
  GET /servicePrincipals/ID
PATCH /servicePrincipals/ID
  GET /servicePrincipals/ID
"""
ADOPTION = """\
GET /servicePrincipals/ID
GET /applications/ID
PATCH /applications/ID
  GET /applications(uniqueName)
  GET /servicePrincipals/ID
PATCH /servicePrincipals/ID
  GET /servicePrincipals/ID
"""


def numbered(number):
    return APPLICATION.replace("{name: salesforce}", f"{{name: salesforce-{number}}}").replace(
        "Salesforce Contoso", f"Salesforce {number}")


def shape(method, path):
    """A request without what differs from tenant to tenant."""
    path = path.removeprefix("/v1.0")
    path = re.sub(r"/jobs/[^/]+", "/jobs/JOB", path)
    path = re.sub(r"\(uniqueName='[^']*'\)", "(uniqueName)", path)
    path = re.sub(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b", "ID", path)
    return f"{method} {path}"


def round_trips_of(listed):
    """The lines of a list above, those of a $batch together."""
    return re.split(r"\n(?! )", listed.rstrip("\n"))


class RequestCounts(harness.Scenario):
    clock = harness.VIRTUAL_CLOCK

    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "a secret of the test"
        self.write("syncwright.yaml", project("  guards: {maxUpdatesPercent: 100}\n"))
        self.server = self.serve()

    def requests_of(self, *arguments):
        """A line each; the first one of a $batch is what the others follow."""
        self.server.clear_requests()
        self.server.run(*arguments)
        return ["\n  ".join(shape(*request) for request in sent) for sent in self.server.round_trips()
                if not sent[0][1].endswith("/token") and not sent[0][1].startswith("/_emulator/")]

    def assert_plan(self, expected):
        self.assertEqual(sorted(self.requests_of("plan")), expected.splitlines())

    def apply(self, plan):
        """What an apply sends besides its plan's reads."""
        sent = self.requests_of("apply", "--auto-approve")
        reads = plan.splitlines()
        self.assertEqual(sorted(sent[:len(reads)]), reads)
        return "".join(f"{each}\n" for each in sent[len(reads):])

    def apply_an_hour_ago(self):
        """An application that is no longer young (docs/contract.md#5): only then an absence is an error at once."""
        self.write("manifests/salesforce.yaml", APPLICATION)
        self.server.run("apply", "--auto-approve")
        self.server.own("clock", AN_HOUR)

    def test_a_creation(self):
        self.write("manifests/salesforce.yaml", APPLICATION)
        self.assert_plan(PLAN_OF_NEW)
        self.assertEqual(self.apply(PLAN_OF_NEW), CREATION)

    def test_a_second_creation_shares_the_lists(self):
        for number in "12":
            self.write(f"manifests/salesforce-{number}.yaml", numbered(number))
        counted = collections.Counter(self.requests_of("apply", "--auto-approve"))
        own = collections.Counter(round_trips_of(CREATION)) + collections.Counter(
            ["GET /applications(uniqueName)", "GET /servicePrincipals"])  # who has its key, and who its name
        shared = collections.Counter(PLAN_OF_NEW.splitlines())
        shared.subtract(["GET /applications(uniqueName)", "GET /servicePrincipals"])
        self.assertEqual(counted, own + own + shared)

    def test_a_plan_without_changes(self):
        self.apply_an_hour_ago()
        self.assert_plan(PLAN_OF_KNOWN)

    def test_a_plan_of_more_than_may_be_in_flight_shares_round_trips(self):
        for number in "12":
            self.write(f"manifests/salesforce-{number}.yaml", numbered(number))
        self.server.run("apply", "--auto-approve")
        self.server.own("clock", AN_HOUR)
        sent = self.requests_of("plan", "--parallelism", "1")
        self.assertEqual(collections.Counter(sent), collections.Counter(PLAN_OF_TWO_IN_BATCHES))
        # Nobody waits for a turn here: all goes side by side.
        known = PLAN_OF_KNOWN.splitlines()
        own = [each for each in known if each.startswith("GET /servicePrincipals/ID/")]
        self.assertEqual(sorted(self.requests_of("plan", "--parallelism", "2")), sorted(known + own))

    def test_a_settings_change(self):
        self.apply_an_hour_ago()
        self.edit("manifests/salesforce.yaml", "  scope: assigned\n", NOTIFICATIONS)
        self.assertEqual(self.apply(PLAN_OF_EDITED), SETTINGS_CHANGE)

    def test_a_schema_change(self):
        self.apply_an_hour_ago()
        self.edit("manifests/salesforce.yaml", "{constant: Contoso}", "{constant: Fabrikam}")
        self.assertEqual(self.apply(PLAN_OF_EDITED), SCHEMA_CHANGE)

    def test_an_adoption(self):
        made = instantiate(self.server, "Salesforce Contoso", gallery="Salesforce")
        jobs = f"/servicePrincipals/{made['servicePrincipal']['id']}/synchronization"
        template = self.server.graph("GET", f"{jobs}/templates")["value"][0]
        self.server.graph("POST", f"{jobs}/jobs", {"templateId": template["id"]})
        self.server.own("clock", AN_HOUR)
        self.write("manifests/salesforce.yaml", application(
            "salesforce", "Salesforce Contoso", gallery="Salesforce", more="  lifecycle: {adopt: by-name}\n"))
        self.assert_plan(PLAN_OF_ADOPTION)
        self.assertEqual(self.apply(PLAN_OF_ADOPTION), ADOPTION)


if __name__ == "__main__":
    harness.main()
