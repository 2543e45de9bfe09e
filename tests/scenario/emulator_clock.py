#!/usr/bin/env python3
"""The clock whose waits take no time: of the emulator alone, and moved on by hand."""
import json
import urllib.error
import urllib.request

from support import harness
from support.proxy import Answer, Proxy

ALONE = "SYNCWRIGHT_CLOCK=virtual is for the emulator alone"


class Clock(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.use_quickstart()

    def refused(self, *flags, **environment):
        outcome = self.run_syncwright("plan", *flags, environment={**harness.VIRTUAL_CLOCK, **environment}, expect=64)
        self.assertIn("run with --emulator, or name a served emulator", outcome.err)
        return outcome.err

    def test_it_is_refused_for_any_other_tenant(self):
        self.assertIn(ALONE, self.refused())
        self.assertIn(ALONE, self.refused(SYNCWRIGHT_ENDPOINT="https://127.0.0.1:1"))
        self.assertIn(ALONE, self.refused("--endpoint", "http://graph.example.test"))
        self.assertIn("knows one value", self.refused("--emulator", SYNCWRIGHT_CLOCK="fast"))

    def test_it_is_refused_where_no_emulator_answers(self):
        for answer in (Answer(404, b"{}"), Answer(200, b"{}"), Answer(200, b'{"aheadMilliseconds": -1}')):
            proxy = Proxy(self, weather=lambda *_, answer=answer: answer)
            error = self.refused(SYNCWRIGHT_ENDPOINT=proxy.url)
            self.assertIn("does not answer as an emulator's clock", error)
            self.assertEqual([path for _, path, _ in proxy.requests], ["/_emulator/clock"])

    def test_the_embedded_emulator_lives_on_it(self):
        self.emulated("apply", "--auto-approve", environment=harness.VIRTUAL_CLOCK)
        self.assert_nothing_to_do("--emulator")

    def test_a_served_emulators_clock_is_moved_by_hand(self):
        server = self.serve()

        def clock(body=None):
            data = None if body is None else json.dumps(body).encode()
            with urllib.request.urlopen(f"{server.url}/_emulator/clock", data) as answer:
                return json.load(answer)["aheadMilliseconds"]

        self.assertEqual(clock(), 0)
        self.assertEqual(clock({"advanceMilliseconds": 60_000}), 60_000)
        self.assertEqual(clock({"advanceMilliseconds": 1_000}), 61_000)
        for nonsense in ({}, {"advanceMilliseconds": -1}, {"advanceMilliseconds": 10**12}, []):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                clock(nonsense)
            self.assertEqual(refused.exception.code, 400)
            refused.exception.close()
        self.assertEqual(clock(), 61_000)
        self.assertEqual(server.requests(), [])
        server.run("apply", "--auto-approve", environment=harness.VIRTUAL_CLOCK)
        server.stop()
        # The state was saved ahead of the wall clock: the next holder goes on from there.
        server = self.serve()
        self.assertGreater(clock(), 30_000)


if __name__ == "__main__":
    harness.main()
