#!/usr/bin/env python3
"""What -v, -vv and --log-format json tell of requests: enough for a support case, and no secret."""
import json
import re

from support import harness
from support.manifests import application
from support.proxy import Answer, Proxy

GALLERY = ("/v1.0/applicationTemplates?$filter=contains%28displayName%2C%27dropbox%27%29"
           "&$select=id%2CdisplayName%2Cpublisher%2Ccategories%2CsupportedProvisioningTypes")
TOKEN = "/contoso/oauth2/v2.0/token"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Trace(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.served = self.serve()
        self.failures = 1
        self.proxy = Proxy(self, self.served.url, self.weather)

    def weather(self, method, path, headers):
        """The first GET is answered by a service that is busy."""
        if method != "GET" or self.failures == 0:
            return None
        self.failures -= 1
        return Answer(429, b"{}", {"Retry-After": "0.01", "request-id": "11111111-2222-3333-4444-555555555555"})

    def catalog(self, *flags):
        return self.run_syncwright("catalog", "dropbox", *flags, environment=self.proxy.environment).err

    def masked(self, text):
        text = re.sub(r"\b\d+ ms", "N ms", UUID.sub("ID", text)).replace(self.proxy.url, "ROOT")
        return re.sub(r"\d+ (bytes sent|received)", r"N \1", text).splitlines()

    def test_without_v_a_retry_alone_is_told(self):
        self.assertEqual(self.catalog(), "GET answered 429: trying again in 0.0 s\n")

    def test_v_is_a_line_for_each_exchange(self):
        self.assertEqual(self.masked(self.catalog("-v")), [
            f"POST ROOT{TOKEN} 200 N ms",
            f"GET ROOT{GALLERY} 429 N ms; throttled: trying again in 0.0 s",
            f"GET ROOT{GALLERY} 200 N ms"])

    def test_vv_has_what_support_asks_for(self):
        self.assertEqual(self.masked(self.catalog("-vv")), [
            f"POST ROOT{TOKEN} 200 N ms; attempt 1, HTTP/1.1, N bytes sent, N received, request-id ID, "
            "client-request-id none",
            f"GET ROOT{GALLERY} 429 N ms; throttled: trying again in 0.0 s; attempt 1, HTTP/1.1, N bytes sent, "
            "N received, request-id ID, client-request-id ID",
            f"GET ROOT{GALLERY} 200 N ms; attempt 2, HTTP/1.1, N bytes sent, N received, request-id ID, "
            "client-request-id ID"])

    def test_as_json_each_line_has_all_of_it(self):
        lines = [json.loads(line) for line in self.catalog("-v", "--log-format", "json").splitlines()]
        self.assertEqual(len(lines), 3)
        for line in lines:
            self.assertIsInstance(line.pop("durationMilliseconds"), int)
            self.assertRegex(line.pop("requestId"), UUID)
        token, throttled, answered = lines
        self.assertGreater(token.pop("requestBytes"), 0)
        self.assertGreater(token.pop("responseBytes"), 0)
        self.assertEqual(self.masked(token.pop("message")), [f"POST ROOT{TOKEN} 200 N ms"])
        self.assertEqual(token, {"level": "info", "method": "POST", "host": "127.0.0.1", "path": TOKEN, "status": 200,
                                 "attempt": 1, "clientRequestId": "", "protocol": "HTTP/1.1"})
        self.assertRegex(answered["clientRequestId"], UUID)
        self.assertEqual(throttled.pop("clientRequestId"), answered.pop("clientRequestId"))
        self.assertEqual(self.masked(throttled.pop("message")),
                         [f"GET ROOT{GALLERY} 429 N ms; throttled: trying again in 0.0 s"])
        self.assertEqual(throttled, {"level": "info", "method": "GET", "host": "127.0.0.1", "path": GALLERY,
                                     "status": 429, "attempt": 1, "protocol": "HTTP/1.1", "requestBytes": 0,
                                     "responseBytes": 2, "retry": {"why": "throttled", "delayMilliseconds": 10}})
        self.assertGreater(answered.pop("responseBytes"), 100)
        self.assertEqual(self.masked(answered.pop("message")), [f"GET ROOT{GALLERY} 200 N ms"])
        self.assertEqual(answered, {"level": "info", "method": "GET", "host": "127.0.0.1", "path": GALLERY,
                                    "status": 200, "attempt": 2, "protocol": "HTTP/1.1", "requestBytes": 0})

    def test_a_batch_says_what_it_holds(self):
        self.failures = 0
        self.write("manifests/app.yaml", application("app", "Dropbox EU"))
        command = ["apply", "--auto-approve", "--project", "contoso", "-v"]
        told = self.run_syncwright(*command, "--log-format", "json", environment=self.proxy.environment).err
        records = [json.loads(line) for line in told.splitlines()]
        batches = [record for record in records if record.get("path") == "/v1.0/$batch"]
        claim = ("PATCH /applications/ID, GET /applications(uniqueName='syncwright%2Fcontoso%2F-%2Fapp'), "
                 "GET /servicePrincipals/ID")
        self.assertEqual(self.masked(batches[0]["items"]), [claim])
        self.assertEqual(self.masked(batches[0]["message"]), [f"POST ROOT/v1.0/$batch ({claim}) 200 N ms"])

    def test_a_request_without_an_answer_says_why(self):
        def reset(method, path, headers):
            if method != "GET" or self.failures == 0:
                return None
            self.failures -= 1
            return Answer(200, b"{", {"Content-Type": "application/json"}, length=100)
        self.proxy.weather = reset
        lines = [json.loads(line) for line in self.catalog("-v", "--log-format", "json").splitlines()]
        cut = lines[1]
        self.assertEqual((cut["status"], cut["failure"], cut["retry"]["why"], cut["requestId"]),
                         (0, "transport", "unanswered", ""))
        self.assertEqual(lines[2]["status"], 200)

    def test_no_secret_is_told(self):
        secret = "correct-horse-4711"
        environment = {**self.proxy.environment, "AZURE_CLIENT_SECRET": secret}
        for flags in (["-vv"], ["-vv", "--log-format", "json"]):
            told = self.run_syncwright("catalog", "dropbox", *flags, environment=environment).err
            self.assertNotIn(secret, told)
            self.assertNotIn("Bearer", told)
            self.assertNotIn(self.served.token().split(".")[1], told)


class Diagnostics(harness.Scenario):
    def test_faults_of_manifests_are_lines_of_json_too(self):
        self.write("manifests/app.yaml", application("app", "Dropbox EU").replace("displayName", "displayname"))
        outcome = self.run_syncwright("plan", "--emulator", "--log-format", "json", expect=65)
        lines = [json.loads(line) for line in outcome.err.splitlines()]
        self.assertTrue(lines)
        for line in lines:
            self.assertEqual(line["level"], line["severity"])
            self.assertEqual(line["file"], "manifests/app.yaml")
            self.assertGreater(line["line"], 0)
            self.assertRegex(line["code"], r"^SW\d{4}$")
            self.assertTrue(line["message"])


if __name__ == "__main__":
    harness.main()
