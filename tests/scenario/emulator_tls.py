#!/usr/bin/env python3
"""The emulator over TLS: a certificate of its own or of the user's, and links that say https."""
import json
import ssl
import subprocess
import urllib.error
import urllib.request

from support import harness


class Tls(harness.Scenario):
    def serve_tls(self, *flags, authority="emulator-ca.pem"):
        server = self.serve(*flags)
        self.assertTrue(server.url.startswith("https://127.0.0.1:"), server.url)
        server.context = ssl.create_default_context(cafile=self.folder / authority)
        return server

    def fetch(self, server, path, headers=None):
        """(status, decoded body)."""
        request = urllib.request.Request(server.url + path, headers=headers or {})
        try:
            with urllib.request.urlopen(request, context=server.context, timeout=harness.TIMEOUT) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    def curl(self, *arguments, expect=0):
        done = subprocess.run(["curl", "-sS", "--noproxy", "*", *map(str, arguments)], capture_output=True, text=True,
                              cwd=self.folder, timeout=harness.TIMEOUT)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done.stdout

    def openssl(self, *arguments):
        return subprocess.run(["openssl", *map(str, arguments)], cwd=self.folder, check=True, capture_output=True,
                              text=True).stdout

    def make_certificate(self, name, *more):
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", f"{name}.key",
                     "-out", f"{name}.pem", "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1",
                     "-days", "2", *(more or ["-nodes"]))

    def test_a_certificate_of_this_run(self):
        server = self.serve_tls("--tls")
        server.context.verify_flags |= ssl.VERIFY_X509_STRICT
        self.assertEqual(len(server.graph("GET", "/users")["value"]), 24)
        errors = self.stopped_errors(server)
        authority = self.folder / "emulator-ca.pem"
        self.assertIn(f"  export SSL_CERT_FILE='{authority}' NODE_EXTRA_CA_CERTS='{authority}'\n", errors)
        self.assertIn(f"SYNCWRIGHT_ENDPOINT={server.url} AZURE_AUTHORITY_HOST={server.url}\n", errors)
        # Nobody can make a second certificate under that CA: its key is in no file.
        for path in self.folder.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"PRIVATE KEY", path.read_bytes(), path)
        first = authority.read_text()
        self.serve("--tls")
        self.assertNotEqual(authority.read_text(), first)

    def test_our_own_client_trusts_the_ca_that_it_is_told(self):
        server = self.serve_tls("--tls")
        variables = {"AZURE_AUTHORITY_HOST": server.url, "AZURE_TENANT_ID": "contoso", "AZURE_CLIENT_ID": "any",
                     "AZURE_CLIENT_SECRET": "any"}
        listed = self.run_syncwright("catalog", "dropbox", "--endpoint", server.url, "--ca-file", "emulator-ca.pem",
                                     environment=variables)
        self.assertIn("Dropbox", listed.out)
        refused = self.run_syncwright("catalog", "dropbox", "--endpoint", server.url, environment=variables, expect=1)
        self.assertIn("its certificate comes from an issuer that is not trusted here", refused.err)

    def stopped_errors(self, server):
        self.assertEqual(server.stop(), "")
        return server.errors

    def test_it_can_play_graph_and_the_sign_in(self):
        server = self.serve_tls("--tls")
        port = server.url.rsplit(":", 1)[1]
        for host in ("graph.microsoft.com", "login.microsoftonline.com", "graph.microsoft.us",
                     "dod-graph.microsoft.us", "login.microsoftonline.us", "microsoftgraph.chinacloudapi.cn",
                     "login.chinacloudapi.cn", "localhost"):
            body = self.curl("--cacert", "emulator-ca.pem", "--resolve", f"{host}:{port}:127.0.0.1",
                             "-H", f"Authorization: Bearer {server.token()}", f"https://{host}:{port}/v1.0/organization")
            self.assertEqual(json.loads(body)["@odata.context"], f"https://{host}:{port}/v1.0/$metadata#organization")
        self.curl("--cacert", "emulator-ca.pem", "--resolve", f"elsewhere.example:{port}:127.0.0.1",
                  f"https://elsewhere.example:{port}/v1.0/organization", expect=60)
        self.curl(f"{server.url}/v1.0/organization", expect=60)  # who does not know the CA

    def test_links_carry_the_scheme_of_the_caller(self):
        server = self.serve_tls("--tls")
        token = {"Authorization": f"Bearer {server.token()}"}
        _, page = self.fetch(server, "/v1.0/users?$top=5", token)
        self.assertTrue(page["@odata.nextLink"].startswith(f"{server.url}/v1.0/users?"), page["@odata.nextLink"])
        self.assertEqual(self.fetch(server, page["@odata.nextLink"].removeprefix(server.url), token)[0], 200)
        server.stop()
        server = self.serve()  # in the clear, and behind a proxy that ends TLS
        _, page = self.fetch(server, "/v1.0/users?$top=5", token)
        self.assertTrue(page["@odata.nextLink"].startswith("http://127.0.0.1:"), page["@odata.nextLink"])
        proxied = {**token, "X-Forwarded-Proto": "https", "Host": "graph.example"}
        _, page = self.fetch(server, "/v1.0/users?$top=5", proxied)
        self.assertTrue(page["@odata.nextLink"].startswith("https://graph.example/v1.0/users?"), page)
        _, page = self.fetch(server, "/v1.0/users?$top=5", {**token, "X-Forwarded-Proto": "javascript"})
        self.assertTrue(page["@odata.nextLink"].startswith("http://127.0.0.1:"), page["@odata.nextLink"])

    def test_azures_metadata_leads_here(self):
        server = self.serve_tls("--tls")
        status, document = self.fetch(server, "/metadata/endpoints?api-version=2022-09-01")
        self.assertEqual(status, 200)
        self.assertEqual(document, {
            "name": "AzureCloud", "resourceManager": server.url, "microsoftGraphResourceId": server.url + "/",
            "authentication": {"loginEndpoint": server.url, "tenant": "common", "identityProvider": "AAD",
                               "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"]}})
        server.stop()
        server = self.serve()
        self.assertEqual(self.fetch(server, "/metadata/endpoints?api-version=2022-09-01")[0], 400)  # no path of Graph

    def test_who_speaks_no_tls_is_told(self):
        server = self.serve_tls("--tls")
        self.assertEqual(self.curl(server.url.replace("https", "http")),
                         "This emulator speaks TLS: the address begins with https:\n")
        old = subprocess.run(["openssl", "s_client", "-connect", server.url.removeprefix("https://"), "-tls1_1", "-cipher",
                              "ALL:@SECLEVEL=0"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                             timeout=harness.TIMEOUT)
        self.assertNotEqual(old.returncode, 0)
        self.assertIn("protocol version", old.stderr)

    def test_a_certificate_of_the_users(self):
        self.make_certificate("mine")
        server = self.serve_tls("--tls-cert", "mine.pem", "--tls-key", "mine.key", authority="mine.pem")
        self.assertEqual(len(server.graph("GET", "/users")["value"]), 24)
        self.assertNotIn("SSL_CERT_FILE", self.stopped_errors(server))
        self.assertFalse((self.folder / "emulator-ca.pem").exists())

    def test_files_that_are_no_certificate_are_refused_in_plain_words(self):
        self.make_certificate("mine")
        self.make_certificate("other")
        self.make_certificate("locked", "-passout", "pass:hidden")
        self.write("empty.pem", "")

        def refused(*flags, expect):
            return self.run_syncwright("emulator", "--listen", "127.0.0.1:0", *flags, expect=expect).err

        self.assertIn("--tls-cert and --tls-key stand together", refused("--tls-cert", "mine.pem", expect=64))
        self.assertIn("--tls-cert and --tls-key stand together", refused("--tls-key", "mine.key", expect=64))
        self.assertIn("--tls", refused("--tls", "--tls-cert", "mine.pem", "--tls-key", "mine.key", expect=64))
        for chain, key, named, said in (
                ("mine.pem", "other.key", "other.key", "the key is not that of the certificate"),
                ("empty.pem", "mine.key", "empty.pem", "there is no certificate in PEM in it"),
                ("mine.key", "mine.key", "mine.key", "there is no certificate in PEM in it"),
                ("mine.pem", "mine.pem", "mine.pem", "there is no private key in PEM in it"),
                ("locked.pem", "locked.key", "locked.key", "or it has a passphrase")):
            error = refused("--tls-cert", chain, "--tls-key", key, expect=65)
            self.assertIn(f"{self.folder / named}: ", error)
            self.assertIn(said, error)
        self.assertIn("nowhere.pem", refused("--tls-cert", "nowhere.pem", "--tls-key", "mine.key", expect=None))


if __name__ == "__main__":
    harness.main()
