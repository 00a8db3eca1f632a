"""Prove that `llmref reprice` reads odd but valid logs as DuckDB (PyPI duckdb) does: equal sums and equal problems.

Writes 100,000 random rows as JSON lines (keys in any order, escapes, unicode, nested and unknown values, blanks, numbers as texts,
with points and exponents, times in several zones) and 20,000 as CSV (quoted fields with commas, quotes and line ends), a few of
them broken: cut off, a key twice, a negative or fractional count, an impossible time, an unknown model. DuckDB takes the same
lines apart with its JSON functions and its reader of CSV, applies the same prices by a join, and names the lines it cannot use.
Rows, tokens and cost of every provider, model and day must be equal to the last digit, and the lines with problems the same.

usage: check_reprice.py LLMREF [--rows 100000] [--seed 1]
"""
import argparse
import datetime
import decimal
import json
import os
import random
import subprocess
import sys
import tempfile

import duckdb

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, os.path.join(ROOT, "Benchmarks"))
from make_log import LIMITS, START, facts, joined, routes  # noqa: E402

decimal.getcontext().prec = 60
TEXTS = ["plain", "naïve café", "日本語", "🚀 emoji", "quote \" inside", "back\\slash", "line\nbreak", "tab\tstop", "", "a,b", "\u0001"]


def text(value, pick):
    """A JSON text with some characters escaped that need not be."""
    written = json.dumps(value, ensure_ascii=pick.random() < 0.5)
    if pick.random() < 0.2:
        place = pick.randrange(1, len(written) - 1) if len(written) > 2 else 0
        if place and written[place].isascii() and written[place].isalnum() and "\\" not in written:
            written = written[:place] + f"\\u{ord(written[place]):04x}" + written[place + 1:]
    return written


def number(value, pick):
    return pick.choice([str(value)] * 12 + [f'"{value}"', f"{value}.0", f"{value}e0", f"{value}.00E+0", f"{value * 10}e-1"])


