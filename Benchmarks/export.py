"""Measure `llmref site build` against Debian's hugo rendering the same data to pages of the same size, in turn, in one run.

Ours writes every page of every model and 10,000 comparisons as HTML into an empty folder. Hugo gets the facts of the same models, as
our JSON twins give them, in one data file; one plain layout without shortcodes, with the tables of two models side by side; a stub of
content for each of the same comparisons (version 0.111 has no content adapters); and a text that brings its pages to our mean size.
Its time to memory (`--renderToMemory`) is reported too. Pages a second are whole processes, start and reading included.

Needs Debian's hugo. Writes a dated record beside the others.

Usage: export.py LLMREF [--rounds 3] [--pairs 10000] [--record FOLDER] [--no-targets]
"""
import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "scripts"))
import records  # noqa: E402
import serving  # noqa: E402

CONFIG = """
baseURL = "https://llm.example/"
title = "LLM Reference"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section", "404"]
"""
LAYOUT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><main><h1>{{ .Title }}</h1>
{{ range .Params.models }}{{ with index $.Site.Data.models . }}<h2>{{ .name }}</h2>
{{ range .tables }}<table><caption>{{ .caption }}</caption><thead><tr>{{ range .head }}<th>{{ . }}</th>{{ end }}</tr></thead><tbody>
{{ range .rows }}<tr><th>{{ .label }}{{ with .note }}<small>{{ . }}</small>{{ end }}</th>{{ range .cells }}<td>{{ range . }}{{ with .text }}{{ . }}{{ end }}{{ with .display }}<span>{{ . }}</span>{{ end }}{{ with .rule }}<details><summary>{{ . }}</summary><ul>{{ end }}{{ range .citations }}<li>{{ . }}</li>{{ end }}{{ with .rule }}</ul></details>{{ end }}{{ end }}</td>{{ end }}</tr>
{{ end }}</tbody></table>
{{ end }}{{ range .lines }}<p>{{ . }}</p>
{{ end }}<ul>{{ range .sources }}<li>{{ . }}</li>
{{ end }}</ul>{{ end }}{{ end }}<p>{{ .Site.Data.filler.text }}</p></main></body></html>
"""
MOST_CITATIONS = 6


def run(command, environment=None):
    """Seconds and peak megabytes of a whole process, begun when the disk has written what was before."""
    os.sync()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f"{command} ends with {status}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


def exported(folder):
    """The pages that an export wrote, without the stubs of reversed pairs: how many, their bytes, the pairs."""
    pages, size, compared, pairs = 0, 0, 0, []
    for line in open(os.path.join(folder, "manifest.txt"), encoding="utf-8"):
        path = line.rstrip("\n").split(" ", 1)[1]
        if not path.endswith(".html"):
            continue
        own = os.path.getsize(os.path.join(folder, path))
        parts = path.split("/")
        if parts[0] == "compare" and own < 2000:
            continue
        pages += 1
        size += own
        if parts[0] == "compare" and len(parts) == 6:
            compared += own
            pairs.append(("/".join(parts[1:3]), "/".join(parts[3:5])))
    return pages, size, compared / max(1, len(pairs)), pairs


def model_data(document):
    """One model as Hugo gets it: tables with the evidence of each cell, sentences, sources."""
    citations = {entry["number"]: entry for entry in document["citations"]}

    def runs(items):
        result = []
        for run_ in items:
            if "cell" not in run_:
                result.append({"text": run_["text"]})
                continue
            cell = run_["cell"]
            lines = []
            for reference in cell.get("citations", [])[:MOST_CITATIONS]:
                source = citations.get(reference["number"], {})
                lines.append(f"{source.get('title')}, {source.get('observed')}: “{reference['as_written']}”, sha256 {source.get('sha256', '')[:8]}")
            result.append({"display": cell["display"], "rule": cell.get("rule"), "citations": lines})
        return result

    tables, lines = [], []
    for section in document["sections"]:
        for block in section["blocks"]:
            if block["kind"] in ("table", "chart"):
                tables.append({"caption": block["caption"], "head": block["head"], "rows": [
                    {"label": row["label"], "note": row.get("note"), "cells": [runs(cell) for cell in row["cells"]]} for row in block["rows"]]})
            elif block["kind"] == "list":
                lines += ["".join(part.get("text", part.get("display", "")) for part in runs(item)) for item in block["items"]]
    sources = [f"{entry['title']}, {entry['version']}, record {entry['record']}, observed {entry['observed']}, {entry['licence']}, sha256 "
               f"{entry['sha256'][:12]}, correct it in {entry['correct_at']}. {entry.get('url', '')}" for entry in document["citations"]]
    return {"name": document["title"], "tables": tables, "lines": lines, "sources": sources}


def prepare(program, pairs, folder):
    """The Hugo site: configuration, layout, one data file, a stub a page."""
    for name in ("layouts/_default", "data", "content/compare"):
        os.makedirs(os.path.join(folder, name))
    with open(os.path.join(folder, "config.toml"), "w", encoding="utf-8") as file:
        file.write(CONFIG)
    with open(os.path.join(folder, "layouts/_default/single.html"), "w", encoding="utf-8") as file:
        file.write(LAYOUT)
    models = {}
    with serving.Server(program) as server:
        connection = http.client.HTTPConnection(server.host, server.port)
        for model in sorted({model for pair in pairs for model in pair}):
            connection.request("GET", f"/model/{model}.json")
            models[model] = model_data(json.loads(connection.getresponse().read()))
    with open(os.path.join(folder, "data/models.json"), "w", encoding="utf-8") as file:
        json.dump(models, file, ensure_ascii=False)
    for number, pair in enumerate(pairs):
        names = " vs ".join(models[model]["name"] for model in pair)
        with open(os.path.join(folder, f"content/compare/{number}.md"), "w", encoding="utf-8") as file:
            json.dump({"title": names, "models": list(pair)}, file)
            file.write("\n")


def fill(folder, size):
    with open(os.path.join(folder, "data/filler.json"), "w", encoding="utf-8") as file:
        json.dump({"text": "x" * max(0, size)}, file)


def hugo(folder, target, *arguments):
    return run(["hugo", "--quiet", "--source", folder, "--destination", target, *arguments])


def mean_size(folder):
    sizes = [os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(folder) for name in names if name.endswith(".html")]
    return len(sizes), statistics.mean(sizes)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=10_000)
    records.add_options(parser)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    with tempfile.TemporaryDirectory() as place:
        def build(name):
            return [program, "site", "build", os.path.join(place, name), "--pairs", f"top:{options.pairs}", "--forms", "html"]

        def public(name):
            return os.path.join(place, "public", name)
        run(build("own"))
        pages, _, compared, pairs = exported(os.path.join(place, "own"))
        site = os.path.join(place, "hugo")
        prepare(program, pairs, site)
        fill(site, 0)
        hugo(site, public("empty"))
        rendered, mean = mean_size(public("empty"))
        fill(site, round(compared - mean))
        hugo(site, public("full"))
        rendered, mean = mean_size(public("full"))
        ours, again, theirs, memory = [], [], [], []
        for number in range(options.rounds):
            # Every run has a folder of its own: a file system is slow for a while where many files were removed.
            ours.append(run(build(f"own-{number}")))
            again.append(run(build(f"own-{number}")))
            theirs.append(hugo(site, public(str(number))))
            memory.append(hugo(site, public("memory"), "--renderToMemory"))
        everything = os.path.join(place, "all")
        whole = run([program, "site", "build", everything, "--pairs", f"top:{options.pairs}"])
        files = sum(1 for _ in open(os.path.join(everything, "manifest.txt"), encoding="utf-8"))

    def rate(runs, count):
        return round(count / statistics.median(seconds for seconds, _ in runs), 1)

    def peak(runs):
        return round(max(megabytes for _, megabytes in runs))
    result = {
        "llmref": {"pages": pages, "comparisons": len(pairs), "mean_comparison_bytes": round(compared), "pages_per_second": rate(ours, pages),
                   "peak_mb": peak(ours), "unchanged_again_seconds": round(statistics.median(seconds for seconds, _ in again), 1),
                   "all_forms": {"files": files, "seconds": round(whole[0], 1), "peak_mb": round(whole[1])}},
        "hugo": {"pages": rendered, "mean_bytes": round(mean), "pages_per_second": rate(theirs, rendered), "peak_mb": peak(theirs),
                 "to_memory_pages_per_second": rate(memory, rendered), "to_memory_peak_mb": peak(memory)},
    }
    result["ratio"] = round(result["llmref"]["pages_per_second"] / result["hugo"]["pages_per_second"], 2)
    result["ratio_to_memory"] = round(result["llmref"]["pages_per_second"] / result["hugo"]["to_memory_pages_per_second"], 2)
    result["targets"] = {"five times the pages a second of hugo": result["ratio"] >= 5,
                         "pages of the same size": abs(mean / compared - 1) < 0.02, "at least 10,000 comparisons": len(pairs) >= min(10_000, options.pairs)}
    version = subprocess.run(["hugo", "version"], capture_output=True, text=True).stdout.strip()
    return records.finish(result, "export", options, version)


if __name__ == "__main__":
    sys.exit(main())
