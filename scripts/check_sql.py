"""Prove that the SQL of `llmref reprice --engine` gives identical rows in every engine, and the rows that the rules of a bill give.

Makes a log (the same for a seed) of routes with dated prices, context tiers, modes and hours, with cache reads and writes,
unknown prices and names, null and hostile fields, times in several zones, counts that cannot be. Runs the generated SQL on
DuckDB and on PostgreSQL, which it starts in a folder of its own on a socket, and with --nightly on chDB, on Spark (a master
and two workers on loopback) and on Sail. All rows must be the same, in the same order, to the last digit, and equal to an
arithmetic of whole numbers written here from the rules: it reads the price lists as the catalogue holds them, not the
flattened table.

Needs duckdb from PyPI and postgresql from Debian; with --nightly chdb, pyspark[connect], pysail and Java 17.

Usage: check_sql.py LLMREF [--rows 50000] [--nightly] [--engines duckdb,postgres] [--catalogue FILE] [--folder DIR]
"""
import argparse
import csv
import datetime
import decimal
import functools
import io
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

COUNTS = ["input", "output", "cache_read", "cache_write", "cache_write_1h", "reasoning", "input_audio", "output_audio", "requests",
          "web_searches"]
COLUMNS = ["time", "provider", "model", "mode", "key", "charged_usd"] + COUNTS
# Units by their usage key: the part each is of, nearest first, and the pieces that one price buys.
WIDER = {"cache_read": ["input"], "cache_write": ["input"], "cache_write_1h": ["cache_write", "input"], "input_audio": ["input"],
         "reasoning": ["output"], "output_audio": ["output"]}
PIECES = {"web_searches": 1, "requests": 1}
PRICE_KEYS = {"audio_input": "input_audio", "audio_output": "output_audio", "web_search": "web_searches", "request": "requests"}
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
MOST, MOST_OF_A_REQUEST, FIRST = 10**15, 10**9, 1514764800
MODES = ["standard", "batch", "flex", "priority", "off_peak", "fast"]
SCALE = 9 * 10**24  # units of money in a dollar, by which a piece of any unit costs a whole number


# The log ------------------------------------------------------------------------------------------------------------


def choose_routes(llmref, options, randomness, wanted):
    """Routes of each kind of price, as pairs of provider and model."""
    everything = json.loads(run([llmref, "reprice", "--engine", "duckdb", "--print-rates", "none.jsonl", *options]))["routes"]
    kinds = {"hours": [], "above": [], "mode": [], "dated": [], "plain": []}
    for route in everything:
        prices = [price for period in route["periods"] for price in period["prices"]]
        kind = ("hours" if any("hours" in price for price in prices) else "above" if any("above" in price for price in prices)
                else "mode" if any(price["mode"] != "standard" for price in prices)
                else "dated" if len(route["periods"]) > 2 else "plain")
        kinds[kind].append((route["provider"], route["model"]))
    pairs = []
    for kind, share in (("hours", 0.1), ("above", 0.25), ("mode", 0.25), ("dated", 0.1), ("plain", 0.3)):
        pool = sorted(set(kinds[kind]))
        pairs += randomness.sample(pool, min(len(pool), max(1, int(wanted * share))))
    pairs += [(None, model) for _, model in pairs[:: 10]]
    return pairs + FLOATING


FLOATING = [("anthropic", "claude-3-5-sonnet-latest"), ("google", "gemini-flash-latest"), (None, "gemini-flash-lite-latest"),
            ("openai", "chatgpt-4o-latest"), ("deepseek", "deepseek-chat")]
HOSTILE = [("it's", "o'brien\\'); DROP TABLE usage; --"), ('a"b', 'back`tick"and\\'), (None, "no-such-model-at-all"), ("openai", "gpt-99-ünïcødé-模型"),
           ("$HOME", "${env:HOME} $1 :name {p:String} %s \t tab"), ("openai", "line\nfeed")]


