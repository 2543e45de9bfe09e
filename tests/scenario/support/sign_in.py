"""What a client does at the token endpoints, with curl's means and the openssl command."""
import base64
import hashlib
import json
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def base64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def claims_of(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def fetch(url, headers=None, form=None):
    """Status and body, decoded where it is JSON."""
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(url, data, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            status, text, kind = answer.status, answer.read(), answer.headers["Content-Type"]
    except urllib.error.HTTPError as refusal:
        with refusal:
            status, text, kind = refusal.code, refusal.read(), refusal.headers["Content-Type"]
    return status, json.loads(text) if "json" in kind else text.decode()


class KeyPair:
    """An RSA key and its self-signed certificate, as files `NAME.key` and `NAME.pem` of a folder."""

    def __init__(self, folder, name):
        self.key, self.certificate = folder / f"{name}.key", folder / f"{name}.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", f"/CN={name}",
                        "-keyout", self.key, "-out", self.certificate], check=True, capture_output=True)
        self.der = subprocess.run(["openssl", "x509", "-in", self.certificate, "-outform", "der"], check=True,
                                  capture_output=True).stdout

    def credential(self):
        """As an application's keyCredentials hold it."""
        return {"type": "AsymmetricX509Cert", "usage": "Verify", "displayName": "CN=test",
                "key": base64.b64encode(self.der).decode()}

    def assertion(self, client, endpoint):
        now = int(time.time())
        header = {"alg": "PS256", "typ": "JWT", "x5t#S256": base64url(hashlib.sha256(self.der).digest())}
        claims = {"aud": endpoint, "iss": client, "sub": client, "jti": str(uuid.uuid4()), "nbf": now, "exp": now + 600}
        text = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
        signature = subprocess.run(["openssl", "dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt",
                                    "rsa_pss_saltlen:-1", "-sign", self.key], input=text.encode(), check=True,
                                   capture_output=True).stdout
        return f"{text}.{base64url(signature)}"
