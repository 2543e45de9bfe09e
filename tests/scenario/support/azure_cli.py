"""A stand-in for `az`: whoever signed in with it is a user of the emulator's tenant."""
import sys

SCRIPT = """\
#!{python}
import json, sys, time, urllib.parse, urllib.request
words = sys.argv[1:]
option = lambda name: words[words.index(name) + 1] if name in words else None
if words[:2] != ["account", "get-access-token"]:
    sys.exit(f"az: '{{' '.join(words)}}' is misspelled or not recognized by the system.")
user = {user!r}
if not user:
    sys.exit("ERROR: Please run 'az login' to setup account.")
tenant = option("--tenant") or option("-t") or "organizations"
resource = option("--resource") or (option("--scope") or "").removesuffix("/.default")
form = urllib.parse.urlencode({{"grant_type": "password", "client_id": "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
                               "username": user, "password": "any", "resource": resource}})
with urllib.request.urlopen(f"{root}/{{tenant}}/oauth2/token", form.encode()) as answer:
    token = json.load(answer)
expiry = int(token["expires_on"])
print(json.dumps({{"accessToken": token["access_token"], "expires_on": expiry, "tenant": tenant, "tokenType": "Bearer",
                  "expiresOn": time.strftime("%Y-%m-%d %H:%M:%S.000000", time.localtime(expiry))}}))
"""


def install(folder, root, user):
    """Writes `az` into a new folder, which is returned for the PATH. No user: nobody is signed in."""
    path = folder / "bin" / "az"
    path.parent.mkdir(exist_ok=True)
    path.write_text(SCRIPT.format(python=sys.executable, root=root, user=user))
    path.chmod(0o755)
    return path.parent
