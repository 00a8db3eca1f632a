"""Prove that `llmref eval run` classes what goes wrong, sends again only what may be sent again, and gives no key away.

- llmock (PyPI): 408, 409, 429 with Retry-After, 5xx, 529, refused requests, dropped, truncated, malformed and stalled streams and broken
  tool calls, on all three API kinds; every attempt of every cell must be classed as planned, and `llmock report` must find no fault of
  the client: no retry too early, none of what cannot help, no cut answer taken for whole. Once more against its quotas.
- hostile_model_server.py: lies about usage, closed connections, garbage, endless and 100 MB bodies, silence, redirects to another
  host, events cut at every byte, a key sent back; classes, memory, and that nothing was sent elsewhere.
- a missing key stops the run by its variable's name before anything is sent; the key of the other runs stands in no output and no file;
- an own command is run only when allowed, and stopped at its time limit;
- Ctrl-C lets requests under way end, and resume sends each of the others once.

Usage: check_eval_faults.py LLMREF [PART …]: faults, tools, quotas, hostile, missing-key, commands, interrupted; all unless named
"""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import evaluating
import serving

PACKAGES = ["llmock==0.2.2"]
MOST_MEMORY = 700  # megabytes: 14 endless replies at a time, of which 32 MB are taken each before the connection is closed
failures = []

# Name: behaviours of the server, what the attempts must be classed as, and the seconds that the route allows.
FAULTS = {
    "429": ([{"type": "fail", "status": 429, "retry_after": 1, "times": 2}], ["rate_limited", "rate_limited", None], 20),
    "503": ([{"type": "fail", "status": 503, "times": 3}], ["server", "server", "server", None], 20),
    "dropped": ([{"type": "stream_fault", "kind": "disconnect", "after_chunks": 3}], ["dropped", None], 20),
    "truncated": ([{"type": "stream_fault", "kind": "truncate", "after_chunks": 3}], ["truncated", None], 20),
    "malformed": ([{"type": "stream_fault", "kind": "malformed", "after_chunks": 3}], ["malformed", None], 20),
    "stalled": ([{"type": "stream_fault", "kind": "stall", "after_chunks": 3, "stall_seconds": 20}], ["timeout", None], 2),
    "slow": ([{"type": "slow_first_token", "seconds": 1}], [None], 20),
}
for status in (408, 409):
    FAULTS[str(status)] = ([{"type": "fail", "status": status}], ["rejected", None], 20)
for status in (500, 502, 504, 529):
    FAULTS[str(status)] = ([{"type": "fail", "status": status}], ["server", None], 20)
for status in (400, 401, 403, 404, 422):
    FAULTS[str(status)] = ([{"type": "fail", "status": status, "times": None}], ["rejected"], 20)

HOSTILE = {
    # Valid, however odd.
    "good": None, "cut-anywhere": None, "old-newlines": None, "echo-key": None,
    "usage-negative": "contradictory", "usage-huge": "contradictory", "usage-text": "contradictory", "usage-zero": "contradictory",
    "usage-beyond": "contradictory", "usage-cached": "contradictory",
    "echo-error": "rejected", "close-at-once": "dropped", "close-in-head": "dropped", "close-in-body": "dropped",
    "short-body": "dropped", "no-http": "malformed", "garbage": "malformed", "html": "malformed", "empty": "malformed", "deep": "malformed",
    "error-in-stream": "error_in_stream", "endless-events": "oversize", "endless-line": "oversize", "endless-whole": "oversize",
    "hundred-megabytes": "oversize", "endless-refusal": "server", "drip": "timeout", "silent": "timeout", "elsewhere": "redirected",
    "elsewhere-moved": "redirected", "endless-headers": "malformed", "open-end": None,
}
# A cell whose fault stays is tried as often as the program tries at most.
ONCE = {"contradictory", "rejected", "redirected", "oversize"}
SHORT = {"drip": 2, "silent": 2, "open-end": 3}


def check(good, words):
    if not good:
        failures.append(words)


