#!/usr/bin/env python3
"""Every way to sign in, on the real binary: each gets its token as it would in the world, and reads the tenant with it.

Certificates are made by the openssl command; a server on loopback plays the metadata service, App Service and the OIDC
endpoints of GitHub and Azure DevOps; a script in PATH plays `az`. Tokens come from the served emulator.
"""
import http.server
import json
import os
import pathlib
import subprocess
import urllib.parse
import urllib.request

from support import harness, loopback

JOB_TOKEN = "job-token-that-nobody-may-see"
HEADER = "identity-header-that-nobody-may-see"
PASSWORD = "pass word of the key"


class Platform:
    """What a machine or a pipeline has on loopback. Keeps (method, path, headers) of what was asked."""

    def __init__(self, scenario, token):
        self.requests = []
        self.assertion = None  # of the pipeline, once the emulator's identity provider has given it
        platform = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def _serve(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                platform.requests.append((self.command, self.path, self.headers))
                status, body = platform.answer(self.path, self.headers, token)
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = _serve

            def log_message(self, *_):
                pass

        self.url = loopback.serve(scenario, Handler).url

    def answer(self, path, headers, token):
        granted = {"access_token": token, "expires_in": "3599", "token_type": "Bearer"}
        if path.startswith("/metadata/"):
            return (200, granted) if headers.get("Metadata") == "true" else (400, {"error": "invalid_request"})
        if path.startswith("/msi/"):
            return (200, granted) if headers.get("X-IDENTITY-HEADER") == HEADER else (401, {})
        if headers.get("Authorization") != f"Bearer {JOB_TOKEN}":
            return 401, {"message": "no job"}
        return 200, {"value": self.assertion} if path.startswith("/github") else {"oidcToken": self.assertion}


class SignIn(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.use_quickstart()
        self.server = self.serve()
        self.base = {"SYNCWRIGHT_ENDPOINT": self.server.url, "AZURE_AUTHORITY_HOST": self.server.url}
        self.app = {**self.base, "AZURE_TENANT_ID": "contoso", "AZURE_CLIENT_ID": "app"}
        self.token = self.server.token()
        self.platform = Platform(self, self.token)
        with urllib.request.urlopen(f"{self.server.url}/oidc/cluster?subject=pipeline") as answer:
            self.platform.assertion = answer.read().decode().strip()

    def openssl(self, *arguments):
        subprocess.run(["openssl", *map(str, arguments)], cwd=self.folder, check=True, capture_output=True)

    def make_certificate(self, name="own", algorithm="rsa:2048"):
        """NAME.pem with certificate and key, as it is put on a runner."""
        self.openssl("req", "-x509", "-newkey", algorithm, "-nodes", "-days", "2", "-subj", f"/CN={name}",
                     "-keyout", f"{name}-key.pem", "-out", f"{name}-cert.pem")
        self.write(f"{name}.pem", self.read(f"{name}-cert.pem") + self.read(f"{name}-key.pem"))

    def signs_in(self, environment, way, secrets=()):
        """whoami and plan work, whoami names the way, and no output holds a secret, -v and -vv included."""
        said = self.run_syncwright("whoami", "-v", environment=environment)
        self.assertRegex(said.out, rf"(?m)^  {way} +used$")
        document = self.run_syncwright("whoami", "--format", "json", environment=environment).json()
        self.assertEqual([row["way"] for row in document["signIn"] if row["state"] == "used"], [way])
        planned = self.run_syncwright("plan", "-v", environment=environment)
        self.assertIn("2 to create", planned.out)
        for secret in (*secrets, self.token, JOB_TOKEN, HEADER, PASSWORD):
            self.assertNotIn(secret, said.out + said.err + planned.out + planned.err)
        return document

    def refused(self, environment, *expected):
        outcome = self.run_syncwright("whoami", "-v", environment=environment, expect=6)
        for text in expected:
            self.assertIn(text, outcome.err)
        for secret in (self.token, JOB_TOKEN, HEADER, PASSWORD):
            self.assertNotIn(secret, outcome.out + outcome.err)

    def test_access_token_and_client_secret(self):
        self.signs_in({**self.base, "SYNCWRIGHT_ACCESS_TOKEN": self.token}, "access token")
        document = self.signs_in({**self.app, "AZURE_CLIENT_SECRET": "a client's secret"}, "client secret",
                                 ["a client's secret"])
        self.assertEqual(document["signIn"][0],
                         {"way": "access token", "state": "notSet", "missing": ["SYNCWRIGHT_ACCESS_TOKEN"]})
        self.assertEqual(document["signIn"][-1], {"way": "Azure CLI", "state": "notReached"})

    def test_certificates(self):
        self.make_certificate()
        certificate = {**self.app, "AZURE_CLIENT_CERTIFICATE_PATH": str(self.folder / "own.pem")}
        key = self.read("own-key.pem").splitlines()[3]
        self.signs_in(certificate, "certificate", [key])
        self.signs_in({**certificate, "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN": "true"}, "certificate", [key])

        locked = {**self.app, "AZURE_CLIENT_CERTIFICATE_PASSWORD": PASSWORD}
        for name, words in (("own.pfx", ["pkcs12", "-export", "-in", "own.pem"]),
                            ("locked-key.pem", ["pkcs8", "-topk8", "-in", "own-key.pem"])):
            self.openssl(*words, "-passout", f"pass:{PASSWORD}", "-out", name)
        self.write("locked.pem", self.read("own-cert.pem") + self.read("locked-key.pem"))
        self.openssl("pkcs12", "-export", "-in", "own.pem", "-passout", "pass:", "-out", "open.pfx")
        for name in ("own.pfx", "locked.pem"):
            path = {"AZURE_CLIENT_CERTIFICATE_PATH": str(self.folder / name)}
            self.signs_in({**locked, **path}, "certificate")
            self.refused({**self.app, **path}, "is protected by a password", "AZURE_CLIENT_CERTIFICATE_PASSWORD")
            self.refused({**self.app, **path, "AZURE_CLIENT_CERTIFICATE_PASSWORD": "wrong word"},
                         "is not opened by AZURE_CLIENT_CERTIFICATE_PASSWORD")
        self.signs_in({**self.app, "AZURE_CLIENT_CERTIFICATE_PATH": str(self.folder / "open.pfx")}, "certificate")

    def test_certificates_that_cannot_be_used(self):
        self.make_certificate()
        self.openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "ec-key.pem")
        self.openssl("req", "-x509", "-key", "ec-key.pem", "-days", "2", "-subj", "/CN=ec", "-out", "ec-cert.pem")
        self.write("ec.pem", self.read("ec-cert.pem") + self.read("ec-key.pem"))
        for name, said in (("ec.pem", "holds a key that is not RSA"), ("own-cert.pem", "holds no private key"),
                           ("own-key.pem", "holds no certificate"), ("missing.pem", "missing.pem"),
                           ("salesforce.yaml", "is neither PEM nor PKCS#12")):
            self.refused({**self.app, "AZURE_CLIENT_CERTIFICATE_PATH": str(self.folder / name)}, said)

    def test_an_opaque_token_says_what_can_be_said(self):
        outcome = self.run_syncwright("whoami", "--format", "json", expect=1,
                                      environment={**self.base, "SYNCWRIGHT_ACCESS_TOKEN": "opaque1234"})
        self.assertEqual(outcome.json()["source"], "SYNCWRIGHT_ACCESS_TOKEN")
        self.assertEqual(outcome.json()["signIn"][0]["state"], "used")
        self.assertIn("the token is opaque", outcome.err)
        self.assertNotIn("opaque1234", outcome.out + outcome.err)

    def test_an_endpoint_is_a_root(self):
        outcome = self.run_syncwright("whoami", "--endpoint", self.server.url + "/v1.0", expect=65,
                                      environment=self.app)
        self.assertIn("ends with a version\n  name its root: https://HOST, without /v1.0", outcome.err)

    def test_federated_token_file(self):
        path = self.write("token", self.platform.assertion + "\n")
        environment = {**self.app, "AZURE_FEDERATED_TOKEN_FILE": str(path)}
        self.signs_in(environment, "federated token file", [self.platform.assertion])
        self.write("token", "")
        self.refused(environment, "the file of AZURE_FEDERATED_TOKEN_FILE is empty")

    def test_pipelines(self):
        github = {**self.app, "ACTIONS_ID_TOKEN_REQUEST_URL": self.platform.url + "/github?api-version=2.0",
                  "ACTIONS_ID_TOKEN_REQUEST_TOKEN": JOB_TOKEN}
        self.signs_in(github, "GitHub OIDC", [self.platform.assertion])
        self.assertEqual({request[:2] for request in self.platform.requests},
                         {("GET", "/github?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange")})
        self.refused({**github, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "another"}, "no token by GitHub's OIDC: no job")
        outcome = self.run_syncwright("whoami", expect=3, environment={
            **github, "ACTIONS_ID_TOKEN_REQUEST_URL": "http://pipelines.example/token"})
        self.assertIn("ACTIONS_ID_TOKEN_REQUEST_TOKEN is not sent to http://pipelines.example/token", outcome.err)

        self.platform.requests.clear()
        devops = {**self.app, "SYSTEM_OIDCREQUESTURI": self.platform.url + "/devops", "SYSTEM_ACCESSTOKEN": JOB_TOKEN,
                  "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID": "connection"}
        self.signs_in(devops, "Azure DevOps OIDC", [self.platform.assertion])
        self.assertEqual({request[:2] for request in self.platform.requests},
                         {("POST", "/devops?api-version=7.1&serviceConnectionId=connection")})

    def test_managed_identity(self):
        machine = {**self.base, "AZURE_POD_IDENTITY_AUTHORITY_HOST": self.platform.url}
        self.signs_in(machine, "managed identity")
        self.assertEqual({urllib.parse.parse_qs(request[1].partition("?")[2])["resource"][0]
                          for request in self.platform.requests}, {"https://graph.microsoft.com/"})
        self.platform.requests.clear()
        service = {**self.base, "IDENTITY_ENDPOINT": self.platform.url + "/msi/token", "IDENTITY_HEADER": HEADER,
                   "AZURE_CLIENT_ID": "user-assigned"}
        self.signs_in(service, "managed identity")
        self.assertTrue(all("client_id=user-assigned" in request[1] for request in self.platform.requests))

    def test_azure_arc(self):
        """The agent's folder is the machine's: it is made only where nobody has one, and taken away again."""
        folder = pathlib.Path("/var/opt/azcmagent/tokens")
        if folder.exists() or os.geteuid() != 0:
            self.skipTest(f"{folder} is there already" if folder.exists() else f"only root may make {folder}")
        environment = {**self.base, "IDENTITY_ENDPOINT": self.server.url + "/metadata/identity/oauth2/token",
                       "IMDS_ENDPOINT": self.server.url}
        self.refused(environment, f"there is no folder {folder}")
        self.assertFalse(folder.exists())
        made = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True)
        try:
            self.signs_in(environment, "managed identity")
            self.assertEqual(list(folder.iterdir()), [])  # a key serves once
            self.refused({**environment, "AZURE_CLIENT_ID": "mine"}, "Azure Arc has only the machine's own")
        finally:
            for path in made:
                path.rmdir()

    def test_password(self):
        self.signs_in({**self.base, "AZURE_TENANT_ID": "contoso", "AZURE_USERNAME": "ada@contoso.example",
                       "AZURE_PASSWORD": "a person's password"}, "password", ["a person's password"])

    def test_azure_cli(self):
        """Where nothing is configured. Most machines have no metadata service, which takes the probe a second to see."""
        granted = json.dumps({"accessToken": self.token, "expires_on": 4102444800, "tokenType": "Bearer"})
        path = self.write("bin/az", f"#!/bin/sh\necho \"$@\" >> {self.folder}/az.log\necho '{granted}'\n")
        path.chmod(0o755)
        environment = {**self.base, "PATH": f"{path.parent}{os.pathsep}{os.environ['PATH']}"}
        document = self.run_syncwright("whoami", "--format", "json", environment=environment, expect=None)
        if document.code == 0 and document.json()["source"].startswith("managed identity"):
            self.skipTest("this machine has a managed identity of its own")
        self.signs_in({**environment, "AZURE_TENANT_ID": "contoso.example"}, "Azure CLI")
        self.assertEqual(self.read("az.log").splitlines()[-1],
                         "account get-access-token --output json --resource https://graph.microsoft.com "
                         "--tenant contoso.example")
        path.write_text(f"#!/bin/sh\necho {self.token}\necho {self.token} >&2\nexit 1\n")
        self.refused(environment, "Azure CLI: nobody is signed in to the Azure CLI")
        path.write_text("#!/bin/sh\ntest $2 = show && exit 0\n"
                        f"echo 'ERROR: AADSTS50076: not {self.token} but more' >&2\nexit 1\n")
        self.refused(environment, "no token by Azure CLI: AADSTS50076: not (secret) but more\n"
                                  "  the account needs multi-factor authentication")

    def test_half_of_a_way(self):
        self.refused({**self.base, "AZURE_TENANT_ID": "contoso", "AZURE_CLIENT_SECRET": "a client's secret"},
                     "AZURE_CLIENT_SECRET is set, but AZURE_CLIENT_ID is not",
                     "  set all that one way needs:\n    access token: SYNCWRIGHT_ACCESS_TOKEN\n    client secret: ",
                     "\n  or run where there is a managed identity, or after `az login`; ")
        half = {**self.app, "SYSTEM_OIDCREQUESTURI": self.platform.url + "/devops", "SYSTEM_ACCESSTOKEN": JOB_TOKEN}
        self.refused(half, "SYSTEM_ACCESSTOKEN is set, but ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID or ")
        self.assertEqual(self.platform.requests, [])
        told = self.run_syncwright("whoami", "--log-format", "json", environment=half, expect=6).err.splitlines()
        self.assertIn("\n  client secret: AZURE_TENANT_ID, ", json.loads(told[-1])["advice"])
        self.signs_in({**half, "AZURE_CLIENT_SECRET": "a client's secret"}, "client secret", ["a client's secret"])


if __name__ == "__main__":
    harness.main()
