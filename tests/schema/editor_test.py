"""What editors make of schemas/manifest.schema.json: ajv compiles it in strict mode, and yaml-language-server checks
and completes manifests with it.

Both come from the npm registry into a temporary folder; without npm or the registry this test is skipped, which it
prints (pattern_test.py needs neither). YAML_TO_JSON names the program built from tests/tools/yaml_to_json.cpp.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "schemas" / "manifest.schema.json"
PACKAGES = ["ajv@8.20.0", "yaml-language-server@1.25.0"]
REGISTRY_TIMEOUT = 120
# The editor's settings: what it knows of manifests is in the modeline, and nothing is fetched.
SETTINGS = {"yaml": {"validate": True, "completion": True, "schemaStore": {"enable": False}}}

# Reads {"schemas": {name: schema}, "documents": {name: [document...]}}; prints one fault a line.
AJV = """
const Ajv = require("ajv").default;
const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
const options = {strict: true, strictRequired: false, allowUnionTypes: true, unicodeRegExp: true, allErrors: true};
const compiled = {};
for (const [name, schema] of Object.entries(input.schemas)) {
  try { compiled[name] = new Ajv(options).compile(schema); } catch (error) { console.log(name + ": " + error.message); }
}
const validate = compiled["manifest.schema.json"];
for (const [name, documents] of Object.entries(validate ? input.documents : {})) {
  for (const document of documents) {
    if (!validate(document)) console.log(name + ": " + JSON.stringify(validate.errors[0]));
  }
}
"""

MODELINE = "# yaml-language-server: $schema=manifest.schema.json\n"
HEAD = MODELINE + "apiVersion: syncwright/v1\nkind: Application\nmetadata:\n  name: a\nspec:\n"
# (text before the cursor, what the editor must offer there)
COMPLETIONS = [
    (HEAD + "  gallery: ", {"Salesforce", "Box", "AWS Single-Account Access"}),
    (HEAD + "  scope: ", {"assigned", "all"}),
    (HEAD + "  gallery: Box\n  disp", {"displayName"}),
    (HEAD + "  jobs:\n    default:\n      state: ", {"started", "paused"}),
]
# (manifest, what the editor must say about it)
FAULTS = [
    (HEAD + "  gallery: Box\n  displayNam: Box\n", "Property displayNam is not allowed."),
    (HEAD + "  gallery: Box\n  displayName: Box\n  scope: everybody\n", "Value is not accepted."),
    (HEAD + "  gallery: Box\n", 'Missing property "displayName".'),
]


def install(folder):
    """Whether the packages are there."""
    if not shutil.which("npm") or not shutil.which("node"):
        print("skipped: no node and npm")
        return False
    command = ["npm", "install", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix", folder, *PACKAGES]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=REGISTRY_TIMEOUT, check=False,
                              cwd=folder)
    except subprocess.TimeoutExpired:
        print("skipped: the npm registry does not answer")
        return False
    if done.returncode != 0:
        print("skipped: the npm registry does not give the packages:", done.stderr.strip().splitlines()[:1])
    return done.returncode == 0


def manifests():
    """Those that ship, and those of cases that `validate` accepts without a word."""
    files = [*(ROOT / "manifests").rglob("*.yaml")]
    for case in sorted((ROOT / "tests/cases/validate").iterdir()):
        accepted = case.name[4:].startswith("accepted") and "exit code 0" in (case / "expected.txt").read_text()
        data = ("vars.", "rows.", "docker-", "deployment.", "unused.", "broken.")
        files += [path for path in case.rglob("*.yaml") if accepted and not path.name.startswith(data)]
    return sorted(files)


def faults_of_ajv(folder):
    files = manifests()
    output = subprocess.run([os.environ["YAML_TO_JSON"], *map(str, files)], check=True, capture_output=True).stdout
    documents = {str(file.relative_to(ROOT)): json.loads(line)["documents"]
                 for file, line in zip(files, output.splitlines(), strict=True)}
    schemas = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in (ROOT / "schemas").glob("*.json")}
    done = subprocess.run(["node", "-e", AJV], input=json.dumps({"schemas": schemas, "documents": documents}),
                          text=True, capture_output=True, check=True, cwd=folder)
    print(f"ajv: {len(schemas)} schemas, {len(files)} manifests")
    return done.stdout.splitlines() + ([] if len(files) > 20 else ["too few manifests were found"])


class LanguageServer:
    """A client of yaml-language-server, as an editor is one."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        server = self.folder / "node_modules/yaml-language-server/bin/yaml-language-server"
        self.process = subprocess.Popen(["node", str(server), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, cwd=folder)
        self.last_id = 0
        self.published = {}
        self.ask("initialize", {"processId": os.getpid(), "rootUri": self.folder.as_uri(),
                                "capabilities": {"workspace": {"configuration": True}}})
        self.tell("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, parameters):
        self.send({"method": method, "params": parameters})

    def receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = [each["message"] for each in message["params"]["diagnostics"]]
        elif "method" in message and "id" in message:
            asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
            self.send({"id": message["id"], "result": [SETTINGS.get(each.get("section"), {}) for each in asked]})
        return message

    def ask(self, method, parameters):
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": parameters})
        while True:
            message = self.receive()
            if message.get("id") == self.last_id and "method" not in message:
                return message.get("result")

    def open(self, name, text):
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        uri = file.as_uri()
        self.tell("textDocument/didOpen",
                  {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
        return uri

    def findings(self, name, text):
        uri = self.open(name, text)
        while uri not in self.published:
            self.receive()
        return self.published[uri]

    def completions(self, name, text):
        """Of what may stand at the end of the text."""
        uri = self.open(name, text)
        lines = text.split("\n")
        offered = self.ask("textDocument/completion", {
            "textDocument": {"uri": uri}, "position": {"line": len(lines) - 1, "character": len(lines[-1])}})
        items = offered["items"] if isinstance(offered, dict) else offered or []
        return {item["label"] for item in items}


def faults_of_the_language_server(folder):
    failures = []
    shutil.copy(SCHEMA, folder)
    good = sorted((ROOT / "manifests/quickstart").glob("*.yaml"))
    with LanguageServer(folder) as server:
        for file in good:
            text = file.read_text(encoding="utf-8")
            if not text.startswith(MODELINE):
                failures.append(f"{file.name} does not begin with the modeline")
            found = server.findings(file.name, text)
            failures += [f"{file.name}: {each}" for each in found]
        for number, (text, said) in enumerate(FAULTS):
            found = server.findings(f"fault-{number}.yaml", text)
            if not any(said in each for each in found):
                failures.append(f"the editor does not say `{said}` but {found}")
        for number, (text, wanted) in enumerate(COMPLETIONS):
            offered = server.completions(f"completion-{number}.yaml", text)
            if not wanted <= offered:
                failures.append(f"after `{text.splitlines()[-1]}` the editor offers {sorted(offered)}")
    print(f"yaml-language-server: {len(good)} manifests, {len(FAULTS)} faults, {len(COMPLETIONS)} completions")
    return failures if good else [*failures, "no manifests"]


def main():
    with tempfile.TemporaryDirectory(prefix="syncwright-editor-") as folder:
        if not install(folder):
            return 0
        failures = faults_of_ajv(folder) + faults_of_the_language_server(folder)
    print("\n".join(failures) or "the schema compiles, checks and completes")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
