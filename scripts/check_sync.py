"""Prove that `llmref sync` takes what changed, and that no fault changes anything.

A server on loopback gives out the recorded snapshots of models.dev and LiteLLM (bin/fetch-sources), which change nothing, then
changed ones, then faults: an answer cut off, an HTML page, 500, an endless answer, an old file, a mirror without a date, a loss,
prices in another unit, redirects, broken JSON. The changes must be those that were made, the same in `llmref changes`, and the
answers that differ those of `export csv`; after a fault every file of the data folder must be as it was. The same server is a
package index, and publishes a whole catalogue.

Usage: check_sync.py LLMREF [CATALOGUE]      CATALOGUE in place of the embedded one
"""
import csv
import datetime
import email.utils
import hashlib
import http.server
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
IDS = {"litellm": "litellm.json", "models-dev": "models-dev.json"}
failures = []


def check(condition, words):
    if not condition:
        failures.append(words)
        print("FAIL", words, file=sys.stderr)


class Source(http.server.BaseHTTPRequestHandler):
    """Serves `bodies` by source id, or the fault that is set for it."""
    protocol_version = "HTTP/1.1"
    # The seconds at which a body was last modified; now for what is not named, None for no word of it.
    bodies, faults, asked, left, dates = {}, {}, [], {}, {}

    def log_message(self, *_):
        pass

    def do_GET(self):
        name = self.path.strip("/").split("?")[0]
        if name.startswith("moved/"):
            name = name[len("moved/"):]
        Source.asked.append((name, self.headers.get("If-None-Match")))
        body, fault = Source.bodies.get(name, b""), Source.faults.get(name)
        etag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
        if fault == "flaky":
            Source.left[name] = Source.left.get(name, 2)
            if Source.left[name] > 0:
                Source.left[name] -= 1
                return self.answer(503, b"busy")
            fault = None
        if fault == "500":
            return self.answer(500, b"broken")
        if fault == "html":
            return self.answer(200, b"<!doctype html><title>Sign in</title>" + b" " * 1000, "text/html")
        if fault == "redirect":
            return self.answer(302, b"", location="/moved/" + name) if "moved" not in self.path else self.answer(200, body, etag=etag, modified=time.time())
        if fault in ("file", "ftp", "https"):
            return self.answer(302, b"", location=fault + "://127.0.0.1/" + name)
        if fault == "loop":
            return self.answer(302, b"", location="/" + name)
        if fault == "cut":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
            return None
        if fault == "declared":
            self.send_response(200)
            self.send_header("Content-Length", str(10 * 1024**3))
            self.end_headers()
            self.close_connection = True
            return None
        if fault == "endless":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            piece = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
            try:
                for _ in range(10 * 1024):
                    self.wfile.write(piece)
            except OSError:
                pass
            self.close_connection = True
            return None
        if fault == "slow":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                for _ in range(30):
                    self.wfile.write(b"1\r\n \r\n")
                    self.wfile.flush()
                    time.sleep(0.5)
            except OSError:
                pass
            self.close_connection = True
            return None
        if fault is None and self.headers.get("If-None-Match") == etag:
            return self.answer(304, b"", etag=etag)
        if name not in Source.bodies:
            return self.answer(404, b"nothing here")
        return self.answer(200, body, etag=etag, modified=Source.dates.get(name, time.time()))

    do_HEAD = do_GET

    def answer(self, status, body, kind="application/json", location=None, etag=None, modified=None):
        self.send_response(status)
        if modified is not None:
            self.send_header("Last-Modified", email.utils.formatdate(modified, usegmt=True))
        if self.path.startswith("/simple/"):
            kind = "text/html"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Program:
    def __init__(self, path, home, port, catalogue=None):
        self.path, self.home, self.port, self.catalogue = os.path.abspath(path), home, port, catalogue
        if catalogue:
            shutil.copy(catalogue, os.path.join(home, "catalogue.llmref"))

    def apart(self, home):
        return Program(self.path, home, self.port, self.catalogue)

    def run(self, *arguments, **environment):
        return subprocess.run([self.path, *arguments], capture_output=True, text=True,
                              env={**os.environ, "LLMREF_HOME": self.home, **environment})

    def table(self):
        """The routes of `export csv`, without the day on which a source saw them."""
        rows = csv.DictReader(io.StringIO(self.run("export", "csv").stdout))
        return [tuple(value for key, value in row.items() if key != "last_seen") for row in rows]

    def sync(self, *more, ids=tuple(IDS)):
        arguments = ["sync", "--json", "--timeout", "5", "--attempts", "3"]
        for name in ids:
            arguments += ["--source", name, "--address", f"{name}=http://127.0.0.1:{self.port}/{name}"]
        return self.run(*arguments, *more)

    def state(self):
        found = {}
        for folder, _, names in os.walk(self.home):
            for name in names:
                path = os.path.join(folder, name)
                found[path] = (hashlib.sha256(open(path, "rb").read()).hexdigest(), os.stat(path).st_mtime_ns)
        return found


