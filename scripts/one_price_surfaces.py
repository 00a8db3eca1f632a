"""How check_one_price.py asks the other surfaces for prices: a server, its tools, a static site, logs, files of other tools."""
import csv
import datetime
import functools
import http.client
import http.server
import json
import os
import sqlite3
import threading
import urllib.parse
from fractions import Fraction

import one_price_lists as lists
import one_price_oracle as oracle
import serving
from one_price_commands import (amount, cells, check_comparison, check_shortlist, commands, failed, guarded, query, section, shown_right,
                                words)

# A server, its lists and its data, and the protocol for programs -----------------------------------------------------


class Host:
    """`LLMREF serve` over all facts files, asked on kept connections."""

    def __init__(self, program, cases, day):
        arguments = [word for case in cases for word in ("--facts", case.path)]
        self.server = serving.Server(program.path, "--catalogue", "none", *arguments, "--as-of", day)
        self.local = threading.local()

    def ask(self, path, body=None):
        for attempt in (0, 1):
            try:
                if not hasattr(self.local, "connection"):
                    self.local.connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=60)
                headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
                self.local.connection.request("POST" if body else "GET", path, body and json.dumps(body), headers if body else {})
                answer = self.local.connection.getresponse()
                return answer.status, answer.read().decode()
            except (http.client.HTTPException, OSError):
                del self.local.connection
                if attempt:
                    raise

    def json(self, path, body=None):
        status, text = self.ask(path, body)
        return (json.loads(text), None) if status == 200 else (None, f"status {status}: {text[:300]}")


def server(program, cases, tally, pool, short, day="2026-11-10"):
    cases = [case.on(day) for case in cases]
    host = Host(program, cases, day)
    with host.server:
        for surface, path in (("server, list of models", "/api/v1/models"), ("server, data of models", "/data/models.json")):
            check_list(surface, host, path, cases, tally)
        jobs = []
        for case in cases:
            for traffic in case.traffic[:1] if short else case.traffic:
                jobs += [(ask_costs, host, case, None, traffic, None, tally), (ask_shortlist, host, case, None, traffic, None, tally)]
                for pair in case.pairs:
                    jobs += [(ask_compare, host, case, pair, traffic, None, tally), (ask_model, host, case, pair, traffic, None, tally)]
        list(pool.map(lambda job: guarded(*job), jobs))


def check_list(surface, host, path, cases, tally):
    """The cost of every model at the usual traffic."""
    said = {}
    page, pages = 1, 1
    while page <= pages:
        answer, problem = host.json(f"{path}?page={page}" if "api" in path else path)
        if problem:
            tally.check(surface, "an answer", problem, path, cases[0])
            return
        pages = answer.get("pages", 1)
        for row in answer["models"]:
            said[row["id"] if isinstance(row, dict) else row[0]] = row["monthly_cost_usd"] if isinstance(row, dict) else row[9] or "unknown"
        page += 1
    usual = {"chat": oracle.Traffic(), "embedding": oracle.Traffic(output=0)}
    for case in cases:
        for model in case.models:
            if model.kind not in usual:
                tally.cannot(surface, "the rules do not say what is usual for the type")
                continue
            tally.check(surface, words(model.cost(case.day, usual[model.kind])), said.get(model.id), f"{path}: {model.id}", case)


def asked(path, **values):
    return path + "?" + urllib.parse.urlencode(values)


def ask_compare(host, case, pair, traffic, _, tally):
    path = asked("/api/v1/compare", models=",".join(model.id for model in pair), **query(traffic))
    page, problem = host.json(path)
    if not failed("server, compare", problem, [path], case, tally):
        check_comparison("server, compare", page, case, pair, traffic, path, tally)


def ask_model(host, case, pair, traffic, _, tally):
    model = pair[1]
    path = asked(f"/api/v1/models/{model.id}", **query(traffic))
    page, problem = host.json(path)
    if not failed("server, model", problem, [path], case, tally):
        tally.check("server, model", words(model.cost(case.day, traffic[0])), page["conclusions"]["monthly_cost_usd"], path, case)


def ask_costs(host, case, _, traffic, __, tally):
    path = asked("/api/v1/cost", models=",".join(model.id for model in case.models), **query(traffic))
    page, problem = host.json(path)
    if failed("server, cost", problem, [path], case, tally):
        return
    check_costs("server, cost", page, case, traffic, path, tally)