def when(pick):
    time = START + datetime.timedelta(seconds=pick.randrange(180 * 86_400))
    plain = time.strftime("%Y-%m-%dT%H:%M:%S")
    shifted = (time + datetime.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S")
    return pick.choice([plain + "Z"] * 6 + [plain.replace("T", " ") + ".123456+00:00", shifted + "+02:00", plain + ".5Z", plain[:10]])


def value(pick, depth=0):
    """Any JSON value, for keys that nothing reads."""
    kind = pick.randrange(8 if depth < 4 else 5)
    if kind < 5:
        return [text(pick.choice(TEXTS), pick), str(pick.randrange(-10**12, 10**12)), "1.5e-7", "null", "true"][kind]
    space = pick.choice(["", "", " ", "\t"])
    items = [value(pick, depth + 1) for _ in range(pick.randrange(4))]
    if kind == 5:
        return "[" + f"{space},{space}".join(items) + "]"
    return "{" + f",{space}".join(f"{text(f'k{place}', pick)}{space}:{item}" for place, item in enumerate(items)) + "}"


def json_line(number_of_line, found, pick):
    provider, model, _ = pick.choice(found)
    prompt, answer = int(10 ** (pick.random() * 6)), int(10 ** (pick.random() * 4))
    if pick.random() < 0.01:
        prompt = pick.choice([999_999_999, 123_456_789, 0])
    members = [
        ("time", text(when(pick), pick)), ("provider", text(provider, pick)), ("model", text(model, pick)),
        ("input", number(prompt, pick)), ("output", number(answer, pick)), ("id", text(f"r{number_of_line}", pick))]
    if pick.random() < 0.6:
        members.append(("cache_read", number(prompt * pick.randrange(100) // 100, pick)))
    if pick.random() < 0.3:
        members.append(("reasoning", number(answer * pick.randrange(100) // 100, pick)))
    if pick.random() < 0.4:
        members.append(("mode", pick.choice(['"batch"', '"standard"', '"st\\u0061ndard"', "null"])))
    if pick.random() < 0.5:
        members.append(("key", text(pick.choice(TEXTS), pick)))
    for place in range(pick.randrange(3)):
        members.append((f"extra{place}", value(pick)))
    pick.shuffle(members)
    space = pick.choice(["", "", "", " ", "\t "])
    written = "{" + space + f"{space},{space}".join(f"{text(key, pick) if pick.random() < 0.05 else json.dumps(key)}{space}:{space}{item}"
                                                    for key, item in members) + space + "}"
    if pick.random() >= 0.006:
        return written
    return pick.choice([
        lambda: written[:pick.randrange(1, len(written) - 1)], lambda: written[:-1] + ',"model":"x","model":"y"}', lambda: written + " x",
        lambda: "[1, 2]", lambda: json.dumps({"model": model, "provider": provider, "input": -5, "time": "2026-02-02"}),
        lambda: json.dumps({"model": model, "provider": provider, "input": 1.5, "time": "2026-02-02"}),
        lambda: json.dumps({"model": model, "provider": provider, "input": 5, "cache_read": 6, "time": "2026-02-02"}),
        lambda: json.dumps({"model": model, "provider": provider, "input": 5, "time": "2026-02-30"}),
        lambda: json.dumps({"model": model, "provider": provider, "input": 2_000_000_000, "time": "2026-02-02"}),
        lambda: json.dumps({"model": "no-such-model", "provider": provider, "input": 5, "time": "2026-02-02"}),
        lambda: json.dumps({"model": model, "provider": provider, "input": 5}),
    ])()


def csv_field(content, pick):
    if any(mark in content for mark in ',"\n\r') or pick.random() < 0.1:
        return '"' + content.replace('"', '""') + '"'
    return content


def csv_rows(count, found, pick):
    lines = ["time,provider,model,input,note,cache_read,output,mode,id"]
    for place in range(count):
        provider, model, _ = pick.choice(found)
        prompt = int(10 ** (pick.random() * 6))
        cached = str(prompt * pick.randrange(100) // 100) if pick.random() < 0.6 else ""
        note = pick.choice(TEXTS[:-1] + ["two\nlines", 'a "quoted" word', "x,y,z"])
        fields = [when(pick), provider, model, str(prompt), note, cached, str(pick.randrange(9000)), pick.choice(["", "batch", "standard"]), f"c{place}"]
        lines.append(",".join(csv_field(field, pick) for field in fields))
    return "\n".join(lines) + "\n"


ROWS_OF_LINES = """
create table read as
with lines as (select line, nr, json_valid(line) as valid from raw),
objects as (
  select nr, line from lines where valid and json_type(line) = 'OBJECT' and len(json_keys(line)) = len(list_distinct(json_keys(line)))),
typed as (
  select nr, line ->> '$.provider' as provider, line ->> '$.model' as model, try_cast(line ->> '$.time' as timestamptz) as time,
    coalesce(line ->> '$.mode', 'standard') as mode,
    {counts}
  from objects)
select *, cast(time at time zone 'UTC' as date) as day from typed
"""

SUMS = """
create table sums as
select s.provider, s.model, s.day, sum(s.rows) as rows, sum(s.input) as input, sum(s.cache_read) as cache_read, sum(s.output) as output,
  sum(s.input::hugeint * p.input + s.cache_read::hugeint * (p.cache_read - p.input) + s.output::hugeint * p.output) as cost
from (select provider, model, day, mode, {tiers} as tier, count(*) as rows, sum(input::hugeint) as input, sum(cache_read::hugeint) as cache_read,
        sum(output::hugeint) as output from good group by all) s
join prices p on s.provider = p.provider and s.model = p.model and s.mode = p.mode and s.tier = p.tier and s.day >= p.first and s.day < p.until
group by all
"""


def peer(connection, prices):
    """Sums by provider, model and day, and the numbers of the lines that cannot be used; `read` holds what was read."""
    connection.execute(f"create table prices as select * from read_json('{prices}', columns = {{'provider': 'VARCHAR', 'model': 'VARCHAR', "
                       "'first': 'DATE', 'until': 'DATE', 'mode': 'VARCHAR', 'tier': 'INTEGER', 'input': 'BIGINT', 'cache_read': 'BIGINT', 'output': 'BIGINT'})")
    whole = " and ".join(f"{name} is not null and {name} >= 0 and {name} = floor({name})" for name in ("input", "cache_read", "output", "reasoning"))
    connection.execute(
        "create table good as select * from read where time is not null and " + whole + " and cache_read <= input and reasoning <= output "
        "and greatest(input, output) <= 1000000000 and (provider, model) in (select provider, model from prices)")
    connection.execute(SUMS.format(tiers=" + ".join(f"(input > {limit})::int" for limit in LIMITS)))
    sums = {tuple(map(str, row[:3])): tuple(str(item) for item in row[3:6]) + (str(row[6]), decimal.Decimal(row[7]).scaleb(-10))
            for row in connection.execute("select provider, model, day, rows, input::hugeint, cache_read::hugeint, output::hugeint, cost from sums").fetchall()}
    bad = {row[0] for row in connection.execute("select nr from raw where nr not in (select nr from good)").fetchall()}
    return sums, bad


def own(llmref, log, prices):
    done = subprocess.run([llmref, "reprice", log, "--catalogue", "none", "--facts", prices, "--by", "provider,model,day", "--places", "1000", "--json"],
                          capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    answer = json.loads(done.stdout)
    if answer["problems"]["unlisted_rows"]:
        sys.exit("more problems than are listed; take fewer rows")
    sums = {(row["provider"], row["model"].split("/")[1], row["day"]): (
        str(row["rows"]), row["usage"].get("input", "0"), row["usage"].get("cache_read", "0"), row["usage"].get("output", "0"),
        decimal.Decimal(row["cost_usd"])) for row in answer["tables"][0]["rows"]}
    return sums, {place["line"] for entry in answer["problems"]["listed"] for place in entry["first"]}


def compare(name, own_answer, peer_answer):
    (own_sums, own_bad), (peer_sums, peer_bad) = own_answer, peer_answer
    wrong = [key for key in own_sums.keys() | peer_sums.keys() if own_sums.get(key) != peer_sums.get(key)]
    for key in sorted(wrong)[:10]:
        print(f"FAILED {name} {key}: {own_sums.get(key)}, DuckDB {peer_sums.get(key)}")
    for line in sorted(own_bad ^ peer_bad)[:10]:
        print(f"FAILED {name} line {line}: a problem for {'llmref' if line in own_bad else 'DuckDB'} alone")
    print(f"{name}: {len(peer_sums)} groups, {len(peer_bad)} problems; {len(wrong)} groups and {len(own_bad ^ peer_bad)} problems differ")
    return not wrong and own_bad == peer_bad and len(peer_sums) > 100


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pick = random.Random(options.seed)
    found = routes(pick)
    with tempfile.TemporaryDirectory() as folder:
        def path(name):
            return os.path.join(folder, name)
        for name, content in (("facts.json", facts(found)), ("prices.json", joined(found))):
            with open(path(name), "w", encoding="utf-8") as file:
                json.dump(content, file)
        with open(path("log.jsonl"), "w", encoding="utf-8", newline="") as file:
            file.writelines(json_line(place, found, pick) + "\n" for place in range(options.rows))
        with open(path("log.csv"), "w", encoding="utf-8", newline="") as file:
            file.write(csv_rows(options.rows // 5, found, pick))

        connection = duckdb.connect()
        connection.execute("set timezone = 'UTC'")
        with open(path("log.jsonl"), encoding="utf-8", newline="") as file:
            lines = file.read().split("\n")[:-1]
        connection.execute("create table raw (nr integer, line varchar)")
        for start in range(0, len(lines), 1000):
            part = list(enumerate(lines[start:start + 1000], start + 1))
            connection.execute("insert into raw values " + ",".join(["(?, ?)"] * len(part)), [item for pair in part for item in pair])
        counts = ", ".join(f"coalesce(case when line ->> '$.{name}' is null then 0 else try_cast(line ->> '$.{name}' as decimal(38, 8)) end, -1) as {name}"
                           for name in ("input", "cache_read", "output", "reasoning"))
        connection.execute(ROWS_OF_LINES.format(counts=counts))
        is_equal = compare("JSON lines", own(options.llmref, path("log.jsonl"), path("facts.json")), peer(connection, path("prices.json")))

        connection = duckdb.connect()
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"""create table read as select row_number() over () as nr, provider, model, cast("time" as timestamptz) as time,
          coalesce(nullif(mode, ''), 'standard') as mode, input, coalesce(cache_read, 0) as cache_read, output, 0 as reasoning,
          cast(cast("time" as timestamptz) at time zone 'UTC' as date) as day
          from read_csv('{path("log.csv")}', header = true, auto_detect = false, quote = '"', escape = '"', delim = ',', columns = {{'time': 'VARCHAR',
          'provider': 'VARCHAR', 'model': 'VARCHAR', 'input': 'BIGINT', 'note': 'VARCHAR', 'cache_read': 'BIGINT', 'output': 'BIGINT', 'mode': 'VARCHAR',
          'id': 'VARCHAR'}})""")
        connection.execute("create table raw as select nr from read")
        is_equal = compare("CSV", own(options.llmref, path("log.csv"), path("facts.json")), peer(connection, path("prices.json"))) and is_equal
    sys.exit(0 if is_equal else 1)


if __name__ == "__main__":
    main()
