#!/usr/bin/env python3
"""Plans in every state are what schemas/plan.schema.json says."""
import json

import jsonschema

from support import harness

SCHEMA = json.loads((harness.SOURCE / "schemas/plan.schema.json").read_text())


class PlanSchema(harness.Scenario):
    def check(self, document):
        jsonschema.validate(document, SCHEMA)

    def test_new_changed_blocked_and_empty_plans(self):
        self.use_quickstart()
        self.check(self.emulated("plan", "--format", "json", "--out", "plan.json").json())
        self.check(json.loads(self.read("plan.json")))
        self.emulated("apply", "--auto-approve")
        self.check(self.emulated("plan", "--format", "json").json())
        self.edit("salesforce.yaml", "[extensionAttribute10]", "[extensionAttribute9]")
        self.check(self.emulated("drift", "--format", "json", expect=2).json())
        self.edit("salesforce.yaml", "gallery: Salesforce", "gallery: Dropbox")
        self.check(self.emulated("plan", "--format", "json").json())

    def test_the_schema_refuses_what_is_no_plan(self):
        self.use_quickstart()
        plan = self.emulated("plan", "--format", "json").json()
        for spoil in (lambda p: p.pop("changes"), lambda p: p.update(formatVersion=2),
                      lambda p: p["changes"][0].update(type="application.paint"),
                      lambda p: p["changes"][0].update(status="maybe"), lambda p: p.update(surprise=1)):
            document = json.loads(json.dumps(plan))
            spoil(document)
            with self.assertRaises(jsonschema.ValidationError):
                self.check(document)


if __name__ == "__main__":
    harness.main()
