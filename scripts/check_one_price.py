"""Prove that every surface that prices the same traffic says the same number, to the last digit.

Draws price lists from a seed (one_price_lists.py; nothing of the embedded catalogue), writes them as facts files, asks each surface of
LLMREF for the same traffic and compares with an arithmetic of fractions written from the rules (one_price_oracle.py):

- commands: compare (costs, sentences, percentages, the chart's table, flips, break-even), model, cost (headline, --against, amounts that
  add up, one request at an instant), shortlist, switch, decide;
- a server: its API, its pages, its lists, its data files, MCP;
- a static site: its script, in Chromium;
- reprice: a request, and a row of all requests of a month, at instants on both sides of hours, by the scanner and by the SQL on DuckDB;
- exports: every price in force.

Every share at which the cheapest changes is priced with the arithmetic at that share and one hundredth of a percent (one token) below.
What a surface cannot express is counted with its reason. The two worked examples of the rules are always among the cases.

Needs duckdb from PyPI and Debian's chromium; installs the PyPI package playwright into an environment of its own.

Usage: check_one_price.py LLMREF [--lists 300] [--seed N] [--short] [--only SURFACE,...] [--keep DIR]
"""
import argparse
import collections
import copy
import json
import os
import random
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import one_price_commands  # noqa: E402
import one_price_lists as lists  # noqa: E402
import one_price_oracle as oracle  # noqa: E402
import one_price_surfaces as surfaces  # noqa: E402
import serving  # noqa: E402

DAY = "2026-11-10"


class Tally:
    """What was compared, by surface."""

    def __init__(self, keep):
        self.keep = keep
        self.equal, self.different, self.first = collections.Counter(), collections.Counter(), {}
        self.skipped = collections.Counter()
        self.worked = collections.defaultdict(list)

    def check(self, surface, expected, got, what, case):
        """One number, text or answer of a surface against what it must be."""
        if expected == got:
            self.equal[surface] += 1
        else:
            self.different[surface] += 1
            if surface not in self.first or len(self.first[surface]) < 3:
                self.first.setdefault(surface, []).append(f"{what}\n      facts {case.keep_in(self.keep)}\n      expected {expected}\n      got      {got}")
        cost = case.worked
        if cost and len(self.worked[surface]) < 4 and (expected == cost or isinstance(expected, list) and cost in expected):
            self.worked[surface].append(f"{cost}: {got if isinstance(got, str) else ', '.join(map(str, got))}")

    def cannot(self, surface, reason):
        self.skipped[surface, reason] += 1

    def report(self):
        names = sorted({*self.equal, *self.different, *(surface for surface, _ in self.skipped)})
        for surface in names:
            print(f"{surface}: {self.equal[surface] + self.different[surface]} numbers, {self.equal[surface]} equal, {self.different[surface]} different")
            for (other, reason), count in sorted(self.skipped.items()):
                if other == surface:
                    print(f"    not asked {count} times: {reason}")
            for words in self.first.get(surface, []):
                print(f"    FAILED {words}")
        return sum(self.different.values())


class Case:
    """A facts file with pairs of models, and the traffic at which each pair is priced."""

    def __init__(self, folder, number, models, day, traffic, worked=None, kind="chat"):
        self.number, self.models, self.day, self.traffic, self.worked, self.kind = number, models, day, traffic, worked, kind
        self.path = os.path.join(folder, f"facts-{number}.json")
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump({"reviewed": lists.REVIEWED, "models": [
                {"id": model.id, "name": model.name, **({"product_type": model.kind_words} if model.kind_words else {}), "routes": model.routes}
                for model in models]}, file, indent=1)

    def on(self, day):
        """The same as of another day."""
        other = copy.copy(self)
        other.day = day
        return other

    def keep_in(self, folder):
        kept = os.path.join(folder, os.path.basename(self.path))
        if os.path.abspath(kept) != os.path.abspath(self.path):
            os.makedirs(folder, exist_ok=True)
            shutil.copy(self.path, kept)
        return kept

    @property
    def pairs(self):
        return [self.models[place:place + 2] for place in range(0, len(self.models) - 1, 2)]


