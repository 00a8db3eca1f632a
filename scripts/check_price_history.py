"""Count what cannot be true of the price lists, from what the program itself prints.

  changes    a price that was A on 2026-07-15, B on 2026-08-20 and A again on 2026-11-20, where no claim states a day of B:
             an observation taken for a change. `gone between` is the same of a line that is missing on the middle day.
  spellings  a dated id and the undated id of the same model at one provider whose lines differ, where no source states both ids
  parts      a part dearer than the whole: a cache read above its input, reasoning above the output, a batch above the
             standard price, a longer prompt below a shorter one
  cheapest   routes for batches, flexible processing or fine-tuned models, and floating, plan and stealth ids, that a page
             names as cheapest: the first route of a model's month; `Through`, `Fallback` and `Cheapest output` of
             comparisons; the ranks of a shortlist

Each count must be 0. Prices come from `llmref export sqlite`, claims from `llmref explain`, pages from `llmref compare` and `llmref
model` over the most served models.

Usage: check_price_history.py LLMREF [--catalogue FILE] [--models 300] [--show 10]
"""
import argparse
import collections
import functools
import json
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from exported import Prices, Term, catalogue_day, resolved, run

DAYS = ("2026-07-15", "2026-08-20", "2026-11-20")
CLOUDS = {"amazon-bedrock", "azure", "azure-ai-foundry", "azure-cognitive-services", "google-vertex", "google-vertex-anthropic", "oci"}
# Which unit no part of it may cost more than.
WHOLES = {"cache_read": "input", "cache_read_audio": "audio_input", "cache_read_image": "image_input", "reasoning": "output"}
# Modes that a provider sells as cheaper than its standard one.
CHEAPER = ("batch", "flex", "off_peak", "balanced")
UNORDINARY = {"batch", "flex", "fine-tuned"}
DATE = re.compile(r"[-@](20\d{2}-?\d{2}-?\d{2}|\d{4})(?=$|[-:@])")


def usd(price):
    return "none" if price is None else format(price.usd.normalize(), "f")


