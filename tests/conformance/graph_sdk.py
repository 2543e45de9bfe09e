"""Microsoft's JavaScript client and @azure/identity walk Microsoft's guide "Configure provisioning using Microsoft Graph
APIs" against the emulator, over TLS, in v1.0 and in beta (guide.mjs has the steps).

Both packages come from the npm registry into a temporary folder; without npm or the registry this test is skipped, which
it prints.
"""
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "scenario"))
from support.harness import Scenario, main

PACKAGES = ["@azure/identity@4.14.1", "@microsoft/microsoft-graph-client@3.0.7"]
REGISTRY_TIMEOUT = 180
GUIDE = pathlib.Path(__file__).resolve().parent / "guide.mjs"


def install(folder):
    """Why the packages are not there; None where they are."""
    if not shutil.which("npm") or not shutil.which("node"):
        return "no node and npm"
    command = ["npm", "install", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix", str(folder), *PACKAGES]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=REGISTRY_TIMEOUT, check=False, cwd=folder)
    except subprocess.TimeoutExpired:
        return "the npm registry does not answer"
    if done.returncode != 0:
        return f"the npm registry does not give the packages: {done.stderr.strip().splitlines()[:1]}"
    return None


class GraphSdk(Scenario):
    def test_the_guide(self):
        packages = self.folder / "packages"
        packages.mkdir()
        missing = install(packages)
        if missing:
            print(f"skipped: {missing}")
            self.skipTest(missing)
        shutil.copy(GUIDE, packages)
        server = self.serve("--tls")
        for version in ("v1.0", "beta"):
            with self.subTest(version):
                done = subprocess.run(
                    ["node", "guide.mjs", server.url, version], cwd=packages, capture_output=True, text=True, timeout=300,
                    env={**self.environment, "NODE_EXTRA_CA_CERTS": str(self.folder / "emulator-ca.pem")}, check=False)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertEqual(done.stdout.splitlines()[-1], "13 steps")


if __name__ == "__main__":
    main()
