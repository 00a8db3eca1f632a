"""Prove that the ready maps of products read their own tables, through the engines' own clients.

Makes the tables of LiteLLM in PostgreSQL, and with --nightly those of Langfuse and Helicone in ClickHouse (chDB behind a small
HTTP server on loopback), with the columns that their own definitions give (see Sources/Metering/SQL/LogStore.swift), puts a
few rows in, and lets `llmref reprice --store … --url …` ask for the names and reprice. Prices come from a facts file
alone; every expected amount is worked out in a comment. With --nightly a log file is also repriced by the clients of DuckDB
(PyPI duckdb-cli) and Spark. The password of a URL is looked for among the arguments of every process meanwhile.

Usage: check_stores.py LLMREF [--nightly]
"""
import argparse
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_sql  # noqa: E402
from jsonschema import Draft202012Validator  # noqa: E402

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Schemas/engine-report-1.schema.json"), encoding="utf-8") as text:
    SCHEMA = Draft202012Validator(json.load(text))

# Per 1M tokens. Acme's own route of rocket-1; nobody prices the web searches.
FACTS = {"reviewed": "2026-01-01", "models": [
    {"id": "acme/rocket-1", "name": "Rocket-1", "lab": "Acme", "routes": [
        {"provider": "acme", "id": "rocket-1", "input_usd_per_mtok": "2", "output_usd_per_mtok": "8", "cache_read_usd_per_mtok": "0.5",
         "cache_write_usd_per_mtok": "2.5"}]}]}

LITELLM = """
CREATE TABLE "LiteLLM_SpendLogs" (request_id TEXT PRIMARY KEY, call_type TEXT NOT NULL, api_key TEXT NOT NULL DEFAULT '',
  spend DOUBLE PRECISION NOT NULL DEFAULT 0.0, total_tokens INTEGER NOT NULL DEFAULT 0, prompt_tokens INTEGER NOT NULL DEFAULT 0,
  completion_tokens INTEGER NOT NULL DEFAULT 0, "startTime" TIMESTAMP(3) NOT NULL, "endTime" TIMESTAMP(3) NOT NULL,
  model TEXT NOT NULL DEFAULT '', custom_llm_provider TEXT DEFAULT '', metadata JSONB DEFAULT '{}', cache_hit TEXT DEFAULT '');
INSERT INTO "LiteLLM_SpendLogs" (request_id, call_type, api_key, spend, prompt_tokens, completion_tokens, "startTime", "endTime", model,
  custom_llm_provider, metadata, cache_hit) VALUES
  ('1', 'acompletion', 'k1', 0.0105, 1000, 100, '2026-06-01 23:59:59.9', '2026-06-02', 'rocket-1', 'acme', '{}', 'None'),
  ('2', 'acompletion', 'k1', 0.001, 1000, 100, '2026-06-02 00:00:00', '2026-06-02', 'rocket-1', 'acme',
   '{"additional_usage_values": {"cache_read_input_tokens": 400, "cache_creation_input_tokens": 200}}', 'None'),
  ('3', 'acompletion', 'k1', 0, 1000, 100, '2026-06-02 00:00:01', '2026-06-02', 'rocket-1', 'acme', '{}', 'True'),
  ('4', 'acompletion', 'k1', 0, 1000, 100, '2026-06-02 00:00:02', '2026-06-02', 'rocket-9', 'acme', NULL, '');
"""
# The 1st: 1000 × 2 + 100 × 8 = 2800 millionths. The 2nd: 400 × 0.5 + 200 × 2.5 + 400 × 2 + 800 = 200 + 500 + 800 + 800 = 2300.
# The 3rd was answered from LiteLLM's cache: 0. The 4th has no route.
LITELLM_ROWS = [("2026-06-01", "rocket-1", 1, 1, "0.0028", "0.0028"), ("2026-06-02", "rocket-1", 2, 2, "0.0023", "0.0023"),
                ("2026-06-02", "rocket-9", 1, 0, "0", None)]