def changes(done, name):
    """What was told of a source, without the lines that a multiplier makes of another price and that change with it."""
    answer = json.loads(done.stdout)
    return [change for sync in answer["syncs"] for source in sync["sources"] if source["id"] == name
            for change in source["changes"] if ".when(" not in (change.get("field") or "")]


def answers(done):
    """How many routes are told as new and gone, and how many values as changed."""
    told = json.loads(done.stdout).get("answers", {})
    return tuple(len(told.get(key, [])) for key in ("routes_added", "routes_removed", "values_changed"))


def differing(before, after):
    """The same, counted in the two tables."""
    def by_route(table):
        result = {}
        for row in table:
            result.setdefault((row[0], row[1], row[3], row[10]), []).append(row)
        return result
    old, new = by_route(before), by_route(after)
    added = removed = changed = 0
    for key in {*old, *new}:
        left, right = old.get(key, []), new.get(key, [])
        added += max(0, len(right) - len(left))
        removed += max(0, len(left) - len(right))
        changed += sum(a != b for one, other in zip(left, right) for a, b in zip(one, other))
    return added, removed, changed


def main(llmref, catalogue=None):
    recorded = {}
    for name, file in IDS.items():
        recorded[name] = open(os.path.join(ROOT, "Data/sources", file), "rb").read()
    Source.bodies = dict(recorded)
    # Clients that hang up on purpose are no news.
    http.server.ThreadingHTTPServer.handle_error = lambda *_: None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Source)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as home:
        program = Program(llmref, home, server.server_address[1], catalogue)
        try:
            taking(program, recorded)
            refusing(program, recorded)
            without_network(program, recorded)
            packages(program)
            whole(program)
        finally:
            server.shutdown()
    if failures:
        raise SystemExit(f"{len(failures)} failures")
    print("sync: the changes of two sources are right; no fault changed a file")


