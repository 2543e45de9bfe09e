#!/usr/bin/env python3
"""Answers that no client should trust: a clear error, no crash, no token to another host."""
import json
import os
import signal
import subprocess
import time

from support import harness
from support.proxy import Answer, Proxy
from support.tenant import state_of

TOKEN = "header." + "eyJ0aWQiOiJ0In0" + ".signature"
JSON_TYPE = {"Content-Type": "application/json"}


def is_token_request(path):
    return path.endswith("/token")


class HostileAnswers(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.use_quickstart()

    def plan_against(self, answer, expect=1):
        def weather(method, path, headers):
            if is_token_request(path):
                body = {"token_type": "Bearer", "expires_in": 3599, "access_token": TOKEN}
                return Answer(200, json.dumps(body).encode(), JSON_TYPE)
            return answer
        proxy = Proxy(self, weather=weather)
        outcome = self.run_syncwright("plan", environment=proxy.environment, expect=expect)
        self.assertNotIn(TOKEN, outcome.out + outcome.err)
        return outcome, proxy

    def test_html_instead_of_json(self):
        outcome, _ = self.plan_against(Answer(200, b"<!DOCTYPE html><html>Sign in</html>",
                                              {"Content-Type": "text/html"}))
        self.assertIn("HTML", outcome.err)

    def test_an_error_page_of_a_gateway(self):
        outcome, _ = self.plan_against(Answer(404, b"<html>no route</html>", {"Content-Type": "text/html"}))
        self.assertIn("HTML", outcome.err)

    def test_truncated_json(self):
        outcome, _ = self.plan_against(Answer(200, b'{"value": [{"id": "abc', JSON_TYPE))
        self.assertIn("error:", outcome.err)

    def test_ten_thousand_levels(self):
        body = b'{"value":' + b"[" * 10_000 + b"]" * 10_000 + b"}"
        outcome, _ = self.plan_against(Answer(200, body, JSON_TYPE))
        self.assertIn("deep", outcome.err)

    def test_two_gigabytes(self):
        def endless():
            chunk = b" " * 1_000_000
            for _ in range(2_000):
                yield chunk
        outcome, _ = self.plan_against(Answer(200, endless(), JSON_TYPE, length=2_000_000_000))
        self.assertIn("large", outcome.err)

    def test_a_redirect_gets_no_token(self):
        elsewhere = Proxy(self, weather=lambda *_: Answer(200, b"{}", JSON_TYPE))
        outcome, _ = self.plan_against(Answer(302, b"", {"Location": elsewhere.url + "/v1.0/x"}))
        self.assertIn("redirect", outcome.err)
        self.assertEqual(elsewhere.requests, [])

    def test_a_next_link_to_another_host_gets_no_token(self):
        elsewhere = Proxy(self, weather=lambda *_: Answer(200, b'{"value": []}', JSON_TYPE))
        body = {"value": [], "@odata.nextLink": elsewhere.url + "/v1.0/servicePrincipals?$skiptoken=x"}
        self.plan_against(Answer(200, json.dumps(body).encode(), JSON_TYPE))
        self.assertEqual(elsewhere.requests, [])

    def test_control_characters_do_not_reach_the_terminal(self):
        body = {"error": {"code": "Bad", "message": "\x1b]0;owned\x07\x1b[2J"}}
        outcome, _ = self.plan_against(Answer(400, json.dumps(body).encode(), JSON_TYPE))
        self.assertNotIn("\x1b", outcome.err)

    def test_no_server_at_all(self):
        environment = {"SYNCWRIGHT_ENDPOINT": "http://127.0.0.1:1", "SYNCWRIGHT_ACCESS_TOKEN": TOKEN}
        # The connection is refused at once, but refusals are retried: one attempt is not asserted here.
        outcome = self.run_syncwright("whoami", environment=environment)
        self.assertIn("tenant    t", outcome.out)

    def test_a_token_is_never_sent_in_the_clear_to_another_machine(self):
        environment = {"SYNCWRIGHT_ENDPOINT": "http://graph.example.test", "SYNCWRIGHT_ACCESS_TOKEN": TOKEN}
        outcome = self.run_syncwright("plan", environment=environment, expect=3)
        self.assertIn("https", outcome.err)


class OnServedEmulator(harness.Scenario):
    """What a run waits for on a young tenant takes no time here."""

    clock = harness.VIRTUAL_CLOCK

    def setUp(self):
        super().setUp()
        self.use_quickstart()
        self.server = self.serve()


class KilledRuns(OnServedEmulator):
    """Whatever happens to a run, the next one finishes its work, and nothing exists twice."""

    def apply_through(self, proxy):
        return subprocess.Popen([harness.BINARY, "apply", "--auto-approve"], cwd=self.folder,
                                env={**self.environment, **proxy.environment}, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run_until_write(self, number, signal_number):
        """Applies; as the `number`th write arrives, the process gets the signal."""
        writes, process = [0], []

        def weather(method, path, headers):
            if method == "GET" or is_token_request(path):
                return None
            writes[0] += 1
            if writes[0] == number:
                os.kill(process[0].pid, signal_number)
            return None
        proxy = Proxy(self, self.server.url, weather)
        process.append(self.apply_through(proxy))
        out, err = process[0].communicate(timeout=harness.TIMEOUT)
        return process[0].returncode, out, err

    def assert_next_run_finishes(self):
        self.server.run("apply", "--auto-approve")
        self.assertEqual(self.server.run("plan", "--detailed-exitcode", expect=None).code, 0)
        for name in ("AWS Contoso", "Salesforce Contoso"):
            self.server.service_principal(name)
        applications = self.server.graph("GET", "/applications")["value"]
        self.assertEqual(len(applications), 2, applications)

    def test_killed_at_each_of_the_first_writes(self):
        for number in (3, 6):  # unit_apply sweeps over every request on a virtual clock
            with self.subTest(write=number):
                code, _, _ = self.run_until_write(number, signal.SIGKILL)
                self.assertEqual(code, -signal.SIGKILL)
                self.assert_next_run_finishes()
                self.server.stop()
                os.remove(self.folder / "emulator.db")
                self.server = self.serve()

    def test_inside_one_process_the_next_run_waits_no_time_either(self):
        code, _, _ = self.run_until_write(3, signal.SIGKILL)
        self.assertEqual(code, -signal.SIGKILL)
        self.server.stop()
        for command in (["apply", "--auto-approve"], ["plan", "--detailed-exitcode"]):
            self.run_syncwright(*command, "--emulator=emulator.db", environment=self.clock)
        saved_at = state_of(self, "emulator.db")["savedAt"] / 1000
        self.assertGreater(saved_at, time.time() + 20)  # it waited for a job that the killed run may have made

    def test_ctrl_c_finishes_what_is_in_flight(self):
        for number in (signal.SIGINT, signal.SIGHUP):  # Ctrl-C, and a terminal that is closed
            with self.subTest(number):
                code, out, err = self.run_until_write(3, number)
                self.assertEqual(code, 130, out + err)
                self.assertIn("interrupted", err)
                self.assert_next_run_finishes()
                self.server.stop()
                os.remove(self.folder / "emulator.db")
                self.server = self.serve()


class AnswersThatAreNoSuccess(OnServedEmulator):
    """What the service did not confirm is looked for before anything is sent again."""

    def apply_disturbed(self, ends, answer):
        """Applies; the first request whose path ends so gets the answer. How often each was sent."""
        self.server.weather("; ".join(f"POST,PUT,PATCH,DELETE *{end} times=1 {answer}" for end in ends))
        self.server.clear_requests()
        self.server.run("apply", "--auto-approve", "--parallelism", "1")
        self.assertEqual(self.server.struck(), [1] * len(ends))
        writes = [path for method, path in self.server.requests() if method != "GET"]
        return {end: sum(path.endswith(end) for path in writes) for end in ends}

    def assert_everything_is_there_once(self):
        self.assertEqual(self.server.run("plan", "--detailed-exitcode", expect=None).code, 0)
        applications = self.server.graph("GET", "/applications")["value"]
        self.assertEqual(len(applications), 2, applications)
        for name in ("AWS Contoso", "Salesforce Contoso"):
            principal = self.server.service_principal(name)
            jobs = self.server.graph("GET", f"/servicePrincipals/{principal['id']}/synchronization/jobs")
            self.assertEqual(len(jobs["value"]), 1, jobs)

    def test_a_create_that_took_effect_is_not_sent_again(self):
        for answer in ("status=503 retry-after=1 processed", "status=429 retry-after=1 processed",
                       "status=500 retry-after=1 processed"):
            with self.subTest(answer=answer):
                sent = self.apply_disturbed(["/instantiate", "/synchronization/jobs"], answer)
                self.assertEqual(sent, {"/instantiate": 2, "/synchronization/jobs": 2})  # two applications
                self.assert_everything_is_there_once()
                self.server.stop()
                os.remove(self.folder / "emulator.db")
                self.server = self.serve()

    def test_an_action_that_failed_for_a_moment_is_sent_again(self):
        sent = self.apply_disturbed(["/start", "/secrets", "/schema"], "status=500")
        self.assertEqual(sent["/start"], 3)
        self.assertGreaterEqual(sent["/secrets"], 3)
        self.assert_everything_is_there_once()


class ExpiredTokens(OnServedEmulator):
    def expire_after(self, count):
        """Refuses the first token that it sees after `count` Graph requests."""
        state = {"left": count, "refused": None}
        body = {"error": {"code": "InvalidAuthenticationToken", "message": "Lifetime validation failed.",
                          "innerError": {"request-id": "0b7e2d90-51c4-4f3a-9d68-aa10c5e4f7b2"}}}

        def weather(method, path, headers):
            if is_token_request(path):
                return None
            state["left"] -= 1
            token = headers.get("Authorization")
            if state["left"] < 0 and state["refused"] is None:
                state["refused"] = token
            if token == state["refused"]:
                return Answer(401, json.dumps(body).encode(), JSON_TYPE)
            return None
        return Proxy(self, self.server.url, weather)

    def test_a_ready_made_token_that_expires_leaves_nothing_the_next_run_does_not_finish(self):
        proxy = self.expire_after(20)
        environment = {"SYNCWRIGHT_ENDPOINT": proxy.url, "SYNCWRIGHT_ACCESS_TOKEN": self.server.token(),
                       **self.clock}
        outcome = self.run_syncwright("apply", "--auto-approve", environment=environment, expect=None)
        self.assertIn(outcome.code, (5, 6))
        self.assertNotIn(self.server.token(), outcome.out + outcome.err)
        self.server.run("apply", "--auto-approve")
        self.assertEqual(self.server.run("plan", "--detailed-exitcode", expect=None).code, 0)


if __name__ == "__main__":
    harness.main()
