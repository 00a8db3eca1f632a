"""Prove that the static export and the server say the same, byte for byte.

Builds the site into a temporary folder, starts `LLMREF serve`, and compares files with answers: all pages of a kind that has
few, and pages drawn at random with a seed of the others. A stub of a reversed pair must lead where the server redirects.
A second build must find nothing to write. Where rsvg-convert is installed, pictures for previews are made too: a page names
its picture, which is there, is a PNG of 1200 × 630, and comes from the server with the same bytes.

Usage: check_export.py LLMREF [--seed N] [--pages N] [--pairs top:N] [--forms html|all]
"""
import argparse
import collections
import http.client
import json
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import urllib.parse

ORIGIN = "https://llm.example"


def address(path):
    """The address that a file of the export stands for."""
    for ending in ("/index.html", "/index.json"):
        path = path.removesuffix(ending)
    return "/" if path == "index.html" else "/" + urllib.parse.quote(path, safe="/-._~")


def picture_problems(folder, path, page):
    """What is wrong with the picture that a comparison names."""
    named = re.search(rb'og:image" content="([^"]+)"', page)
    if named is None:
        return [f"{path} names no picture"]
    place = os.path.join(folder, urllib.parse.unquote(named.group(1).decode().removeprefix(ORIGIN + "/")))
    if not os.path.exists(place):
        return [f"{path} names {place}, which is not there"]
    with open(place, "rb") as file:
        head = file.read(24)
    if head[:8] != b"\x89PNG\r\n\x1a\n" or struct.unpack(">II", head[16:24]) != (1200, 630):
        return [f"{place} is no PNG of 1200 x 630"]
    return []


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
        serve = [options.program, "serve", "--port", "0"]
        has_pictures = shutil.which("rsvg-convert") is not None
        if has_pictures:
            build += ["--origin", ORIGIN, "--pictures"]
            serve += ["--origin", ORIGIN, "--pictures", folder]
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
        server = subprocess.Popen(serve, stderr=subprocess.PIPE, text=True)
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
                elif answer.status != (404 if path == "404.html" else 200) or body != written:
                    failures.append(f"{path} differs from the answer of {address(path)} ({answer.status})")
                elif has_pictures and path.startswith("compare/") and path.endswith("/index.html"):
                    failures += picture_problems(folder, path, written)
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
