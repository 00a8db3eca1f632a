"""Prove that `llmref sync` takes what changed, and that no fault changes anything.

A server on loopback gives out the recorded snapshots of models.dev and LiteLLM (bin/fetch-sources), then changed ones, then
faults: an answer cut off, an HTML page, 500, an endless answer, an old file, a loss, redirects, broken JSON. The changes must
be those that were made, the same in `llmref changes`; after a fault every file of the data folder must be as it was.

Usage: check_sync.py LLMREF
"""
import hashlib
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading

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
    bodies, faults, asked, left = {}, {}, [], {}

    def log_message(self, *_):
        pass

    def do_GET(self):
        name = self.path.strip("/").split("?")[0]
        if name.startswith("moved/"):
            name = name[len("moved/"):]
        Source.asked.append((name, self.headers.get("If-None-Match")))
        body, fault = Source.bodies.get(name, b""), Source.faults.get(name)
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
            return self.answer(302, b"", location="/moved/" + name) if "moved" not in self.path else self.answer(200, body)
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
                import time
                for _ in range(30):
                    self.wfile.write(b"1\r\n \r\n")
                    self.wfile.flush()
                    time.sleep(0.5)
            except OSError:
                pass
            self.close_connection = True
            return None
        etag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
        if fault is None and self.headers.get("If-None-Match") == etag:
            return self.answer(304, b"", etag=etag)
        return self.answer(200, body, etag=etag)

    def answer(self, status, body, kind="application/json", location=None, etag=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)


class Program:
    def __init__(self, path, home, port):
        self.path, self.home, self.port = os.path.abspath(path), home, port

    def run(self, *arguments):
        return subprocess.run([self.path, *arguments], capture_output=True, text=True, env={**os.environ, "LLMREF_HOME": self.home})

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


def main(llmref):
    recorded = {}
    for name, file in IDS.items():
        recorded[name] = open(os.path.join(ROOT, "Data/sources", file), "rb").read()
    Source.bodies = dict(recorded)
    # Clients that hang up on purpose are no news.
    http.server.ThreadingHTTPServer.handle_error = lambda *_: None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Source)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as home:
        program = Program(llmref, home, server.server_address[1])
        try:
            taking(program, recorded)
            refusing(program, recorded)
            without_network(program, recorded)
        finally:
            server.shutdown()
    if failures:
        raise SystemExit(f"{len(failures)} failures")
    print("sync: the changes of two sources are right; no fault changed a file")


def taking(program, recorded):
    """The recorded snapshots change nothing; changed ones change what was changed."""
    first = program.sync()
    check(first.returncode == 0, f"first sync: exit {first.returncode}: {first.stderr[:300]}")
    for name in IDS:
        told = changes(first, name)
        check(told == [], f"first sync of {name}: the recorded snapshot is no change, told {len(told)}: {told[:3]}")
    check(len(changes(program.run("changes", "--json"), "litellm")) == 0, "changes after the first sync")
    # The same again: the server is asked with the ETag, and nothing is written.
    before = program.state()
    Source.asked.clear()
    again = program.sync()
    check(sorted(json.loads(again.stdout)["unchanged"]) == sorted(IDS), f"unchanged: {again.stdout[:200]} {again.stderr[:200]}")
    check(all(etag for _, etag in Source.asked) and len(Source.asked) == 2, f"ETags sent: {Source.asked}")
    check(program.state() == before, "an unchanged sync writes nothing")

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
    check(len(kinds) == 2, f"snapshots are kept: {kinds}")


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
    cases = [
        ("cut", "models-dev", None, "connection"), ("html", "models-dev", None, "HTML"), ("500", "models-dev", None, "500"),
        ("endless", "models-dev", None, "larger than"), ("declared", "models-dev", None, "larger than"),
        ("slow", "models-dev", None, "within 5 seconds"), ("file", "models-dev", None, "scheme"), ("ftp", "models-dev", None, "scheme"),
        ("https", "models-dev", None, "scheme"), ("loop", "models-dev", None, "redirects"),
        (None, "litellm", recorded["litellm"], "older"), (None, "litellm", lost, "more than a tenth"),
        (None, "models-dev", json.dumps(aged).encode(), "older"), (None, "models-dev", b"{}", "models-dev"),
        (None, "models-dev", current["models-dev"][:-1000], "models-dev"), (None, "models-dev", b"", "models-dev"),
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
    # A loss that the reader accepts is taken.
    Source.bodies = {**current, "litellm": lost}
    done = program.sync("--accept", "litellm")
    gone = [c for c in changes(done, "litellm") if c["kind"] == "removed"]
    check(done.returncode == 0 and len(gone) > 100, f"an accepted loss: {done.returncode} {done.stderr[:200]}")


def without_network(program, recorded):
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        apart = Program(program.path, home, program.port)
        check(apart.run("sync", "--from", folder).returncode == 2, "an empty folder is refused")
        table = json.loads(recorded["litellm"])
        table["gpt-4o"]["output_cost_per_token"] = 1.25e-05
        json.dump(table, open(os.path.join(folder, "litellm.json"), "w"))
        done = apart.run("sync", "--from", folder, "--json")
        told = changes(done, "litellm")
        check([(c["record"], c["field"], c["before"], c["after"]) for c in told] == [("gpt-4o", "price.output", "10", "12.5")],
              f"--from: {told[:3]} {done.stderr[:200]}")


if __name__ == "__main__":
    main(sys.argv[1])