def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Mock:
    """`llmock serve` on a free port, ended when the block ends."""

    def __init__(self, python, *arguments):
        self.program = [os.path.join(os.path.dirname(python), "llmock")]
        self.port = port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen([*self.program, "serve", "--port", str(self.port), "--log-level", "warning", *arguments],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                self.ask("/health")
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("llmock does not start")

    def ask(self, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.address + path, data=data, headers={"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def report(self):
        done = subprocess.run([*self.program, "report", "--url", self.address], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def prefix(kind):
    # llmock has Anthropic's dialect under a path of its own.
    return "/anthropic/v1" if kind == "messages" else "/v1"


def faults(program, folder, python):
    # A pause between chunks, so that a client that stops reading is seen to stop.
    with Mock(python, "--stream-chunk-delay-ms", "10") as mock:
        routes, behaviours = [], []
        for kind in evaluating.KINDS:
            for fault, (planned, _, seconds) in FAULTS.items():
                model = f"{kind}-{fault}"
                routes.append({"name": model, "base_url": mock.address + prefix(kind), "api": kind, "model": model, "concurrency": 1,
                               "key_variable": "CHECK_KEY", "timeout_seconds": seconds})
                behaviours += [{**behaviour, "match": {"model": model}} for behaviour in planned]
        mock.ask("/_llmock/scenario", {"behaviors": behaviours})
        run = evaluating.Run(program, folder, [{"id": "p", "input": "Tell me about the sea, in some words."}], routes)
        summary, code, memory = run.call("run", "--store", "full")
        found = {record["cell"]["route"]: record for record in run.records()}
        check(len(found) == len(routes), f"{len(found)} results of {len(routes)} routes: {run.output[-1500:]}")
        check(code == 1, f"exit code {code} of a run with refused requests")
        for name, record in found.items():
            expected = FAULTS[name.split("-", 1)[1]][1]
            check(evaluating.classes(record) == expected, f"{name}: attempts {evaluating.classes(record)}, expected {expected}")
            check(record.get("failure") == expected[-1], f"{name}: ended as {record.get('failure')}")
        verdict, words = mock.report()
        check(verdict == 0 and "WARN" not in words, f"llmock's report on the client:\n{words}")
        check(not run.leaks(), f"the key stands in {run.leaks()}")
        print(f"llmock: {len(found)} faults on {len(evaluating.KINDS)} kinds, {summary['worker']['requests']} requests; report: "
              f"{'no fault of the client' if verdict == 0 else 'faults'}; {memory:.0f} MB")

def tools(program, folder, python):
    """Calls of tools are put together; broken ones fail the check and are kept as the model wrote them."""
    with Mock(python) as mock:
        routes, behaviours = [], []
        for kind in evaluating.KINDS:
            for fault in ("good", "whole", "malformed_arguments", "unknown_tool"):
                model = f"{kind}-{fault}"
                routes.append({"name": model, "base_url": mock.address + prefix(kind), "api": kind, "model": model,
                               "key_variable": "CHECK_KEY", "stream": fault != "whole"})
                if fault not in ("good", "whole"):
                    behaviours.append({"type": "tool_fault", "kind": fault, "match": {"model": model, "tools": True}})
        mock.ask("/_llmock/scenario", {"behaviors": behaviours})
        tool = {"name": "get_weather", "description": "The weather in a city.", "parameters": {
            "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}
        prompt = {"id": "p", "input": "What is the weather in Paris?", "tools": [tool], "checks": [
            {"type": "tool_call", "tool": "get_weather"}]}
        run = evaluating.Run(program, folder, [prompt], routes)
        run.call("run", "--store", "full")
        found = {record["cell"]["route"]: record for record in run.records()}
        check(len(found) == len(routes), f"tools: {len(found)} results: {run.output[-1500:]}")
        for name, record in found.items():
            calls = (record.get("answer") or {}).get("tool_calls") or []
            check(len(calls) == 1, f"{name}: calls {calls}")
            passed = [result.get("passed") for result in record.get("checks", [])]
            if name.endswith(("good", "whole")):
                check(calls and json.loads(calls[0]["arguments"]).get("city"), f"{name}: {calls}")
                check(passed == [True], f"{name}: checks {record.get('checks')}")
            elif name.endswith("unknown_tool"):
                check(passed == [False], f"{name}: checks {record.get('checks')}")
        print(f"tools: {len(found)} calls put together")


def quotas(program, folder, python):
    """A route whose limits the user did not state: the server's 429 and its headers alone hold the client back."""
    with Mock(python, "--rpm", "160") as mock:
        routes = [{"name": kind, "base_url": mock.address + prefix(kind), "api": kind, "model": "m", "concurrency": 8,
                   "key_variable": "CHECK_KEY"} for kind in evaluating.KINDS]
        run = evaluating.Run(program, folder, [{"id": f"p{number}", "input": f"Number {number}"} for number in range(100)], routes)
        summary, code, _ = run.call("run")
        check(code == 0 and summary["cells"]["done"] == 300, f"quotas: exit code {code}, {summary}")
        verdict, words = mock.report()
        check(verdict == 0, f"llmock's report on the client at its quota:\n{words}")
        print(f"quotas: {summary and summary['worker']['requests']} requests for 300 cells")


class Hostile:
    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, os.path.join(serving.ROOT, "scripts", "hostile_model_server.py")],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        return self

    def counts(self):
        with urllib.request.urlopen(self.address + "/counts", timeout=10) as answer:
            return json.load(answer)

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def hostile(program, folder, _):
    with Hostile() as server:
        routes = [{"name": f"{kind} {name}", "base_url": f"{server.address}/{name}/v1", "api": kind, "model": "m", "concurrency": 1,
                   "key_variable": "CHECK_KEY", "timeout_seconds": SHORT.get(name, 30), "max_errors": 1}
                  for name in HOSTILE for kind in evaluating.KINDS]
        routes.append({"name": "chat no-usage-question", "base_url": f"{server.address}/no-usage-question/v1", "api": "chat", "model": "m",
                       "key_variable": "CHECK_KEY"})
        run = evaluating.Run(program, folder, [{"id": "p", "input": "Hello"}], routes)
        summary, code, memory = run.call("run", "--store", "full")
        found = {record["cell"]["route"]: record for record in run.records()}
        check(len(found) == len(routes), f"hostile: {len(found)} results of {len(routes)}: {run.output[:3500]}")
        for name, record in found.items():
            expected = HOSTILE.get(name.split(" ")[1])
            check(record.get("failure") == expected, f"{name}: {record.get('failure')}, expected {expected}: {record['attempts'][-1]}")
            if expected is None:
                check((record.get("usage") or {}).get("output") == 4, f"{name}: usage {record.get('usage')}")
            attempts = 1 if expected is None or expected in ONCE else 6
            if name.endswith("no-usage-question"):
                attempts = 2
            check(len(record["attempts"]) == attempts, f"{name}: {evaluating.classes(record)}")
        for name in ("good", "cut-anywhere", "old-newlines"):
            for kind in evaluating.KINDS:
                text = (found.get(f"{kind} {name}", {}).get("answer") or {}).get("text")
                check(text == "Hello wörld", f"{kind} {name}: {text!r}")
        check("elsewhere was asked" not in server.counts(), "a redirect to another host was followed")
        check(memory < MOST_MEMORY, f"the client took {memory:.0f} MB")
        check(not run.leaks(), f"the key stands in {run.leaks()}")
        print(f"hostile server: {len(found)} cells classed, {summary and summary['worker']['requests']} requests, client {memory:.0f} MB")


def missing_key(program, folder, _):
    with Hostile() as server:
        routes = [{"name": "r", "base_url": f"{server.address}/good/v1", "api": "chat", "model": "m", "key_variable": "CHECK_OTHER_KEY"}]
        run = evaluating.Run(program, folder, [{"id": "p", "input": "Hello"}], routes)
        _, code, _ = run.call("run")
        check(code == 2 and "CHECK_OTHER_KEY" in run.output, f"a missing key: exit code {code}: {run.output}")
        check(server.counts() == {}, f"something was sent without a key: {server.counts()}")


def commands(program, folder, _):
    with Hostile() as server:
        routes = [{"name": "r", "base_url": f"{server.address}/good/v1", "api": "chat", "model": "m"}]
        mark = os.path.join(folder, "mark")
        words = [("passes", f"cat > /dev/null; touch {mark}", True), ("fails", "exit 1", False), ("hangs", "sleep 60", None)]
        prompt = {"id": "p", "input": "Hello", "checks": [
            {"type": "command", "name": name, "command": ["sh", "-c", script], "timeout_seconds": 2} for name, script, _ in words]}
        run = evaluating.Run(program, folder, [prompt], routes)
        run.call("run", "--id", "forbidden")
        check(not os.path.exists(mark), "a command ran that was not allowed")
        run.call("run", "--id", "allowed", "--allow-commands")
        results = run.records()[-1].get("checks", [])
        check([result.get("passed") for result in results] == [passed for _, _, passed in words], f"commands: {results}: {run.output[-800:]}")
        check(os.path.exists(mark), "an allowed command did not run")


def interrupted(program, folder, _):
    with Hostile() as server:
        routes = [{"name": "r", "base_url": f"{server.address}/slow/v1", "api": "chat", "model": "m", "concurrency": 2}]
        run = evaluating.Run(program, folder, [{"id": f"p{number}", "input": f"{number}"} for number in range(12)], routes)
        process = subprocess.Popen(run.command("run"), cwd=folder, env=evaluating.environment(), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        while server.counts().get("slow chat", 0) < 4:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=30)
        states = run.states()
        check(process.returncode == 1, f"exit code {process.returncode} after Ctrl-C: {output}")
        check(set(states) <= {"open", "done"} and states.get("open", 0) > 0, f"cells after Ctrl-C: {states}")
        asked = server.counts()["slow chat"]
        check(asked == states.get("done"), f"{asked} requests and {states} after Ctrl-C")
        _, code, _ = run.call("resume")
        check(code == 0 and run.states() == {"done": 12}, f"resume: exit code {code}, {run.states()}: {run.output[-800:]}")
        check(server.counts()["slow chat"] == 12, f"{server.counts()} requests for 12 cells")
        print(f"Ctrl-C: {states}; resume sent the rest, 12 requests for 12 cells")


def main():
    parts = {"faults": faults, "tools": tools, "quotas": quotas, "hostile": hostile, "missing-key": missing_key, "commands": commands,
             "interrupted": interrupted}
    if len(sys.argv) < 2 or set(sys.argv[2:]) - set(parts):
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    python = serving.environment(PACKAGES)
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[2:] or parts:
            parts[name](program, os.path.join(folder, name), python)
    for words in failures:
        print("FAIL", words)
    print("failed" if failures else "ok")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
