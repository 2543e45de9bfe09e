"""One live application, read and edited without syncwright: what somebody does in the portal."""
import base64
import contextlib
import json
import pathlib
import tempfile

STATE = ".syncwright/emulator.db"  # of --emulator without environments


@contextlib.contextmanager
def portal(scenario, *flags, state=STATE):
    """The embedded emulator's tenant, served for as long as somebody works in it."""
    server = scenario.serve(*flags, state=state)
    try:
        yield server
    finally:
        server.stop()


def state_of(scenario, state=STATE):
    """The tenant's own memory, as `emulator --export` writes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "state.json"
        scenario.run_syncwright("emulator", "--state", state, "--export", path)
        return json.loads(path.read_text())


def replace_state(scenario, memory, state=STATE):
    """The tenant remembers this and nothing else."""
    (scenario.folder / state).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "state.json"
        path.write_text(json.dumps(memory))
        scenario.run_syncwright("emulator", "--state", state, "--import", path)


@contextlib.contextmanager
def edited_state(scenario, state=STATE):
    """For what no request brings about: time that passed, faults."""
    memory = state_of(scenario, state)
    yield memory
    replace_state(scenario, memory, state)


def instantiate(server, display_name, gallery="Dropbox"):
    """What somebody makes by hand."""
    found = server.graph("GET", f"/applicationTemplates?$filter=displayName eq '{gallery}'")["value"]
    return server.graph("POST", f"/applicationTemplates/{found[0]['id']}/instantiate", {"displayName": display_name})


def only_roles(server, *roles):
    """The environment of a run whose token has these roles; the emulator signs nothing."""
    header, claims, signature = server.token().split(".")
    granted = json.loads(base64.urlsafe_b64decode(claims + "=="))
    granted["roles"] = list(roles)
    claims = base64.urlsafe_b64encode(json.dumps(granted).encode()).decode().rstrip("=")
    return {"SYNCWRIGHT_ENDPOINT": server.url, "SYNCWRIGHT_ACCESS_TOKEN": f"{header}.{claims}.{signature}"}


class LiveApplication:
    """The application of this display name; `user` is who works on it."""

    def __init__(self, server, display_name, user=None):
        self.server, self.user = server, user
        self.principal = server.service_principal(display_name)
        self.path = f"/servicePrincipals/{self.principal['id']}"

    def call(self, method, path="", body=None):
        return self.server.graph(method, self.path + path, body, user=self.user)

    @property
    def own_tags(self):
        return sorted(tag for tag in self.principal["tags"] if tag.startswith("syncwright"))

    def application(self):
        return self.server.graph("GET", f"/applications(appId='{self.principal['appId']}')")

    def secrets(self):
        return {pair["key"]: pair["value"] for pair in self.call("GET", "/synchronization/secrets")["value"]}

    def put_secrets(self, values):
        self.call("PUT", "/synchronization/secrets",
                  {"value": [{"key": key, "value": value} for key, value in values.items()]})

    def jobs(self):
        return self.call("GET", "/synchronization/jobs")["value"]

    def job_call(self, method, action="", body=None):
        """On the only job."""
        job, = self.jobs()
        return self.call(method, f"/synchronization/jobs/{job['id']}{action}", body)

    def edit_mapping(self, target, expression, source="User"):
        """Maps a target attribute to another source attribute."""
        schema = self.job_call("GET", "/schema")
        mappings = [mapping for rule in schema["synchronizationRules"] for one in rule["objectMappings"]
                    if one["sourceObjectName"] == source for mapping in one["attributeMappings"]
                    if mapping["targetAttributeName"] == target]
        mapping, = mappings
        mapping["source"] = {"type": "Attribute", "name": expression.strip("[]"), "expression": expression,
                             "parameters": []}
        self.job_call("PUT", "/schema", schema)
