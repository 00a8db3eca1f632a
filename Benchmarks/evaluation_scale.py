"""Run an evaluation of 100,000 cells against a local server: memory must stay flat, and the report come in under 5 seconds.

Samples the program's resident memory twice a second. The most of the last three quarters of the run may be at most a quarter and
32 MB above what it was when a quarter of the cells was done. Prints rate, memory, and the report's time. Wants a release build.

Usage: evaluation_scale.py LLMREF [--cells 100000]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scripts"))
import counting_server  # noqa: E402


def resident(process):
    """Megabytes; None once it has ended."""
    try:
        for line in open(f"/proc/{process.pid}/status", encoding="utf-8"):
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    except OSError:
        return None
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--cells", type=int, default=100_000)
    options = parser.parse_args()
    llmref = os.path.abspath(options.llmref)
    with tempfile.TemporaryDirectory() as folder, counting_server.Server(delay=0) as server:
        with open(os.path.join(folder, "prompts.jsonl"), "w", encoding="utf-8") as file:
            for number in range(options.cells // 2):
                file.write(json.dumps({"id": f"p{number}", "input": f"Say ok. cell p{number}", "max_tokens": 8,
                                       "checks": [{"type": "contains", "value": "ok"}]}) + "\n")
        routes = [{"name": name, "base_url": server.base_url, "api": "chat", "model": name, "catalogue_route": "openai/gpt-5-mini", "concurrency": 16,
                   "stream": name == "a"} for name in "ab"]
        with open(os.path.join(folder, "routes.json"), "w", encoding="utf-8") as file:
            json.dump({"routes": routes}, file)
        environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", "LLMREF_HOME": folder}
        start = time.monotonic()
        run = subprocess.Popen([llmref, "eval", "run", "--routes", "routes.json", "--store", "full", "--json"], cwd=folder, env=environment,
                               stdout=subprocess.PIPE, text=True)
        samples = []
        while run.poll() is None:
            size = resident(run)
            if size is not None:
                samples.append((sum(server.answered.values()), size))
            time.sleep(0.5)
        elapsed = time.monotonic() - start
        said = json.loads(run.stdout.read())
        if run.returncode or said["cells"]["done"] != options.cells or max(server.received.values()) != 1:
            sys.exit(f"evaluation_scale: exit code {run.returncode}: {said}")
        quarter = [size for done, size in samples if done <= options.cells / 4]
        later = [size for done, size in samples if done > options.cells / 4]
        early, most = max(quarter), max(later)
        start = time.monotonic()
        done = subprocess.run([llmref, "eval", "report", "--json"], cwd=folder, env=environment, capture_output=True, text=True)
        report = time.monotonic() - start
        print(f"evaluation_scale: {options.cells} cells in {elapsed:.0f} s, {options.cells / elapsed:.0f} a second; memory {early:.0f} MB in the first "
              f"quarter, {most:.0f} MB at most later; report {report:.1f} s")
        if done.returncode:
            sys.exit(f"evaluation_scale: the report ended with {done.returncode}: {done.stderr}")
        if most > early * 1.25 + 32:
            sys.exit("evaluation_scale: memory grows with the cells")
        if report >= 5:
            sys.exit("evaluation_scale: the report takes 5 seconds or more")


if __name__ == "__main__":
    main()