def check_costs(surface, page, case, traffic, what, tally):
    said = page["conclusions"]["monthly_cost_usd"]
    for model in case.models:
        tally.check(surface, words(model.cost(case.day, traffic[0])), said.get(model.id), f"{what}: {model.id}", case)
    rows = [row for block in section(page, "costs")["blocks"] if block["kind"] == "table" for row in block["rows"]]
    for row in rows:
        cell = next(cells(row["cells"][0]))
        tally.check(surface + ", rows", said.get(row["note"]), cell.get("value", "unknown"), f"{what}: {row['note']}", case)
        if "value" in cell:
            tally.check(surface + ", as shown", True, shown_right(cell), f"{what}: {cell['display']} of {cell['value']}", case)


def ask_shortlist(host, case, _, traffic, __, tally):
    path = asked("/api/v1/shortlist", unknown="ask", lab="acme", **query(traffic))
    page, problem = host.json(path)
    if failed("server, shortlist", problem, [path], case, tally):
        return
    if page["conclusions"].get("ranked_count", 0) > len(page["conclusions"].get("ranked", [])):
        tally.cannot("server, shortlist", "the list is cut")
        listed = {row["model"] for row in page["conclusions"]["ranked"]}
        check_shortlist("server, shortlist", page, case, traffic, path, tally, [model for model in case.models if model.id in listed and len(model.routes) == 1])
        return
    check_shortlist("server, shortlist", page, case, traffic, path, tally, case.models)


