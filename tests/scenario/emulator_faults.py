#!/usr/bin/env python3
"""Weather on demand: each kind of fault as a client meets it, and an apply that comes through them all."""
import http.client
import json
import threading
import urllib.error
import urllib.parse
import urllib.request

from support import harness

GROUP = {"displayName": "Sailors", "mailEnabled": False, "mailNickname": "sailors", "securityEnabled": True}
ORGANIZATION = "/v1.0/organization"


class Faults(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve()
        self.token = self.server.token()

    def ask(self, path=ORGANIZATION, body=None):
        """(status, headers, body); what breaks on the way is the exception of the library."""
        address = urllib.parse.urlsplit(self.server.url)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=harness.TIMEOUT)
        try:
            headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            text = None if body is None else json.dumps(body)
            connection.request("GET" if body is None else "POST", path, text, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def statuses(self, count):
        return [self.ask()[0] for _ in range(count)]

    def sailors(self):
        groups = self.server.graph("GET", "/groups")["value"]
        return sum(group["displayName"] == "Sailors" for group in groups)

    def advance(self, milliseconds):
        self.server.own("clock", json.dumps({"advanceMilliseconds": milliseconds}))

    def test_an_error_as_graph_writes_it(self):
        self.server.weather(f"GET {ORGANIZATION} nth=1 status=503 retry-after=7; POST */groups status=429 retry-after=2")
        status, headers, body = self.ask()
        self.assertEqual((status, headers["Retry-After"]), (503, "7"))
        error = json.loads(body)["error"]
        self.assertEqual(error["code"], "ServiceUnavailable")
        self.assertEqual(error["innerError"]["request-id"], headers["request-id"])
        self.assertEqual(self.ask()[0], 200)
        status, _, body = self.ask("/v1.0/groups", GROUP)
        inner = json.loads(body)["error"]["innerError"]
        self.assertEqual((status, inner["code"], inner["status"], inner["message"]),
                         (429, "429", "429", "Please retry after"))
        self.assertEqual(self.sailors(), 0)
        self.server.weather("POST */groups status=504 processed")
        self.assertEqual(self.ask("/v1.0/groups", GROUP)[0], 504)
        self.assertEqual(self.sailors(), 1)

    def test_a_reset_before_and_after_the_work(self):
        for word, made in (("reset-before", 0), ("reset-after", 1)):
            with self.subTest(word):
                self.server.weather(f"POST */groups times=1 {word}")
                with self.assertRaises(ConnectionResetError):
                    self.ask("/v1.0/groups", GROUP)
                self.assertEqual(self.sailors(), made)
        logged = [json.loads(line) for line in self.server.request_log.read_text().splitlines()]
        self.assertEqual([(line["status"], line["fault"]) for line in logged if "fault" in line],
                         [(0, "POST */groups times=1 reset-before"), (201, "POST */groups times=1 reset-after")])

    def test_half_an_answer(self):
        self.server.weather(f"GET {ORGANIZATION} times=1 truncate=10")
        with self.assertRaises(http.client.IncompleteRead) as cut:
            self.ask()
        self.assertEqual(cut.exception.partial, b'{"@odata.c')
        self.assertEqual(self.ask()[0], 200)

    def test_a_slow_body_is_still_on_its_way_when_the_server_ends(self):
        self.server.weather(f"GET {ORGANIZATION} slow-body=1")  # the whole would take minutes
        failures, head_seen = [], threading.Event()

        def slow():
            address = urllib.parse.urlsplit(self.server.url)
            connection = http.client.HTTPConnection(address.hostname, address.port, timeout=harness.TIMEOUT)
            connection.request("GET", ORGANIZATION, headers={"Authorization": f"Bearer {self.token}"})
            answer = connection.getresponse()
            head_seen.set()
            try:
                answer.read()
            except http.client.IncompleteRead as cut:
                failures.append(cut.partial)
            connection.close()
        client = threading.Thread(target=slow)
        client.start()
        head_seen.wait(harness.TIMEOUT)
        self.server.stop()
        client.join(harness.TIMEOUT)
        self.assertEqual(len(failures), 1)
        self.assertTrue(b'{"@odata.context"'.startswith(failures[0][:17]), failures)

    def test_a_stalled_answer_comes_once_the_clock_has_moved(self):
        self.server.weather(f"GET {ORGANIZATION} stall=600000")
        answers = []
        client = threading.Thread(target=lambda: answers.append(self.ask()[0]))
        client.start()
        while self.server.struck() != [1]:  # or its token would expire on the way
            self.assertTrue(client.is_alive())
        while client.is_alive():
            self.advance(600_000)
        self.assertEqual(answers, [200])

    def test_garbage_and_a_request_that_is_carried_out_twice(self):
        self.server.weather("POST */groups nth=1 garbage; POST */groups nth=1 duplicate")
        status, headers, body = self.ask("/v1.0/groups", GROUP)
        self.assertEqual((status, headers["Content-Type"]), (200, "application/json"))
        with self.assertRaises(ValueError):
            json.loads(body)
        self.assertEqual(self.sailors(), 1)
        self.assertEqual(self.ask("/v1.0/groups", GROUP)[0], 201)
        self.assertEqual(self.sailors(), 3)

    def test_when_it_strikes(self):
        rule = f"GET {ORGANIZATION} status=500"
        for words, expected in (("nth=2", [200, 500, 200, 200, 200, 200]), ("every=2", [200, 500, 200, 500, 200, 500]),
                                ("every=2 times=2", [200, 500, 200, 500, 200, 200]), ("times=1", [500] + [200] * 5),
                                ("probability=0", [200] * 6), ("probability=1", [500] * 6)):
            with self.subTest(words):
                self.server.weather(f"{rule} {words}")
                self.assertEqual(self.statuses(6), expected)
        by_seed = []
        for seed in (7, 7, 8):
            self.server.weather(f"{rule} probability=0.5 seed={seed}")
            by_seed.append(self.statuses(40))
        self.assertEqual(by_seed[0], by_seed[1])
        self.assertNotEqual(by_seed[0], by_seed[2])
        self.assertEqual(set(by_seed[0]), {200, 500})

    def test_a_service_that_comes_and_goes(self):
        self.server.weather("* * flap=600000/600000")
        self.assertEqual(self.ask()[0], 200)
        self.advance(600_000)
        with self.assertRaises(ConnectionResetError):
            self.ask()
        self.advance(600_000)
        self.assertEqual(self.ask()[0], 200)

    def test_a_throttle_counts_all_but_tokens(self):
        self.server.stop()
        self.server = self.serve("--throttle", "1")
        for _ in range(5):
            self.server.token()
            self.server._tokens.clear()  # each time from the endpoint
        self.assertEqual(self.ask()[0], 200)
        answers = [self.ask() for _ in range(5)]  # a machine that stops for a second lets one more pass
        status, headers, body = next(answer for answer in answers if answer[0] != 200)
        self.assertEqual(status, 429)
        self.assertRegex(headers["Retry-After"], r"^[01]\.\d{3}$")
        error = json.loads(body)["error"]
        self.assertEqual((error["code"], error["innerError"]["code"]), ("TooManyRequests", "429"))
        self.advance(1_000)
        self.assertEqual(self.ask()[0], 200)

    def test_a_wrong_spec_names_the_place_and_the_way_out(self):
        for spec, said in (("POST */jobs nht=1 reset-after", "column 13: `nht=1` is no word of a fault"),
                           ("GET /x reset-before; POST /y", "column 22: `POST /y` does not say what happens"),
                           ("", "column 1: there is no rule")):
            if spec:
                error = self.run_syncwright("emulator", "--state", "other.db", "--faults", spec, expect=64).err
                self.assertIn(f"--faults: {said}", error)
                self.assertIn("write METHOD PATH and words, for example `POST */jobs nth=1 reset-after`", error)
            with self.assertRaises(urllib.error.HTTPError) as refused:
                self.server.weather(spec)
            with refused.exception as answer:
                self.assertEqual(answer.code, 400)
                self.assertTrue(json.load(answer)["error"]["message"].startswith(said))
        self.assertFalse((self.folder / "other.db").exists())
        for number in ("0", "-1", "x"):
            self.run_syncwright("emulator", "--throttle", number, expect=64)


class OwnEndpoints(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--faults", "GET */organization times=1 status=503")

    def refused(self, path, **headers):
        request = urllib.request.Request(self.server.url + path, headers=headers)
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=harness.TIMEOUT)
        refused.exception.close()
        return refused.exception.code

    def test_what_there_is(self):
        listed = self.server.own("")["endpoints"]
        self.assertEqual([endpoint["path"] for endpoint in listed],
                         ["/_emulator/clock", "/_emulator/faults", "/_emulator/requests"])
        self.assertEqual(self.refused("/_emulator/else"), 404)
        self.assertEqual(self.refused("/_emulatorx"), 400)  # Graph's own answer

    def test_faults_are_listed_added_replaced_and_ended(self):
        flag = {"fault": "GET */organization times=1 status=503", "matched": 0, "struck": 0}
        added = {"fault": "POST */jobs nth=1 reset-after", "matched": 0, "struck": 0}
        self.assertEqual(self.server.own("faults"), {"faults": [flag]})
        self.assertEqual(self.server.own("faults", added["fault"]), {"faults": [flag, added]})
        self.assertEqual(self.refused(ORGANIZATION), 503)
        self.assertEqual(self.refused(ORGANIZATION), 401)
        self.assertEqual(self.server.own("faults"), {"faults": [{**flag, "matched": 2, "struck": 1}, added]})
        self.assertEqual(self.server.own("faults", added["fault"], "PUT"), {"faults": [added]})
        self.assertEqual(self.server.own("faults", method="DELETE"), {"faults": []})

    def test_the_last_requests_without_headers_and_bodies(self):
        self.assertEqual(self.server.own("requests"), {"requests": []})
        self.assertEqual(self.refused(ORGANIZATION + "?$select=id", Authorization="Bearer hidden"), 503)
        told = self.server.own("requests")
        self.assertEqual(len(told["requests"]), 1)
        told["requests"][0].pop("requestId")
        told["requests"][0].pop("time")
        self.assertEqual(told["requests"][0], {"method": "GET", "path": ORGANIZATION, "query": "$select=id", "status": 503,
                                               "fault": "GET */organization times=1 status=503"})
        self.server.token()
        self.assertEqual(len(self.server.own("requests")["requests"]), 2)
        self.assertNotIn("hidden", json.dumps(self.server.own("requests")))
        self.assertEqual(self.server.own("requests", method="DELETE"), {"requests": []})

    def test_they_answer_this_machine_by_its_own_name_only(self):
        for path in ("/_emulator", "/_emulator/clock", "/_emulator/faults", "/_emulator/requests"):
            for host in ("evil.example", "127.0.0.1.evil.example", "graph.microsoft.com"):
                self.assertEqual(self.refused(path, Host=host), 403)
            self.assertEqual(self.refused(path, Origin="https://evil.example"), 403)
            self.assertEqual(self.refused(path, Origin="null"), 403)
        port = self.server.url.rsplit(":", 1)[1]
        request = urllib.request.Request(self.server.url + "/_emulator/faults", headers={"Host": f"localhost:{port}"})
        with urllib.request.urlopen(request, timeout=harness.TIMEOUT) as answer:
            self.assertEqual(answer.status, 200)


class Applies(harness.Scenario):
    """What syncwright's own apply makes of it."""

    clock = harness.VIRTUAL_CLOCK

    def setUp(self):
        super().setUp()
        self.use_quickstart()
        self.server = self.serve()

    def test_an_apply_comes_through_and_makes_nothing_twice(self):
        weather = ("POST */instantiate nth=1 reset-after", "POST */instantiate nth=1 status=503 processed",
                   "POST */jobs nth=1 reset-after", "PATCH * nth=1 reset-before", "PATCH * nth=2 status=500 processed",
                   "PUT */secrets nth=1 reset-before", "PUT */schema nth=1 status=503 retry-after=1",
                   "POST */start nth=1 reset-after", "GET * every=9 truncate=40",
                   "GET /v1.0/servicePrincipals* probability=0.2 seed=7 status=503 retry-after=1")
        self.server.weather("; ".join(weather))
        self.server.run("apply", "--auto-approve", "--parallelism", "1")
        struck = dict(zip(weather, self.server.struck()))
        self.server.own("faults", method="DELETE")
        self.assertNotIn(0, struck.values(), struck)
        self.assertEqual(self.server.run("plan", "--detailed-exitcode", expect=None).code, 0)
        self.assertEqual(len(self.server.graph("GET", "/applications")["value"]), 2)
        for name in ("AWS Contoso", "Salesforce Contoso"):
            principal = self.server.service_principal(name)
            jobs = self.server.graph("GET", f"/servicePrincipals/{principal['id']}/synchronization/jobs")
            self.assertEqual(len(jobs["value"]), 1, jobs)


if __name__ == "__main__":
    harness.main()
