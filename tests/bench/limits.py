"""The figures that have a limit, measured: what `tools/bench` runs and docs/performance.md explains.

Each function gives rows. The project is Salesforce applications with credentials, a scope, one mapping and a running job.
"""
import contextlib
import dataclasses
import pathlib
import sys
import tempfile

import measure
import scale

PROJECT = """\
apiVersion: syncwright/v1
kind: Project
metadata: {name: bench}
spec: {guards: {maxUpdatesPercent: 100}}
"""
APPLICATION = """\
apiVersion: syncwright/v1
kind: Application
metadata: {name: "salesforce-%(number)05d"}
spec:
  gallery: Salesforce
  displayName: Salesforce %(number)05d
  scope: assigned
  credentials:
    revision: "1"
    validate: true
    values:
      BaseAddress: https://scim.example.com/
      UserName: {env: TOKEN}
      Password: {env: TOKEN}
      SecretToken: {env: TOKEN}
  jobs:
    default:
      state: started
      schema:
        mappings:
          - object: User
            attributes:
              CompanyName: {constant: Contoso}
"""
ADOPTED = """\
apiVersion: syncwright/v1
kind: Application
metadata: {name: salesforce}
spec:
  gallery: Salesforce
  displayName: Salesforce by hand
  lifecycle: {adopt: by-name}
  jobs: {default: {state: paused}}
"""
NOTIFIED = "  scope: assigned\n  notifications: {enabled: true, recipient: idm@contoso.example}\n"
LATENCY = 50  # milliseconds before each answer
LONGER_LATENCY = 250
AN_HOUR = 3600  # by then nothing is young any more
AGED = {"SYNCWRIGHT_CLOCK": "virtual"}


@dataclasses.dataclass
class Row:
    """One figure: what was measured in each run, and its limit (`at_least`: a floor instead of a ceiling)."""

    figure: str
    unit: str
    limit: float | None
    values: list
    at_least: bool = False

    @property
    def median(self):
        return measure.median_and_spread(self.values)[0]

    @property
    def spread(self):
        return measure.median_and_spread(self.values)[1]

    @property
    def is_met(self):
        """None where there is no limit."""
        if self.limit is None:
            return None
        return self.median >= self.limit if self.at_least else self.median <= self.limit


@contextlib.contextmanager
def tenant(binary, applications, *flags):
    """A project of that many applications, and an empty tenant for it."""
    with tempfile.TemporaryDirectory(prefix="syncwright-bench-") as name:
        folder = pathlib.Path(name)
        (folder / "manifests").mkdir()
        (folder / "syncwright.yaml").write_text(PROJECT)
        for number in range(applications):
            (folder / f"manifests/salesforce-{number:05}.yaml").write_text(APPLICATION % {"number": number})
        with measure.Emulator(binary, folder, *flags) as emulator:
            _ = emulator.token  # the first one makes the emulator's signing key, which no service does
            yield Tenant(binary, folder, emulator)


class Tenant:
    def __init__(self, binary, folder, emulator):
        self.binary, self.folder, self.emulator = binary, folder, emulator

    def run(self, *arguments, **environment):
        return measure.run(self.binary, *arguments, folder=self.folder, environment=self.emulator.environment(**environment))

    def requests(self, *arguments):
        """How many one command sends, of an application that is no longer young."""
        self.emulator.take_log()
        self.run(*arguments, **AGED)
        return len(self.emulator.take_log())

    def requests_beyond_the_plan(self):
        return -self.requests("plan") + self.requests("apply", "--auto-approve")

    def edit(self, old, new):
        for manifest in sorted((self.folder / "manifests").iterdir()):
            measure.replace(manifest, old, new)


def request_counts(binary):
    """Counted in the emulator's log; they do not vary, so that once is enough."""
    creations = []
    for applications in (1, 3):
        with tenant(binary, applications) as fresh:
            creations.append(fresh.requests("apply", "--auto-approve"))
    with tenant(binary, 1) as known:
        known.run("apply", "--auto-approve")
        known.emulator.advance(AN_HOUR)
        known.edit("{constant: Contoso}", "{constant: Fabrikam}")
        schema = known.requests_beyond_the_plan()
        known.edit("  scope: assigned\n", NOTIFIED)
        settings = known.requests_beyond_the_plan()
    with tenant(binary, 0) as by_hand:
        make_by_hand(by_hand.emulator)
        (by_hand.folder / "manifests/salesforce.yaml").write_text(ADOPTED)
        adoption = by_hand.requests_beyond_the_plan()
    return [Row("requests of a creation, per application", "", 18, [(creations[1] - creations[0]) / 2]),
            Row("requests of a settings change, beyond the plan's", "", 6, [settings]),
            Row("requests of a schema change, beyond the plan's", "", 4, [schema]),
            Row("requests of an adoption, beyond the plan's", "", 7, [adoption])]


