#!/usr/bin/env python3
"""Commands that must not write never try to: not even a tenant that refuses writes notices them."""
import json

from support import harness


class ReadOnly(harness.Scenario):
    clock = harness.VIRTUAL_CLOCK

    def test_no_command_but_apply_and_job_writes(self):
        self.use_quickstart()
        first = self.serve()
        first.run("apply", "--auto-approve")
        first.run("plan", "--out", "plan.json")
        first.stop()
        # Something to find: a plan with changes must not write either.
        self.edit("salesforce.yaml", "[extensionAttribute10]", "[extensionAttribute9]")
        server = self.serve("--refuse-writes")
        server.clear_requests()
        server.run("validate")
        server.run("plan", "--detailed-exitcode", expect=2)
        server.run("plan", "--parallelism", "1")
        self.assertTrue(any(len(items) > 1 for items in server.round_trips()), "no batch of reads was sent")
        server.run("plan", "--out", "changed.json")
        server.run("show", "changed.json")
        server.run("drift", expect=2)
        server.run("status")
        server.run("logs")
        server.run("whoami")
        server.run("catalog", "aws")
        made = server.requests()
        self.assertGreater(len(made), 10)
        self.assertEqual([request for request in made
                          if request[0] != "GET" and not request[1].endswith("/token")], [])

        # And apply, which does try, is told so and writes nothing.
        empty = self.serve("--refuse-writes", state="empty.db")
        outcome = empty.run("apply", "--auto-approve", expect=6)
        self.assertIn("WritesRefused", outcome.out + outcome.err)

    def test_a_plan_is_the_same_where_no_batch_is_answered(self):
        self.use_quickstart()
        first = self.serve()
        first.run("apply", "--auto-approve")
        first.stop()
        self.edit("salesforce.yaml", "[extensionAttribute10]", "[extensionAttribute9]")
        for fault in ("status=403", "reset-before", "garbage"):
            with self.subTest(fault):
                server = self.serve("--faults", f"POST /v1.0/$batch {fault}")
                alone, batched = (json.loads(server.run("plan", "--format", "json", "--parallelism", number).out)
                                  for number in ("8", "1"))
                self.assertEqual({**batched, "createdAt": alone["createdAt"]}, alone)
                self.assertEqual(alone["summary"]["changes"], 1)
                server.stop()


if __name__ == "__main__":
    harness.main()
