"""How check_one_price.py asks each surface of the program for a price, and what the surface must say."""
import csv
import dataclasses
import datetime
import functools
import http.client
import http.server
import json
import os
import re
import sqlite3
import subprocess
import threading
import urllib.parse
from fractions import Fraction

import one_price_lists as lists
import one_price_oracle as oracle
import serving

WHOLE = 10_000  # hundredths of a percent


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = path, folder

    def run(self, *arguments, codes=(0,)):
        done = subprocess.run([self.path, *arguments], capture_output=True, text=True)
        if done.returncode not in codes:
            return None, f"exit code {done.returncode}: {done.stderr.strip()[-300:]}"
        return done.stdout, done.stderr.strip()

    def json(self, *arguments, codes=(0,)):
        out, err = self.run(*arguments, codes=codes)
        return (json.loads(out), err) if out is not None else (None, err)


MEASURES = {"image": ("images", 1), "rerank_search": ("searches", 1), "audio_second": ("audio_minutes", 60), "input_character": ("characters", 1),
            "document_page": ("pages", 1), "video_second": ("video_seconds", 1)}


def options(traffic):
    """The traffic as options of a command."""
    return [word for key, value in query(traffic, "_tokens").items() for word in ("--" + key.replace("_", "-"), value)]


def percent(hundredths):
    return oracle.text(Fraction(hundredths, 100)) + "%"