LANGFUSE = ["""
CREATE TABLE observations (id String, project_id String, type LowCardinality(String), start_time DateTime64(3),
  provided_model_name Nullable(String), model_parameters Nullable(String), usage_details Map(LowCardinality(String), UInt64),
  total_cost Nullable(Decimal64(12)), event_ts DateTime64(3), is_deleted UInt8)
ENGINE = ReplacingMergeTree(event_ts, is_deleted) ORDER BY (project_id, type, toDate(start_time), id)""", """
INSERT INTO observations VALUES
  ('1', 'p', 'GENERATION', '2026-06-01 10:00:00', 'rocket-1', NULL, {'input': 400, 'input_cached_tokens': 400,
   'cache_creation_input_tokens': 200, 'output': 60, 'output_reasoning_tokens': 40, 'total': 1100}, 0.0023, now(), 0),
  ('2', 'p', 'SPAN', '2026-06-01 10:00:00', 'rocket-1', NULL, {'input': 400}, NULL, now(), 0),
  ('3', 'p', 'EMBEDDING', '2026-06-02 10:00:00', 'rocket-1', '{"service_tier": "default"}', {'input': 1000}, NULL, now(), 0)"""]
# The 1st: as LiteLLM's 2nd, its parts beside each other, 2300 millionths. A span is no request. The 3rd: 1000 × 2 = 2000.
LANGFUSE_ROWS = [("2026-06-01", "rocket-1", 1, 1, "0.0023", "0.0023"), ("2026-06-02", "rocket-1", 1, 1, "0.002", "0.002")]

HELICONE = ["""
CREATE TABLE request_response_rmt (request_id UUID, organization_id UUID, request_created_at DateTime64(3), model LowCardinality(String),
  provider LowCardinality(String), user_id LowCardinality(String), status Int64, prompt_tokens Nullable(Int64),
  completion_tokens Nullable(Int64), prompt_cache_write_tokens Int64 DEFAULT 0, prompt_cache_read_tokens Int64 DEFAULT 0,
  prompt_audio_tokens Int64 DEFAULT 0, completion_audio_tokens Int64 DEFAULT 0,
  cache_reference_id UUID DEFAULT toUUID('00000000-0000-0000-0000-000000000000'), cost UInt64 DEFAULT 0, updated_at DateTime64(3) DEFAULT now())
ENGINE = ReplacingMergeTree(updated_at) ORDER BY (organization_id, provider, model, user_id, request_created_at, request_id)""", """
INSERT INTO request_response_rmt (request_id, organization_id, request_created_at, model, provider, user_id, status, prompt_tokens,
  completion_tokens, prompt_cache_write_tokens, prompt_cache_read_tokens, cache_reference_id, cost) VALUES
  (generateUUIDv4(), generateUUIDv4(), '2026-06-01 10:00:00', 'rocket-1', 'ACME', 'u', 200, 400, 100, 200, 400,
   '00000000-0000-0000-0000-000000000000', 2300000),
  (generateUUIDv4(), generateUUIDv4(), '2026-06-01 10:00:01', 'rocket-1', 'ACME', 'u', 200, 400, 100, 200, 400, generateUUIDv4(), 0)"""]
# The 1st: 2300 millionths again, 2,300,000 billionths of a dollar charged. The 2nd was answered from Helicone's cache: 0.
HELICONE_ROWS = [("2026-06-01", "rocket-1", 2, 2, "0.0023", "0.0023")]

LINES = [{"time": "2026-06-02T08:00:00+09:00", "provider": "acme", "model": "rocket-1", "input": 1000, "cache_read": 400, "cache_write": 200,
          "output": 100},
         {"time": "2026-06-02T08:00:00Z", "provider": "acme", "model": "rocket-1", "input": 1000, "output": 100}]
# The 1st is of June 1st in UTC: 2300 millionths. The 2nd: 2800.
LINES_ROWS = [("2026-06-01", "rocket-1", 1, 1, "0.0023", "0.0023"), ("2026-06-02", "rocket-1", 1, 1, "0.0028", "0.0028")]
PASSWORD = "s3cret-of-this-check"


