"""What a browser makes of `--report html`: no request, its policy kept, axe without a finding in light and dark, readable
without a script, flows that light up under pointer and keyboard, hostile names inert, 500 applications without layout.

Chromium is Debian's, puppeteer-core and axe-core come from the npm registry into a temporary folder; where one of them is
missing this test is skipped, which it prints. SAMPLE_PAGES names the program built from tests/tools/sample_pages.cpp.
SYNCWRIGHT_PICTURES=docs/pictures writes the pictures of the README anew, for somebody to look at.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ["puppeteer-core@24.43.1", "axe-core@4.14.1"]
REGISTRY_TIMEOUT = 120
LARGEST_PICTURE = 150_000


def install(folder):
    """Whether the packages are there."""
    if not shutil.which("npm") or not shutil.which("node"):
        print("skipped: no node and npm")
        return False
    try:
        made = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, *PACKAGES],
                              capture_output=True, text=True, timeout=REGISTRY_TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        print("skipped: the npm registry does not answer")
        return False
    if made.returncode != 0:
        print("skipped: npm cannot install", *PACKAGES)
        return False
    return True


def main():
    chromium = shutil.which("chromium")
    if not chromium:
        print("skipped: no chromium (apt-get install --no-install-recommends chromium fonts-noto-core fonts-dejavu-core)")
        return 0
    pictures = os.environ.get("SYNCWRIGHT_PICTURES", "")
    with tempfile.TemporaryDirectory() as folder:
        if not install(folder):
            return 0
        pages = pathlib.Path(folder, "pages")
        pages.mkdir()
        subprocess.run([os.environ["SAMPLE_PAGES"], str(pages)], check=True)
        command = ["node", str(HERE / "page.mjs"), f"{folder}/node_modules", chromium, str(pages)]
        if pictures:
            pathlib.Path(pictures).mkdir(parents=True, exist_ok=True)
            command.append(str(pathlib.Path(pictures).resolve()))
        ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    faults = ran.stdout.splitlines()
    if ran.returncode != 0:
        faults.append(ran.stderr)
    if pictures:
        faults += [f"{each} is {each.stat().st_size} bytes" for each in pathlib.Path(pictures).glob("page-*.png")
                   if each.stat().st_size > LARGEST_PICTURE]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
