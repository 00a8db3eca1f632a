"""Prove that an exported folder on a host of plain files answers as the server does.

Exports drawn comparisons, serves the folder with `python3 -m http.server` and the program with `LLMREF serve`, opens the same addresses
in Chromium and compares what stands there:
- costs on comparisons of drawn pairs, on pages of models and on /cost, at several months of traffic: the month's cost, the
  route, prices, tier, fallback and what is not counted;
- the lists of /models by its filters and of /search;
- a walk by keyboard: another traffic gives another cost without a reload, a wrong one a message beside its field;
- no console error, no request to another host; scripts stay small.

Needs Debian's chromium; installs the PyPI packages playwright and html5lib into an environment of its own.

Usage: check_static.py LLMREF [--seed N] [--pairs N]
"""
import argparse
import functools
import http.client
import http.server
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import urllib.parse
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import serving  # noqa: E402

if __name__ == "__main__":
    serving.rerun_in(serving.BROWSING)

import html5lib  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

BROWSER = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"]
TRAFFIC = [
    "input=2B&output=300M&requests=1M&cached=30%25", "input=250B&output=1B&requests=1M&cached=12.5%25", "input=7&output=11&requests=3",
    "input=1.5e9&output=0&requests=20k&cached=100", "input=0&output=250M&requests=10k", "input=999999999937&output=3M&requests=999983",
    "input=1P", "cached=101%25&input=-1", "batch=30%25&hours=peak", "hours=off-peak&input=1B&requests=999983",
    "hours=mon-fri%2009:00-18:00%20%2B08:00&batch=12.5%25&cached=7%25", "hours=25:00-26:00", "batch=101&hours=never",
]
# Of price lists with every kind of line, more than the catalogue has today.
LISTS = 40
SHAPES = ["images=123", "searches=7k", "audio_minutes=11", "characters=5M", "pages=33", "video_seconds=90", "images=2&input=1M&output=0"]
FILTERS = [
    "capability=reasoning&order=cost", "lab=openai&order=released", "context=128k&order=context&page=2", "openness=open&order=routes",
    "type=coding-specialized model", "lab=no-such-lab", "context=lots", "capability=vision&context=1M&order=released&page=999",
]
SEARCHES = ["sonnet 4.5", "gpt-5.3 codex spark", "QWEN3 coder", "llama", "no-such-model-at-all", "z.ai"]
LARGEST_SCRIPT = 13_000
# The text of the rows that both sides write, without evidence and marks, which only the server has.
READ = """(root) => {
  const text = (node) => {
    const copy = node.cloneNode(true);
    for (const part of copy.querySelectorAll("details, .cite, .mark, small, caption")) part.remove();
    return copy.textContent.replace(/\\s+/g, " ").replace(/ ([.,;)])/g, "$1").trim();
  };
  return [...root.querySelectorAll("tbody tr")].map((row) => [...row.children].map(text));
}"""
failures = []


def check(good, words):
    if not good:
        failures.append(words)
        print("FAILED", words, flush=True)


def bare(node):
    """The text of an element without evidence, marks and notes."""
    kept = []

    def walk(node):
        name, kind = node.tag, node.get("class", "")
        if name in ("details", "small", "caption") or "cite" in kind.split() or "mark" in kind.split():
            return
        kept.append(node.text or "")
        for child in node:
            walk(child)
            kept.append(child.tail or "")
    walk(node)
    return re.sub(r" ([.,;)])", r"\1", re.sub(r"\s+", " ", "".join(kept))).strip()


