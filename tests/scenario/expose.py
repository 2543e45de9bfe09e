#!/usr/bin/env python3
"""What gives more people access, or leaves it to those who go, is a risk with a name, a number and a place to see it."""
from support import harness
from support.manifests import application, project, started
from support.tenant import LiveApplication, instantiate, portal

RISK_LINE = "        risk        expose: people may get accounts in the target, or keep them after they leave\n"
SALES = "{attribute: department, operator: EQUALS, values: [Sales]}"
LYON = "{attribute: city, operator: EQUALS, values: [Lyon]}"


def groups(*filters):
    """Filter groups of clauses, as a manifest says them."""
    return "scopingFilter: {any: [" + ", ".join(f"{{all: [{', '.join(clauses)}]}}" for clauses in filters) + "]}"


class Expose(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.write("syncwright.yaml", project())

    def manifest(self, scope="assigned", mapping="", state="started", more=""):
        text = application("app", "App", state=state, more=started(more=f"  scope: {scope}\n{more}"))
        if mapping:
            text = text.replace(
                f"  jobs: {{default: {{state: {state}}}}}\n",
                f"  jobs:\n    default:\n      state: {state}\n      schema:\n        mappings:\n"
                f"          - object: User\n            {mapping}\n")
        self.write("manifests/app.yaml", text)

    def settle(self, *flags, **manifest):
        self.manifest(**manifest)
        self.emulated("apply", "--auto-approve", *flags)
        self.assert_nothing_to_do("--emulator")

    def plan(self):
        return self.emulated("plan", "--format", "json").json()

    def risks(self):
        """Of every change that carries one: (type, risk)."""
        return [(change["type"], change["risk"]) for change in self.plan()["changes"] if change["risk"]]

    def guards(self):
        return [(guard["guard"], guard["figure"], guard["acknowledge"]) for guard in self.plan()["guards"]]

    def refused(self, *flags):
        said = self.emulated("apply", "--auto-approve", *flags, expect=3).err
        self.assertIn("nothing was written", said)
        return said


class Scope(Expose):
    def setUp(self):
        super().setUp()
        self.settle()
        self.manifest(scope="all")

    def test_assigned_to_all_needs_its_number(self):
        self.assertEqual(self.risks(), [("credentials.save", "expose")])
        self.assertEqual(self.guards(), [("expose", 1, "--allow-expose 1")])
        for flags in ([], ["--allow-expose", "0"], ["--allow-deprovision", "1"]):
            said = self.refused(*flags)
            for part in ("guard expose: 1 change may expose the target to more people",
                         "--allow-expose 1 lets it through"):
                self.assertIn(part, said)
        self.emulated("apply", "--auto-approve", "--allow-expose", "1")
        self.assert_nothing_to_do("--emulator")

    def test_a_reader_sees_it_and_the_value_wherever_it_is_printed(self):
        self.emulated("plan", "--out", "plan.json")
        for text in (self.emulated("plan").out, self.run_syncwright("show", "plan.json").out):
            self.assertIn(RISK_LINE + "        ~ scope ", text)
            self.assertIn("assigned → all\n", text)
            self.assertIn("  ! expose  1 change may expose the target to more people\n", text)
            self.assertIn(", 1 of them with risk expose.\n", text)
        comment = self.emulated("plan", "--format", "markdown").out
        before_the_fold = comment.partition("<details>")[0]
        for part in ("1 of them with risk expose", "<br>**risk: expose**<br>`scope: assigned → all`", "`--allow-expose 1`"):
            self.assertIn(part, before_the_fold)

    def test_a_reviewed_plan_file_is_leave_enough(self):
        self.emulated("plan", "--out", "plan.json")
        self.emulated("apply", "--plan", "plan.json")
        self.assert_nothing_to_do("--emulator")

    def test_a_number_is_a_number(self):
        said = self.emulated("apply", "--auto-approve", "--allow-expose", "many", expect=64).err
        self.assertIn("--allow-expose: takes a whole number, 0 or more, not `many`", said)


class Filters(Expose):
    def test_each_edit_carries_what_it_may_do(self):
        self.settle(mapping=groups([SALES, LYON]))
        for mapping, risk in ((groups([SALES]), "deprovision, expose"), (groups([SALES], [LYON]), "deprovision, expose"),
                              (groups([SALES]), "deprovision"), (groups([SALES, LYON]), "deprovision"),
                              (groups([LYON.replace("Lyon", "Nice")]), "deprovision, expose"),
                              ("scopingFilter: {absent: true}", "deprovision, expose"), (groups([SALES]), "deprovision")):
            with self.subTest(mapping):
                self.manifest(mapping=mapping)
                self.assertEqual(self.risks(), [("schema.put", risk)])
                named = risk.split(", ")
                flags = {name: [f"--allow-{name}", "1"] for name in named}
                for missing in named:
                    given = sum((flags[name] for name in named if name != missing), [])
                    self.assertIn(f"--allow-{missing} 1 lets it through", self.refused(*given))
                self.settle(*sum(flags.values(), []), mapping=mapping)

    def test_a_filter_that_goes_is_told_before_the_fold(self):
        self.settle(mapping=groups([SALES]))
        self.manifest(mapping="scopingFilter: {absent: true}")
        comment = self.emulated("plan", "--format", "markdown").out
        before_the_fold = comment.partition("<details>")[0]
        self.assertIn("<br>**risk: deprovision, expose**<br>`", before_the_fold)
        self.assertIn(":scopingFilter: department EQUALS Sales → (none)`", before_the_fold)


class Leavers(Expose):
    def test_the_mapping_that_disables_people(self):
        self.settle()
        for mapping, risk in (("attributes: {active: {absent: true}}", "expose"),
                              ("attributes: {active: {constant: 'True'}}", "expose"),
                              ("attributes: {active: '[accountEnabled]'}", "deprovision, expose"),
                              ("attributes: {active: {constant: 'False'}}", "deprovision, expose"),
                              ("flowTypes: [Add, Delete]", "expose")):
            with self.subTest(mapping):
                self.manifest(mapping=mapping)
                self.assertEqual(self.risks(), [("schema.put", risk)])
                self.assertIn("--allow-expose 1 lets it through", self.refused())
        self.manifest(mapping="attributes: {name.givenName: '[mailNickname]'}")
        self.assertEqual(self.risks(), [])
        self.settle("--allow-expose", "1", mapping="attributes: {active: {constant: 'True'}}")
        self.settle(mapping="attributes: {active: 'Not([IsSoftDeleted])'}")

    def test_an_object_mapping_that_is_enabled(self):
        self.settle(mapping="enabled: false")
        self.manifest(mapping="enabled: true")
        self.assertEqual(self.risks(), [("schema.put", "expose")])

    def test_leavers_that_are_skipped(self):
        self.settle(more="  deletions: {skipOutOfScope: false}\n")
        self.manifest(more="  deletions: {skipOutOfScope: true}\n")
        self.assertEqual(self.risks(), [("credentials.save", "expose")])
        self.settle("--allow-expose", "1", more="  deletions: {skipOutOfScope: true}\n")
        self.manifest(more="  deletions: {skipOutOfScope: false}\n")
        self.assertEqual(self.risks(), [("credentials.save", "deprovision")])


class Live(Expose):
    """Only what is live can be widened."""

    def test_a_new_application_with_everybody_in_scope_is_none(self):
        self.manifest(scope="all", mapping="attributes: {active: {absent: true}}")
        self.assertEqual((self.risks(), self.guards()), ([], []))
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_a_job_that_never_ran_has_let_nobody_in(self):
        self.settle(state="paused")
        self.manifest(scope="all", mapping="flowTypes: [Add]", state="paused")
        self.assertEqual(self.risks(), [])
        self.settle(scope="all", mapping="flowTypes: [Add]", state="paused")

    def test_what_was_made_by_hand_is_live_when_it_is_taken_over(self):
        with portal(self) as server:
            instantiate(server, "App")
            live = LiveApplication(server, "App")
            template, = live.call("GET", "/synchronization/templates")["value"]
            live.call("POST", "/synchronization/jobs", {"templateId": template["id"]})
            live.put_secrets({"BaseAddress": "https://scim.example.com/", "SecretToken": "any", "SyncAll": "false"})
            live.job_call("POST", "/start")
        self.manifest(scope="all", more="  lifecycle: {adopt: by-name}\n")
        self.assertEqual(self.risks(), [("credentials.save", "expose")])
        self.assertIn("--allow-expose 1 lets it through", self.refused())
        self.settle("--allow-expose", "1", scope="all", more="  lifecycle: {adopt: by-name}\n")


if __name__ == "__main__":
    harness.main()
