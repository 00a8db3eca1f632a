"""Walk the served site in a real browser, as a person with a keyboard would.

Starts `LLMREF serve` on a free port and checks, in Chromium:
- home -> search -> model -> compare -> other traffic -> another cost, by keyboard alone, with and without JavaScript;
- on every kind of page, in light and dark: no violation that axe-core finds, no console message of an error, no request to
  another host; at 390, 820 and 1440 pixels: no sideways scroll of the page;
- that every page of the walk parses as HTML without an error (html5lib, strict).

Needs Debian's chromium; installs the PyPI packages playwright, axe-playwright-python and html5lib into an environment of its own.

Usage: check_site.py LLMREF [--short] [--screenshots FOLDER]
"""
import argparse
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import serving  # noqa: E402

if __name__ == "__main__":
    serving.rerun_in(serving.BROWSING)

import html5lib  # noqa: E402
from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

BROWSER = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"]
PAGES = {
    "home": "/", "models": "/models", "models filtered": "/models?capability=reasoning&order=cost", "models wrong": "/models?context=lots",
    "model": "/model/openai/gpt-5", "model without routes": "WITHOUT-ROUTES", "route": "/model/openai/gpt-5/openai",
    "provider": "/provider/anthropic", "lab": "/lab/inclusionai", "family": "/family/gpt-codex-spark", "benchmark": "/benchmark/swe_bench_verified",
    "compare": "/compare/openai/gpt-5.3-codex-spark/inclusionai/ling-2.6-1t",
    "compare three": "/compare/anthropic/claude-sonnet-4.5/google/gemini-2.5-pro/openai/gpt-5",
    "compare traffic wrong": "/compare/openai/gpt-5/openai/o3?input=lots", "picker": "/compare", "search": "/search?q=sonnet",
    "search without answer": "/search?q=sonet+4.5", "resolve": "/resolve?id=us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "explain": "/explain/inclusionai/ling-2.6-1t/license", "cost": "/cost?models=gpt-5,claude-sonnet-4.5&cached=30%25", "sources": "/sources",
    "method": "/method", "route with a history": "/model/openai/o3/openai",
    "break-even": "/compare/google/gemma-3-12b/alibaba/qwen3-next-80b-a3b-thinking", "missing": "/model/openai/gpt-5-nope",
}
failures = []


def check(good, words):
    if not good:
        failures.append(words)
        print("FAILED", words, flush=True)


class Server:
    """The program on a free port, ended when the block ends."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        self.origin = json.loads(line)["address"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        check(self.process.wait(20) == 0, "the server ends with 0 on SIGTERM")

    def get(self, path):
        try:
            with urllib.request.urlopen(self.origin + path) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.read().decode()


def watched(context, origin, name):
    """A page whose console errors and requests to other hosts are failures."""
    page = context.new_page()

    def said(message):
        # The browser itself reports answers of 4xx as errors; such pages are walked on purpose.
        if message.type == "error" and "Failed to load resource" not in message.text:
            check(False, f"{name}: console: {message.text}")
    page.on("console", said)
    page.on("pageerror", lambda error: check(False, f"{name}: {error}"))
    page.on("request", lambda request: check(request.url.startswith(origin), f"{name}: request to {request.url}"))
    return page


def tab_to(page, selector, most=400):
    """Presses Tab until the element has the focus; asks the browser, not a script, which runs on no page without JavaScript."""
    wanted = page.locator(f"{selector}:focus")
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.count():
            return
    raise AssertionError(f"no Tab reaches {selector} at {page.url}")


def walk(browser, origin, script):
    """Home -> search -> model -> compare -> another cost, with the keyboard and nothing else."""
    name = "walk with script" if script else "walk without script"
    context = browser.new_context(java_script_enabled=script)
    page = watched(context, origin, name)
    try:
        page.goto(origin + "/")
        tab_to(page, "#search-q")
        page.keyboard.type("gpt-5.3 codex spark")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        tab_to(page, 'a[href="/model/openai/gpt-5.3-codex-spark"]')
        page.keyboard.press("Enter")
        page.wait_for_url("**/model/openai/gpt-5.3-codex-spark")
        tab_to(page, '#continue-comparing a[href^="/compare/"]')
        page.keyboard.press("Enter")
        page.wait_for_url("**/compare/**")
        costs = page.locator("#monthly-cost table tbody tr").first
        before = costs.inner_text()
        tab_to(page, "#traffic-input")
        page.keyboard.press("Control+A")
        page.keyboard.type("1.6B")
        page.keyboard.press("Enter")
        page.wait_for_url("**input=1.6B**")
        page.wait_for_selector("text=1.6B input and 250M output tokens")
        after = costs.inner_text()
        check(before != after and "$" in after, f"{name}: the cost does not change: {before} {after}")
        if script:
            check(page.locator("#traffic-input:focus").count() == 1, f"{name}: the focus is lost")
    except Exception as error:  # noqa: BLE001 - whatever breaks the walk is its failure
        check(False, f"{name}: {error}")
    context.close()


def evidence(browser, origin):
    """A cell opens its citations by keyboard; Escape closes them and gives the focus back."""
    page = watched(browser.new_context(), origin, "evidence")
    page.goto(origin + PAGES["compare"])
    height = page.evaluate("document.documentElement.scrollHeight")
    page.locator("#specs details.ev summary").first.focus()
    page.keyboard.press("Enter")
    text = page.locator("#specs details.ev[open] ul").first.inner_text()
    check("sha256" in text and re.search(r"\d{4}-\d\d-\d\d", text), f"evidence: shows {text!r}")
    check(page.evaluate("document.documentElement.scrollHeight") == height, "evidence: the page shifts when it opens")
    page.keyboard.press("Escape")
    check(page.locator("details.ev[open]").count() == 0, "evidence: Escape does not close it")


def appearance(browser, origin, pages, folder, short):
    """axe-core, sideways scroll and pictures of every page kind. Schemes differ in colours alone, so that the short form looks at widths
    in one of them."""
    for scheme in ("light", "dark"):
        for width in (1440,) if short and scheme == "dark" else (390, 820, 1440):
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
            page = watched(context, origin, f"{scheme} {width}")
            for name, path in pages.items():
                page.goto(origin + path)
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                check(wide <= 0, f"{name} at {width}: the page scrolls sideways by {wide}")
                if width == 1440:
                    found = Axe().run(page).response["violations"]
                    for violation in found:
                        places = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
                        check(False, f"{name} {scheme}: axe {violation['id']}: {violation['help']}: {places}")
                if folder:
                    page.screenshot(path=os.path.join(folder, f"{name.replace(' ', '-')}-{width}-{scheme}.png"), full_page=True)
            context.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--short", action="store_true", help="widths in one scheme")
    parser.add_argument("--screenshots")
    options = parser.parse_args()
    if options.screenshots:
        os.makedirs(options.screenshots, exist_ok=True)
    with Server(options.program) as server, sync_playwright() as playwright:
        pages = dict(PAGES)
        listed = json.loads(server.get("/api/v1/models?order=routes&page=1000"))["models"]
        pages["model without routes"] = next(model["path"] for model in reversed(listed) if model["routes_tracked"] == 0)
        for name, path in pages.items():
            try:
                html5lib.HTMLParser(strict=True).parse(server.get(path))
            except html5lib.html5parser.ParseError as error:
                check(False, f"{name}: html: {error}")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=BROWSER)
        walk(browser, server.origin, script=True)
        walk(browser, server.origin, script=False)
        evidence(browser, server.origin)
        appearance(browser, server.origin, pages, options.screenshots, options.short)
        browser.close()
    print(f"{len(pages)} kinds of pages, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
