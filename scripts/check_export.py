"""Prove that the static export and the server say the same, byte for byte.

Builds the site into a temporary folder, starts `LLMREF serve`, and compares files with answers: all pages of a kind that has
few, and pages drawn at random with a seed of the others. A stub of a reversed pair must lead where the server redirects.
A second build must find nothing to write.

Usage: check_export.py LLMREF [--seed N] [--pages N] [--pairs top:N] [--forms html|all]
"""
import argparse
import collections
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile


def address(path):
    """The address that a file of the export stands for."""
    if path == "index.html":
        return "/"
    if path.endswith("/index.html"):
        return "/" + path[:-len("/index.html")]
    if path.endswith("/index.json"):
        return "/" + path[:-len("/index.json")]
    return "/" + path


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--pairs", default="top:300")
    parser.add_argument("--forms", default="html")
    options = parser.parse_args()
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        build = [options.program, "site", "build", folder, "--pairs", options.pairs, "--forms", options.forms, "--json"]
        first = json.loads(subprocess.run(build, check=True, capture_output=True).stdout)
        second = json.loads(subprocess.run(build, check=True, capture_output=True).stdout)
        if second["written"] or second["removed"] or second["unchanged"] != first["files"]:
            failures.append(f"a second build writes {second}")
        paths = [line.split(" ", 1)[1].rstrip("\n") for line in open(os.path.join(folder, "manifest.txt"), encoding="utf-8")]
        kinds = collections.defaultdict(list)
        for path in paths:
            kinds[(path.split("/")[0], path.rsplit(".", 1)[-1])].append(path)
        draw = random.Random(options.seed)
        chosen = []
        for kind in sorted(kinds):
            own = kinds[kind]
            chosen += own if len(own) <= 20 else draw.sample(own, min(len(own), max(20, options.pages // len(kinds))))
        server = subprocess.Popen([options.program, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True)
        try:
            host = json.loads(server.stderr.readline())["address"].removeprefix("http://")
            connection = http.client.HTTPConnection(host, timeout=30)
            for path in chosen:
                connection.request("GET", address(path))
                answer = connection.getresponse()
                body = answer.read()
                written = open(os.path.join(folder, path), "rb").read()
                if answer.status == 308:
                    target = re.search(rb'url=([^"]+)"', written)
                    if target is None or target.group(1).decode() != answer.getheader("location"):
                        failures.append(f"{path} leads elsewhere than {answer.getheader('location')}")
                elif answer.status != 200 or body != written:
                    failures.append(f"{path} differs from the answer of {address(path)} ({answer.status})")
        finally:
            server.terminate()
            if server.wait(20) != 0:
                failures.append("the server does not end with 0")
    for failure in failures:
        print("FAILED", failure)
    print(f"{first['files']} files exported, {len(chosen)} of {len(kinds)} kinds compared with the server, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