class Page:
    """A page of the server, read once."""

    def __init__(self, host, path):
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        self.status = answer.status
        self.location = answer.getheader("location")
        text = answer.read().decode()
        self.root = html5lib.parse(text, namespaceHTMLElements=False) if answer.status in (200, 400) else ET.Element("html")

    def rows(self, section, table=0):
        found = [node for node in self.root.iter("section") if node.get("id") == section]
        tables = list(found[0].iter("table")) if found else []
        if len(tables) <= table:
            return []
        return [[bare(cell) for cell in row] for body in tables[table].iter("tbody") for row in body.iter("tr")]

    def paragraphs(self):
        return [bare(node) for node in self.root.iter("p")]

    def problems(self):
        return {node.get("id"): bare(node) for node in self.root.iter("p") if node.get("class") == "problem"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """What `python3 -m http.server` runs, without its talk."""

    def log_message(self, *_):
        pass


def serve_folder(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"


class Visit:
    """The browser on the folder."""

    def __init__(self, browser, origin):
        self.origin = origin
        self.page = browser.new_context().new_page()
        self.page.on("pageerror", lambda error: check(False, f"{self.page.url}: {error}"))
        self.page.on("console", lambda message: check(
            message.type != "error" or "Failed to load resource" in message.text, f"{self.page.url}: console: {message.text}"))
        self.page.on("request", lambda request: check(request.url.startswith(origin), f"request to {request.url}"))

    def open(self, path):
        self.page.goto(self.origin + path)
        self.page.wait_for_function("document.querySelector('[role=status]').textContent !== ''", timeout=15_000)

    def rows(self, section, table=0):
        tables = self.page.locator(f"section#{section} table")
        return tables.nth(table).evaluate(READ) if tables.count() > table else []

    def problems(self):
        return {node.get_attribute("id"): node.inner_text().strip() for node in self.page.locator(".problem").all()}

    def texts(self):
        return [re.sub(r" ([.,;)])", r"\1", re.sub(r"\s+", " ", text)).strip() for text in self.page.locator("main p").all_text_contents()]


def compare_costs(visit, host, path, query, names):
    address = f"{path}?{query}"
    server = Page(host, address)
    visit.open(address)
    check(visit.problems() == server.problems(), f"{address}: {visit.problems()} instead of {server.problems()}")
    if server.status == 400:
        return 0
    theirs = {row[0]: row[1:] for row in server.rows("monthly-cost")}
    ours = visit.rows("monthly-cost")
    check(len(ours) >= 6, f"{address}: only {len(ours)} rows")
    for label, *cells in ours:
        check(cells == theirs.get(label), f"{address}: {label}: {cells} instead of {theirs.get(label)}")
    for words in server.paragraphs():
        if words.startswith("Traffic: "):
            check(words.split(" A cost")[0] in visit.texts(), f"{address}: lacks {words!r}")
        if re.search(r" costs \$.* a month less than ", words):
            check(words in [re.sub(r" \[[^]]*\]", "", text) for text in visit.texts()], f"{address}: lacks {words!r}")
    return 1


def compare_model(visit, host, path, query):
    address = f"{path}?{query}"
    server = Page(host, address)
    visit.open(address)
    check(visit.problems() == server.problems(), f"{address}: {visit.problems()} instead of {server.problems()}")
    if server.status == 200:
        check(visit.rows("monthly-cost") == server.rows("monthly-cost"),
              f"{address}: {visit.rows('monthly-cost')} instead of {server.rows('monthly-cost')}")


def compare_list(visit, host, address, section):
    server = Page(host, address)
    visit.open(address)
    ours, theirs = visit.rows(section), server.rows(section)
    check(ours == theirs, f"{address}: {ours[:3]} … instead of {theirs[:3]} …")
    check(visit.problems() == server.problems(), f"{address}: {visit.problems()} instead of {server.problems()}")
    for words in server.paragraphs():
        if re.search(r"model fits a condition", words):
            check(words in visit.texts(), f"{address}: lacks {words!r}")


KINDS = {
    "standalone API model": ["input", "output", "cache_read", "request"], "embedding model": ["input"], "rerank model": ["rerank_search", "input"],
    "image model": ["image"], "OCR model": ["document_page"], "video model": ["video_second"], "moderation model": ["input"],
    "audio model": ["audio_second"],
}


def lists(draw, path):
    """Writes a facts file of models whose routes have drawn price lists: tiers of both kinds and countings, batches, hours, every product."""
    def usd(millionths):
        return f"{millionths // 1_000_000}.{millionths % 1_000_000:06}"

    def prices(units):
        lines = []
        for unit in units:
            if draw.random() < 0.05:
                continue
            # Whole thousands, so that all parts of a price are whole; a part costs less than its whole, a tier more than what is below.
            base = draw.randint(1, 30) * draw.choice([1000, 75_000, 1_000_000]) if unit != "cache_read" else 100
            lines.append({"unit": unit, "usd": usd(base)})
            above = base
            for limit in sorted(draw.sample([100, 500, 800, 1000, 1050, 2000], draw.choice([0, 0, 1, 2]))):
                above += draw.randint(1, 9) * base // 4
                line = {"unit": unit, "usd": usd(above), "above": limit}
                if draw.random() < 0.5:
                    line["tier"] = "marginal"
                if draw.random() < 0.3:
                    line["counting"] = "prompt_and_answer"
                lines.append(line)
            if draw.random() < 0.4:
                lines.append({"unit": unit, "usd": usd(base // 2), "mode": "batch"})
            if draw.random() < 0.3:
                lines.append({"unit": unit, "usd": usd(2 * base), "hours": draw.choice(
                    ["16:30-00:30", "mon-fri 09:00-12:00,14:00-18:00 +08:00", "not 01:00-04:00", "sat,sun 00:00-24:00 -05:30"])})
        return lines
    models = []
    for number in range(LISTS):
        kind = draw.choice(list(KINDS)) if number % 3 == 0 else "standalone API model"
        routes = [{"provider": f"Host {place}", "id": f"drawn-{number}", "prices": prices(KINDS[kind])} for place in range(draw.choice([1, 2, 4]))]
        models.append({"id": f"drawn/drawn-{number}", "name": f"Drawn {number}", "product_type": kind, "routes": routes})
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"reviewed": "2026-06-01", "models": models}, file)


def walk(visit, path):
    """By keyboard: another traffic, another cost, the same document; then a wrong value."""
    page = visit.page
    page.goto(visit.origin + path)
    first = page.locator("#monthly-cost tbody tr").first
    before = first.inner_text()
    page.evaluate("window.stays = true")
    page.locator("#traffic-input").focus()
    for text in ("1.6B", "3B"):
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        page.wait_for_function(f"[...document.querySelectorAll('main p')].some((p) => p.textContent.startsWith('Traffic: {text} input'))")
        after = first.inner_text()
        check(after != before and "$" in after, f"walk: {text}: the cost does not change: {before} {after}")
        check(page.evaluate("window.stays === true"), "walk: the page is loaded anew")
        check(page.evaluate("document.activeElement.id") == "traffic-input", "walk: the focus is lost")
        check("input=" + text in page.url, f"walk: the address is {page.url}")
        before = after
    page.keyboard.press("Control+A")
    page.keyboard.type("lots")
    page.keyboard.press("Enter")
    page.wait_for_selector("#traffic-input-problem")
    check(page.get_attribute("#traffic-input", "aria-describedby") == "traffic-input-problem", "walk: the problem is not tied to its field")


def pick(visit, pair, ids):
    """Naming two models leads to their page where there is one, and says so where there is none."""
    visit.page.goto(visit.origin + "/compare?" + urllib.parse.urlencode({"a": ids[1], "b": ids[0]}))
    visit.page.wait_for_url(re.compile(re.escape(pair) + "/?$"))
    visit.open("/compare?a=gpt-5&b=no-such-model-xyz")
    check("pick-b-problem" in visit.problems(), "pick: an unknown model is not named")
    visit.open("/resolve?id=gpt-5")
    check(visit.page.locator("#answer a[href='/model/openai/gpt-5']").count() == 1, "resolve: gpt-5 is not found")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=50)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        facts = os.path.join(folder, "drawn.json")
        lists(draw, facts)
        process = subprocess.Popen([options.program, "serve", "--port", "0", "--facts", facts], stderr=subprocess.PIPE, text=True)
        try:
            # Findings in the facts file come first.
            host = json.loads(next(line for line in process.stderr if line.startswith("{")))["address"].removeprefix("http://")
            connection = http.client.HTTPConnection(host, timeout=30)
            connection.request("GET", "/data/models.json")
            rows = json.loads(connection.getresponse().read())["models"]
            priced = [row for row in rows if row[9]]
            drawn = [row for row in rows if row[0].startswith("drawn/")]
            pairs = [draw.sample(drawn if number % 2 else priced if number % 5 else rows, 2) for number in range(options.pairs)]
            listed = os.path.join(folder, "pairs.txt")
            with open(listed, "w", encoding="utf-8") as file:
                file.writelines(f"{a[0]} {b[0]}\n" for a, b in pairs)
            public = os.path.join(folder, "public")
            subprocess.run([options.program, "site", "build", public, "--pairs", listed, "--forms", "html", "--facts", facts], check=True, capture_output=True)
            for name in os.listdir(os.path.join(public, "assets")):
                size = os.path.getsize(os.path.join(public, "assets", name))
                check(not name.endswith(".js") or size < LARGEST_SCRIPT, f"{name} has {size} bytes")
            files, origin = serve_folder(public)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=BROWSER)
                visit = Visit(browser, origin)
                order = {row[0]: place for place, row in enumerate(rows)}
                paths = []
                for pair in pairs:
                    a, b = sorted(pair, key=lambda row: order[row[0]])
                    paths.append("/compare" + a[2].removeprefix("/model") + b[2].removeprefix("/model"))
                    for query in TRAFFIC:
                        compared += compare_costs(visit, host, paths[-1], query, (a[1], b[1]))
                for row in draw.sample(priced, 12) + draw.sample(drawn, 12):
                    for query in TRAFFIC + SHAPES:
                        compare_model(visit, host, row[2], query)
                for query in TRAFFIC[:4]:
                    names = ",".join(row[0] for row in draw.sample(rows, 6))
                    compare_list(visit, host, "/cost?" + urllib.parse.urlencode({"models": names}) + "&" + query, "costs")
                for query in FILTERS:
                    compare_list(visit, host, "/models?" + query.replace(" ", "+"), "list")
                for query in SEARCHES:
                    compare_list(visit, host, "/search?" + urllib.parse.urlencode({"q": query}), "found")
                first = next(place for place, (a, b) in enumerate(pairs) if a[9] and b[9])
                walk(visit, paths[first])
                pick(visit, paths[first], [row[0] for row in pairs[first]])
                browser.close()
            files.shutdown()
        finally:
            process.terminate()
            check(process.wait(20) == 0, "the server ends with 0")
    print(f"{options.pairs} pairs at {len(TRAFFIC)} months of traffic, {compared} answers compared, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