def times(randomness):
    """Instants as texts and seconds; None for a text that is no time."""
    seconds = randomness.randrange(1735689600, 1798761600)  # 2025-01-01 … 2026-12-31
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    kind = randomness.randrange(200)
    if kind < 150:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ"), seconds
    if kind < 165:
        return moment.strftime("%Y-%m-%d %H:%M:%S") + ".%03d" % randomness.randrange(1000), seconds
    if kind < 175:
        return (moment + datetime.timedelta(hours=5, minutes=30)).strftime("%Y-%m-%dT%H:%M:%S") + "+05:30", seconds
    if kind < 185:
        return (moment - datetime.timedelta(hours=8)).strftime("%Y-%m-%d %H:%M:%S") + ".5-0800", seconds
    if kind < 188:
        return moment.strftime("%Y-%m-%dT%H:%MZ"), seconds - seconds % 60
    if kind < 191:
        return moment.strftime("%Y-%m-%d"), seconds - seconds % 86400
    if kind < 193:
        return (moment + datetime.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S") + "+02", seconds
    return randomness.choice([None, "", "yesterday", "2026-02-30T10:00:00Z", "2026-06-15T25:00:00Z", "2017-12-31T23:59:59Z",
                              "1781512200"]), None


def make_row(randomness, names):
    """One row, as columns, with the seconds of its time."""
    text, seconds = times(randomness)
    provider, model = names[min(int(randomness.expovariate(3) * len(names)), len(names) - 1)]
    row = dict.fromkeys(COLUMNS)
    row["time"], row["provider"], row["model"] = text, provider, model
    row["key"] = randomness.choice([None, "team-a", "team-b", "Ägypten", "o'key", "zeta", "Zeta"])
    if randomness.random() < 0.4:
        row["mode"] = randomness.choice(MODES + ["default", "auto", "", "Batch", "scale", "on_demand_flex"])
    prompt = int(randomness.lognormvariate(8, 2.2))
    answer = int(randomness.lognormvariate(6, 1.5))
    row["input"], row["output"] = prompt, answer
    if randomness.random() < 0.4:
        row["cache_read"] = randomness.randrange(prompt // 2 + 1)
    if randomness.random() < 0.2:
        row["cache_write"] = randomness.randrange(prompt // 4 + 1)
        if randomness.random() < 0.5:
            row["cache_write_1h"] = randomness.randrange(row["cache_write"] + 1)
    elif randomness.random() < 0.05:
        row["cache_write_1h"] = randomness.randrange(prompt // 8 + 1)
    if randomness.random() < 0.3:
        row["reasoning"] = randomness.randrange(answer // 2 + 1)
    if randomness.random() < 0.02:
        row["input_audio"] = randomness.randrange(prompt // 8 + 1)
        row["output_audio"] = randomness.randrange(answer // 8 + 1)
    if randomness.random() < 0.05:
        row["web_searches"] = randomness.randrange(4)
    if randomness.random() < 0.05:
        row["requests"] = randomness.randrange(0, 40)
    if randomness.random() < 0.5:
        row["charged_usd"] = "%d.%06d" % (randomness.randrange(2), randomness.randrange(10**6))
    odd = randomness.randrange(400)
    if odd == 0:
        row[randomness.choice(COUNTS)] = randomness.choice([-1, 10**15 + 1, 9223372036854775807, 2 * 10**9])
    elif odd == 1:
        row["cache_read"] = prompt + 1
    elif odd == 2:
        row["input"] = row["output"] = None
        for name in ("cache_read", "cache_write", "cache_write_1h", "reasoning", "input_audio", "output_audio"):
            row[name] = None
    return row, seconds


# The rules ----------------------------------------------------------------------------------------------------------


def clock(text):
    return int(text[:2]) * 60 + int(text[3:])


@functools.lru_cache(maxsize=None)
def hours_parts(text):
    """Whether all other hours are meant, spans in minutes, weekdays with Monday 0, the clock's offset, days left out."""
    words = text.split(" ")
    complement = words[0] == "not"
    words = words[complement:]
    days, left_out, offset = set(range(7)), set(), 0
    if "except" in words:
        place = words.index("except")
        left_out = {(datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days for day in words[place + 1].split(",")}
        words = words[:place]
    if len(words) > 1 and words[-1][0] in "+-":
        offset = clock(words[-1][1:]) * (-1 if words[-1][0] == "-" else 1)
        words = words[:-1]
    if len(words) == 2:
        names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        days = set()
        for part in words[0].split(","):
            ends = part.split("-")
            days |= set(range(names.index(ends[0]), names.index(ends[-1]) + 1))
    spans = [tuple(clock(end) for end in span.split("-")) for span in words[-1].split(",")]
    return complement, spans, days, offset, left_out


def holds(text, seconds):
    """Whether an instant is among the hours."""
    complement, spans, days, offset, left_out = hours_parts(text)
    day, rest = divmod(seconds + offset * 60, 86400)
    minute = rest // 60

    def starts(number):
        return (number + 3) % 7 in days and number not in left_out  # 1970-01-01 was a Thursday

    inside = any(start <= minute < end and starts(day) if start < end
                 else minute >= start and starts(day) or minute < end and starts(day - 1) for start, end in spans)
    return inside != complement


def quote(prices, unit, mode, prompt, answer, seconds):
    """The line of a price list for a unit: the highest tier reached first, hours before all hours."""
    best = None
    for price in prices:
        if price["key"] != unit or price["mode"] != mode:
            continue
        if "above" in price and (prompt + (answer if price["counting"] == "prompt_and_answer" else 0)) <= price["above"]:
            continue
        if "hours" in price and not holds(price["hours"], seconds):
            continue
        rank = (price.get("above", -1), "hours" in price)
        if best is None or rank > best[0]:
            best = (rank, price)
    return best and best[1]


def problem_and_usage(row):
    """Why the counts cannot be, and the counts with nothing missing."""
    usage = {name: row[name] or 0 for name in COUNTS}
    if row["requests"] is None:
        usage["requests"] = 1
    if usage["cache_write"] == 0:
        usage["cache_write"] = usage["cache_write_1h"]
    requests = max(usage["requests"], 1)
    bad = (any(not 0 <= count <= MOST for count in usage.values())
           or usage["cache_read"] + usage["cache_write"] + usage["input_audio"] > usage["input"]
           or usage["cache_write_1h"] > usage["cache_write"] or usage["reasoning"] + usage["output_audio"] > usage["output"]
           or -(-max(usage["input"], usage["output"]) // requests) > MOST_OF_A_REQUEST)
    return bad, usage


def mode_of(word):
    word = (word or "").lower()
    return word if word in MODES else {"on_demand_flex": "flex"}.get(word, "standard")


def bill(route, usage, mode, seconds):
    """The known part in units of money, and whether something used has no price."""
    current = route["periods"][0]
    for period in route["periods"][1:]:
        if period["seconds"] <= seconds:
            current = period
    # Priced apart by a price that is not believed: it leaves what holds it, and costs nobody knows what.
    prices, apart = current["prices"], current.get("contradicted", [])
    requests = max(usage["requests"], 1)
    prompt, answer = -(-usage["input"] // requests), -(-usage["output"] // requests)
    quotes = {}
    for unit in COUNTS:
        found = quote(prices, unit, mode, prompt, answer, seconds) or quote(prices, unit, "standard", prompt, answer, seconds)
        if found:
            quotes[unit] = found
    own = {unit: usage[unit] for unit in COUNTS}
    for unit in COUNTS:  # a part with a price leaves what holds it; one without stays in it
        for part in COUNTS:
            if unit in WIDER.get(part, []) and (part in quotes or part in apart):
                own[unit] -= usage[part] - sum(
                    usage[other] for other in COUNTS if (other in quotes or other in apart) and part in WIDER.get(other, []))
    total, unknown = 0, False
    for unit in COUNTS:
        if unit in quotes:
            price = quotes[unit]
            if price.get("tier") == "marginal" and own[unit] > price["above"]:
                raise NotImplementedError("no route of the catalogue had a marginal tier when this was written")
            total += own[unit] * price["raw"]
        elif unit != "requests" and (unit not in WIDER or unit in apart) and own[unit] > 0 and not route["free"]:
            unknown = True
    return total, unknown


def prepare(rates):
    """Price lists by pair of provider and model, with whole prices."""
    routes = {}
    for route in rates["routes"]:
        for period in route.get("periods", []):
            if "from" in period:
                period["seconds"] = (datetime.date.fromisoformat(period["from"]) - datetime.date(1970, 1, 1)).days * 86400
            for price in period["prices"]:
                price["key"] = PRICE_KEYS.get(price["unit"], price["unit"])
                exact = decimal.Decimal(price["usd"]) * SCALE / PIECES.get(price["key"], 10**6)
                price["raw"] = int(exact)
                assert price["raw"] == exact, price
            period["prices"] = [price for price in period["prices"] if price["key"] in COUNTS]
        routes.setdefault((route["provider"], route["model"]), []).append(route)
    return routes


def meant(routes, row, seconds):
    """The route that a name means at a time; None where it means none."""
    found = None
    for route in routes.get((row["provider"] or "", row["model"]), []):
        if found is None or route["from_day"] * 86400 <= seconds:
            found = route
    return found if found and "periods" in found else None


class Expected:
    """What the rules give, added up by day, provider and model, and by route, mode and key."""

    def __init__(self, routes):
        self.routes = routes
        self.groups = {"day,provider,model": {}, "route,mode,key": {}}

    def add(self, row, seconds):
        bad, usage = problem_and_usage(row)
        route = meant(self.routes, row, seconds) if seconds is not None else None
        mode = mode_of(row["mode"])
        known, unknown = 0, False
        if bad:
            problem, usage = "bad_count", dict.fromkeys(COUNTS, 0)
        elif seconds is None:
            problem = "no_time"
        elif route is None:
            problem = "no_route"
        else:
            known, unknown = bill(route, usage, mode, seconds)
            problem = "unpriced" if unknown else ""
        instant = seconds if seconds is not None else parsed(row["time"])
        day = None if instant is None else datetime.date(1970, 1, 1) + datetime.timedelta(days=instant // 86400)
        name = route["route"] if problem in ("", "unpriced") else None
        for by, key in (("day,provider,model", (day, row["provider"] or None, row["model"])),
                        ("route,mode,key", (name, mode, row["key"]))):
            group = self.groups[by].setdefault(key, [0] * 6 + [0] * len(COUNTS) + [0, None])
            group[0] += 1
            group[1 + ["", "unpriced", "no_route", "no_time", "bad_count"].index(problem)] += 1
            for place, unit in enumerate(COUNTS):
                group[6 + place] += usage[unit]
            group[-2] += known
            if row["charged_usd"] is not None:
                group[-1] = (group[-1] or 0) + decimal.Decimal(row["charged_usd"])

    def rows(self, by):
        last = "\U0010ffff" * 3

        def order(key):
            return [str(part).encode() if part is not None else last.encode() for part in key]

        result = []
        for key in sorted(self.groups[by], key=order):
            group = self.groups[by][key]
            dollars = decimal.Decimal((2 * group[-2] * 10**18 + SCALE) // (2 * SCALE)).scaleb(-18)
            whole = group[1] == group[0]
            result.append(key + tuple(group[:-2]) + (dollars, dollars if whole else None, group[-1]))
        return result


def parsed(text):
    """Seconds of a time that is one but is not believed."""
    return 1514764799 if text == "2017-12-31T23:59:59Z" else None


# Engines ------------------------------------------------------------------------------------------------------------


def run(command, **settings):
    done = subprocess.run(command, capture_output=True, text=True, **settings)
    if done.returncode != 0:
        sys.exit(f"FAILED {' '.join(command)[:200]}: exit code {done.returncode}: {done.stderr.strip()[:1500]}")
    return done.stdout


def statements(script):
    """The statements of a script; none of ours has a semicolon at a line's end inside quotes."""
    return [part for part in re.split(r";\n", script) if part.strip()]


def shaped(rows, keys, counted=len(COUNTS)):
    """Rows as Python values of one kind."""
    result = []
    for row in rows:
        values = []
        for place, value in enumerate(row):
            if value is None or value == "\\N":
                values.append(None)
            elif place < len(keys):
                values.append(datetime.date.fromisoformat(str(value)[:10]) if keys[place] == "day" else str(value))
            elif place < len(keys) + 6 + counted:
                values.append(int(value))
            else:
                values.append(decimal.Decimal(str(value)))
        result.append(tuple(values))
    return result


class DuckDB:
    dialect, place = "duckdb", "file"

    def __init__(self, folder, log):
        import duckdb
        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 2; SET TimeZone = 'America/New_York'")

    def make(self, statement):
        self.connection.execute(statement)

    def query(self, script):
        return self.connection.execute(script).fetchall()

    def close(self):
        self.connection.close()


class PostgreSQL:
    """A server of its own, on a socket, as the user postgres."""
    dialect, place = "postgres", "table"

    def __init__(self, folder, log):
        self.folder = tempfile.mkdtemp(prefix="pg")
        found = sorted(os.listdir("/usr/lib/postgresql"), key=int) if os.path.isdir("/usr/lib/postgresql") else []
        self.binaries = f"/usr/lib/postgresql/{found[-1]}/bin/" if found else ""
        self.switch = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        if self.switch:
            shutil.chown(self.folder, "postgres", "postgres")
        run([*self.switch, self.binaries + "initdb", "-D", self.folder + "/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            cwd=self.folder)
        settings = f"-c listen_addresses= -k {self.folder} -c timezone=Asia/Tokyo -c fsync=off -c work_mem=256MB"
        run([*self.switch, self.binaries + "pg_ctl", "-D", self.folder + "/data", "-l", self.folder + "/log", "-w", "-o", settings, "start"],
            cwd=self.folder)
        self.psql = ["psql", "-X", "-q", "-h", self.folder, "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1"]
        types = ", ".join(f"{name} {'bigint' if name in COUNTS else 'text'}" for name in COLUMNS)
        run([*self.psql, "-c", f"CREATE TABLE usage ({types})"])
        with open(log[: -len("jsonl")] + "csv", encoding="utf-8") as rows:
            run([*self.psql, "-c", "COPY usage FROM STDIN WITH (FORMAT csv, HEADER)"], stdin=rows)
        run([*self.psql, "-c", "ANALYZE usage"])

    def make(self, statement):
        run([*self.psql, "-c", statement])

    def query(self, script):
        answer = run([*self.psql, "--csv", "-P", "null=\\N", "-f", "-"], input=script)
        return list(csv.reader(io.StringIO(answer, newline="")))[1:]

    def close(self):
        subprocess.run([*self.switch, self.binaries + "pg_ctl", "-D", self.folder + "/data", "-m", "immediate", "stop"],
                       capture_output=True, cwd=self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)


class ChDB:
    dialect, place = "clickhouse", "file"

    def __init__(self, folder, log):
        from chdb import session
        self.session = session.Session()

    def make(self, statement):
        self.session.query(statement)

    def query(self, script):
        for statement in statements(script):
            answer = self.session.query(statement, "JSONCompactStringsEachRow")
        # NULL is the text of the format; no name of ours is that.
        rows = [json.loads(line) for line in str(answer).splitlines()]
        return [[None if value == "ᴺᵁᴸᴸ" else value for value in row] for row in rows]

    def close(self):
        self.session.close()


class Spark:
    """A standalone master and two workers on loopback."""
    dialect, place = "spark", "file"

    def __init__(self, folder, log):
        import pyspark
        home = os.path.dirname(pyspark.__file__)
        settings = dict(os.environ, SPARK_HOME=home, SPARK_LOCAL_IP="127.0.0.1", SPARK_NO_DAEMONIZE="1", PYSPARK_PYTHON=sys.executable)
        os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable)
        self.processes = []

        def start(name, *arguments):
            output = open(f"{folder}/spark-{len(self.processes)}.log", "w", encoding="utf-8")
            self.processes.append(subprocess.Popen([home + "/bin/spark-class", name, *arguments], env=settings, stdout=output, stderr=output))

        start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "17077", "--webui-port", "0")
        time.sleep(6)
        for _ in range(2):
            start("org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "2g",
                  "--work-dir", folder + "/work", "spark://127.0.0.1:17077")
        from pyspark.sql import SparkSession
        self.session = (SparkSession.builder.master("spark://127.0.0.1:17077").appName("check_sql").config("spark.ui.enabled", "false")
                        .config("spark.executor.memory", "1500m").config("spark.sql.shuffle.partitions", "8").config("spark.cores.max", "2")
                        .config("spark.executor.cores", "1")
                        .config("spark.sql.session.timeZone", "America/New_York").getOrCreate())
        self.session.sparkContext.setLogLevel("ERROR")
        self.workers = None

    def make(self, statement):
        self.session.sql(statement).collect()

    def query(self, script):
        for statement in statements(script):
            answer = self.session.sql(statement)
        rows = answer.collect()
        executors = self.session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
        assert executors == 2, f"{executors} executors, not two"
        return rows

    def close(self):
        self.session.stop()
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait()


class Sail:
    dialect, place = "spark", "file"

    def __init__(self, folder, log):
        from pysail.spark import SparkConnectServer
        from pyspark.sql.connect.session import SparkSession
        self.server = SparkConnectServer(ip="127.0.0.1", port=0)
        self.server.start(background=True)
        _, port = self.server.listening_address
        self.session = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").create()
        self.session.conf.set("spark.sql.session.timeZone", "America/New_York")

    def make(self, statement):
        self.session.sql(statement).collect()

    def query(self, script):
        for statement in statements(script):
            answer = self.session.sql(statement)
            rows = answer.collect()
        return rows

    def close(self):
        self.session.stop()
        self.server.stop()


ENGINES = {"duckdb": DuckDB, "postgres": PostgreSQL, "chdb": ChDB, "spark": Spark, "sail": Sail}


# The recorded statements of Tests/MeteringTests/Golden over a few rows. $1.25 a million input tokens, $1 from July 2026 on, $0.5 in
# batches; $10 for output, $15 above 200,000 prompt tokens; $0.1 for cache reads on Mondays from 09:00 to 17:00; the input leaves
# cached tokens out. `latest` is the same route until 2026-02-16, none until 2026-05-27, then one of $4.
GOLDEN_COLUMNS = ["at", "provider", "model", "mode", "input", "cache_read", "output", "cost"]
GOLDEN = [
    ("2026-06-29T10:00:00Z", "acme", "it's", None, 1000, 500, 100, "0.5"),  # Monday: 1250 + 50 + 1000 = 2300 millionths
    ("2026-06-29T10:00:01Z", "acme", "it's", None, -5, 0, 0, None),  # no count
    ("2026-06-30T10:00:00Z", "acme", "it's", "batch", 1000, 500, 100, None),  # Tuesday: (1000 + 500) × 0.5 + 1000 = 1750
    ("2026-07-01T00:00:00Z", "acme", "it's", "", 200001, None, 100, None),  # 200001 × 1 + 100 × 15 = 201501
    ("2026-02-15T23:59:59Z", None, "latest", None, 1000, None, None, "0.25"),  # 1000 × 1.25 = 1250
    ("2026-02-16T00:00:00Z", None, "latest", None, 1000, None, None, None),  # no route
    ("2026-05-27T00:00:00Z", None, "latest", None, 1000, None, None, None),  # 1000 × 4 = 4000
    ("2026-05-27T00:00:01Z", None, "latest", None, 1000, None, 1, None),  # the same, and an output that nobody prices
    (None, None, "latest", None, 1000, None, None, None)]  # no time


def golden_rows():
    """By day and model: rows, priced, unpriced, without route, time, counts; input, output, cache reads, requests; dollars."""
    def row(day, model, counts, pieces, known, cost, charged=None):
        return (day and datetime.date.fromisoformat(day), model, *counts, *pieces, decimal.Decimal(known),
                cost and decimal.Decimal(cost), charged and decimal.Decimal(charged))

    return [row("2026-02-15", "latest", (1, 1, 0, 0, 0, 0), (1000, 0, 0, 1), "0.00125", "0.00125", "0.25"),
            row("2026-02-16", "latest", (1, 0, 0, 1, 0, 0), (1000, 0, 0, 1), "0", None),
            row("2026-05-27", "latest", (2, 1, 1, 0, 0, 0), (2000, 1, 0, 2), "0.008", None),
            row("2026-06-29", "it's", (2, 1, 0, 0, 0, 1), (1500, 100, 500, 1), "0.0023", None, "0.5"),
            row("2026-06-30", "it's", (1, 1, 0, 0, 0, 0), (1500, 100, 500, 1), "0.00175", "0.00175"),
            row("2026-07-01", "it's", (1, 1, 0, 0, 0, 0), (200001, 100, 0, 1), "0.201501", "0.201501"),
            row(None, "latest", (1, 0, 0, 0, 1, 0), (1000, 0, 0, 1), "0", None)]


def golden_table(dialect):
    """The statement that makes the table of those rows."""
    text, count = {"duckdb": ("VARCHAR", "BIGINT"), "postgres": ("TEXT", "BIGINT"), "spark": ("STRING", "BIGINT"),
                   "clickhouse": ("Nullable(String)", "Nullable(Int64)")}[dialect]

    def value(name, given):
        quoted = "NULL" if given is None else str(given) if isinstance(given, int) else "'" + given.replace("'", "\\'" if dialect in (
            "spark", "clickhouse") else "''") + "'"
        return f"CAST({quoted} AS {count if name in ('input', 'cache_read', 'output') else text}) AS {name}"

    rows = " UNION ALL ".join("SELECT " + ", ".join(map(value, GOLDEN_COLUMNS, row)) for row in GOLDEN)
    kind = {"spark": "TEMPORARY VIEW", "clickhouse": "TABLE"}.get(dialect, "TABLE")
    engine = " ENGINE = Memory" if dialect == "clickhouse" else ""
    return f"CREATE {kind} golden_usage{engine} AS {rows}"


def check_golden(server, name):
    with open(os.path.join(ROOT, f"Tests/MeteringTests/Golden/reprice.{server.dialect}.sql"), encoding="utf-8") as text:
        script = text.read()
    server.make(golden_table(server.dialect))
    return differences(golden_rows(), shaped(server.query(script), ["day", "model"], 4), name + " of recorded statements")


def differences(expected, rows, name):
    """The first rows that differ."""
    lines = []
    if len(expected) != len(rows):
        lines.append(f"{name}: {len(rows)} rows, {len(expected)} expected")
    for place, (own, other) in enumerate(zip(expected, rows)):
        if own != other:
            lines.append(f"{name}: row {place + 1} is {other}\n  expected {own}")
        if len(lines) > 4:
            break
    return lines


def main():
    decimal.getcontext().prec = 60
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--routes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nightly", action="store_true")
    parser.add_argument("--engines")
    parser.add_argument("--catalogue")
    parser.add_argument("--folder", help="where the log is kept; else a temporary folder")
    options = parser.parse_args()
    llmref = os.path.abspath(options.llmref)
    catalogue = ["--catalogue", os.path.abspath(options.catalogue)] if options.catalogue else []
    chosen = options.engines.split(",") if options.engines else list(ENGINES) if options.nightly else ["duckdb", "postgres"]
    folder = options.folder or tempfile.mkdtemp(prefix="check-sql-")
    os.makedirs(folder, exist_ok=True)
    randomness = random.Random(options.seed)
    names = choose_routes(llmref, catalogue, randomness, options.routes)
    randomness.shuffle(names)
    names = names[:40] + HOSTILE + names[40:]
    pairs = os.path.join(folder, "routes.csv")
    with open(pairs, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["provider", "model", "first_day", "last_day"]] + [[*name, "2025-01-01", "2026-12-31"] for name in names])
    base = [llmref, "reprice", *catalogue, "--routes", pairs, "--columns", ",".join(COLUMNS)]
    routes = prepare(json.loads(run([*base, "--engine", "duckdb", "--print-rates", "none.jsonl"])))
    found = sum("periods" in meaning for meanings in routes.values() for meaning in meanings)
    print(f"{len(names)} names, {found} routes")
    expected = Expected(routes)
    log = os.path.join(folder, "log.jsonl")
    started = time.monotonic()
    with open(log, "w", encoding="utf-8") as lines, open(log[: -len("jsonl")] + "csv", "w", newline="", encoding="utf-8") as table:
        writer = csv.writer(table)
        writer.writerow(COLUMNS)
        for _ in range(options.rows):
            row, seconds = make_row(randomness, names)
            lines.write(json.dumps({name: value for name, value in row.items() if value is not None}, ensure_ascii=False) + "\n")
            writer.writerow(["" if value is None else value for value in row.values()])
            expected.add(row, seconds)
    print(f"{options.rows} rows, {os.path.getsize(log)} bytes, in {time.monotonic() - started:.1f} s")
    failed = passed = 0
    for engine in chosen:
        started = time.monotonic()
        server = ENGINES[engine](folder, log)
        ready = time.monotonic() - started
        try:
            wrong = check_golden(server, engine)
            for line in wrong:
                print("FAILED", line)
            failed += bool(wrong)
            passed += not wrong
            for by in expected.groups:
                place = [log] if server.place == "file" else ["--table", "usage"]
                script = run([*base, "--engine", server.dialect, "--print-sql", "--by", by, *place])
                started = time.monotonic()
                rows = shaped(server.query(script), by.split(","))
                taken = time.monotonic() - started
                wrong = differences(expected.rows(by), rows, engine)
                for line in wrong:
                    print("FAILED", line)
                failed += bool(wrong)
                passed += not wrong
                print(f"{engine}: {len(rows)} groups by {by} in {taken:.1f} s (start {ready:.1f} s, {len(script)} bytes of SQL)", flush=True)
        finally:
            server.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory of this process {peak} MB")
    if not options.folder:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
