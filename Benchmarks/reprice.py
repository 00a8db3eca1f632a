"""Time of `llmref reprice` against DuckDB (PyPI duckdb, 2 threads) for the same grouped answer, whole process against whole
process, in turn, in one run; medians, ratios, peak memory, and whether both give the same cost of every group to the last digit.

usage: reprice.py LLMREF [--folder FOLDER] [--rows 5000000] [--runs 5] [--json]

The logs are those of make_log.py. Both answer: rows, tokens and cost of each provider and model, and cost of each day, at the
price in force on the row's day, in its mode, at the tier of its prompt. DuckDB reads only the columns it needs, with their types
given, sums tokens by provider, model, day, mode and tier, and joins the sums with the prices; its time includes the start of
Python and the import of the package, as ours includes the start of the program and the reading of the facts file. `query`
is DuckDB's time alone, in a warm process. llmref checks every byte of every line and looks for rows that stand twice; DuckDB is not
asked to.

Fails below 2.5 times on JSON lines or 4 times on CSV at the full size, above 200 MB, on different costs, and where the time of
10 MB, 100 MB and all of the log grows faster than the log.
"""
import argparse
import decimal
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv

from make_log import LIMITS, make

PEER = "duckdb==2.0.1"
decimal.getcontext().prec = 60

QUERY = """
import duckdb, json, sys, time
source, prices, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
connection = duckdb.connect()
connection.execute("set threads = 2; set preserve_insertion_order = false")
names = ["time", "provider", "model", "input", "cache_read", "output", "mode"]
types = dict(zip(names, ["VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "BIGINT", "VARCHAR"]))
if source.endswith(".jsonl"):
    reader = f"read_json('{source}', format = 'newline_delimited', columns = {types})"
else:
    header = open(source).readline().strip().split(",")
    every = {name: types.get(name, "VARCHAR") for name in header}
    reader = f"read_csv('{source}', header = true, auto_detect = false, columns = {every}, quote = '\\"')"
sums = f'''
create or replace temp table sums as
select provider, model, cast(left("time", 10) as date) as day, mode, TIERS as tier,
  count(*) as rows, sum(input) as input, sum(cache_read) as cache_read, sum(output) as output
from {reader} group by all'''
costs = f'''
create or replace temp table costs as
select s.*, s.input::hugeint * p.input + s.cache_read::hugeint * (p.cache_read - p.input) + s.output::hugeint * p.output as cost
from sums s join read_json('{prices}', format = 'array', columns = {{'provider': 'VARCHAR', 'model': 'VARCHAR', 'first': 'DATE', 'until': 'DATE',
  'mode': 'VARCHAR', 'tier': 'INTEGER', 'input': 'BIGINT', 'cache_read': 'BIGINT', 'output': 'BIGINT'}}) p
on s.provider = p.provider and s.model = p.model and s.mode = p.mode and s.tier = p.tier and s.day >= p.first and s.day < p.until'''
for run in range(runs):
    start = time.perf_counter()
    connection.execute(sums)
    connection.execute(costs)
    models = connection.execute("select provider, model, sum(rows), sum(input), sum(cache_read), sum(output), sum(cost) from costs group by all").fetchall()
    days = connection.execute("select day::varchar, sum(rows), sum(cost) from costs group by all").fetchall()
    seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "models": [[str(v) for v in row] for row in models], "days": [[str(v) for v in row] for row in days]}))
"""


def run(command):
    """Seconds, peak memory in MB and output of a process."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{command[:3]} ended with {process.returncode}")
        output.seek(0)
        return seconds, usage.ru_maxrss / 1024, output.read()


def ours(llmref, folder, log):
    return [llmref, "reprice", log, "--catalogue", "none", "--facts", os.path.join(folder, "facts.json"),
            "--by", "provider,model", "--by", "day", "--json"]


def differences(own, peer):
    """Groups whose rows, tokens or cost differ. DuckDB's costs are in 10^-10 dollars."""
    def cost(units):
        return decimal.Decimal(units).scaleb(-10)
    wanted = {tuple(row[:2]): (row[2], row[3], row[4], row[5], cost(row[6])) for row in peer["models"]}
    found = {(row["provider"], row["model"].split("/")[1]): (
        str(row["rows"]), row["usage"].get("input", "0"), row["usage"].get("cache_read", "0"), row["usage"].get("output", "0"),
        decimal.Decimal(row["cost_usd"])) for row in own["tables"][0]["rows"]}
    wanted_days = {row[0]: (row[1], cost(row[2])) for row in peer["days"]}
    found_days = {row["day"]: (str(row["rows"]), decimal.Decimal(row["cost_usd"])) for row in own["tables"][1]["rows"]}
    wrong = [key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key)]
    return wrong + [key for key in wanted_days.keys() | found_days.keys() if wanted_days.get(key) != found_days.get(key)]


