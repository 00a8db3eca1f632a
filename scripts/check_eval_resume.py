"""Prove that a killed evaluation goes on without asking anything twice, and that many workers keep one quota.

One worker, SQLite: `eval run` is killed with SIGKILL when half of its cells are answered; `eval resume` ends the run. Then every
cell has exactly one result; no cell that had one at the kill was received again; cells received twice were under way at the
kill; each of those holds a lost attempt with its most cost, and the run's spending counts it.

Three workers, PostgreSQL: `eval run` and two `eval work` share 10,000 cells of two routes with a quota each; one worker is killed
at half. The same must hold, and no window of 60 seconds may hold more requests of a route than its quota. The server counts.

Usage: check_eval_resume.py LLMREF [--cells 10000] [--rpm 3000] [--only sqlite|postgres]
"""
import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import counting_server
import postgres

SECRET = "sk-check-0123456789abcdefghijklmnop"
ROUTES = ("cheap", "dear")


class Failed(Exception):
    pass


def require(holds, words):
    if not holds:
        raise Failed(words)


class Evaluation:
    """Files of an evaluation in a folder, and the program that runs them."""

    def __init__(self, llmref, folder, server, prompts, rpm=None, concurrency=8):
        self.llmref, self.folder, self.server = llmref, folder, server
        with open(os.path.join(folder, "prompts.jsonl"), "w", encoding="utf-8") as file:
            for number in range(prompts):
                file.write(json.dumps({"id": f"p{number}", "input": f"Say ok. cell p{number}", "max_tokens": 8}) + "\n")
        routes = [{
            "name": name, "base_url": server.base_url, "api": "chat", "model": name, "key_variable": "CHECK_KEY",
            "catalogue_route": "openai/gpt-5-mini", "concurrency": concurrency, "stream": name == "cheap",
            **({"rpm": rpm} if rpm else {})} for name in ROUTES]
        with open(os.path.join(folder, "routes.json"), "w", encoding="utf-8") as file:
            json.dump({"routes": routes}, file)

    def start(self, verb, *arguments):
        files = ["--prompts", "prompts.jsonl", "--routes", "routes.json"] if verb == "run" else []
        return subprocess.Popen(
            [self.llmref, "eval", verb, *files, "--json", *arguments], cwd=self.folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "CHECK_KEY": SECRET, "SWIFT_BACKTRACE": "enable=no", "LLMREF_HOME": os.path.join(self.folder, "home")})

    def answered(self):
        return sum(self.server.answered.values())

    def wait_for(self, count, workers, seconds):
        end = time.monotonic() + seconds
        while self.answered() < count:
            for worker in workers:
                if worker.poll() is not None:
                    raise Failed(f"a worker ended early: {worker.communicate()}")
            require(time.monotonic() < end, f"only {self.answered()} of {count} answers after {seconds} s")
            time.sleep(0.01)


def finish(worker, seconds):
    out, err = worker.communicate(timeout=seconds)
    require(worker.returncode == 0, f"exit code {worker.returncode}: {out}{err}")
    require(SECRET not in out + err, "a key is in the output")
    return json.loads(out)


def check(rows, before, server, cells, spent, took_over):
    """rows: (prompt, route, state, result) at the end; before: state of each cell at the kill."""
    require(len(rows) == cells, f"{len(rows)} cells in place of {cells}")
    unfinished = [row[:3] for row in rows if row[2] != "done" or not row[3]]
    require(not unfinished, f"cells without a result: {unfinished[:5]}")
    require(len({row[:2] for row in rows}) == cells, "a cell stands twice")
    sent = {cell for cell, state in before.items() if state == "sent"}
    twice = {cell for cell, count in server.received.items() if count > 1}
    require(all(server.received[cell] >= 1 for cell in before), "a cell has a result and was never received")
    done = {cell for cell, state in before.items() if state == "done"}
    require(not twice & done, f"finished cells were sent again: {sorted(twice & done)[:5]}")
    require(twice <= sent, f"cells that were not under way were sent again: {sorted(twice - sent)[:5]}")
    require(max(server.received.values()) <= 2, "a cell was received three times")
    total, lost_cells = 0, set()
    for prompt, route, _, text in rows:
        result = json.loads(text)
        require(result["cost_by_catalogue"]["state"] == "known", f"{prompt} {route} has no cost: {result}")
        total += pico(result["cost_by_catalogue"]["usd"])
        for attempt in result["attempts"]:
            if attempt.get("failure") == "lost":
                require(pico(attempt["possible_cost_usd"]) > 0, "a lost attempt has no price")
                total += pico(attempt["possible_cost_usd"])
                lost_cells.add((route, prompt))
    require(lost_cells == took_over(sent), f"{len(lost_cells)} cells hold a lost attempt, {len(took_over(sent))} were under way")
    require(total == spent, f"spending {spent} is not what results and lost attempts come to, {total}")
    return len(sent), len(twice), len(lost_cells)


def pico(text):
    """10⁻¹² dollars, rounded up as the store does."""
    whole, _, fraction = text.partition(".")
    fraction = fraction.ljust(12, "0")
    return int(whole) * 10**12 + int(fraction[:12]) + (1 if fraction[12:].strip("0") else 0)


