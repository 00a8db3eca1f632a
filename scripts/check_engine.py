"""Prove that `llmref reprice` and the SQL of `llmref reprice --engine duckdb` give the same answer on the same log.

Makes the log of Benchmarks/make_log.py (300 routes, dated prices, tiers, modes, cached tokens) as JSON lines and as CSV, reprices
it by the program's own scanner and by the printed SQL in DuckDB (PyPI duckdb), whole and between --since and --until, and
compares rows, tokens and cost of every provider, model and day to the last digit.

usage: check_engine.py LLMREF [--rows 50000]
"""
import argparse
import csv
import decimal
import json
import os
import subprocess
import sys
import tempfile

import duckdb

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, os.path.join(ROOT, "Benchmarks"))
from make_log import make  # noqa: E402

UNITS = ["input", "cache_read", "output", "reasoning"]
COLUMNS = ["time", "provider", "model", "mode", *UNITS]


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def by_scanner(base, log):
    report = json.loads(run([*base, log, "--by", "day,provider,model", "--json"]))
    return {(row["day"], row["provider"], row["model"].split("/")[1]): (
        row["rows"], *[int(row["usage"].get(unit, 0)) for unit in UNITS], decimal.Decimal(row["cost_usd"]))
        for row in report["tables"][0]["rows"]}


def by_engine(base, log, pairs):
    script = run([*base, log, "--engine", "duckdb", "--print-sql", "--routes", pairs, "--columns", ",".join(COLUMNS),
                  "--by", "day,provider,model"])
    cursor = duckdb.connect().execute(script)
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row)) for row in cursor.fetchall()]
    return {(str(row["day"]), row["provider"], row["model"]): (
        int(row["row_count"]), *[int(row[unit]) for unit in UNITS], decimal.Decimal(row["cost_usd"])) for row in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref", type=os.path.abspath)
    parser.add_argument("--rows", type=int, default=50_000)
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        make(folder, options.rows, seed=7)
        facts, pairs = os.path.join(folder, "facts.json"), os.path.join(folder, "routes.csv")
        with open(os.path.join(folder, "prices.json"), encoding="ascii") as file:
            routes = sorted({(line["provider"], line["model"]) for line in json.load(file)})
        with open(pairs, "w", newline="", encoding="ascii") as file:
            csv.writer(file).writerows(routes)
        base = [options.llmref, "reprice", "--catalogue", "none", "--facts", facts]
        for kind in ("jsonl", "csv"):
            for times in ([], ["--since", "2026-02-10", "--until", "2026-04-01T12:00:00Z"]):
                log = os.path.join(folder, "log." + kind)
                own, engine = by_scanner([*base, *times], log), by_engine([*base, *times], log, pairs)
                wrong = [key for key in own.keys() | engine.keys() if own.get(key) != engine.get(key)]
                rows = sum(row[0] for row in own.values())
                print(f"{kind} {' '.join(times) or 'whole'}: {rows} rows in {len(own)} groups, {len(wrong)} differ")
                for key in wrong[:3]:
                    print(f"FAILED {key}: {own.get(key)} by the scanner, {engine.get(key)} by the engine", file=sys.stderr)
                # A check that compares nothing proves nothing; the times leave some rows in and some out.
                failed += bool(wrong) or not own or (rows == options.rows) == bool(times)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