class Watch(threading.Thread):
    """Looks for the password among the arguments of every process."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen, self.done = set(), threading.Event()

    def run(self):
        while not self.done.is_set():
            for number in os.listdir("/proc"):
                if number.isdigit() and int(number) != os.getpid():
                    try:
                        words = open(f"/proc/{number}/cmdline", "rb").read().split(b"\0")
                    except OSError:
                        continue
                    # The address that a person typed is theirs to hide; what the program starts must not show it.
                    if any(PASSWORD.encode() in word for word in words) and b"llmref" not in words[0]:
                        self.seen.add(words[0].decode())
            self.done.wait(0.005)


class ClickHouse:
    """What ClickHouse answers over HTTP, by chDB: statements in the body, the session's tables kept."""

    def __init__(self):
        from chdb import session
        self.session = session.Session()
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                query = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)
                statement = self.rfile.read(int(self.headers["Content-Length"])).decode()
                allowed = self.headers.get("X-ClickHouse-Key") == PASSWORD and "session_id" in query
                try:
                    answer = owner.session.query(statement, query["default_format"][0]).bytes() if allowed else b"wrong password"
                except Exception as error:
                    answer, allowed = str(error).encode(), False
                self.send_response(200 if allowed else 403)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *arguments):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://me:{PASSWORD}@127.0.0.1:{self.server.server_port}/?database=default"
        # One thread for everything that chDB does.
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.session.close()


def report(command, expected):
    """What is wrong with the JSON of one report; its exit code is 1 when a row has no cost."""
    done = subprocess.run([*command, "--by", "day,model", "--json"], capture_output=True, text=True)
    complete = all(row[2] == row[3] for row in expected)
    if done.returncode != (0 if complete else 1):
        return [f"exit code {done.returncode}: {done.stderr.strip()[:1500]}"]
    answer = json.loads(done.stdout)
    invalid = [f"{error.json_path}: {error.message[:300]}" for error in SCHEMA.iter_errors(answer)]
    groups = [(group["day"], group["model"], group["row_count"], group["priced_rows"], group["known_usd"], group.get("cost_usd"))
              for group in answer["groups"]]
    return invalid + ([] if groups == expected else [f"{groups}\n  expected {expected}"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--nightly", action="store_true")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="check-stores-")
    os.chmod(folder, 0o755)
    facts, log = os.path.join(folder, "facts.json"), os.path.join(folder, "log.jsonl")
    json.dump(FACTS, open(facts, "w", encoding="utf-8"))
    with open(log, "w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(line) + "\n" for line in LINES)
    base = [os.path.abspath(options.llmref), "reprice", "--catalogue", "none", "--facts", facts]
    results = {}
    watch = Watch()
    watch.start()
    check_sql.COLUMNS, columns = ["time"], check_sql.COLUMNS
    with open(log[: -len("jsonl")] + "csv", "w", encoding="utf-8") as table:
        table.write("time\n")
    server = check_sql.PostgreSQL(folder, log)
    check_sql.COLUMNS = columns
    try:
        check_sql.run([*server.psql, "-f", "-"], input=LITELLM)
        check_sql.run([*server.psql, "-f", "-"], input=f"CREATE ROLE me LOGIN PASSWORD '{PASSWORD}'; GRANT pg_read_all_data TO me;")
        url = f"postgres://me:{PASSWORD}@/postgres?host={urllib.parse.quote(server.folder, safe='')}"
        results["LiteLLM"] = report([*base, "--store", "litellm", "--url", url], LITELLM_ROWS)
    finally:
        server.close()
    if options.nightly:
        clickhouse = ClickHouse()
        for name, statements, rows in (("langfuse", LANGFUSE, LANGFUSE_ROWS), ("helicone", HELICONE, HELICONE_ROWS)):
            for statement in statements:
                clickhouse.session.query(statement)
            results[name] = report([*base, "--store", name, "--url", clickhouse.url], rows)
        clickhouse.close()
        results["the client of DuckDB"] = report([*base, "--engine", "duckdb", log], LINES_ROWS)
        results["the client of Spark"] = report([*base, "--engine", "spark", "--url", "local[1]", log], LINES_ROWS)
    watch.done.set()
    watch.join()
    results["passwords"] = [f"the password stands among the arguments of {', '.join(watch.seen)}"] if watch.seen else []
    for name, wrong in results.items():
        for line in wrong:
            print(f"FAILED {name}: {line}")
    failed = sum(map(bool, results.values()))
    print(f"{len(results) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