def query(traffic, tokens=""):
    """The traffic as a query; commands and the tools of MCP say input_tokens."""
    month, cached, batch, hours = traffic
    made = {"requests": str(month.requests)}
    if month.input or not month.usage:
        made["input" + tokens] = str(month.input)
    if month.output or not month.usage:
        made["output" + tokens] = str(month.output)
    for unit, pieces in month.usage:
        if unit in MEASURES:
            key, each = MEASURES[unit]
            made[key] = str(pieces // each)
    if cached:
        made["cached"] = percent(cached)
    if batch:
        made["batch"] = percent(batch)
    if hours != "spread":
        made["hours"] = hours
    return made


def words(cost):
    return "unknown" if cost is None else oracle.text(cost)


# What a page says ---------------------------------------------------------------------------------------------------


def flat(runs):
    return "".join(run["text"] if "text" in run else run["cell"]["display"] for run in runs)


def cells(value):
    if isinstance(value, dict):
        for key, member in value.items():
            if key == "cell":
                yield member
            else:
                yield from cells(member)
    elif isinstance(value, list):
        for member in value:
            yield from cells(member)


def section(document, name):
    return next((one for one in document["sections"] if one["id"] == name), {"blocks": []})


def amount(display):
    """The number of `$1,040.50` and how many decimals it has."""
    digits = display.removeprefix("about ").removeprefix("$").replace(",", "")
    return Fraction(digits), len(digits.partition(".")[2])


def shown_right(cell):
    """Whether the display of a cost is its exact value, rounded half up at the decimals shown."""
    number, places = amount(cell["display"])
    return oracle.rounded(Fraction(cell["value"]), places) == number


def leader(costs):
    if None in costs:
        return None
    least = min(costs)
    return costs.index(least) if costs.count(least) == 1 else None


def flips_hold(flips, costs_at, last, samples, unit):
    """What is wrong with a row of changes of the cheapest side, each from one place on; nothing where all is right.

    flips: pairs of a place, and who is cheapest below and from there on; costs_at: the costs of all sides at a place.
    """
    found = lambda place: leader(costs_at(place))  # noqa: E731
    for place, below, above in flips:
        if found(place) != above:
            return f"at {place} {unit} side {above} is not the cheapest alone: {[words(cost) for cost in costs_at(place)]}"
        if place < 1 or found(place - 1) == above:
            return f"at {place - 1} {unit} side {above} is the cheapest already: {[words(cost) for cost in costs_at(place - 1)]}"
    led = {flips[0][1]} if flips else set()
    for place in sorted({*samples, 0, last}):
        passed = [above for start, _, above in flips if start <= place]
        now = found(place)
        if now is None:
            continue
        if not flips:
            led.add(now)
            if len(led) > 1:
                return f"no change is stated, and one is at or before {place} {unit}: {[words(cost) for cost in costs_at(place)]}"
        elif now != (passed[-1] if passed else flips[0][1]):
            return f"at {place} {unit} side {now} is the cheapest: {[words(cost) for cost in costs_at(place)]}"
    return None


def sides_at(pair, case, change):
    """The costs of the sides of a pair at a changed traffic, as exact fractions."""
    @functools.lru_cache(maxsize=None)
    def costs(place):
        result = []
        for model, routes in pair:
            known = [model.route_cost(route, case.day, change(place)).exact for route in routes]
            known = [cost for cost in known if cost is not None]
            result.append(min(known) if known else None)
        return result
    return costs


# Commands -----------------------------------------------------------------------------------------------------------


def commands(program, cases, tally, pool, short):
    jobs = []
    for case in cases:
        base = ["--catalogue", "none", "--facts", case.path, "--as-of", case.day]
        for traffic in case.traffic[:1] if short else case.traffic:
            jobs.append((shortlist, program, case, None, traffic, base, tally))
            for pair in case.pairs:
                for ask in (compare, model_page, cost, switch, decide):
                    jobs.append((ask, program, case, pair, traffic, base, tally))
        for pair in case.pairs if case.kind == "chat" else []:
            jobs.append((requests_alone, program, case, pair, None, base, tally))
    list(pool.map(lambda job: guarded(*job), jobs))


def guarded(ask, program, case, pair, traffic, base, tally):
    try:
        ask(program, case, pair, traffic, base, tally)
    except (KeyError, IndexError, ValueError, TypeError) as problem:
        tally.check(ask.__name__.replace("_", " "), "an answer", f"{type(problem).__name__} {problem}", f"{[one.id for one in pair or []]}", case)


def failed(surface, err, command, case, tally):
    if err:
        tally.check(surface, "an answer", err[:400], " ".join(command), case)
    return bool(err)


def compare(program, case, pair, traffic, base, tally):
    command = ["compare", *(model.id for model in pair), *options(traffic), *base, "--json"]
    page, err = program.json(*command)
    if failed("compare", err, command, case, tally):
        return
    check_comparison("compare", page, case, pair, traffic, " ".join(command), tally)


def check_comparison(surface, page, case, pair, traffic, what, tally):
    costs = [model.cost(case.day, traffic[0]) for model in pair]
    said = page["conclusions"]
    for model, expected in zip(pair, costs):
        tally.check(surface, words(expected), said["monthly_cost_usd"][model.id], what, case)
    order = [next(model for model in pair if model.id == one["id"]) for one in said["models"]]
    costs = [model.cost(case.day, traffic[0]) for model in order]
    tally.check(surface + ", difference", "unknown" if None in costs else oracle.text(max(costs) - min(costs)), said["cost_delta"], what, case)
    now = leader(costs)
    tally.check(surface + ", cheaper", "unknown" if None in costs else "tie" if now is None else order[now].id, said["cheaper"], what, case)
    if "sections" not in page:
        return
    month = section(page, "monthly-cost")
    for block in month["blocks"]:
        if block["kind"] == "table" and any(row["label"] == "Monthly cost" for row in block["rows"]):
            row = next(row for row in block["rows"] if row["label"] == "Monthly cost")
            got = [next(cells(cell)).get("value", "unknown") for cell in row["cells"]]
            tally.check(surface + ", row", list(map(words, costs)), got, what, case)
    if None in costs:
        tally.cannot(surface + ", sensitivity", "a cost is unknown")
        return
    check_sentences(surface, page, order, costs, what, case, tally)
    check_chart(surface, month, order, traffic[0], what, case, tally)
    check_lines(surface, month, order, costs, traffic[0], what, case, tally)


def check_sentences(surface, page, order, costs, what, case, tally):
    """Every amount in dollars outside the lists of prices is one of the costs, or what lies between them, rounded as it is shown."""
    low, high = min(costs), max(costs)
    possible = {oracle.text(cost) for cost in (*costs, high - low)}
    for name in ("introduction", "scorecard", "tradeoffs", "monthly-cost", "switch-friction", "deep-dive", "faq"):
        for block in section(page, name)["blocks"]:
            if block["kind"] == "chart":
                continue
            for cell in cells(block):
                if cell["state"] != "derived" or not re.fullmatch(r"(about )?\$[\d,.]+", cell["display"]):
                    continue
                if name == "monthly-cost" and cell.get("value") not in possible:
                    continue  # the fallback and the dearest route have costs of their own
                tally.check(surface + ", sentences", True, cell["value"] in possible and shown_right(cell), f"{what}: {name}: {cell['display']} of {cell.get('value')}, costs {sorted(possible)}", case)
    for block in section(page, "monthly-cost")["blocks"]:
        text = flat(block["runs"]) if block["kind"] == "paragraph" else ""
        found = re.search(r"\(([\d.,]+)% cheaper\)", text)
        if found and high:
            tally.check(surface + ", percent", oracle.text(oracle.rounded((high - low) / high * 100, 1)), found[1].replace(",", ""), what, case)


def check_chart(surface, month, order, traffic, what, case, tally):
    chart = next((block for block in month["blocks"] if block["kind"] == "chart"), None)
    if chart is None:
        tally.cannot(surface + ", chart", "no chart is drawn")
        return
    whole = traffic.input + traffic.output
    breaks = [int(cell["value"]) for block in month["blocks"] if block["kind"] == "paragraph" and flat(block["runs"]).startswith("Break-even")
              for cell in cells(block) if cell.get("value", "").isdigit()]
    outputs = sorted([(whole * share // 100, place) for place, share in enumerate((0, 25, 50, 75, 100))] + [(traffic.output, 5)]
                     + [(output, 6 + place) for place, output in enumerate(breaks)])
    if len(outputs) != len(chart["rows"]):
        tally.check(surface + ", chart", len(outputs), len(chart["rows"]), what + ": rows of the chart", case)
        return
    for (output, place), row in zip(outputs, chart["rows"]):
        mixed = traffic if place == 5 else traffic.with_output(output)
        got = [next(cells(cell)).get("value", "unknown") for cell in row["cells"]]
        tally.check(surface + ", chart", [words(model.cost(case.day, mixed)) for model in order], got, f"{what}: chart at {row['label']}", case)


FLIPS = re.compile(r"^(?:Input from cache: |Batches: |Break-even: )?(.+?) is the cheapest below ")


def check_lines(surface, month, order, costs, traffic, what, case, tally):
    """The lines that say what would make another model the cheapest."""
    names = {model.name: place for place, model in enumerate(order)}
    pair = [(model, range(len(model.routes))) for model in order]
    texts = []
    for block in month["blocks"]:
        texts += [(flat(item), item) for item in block.get("items", [])] if block["kind"] == "list" else []
        texts += [(flat(block["runs"]), block["runs"])] if block["kind"] == "paragraph" else []
    levers = {"Input from cache": traffic.with_cached_share, "Batches": lambda share: dataclasses.replace(traffic, batch=share)}
    for text, runs in texts:
        lever = text.partition(":")[0]
        if lever in levers:
            if "no source prices them" in text:
                continue
            flips = stated(text, runs, names, lambda cell: int(Fraction(cell["display"].rstrip("%")) * 100))
            wrong = flips_hold(flips, sides_at(pair, case, levers[lever]), WHOLE, samples(flips, WHOLE), "hundredths of a percent")
            tally.check(f"{surface}, {lever.lower()}", None, wrong, f"{what}: {text}", case)
        elif lever == "Break-even" or text.startswith("No share of output"):
            whole = traffic.input + traffic.output
            flips = stated(text, runs, names, lambda cell: int(cell["value"]))
            wrong = flips_hold(flips, sides_at(pair, case, traffic.with_output), whole, samples(flips, whole), "output tokens")
            tally.check(f"{surface}, break-even", None, wrong, f"{what}: {text}", case)
        elif lever == "Price":
            found = re.search(r"rise by ([\d,.]+)%", text)
            low, high = min(costs), max(costs)
            if found and low:
                tally.check(surface + ", margin", oracle.text(oracle.rounded((high - low) / low * 100, 1)), found[1].replace(",", ""), f"{what}: {text}", case)


def stated(text, runs, names, place_of):
    """Who is cheapest below and from each place on, as a line says it."""
    found = FLIPS.search(text)
    if not found:
        return []
    places = [place_of(cell) for cell in cells(runs) if cell["display"].endswith("%")]
    above = [names[name] for name in re.findall(r"%(?: output)?, (.+?) from there", text)]
    below = [names[found[1]], *above]
    return list(zip(places, below, above))


def samples(flips, last):
    return {last * part // 12 for part in range(13)} | {place - 1 for place, _, _ in flips if place} | {place for place, _, _ in flips}


def model_page(program, case, pair, traffic, base, tally):
    model = pair[0]
    command = ["model", model.id, *options(traffic), *base, "--json"]
    page, err = program.json(*command)
    if failed("model", err, command, case, tally):
        return
    tally.check("model", words(model.cost(case.day, traffic[0])), page["conclusions"]["monthly_cost_usd"], " ".join(command), case)


def own_route(model):
    """The place of the lab's own route: Acme's."""
    return next((place for place, route in enumerate(model.routes) if route["provider"] == "Acme"), 0)


def cost(program, case, pair, traffic, base, tally):
    command = ["cost", "--model", pair[0].id, "--provider", "Acme", "--against", pair[1].id, *options(traffic), *base, "--json"]
    page, err = program.json(*command)
    if failed("cost", err, command, case, tally):
        return
    what = " ".join(command)
    expected = pair[0].route_cost(own_route(pair[0]), case.day, traffic[0])
    check_statement("cost, headline", page, expected, what, case, tally)
    contest = page["contest"]
    sides = [(model, [own_route(model)]) for model in pair]
    both = [model.route_cost(routes[0], case.day, traffic[0]).exact for model, routes in sides]
    got = [route.get("cost_usd", "unknown") for route in contest["routes"]]
    tally.check("cost, against", [words(one) for one in both], got, what, case)
    if None in both:
        tally.cannot("cost, sensitivity", "a cost is unknown")
        return
    if "routes" in contest and "cached_share" not in contest and "batch_share" not in contest:
        tally.check("cost, sensitivity", "flips", "none", what, case)
        return
    shares = {"cached_share": traffic[0].with_cached_share, "batch_share": lambda share: dataclasses.replace(traffic[0], batch=share)}
    for key, change in shares.items():
        if key not in contest:
            tally.cannot(f"cost, {key.replace('_', ' ')}", "not stated")
            continue
        flips = [(int(Fraction(one["percent"]) * 100), int(one["below"]), int(one["above"])) for one in contest[key]]
        wrong = flips_hold(flips, sides_at(sides, case, change), WHOLE, samples(flips, WHOLE), "hundredths of a percent")
        tally.check(f"cost, {key.replace('_', ' ')}", None, wrong, f"{what}: {contest[key]}", case)
    whole = traffic[0].input + traffic[0].output
    if "output_share" not in contest:
        tally.cannot("cost, break-even", "not stated")
        return
    flips = [(int(one["output_tokens"]), int(one["below"]), int(one["above"])) for one in contest["output_share"]]
    wrong = flips_hold(flips, sides_at(sides, case, traffic[0].with_output), whole, samples(flips, whole), "output tokens")
    tally.check("cost, break-even", None, wrong, f"{what}: {contest['output_share']}", case)
    exact = [oracle.rounded(one) for one in both]
    if leader(exact) is not None:
        tally.check("cost, margin", oracle.text(max(exact) - min(exact)), contest.get("margin", {}).get("difference_usd"), what, case)


def check_statement(surface, page, expected, what, case, tally):
    """The total of a cost, what has no price, and whether the amounts of the lines add up to it."""
    if expected.exact is None:
        tally.check(surface, "unknown", page["state"], what, case)
        tally.check(surface + ", unknown units", sorted(expected.unknown), sorted({one["unit"] for one in page["unpriced"]}), what, case)
        return
    tally.check(surface, oracle.text(expected.exact), page.get("total_usd", page["state"]), what, case)
    amounts = [Fraction(line["amount_usd"]) for line in page["components"]]
    if "total_usd" in page:
        tally.check(surface + ", lines", page["total_usd"], oracle.text(sum(amounts, Fraction(0))), what + ": sum of the lines", case)


def requests_alone(program, case, pair, _, base, tally):
    """One request at instants on both sides of hours."""
    month = case.traffic[0][0]
    for place, model in enumerate(pair):
        lines = model.lines(own_route(model), case.day)
        for moment in lists.instants(case.day)[place::2]:
            for mode in ("standard", "batch"):
                usage = {"input": -(-month.input // month.requests), "output": -(-month.output // month.requests)}
                usage["cache_read"] = usage["input"] // 3
                expected = oracle.at_instant(lines, {**{unit: count for unit, count in usage.items() if count}, "request": 1}, moment, mode=mode)
                command = ["cost", "--model", model.id, "--provider", "Acme", "--usage", json.dumps(usage), "--at", moment.isoformat() + "Z", "--tier", mode,
                           "--catalogue", "none", "--facts", case.path, "--json"]
                page, err = program.json(*command)
                if failed("cost, one request", err, command, case, tally):
                    continue
                what = " ".join(command)
                if expected.exact is None:
                    tally.check("cost, one request", "unknown", page["state"], what, case)
                else:
                    tally.check("cost, one request", oracle.text(expected.exact, 24), page.get("total_usd", page["state"]), what, case)


def shortlist(program, case, pair, traffic, base, tally):
    command = ["shortlist", *options(traffic), *base, "--json", "--most", "1000"]
    page, err = program.json(*command)
    if failed("shortlist", err, command, case, tally):
        return
    check_shortlist("shortlist", page, case, traffic, " ".join(command), tally, case.models)


def check_shortlist(surface, page, case, traffic, what, tally, models):
    said = {}
    for row in page["conclusions"]["ranked"] + page["conclusions"]["to_ask"]:
        said[row["model"], row["provider"]] = row["monthly_cost_usd"]
    for model in models:
        for place, route in enumerate(model.routes):
            expected = words(model.route_cost(place, case.day, traffic[0]).exact)
            got = said.get((model.id, route["provider"].lower()))
            if got is None and expected == "unknown":
                tally.cannot(surface, "a route without a known cost is not listed")
            elif got is None and not any(line.unit in ("input", "output") and line.above is None and line.mode == "standard" and not line.hours and not line.when
                                         for line in model.lines(place, case.day)):
                tally.cannot(surface, "a route without a token price for all hours is not known to be metered")
            else:
                tally.check(surface, expected, got, f"{what}: {model.id} at {route['provider']}", case)


def switch(program, case, pair, traffic, base, tally):
    command = ["switch", pair[0].id, pair[1].id, "--from-provider", "Acme", "--to-provider", "Acme", *options(traffic), *base, "--json"]
    page, err = program.json(*command)
    if failed("switch", err, command, case, tally):
        return
    text = next(line["text"] for line in page["lines"] if line["topic"] == "cost")
    costs = [model.route_cost(own_route(model), case.day, traffic[0]).exact for model in pair]
    what = " ".join(command)
    if None in costs:
        tally.check("switch", True, "$" not in text, f"{what}: {text}", case)
        return
    before, after = map(oracle.rounded, costs)
    got = [number.replace(",", "").rstrip(".") for number in re.findall(r"\$([\d,.]+)", text)]
    expected = [oracle.text(after), oracle.text(before)] + ([oracle.text(abs(after - before))] if after != before else [])
    tally.check("switch", expected, got, f"{what}: {text}", case)


def decide(program, case, pair, traffic, base, tally):
    command = ["decide", *(model.id for model in pair), *options(traffic), *base, "--json"]
    page, err = program.json(*command)
    if failed("decide", err, command, case, tally):
        return
    what = " ".join(command)
    costs = [model.cost(case.day, traffic[0]) for model in pair]
    for model, expected in zip(pair, costs):
        said = next(one for one in page["conclusions"] if one["key"] == f"cost {model.id}")
        tally.check("decide", words(expected), said["outcome"].partition(" ")[0], what, case)
        shown = re.search(r"\$([\d,.]*\d)", said["statement"])
        if expected is not None and shown:
            number, places = amount(shown[1])
            tally.check("decide, sentence", True, oracle.rounded(expected, places) == number, f"{what}: {said['statement']}", case)
    cheaper = next(one for one in page["conclusions"] if one["key"] == "cheaper")["outcome"]
    now = leader(costs)
    tally.check("decide, cheaper", "unknown" if None in costs else "tie" if now is None else pair[now].id, cheaper, what, case)


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
        page.wait_for_function("document.querySelector('[role=status]').textContent !== ''", timeout=15_000)
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
