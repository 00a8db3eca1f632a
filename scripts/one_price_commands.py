"""How check_one_price.py asks the commands of the program for prices, and what a page with prices must say."""
import dataclasses
import functools
import json
from decimal import Decimal
import re
import subprocess
from fractions import Fraction

import one_price_lists as lists
import one_price_oracle as oracle

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
        return (json.loads(out, parse_float=Decimal), err) if out is not None else (None, err)


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


def shown_near(cell):
    """A difference is that of two costs as they are shown, so that the three add up: off by less than one of the last decimal."""
    number, places = amount(cell["display"])
    return cell["display"].startswith("about ") and abs(number - Fraction(cell["value"])) < Fraction(1, 10 ** places)


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
    places = sorted({*samples, 0, last})
    if any(None in costs_at(place) for place in places):
        return None  # what no route prices parts the changes before it from those behind
    for place in places:
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
                is_right = shown_right(cell) or cell["value"] == oracle.text(high - low) and shown_near(cell)
                tally.check(surface + ", sentences", True, cell["value"] in possible and is_right, f"{what}: {name}: {cell['display']} of {cell.get('value')}, costs {sorted(possible)}", case)
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
