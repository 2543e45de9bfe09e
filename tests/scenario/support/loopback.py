"""HTTP servers that a test answers itself."""
import http.server
import threading


def serve(scenario, handler):
    """A server on a free port of loopback, which ends with the test; its root is `url`."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    scenario.addCleanup(server.server_close)
    scenario.addCleanup(server.shutdown)
    server.url = f"http://127.0.0.1:{server.server_port}"
    return server