def taking(program, recorded):
    """The recorded snapshots change nothing; changed ones change what was changed."""
    # What the program already has, from wherever it comes: not a file changes, and so no day.
    before = program.state()
    first = program.sync()
    check(first.returncode == 0, f"first sync: exit {first.returncode}: {first.stderr[:300]}")
    check(sorted(json.loads(first.stdout)["unchanged"]) == sorted(IDS), f"first sync: {first.stdout[:300]} {first.stderr[:200]}")
    check(program.state() == before, "a sync of the recorded snapshots writes nothing")
    rows = program.table()

    table = json.loads(recorded["litellm"])
    table["gpt-4o"]["input_cost_per_token"] = 3.125e-06
    table["gpt-4o"]["max_output_tokens"] = 16000
    del table["gpt-4.1-nano"]
    table["gpt-4o-sync-check"] = dict(table["gpt-4o"], input_cost_per_token=1e-06)
    api = json.loads(recorded["models-dev"])
    api["openai"]["models"]["gpt-4o"]["limit"]["context"] = 127000
    removed = next(key for key in api["openai"]["models"] if key.startswith("gpt-4-"))
    del api["openai"]["models"][removed]
    Source.bodies = {"litellm": json.dumps(table).encode(), "models-dev": json.dumps(api).encode()}
    Source.faults = {"litellm": "flaky", "models-dev": "redirect"}
    done = program.sync()
    Source.faults = {}
    check(done.returncode == 0, f"changed sync: exit {done.returncode}: {done.stderr[:300]}")
    after = program.table()
    check(answers(done) == differing(rows, after), f"answers {answers(done)} and the tables' difference {differing(rows, after)}")
    check(answers(done)[0] >= 1 and answers(done)[2] >= 2, f"answers told: {answers(done)}")
    told = changes(done, "litellm")
    expected = {
        ("changed", "gpt-4o", "price.input", "2.5", "3.125"), ("changed", "gpt-4o", "max_output", "16384", "16000"),
        ("removed", "gpt-4.1-nano", None, None, None), ("added", "gpt-4o-sync-check", None, None, None),
    }
    found = {(c["kind"], c["record"], c.get("field"), c.get("before"), c.get("after")) for c in told}
    check(found == expected and len(told) == len(expected), f"changes of litellm: {found ^ expected}")
    told = changes(done, "models-dev")
    found = {(c["kind"], c["api_id"], c.get("field"), c.get("before"), c.get("after")) for c in told}
    expected = {("changed", "gpt-4o", "context_window", "128000", "127000"), ("removed", removed, None, None, None)}
    check(found == expected and len(told) == 2, f"changes of models-dev: {found ^ expected}")
    check(all(c["model"] == "openai/gpt-4o" for c in told if c["kind"] == "changed"), f"the model of a change: {told}")
    days = {source["id"]: (source["day"], source["basis"]) for sync in json.loads(done.stdout)["syncs"] for source in sync["sources"]}
    today = time.strftime("%Y-%m-%d", time.gmtime())
    check(days == {name: (today, "the server's Last-Modified") for name in IDS}, f"days and what tells them: {days}")
    # The same again: the server is asked with the ETag, and nothing is written.
    before = program.state()
    Source.asked.clear()
    again = program.sync()
    check(sorted(json.loads(again.stdout)["unchanged"]) == sorted(IDS), f"unchanged: {again.stdout[:200]} {again.stderr[:200]}")
    check(all(etag for _, etag in Source.asked) and len(Source.asked) == 2, f"ETags sent: {Source.asked}")
    check(program.state() == before, "an unchanged sync writes nothing")
    listed = program.run("changes", "--json")
    check(changes(listed, "models-dev") == told, "llmref changes tells the same")
    check(changes(program.run("changes", "--json", "--since", "2199-01-01"), "models-dev") == [], "--since a day to come")
    # The catalogue in use says what the newer snapshot says.
    explained = program.run("explain", "gpt-4o", "price.input", "--json").stdout
    check("3.125" in explained and "fetched" in explained, "explain tells the new price and its snapshot")
    check(program.run("resolve", "gpt-4o").returncode == 0 and program.run("resolve", "us.anthropic.claude-sonnet-4-5-20250929-v1:0").returncode == 0,
          "ids resolve as before")
    # A removed row stays, as a tombstone.
    kept = program.run("explain", "gpt-4.1-nano", "price.input", "--json").stdout
    check("litellm" in kept, "what a source no longer lists is still known")
    kinds = os.listdir(os.path.join(program.home, "snapshots", "litellm"))
    check(len(kinds) == 1, f"snapshots are kept: {kinds}")