def make_by_hand(emulator):
    """An application with a job, as somebody makes it in the portal, an hour ago."""
    found = emulator.json("GET", "/v1.0/applicationTemplates?$filter=displayName eq 'Salesforce'")
    made = emulator.json("POST", f"/v1.0/applicationTemplates/{found['value'][0]['id']}/instantiate",
                         {"displayName": "Salesforce by hand"})
    jobs = f"/v1.0/servicePrincipals/{made['servicePrincipal']['id']}/synchronization"
    template = emulator.json("GET", f"{jobs}/templates")["value"][0]["id"]
    emulator.json("POST", f"{jobs}/jobs", {"templateId": template})
    emulator.advance(AN_HOUR)


def round_trips(binary, runs):
    """How many requests of a creation go one after another: what a slower network adds to the time tells it."""
    trips = []
    for _ in range(runs):
        seconds = {}
        for latency in (LATENCY, LONGER_LATENCY):
            with tenant(binary, 1, "--latency", latency) as fresh:
                seconds[latency] = -fresh.run("plan").seconds + fresh.run("apply", "--auto-approve").seconds
        trips.append(round((seconds[LONGER_LATENCY] - seconds[LATENCY]) * 1000 / (LONGER_LATENCY - LATENCY)))
    return [Row("requests of a creation, one after another", "", 13, trips)]


def wall_times(binary, runs):
    for applications, limit in ((1, 1.1), (20, 1.5), (100, 4)):
        creations, plans = [], []
        for _ in range(runs):
            with tenant(binary, applications, "--latency", LATENCY) as fresh:
                creations.append(fresh.run("apply", "--auto-approve").seconds)
                plans.append(fresh.run("plan").seconds)
        yield Row(f"creation of {applications}, {LATENCY} ms latency", "s", limit, creations)
    yield Row(f"plan of {applications} unchanged, {LATENCY} ms latency", "s", 0.6, plans)


def starts(binary, runs):
    """Start and exit of commands that talk to nobody; the first run, which reads the binary from disk, does not count."""
    for title, arguments in (("version", ["version"]), ("validate of one file", ["validate", "manifests/salesforce-00000.yaml"]),
                             ("eval", ["eval", "ToUpper([givenName])", "--set", "givenName=Ada"])):
        with tempfile.TemporaryDirectory(prefix="syncwright-bench-") as name:
            folder = pathlib.Path(name)
            (folder / "manifests").mkdir()
            (folder / "syncwright.yaml").write_text(PROJECT)
            (folder / "manifests/salesforce-00000.yaml").write_text(APPLICATION % {"number": 0})
            seconds = [measure.run(binary, *arguments, folder=folder).seconds for _ in range(runs + 1)]
        yield Row(f"start and exit of {title}", "ms", 15, [1000 * each for each in seconds[1:]])


def growth(binary, runs, counts):
    """Time and memory over the number of applications, whose schemas are their template's."""
    exponents, peaks = {}, []
    for _ in range(runs):
        rows = measured(binary, counts, schema_bytes=0)
        for command in ("validate", "plan, unchanged", "plan, one mapping each", "apply, creation", "apply, one mapping each"):
            exponents.setdefault(command, []).append(scale.growth_exponent(rows, command, "seconds"))
        peaks.append(max(row["peak_mb"] for row in rows))
    span = f"from {counts[0]} to {counts[-1]}"
    return [*(Row(f"growth exponent, {command}, {span}", "", 1.05, values) for command, values in exponents.items()),
            Row(f"memory, at most, {span}", "MB", 64, peaks)]


def large_schemas(binary, runs, count):
    """Speed and memory where live schemas have 566 KB."""
    def slowest_plan(rows):
        return min(row["schema_mb_per_cpu_second"] for row in rows if row["command"].startswith("plan, "))

    speeds, speeds_unlike, peaks = [], [], []
    for _ in range(runs):
        alike, unlike = measured(binary, [count]), measured(binary, [count], unlike=True)
        speeds.append(slowest_plan(alike))
        speeds_unlike.append(slowest_plan(unlike))
        peaks.append(max(row["peak_mb"] for row in alike + unlike))
    return [Row(f"schema a CPU second, plan of {count}", "MB", 250, speeds, at_least=True),
            Row("the same, no list of attributes in common", "MB", 250, speeds_unlike, at_least=True),
            Row(f"memory, at most, {count} of 566 KB", "MB", 64, peaks)]


def measured(binary, counts, **schemas):
    with contextlib.redirect_stdout(sys.stderr):
        return scale.measure_all(binary, counts, **schemas)


@dataclasses.dataclass
class Extent:
    """How much is measured: runs of each time, runs of what takes minutes, and at which numbers of applications."""

    runs: int
    long_runs: int
    growth: list
    large_schemas: int


GROUPS = {
    "requests": lambda binary, _: request_counts(binary),
    "start": lambda binary, extent: starts(binary, 4 * extent.runs),
    "sequence": lambda binary, extent: round_trips(binary, extent.runs),
    "latency": lambda binary, extent: wall_times(binary, extent.runs),
    "growth": lambda binary, extent: growth(binary, extent.long_runs, extent.growth),
    "schemas": lambda binary, extent: large_schemas(binary, extent.long_runs, extent.large_schemas),
}


def rows(binary, extent, groups):
    """Every row of these groups, as soon as it is measured."""
    for group in groups:
        yield from GROUPS[group](binary, extent)
