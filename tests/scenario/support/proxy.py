"""An HTTP proxy before an emulator that lets a test make weather: answer itself, kill, interrupt."""
import http.client
import http.server
import json
import urllib.parse

from support import loopback

EMULATORS_OWN = "/_emulator/"  # its clock: no request to Graph, and under no weather
HOP_HEADERS = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Answer:
    """What the proxy says instead of the emulator; `body` is bytes or an iterable of bytes."""

    def __init__(self, status, body=b"", headers=None, length=None):
        self.status, self.body, self.headers, self.length = status, body, headers or {}, length


def items_of(path, body):
    """The requests of a $batch: (method, path, body)."""
    if not path.endswith("/$batch"):
        return []
    root = path.removesuffix("/$batch")
    return [(item["method"], root + item["url"], json.dumps(item["body"]).encode() if "body" in item else b"")
            for item in json.loads(body)["requests"]]


class Proxy:
    """Forwards to `target_url`; `weather(method, path, headers)` may return an Answer instead.

    Of a $batch the weather hears of each item as well, and cannot answer it.
    """

    def __init__(self, scenario, target_url=None, weather=None):
        self.requests = []
        self.bodies = []  # (method, path, body) of what carried one
        self.weather = weather or (lambda method, path, headers: None)
        self._target = urllib.parse.urlsplit(target_url) if target_url else None
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if proxy._target and self.path.startswith(EMULATORS_OWN):
                    proxy._send(self, proxy._forward(self, body))
                    return
                answer = proxy._hear(self.command, self.path, body, self.headers)
                for item in [] if answer else items_of(self.path, body):
                    scenario.assertIsNone(proxy._hear(*item, self.headers))
                proxy._send(self, answer or proxy._forward(self, body))

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

            def log_message(self, *_):
                pass

        self._server = loopback.serve(scenario, Handler)
        self.url = self._server.url
        self.environment = {
            "SYNCWRIGHT_ENDPOINT": self.url, "AZURE_AUTHORITY_HOST": self.url,
            "AZURE_TENANT_ID": "contoso", "AZURE_CLIENT_ID": "app", "AZURE_CLIENT_SECRET": "any",
            **(scenario.clock if self._target else {}),
        }

    def _hear(self, method, path, body, headers):
        self.requests.append((method, path, dict(headers)))
        if body:
            self.bodies.append((method, path, body))
        return self.weather(method, path, headers)

    def _forward(self, handler, body):
        connection = http.client.HTTPConnection(self._target.hostname, self._target.port, timeout=60)
        headers = {name: value for name, value in handler.headers.items()
                   if name.lower() not in HOP_HEADERS | {"host", "accept-encoding"}}
        connection.request(handler.command, handler.path, body or None, headers)
        answer = connection.getresponse()
        headers = {name: value for name, value in answer.getheaders()
                   if name.lower() not in HOP_HEADERS}
        body = answer.read()
        connection.close()
        return Answer(answer.status, body, headers)

    @staticmethod
    def _send(handler, answer):
        try:
            handler.send_response(answer.status)
            for name, value in answer.headers.items():
                handler.send_header(name, value)
            chunks = [answer.body] if isinstance(answer.body, bytes) else answer.body
            length = answer.length if answer.length is not None else len(answer.body)
            handler.send_header("Content-Length", str(length))
            handler.end_headers()
            for chunk in chunks:
                handler.wfile.write(chunk)
            if answer.length is not None:  # a promise that is not kept ends the connection
                handler.close_connection = True
        except OSError:
            handler.close_connection = True

    def count(self, method):
        return sum(1 for made, _, _ in self.requests if made == method)