def refusing(program, recorded):
    """Each fault: exit code 2, its reason, and not a byte changed."""
    current = dict(Source.bodies)
    table = json.loads(current["litellm"])
    names = list(table)
    lost = json.dumps({key: table[key] for key in names[: len(names) * 8 // 10]}).encode()
    aged = json.loads(current["models-dev"])
    for provider in aged.values():
        for model in provider["models"].values():
            if "release_date" in model:
                model["release_date"] = "2023-01-01"
    fresh = json.loads(current["litellm"])
    fresh["gpt-4o"]["input_cost_per_token"] = 5e-06

    def scaled(factor):
        """The table with every price multiplied."""
        rows = json.loads(current["litellm"])
        for row in rows.values():
            for key, value in row.items():
                if "cost" in key and isinstance(value, (int, float)):
                    row[key] = value * factor
        return json.dumps(rows).encode()

    cases = [
        ("cut", "models-dev", None, "connection"), ("html", "models-dev", None, "HTML"), ("500", "models-dev", None, "500"),
        ("endless", "models-dev", None, "larger than"), ("declared", "models-dev", None, "larger than"),
        ("slow", "models-dev", None, "within 5 seconds"), ("file", "models-dev", None, "scheme"), ("ftp", "models-dev", None, "scheme"),
        ("https", "models-dev", None, "scheme"), ("loop", "models-dev", None, "redirects"),
        (None, "litellm", recorded["litellm"], "older"), (None, "litellm", lost, "more than a tenth"),
        (None, "models-dev", json.dumps(aged).encode(), "older"), (None, "models-dev", b"{}", "models-dev"),
        (None, "models-dev", current["models-dev"][:-1000], "models-dev"), (None, "models-dev", b"", "models-dev"),
        (None, "litellm", scaled(1000), "three times"), (None, "litellm", scaled(0.001), "a third"), (None, "litellm", scaled(0), "would be gone"),
        (None, "models-dev", b"[1, 2]", "models-dev"), (None, "models-dev", b"\x00\xff" * 1000, "models-dev"),
    ]
    for fault, name, body, reason in cases:
        # The other source has good news, which must not be taken either.
        Source.bodies = {**current, "litellm": json.dumps(fresh).encode()}
        if body is not None:
            Source.bodies[name] = body
        Source.faults = {name: fault} if fault else {}
        before = program.state()
        done = program.sync()
        label = f"{fault or reason} of {name}"
        check(done.returncode == 2, f"{label}: exit {done.returncode}, {done.stderr[:200]}")
        check(reason in done.stderr, f"{label}: the reason is not told: {done.stderr[:300]}")
        check(program.state() == before, f"{label}: files changed")
    Source.faults = {}
    before = program.state()
    for arguments, reason in ((["--address", "litellm=file:///etc/passwd"], "http"), (["--address", "litellm=gopher://x/y"], "http"),
                              (["--address", "litellm=http://127.0.0.1:1/x"], "connection")):
        done = program.run("sync", "--source", "litellm", *arguments)
        check(done.returncode == 2 and reason in done.stderr, f"{arguments}: {done.returncode} {done.stderr[:200]}")
    check(program.state() == before, "bad addresses changed files")
    # A mirror has to date its file, and an old date is an old file.
    for seconds, reason in ((None, "--observed"), (time.time() - 200 * 86400, "older"), (time.time() + 3 * 86400, "after today")):
        Source.bodies, Source.dates = {**current, "litellm": json.dumps(fresh).encode()}, {"litellm": seconds}
        done = program.sync(ids=("litellm",))
        check(done.returncode == 2 and reason in done.stderr, f"a mirror of {seconds}: {done.returncode} {done.stderr[:300]}")
        check(program.state() == before, f"a mirror of {seconds} changed files")
    Source.dates = {}
    # A loss that the reader accepts is taken.
    Source.bodies = {**current, "litellm": lost}
    done = program.sync("--accept", "litellm")
    gone = [c for c in changes(done, "litellm") if c["kind"] == "removed"]
    check(done.returncode == 0 and len(gone) > 100, f"an accepted loss: {done.returncode} {done.stderr[:200]}")


def without_network(program, recorded):
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        apart = program.apart(home)
        check(apart.run("sync", "--from", folder).returncode == 2, "an empty folder is refused")
        path = os.path.join(folder, "litellm.json")
        # The file that the program has, with the date of a copy: unchanged.
        open(path, "wb").write(recorded["litellm"])
        before = apart.state()
        done = apart.run("sync", "--from", folder, "--json")
        check("litellm" in json.loads(done.stdout)["unchanged"] and apart.state() == before, f"--from of what is there: {done.stdout[:200]}")
        table = json.loads(recorded["litellm"])
        table["gpt-4o"]["output_cost_per_token"] = 1.25e-05
        json.dump(table, open(path, "w"))
        os.utime(path, (time.time() - 200 * 86400,) * 2)
        done = apart.run("sync", "--from", folder, "--json")
        check(done.returncode == 2 and "older" in done.stderr and apart.state() == before, f"an old file: {done.returncode} {done.stderr[:300]}")
        for day, reason in (("2026", "not a day"), ("2190-01-01", "after today"), ("yesterday", "not a day")):
            done = apart.run("sync", "--from", folder, "--observed", day)
            check(done.returncode == 2 and reason in done.stderr and apart.state() == before, f"--observed {day}: {done.stderr[:200]}")
        today = time.strftime("%Y-%m-%d", time.gmtime())
        done = apart.run("sync", "--from", folder, "--observed", today, "--json")
        told = changes(done, "litellm")
        check([(c["record"], c["field"], c["before"], c["after"]) for c in told] == [("gpt-4o", "price.output", "10", "12.5")],
              f"--from: {told[:3]} {done.stderr[:200]}")


def wheel(name, version, members, day=(2026, 11, 1)):
    """A wheel with some members, made on a day."""
    base = name.replace("-", "_")
    info = f"{base}-{version}.dist-info"
    members = {**members, f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
               f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: check\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
    record = "".join(f"{path},,\n" for path in members) + f"{info}/RECORD,,\n"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path, data in {**members, f"{info}/RECORD": record.encode()}.items():
            archive.writestr(zipfile.ZipInfo(path, (*day, 0, 0, 0)), data)
    return f"{base}-{version}-py3-none-any.whl", file.getvalue()


def packages(program):
    """Packages come through pip, from an index on loopback: the newest is taken, a version that is there is not."""
    rows = json.load(open(os.path.join(ROOT, "Data/sources/llm-sunset.json")))
    pinned = next(s for s in json.load(open(os.path.join(ROOT, "Data/policy/sources.json")))["sources"] if s["id"] == "llm-sunset")

    def publish(*wheels):
        Source.bodies, Source.dates = {}, {}
        links = ""
        for name, data in wheels:
            Source.bodies["files/" + name] = data
            links += f'<a href="/files/{name}#sha256={hashlib.sha256(data).hexdigest()}">{name}</a>'
        Source.bodies["simple/llm-sunset"] = f"<!doctype html><html><body>{links}</body></html>".encode()

    def sync(apart, *more):
        return apart.run("sync", "--source", "llm-sunset", "--json", *more, PIP_INDEX_URL=f"http://127.0.0.1:{program.port}/simple/",
                         PIP_FIND_LINKS="", PIP_NO_CACHE_DIR="1", PIP_EXTRA_INDEX_URL="", PIP_CONFIG_FILE=os.devnull)

    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        apart = program.apart(home)
        own = lambda rows: {"llm_sunset/snapshot.json": json.dumps(rows).encode()}
        before = apart.state()
        publish(wheel("llm-sunset", pinned["version"], own([])))
        done = sync(apart)
        check(json.loads(done.stdout or "{}").get("unchanged") == ["llm-sunset"] and apart.state() == before, f"the version that is there: {done.stderr[:300]}")
        moved = [dict(row) for row in rows]
        first = next(row for row in moved if row["provider"] == "OpenAI" and row["model_id"] == "gpt-5.1")
        first["shutdown_date"] = "2027-05-05"
        faults = [
            (wheel("llm-sunset", "9.0", {"llm_sunset/other.json": b"[]"}), "has no llm_sunset/snapshot.json"),
            (wheel("llm-sunset", "9.0", {"llm_sunset/snapshot.json": b"{"}), "llm-sunset.json"),
            (wheel("llm-sunset", "9.0", own(rows[: len(rows) // 2])), "more than a tenth"),
            (wheel("llm-sunset", "9.0", own([])), "no record"),
            (("llm_sunset-9.0-py3-none-any.whl", b"PK not a wheel"), "pip"),
            # Older than what is there, and a package that nobody asked for by its address: not taken, and no fault.
            (wheel("llm-sunset", "9.0", own(moved), (2026, 1, 5)), None),
        ]
        for made, reason in faults:
            publish(made)
            done = sync(apart)
            if reason:
                check(done.returncode == 2 and reason in done.stderr, f"{reason}: {done.returncode} {done.stderr[-300:]}")
            else:
                check(done.returncode == 0 and "older" in done.stderr, f"an old package: {done.returncode} {done.stderr[-300:]}")
            check(apart.state() == before, f"{reason or 'an old package'}: files changed")
        Source.bodies = {}
        check(sync(apart).returncode == 2 and apart.state() == before, "an index without the package")
        publish(wheel("llm-sunset", "9.0", own(moved)), wheel("llm-sunset", "0.1", own([])))
        saved = sync(apart, "--save", folder)
        check(saved.returncode == 0 and apart.state() == before, f"--save changes nothing: {saved.stderr[:300]}")
        Source.bodies = {}
        path = os.path.join(folder, "llm-sunset.json")
        os.utime(path, (0, 0))
        done = apart.run("sync", "--from", folder, "--json")
        told = changes(done, "llm-sunset") if done.returncode == 0 else []
        check({(c["field"], c["before"], c["after"]) for c in told} == {("retirement", "2027-04-01", "2027-05-05")}, f"a package: {told[:3]} {done.stderr[:300]}")
        source = json.loads(done.stdout)["syncs"][0]["sources"][0] if told else {}
        check((source.get("day"), source.get("basis")) == ("2026-11-01", "the day of the package"), f"its day: {source.get('day')} {source.get('basis')}")
        before = apart.state()
        publish(wheel("llm-sunset", "9.0", own(moved)))
        check(json.loads(sync(apart).stdout)["unchanged"] == ["llm-sunset"] and apart.state() == before, "the package again")
        open(path, "a").write(" ")
        done = apart.run("sync", "--from", folder)
        check(done.returncode == 2 and "not the one that was saved" in done.stderr and apart.state() == before, f"a changed file: {done.stderr[:200]}")


def embedded_day(program):
    return re.search(r"catalogue (\d{4}-\d\d-\d\d)", program.run("--version").stdout)[1]


def whole(program):
    """A whole catalogue comes with its digest, and not an older one."""
    newer = open(os.path.join(program.home, "catalogue.llmref"), "rb").read()
    address = f"http://127.0.0.1:{program.port}/catalogue.llmref"

    def publish(data, digest=None):
        Source.faults, Source.dates = {}, {}
        Source.bodies = {"catalogue.llmref": data, "catalogue.llmref.sha256": (digest or hashlib.sha256(data).hexdigest()).encode() + b"  catalogue.llmref\n"}

    with tempfile.TemporaryDirectory() as home:
        apart = program.apart(home)
        day = embedded_day(apart)
        before = apart.state()
        rows = apart.table()
        cases = [(newer, "0" * 64, "SHA-256"), (newer, "no digest", "SHA-256"), (newer[: len(newer) // 2], None, "catalogue"),
                 (b"LLMREF but not one", None, "catalogue"), (b"", None, "catalogue"), (b"<html>", None, "HTML")]
        for data, digest, reason in cases:
            publish(data, digest)
            done = apart.run("sync", "--catalogue", address, "--timeout", "20", "--attempts", "1")
            check(done.returncode == 2 and reason in done.stderr and "nothing was changed" in done.stderr, f"{reason}: {done.returncode} {done.stderr[:300]}")
            check(apart.state() == before, f"a catalogue without {reason}: files changed")
        publish(newer)
        del Source.bodies["catalogue.llmref.sha256"]
        check(apart.run("sync", "--catalogue", address, "--attempts", "1").returncode == 2 and apart.state() == before, "a catalogue without a digest")
        for more in (["--source", "litellm"], ["--from", home], ["--accept", "litellm"], ["--packages"]):
            done = apart.run("sync", "--catalogue", address, *more)
            check(done.returncode == 2 and apart.state() == before, f"--catalogue with {more}: {done.returncode} {done.stderr[:200]}")
        publish(newer)
        done = apart.run("sync", "--catalogue", address, "--json", "--accept", "catalogue")
        check(done.returncode == 0, f"a catalogue: {done.returncode} {done.stderr[:300]}")
        check(answers(done) == differing(rows, apart.table()), f"answers of a catalogue: {answers(done)}, the tables': {differing(rows, apart.table())}")
        check(open(os.path.join(home, "catalogue.llmref"), "rb").read() == newer, "the catalogue is the one published")
        before = apart.state()
        check(json.loads(apart.run("sync", "--catalogue", address, "--json").stdout)["unchanged"] == ["catalogue"] and apart.state() == before, "the same catalogue again")
        old = open(program.catalogue or os.path.join(ROOT, "Data/catalogue/catalogue.llmref"), "rb").read()
        publish(old)
        done = apart.run("sync", "--catalogue", address)
        # One that was built on the day of the sync is no older; it is refused for what it would lose.
        reason = "would be lost" if day >= datetime.date.today().isoformat() else "older"
        check(done.returncode == 2 and reason in done.stderr and apart.state() == before, f"an older catalogue: {done.returncode} {done.stderr[:300]}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
