"""Where pipelines and schedules lie, and how the tests read them."""
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
CI = ROOT / "tools/ci"
SCHEDULES = ROOT / "tools/schedules"
WORKFLOWS = ("syncwright.yml", "syncwright-drift.yml")


def read_yaml(path):
    """The documents of a file, as the program's own YAML reader sees them."""
    out = subprocess.run([os.environ["YAML_TO_JSON"], path], check=True, capture_output=True).stdout
    return json.loads(out)["documents"]