class Check:
    def __init__(self, options):
        self.options = options
        self.counts, self.found, self.explained = collections.Counter(), collections.defaultdict(list), {}
        self.today = Prices(options.llmref, catalogue_day(options.llmref, options.catalogue), options.catalogue)
        self.by_model = collections.defaultdict(list)
        for key, row in self.today.routes.items():
            self.by_model[row["model"]].append(key)
        routes = [(api, provider) for provider, api in self.today.routes]
        self.told = {(provider, api): answer["route"] for (api, provider), answer in resolved(options.llmref, routes, self.today.day, options.catalogue).items()}

    def count(self, what, words):
        self.counts[what] += 1
        self.found[what].append(words)

    def ask(self, *arguments):
        return json.loads(run(self.options.llmref, *arguments, "--json", catalogue=self.options.catalogue))

    # Changes ---------------------------------------------------------------------------------------------------------

    def claims(self, key, row, unit, day, line=None):
        """The claims on the lines of a unit of a route, or on one of them."""
        question = (row["model"], unit, day)
        if question not in self.explained:
            self.explained[question] = self.ask("explain", row["model"], "price." + unit, "--as-of", day)
        route = f"{row['provider_name']} · {key[1]}, "
        return [claim for value in self.explained[question]["conclusions"]["values"] if (value["place"] == route + line if line else value["place"].startswith(route))
                for claim in value.get("claims", [])]

    def is_stated(self, key, row, unit, day):
        """Whether a claim on a price of a route states a day between the first and the last of the three."""
        self.claims(key, row, unit, day)
        tables = [block for section in self.explained[row["model"], unit, day]["sections"] for block in section["blocks"]
                  if block.get("caption", "").startswith(f"{row['provider_name']} · {key[1]}, ")]
        citations = [citation for table in tables for line in table["rows"] for items in line["cells"] for item in items
                     for citation in item.get("cell", {}).get("citations", [])]
        return any(DAYS[0] < citation.get(edge, "") <= DAYS[2] for citation in citations for edge in ("valid_from", "valid_until"))

    def is_of_one_record(self, key, part, whole):
        """Whether one record states both prices: then it is the provider's list that is so, and nothing that was put together."""
        row, stating = self.today.routes[key], []
        for unit, price in (part, whole):
            stating.append({claim["record"] for claim in self.claims(key, row, unit, self.today.day)
                            if re.fullmatch(r"[0-9.]+", claim["value"]) and Decimal(claim["value"]) == price.usd})
        return bool(stating[0] & stating[1])

    def changes(self):
        for what in ("changes A→B→A", "changes A→B→A of the labs and clouds", "lines gone between"):
            self.counts[what] += 0
        lists = [Prices(self.options.llmref, day, self.options.catalogue) for day in DAYS]
        both = [key for key in lists[0].routes if all(key in prices.routes for prices in lists[1:])]
        self.counts["(routes on all three days)"] = len(both)
        for key in both:
            first, middle, last = (prices.prices[key] for prices in lists)
            row = lists[1].routes[key]
            for term in first:
                if term not in last or first[term].usd != last[term].usd or term in middle and middle[term].usd == first[term].usd:
                    continue
                if self.is_stated(key, row, term.unit, DAYS[1]):
                    self.counts["(A→B→A with a stated day)"] += 1
                    continue
                words = f"{key[0]} {key[1]} {term}: {usd(first[term])} → {usd(middle.get(term))} → {usd(last[term])}"
                self.count("changes A→B→A" if term in middle else "lines gone between", words)
                if term in middle and (row["first_party"] or key[0] in CLOUDS):
                    self.counts["changes A→B→A of the labs and clouds"] += 1

    # Spellings -------------------------------------------------------------------------------------------------------

    def spellings(self):
        self.counts["spellings whose lists differ"] += 0
        groups = collections.defaultdict(dict)
        for key, row in self.today.routes.items():
            attributes = {name: value for name, value in self.told[key].items() if name != "release"}
            bare = DATE.sub("", key[1].lower(), count=1)
            groups[key[0], row["model"], bare, json.dumps(attributes, sort_keys=True)][key[1]] = DATE.search(key[1])
        for (provider, *_), ids in groups.items():
            undated = [api for api, date in ids.items() if date is None]
            dated = sorted((self.released(date[1]), api) for api, date in ids.items() if date)
            if not undated or not dated:
                continue
            # Of several releases the undated id names the newest; months and days alone tell none.
            if len(dated) > 1 and None in [day for day, _ in dated]:
                continue
            for api in undated:
                self.counts["(dated and undated pairs)"] += 1
                self.pair(provider, api, dated[-1][1])

    @staticmethod
    def released(text):
        digits = text.replace("-", "")
        return digits if len(digits) == 8 else "20" + digits + "00" if digits[:2] in ("23", "24", "25", "26") else ""

    def pair(self, provider, undated, dated):
        own, other = self.today.prices[provider, undated], self.today.prices[provider, dated]
        differing = [f"{term} {usd(own.get(term))}/{usd(other.get(term))}" for term in sorted({*own, *other}, key=str)
                     if term not in own or term not in other or own[term].usd != other[term].usd]
        if not differing:
            return
        if any(self.are_stated_apart(provider, undated, dated, unit) for unit in ("input", "output")):
            self.counts["(pairs that one source states apart)"] += 1
        else:
            self.count("spellings whose lists differ", f"{provider} {undated} / {dated}: {', '.join(differing)}")

    def are_stated_apart(self, provider, undated, dated, unit):
        """Whether one source states a base price of both ids, and not the same."""
        stated = []
        for api in (undated, dated):
            values = collections.defaultdict(set)
            for claim in self.claims((provider, api), self.today.routes[provider, api], unit, self.today.day, unit + " price"):
                values[claim["source"]].add(claim["value"])
            stated.append(values)
        return any(not stated[0][source] & stated[1][source] for source in set(stated[0]) & set(stated[1]))

    # Parts -----------------------------------------------------------------------------------------------------------

    def parts(self):
        for what in ("parts dearer than the whole", "modes dearer than the standard", "tiers below a tier"):
            self.counts[what] += 0
        for (provider, api), prices in self.today.prices.items():
            for term, price in prices.items():
                whole = prices.get(term._replace(unit=WHOLES[term.unit])) if term.unit in WHOLES else None
                if whole and price.usd > whole.usd:
                    if self.is_of_one_record((provider, api), (term.unit, price), (WHOLES[term.unit], whole)):
                        self.counts["(parts dearer than the whole in one record)"] += 1
                        continue
                    self.count("parts dearer than the whole", f"{provider} {api} {term} {usd(price)} above {WHOLES[term.unit]} {usd(whole)}")
                standard = prices.get(term._replace(mode="standard")) if term.mode in CHEAPER else None
                if standard and price.usd > standard.usd:
                    self.count("modes dearer than the standard", f"{provider} {api} {term} {usd(price)} above {usd(standard)}")
                if term.above is not None:
                    shorter = [(other.above or 0, usd(below), below.usd) for other, below in prices.items()
                               if other._replace(above=None, counting=None, semantics=None) == term._replace(above=None, counting=None, semantics=None)
                               and (other.above or 0) < term.above]
                    if shorter and max(shorter)[2] > price.usd:
                        self.count("tiers below a tier", f"{provider} {api} {term} {usd(price)} below {max(shorter)[1]}")

    # Cheapest --------------------------------------------------------------------------------------------------------

    def is_unordinary(self, key):
        return self.told.get(key, {}).get("mode") in UNORDINARY or key[1].startswith("ft:")

    @functools.cached_property
    def own_aliases(self):
        """Floating ids of which the provider itself, or the lab at its own, says where they lead."""
        import yaml
        with open(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Data/curated/aliases.yaml")) as file:
            return {(alias.get("provider") or alias["model"].split("/")[0], alias["alias"].lower()) for alias in yaml.safe_load(file)["aliases"]}

    def is_unnamed(self, key):
        api = key[1].lower()
        if (key[0], api) in self.own_aliases:
            return False
        return api.startswith(("~", "stealth/", "coding-", "cc-")) or self.told.get(key, {}).get("variant") == "latest"

    def has_another(self, key):
        """Whether the model can be bought under an id that is none of these."""
        model = self.today.routes[key]["model"] if key in self.today.routes else None
        return any(not self.is_unnamed(other) and not self.is_unordinary(other) and Term("output") in self.today.prices[other] for other in self.by_model[model])

    def name(self, place, key):
        self.counts["(routes named as cheapest)"] += 1
        if self.is_unordinary(key):
            self.count("batch, flex and ft: routes named as cheapest", f"{place}: {key[0]} {key[1]}")
        if self.is_unnamed(key) and self.has_another(key):
            self.count("floating, plan and stealth ids named as cheapest", f"{place}: {key[0]} {key[1]}")

    def key_of(self, text):
        """The route of `provider/api-id`; nil for anything else."""
        provider, _, api = text.partition("/")
        return (provider, api) if (provider, api) in self.today.routes else None

    def read_comparison(self, models, page):
        for section in page["sections"]:
            for row in (row for block in section["blocks"] if block["kind"] == "table" for row in block["rows"]):
                place = f"{' and '.join(models)}, {row['label']}"
                for model, cells in zip(models, row["cells"]):
                    if row["label"] in ("Through", "Fallback"):
                        for item in cells:
                            key = self.key_of(item.get("cell", {}).get("value") or "")
                            if key:
                                self.name(place, key)
                    if row["label"] == "Cheapest output":
                        self.read_output(place, model, cells)

    def read_output(self, place, model, cells):
        """A provider and a price: the routes of the model there at that price. One ordinary one is enough."""
        text = "".join(item.get("text", "") for item in cells)
        values = [item["cell"]["value"] for item in cells if item.get("cell", {}).get("state") == "known"]
        if not values or " at " not in text:
            return
        name = text.split(" at ", 1)[1].split(" (")[0].strip()
        keys = [key for key in self.by_model[model] if self.today.routes[key]["provider_name"] == name
                and (price := self.today.prices[key].get(Term("output"))) and price.usd == Decimal(values[0])]
        ordinary = [key for key in keys if not self.is_unordinary(key)]
        named = [key for key in ordinary if not self.is_unnamed(key)]
        for key in (named or ordinary or keys)[:1]:
            self.name(place, key)

    def read_model(self, model, page):
        for section in page["sections"]:
            for block in section["blocks"]:
                if section["id"] == "monthly-cost" and block["kind"] == "table" and block["rows"]:
                    name, _, api = block["rows"][0]["label"].partition(" · ")
                    keys = [key for key in self.by_model[model] if self.today.routes[key]["provider_name"] == name and key[1] == api]
                    for key in keys[:1]:
                        self.name(f"{model}, first of the month", key)

    def cheapest(self):
        for what in ("batch, flex and ft: routes named as cheapest", "floating, plan and stealth ids named as cheapest"):
            self.counts[what] += 0
        served = collections.Counter(row["model"] for row in self.today.routes.values())
        models = [model for model, _ in sorted(served.items(), key=lambda item: (-item[1], item[0]))][:self.options.models]
        pairs = list(zip(models[::2], models[1::2]))
        day = ("--as-of", self.today.day)
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            for pair, page in zip(pairs, workers.map(lambda pair: self.ask("compare", *pair, *day), pairs)):
                self.read_comparison(pair, page)
            for model, page in zip(models, workers.map(lambda model: self.ask("model", model, *day), models)):
                self.read_model(model, page)
        if self.counts["(routes named as cheapest)"] < 2 * len(models):
            self.count("pages that name no route", f"{self.counts['(routes named as cheapest)']} routes are named on the pages of {len(models)} models")
        ranked = set()
        for row in self.ask("shortlist", *day)["conclusions"]["ranked"]:
            key = row["provider"], row["api_id"]
            if row["model"] not in ranked:
                self.name("shortlist, first of its model", key)
            elif self.is_unordinary(key):
                self.count("batch, flex and ft: routes named as cheapest", f"shortlist: {key[0]} {key[1]}")
            ranked.add(row["model"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("llmref")
    parser.add_argument("--catalogue")
    parser.add_argument("--models", type=int, default=300)
    parser.add_argument("--show", type=int, default=10, help="how many of each are printed")
    options = parser.parse_args()
    check = Check(options)
    check.changes()
    check.spellings()
    check.parts()
    check.cheapest()
    for what, words in check.found.items():
        for line in words[:options.show]:
            print("FAILED", what + ":", line)
    for what, count in check.counts.items():
        print(f"{count:6} {what}")
    wrong = sum(count for what, count in check.counts.items() if not what.startswith("("))
    print("all 0" if wrong == 0 else "not all 0", f"on {len(check.today.routes)} routes of {check.today.day}; {check.today.ambiguous} of one id in several regions are left out")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
