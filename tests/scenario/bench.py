#!/usr/bin/env python3
"""tools/bench measures what it says and tells it twice, as a table and as JSON. Times are compared with nothing."""
import json
import subprocess
import sys

from support import harness


class Bench(harness.Scenario):
    def bench(self, *arguments):
        """(the printed rows as cells, the rows of the JSON)."""
        done = subprocess.run([sys.executable, harness.SOURCE / "tools/bench", "--binary", harness.BINARY, "--json", "bench.json",
                               *map(str, arguments)], cwd=self.folder, env={**self.environment, "TMPDIR": str(self.folder)},
                              capture_output=True, text=True, timeout=harness.TIMEOUT)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = [[cell.strip() for cell in line.strip("|").split("|")]
                 for line in done.stdout.splitlines() if line.startswith("|")]
        self.assertEqual(lines[0], ["figure", "median ± half the spread", "limit", "met"])
        return lines[2:], json.loads(self.read("bench.json"))["rows"]

    def test_requests(self):
        table, rows = self.bench("--only", "requests")
        self.assertEqual([row["figure"] for row in rows],
                         ["requests of a creation, per application", "requests of a settings change, beyond the plan's",
                          "requests of a schema change, beyond the plan's", "requests of an adoption, beyond the plan's"])
        self.assertEqual(table, [[row["figure"], f"{row['median']:.0f}", f"≤ {row['limit']}", "yes" if row["met"] else "no"]
                                 for row in rows])
        for row in rows:
            self.assertEqual(row["met"], row["median"] <= row["limit"])

    def test_start_growth_and_large_schemas(self):
        table, rows = self.bench("--quick", "--runs", 1, "--only", "start", "growth", "schemas", "--applications", 2, 4,
                                 "--large-schemas", 2)
        self.assertEqual([row["figure"] for row in rows], [cells[0] for cells in table])
        self.assertEqual([row["unit"] for row in rows], ["ms"] * 3 + [""] * 5 + ["MB"] * 4)
        self.assertEqual([len(row["values"]) for row in rows], [4] * 3 + [1] * 9)

    def test_without_a_binary_it_says_how_to_get_one(self):
        done = subprocess.run([sys.executable, harness.SOURCE / "tools/bench", "--binary", "nowhere"], cwd=self.folder,
                              capture_output=True, text=True, timeout=harness.TIMEOUT)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, "tools/bench: there is no nowhere; build it with `tools/build release syncwright`, "
                                      "or name another with --binary\n")


if __name__ == "__main__":
    harness.main()
