#!/usr/bin/env python3
"""One project from dev to test to prod, tried offline: three tenants, each with a state of its own."""

from support import harness
from support.manifests import application, project, started
from support.tenant import LiveApplication, portal, state_of

TENANTS = {"dev": "0de00000-1111-4222-8333-444444444444",
           "test": "07e57000-1111-4222-8333-444444444444",
           "prod": "09f0d000-1111-4222-8333-444444444444"}
DEV, TEST, PROD = TENANTS.values()


def state(environment):
    return f".syncwright/emulator-{environment}.db"


class Promotion(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.write("syncwright.yaml", project("  environments:\n" + "".join(
            f"    {name}: {{tenant: {tenant}, variables: {{suffix: {name.capitalize()}}}}}\n"
            for name, tenant in TENANTS.items())))
        self.manifest()

    def manifest(self, more=""):
        self.write("manifests/app.yaml", application(
            "app", "'Dropbox ${var.suffix}'", state="started", more=started(more=more)))

    def tenant_of_plan(self, *flags, **options):
        return self.emulated("plan", "--format", "json", *flags, **options).json()["tenantId"]

    def promote(self, name):
        """Planned, reviewed, applied, and then there is nothing left to do."""
        self.emulated("plan", "-e", name, "--out", f"{name}.plan")
        self.emulated("apply", "--plan", f"{name}.plan", "-e", name)
        self.emulated("drift", "-e", name)
        self.assert_nothing_to_do("--emulator", "-e", name, "--prune")


class Embedded(Promotion):
    def test_one_project_goes_from_dev_to_test_to_prod(self):
        for name, tenant in TENANTS.items():
            self.assertFalse((self.folder / state(name)).exists())
            plan = self.emulated("plan", "-e", name)
            self.assertEqual(plan.out.splitlines()[0], f"Plan for contoso/{name} in tenant {tenant}")
            self.promote(name)
            with portal(self, state=state(name)) as server:
                self.assertEqual(server.graph("GET", "/organization")["value"][0]["id"], tenant)
                live = LiveApplication(server, f"Dropbox {name.capitalize()}")
                self.assertIn(f"syncwright:contoso/{name}", live.own_tags)
                self.assertEqual(live.principal["appOwnerOrganizationId"], tenant)
        self.assertFalse((self.folder / ".syncwright/emulator.db").exists())

    def test_a_change_reaches_one_tenant_after_the_other(self):
        for name in TENANTS:
            self.promote(name)
        self.manifest("  notifications: {enabled: true, recipient: idm@contoso.example}\n")
        waiting = list(TENANTS)
        while waiting:
            for name in TENANTS:
                self.emulated("plan", "-e", name, "--detailed-exitcode", expect=2 if name in waiting else 0)
            self.promote(waiting.pop(0))
        for name in TENANTS:
            self.assert_nothing_to_do("--emulator", "-e", name)

    def test_a_plan_of_one_is_refused_in_the_next(self):
        self.emulated("plan", "-e", "dev", "--out", "dev.plan")
        outcome = self.emulated("apply", "--plan", "dev.plan", "-e", "test", expect=3)
        self.assertIn("the plan is for environment dev, -e names test", outcome.err)
        self.emulated("apply", "--plan", "dev.plan")  # says itself what it is for
        self.assert_nothing_to_do("--emulator", "-e", "dev")
        self.emulated("plan", "-e", "test", "--detailed-exitcode", expect=2)

    def test_every_command_is_in_the_tenant_of_its_environment(self):
        self.promote("test")
        self.assertEqual(self.emulated("whoami", "-e", "test", "--format", "json").json()["tenantId"], TEST)
        for command in (["status"], ["logs"], ["catalog", "box"], ["job", "pause", "--app", "app"],
                        ["export", "--app", "Dropbox Test"]):
            self.emulated(*command, "-e", "test")
        self.assertEqual(sorted(path.name for path in (self.folder / ".syncwright").glob("emulator*.db")),
                         ["emulator-test.db"])

    def test_what_the_shell_says_about_azure_is_no_part_of_it(self):
        said = {"AZURE_TENANT_ID": PROD, "AZURE_CLIENT_ID": "app", "AZURE_CLIENT_SECRET": "any",
                "AZURE_AUTHORITY_HOST": "http://127.0.0.1:1", "SYNCWRIGHT_ACCESS_TOKEN": "opaque"}
        self.assertEqual(self.tenant_of_plan("-e", "dev", environment=said), DEV)

    def test_a_state_in_use_bars_no_other_environment(self):
        with portal(self, state=state("dev")):
            self.assertIn("emulator-dev.db is in use", self.emulated("plan", "-e", "dev", expect=1).err)
            self.emulated("plan", "-e", "test")

    def test_a_file_that_is_named_is_the_tenant_of_whoever_works_on_it(self):
        self.emulator = "--emulator=shared.db"
        self.emulated("apply", "--auto-approve", "-e", "dev")
        self.assertEqual(self.tenant_of_plan("-e", "prod"), PROD)
        self.assertEqual(state_of(self, "shared.db")["directory"]["tenant"]["id"], DEV)  # nothing was written
        self.emulated("apply", "--auto-approve", "-e", "prod")
        self.assertEqual(state_of(self, "shared.db")["directory"]["tenant"]["id"], PROD)
        with portal(self, state="shared.db") as server:
            owners = {name: LiveApplication(server, f"Dropbox {name}").principal["appOwnerOrganizationId"]
                      for name in ("Dev", "Prod")}
        self.assertEqual(owners, {"Dev": DEV, "Prod": PROD})
        self.assertFalse((self.folder / state("prod")).exists())

    def test_the_state_without_environments_keeps_its_name(self):
        self.write("syncwright.yaml", project())
        self.write("manifests/app.yaml", application("app", "Dropbox"))
        self.emulated("apply", "--auto-approve")
        self.assertTrue((self.folder / ".syncwright/emulator.db").exists())


class Served(Promotion):
    def test_it_answers_as_the_tenant_that_its_caller_names(self):
        server = self.serve()
        for name, tenant in TENANTS.items():
            caller = {"AZURE_TENANT_ID": tenant.upper()}
            plan = server.run("plan", "-e", name, environment=caller)
            self.assertEqual(plan.out.splitlines()[0], f"Plan for contoso/{name} in tenant {tenant}")
            server.run("apply", "--auto-approve", "-e", name, environment=caller)
            principal = LiveApplication(server, f"Dropbox {name.capitalize()}").principal
            self.assertEqual(principal["appOwnerOrganizationId"], tenant)

    def test_the_wrong_tenant_is_refused_before_the_first_read(self):
        server = self.serve()
        for command in (["plan"], ["apply", "--auto-approve"], ["drift"], ["status"]):
            outcome = server.run(*command, "-e", "prod", environment={"AZURE_TENANT_ID": DEV}, expect=3)
            self.assertIn(f"the token is for tenant {DEV}, the manifests are for {PROD}", outcome.err)
        self.assertEqual([path for method, path in server.requests() if "/oauth2/" not in path], [])

    def test_a_name_means_the_same_tenant_in_every_run(self):
        self.write("syncwright.yaml", project())

        def tenant(server, name):
            claims = server.run("whoami", "--format", "json", environment={"AZURE_TENANT_ID": name})
            return claims.json()["tenantId"]
        first, second = self.serve(), self.serve(state="second.db")
        named = tenant(first, "northwind.example")
        self.assertEqual(tenant(second, "Northwind.example"), named)
        own = tenant(first, "contoso.example")
        self.assertEqual(own, tenant(first, "contoso"))
        self.assertEqual(len({named, own, tenant(first, "tailspin.example")}), 3)


if __name__ == "__main__":
    harness.main()
