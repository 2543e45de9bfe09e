"""TLS before an emulator: certificates of a test's own, a server that ends TLS, and the proxy of a company's network."""
import http.server
import select
import socket
import ssl
import subprocess
import urllib.parse

from support import loopback
from support.proxy import Answer, Proxy


class Certificates:
    """An issuer, and a server's certificate for these host names (127.0.0.1 besides); PEM files in `folder`."""

    def __init__(self, folder, *hosts):
        self.ca, self.key, self.certificate = folder / "ca.pem", folder / "server.key", folder / "server.pem"
        ca_key, request, extension = folder / "ca.key", folder / "server.csr", folder / "server.ext"
        names = [*(f"DNS:{host}" for host in hosts), "IP:127.0.0.1"]
        extension.write_text(f"subjectAltName={','.join(names)}\n")
        new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        for command in (["req", "-x509", *new_key, "-keyout", ca_key, "-out", self.ca, "-days", "2", "-subj", "/CN=Issuer"],
                        ["req", *new_key, "-keyout", self.key, "-out", request, "-subj", "/CN=server"],
                        ["x509", "-req", "-in", request, "-CA", self.ca, "-CAkey", ca_key, "-CAcreateserial",
                         "-days", "1", "-extfile", extension, "-out", self.certificate]):
            subprocess.run(["openssl", *map(str, command)], check=True, capture_output=True)


class TlsFront(Proxy):
    """Ends TLS and forwards to an emulator, whatever host a caller means. `hosts`: (host, whether a token came along) of
    each request."""

    def __init__(self, scenario, target_url, certificates):
        self.hosts = []
        super().__init__(scenario, target_url, self._note)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates.certificate, certificates.key)
        self.port = self._server.server_port
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._server.handle_error = lambda *_: None  # a caller that refuses the certificate hangs up
        self.url = f"https://127.0.0.1:{self.port}"

    def _note(self, _method, _path, headers):
        self.hosts.append((headers["Host"], "Authorization" in headers))

    def _forward(self, handler, body):
        """The emulator behind speaks plain HTTP to this front, so its links are not the caller's."""
        answer = super()._forward(handler, body)
        own = f"http://{self._target.netloc}".encode()
        named = f"https://{handler.headers['Host']}".encode()
        headers = {name: value.replace(own.decode(), named.decode()) for name, value in answer.headers.items()}
        return Answer(answer.status, answer.body.replace(own, named), headers)


class ConnectProxy:
    """The HTTP proxy of a network: leads every CONNECT to one local port. `asked`: the hosts, in order."""

    def __init__(self, scenario, port):
        self.asked = []
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_CONNECT(self):
                proxy.asked.append(self.path)
                self.close_connection = True
                try:
                    onward = socket.create_connection(("127.0.0.1", port))
                except OSError:
                    self.send_error(502)
                    return
                with onward:
                    self.send_response(200)
                    self.end_headers()
                    tunnel(self.connection, onward)

            def log_message(self, *_):
                pass

        self.url = loopback.serve(scenario, Handler).url

    def hosts(self):
        return {urllib.parse.urlsplit(f"//{asked}").hostname for asked in self.asked}


def tunnel(one, other):
    """Bytes both ways, until either side ends."""
    onward = {one: other, other: one}
    while True:
        for ready in select.select([one, other], [], [])[0]:
            try:
                data = ready.recv(65536)
                if not data:
                    return
                onward[ready].sendall(data)
            except OSError:
                return
