"""Measure `llmref serve` under wrk, against Debian's nginx serving the same bytes as a file, in turn, in one run.

- hot: one comparison, asked for again and again, with all production headers; nginx serves its bytes from a file;
- new: different pairs of models, each asked for once, so that nothing is kept: at least 5,000 a second or 0.05 of nginx with a file of
  their mean size; with the split between deciding, wording, rendering and socket;
- slow: every kind of page once, little kept but lists, which have a cache of their own, and the slowest under load: p99;
- memory: resident megabytes over a million requests.

wrk runs with 2 threads and 64 connections on the loopback, on the same cores as the server. Figures are medians of the rounds.
Needs Debian's nginx-light and wrk. Writes a dated record beside the others.

Usage: serve.py LLMREF [--rounds 5] [--seconds 8] [--pairs 100000] [--memory-requests 1000000] [--record FOLDER] [--no-targets]
"""
import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "scripts"))
import records  # noqa: E402
import serving  # noqa: E402

HOT = "/compare/openai/gpt-5.3-codex-spark/inclusionai/ling-2.6-1t"
# Each thread takes its own addresses of the file, none twice unless the file ends.
SCRIPT = """
local count = 0
function setup(thread) thread:set("place", count) count = count + 1 end
function init(args)
  paths, next_path = {}, 0
  local number, threads = 0, 2
  for line in io.lines(args[1]) do
    if number % threads == place then paths[#paths + 1] = line end
    number = number + 1
  end
end
function request()
  next_path = next_path % #paths + 1
  return wrk.format("GET", paths[next_path])
end
"""
NGINX = """
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100; default_type text/html;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


class Nginx:
    """nginx with two workers, no log, sendfile and open files kept, on a folder."""

    def __init__(self, files):
        self.folder = tempfile.mkdtemp()
        os.chmod(self.folder, 0o755)
        os.mkdir(self.folder + "/files")
        for name, size in files.items():
            with open(f"{self.folder}/files/{name}", "wb") as file:
                file.write(size)
        self.origin = "http://127.0.0.1:18181"
        with open(self.folder + "/nginx.conf", "w", encoding="utf-8") as file:
            file.write(NGINX.format(folder=self.folder, port=18181))
        self.process = subprocess.Popen(["nginx", "-c", self.folder + "/nginx.conf", "-g", "daemon off;"])
        time.sleep(1)

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder)


def milliseconds(text):
    found = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text)
    if found is None:
        raise RuntimeError(f"wrk says that 99% of its answers took {text}: none came")
    return float(found.group(1)) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[found.group(2)]


def wrk(address, seconds, script=None, paths=None):
    command = ["wrk", "-t2", "-c64", f"-d{seconds}", "--latency"]
    if script:
        command += ["-s", script]
    command.append(address)
    if paths:
        command += ["--", paths]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    errors = re.search(r"Socket errors: (.*)|Non-2xx or 3xx responses: (\d+)", text)
    return {"requests_per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)),
            "p99_ms": milliseconds(re.search(r"^ +99%\s+(\S+)", text, re.MULTILINE).group(1)),
            "requests": int(re.search(r"(\d+) requests in", text).group(1)), "errors": errors.group(0) if errors else ""}


def median(runs, key):
    return round(statistics.median(run[key] for run in runs), 2)


def processor(server):
    """Seconds of processor time that the server used so far: its own, the kernel's."""
    with open(f"/proc/{server.process.pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    tick = os.sysconf("SC_CLK_TCK")
    return int(fields[11]) / tick, int(fields[12]) / tick


def get(server, path):
    with urllib.request.urlopen(server.origin + path) as answer:
        return answer.read()


def models(server):
    """Every id, in the order of the site."""
    ids, page = [], 1
    while True:
        value = json.loads(get(server, f"/api/v1/models?page={page}"))
        ids += [model["id"] for model in value["models"]]
        if page >= value["pages"]:
            return ids
        page += 1


def draw(ids, count, seed):
    """Different pairs in the site's order, as addresses and as ids."""
    generator, chosen = random.Random(seed), {}
    while len(chosen) < count:
        first, second = sorted(generator.sample(range(len(ids)), 2))
        chosen[(first, second)] = None
    pairs = [(ids[first], ids[second]) for first, second in chosen]
    return [f"/compare/{first}/{second}" for first, second in pairs], pairs


def hits(server):
    return int(re.search(r"llmref_cached_answers_total (\d+)", get(server, "/metrics").decode()).group(1))


def measure(options, folder):
    script, listed = folder + "/paths.lua", folder + "/paths.txt"
    with open(script, "w", encoding="utf-8") as file:
        file.write(SCRIPT)
    result = {}
    with serving.Server(options.program) as server:
        ids = models(server)
        paths, pairs = draw(ids, options.pairs, options.seed)
        body = get(server, HOT)
        sample = [len(get(server, path)) for path in paths[-300:]]
        mean = round(statistics.mean(sample))
        nginx = Nginx({"hot.html": body, "mean.html": b"x" * mean})
        try:
            hot, new, file_hot, file_mean = [], [], [], []
            used, requests = [0.0, 0.0], 0
            share = options.pairs // options.rounds
            for round_number in range(options.rounds):
                file_hot.append(wrk(nginx.origin + "/hot.html", options.seconds))
                hot.append(wrk(server.origin + HOT, options.seconds))
                file_mean.append(wrk(nginx.origin + "/mean.html", options.seconds))
                with open(listed, "w", encoding="utf-8") as file:
                    file.writelines(path + "\n" for path in paths[round_number * share:(round_number + 1) * share])
                before, known = processor(server), hits(server)
                # Short enough that the addresses do not run out.
                run = wrk(server.origin, max(1, min(options.seconds, share // 9000)), script, listed)
                after = processor(server)
                used = [total + late - early for total, late, early in zip(used, after, before)]
                requests += run["requests"]
                run["kept"] = hits(server) - known
                new.append(run)
        finally:
            nginx.close()
        ratio = [ours["requests_per_second"] / theirs["requests_per_second"] for ours, theirs in zip(hot, file_hot)]
        result["hot"] = {"bytes": len(body), "llmref_rps": median(hot, "requests_per_second"), "nginx_rps": median(file_hot, "requests_per_second"),
                         "ratio": round(statistics.median(ratio), 3), "p99_ms": median(hot, "p99_ms"), "errors": [run["errors"] for run in hot if run["errors"]]}
        ratio = [ours["requests_per_second"] / theirs["requests_per_second"] for ours, theirs in zip(new, file_mean)]
        result["new"] = {"pairs": requests, "mean_bytes": mean, "llmref_rps": median(new, "requests_per_second"),
                         "nginx_rps": median(file_mean, "requests_per_second"), "ratio": round(statistics.median(ratio), 3),
                         "p99_ms": median(new, "p99_ms"), "answers_from_the_cache": sum(run["kept"] for run in new),
                         "errors": [run["errors"] for run in new if run["errors"]],
                         "server_us_a_request": {"own": round(used[0] / requests * 1e6, 1), "kernel": round(used[1] / requests * 1e6, 1)}}
        if options.memory_requests:
            result["memory"] = memory(server, options, script, listed, paths)
    with open(listed, "w", encoding="utf-8") as file:
        file.writelines(f"{first} {second}\n" for first, second in pairs[:5000])
    stages = json.loads(subprocess.run([options.program, "site", "measure", listed], capture_output=True, text=True, check=True).stdout)
    result["new"]["stages_us_a_page"] = {name: float(stages[name + "_us"]) for name in ("deciding", "wording", "rendering", "whole")}
    result["new"]["stages_us_a_page"]["socket"] = round(
        sum(result["new"]["server_us_a_request"].values()) - float(stages["whole_us"]), 1)
    result["slow"] = slow(options, folder, script, listed)
    return result


def memory(server, options, script, listed, paths):
    """Resident megabytes while requests of all sorts come: hot, new, wrong."""
    mixed = []
    for place, path in enumerate(paths[:20_000]):
        mixed.append((path, HOT, "/model/openai/gpt-5", "/nope/%d" % place, "/search?q=%d" % place, "/compare/x/%d" % place)[place % 6])
    with open(listed, "w", encoding="utf-8") as file:
        file.writelines(path + "\n" for path in mixed)
    done, samples = 0, []
    while done < options.memory_requests:
        done += wrk(server.origin, 10, script, listed)["requests"]
        samples.append(round(server.memory()))
    third = max(1, len(samples) // 3)
    return {"requests": done, "rss_mb": samples, "growth_after_first_third": round(samples[-1] / statistics.mean(samples[:third]) - 1, 3)}


def slow(options, folder, script, listed):
    """Every kind of page alone, asked for once, then the slowest among ordinary pages, of which little is kept."""
    with serving.Server(options.program, "--cache-megabytes", "1") as server:
        addresses = re.findall(r"<loc>[^<]*?(/[^<]*)</loc>", get(server, "/sitemap-1.xml").decode())
        kinds = {}
        for address in addresses:
            kinds.setdefault(address.split("/")[1] + "/" * min(2, address.count("/") - 1), []).append(address)
        generator, times = random.Random(options.seed), {}
        for own in kinds.values():
            for path in own if len(own) <= 400 else generator.sample(own, 400):
                start = time.perf_counter()
                get(server, path)
                times[path] = (time.perf_counter() - start) * 1000
        slowest = sorted(times, key=times.get)[-10:]
        alone = {path: round(times[path], 1) for path in reversed(slowest)}
        # A reader of ordinary pages while the slow ones are asked for now and then: one in fifty.
        mixed = generator.sample(addresses, 4900) + slowest * 10
        generator.shuffle(mixed)
        with open(listed, "w", encoding="utf-8") as file:
            file.writelines(path + "\n" for path in mixed)
        run = wrk(server.origin, options.seconds, script, listed)
    with serving.Server(options.program) as server:
        with open(listed, "w", encoding="utf-8") as file:
            file.writelines(path + "\n" for path in slowest)
        wrk(server.origin, 2, script, listed)
        kept = wrk(server.origin, options.seconds, script, listed)
    return {"pages_timed": len(times), "slowest_alone_ms": alone, "mixed_p99_ms": run["p99_ms"], "mixed_rps": run["requests_per_second"],
            "slowest_kept_p99_ms": kept["p99_ms"], "slowest_kept_rps": kept["requests_per_second"], "errors": [run["errors"], kept["errors"]]}


def verdict(result):
    """The targets of the issue, each with whether it holds."""
    hot, new, slow_pages = result["hot"], result["new"], result["slow"]
    targets = {
        "hot comparisons reach 0.7 of nginx": hot["ratio"] >= 0.7,
        "new comparisons reach 5,000 a second or 0.05 of nginx": new["llmref_rps"] >= 5000 or new["ratio"] >= 0.05,
        "nothing of the new comparisons was kept": new["answers_from_the_cache"] == 0,
        "p99 is below 50 ms": max(hot["p99_ms"], new["p99_ms"], slow_pages["mixed_p99_ms"], slow_pages["slowest_kept_p99_ms"]) < 50,
        "every answer came": not (hot["errors"] or new["errors"] or any(slow_pages["errors"])),
    }
    if "memory" in result:
        targets["memory is flat"] = result["memory"]["growth_after_first_third"] < 0.1
    return targets


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory-requests", type=int, default=1_000_000)
    records.add_options(parser)
    options = parser.parse_args()
    options.program = os.path.abspath(options.program)
    with tempfile.TemporaryDirectory() as folder:
        result = measure(options, folder)
    result["targets"] = verdict(result)
    version = subprocess.run(["nginx", "-v"], capture_output=True, text=True).stderr.strip()
    return records.finish(result, "serve", options, version)


if __name__ == "__main__":
    sys.exit(main())