def cut(path, size):
    """A copy of the first lines of a log, as many as fit a number of megabytes. Line by line: a child's peak memory counts from its parent's."""
    out, left = path.replace("log.", f"log-{size}."), size * 1_000_000
    with open(path, "rb") as source, open(out, "wb") as target:
        for line in source:
            left -= len(line)
            if left < 0:
                return out
            target.write(line)
    return out


def measure(options, python, folder, kind):
    log = os.path.join(folder, "log." + kind)
    peer = [python, "-c", QUERY.replace("TIERS", " + ".join(f"(input > {limit})::int" for limit in LIMITS)), log,
            os.path.join(folder, "prices.json"), "1"]
    own_runs, peer_runs = [], []
    for number in range(options.runs + 1):
        own, other = run(ours(options.llmref, folder, log)), run(peer)
        if number:  # the first brings the log into the page cache
            own_runs.append(own)
            peer_runs.append(other)
    query = json.loads(run(peer[:-1] + ["3"])[2])["seconds"]
    own_seconds, peer_seconds = (statistics.median(entry[0] for entry in runs) for runs in (own_runs, peer_runs))
    sizes = [os.path.getsize(log)] + [size * 1_000_000 for size in (10, 100)]
    times = {size: statistics.median(run(ours(options.llmref, folder, path))[0] for _ in range(3))
             for size, path in zip(sizes[1:], (cut(log, 10), cut(log, 100))) if size < sizes[0]}
    return {
        "bytes": sizes[0], "llmref_s": round(own_seconds, 3), "duckdb_s": round(peer_seconds, 3), "query_s": round(query, 3),
        "ratio": round(peer_seconds / own_seconds, 2), "ratio_of_query": round(query / own_seconds, 2),
        "llmref_mb": round(max(entry[1] for entry in own_runs)), "duckdb_mb": round(max(entry[1] for entry in peer_runs)),
        "different_groups": len(differences(json.loads(own_runs[0][2]), json.loads(peer_runs[0][2]))),
        "seconds_of_bytes": {str(size): round(value, 3) for size, value in sorted(times.items())},
    }


def failures(results, is_full):
    for kind, least in (("jsonl", 2.5), ("csv", 4)):
        result = results[kind]
        if result["different_groups"]:
            yield f"{kind}: {result['different_groups']} groups differ"
        if not is_full:
            continue
        if result["ratio"] < least:
            yield f"{kind}: {result['ratio']} times, at least {least} wanted"
        if result["llmref_mb"] >= 200:
            yield f"{kind}: {result['llmref_mb']} MB, less than 200 wanted"
        for size, seconds in result["seconds_of_bytes"].items():
            # A start takes its time whatever the size, so a tenth of the log may take more than a tenth of the time.
            if result["llmref_s"] > 1.5 * seconds * result["bytes"] / int(size):
                yield f"{kind}: {size} bytes take {seconds} s, all take {result['llmref_s']} s"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref", type=os.path.abspath)
    parser.add_argument("--folder", help="where the logs are, or are made; a temporary folder when left out")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or temporary
        if not os.path.exists(os.path.join(folder, "log.csv")):
            make(folder, options.rows, seed=1)
        venv.create(os.path.join(temporary, "venv"), with_pip=True)
        python = os.path.join(temporary, "venv", "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "-q", PEER], check=True)
        results = {kind: measure(options, python, folder, kind) for kind in ("jsonl", "csv")}
    wrong = list(failures(results, options.rows >= 5_000_000))
    if options.json:
        print(json.dumps({"peer": PEER, "rows": options.rows, "runs": options.runs, "results": results, "failures": wrong}))
    else:
        for kind, result in results.items():
            print(f"{kind}, {result['bytes'] / 1e6:.0f} MB: llmref {result['llmref_s']} s, {PEER} {result['duckdb_s']} s: {result['ratio']} times "
                  f"(its query alone {result['query_s']} s, {result['ratio_of_query']} times); {result['llmref_mb']} MB against "
                  f"{result['duckdb_mb']} MB; {result['different_groups']} groups differ; shorter logs: {result['seconds_of_bytes']}")
    for line in wrong:
        print("FAILED " + line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


main()
