#!/usr/bin/env python3
"""One set of manifests, several tenants: what is planned for one is not carried out in another."""
import base64
import contextlib
import http.server
import json
import signal
import subprocess
import threading
import urllib.parse

from support import harness, loopback
from support.manifests import application, project
from support.tenant import STATE

TENANT = "034a7209-e89f-449b-88ed-2e97639028e1"  # the emulator's
OTHER = "00000000-1111-2222-3333-444444444444"


class Environments(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.write("syncwright.yaml", project(
            "  environments:\n"
            f"    test: {{tenant: {TENANT}, variables: {{suffix: Test}}}}\n"
            f"    prod: {{tenant: {TENANT}, variables: {{suffix: Prod}}}}\n"
            f"    elsewhere: {{tenant: {OTHER}, variables: {{suffix: Else}}}}\n"))
        self.write("manifests/app.yaml", application("app", "'Dropbox ${var.suffix}'"))

    def test_two_environments_of_one_tenant_have_an_application_each(self):
        self.emulator = f"--emulator={STATE}"
        for name, suffix in (("test", "Test"), ("prod", "Prod")):
            first = self.emulated("plan", "-e", name).out.splitlines()[0]
            self.assertIn(name, first)
            self.assertIn(TENANT, first)
            self.emulated("apply", "--auto-approve", "-e", name)
            self.assert_nothing_to_do(self.emulator, "-e", name, "--prune")
        server = self.serve(state=STATE)
        tags = {one["displayName"]: [tag for tag in one["tags"] if tag.startswith("syncwright:")]
                for one in server.graph("GET", "/servicePrincipals?$filter=tags/any(t:t eq 'x') or "
                                        "startswith(displayName,'Dropbox')")["value"]}
        self.assertEqual(tags, {"Dropbox Test": ["syncwright:contoso/test"],
                                "Dropbox Prod": ["syncwright:contoso/prod"]})

    def test_one_has_to_be_chosen(self):
        self.assertIn("SW2020", self.emulated("plan", expect=65).err)
        self.assertIn("SW2021", self.emulated("plan", "-e", "dev", expect=65).err)

    def test_a_token_of_another_tenant_is_refused_before_the_first_read(self):
        server = self.serve()
        server.clear_requests()
        for command in (["plan"], ["apply", "--auto-approve"], ["drift"], ["status"]):
            outcome = server.run(*command, "-e", "elsewhere", expect=3)
            self.assertIn(OTHER, outcome.err)
        self.assertEqual([path for method, path in server.requests() if method == "GET"], [])

    def test_a_plan_for_one_environment_is_not_applied_for_another(self):
        self.emulated("plan", "-e", "test", "--out", "plan.json")
        outcome = self.emulated("apply", "--plan", "plan.json", "-e", "prod", expect=3)
        self.assertIn("the plan is for environment test, -e names prod", outcome.err)
        self.emulated("apply", "--plan", "plan.json", "-e", "test")
        self.assert_nothing_to_do("--emulator", "-e", "test")

    def test_a_plan_says_itself_what_it_is_for(self):
        self.emulated("plan", "-e", "test", "--out", "plan.json")
        self.emulated("apply", "--plan", "plan.json")
        self.assert_nothing_to_do("--emulator", "-e", "test")

    def test_a_plan_for_another_tenant_is_refused(self):
        self.emulated("plan", "-e", "test", "--out", "plan.json")
        document = json.loads(self.read("plan.json"))
        document["tenantId"] = OTHER
        self.write("plan.json", json.dumps(document))
        outcome = self.emulated("apply", "--plan", "plan.json", "-e", "test", expect=65)
        self.assertIn("`tenantId` is not the one of `desired`", " ".join(outcome.err.split()))

    def test_writers_of_the_environment_are_not_foreign(self):
        self.emulated("apply", "--auto-approve", "-e", "test")
        self.assertIsInstance(self.emulated("drift", "-e", "test", "--format", "json").json()["edits"], list)


SET = """\
apiVersion: syncwright/v1
kind: ApplicationSet
metadata: {name: teams}
spec:
  from: ../teams.csv
  template:
    metadata: {name: "dropbox-${each.team}", labels: {stage: "${var.stage}"}}
    spec:
      gallery: Dropbox
      displayName: Dropbox ${each.team} ${var.suffix}
      notifications: {enabled: true, recipient: "${each.team}@${var.domain}"}
      deletions: {threshold: "${var.threshold}"}
      jobs:
        default:
          state: "${var.state}"
          schema:
            include: [domains]
---
apiVersion: syncwright/v1
kind: MappingSet
metadata: {name: domains}
spec:
  mappings:
    - object: User
      scopingFilter: {any: [{all: [{attribute: mail, operator: ENDS_WITH, values: ["@${var.domain}"]}]}]}
"""
SECOND = {"tenant": {"id": OTHER, "displayName": "Production", "defaultDomain": "contoso.example"},
          "users": [], "groups": []}


class Promotion(harness.Scenario):
    """From a tenant to the next: the same files, other variables."""

    def setUp(self):
        super().setUp()
        self.write("catalog/directory.json", json.dumps(SECOND))
        self.servers = {"test": self.serve(state="test.db"),
                        "prod": self.serve("--catalog", "catalog", state="prod.db")}
        self.write("syncwright.yaml", project(
            "  environments:\n"
            f"    test: {{tenant: {TENANT}, variables: {{domain: test.contoso.com, suffix: Test, stage: t, "
            "threshold: 5, state: paused}}\n"
            f"    prod: {{tenant: {OTHER}, variables: {{domain: contoso.com, suffix: Prod, stage: p, "
            "threshold: 500, state: paused}}\n"))
        self.write("manifests/set.yaml", SET)
        self.write("teams.csv", "team\nsales\nlegal\n")

    def run_in(self, name, *arguments, **options):
        return self.servers[name].run(*arguments, "-e", name, **options)

    def test_a_set_goes_from_one_tenant_to_the_next(self):
        for name, tenant, suffix, domain in (("test", TENANT, "Test", "test.contoso.com"),
                                             ("prod", OTHER, "Prod", "contoso.com")):
            self.assertEqual(self.run_in(name, "plan").out.splitlines()[0],
                             f"Plan for contoso/{name} in tenant {tenant}")
            self.run_in(name, "plan", "--out", f"{name}.plan")
            self.run_in(name, "apply", "--plan", f"{name}.plan")
            self.run_in(name, "plan", "--detailed-exitcode", "--prune")
            self.run_in(name, "drift")
            server = self.servers[name]
            held = server.graph("GET", "/servicePrincipals?$filter=startswith(displayName,'Dropbox')")["value"]
            self.assertEqual(sorted(each["displayName"] for each in held),
                             [f"Dropbox legal {suffix}", f"Dropbox sales {suffix}"])
            for principal in held:
                self.assertIn(f"syncwright:contoso/{name}", principal["tags"])
                secrets = server.graph("GET", f"/servicePrincipals/{principal['id']}/synchronization/secrets")["value"]
                settings = json.loads(next(each["value"] for each in secrets
                                           if each["key"] == "SyncNotificationSettings"))
                self.assertTrue(settings["Recipients"].endswith("@" + domain), settings)
        self.write("teams.csv", "team\nsales\nlegal\nops\n")
        for name in ("test", "prod"):
            plan = self.run_in(name, "plan", "--format", "json").json()
            self.assertEqual((plan["summary"]["create"], plan["summary"]["unchanged"]), (1, 2))
            self.run_in(name, "apply", "--auto-approve")
            self.run_in(name, "plan", "--detailed-exitcode")

    def test_a_plan_of_one_is_refused_in_the_next(self):
        self.run_in("test", "plan", "--out", "test.plan")
        for arguments, said in ((["-e", "prod"], "the plan is for environment test, -e names prod"), ([], OTHER)):
            outcome = self.servers["prod"].run("apply", "--plan", "test.plan", *arguments, expect=3)
            self.assertIn(said, outcome.err)
        outcome = self.servers["test"].run("apply", "--auto-approve", "-e", "prod", expect=3)
        self.assertIn(f"the token is for tenant {TENANT}, the manifests are for {OTHER}", outcome.err)
        for name in ("test", "prod"):
            self.assertEqual([path for method, path in self.servers[name].requests()
                              if method in ("POST", "PUT", "PATCH") and "/token" not in path], [])

    def test_variables_that_differ_are_a_stale_plan(self):
        self.run_in("test", "plan", "--out", "test.plan", "--var", "suffix=Other")
        self.assertIn("the manifests changed", self.run_in("test", "apply", "--plan", "test.plan", expect=4).err)
        self.run_in("test", "apply", "--plan", "test.plan", "--var", "suffix=Other")


class Variables(harness.Scenario):
    """Environment, over it --var-file in order, over that --var."""

    def setUp(self):
        super().setUp()
        self.write("syncwright.yaml", project(
            "  environments: {dev: {variables: {a: environment, b: environment, c: environment, d: environment}}}\n"))
        self.write("manifests/app.yaml", application("app", "'${var.a} ${var.b} ${var.c} ${var.d}'"))
        self.write("one.yaml", "b: one\nc: one\nd: one\n")
        self.write("two.json", '{"c": "two", "d": "two"}')

    def name(self, *flags):
        plan = self.emulated("plan", "-e", "dev", "--format", "json", *flags).json()
        return next(field["after"] for field in plan["changes"][0]["fields"] if field["path"] == "displayName")

    def test_precedence(self):
        self.assertEqual(self.name(), "environment environment environment environment")
        files = ("--var-file", "one.yaml", "--var-file", "two.json")
        self.assertEqual(self.name(*files), "environment one two two")
        self.assertEqual(self.name("--var", "d=flag", *files), "environment one two flag")
        self.assertEqual(self.name(*files[2:], *files[:2]), "environment one one one")
        self.assertEqual(self.name("--var", "a=x", "--var", "a=y=z"), "y=z environment environment environment")

    def test_what_is_no_variable(self):
        for flags, code in ((("--var", "a"), "SW2003"), (("--var", "1=x"), "SW2003"),
                            (("--var-file", "none.yaml"), "SW0106")):
            self.assertIn(code, self.emulated("plan", "-e", "dev", *flags, expect=65).err)
        self.write("bad.yaml", "a: [1]\n2b: x\n")
        said = self.emulated("plan", "-e", "dev", "--var-file", "bad.yaml", expect=65).err
        self.assertIn("bad.yaml:1:4: error[SW1002]", said)
        self.assertIn("bad.yaml:2:1: error[SW2003]", said)

    def test_the_project_file_knows_the_flags_alone(self):
        self.write("syncwright.yaml", project(
            "  environments: {dev: {tenant: '${var.tenant}', variables: {a: x, b: x, c: x, d: x}}}\n"))
        self.assertIn("SW2002", self.emulated("plan", "-e", "dev", expect=65).err)
        self.emulated("plan", "-e", "dev", "--var", f"tenant={TENANT}")
        plan = self.emulated("plan", "-e", "dev", "--var", f"tenant={OTHER}")
        self.assertIn(OTHER, plan.out.splitlines()[0])

    def test_every_command_on_a_tenant_asks_for_an_environment(self):
        for command in (["validate"], ["test"], ["plan"], ["apply", "--auto-approve"], ["drift"], ["status"], ["logs"],
                        ["export"], ["whoami"], ["catalog"], ["job", "start", "--app", "app"],
                        ["provision", "--app", "app", "--user", "x"]):
            outcome = self.run_syncwright(*command, "--emulator", expect=65)
            self.assertIn("add -e NAME, one of: dev", outcome.err, command)
            self.assertEqual(outcome.out, "")
        self.assertIn("did you mean `dev`?", self.emulated("plan", "-e", "de", expect=65).err)
        self.write("syncwright.yaml", project())
        self.assertIn("SW2021", self.emulated("plan", "-e", "dev", expect=65).err)


class Internet:
    """Everybody's proxy and token endpoint: it lets nobody out, and keeps who was asked for what."""

    def __init__(self, scenario):
        self.hosts, self.forms, self.asked = [], [], threading.Event()
        internet = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_CONNECT(self):
                internet.hosts.append(self.path)
                internet.asked.set()
                with contextlib.suppress(OSError):  # who was stopped does not listen any more
                    self.send_error(403)

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                internet.forms.append(urllib.parse.parse_qs(self.rfile.read(length).decode()))
                claims = base64.urlsafe_b64encode(json.dumps({"tid": OTHER, "appid": "app"}).encode()).decode()
                body = json.dumps({"token_type": "Bearer", "expires_in": 3599,
                                   "access_token": f"e30.{claims.rstrip('=')}.x"}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.url = loopback.serve(scenario, Handler).url


class Clouds(harness.Scenario):
    """Which hosts an environment's cloud means: https://learn.microsoft.com/graph/deployments."""

    HOSTS = {"global": ("login.microsoftonline.com", "graph.microsoft.com"),
             "usgov": ("login.microsoftonline.us", "graph.microsoft.us"),
             "usgovdod": ("login.microsoftonline.us", "dod-graph.microsoft.us"),
             "china": ("login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn")}
    COMMANDS = (["plan"], ["catalog"], ["drift"])

    def setUp(self):
        super().setUp()
        self.write("syncwright.yaml", project("  environments:\n" + "".join(
            f"    {cloud}: {{tenant: {OTHER}, cloud: {cloud}}}\n" for cloud in self.HOSTS)))
        self.write("manifests/app.yaml", application("app", "App"))

    def first_host(self, *arguments, **environment):
        """Whom a command wants to speak to first beyond this machine; it is stopped then."""
        internet = Internet(self)
        named = {name: value.replace("INTERNET", internet.url) for name, value in environment.items()}
        process = subprocess.Popen(
            [harness.BINARY, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
            env={**self.environment, "HTTPS_PROXY": internet.url, "AZURE_TENANT_ID": OTHER, "AZURE_CLIENT_ID": "app",
                 "AZURE_CLIENT_SECRET": "any", **named})
        asked = internet.asked.wait(harness.TIMEOUT)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=harness.TIMEOUT)
        self.assertTrue(asked, err)
        self.assertEqual(process.returncode, 130, err)
        self.assertEqual(len(set(internet.hosts)), 1, internet.hosts)
        return internet.hosts[0], internet.forms

    def test_tokens_come_from_the_clouds_own_authority(self):
        for cloud, (authority, _) in self.HOSTS.items():
            for command in (*self.COMMANDS, ["whoami"], ["export"]):
                host, forms = self.first_host(*command, "-e", cloud)
                self.assertEqual((host, forms), (f"{authority}:443", []))

    def test_requests_go_to_the_clouds_own_graph_with_a_token_for_it(self):
        for cloud, (_, graph) in self.HOSTS.items():
            for command in self.COMMANDS:
                host, forms = self.first_host(*command, "-e", cloud, AZURE_AUTHORITY_HOST="INTERNET")
                self.assertEqual(host, f"{graph}:443")
                self.assertEqual([form["scope"] for form in forms], [[f"https://{graph}/.default"]])

    def test_what_the_caller_says_goes_before_the_cloud(self):
        host, _ = self.first_host("plan", "-e", "usgov", AZURE_AUTHORITY_HOST="login.example.com")
        self.assertEqual(host, "login.example.com:443")
        for environment, flags in (({"SYNCWRIGHT_ENDPOINT": "https://graph.example.com"}, []),
                                   ({}, ["--endpoint", "https://graph.example.com/"])):
            host, forms = self.first_host("plan", "-e", "china", *flags, AZURE_AUTHORITY_HOST="INTERNET", **environment)
            self.assertEqual(host, "graph.example.com:443")
            self.assertEqual(forms[0]["scope"], ["https://graph.example.com/.default"])


if __name__ == "__main__":
    harness.main()