def one_worker(llmref, prompts=400):
    with tempfile.TemporaryDirectory() as folder, counting_server.Server(delay=0.03) as server:
        evaluation = Evaluation(llmref, folder, server, prompts)
        cells = prompts * len(ROUTES)
        path = os.path.join(folder, "eval.sqlite")
        worker = evaluation.start("run", "--store", path, "--store", "full")
        evaluation.wait_for(cells // 2, [worker], 120)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        time.sleep(0.2)  # answers under way at the kill end on the server
        with sqlite3.connect(path) as database:
            before = {(route, prompt): state for route, prompt, state in database.execute("SELECT route, prompt, state FROM cell")}
        require(any(state == "done" for state in before.values()), "nothing was stored before the kill")
        require(any(state == "sent" for state in before.values()), "nothing was under way at the kill")
        said = finish(evaluation.start("resume", "--store", path), 240)
        with sqlite3.connect(path) as database:
            rows = database.execute("SELECT prompt, route, state, result FROM cell").fetchall()
            spent = database.execute("SELECT spent, reserved FROM run").fetchone()
        require(spent[1] == 0, "something is still held for requests under way")
        sent, twice, lost = check(rows, before, server, cells, spent[0], lambda sent: sent)
        require(said["taken_over"]["requests_sent_again"] == sent, f"the program says {said['taken_over']}, {sent} were under way")
        for name in os.listdir(folder):
            if os.path.isfile(os.path.join(folder, name)):
                data = open(os.path.join(folder, name), "rb").read()
                require(SECRET.encode() not in data, f"a key is in {name}")
        require(set(server.secrets) == {"Bearer " + SECRET}, "a request came without its key")
        print(f"check_eval_resume: SQLite, {cells} cells, killed with {sum(s == 'done' for s in before.values())} done and {sent} under way: "
              f"{twice} received twice, all counted and priced; one result a cell")


def three_workers(llmref, cells, rpm):
    if not postgres.is_installed():
        sys.exit("check_eval_resume: PostgreSQL is not installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory() as folder, counting_server.Server(delay=0.02) as server, postgres.Server() as database:
        evaluation = Evaluation(llmref, folder, server, cells // len(ROUTES), rpm=rpm)
        start = time.monotonic()
        first = evaluation.start("run", "--store", database.address, "--lease", "10")
        deadline = time.monotonic() + 120
        while True:  # the plan stands before the first cell is answered
            require(first.poll() is None, f"the first worker ended: {first.communicate() if first.poll() is not None else ''}")
            if evaluation.answered() > 0:
                break
            require(time.monotonic() < deadline, "the first worker sent nothing")
            time.sleep(0.05)
        others = [evaluation.start("work", "--store", database.address, "--lease", "10") for _ in range(2)]
        evaluation.wait_for(cells // 2, [first, *others], 900)
        victim = others[0]
        victim.send_signal(signal.SIGKILL)
        victim.communicate()
        # Only what the killed one had under way may come twice; the other two go on meanwhile.
        owner = f"{victim.pid}-%"
        before = {(route, prompt): state for route, prompt, state in database.psql(
            f"SELECT route, prompt, CASE WHEN state = 'sent' AND owner NOT LIKE '{owner}' THEN 'other' ELSE state END FROM cell")}
        said = [finish(worker, 900) for worker in (first, others[1])]
        elapsed = time.monotonic() - start
        rows = [tuple(row) for row in database.psql("SELECT prompt, route, state, result FROM cell")]
        spent = [int(value) for value in database.psql("SELECT spent, reserved FROM run")[0]]
        require(spent[1] == 0, "something is still held for requests under way")
        sent, twice, lost = check(rows, before, server, cells, spent[0], lambda sent: sent)
        require(all(one["cells"]["done"] == cells for one in said), f"a worker ended before the run: {said}")
        require(all(one["worker"]["answered"] > 0 for one in said), "a worker did nothing")
        most = {route: server.most_in(60, route) for route in ROUTES}
        require(all(count <= rpm for count in most.values()), f"the quota of {rpm} a minute was exceeded: {most}")
        require(elapsed > 62, f"the run took {elapsed:.0f} s: too short to meet its quota; give fewer --rpm")
        require(min(most.values()) > rpm * 0.5, f"the quota of {rpm} was not put to the test: {most}")
        print(f"check_eval_resume: PostgreSQL, 3 workers, {cells} cells in {elapsed:.0f} s, one killed with {sent} under way: "
              f"{twice} received twice, all counted and priced; at most {most} a minute of {rpm}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("llmref")
    parser.add_argument("--cells", type=int, default=10_000)
    parser.add_argument("--rpm", type=int, default=3000)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    options = parser.parse_args()
    llmref = os.path.abspath(options.llmref)
    try:
        if options.only != "postgres":
            one_worker(llmref)
        if options.only != "sqlite":
            three_workers(llmref, options.cells, options.rpm)
    except Failed as problem:
        sys.exit(f"check_eval_resume: {problem}")


if __name__ == "__main__":
    main()
