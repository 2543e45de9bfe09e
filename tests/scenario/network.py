#!/usr/bin/env python3
"""The way through other people's networks: proxies, issuers of their own, HTTP/2, national clouds."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

from support import harness
from support.manifests import application, project
from support.tls import Certificates, ConnectProxy, TlsFront

TENANT = "034a7209-e89f-449b-88ed-2e97639028e1"  # the emulator's
CLOUDS = {  # docs/graph.md#1, and the sign-in hosts of Microsoft's national clouds
    "usgov": ("graph.microsoft.us", "login.microsoftonline.us"),
    "usgovdod": ("dod-graph.microsoft.us", "login.microsoftonline.us"),
    "china": ("microsoftgraph.chinacloudapi.cn", "login.chinacloudapi.cn"),
}
SIGN_IN = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": "app", "AZURE_CLIENT_SECRET": "any"}


class NationalClouds(harness.Scenario):
    def setUp(self):
        super().setUp()
        hosts = {host for pair in CLOUDS.values() for host in pair}
        self.certificates = Certificates(self.folder, *sorted(hosts))
        self.write("manifests/app.yaml", application("app", "Dropbox EU"))
        self.write("syncwright.yaml", project("  environments:\n" + "".join(
            f"    {cloud}: {{tenant: {TENANT}, cloud: {cloud}}}\n" for cloud in CLOUDS)))

    def served(self, cloud):
        server = self.serve(state=f"{cloud}.db")
        front = TlsFront(self, server.url, self.certificates)
        return server, front, ConnectProxy(self, front.port)

    def run_in(self, cloud, proxy, *arguments, expect=0, variable="HTTPS_PROXY"):
        return self.run_syncwright(*arguments, "-e", cloud, "--ca-file", "ca.pem", expect=expect,
                                   environment={**SIGN_IN, variable: proxy.url})

    def assert_hosts(self, cloud, front, proxy):
        graph, sign_in = CLOUDS[cloud]
        self.assertEqual(set(proxy.asked), {f"{graph}:443", f"{sign_in}:443"})
        self.assertEqual({host for host, _ in front.hosts}, {graph, sign_in})
        self.assertEqual({host for host, has_token in front.hosts if has_token}, {graph})

    def test_each_is_planned_and_applied_through_its_own_hosts(self):
        for cloud in CLOUDS:
            with self.subTest(cloud=cloud):
                server, front, proxy = self.served(cloud)
                self.run_in(cloud, proxy, "plan", "--detailed-exitcode", expect=2)
                self.run_in(cloud, proxy, "apply", "--auto-approve")
                self.run_in(cloud, proxy, "plan", "--detailed-exitcode", variable="https_proxy")
                self.assert_hosts(cloud, front, proxy)
                server.service_principal("Dropbox EU")

    def test_a_link_to_another_cloud_gets_no_token(self):
        _, front, proxy = self.served("usgov")
        forward = front._forward

        def astray(handler, body):
            answer = forward(handler, body)
            if handler.path.startswith("/v1.0/servicePrincipals?") and answer.status == 200:
                page = json.loads(answer.body)
                page["@odata.nextLink"] = "https://microsoftgraph.chinacloudapi.cn/v1.0/servicePrincipals?$skiptoken=x"
                answer.body = json.dumps(page).encode()
            return answer
        front._forward = astray
        self.run_in("usgov", proxy, "plan", expect=None)
        self.assert_hosts("usgov", front, proxy)


class Libcurl(harness.Scenario):
    """It is loaded with the first transport, and a machine may have none, or one that does not work."""

    def setUp(self):
        super().setUp()
        self.write("manifests/app.yaml", application("app", "Dropbox EU"))
        self.library = self.folder / "libraries/libcurl.so.4"
        self.library.parent.mkdir()
        self.library.write_text("no library")

    def run_here(self, *arguments, expect):
        return self.run_syncwright(*arguments, expect=expect,
                                   environment={"LD_LIBRARY_PATH": str(self.library.parent)})

    def compile(self, code, *libraries):
        """A library of this code alone, or in front of others."""
        source = self.library.with_suffix(".c")
        source.write_text(code)
        subprocess.run(["cc", "-shared", "-fPIC", "-o", self.library, source, "-Wl,--no-as-needed", *libraries],
                       check=True)

    def assert_refused(self, fault, advice):
        refused = self.run_here("plan", "--endpoint", "http://127.0.0.1:1", expect=1)
        self.assertEqual((refused.out, refused.err), ("", f"error: cannot load libcurl.so.4, which sends the requests: "
                                                          f"{self.library}{fault}\n  {advice}\n"))

    def test_what_sends_nothing_does_without(self):
        self.run_here("version", expect=0)
        self.run_here("validate", expect=0)
        self.run_here("apply", "--emulator", "--auto-approve", expect=0)

    def test_one_that_does_not_fit_is_named_before_a_request(self):
        advice = ("LD_LIBRARY_PATH is searched before the system's folders: leave it away, or mend what it leads to")
        self.assert_refused(": file too short", advice)
        self.compile("int curl_global_init(long flags) { return (int)flags - (int)flags; }")
        self.assert_refused(" has no curl_easy_init", advice)

    def test_one_that_fails_ends_the_command(self):
        real = subprocess.run(["cc", "-print-file-name=libcurl.so.4"], capture_output=True, text=True, check=True).stdout.strip()
        behind = self.library.with_name("libcurl.so.x")  # under a name of its own, and of the same length
        behind.write_bytes(pathlib.Path(real).read_bytes().replace(b"libcurl.so.4\0", b"libcurl.so.x\0"))
        server = self.serve()
        for function, said in (
                ("void* curl_multi_init(void) { return 0; }", "libcurl gave no handle for requests"),
                ("int curl_multi_add_handle(void* multi, void* easy) { return multi && easy ? 3 : 1; }",
                 "POST 127.0.0.1: libcurl failed: Out of memory"),
                ("int curl_multi_perform(void* multi, int* left) { *left = 0; return multi ? 4 : 1; }",
                 "POST 127.0.0.1: libcurl failed: Internal error")):
            with self.subTest(said=said):
                self.compile(function, behind)
                # What may have reached somebody is tried again: here by the virtual clock, before the plan.
                clock = {"SYNCWRIGHT_CLOCK": "virtual"} if "multi_perform" in function else {}
                refused = server.run("plan", expect=64 if clock else 70,
                                     environment={"LD_LIBRARY_PATH": str(self.library.parent), **clock})
                self.assertIn(said, refused.err)


class Proxies(harness.Scenario):
    def test_loopback_is_reached_past_every_proxy(self):
        server = self.serve()
        nowhere = "http://127.0.0.1:1"
        server.run("catalog", "dropbox", environment={name: nowhere for name in (
            "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy")})

    def test_where_there_is_nobody_it_is_said_after_one_retry(self):
        environment = {"SYNCWRIGHT_ACCESS_TOKEN": "header.e30.signature",
                       "SYNCWRIGHT_ENDPOINT": "https://graph..invalid"}
        for proxy, said in (("", "GET graph..invalid: Couldn't resolve host name"),
                            ("gopher://127.0.0.1:1", "GET graph..invalid: Couldn't connect to server\n"
                                                     "  check HTTPS_PROXY, ALL_PROXY and NO_PROXY")):
            with self.subTest(proxy=proxy):
                outcome = self.run_syncwright("catalog", "dropbox", environment={**environment, "HTTPS_PROXY": proxy},
                                              expect=1)
                self.assertIn(said, outcome.err)
                self.assertEqual(outcome.err.count("trying again"), 1, outcome.err)

    def test_no_proxy_exempts_a_host(self):
        proxy = ConnectProxy(self, 1)
        for exempt, asked in (("graph.example.invalid", []), ("other.invalid", ["graph.example.invalid:443"])):
            with self.subTest(exempt=exempt):
                environment = {**self.environment, "HTTPS_PROXY": proxy.url, "NO_PROXY": exempt,
                               "SYNCWRIGHT_ACCESS_TOKEN": "header.e30.signature",
                               "SYNCWRIGHT_ENDPOINT": "https://graph.example.invalid"}
                process = subprocess.Popen([harness.BINARY, "catalog", "dropbox"], cwd=self.folder, env=environment,
                                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                           stderr=subprocess.PIPE, text=True)
                self.assertRegex(process.stderr.readline(),
                                 r"GET had no whole answer \((transport|unreachable|timeout) after [0-9.]+ s\): trying again in ")
                process.send_signal(signal.SIGINT)
                process.communicate(timeout=harness.TIMEOUT)
                self.assertEqual(proxy.asked[:1], asked)


class Trust(harness.Scenario):
    """Who may vouch for a server; nothing turns the question off."""

    def setUp(self):
        super().setUp()
        self.certificates = Certificates(self.folder)
        self.front = TlsFront(self, self.serve().url, self.certificates)
        self.front.environment.update(SIGN_IN, SYNCWRIGHT_ENDPOINT=self.front.url, AZURE_AUTHORITY_HOST=self.front.url)

    def catalog(self, *flags, expect=0, **variables):
        return self.run_syncwright("catalog", "dropbox", *flags, expect=expect,
                                   environment={**self.front.environment, **variables})

    def test_an_unknown_issuer_is_refused_with_the_way_out(self):
        refused = self.catalog(expect=1).err
        self.assertIn("its certificate comes from an issuer that is not trusted here", refused)
        self.assertIn("--ca-file FILE or in SSL_CERT_FILE", refused)
        self.assertEqual(self.front.hosts, [])

    def test_the_flag_and_the_variable_name_the_issuer(self):
        self.catalog("--ca-file", "ca.pem")
        self.catalog(SSL_CERT_FILE=str(self.certificates.ca))
        folder = self.folder / "certs"
        folder.mkdir()
        shutil.copy(self.certificates.ca, folder / "ca.pem")
        subprocess.run(["openssl", "rehash", str(folder)], check=True, capture_output=True)
        self.catalog(SSL_CERT_DIR=str(folder))

    def test_the_flag_goes_before_the_variable(self):
        os.mkdir(self.folder / "other")
        other = Certificates(self.folder / "other")
        self.catalog("--ca-file", "ca.pem", SSL_CERT_FILE=str(other.ca))
        self.catalog("--ca-file", "other/ca.pem", expect=1, SSL_CERT_FILE=str(self.certificates.ca))

    def test_a_bundle_that_is_none_is_said(self):
        self.write("empty.pem", "no certificate\n")
        for flags, variables, said in (
                (["--ca-file", "empty.pem"], {}, "--ca-file: "),
                (["--ca-file", "missing.pem"], {}, "--ca-file: cannot "),
                ([], {"SSL_CERT_FILE": str(self.folder / "empty.pem")}, "SSL_CERT_FILE: ")):
            with self.subTest(flags=flags, variables=variables):
                refused = self.catalog(*flags, expect=65, **variables).err
                self.assertIn(said, refused)
                self.assertIn("BEGIN CERTIFICATE", refused)
        self.assertEqual(self.front.hosts, [])

    def test_a_certificate_of_another_host_is_refused(self):
        elsewhere = self.front.url.replace("127.0.0.1", "localhost")
        refused = self.catalog("--ca-file", "ca.pem", expect=1, SYNCWRIGHT_ENDPOINT=elsewhere,
                               AZURE_AUTHORITY_HOST=elsewhere).err
        self.assertIn("its certificate is for another host", refused)
        self.assertEqual(self.front.hosts, [])


class Http2(harness.Scenario):
    """nghttpx before the emulator offers HTTP/2 by ALPN."""

    def front(self, server):
        certificates = Certificates(self.folder)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.log = self.folder / "access.log"
        process = subprocess.Popen(
            ["nghttpx", "--conf=/dev/null", f"--frontend=127.0.0.1,{port}", f"--backend=127.0.0.1,{server.url.split(':')[-1]}",
             f"--accesslog-file={self.log}", "--accesslog-format=$request", f"--errorlog-file={self.folder}/errors.log",
             "--workers=1", "--no-ocsp", str(certificates.key), str(certificates.certificate)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        self.process = process
        deadline = time.monotonic() + harness.TIMEOUT
        while time.monotonic() < deadline and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.02)  # until it listens
        return f"https://127.0.0.1:{port}"

    def test_an_apply_speaks_it_and_creates_once(self):
        server = self.serve()
        root = self.front(server)
        self.write("manifests/app.yaml", application("app", "Dropbox EU"))
        outcome = self.run_syncwright(
            "apply", "--auto-approve", "--ca-file", "ca.pem", "-v", "--log-format", "json",
            environment={**SIGN_IN, "SYNCWRIGHT_ENDPOINT": root, "AZURE_AUTHORITY_HOST": root})
        told = [json.loads(line) for line in outcome.err.splitlines() if line.startswith("{")]
        exchanges = [line for line in told if "protocol" in line]
        self.assertGreater(len(exchanges), 10)
        self.assertEqual({line["protocol"] for line in exchanges}, {"HTTP/2"})
        self.process.terminate()
        self.process.wait()  # its log is complete then
        seen = self.log.read_text().splitlines()
        self.assertEqual(len(seen), len(exchanges))
        self.assertTrue(all(line.endswith("HTTP/2") for line in seen), seen)
        creates = [path for method, path in server.requests() if method == "POST" and path.endswith("/instantiate")]
        self.assertEqual(len(creates), 1)


if __name__ == "__main__":
    harness.main()