def mcp(program, cases, tally, pool, short, day="2026-11-10"):
    cases = [case.on(day) for case in cases]
    host = Host(program, cases, day)

    def tool(name, arguments):
        answer, problem = host.json("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}})
        if problem or "result" not in answer or answer["result"].get("isError"):
            return None, problem or json.dumps(answer)[:300]
        return answer["result"]["structuredContent"], None

    def ask(case, traffic):
        month = query(traffic, "_tokens")
        page, problem = tool("monthly_cost", {"models": [model.id for model in case.models], **month})
        if not failed("mcp, monthly_cost", problem, [str(month)], case, tally):
            check_costs("mcp, monthly_cost", page, case, traffic, f"monthly_cost {month}", tally)
        for pair in case.pairs:
            page, problem = tool("compare_models", {"models": [model.id for model in pair], "detail": "full", **month})
            if not failed("mcp, compare_models", problem, [str(month)], case, tally):
                check_comparison("mcp, compare_models", page, case, pair, traffic, f"compare_models {[model.id for model in pair]} {month}", tally)
            page, problem = tool("get_model", {"id": pair[0].id, **month})
            if not failed("mcp, get_model", problem, [str(month)], case, tally):
                tally.check("mcp, get_model", words(pair[0].cost(case.day, traffic[0])), page["conclusions"]["monthly_cost_usd"], f"get_model {pair[0].id} {month}", case)

    with host.server:
        jobs = [(case, traffic) for case in cases for traffic in (case.traffic[:1] if short else case.traffic)]
        list(pool.map(lambda job: ask(*job), jobs))


# A static site in a browser ------------------------------------------------------------------------------------------


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def site(program, cases, tally, pool, short, day="2026-11-10"):
    from playwright.sync_api import sync_playwright
    cases = [case.on(day) for case in cases]
    folder, pairs = os.path.join(program.folder, "public"), os.path.join(program.folder, "pairs.txt")
    with open(pairs, "w", encoding="utf-8") as file:
        file.writelines(f"{pair[0].id} {pair[1].id}\n" for case in cases for pair in case.pairs)
    facts = [word for case in cases for word in ("--facts", case.path)]
    out, err = program.run("site", "build", folder, "--pairs", pairs, "--forms", "html", "--catalogue", "none", *facts, "--as-of", day)
    if out is None:
        tally.check("site", "a folder", err, "site build", cases[0])
        return
    files = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=files.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{files.server_address[1]}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        page = browser.new_page()
        for case in cases:
            if tally.different["site, compare"] > 5 and not tally.equal["site, compare"]:
                tally.cannot("site, compare", "the script answers nothing")
                break
            for traffic in case.traffic[:1] if short else case.traffic:
                visit_costs(page, origin, case, traffic, tally)
                visit_exactly(page, origin, folder, case, traffic, tally)
                for pair in case.pairs:
                    visit_pair(page, origin, case, pair, traffic, tally)
        browser.close()
    files.shutdown()


ROWS = """(table) => [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => {
  const copy = cell.cloneNode(true);
  for (const part of copy.querySelectorAll("details, .cite, .mark, small")) part.remove();
  return copy.textContent.replace(/\\s+/g, " ").trim();
}))"""


def opened(page, address, surface, case, tally):
    """The page once its script has answered; None where it says what is wrong instead."""
    page.goto(address)
    try:
        page.wait_for_function("document.querySelector('[role=status]').textContent !== ''", timeout=5_000)
    except Exception as problem:  # the class is the library's own and not loaded without it
        tally.check(surface, "an answer", str(problem)[:200], address, case)
        return False
    problems = [one.inner_text() for one in page.locator(".problem").all()]
    if problems:
        tally.check(surface, "an answer", problems, address, case)
    return not problems


def check_shown(surface, expected, shown, what, case, tally):
    """An amount as a page shows it: the exact one, rounded half up at the decimals shown."""
    if expected is None or not shown.replace("about ", "").startswith("$"):
        tally.check(surface, words(expected), shown, what, case)
        return
    number, places = amount(shown)
    tally.check(surface, oracle.text(oracle.rounded(expected, places)), oracle.text(number), f"{what}: {shown}", case)


# The script's own functions, so that its amounts are compared to the last digit and not as a page shows them.
EXACT = """async ([script, cards, query]) => {
  window.engine ??= (async () => {
    const text = (await (await fetch(script)).text()).replaceAll('from "/', `from "${location.origin}/`);
    const whole = text + "\\nexport { readTraffic as $read, monthFor as $month, estimate as $estimate };";
    return import(URL.createObjectURL(new Blob([whole], { type: "text/javascript" })));
  })();
  const { $read, $month, $estimate } = await window.engine;
  const problems = {};
  const said = $read(new URLSearchParams(query), problems);
  if (!said) return [JSON.stringify(problems)];
  const costs = [];
  for (const path of cards) {
    const card = await (await fetch(path)).json();
    const { cheapest } = $estimate(card, $month(card, said));
    costs.push(cheapest ? cheapest.cost.toString() : "unknown");
  }
  return costs;
}"""


def visit_exactly(page, origin, folder, case, traffic, tally):
    """What the script works out, in whole 10⁻¹⁸ dollars."""
    script = next((name for name in sorted(os.listdir(os.path.join(folder, "assets"))) if name.startswith("costs-")), None)
    text = urllib.parse.urlencode(query(traffic))
    try:
        got = page.evaluate(EXACT, [f"/assets/{script}", [f"/data/prices/{model.id}.json" for model in case.models], text])
    except Exception as problem:  # the class is the library's own
        tally.check("site, script", "amounts", str(problem)[:300], text, case)
        return
    if len(got) != len(case.models):
        tally.check("site, script", "amounts", got, text, case)
        return
    for model, cost in zip(case.models, got):
        expected = model.cost(case.day, traffic[0])
        tally.check("site, script", words(expected), cost if cost == "unknown" else oracle.text(Fraction(int(cost), 10 ** 18)), f"{model.id}: {text}", case)


def visit_pair(page, origin, case, pair, traffic, tally):
    # The address that the export made: in the order of the site.
    for first, second in (pair, pair[::-1]):
        address = f"{origin}/compare/{first.id}/{second.id}/?{urllib.parse.urlencode(query(traffic))}"
        answer = page.request.get(address)
        if answer.status == 200 and 'id="monthly-cost"' in answer.text():  # the other order leads here
            break
    else:
        tally.check("site, compare", 200, answer.status, address, case)
        return
    if not opened(page, address, "site, compare", case, tally):
        return
    head = [text.strip() for text in page.locator("#monthly-cost table").first.locator("thead th").all_inner_texts()][1:]
    rows = {row[0]: row[1:] for row in page.locator("#monthly-cost table").first.evaluate(ROWS)}
    for model in pair:
        place = next(place for place, text in enumerate(head) if text.lower().startswith(model.name.lower()))
        check_shown("site, compare", model.cost(case.day, traffic[0]), rows["Monthly cost"][place], f"{address}: {model.id}", case, tally)


def visit_costs(page, origin, case, traffic, tally):
    values = {"models": ",".join(model.id for model in case.models), **query(traffic)}
    address = f"{origin}/cost/?{urllib.parse.urlencode(values)}"
    if not opened(page, address, "site, cost", case, tally):
        return
    said = {row[0].lower(): row[1] for row in page.locator("#costs table").first.evaluate(ROWS)}
    for model in case.models:
        check_shown("site, cost", model.cost(case.day, traffic[0]), said.get(model.name.lower(), "not listed"), f"{address}: {model.id}", case, tally)


# Logs ----------------------------------------------------------------------------------------------------------------

COUNTS = ["input", "cache_read", "output", "requests", "cache_write", "cache_write_1h", "reasoning", "input_audio", "web_searches"]
COLUMNS = ["time", "provider", "model", "mode", "key", *COUNTS]
# Canonical rows count units under names of their own.
ROW_UNITS = {"requests": "request", "input_audio": "audio_input", "web_searches": "web_search", "images": "image", "rerank_searches": "rerank_search",
             "audio_seconds": "audio_second", "input_audio_seconds": "audio_input_second", "input_characters": "input_character",
             "document_pages": "document_page", "video_seconds": "video_second"}


def rows_of(case):
    """A request and a whole month at instants on both sides of hours, each with a key, and what it must cost."""
    keys = {unit: key for key, unit in ROW_UNITS.items()}
    rows = []
    for number, model in enumerate(case.models):
        for place, route in enumerate(model.routes):
            for month, *_ in case.traffic:
                one = {"input": -(-month.input // month.requests), "output": -(-month.output // month.requests), "requests": 1}
                one["cache_read"] = min(one["input"], month.cached // month.requests)
                many = {"input": month.input, "output": month.output, "cache_read": month.cached, "requests": month.requests}
                one |= {keys[unit]: -(-pieces // month.requests) for unit, pieces in month.usage}
                many |= {keys[unit]: pieces for unit, pieces in month.usage}
                for counts in (one, many):
                    for moment in lists.instants(case.day)[number % 2::2]:
                        if case.kind == "chat":
                            counts = {**counts, **parts_of(counts, len(rows))}
                        mode = "batch" if (number + moment.minute) % 3 == 0 else "standard"
                        usage = {ROW_UNITS.get(key, key): count for key, count in counts.items() if count}
                        expected = oracle.at_instant(model.lines(place, case.day), usage, moment, counts["requests"], mode)
                        row = {"time": moment.isoformat() + "Z", "provider": route["provider"].lower(), "model": route["id"], "mode": mode,
                               "id": f"{case.number}-{len(rows)}", "key": f"{case.number}-{len(rows)}", **counts}
                        rows.append((row, expected))
    return rows


def parts_of(counts, number):
    """Some rows write to caches, hear sound, think or search."""
    fresh = counts["input"] - counts["cache_read"]
    written = fresh // 4 if number % 3 == 0 else 0
    return {"cache_write": written, "cache_write_1h": written // 2 if number % 2 else 0, "input_audio": fresh // 5 if number % 5 == 0 else 0,
            "reasoning": counts["output"] // 3 if number % 4 == 0 else 0, "web_searches": number % 3 if number % 7 == 0 else 0}


def reprice(program, cases, tally, pool, short):
    def ask(case):
        # A log has no rows of days to come.
        case = case.on(min(case.day, (datetime.date.today() - datetime.timedelta(days=2)).isoformat()))
        rows = rows_of(case)
        stem = os.path.join(program.folder, f"log-{case.number}")
        with open(stem + ".jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row, _ in rows)
        with open(stem + ".csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(sorted({(row["provider"], row["model"]) for row, _ in rows}))
        base = ["reprice", stem + ".jsonl", "--catalogue", "none", "--facts", case.path, "--as-of", case.day, "--by", "key"]
        report, err = program.json(*base, "--json", codes=(0, 1))
        if failed("reprice", None if report else err, base, case, tally):
            return
        said = {row["key"]: row.get("cost_usd") if row["state"] == "known" else "unknown" for row in report["tables"][0]["rows"]}
        for row, expected in rows:
            tally.check(f"reprice, {'a request' if row['requests'] == 1 else 'a month in a row'}", "unknown" if expected.exact is None else oracle.text(expected.exact, 24),
                        said.get(row["key"]), f"{' '.join(base)}: {json.dumps(row)}", case)
        if case.kind != "chat":
            tally.cannot("reprice, SQL, a request", "the statement has no columns for pieces other than tokens, calls and searches")
            return
        script, err = program.run(*base, "--engine", "duckdb", "--print-sql", "--routes", stem + ".csv", "--columns", ",".join(COLUMNS))
        if failed("reprice, SQL", None if script else err, base, case, tally):
            return
        answers = in_duckdb(script)
        for row, expected in rows:
            got = answers.get(row["key"])
            tally.check(f"reprice, SQL, {'a request' if row['requests'] == 1 else 'a month in a row'}",
                        "unknown" if expected.exact is None else oracle.text(expected.exact),
                        "unknown" if got is None else oracle.text(Fraction(got)), f"{' '.join(base)} --engine duckdb: {json.dumps(row)}", case)

    list(pool.map(ask, cases))


def in_duckdb(script):
    import duckdb
    cursor = duckdb.connect().execute(script)
    names = [column[0] for column in cursor.description]
    return {row["key"]: row["cost_usd"] for row in (dict(zip(names, values)) for values in cursor.fetchall())}


# Files of other tools ------------------------------------------------------------------------------------------------


def exports(program, cases, tally, pool, short):
    def ask(case):
        path = os.path.join(program.folder, f"routes-{case.number}.sqlite")
        base = ["--catalogue", "none", "--facts", case.path, "--as-of", case.day]
        out, err = program.run("export", "sqlite", "--output", path, *base)
        if failed("exports, sqlite", None if out is not None else err, ["export", "sqlite", *base], case, tally):
            return
        connection = sqlite3.connect(path)
        cursor = connection.execute("SELECT * FROM prices")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row)) for row in cursor]
        connection.close()
        # A line of a list stands once under everything that it depends on.
        said = {(row["api_id"], row["provider"], row["unit"], row["mode"], row["above_tokens"], row["tier_semantics"], row["tier_counting"],
                       hours_key(row["hours"]), row.get("condition"), row["usd"]) for row in rows}
        expected = set()
        for model in case.models:
            for place, route in enumerate(model.routes):
                for line in model.lines(place, case.day):
                    tier = (line.above, "marginal" if line.marginal else "cliff", "prompt_and_answer" if line.counts_answer else "prompt")
                    expected.add((route["id"], route["provider"].lower(), line.unit, line.mode, *(tier if line.above is not None else (None, None, None)),
                                     hours_key(line.hours_text), line.when, oracle.text(line.price)))
        key = lambda row: tuple("" if value is None else str(value) for value in row)  # noqa: E731
        missing = sorted(expected - said, key=key)
        more = sorted(said - expected, key=key)
        tally.check("exports, sqlite", ([], []), (missing[:2], more[:2]), "export sqlite: lines missing, lines too many", case)
        check_flat(program, case, base, tally)

    list(pool.map(ask, cases))


def hours_key(text):
    return None if text is None else str(oracle.Hours.parse(text))


def check_flat(program, case, base, tally):
    """Forms with one price a unit hold the standard price below every tier, for all hours, on no condition."""
    out, err = program.run("export", "csv", *base)
    if failed("exports, csv", None if out is not None else err, ["export", "csv", *base], case, tally):
        return
    said = {(row["provider"], row["api_id"]): row for row in csv.DictReader(out.splitlines())}
    other, err = program.json("export", "models-dev", *base)
    for model in case.models:
        for place, route in enumerate(model.routes):
            lines = model.lines(place, case.day)
            for unit in ("input", "output"):
                plain = [line for line in lines if line.unit == unit and line.mode == "standard" and line.above is None and not line.hours and not line.when]
                expected = oracle.text(plain[0].price) if plain else ""
                row = said.get((route["provider"].lower(), route["id"]), {})
                tally.check("exports, csv", expected, row.get(f"{unit}_usd_per_mtok"), f"export csv: {model.id} at {route['provider']}, {unit}", case)
                entry = (other or {}).get(route["provider"].lower(), {}).get("models", {}).get(route["id"], {})
                if plain and "cost" in entry and unit in entry["cost"]:
                    tally.check("exports, models-dev", expected, oracle.text(Fraction(str(entry["cost"][unit]))), f"export models-dev: {model.id}, {unit}", case)
                elif plain:
                    tally.cannot("exports, models-dev", "the form leaves the price out")


ALL = {"commands": commands, "server": server, "mcp": mcp, "site": site, "reprice": reprice, "exports": exports}
