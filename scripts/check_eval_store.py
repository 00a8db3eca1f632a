"""Prove that the store of evaluations does in PostgreSQL what it does in SQLite.

Starts a PostgreSQL of its own and runs the suite `Stores` against a file and against the server: one owner a cell, one result a
cell, leases, budgets, quotas, eight workers at once. Fails when the server's cases did not run. Needs the built tests.

Usage: check_eval_store.py [SWIFT-TEST-WORDS…], by default `swift test --skip-build`
"""
import os
import re
import subprocess
import sys

import postgres


def main():
    if not postgres.is_installed():
        sys.exit("check_eval_store: PostgreSQL is not installed: apt-get install postgresql")
    words = sys.argv[1:] or ["swift", "test", "--skip-build"]
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    with postgres.Server() as server:
        done = subprocess.run(
            [*words, "--filter", "EvaluationStoreTests"], cwd=root, capture_output=True, text=True, timeout=500,
            env={**os.environ, "LLMREF_TEST_POSTGRES": server.address})
        cells = server.psql("SELECT state, count(*) FROM cell GROUP BY state ORDER BY state")
    sys.stdout.write("".join(line + "\n" for line in done.stdout.splitlines() if "Test run" in line or "✘" in line))
    if done.returncode:
        sys.exit(f"check_eval_store: the suite failed\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    twice = re.findall(r"giveNoCellTwiceToManyWorkers\(place:\) with 2 test cases passed", done.stdout)
    finished = dict(cells).get("done", "0")
    if not twice or int(finished) < 400:
        sys.exit("check_eval_store: the server's cases did not run")
    print(f"check_eval_store: the same in SQLite and PostgreSQL; {finished} cells finished on the server")


if __name__ == "__main__":
    main()
