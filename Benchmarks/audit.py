"""Measure `llmref audit` against ripgrep on one tree of 100,000 files, in the same run.

The tree is made from installed Python packages (every text file of site-packages and of the folders named with --from), copied until there
are 100,000 files, a third of them with ids. ripgrep searches the same tree for one literal per known model id (`rg -F -f ids`),
hidden files included, which is what the audit reads too. Each is run three times, warm, in turns; the best of each counts.
Exits with 1 when the audit takes more than three times as long, or does not read every file.

Usage: audit.py LLMREF [--from FOLDER …] [--files N]     needs ripgrep (Debian package `ripgrep`)
"""
import argparse
import json
import os
import shutil
import site
import subprocess
import sys
import tempfile
import time

TIMES = 3
TEXT = (".py", ".pyi", ".md", ".json", ".yaml", ".yml", ".toml", ".txt", ".rst", ".cfg", ".js", ".ts", ".html", ".css", ".ipynb")


def sources(folders):
    for folder in folders:
        for path, _, names in os.walk(folder):
            for name in sorted(names):
                whole = os.path.join(path, name)
                if name.endswith(TEXT) and not os.path.islink(whole) and os.path.getsize(whole) < 1 << 20:
                    yield whole


def make_tree(root, folders, count):
    """A tree of `count` files in folders of fifty; returns how many bytes."""
    paths = list(sources(folders))
    if not paths:
        sys.exit("no source files found; name a folder with --from")
    size = 0
    for number in range(count):
        path = paths[number % len(paths)]
        folder = os.path.join(root, f"p{number // 2500}", f"d{number // 50 % 50}")
        os.makedirs(folder, exist_ok=True)
        target = os.path.join(folder, f"{number}{os.path.splitext(path)[1]}")
        shutil.copyfile(path, target)
        size += os.path.getsize(target)
    return size


def known_ids(llmref):
    """Every canonical id and every short one, as `search` lists them."""
    ids = set()
    for word in "abcdefghijklmnopqrstuvwxyz0123456789-":
        done = subprocess.run([llmref, "search", word, "--limit", "10000", "--json"], capture_output=True, text=True)
        for model in json.loads(done.stdout)["models"]:
            ids.add(model["id"])
            ids.add(model["id"].split("/", 1)[1])
    return sorted(ids)


def seconds(command, output):
    start = time.perf_counter()
    with open(output, "w") as stream:
        done = subprocess.run(command, stdout=stream, stderr=subprocess.DEVNULL)
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {done.returncode}")
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("llmref")
    parser.add_argument("--from", dest="folders", action="append", default=[])
    parser.add_argument("--files", type=int, default=100_000)
    options = parser.parse_args()
    folders = options.folders + [folder for folder in site.getsitepackages() if os.path.isdir(folder)]
    with tempfile.TemporaryDirectory() as folder:
        tree, ids, answer = os.path.join(folder, "tree"), os.path.join(folder, "ids"), os.path.join(folder, "answer")
        size = make_tree(tree, folders, options.files)
        names = known_ids(options.llmref)
        with open(ids, "w") as stream:
            stream.write("\n".join(names) + "\n")
        audit = [options.llmref, "audit", tree, "--json", "--fail-on", "never"]
        search = ["rg", "-F", "-f", ids, "--hidden", "--no-messages", tree]
        best = {"audit": None, "rg": None}
        for _ in range(TIMES):
            for name, command in (("rg", search), ("audit", audit)):
                taken = seconds(command, answer)
                best[name] = taken if best[name] is None else min(best[name], taken)
        report = json.load(open(answer))
        ratio = best["audit"] / best["rg"]
        print(f"{options.files} files, {size / 1e6:.0f} MB, {len(names)} ids: rg {best['rg']:.2f} s, audit {best['audit']:.2f} s, ratio {ratio:.2f}; "
              f"{report['mentions']} mentions")
        if report["files"] != options.files:
            sys.exit(f"the audit read {report['files']} of {options.files} files")
        if ratio > 3:
            sys.exit("the audit is more than three times slower than ripgrep")


if __name__ == "__main__":
    main()
