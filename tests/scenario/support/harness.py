"""What the scenario tests share: the real binary, a project folder, an emulator over HTTP.

The binary's path is in SYNCWRIGHT_BINARY (ctest sets it). Every test has a folder of its own.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[3]
BINARY = os.environ.get("SYNCWRIGHT_BINARY", str(SOURCE / "build/release/syncwright"))
QUICKSTART = SOURCE / "manifests/quickstart"
TIMEOUT = 300
VIRTUAL_CLOCK = {"SYNCWRIGHT_CLOCK": "virtual"}  # docs/emulator.md: waits take no time


class Outcome:
    """How one command ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def json(self):
        return json.loads(self.out)


class Scenario(unittest.TestCase):
    """A test in a folder of its own; `run_syncwright` runs there with a clean environment."""

    maxDiff = None
    project = "default"  # of an apply in a folder that names none; None: it goes without
    clock = {}  # or VIRTUAL_CLOCK: of runs against a served emulator
    emulator = "--emulator"  # of `emulated`; a story of several environments on one tenant names the file

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="syncwright-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        for name in ("ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def use_quickstart(self):
        shutil.copytree(QUICKSTART, self.folder, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns(".syncwright"))

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def read(self, name):
        return (self.folder / name).read_text()

    def edit(self, name, old, new):
        text = self.read(name)
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))

    def named(self, arguments, cwd=None):
        """The arguments, with a project's name where writing needs one: most stories are about something else."""
        words = list(map(str, arguments))
        folder = pathlib.Path(cwd or self.folder)
        writes = words[:1] == ["apply"] or (words[:1] == ["plan"] and "--prune" in words)
        if not writes or self.project is None or "--project" in words:
            return words
        places = [folder, *(folder / word for word in words if (folder / word).exists())]
        if any((each / "syncwright.yaml").exists() for place in places for each in (place, *place.resolve().parents)):
            return words
        if "--plan" in words:  # it says itself whose it is
            saved = folder / words[words.index("--plan") + 1]
            if not saved.is_file() or f'"project":"{self.project}"' not in "".join(saved.read_text().split()):
                return words
        return [*words, "--project", self.project]

    def run_syncwright(self, *arguments, expect=0, environment=None, stdin=subprocess.DEVNULL, cwd=None):
        done = subprocess.run([BINARY, *self.named(arguments, cwd)], cwd=cwd or self.folder, stdin=stdin,
                              env={**self.environment, **(environment or {})},
                              capture_output=True, text=True, timeout=TIMEOUT)
        outcome = Outcome(done.returncode, done.stdout, done.stderr)
        if expect is not None:
            self.assertEqual(outcome.code, expect,
                             f"syncwright {' '.join(map(str, arguments))}\n{outcome.out}\n{outcome.err}")
        return outcome

    def emulated(self, *arguments, expect=0, **options):
        return self.run_syncwright(*arguments, self.emulator, expect=expect, **options)

    def assert_nothing_to_do(self, *arguments):
        """The last line of every story."""
        outcome = self.run_syncwright("plan", "--detailed-exitcode", *arguments, expect=None)
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)

    def serve(self, *flags, state="emulator.db"):
        server = Server(self, state, flags)
        self.addCleanup(server.stop)
        return server


class Server:
    """`syncwright emulator` on a free port, and a Graph client for it."""

    def __init__(self, scenario, state, flags):
        self.scenario = scenario
        self.request_log = scenario.folder / "requests.jsonl"
        self.process = subprocess.Popen(
            [BINARY, "emulator", "--listen", "127.0.0.1:0", "--state", state,
             "--request-log", str(self.request_log), *map(str, flags)],
            cwd=scenario.folder, env=scenario.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith(("listening on http://", "listening on https://")):
            self.stop()
            raise AssertionError(f"the emulator said {line!r}: {self.errors}")
        self.url = line.split()[-1]
        self.environment = {
            "SYNCWRIGHT_ENDPOINT": self.url, "AZURE_AUTHORITY_HOST": self.url,
            "AZURE_TENANT_ID": "contoso", "AZURE_CLIENT_ID": "app", "AZURE_CLIENT_SECRET": "any",
            **scenario.clock,
        }
        self.context = None  # an ssl.SSLContext, where the flags make it speak TLS
        self._tokens = {}

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        out, self.errors = self.process.communicate(timeout=TIMEOUT)
        return out

    def run(self, *arguments, expect=0, environment=None, **options):
        return self.scenario.run_syncwright(*arguments, expect=expect,
                                            environment={**self.environment, **(environment or {})},
                                            **options)

    def token(self, user=None):
        """An application's token, or the one of a person who signs in."""
        if user not in self._tokens:
            grant = ({"grant_type": "password", "username": user, "password": "any"} if user else
                     {"grant_type": "client_credentials", "client_secret": "test"})
            form = urllib.parse.urlencode({**grant, "client_id": "test",
                                           "scope": "https://graph.microsoft.com/.default"})
            with urllib.request.urlopen(f"{self.url}/contoso/oauth2/v2.0/token", form.encode(),
                                        context=self.context) as answer:
                self._tokens[user] = json.load(answer)["access_token"]
        return self._tokens[user]

    def graph(self, method, path, body=None, user=None):
        """The decoded answer of a Graph call, None where it is empty."""
        quoted = urllib.parse.quote(path, safe="/?&=$(),:'")
        request = urllib.request.Request(f"{self.url}/v1.0{quoted}", method=method)
        request.add_header("Authorization", f"Bearer {self.token(user)}")
        data = None
        if body is not None:
            request.add_header("Content-Type", "application/json")
            data = json.dumps(body).encode()
        with urllib.request.urlopen(request, data, timeout=TIMEOUT, context=self.context) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def own(self, path, text=None, method=None):
        """The decoded answer of an endpoint of the emulator's own, such as `faults`."""
        request = urllib.request.Request(f"{self.url}/_emulator/{path}", method=method,
                                         data=None if text is None else text.encode())
        with urllib.request.urlopen(request, timeout=TIMEOUT, context=self.context) as answer:
            return json.load(answer)

    def weather(self, spec):
        """The faults from now on, and no others."""
        return self.own("faults", spec, "PUT")

    def struck(self):
        """How often each fault struck, in their order."""
        return [fault["struck"] for fault in self.own("faults")["faults"]]

    def service_principal(self, display_name):
        found = self.graph("GET", f"/servicePrincipals?$filter=displayName eq '{display_name}'")["value"]
        self.scenario.assertEqual(len(found), 1, found)
        return found[0]

    def round_trips(self):
        """What was logged so far: a list for each HTTP request, of (method, path), more than one for a $batch."""
        if not self.request_log.exists():
            return []
        records = [json.loads(line) for line in self.request_log.read_text().splitlines()]
        return [[(each["method"], each["path"]) for each in record.get("items", [record])] for record in records]

    def requests(self):
        """(method, path) of everything logged so far, whether it came alone or in a $batch."""
        return [request for sent in self.round_trips() for request in sent]

    def clear_requests(self):
        self.request_log.write_text("")


def main():
    unittest.main(verbosity=2)