class Model:
    """A model of a facts file, and what the arithmetic says of it."""

    def __init__(self, id, routes, kind="chat", kind_words=None):
        self.id, self.kind, self.kind_words, self.routes = id, kind, kind_words, routes
        self.name = id.split("/")[1].capitalize()
        self._lines, self._costs = {}, {}

    def lines(self, place, day):
        if (place, day) not in self._lines:
            self._lines[place, day] = oracle.lines_of(self.routes[place], day)
        return self._lines[place, day]

    def route_cost(self, place, day, traffic):
        key = (place, day, traffic)
        if key not in self._costs:
            self._costs[key] = oracle.month(self.lines(place, day), traffic)
        return self._costs[key]

    def cost(self, day, traffic):
        """Of the cheapest route whose cost is known; None where none is."""
        known = [cost.exact for cost in (self.route_cost(place, day, traffic) for place in range(len(self.routes))) if cost.exact is not None]
        return min(map(oracle.rounded, known)) if known else None


def draw(pick, folder, wanted, models_a_file=10):
    """The worked examples, then files until so many price lists are drawn."""
    worked = []
    for number, (route, traffic, expected) in enumerate(oracle.worked_examples()):
        plain = {"prices": [{"unit": "input", "usd": "7.5"}, {"unit": "output", "usd": "7.5"}]}
        pair = [Model(f"acme/{word}", [{"provider": "Acme", "id": word, **one}]) for word, one in ((f"worked{'abc'[number]}", route), (f"plain{'abc'[number]}", plain))]
        case = Case(folder, f"worked-{number + 1}", pair, DAY, [(traffic, 0, 0, "spread")], worked=expected)
        assert oracle.text(pair[0].cost(DAY, traffic)) == expected
        worked.append(case)
    cases, drawn, number = [], 0, 0
    while drawn < wanted:
        models = []
        kind = pick.choice(list(lists.SHAPES)) if pick.random() < 0.3 else "chat"
        for _ in range(models_a_file):
            word = lists.name(number)
            number += 1
            routes = []
            for provider in ["Acme", *(["Bolt"] if pick.random() < 0.2 else [])]:
                routes.append({"provider": provider, "id": word, **lists.drawn_route(pick, kind)})
                drawn += 1
            models.append(Model(f"acme/{word}", routes, kind, lists.WORDS.get(kind)))
        traffic = []
        for _ in range(2):
            traffic.append(lists.with_assumptions(pick, lists.traffic(pick, [route for model in models for route in model.routes], kind)))
        cases.append(Case(folder, len(cases) + 1, models, pick.choice(lists.DAYS), traffic, kind=kind))
    return worked + cases, drawn


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref", type=os.path.abspath)
    parser.add_argument("--lists", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="fewer lists, one traffic a pair")
    parser.add_argument("--only", help="surfaces by their first word: commands, server, mcp, site, reprice, exports")
    parser.add_argument("--keep", default=os.path.join(tempfile.gettempdir(), "one-price-failures"))
    options = parser.parse_args()
    tally = Tally(options.keep)
    wanted = options.only.split(",") if options.only else list(surfaces.ALL)
    with tempfile.TemporaryDirectory() as folder:
        cases, drawn = draw(random.Random(options.seed), folder, 40 if options.short else options.lists)
        program = one_price_commands.Program(options.llmref, folder)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for name in wanted:
                surfaces.ALL[name](program, cases, tally, pool, options.short)
    different = tally.report()
    for surface, said in sorted(tally.worked.items()):
        if said:
            print(f"worked examples, {surface}: {'; '.join(dict.fromkeys(said))}")
    print(f"{drawn} price lists, {sum(tally.equal.values()) + different} numbers, {different} different")
    return 1 if different or not sum(tally.equal.values()) else 0


if __name__ == "__main__":
    serving.rerun_in(["playwright==1.65.2", "duckdb==2.0.1"])
    sys.exit(main())
