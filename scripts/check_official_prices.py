"""Hold the built catalogue against the prices that the providers' own pages state.

openai-cost-calculator is no source of the catalogue: its tables were read from the official pages and APIs on one day
(`verified_at` of each file). Every price of an id that both know is compared with the price list in force on that day,
as exact decimals; then with that of the catalogue's own day, whose differences are counted apart.

An id is shared where ours equals theirs or one of their aliases at that provider, else where the resolver says the same
model, release and route attributes of both. One price is one count. The bar is on base, cached and tier prices, of longer
prompts and of service tiers, in rows that the witness states as sold: not those that a provider's API marks as deprecated,
nor those of a table that no official page lists any more. Those are compared and explained too, and the share of all rows
and that without service tiers are printed beside. What theirs prices and ours does not is counted, never taken for equal; a
tier of ours that theirs has not is a difference, because it reprices whole requests.

Every difference stands in EXPLAINED with its cause, on either day; a difference without one fails, and so does an
explanation of a difference that is none any more.

Usage: check_official_prices.py LLMREF [--catalogue FILE] [--json] [--explain]
  --explain  prints each difference that the table lacks as a row of it, with every claim that the catalogue holds
"""
import argparse
import collections
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Optional

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
with open(os.path.join(ROOT, "Data", "policy", "identity.json")) as file:
    HOST_WORDS = set(json.load(file)["platforms"]["words_of_one_host"])

from exported import Prices, Term, catalogue_day, resolved, run

PEER = "openai-cost-calculator==1.3.0"
BARRED = {"openai": "openai", "anthropic": "anthropic", "gemini": "google", "mistral": "mistral", "groq": "groq",
          "fireworks": "fireworks-ai", "together": "togetherai", "deepinfra": "deepinfra"}
# Compared and printed without a bar: gateways follow the hour, clouds price by region, DeepSeek by the hour of the day.
OTHERS = {"openrouter": "openrouter", "vertex": "google-vertex", "azure": "azure", "bedrock": "amazon-bedrock", "deepseek": "deepseek"}
# The region of a cloud whose price a list without regions states: the first that it prices.
HOME = {"vertex": ("global",), "azure": ("global",), "bedrock": ("global", "us-east-1")}
BAR = Decimal("0.97")
BARRED_FIGURE = "base, cached and tier prices"
UNITS = {"input": "input", "output": "output", "cached_input": "cache_read", "cache_write": "cache_write", "cache_write_1h": "cache_write_1h",
         "input_audio": "audio_input", "output_audio": "audio_output", "cached_input_audio": "cache_read_audio", "input_image": "image_input",
         "output_image": "image_output", "reasoning": "reasoning", "web_search": "web_search", "request": "request"}
TEXT, CACHE = ("input", "output"), ("cache_read", "cache_write", "cache_write_1h")
# The unit that bills a part which a list does not price apart.
WIDER = {"audio_input": ["input"], "image_input": ["input"], "audio_output": ["output"], "image_output": ["output"], "reasoning": ["output"],
         "cache_read_audio": ["cache_read", "audio_input"]}
MODES = ("batch", "flex", "priority", "fast")
GROUPS = ("base", "cached", "tiers", "modes", "other", "regions")

# Why they differ -----------------------------------------------------------------------------------------------------

PROMOTION = ("a promotion without an end: DeepInfra's API states list prices and a discount, the witness the price after it; our sources have the list "
             "price or one of another day, and all prices of the route differ by one factor")
DEPRECATED = "marked as deprecated in DeepInfra's API; the one source that still has the id, LiteLLM, names no page and has an older price"
UNDATED = "changed at the host between the days of our sources and of the witness; no source states the day"
ROUNDED = "the page shows fewer decimals than the price has: 0.14 × 1.25 is 0.175, 0.03 ÷ 2 is 0.015"
COARSE = "models.dev, the one source of the route, has the price with two digits"

# Provider and route; each price as `term ours/theirs` in US dollars, `-` where theirs has no such line; the cause.
EXPLAINED = [
    ("openai", "gpt-5.6-cyber", "cache_read>272000 2.5/-, cache_write>272000 31.25/-, input>272000 25/-, output>272000 112.5/-",
     "LiteLLM names OpenAI's page for the tier; genai-prices says of the same page that it publishes no long-context rates for the model"),
    ("anthropic", "claude-sonnet-4-5",
     "cache_read>200000 0.6/-, cache_write>200000 7.5/-, cache_write_1h>200000 12/-, input>200000 6/-, output>200000 22.5/-",
     "genai-prices keeps the tier and says that requests above 200,000 tokens are refused since 2026-04-30: it describes what was used before, and no source dates its end"),
    ("fireworks", "accounts/fireworks/models/glm-5p2", "cache_read.priority 0.175/0.18", ROUNDED),
    ("gemini", "gemini-3.5-flash-lite", "cache_read.batch 0.015/0.02", ROUNDED),
    ("together", "Qwen/Qwen3.7-Max", "input 2.5/1.5, output 7.5/4.5",
     "LiteLLM and genai-prices, which agree, read together.ai/pricing in November; the price of the witness's day stood in LiteLLM 1.109.1, which 1.110.2 replaced"),
    ("together", "Qwen/Qwen3.8-2.4T-A95B", "cache_read 0.25/0.5",
     "a tie: LiteLLM, from api.together.ai/v1/models, has 0.25, genai-prices, from together.ai/pricing, 0.5; the later reading is believed"),
    ("together", "Qwen/Qwen3.8-Flash", "input 0.15/0.09, output 0.47/0.282",
     "0.6 times what LiteLLM and genai-prices have since, on both prices: a promotion of the witness's day that no source of ours states"),
    ("deepinfra", "Qwen/Qwen3.8-27B", "input 0.4/0.15, cache_read 0.04/0.0375, output 3/1.875", UNDATED),
    ("deepinfra", "XiaomiMiMo/MiMo-V2.5", "input 0.4/0.133, cache_read 0.08/0.00266, output 2/0.266", UNDATED),
    ("deepinfra", "XiaomiMiMo/MiMo-V2.5-Pro", "input 1/0.39, cache_read 0.2/0.078, output 3/1.17", PROMOTION),
    ("deepinfra", "anthropic/claude-sonnet-5", "input 2/3, output 10/15",
     "Anthropic announced 3/15 from 2026-09-01 and took it back (genai-prices); DeepInfra still had it on the witness's day, LiteLLM's later reading of deepinfra.com/pricing has 2/10"),
    ("deepinfra", "deepseek-ai/DeepSeek-V4-Flash-0731", "input 0.08/0.06, cache_read 0.016/0.015", UNDATED),
    ("deepinfra", "deepseek-ai/DeepSeek-V4-Flash-Vision-Exp", "input 0.44/0.2156, cache_read 0.014/0.00686, output 1.32/0.6468", PROMOTION),
    ("deepinfra", "google/gemma-4-31B-it", "input 0.2/0.13, output 0.4/0.38",
     "LiteLLM 1.110.2 names the page and has the later price; models.dev, without a page, has that of the witness's day"),
    ("deepinfra", "XiaomiMiMo/MiMo-V2.6-Flash", "cache_read 0.0027/0.0028", COARSE),
    ("deepinfra", "XiaomiMiMo/MiMo-V2.6-Pro", "input 0.43/0.435", COARSE),
    ("deepinfra", "zai-org/GLM-5.3", "input 0.9/0.5625, output 4/2.5", PROMOTION),
    ("deepinfra", "zai-org/GLM-5.3-Flash", "input 0.15/0.075, output 0.5/0.25", PROMOTION),
    ("deepinfra", "moonshotai/Kimi-K2-Instruct-0905", "input 0.5/0.4, cache_read 0.4/0.15", DEPRECATED),
    ("deepinfra", "zai-org/GLM-4.5", "input 0.4/0.38", DEPRECATED),
    ("deepinfra", "stepfun-ai/Step-3.7-Flash", "input 0.2/0.16, cache_read 0.04/0.032, output 1.15/0.92", PROMOTION),
    ("deepinfra", "tencent/Hy3", "input 0.14/0.13, cache_read 0.035/0.033, output 0.58/0.53", UNDATED),
    ("deepinfra", "zai-org/GLM-5.2", "input 0.75/0.5625, cache_read 0.14/0.105, output 2.4/1.8", PROMOTION),
    ("deepinfra", "Qwen/Qwen3-235B-A22B-Thinking-2507", "input 0.3/0.23, output 2.9/2.3", DEPRECATED),
    ("deepinfra", "Sao10K/L3.3-70B-Euryale-v2.3", "input 0.65/0.85, output 0.75/0.85", DEPRECATED),
    ("deepinfra", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "input 0.2/0.7, output 0.6/0.8", DEPRECATED),
    ("deepinfra", "deepseek-ai/DeepSeek-V3.1-Terminus", "cache_read 0.216/0.13, output 1/0.95", DEPRECATED),
    ("deepinfra", "meta-llama/Llama-3.2-11B-Vision-Instruct", "input 0.049/0.345, output 0.049/0.345", DEPRECATED),
    ("deepinfra", "meta-llama/Meta-Llama-3-8B-Instruct", "output 0.06/0.04", DEPRECATED),
    ("deepinfra", "meta-llama/Meta-Llama-3.1-8B-Instruct", "input 0.03/0.02", DEPRECATED),
    ("deepinfra", "mistralai/Mixtral-8x7B-Instruct-v0.1", "input 0.4/0.54, output 0.4/0.54", DEPRECATED),
    ("deepinfra", "nvidia/Llama-3.1-Nemotron-70B-Instruct", "input 0.6/1.2, output 0.6/1.2", DEPRECATED),
]


# The comparison ------------------------------------------------------------------------------------------------------


class Witness:
    """The tables of the package, by its own names of the providers."""

    def __init__(self):
        self.tables = {}
        with tempfile.TemporaryDirectory() as folder:
            pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--root-user-action", "ignore", "--target", folder, PEER]
            subprocess.run(pip, check=True)
            for name in [*BARRED, *OTHERS]:
                with open(os.path.join(folder, "openai_cost_calculator", "data", "pricing", name + ".json"), encoding="utf-8") as file:
                    self.tables[name] = json.load(file)
        days = {table["verified_at"] for table in self.tables.values()}
        if len(days) != 1 or {table["currency"] for table in self.tables.values()} != {"USD"}:
            raise SystemExit(f"{PEER} holds tables of {sorted(days)}: this check reads tables of one day, in US dollars")
        self.day = days.pop()

    @staticmethod
    def prices(name, model, day):
        """Its lines on a day, each as the line of ours that it is, and its amount; those of hours are left out."""
        regions = {line.get("conditions", {}).get("region") for line in model["prices"]}
        home = next((region for region in HOME.get(name, ()) if region in regions), None)
        for line in model["prices"]:
            conditions = line.get("conditions", {})
            if day < line.get("effective_from", "") or line.get("effective_until", "9999") <= day or "period" in conditions:
                continue
            region = conditions.get("region")
            for rate, usd in line["rates"].items():
                yield Line(UNITS[rate], conditions.get("service_tier", "standard"), line.get("min_input_tokens", 0),
                           None if region == home else region), Decimal(usd)


class Line(NamedTuple):
    unit: str
    mode: str
    # The first length that it prices, by their reading of 'above': the limit or one more.
    start: int
    region: Optional[str]


def group(unit, mode, above, region=None):
    if region:
        return "regions"
    if mode != "standard":
        return "modes"
    if unit not in TEXT + CACHE:
        return "other"
    return "tiers" if above else "base" if unit in TEXT else "cached"


def variant(api):
    """How a host runs the model, by the words of its id: of two ids of one model `-Turbo` has a price of its own."""
    return set(re.split(r"[-_/:]", api.lower())) & HOST_WORDS


def shared(ours, theirs, model, provider, answers):
    """Our api ids for a model of theirs."""
    names = [model["id"], *model.get("aliases", [])]
    exact = [api for name in names for api in theirs[provider].get(name.lower(), [])]
    if exact:
        return sorted(set(exact))
    told = answers[model["id"], provider]
    if told["state"] != "known":
        return []
    found = []
    for api in [api for apis in theirs[provider].values() for api in apis if ours.routes[provider, api]["model"] == told["model"]]:
        attributes = dict(answers[api, provider]["route"])
        if "release" not in told["route"]:
            attributes.pop("release", None)
        if attributes == told["route"] and variant(api) == variant(model["id"]):
            found.append(api)
    return sorted(found)


def find(prices, line):
    """Our line for one of theirs, with its price."""
    conditions = (None,) if line.region is None else (f"region={line.region}", f"residency={line.region}")
    for term, price in prices.items():
        if (term.unit, term.mode, term.hours) == (line.unit, line.mode, None) and term.condition in conditions and (
                term.above is None if line.start == 0 else term.above in (line.start - 1, line.start)):
            return term, price
    return None


def billed(prices, line):
    """What bills a part that has no price of its own: the unit that it belongs to, or the same unit in standard mode."""
    for other in [line._replace(unit=wider) for wider in WIDER.get(line.unit, [])] + [line._replace(mode="standard")]:
        found = find(prices, other)
        if found:
            return found[1].usd
    return None


class Difference:
    def __init__(self, provider, api, term, ours, theirs, sold):
        self.provider, self.api, self.term, self.ours, self.theirs, self.sold = provider, api, term, ours, theirs, sold

    @property
    def key(self):
        usd = lambda value: "-" if value is None else format(value.normalize(), "f")
        return self.provider, self.api, f"{self.term} {usd(self.ours.usd)}/{usd(self.theirs)}"


def pairs(witness, ours, llmref, catalogue):
    """Our api ids by name of the package and id of theirs, on the day of the package."""
    theirs = collections.defaultdict(lambda: collections.defaultdict(list))
    for provider, api in ours.routes:
        theirs[provider][api.lower()].append(api)
    names = {**BARRED, **OTHERS}
    unlike = [(model["id"], provider) for name, provider in names.items() for model in witness.tables[name]["models"]
              if not any(api.lower() in theirs[provider] for api in [model["id"], *model.get("aliases", [])])]
    answers = resolved(llmref, unlike, ours.day, catalogue)
    meant = {(answer["model"], provider) for (_, provider), answer in answers.items() if answer["state"] == "known"}
    answers |= resolved(llmref, [(api, provider) for (provider, api), row in ours.routes.items() if (row["model"], provider) in meant], ours.day, catalogue)
    return {(name, model["id"]): shared(ours, theirs, model, provider, answers) for name, provider in names.items() for model in witness.tables[name]["models"]}


def compare(witness, found, ours):
    """Counts by (provider, group, outcome, sold), and the differences, of one day."""
    counts, differences = collections.Counter(), []
    for name, provider in {**BARRED, **OTHERS}.items():
        for model in witness.tables[name]["models"]:
            sold = model.get("status", "active") == "active"
            apis = [api for api in found[name, model["id"]] if (provider, api) in ours.routes]
            counts[name, "shared" if apis else "unshared", "models", sold] += 1
            for api in apis:
                prices, stated = ours.prices[provider, api], set()
                for line, usd in witness.prices(name, model, ours.day):
                    kind, own = group(line.unit, line.mode, line.start, line.region), find(prices, line)
                    if own:
                        stated.add(own[0])
                        if own[1].usd != usd:
                            differences.append(Difference(name, api, *own, usd, sold))
                        counts[name, kind, "equal" if own[1].usd == usd else "different", sold] += 1
                    else:
                        same = kind in ("modes", "other") and billed(prices, line) == usd
                        counts[name, kind, "equal" if same else "absent", sold] += 1
                for term, price in prices.items() if sold and stated else ():
                    if term.above is not None and term == Term(term.unit, above=term.above, counting=term.counting, semantics=term.semantics) \
                            and term.unit in TEXT + CACHE and term not in stated:
                        differences.append(Difference(name, api, term, price, None, sold))
                        counts[name, "tiers", "different", sold] += 1
    return counts, differences


def explained():
    """The table by key; one row holds all prices of a route."""
    rows = {}
    for provider, api, prices, cause in EXPLAINED:
        factors = {Fraction(theirs) / Fraction(ours) for ours, theirs in (price.split(" ")[1].split("/") for price in prices.split(", ")) if "-" not in (ours, theirs)}
        if cause is PROMOTION and (len(factors) != 1 or factors.pop() >= 1):
            raise SystemExit(f"EXPLAINED calls {provider} {api} a promotion, but its prices do not differ by one factor below 1")
        for price in prices.split(", "):
            if rows.setdefault((provider, api, price), cause) is not cause:
                raise SystemExit(f"EXPLAINED has two rows for {provider} {api} {price}")
    return rows


def share(counts, names, groups, *sold):
    tally = collections.Counter()
    for (name, kind, outcome, status), count in counts.items():
        if name in names and kind in groups and status in sold:
            tally[outcome] += count
    compared = tally["equal"] + tally["different"]
    return tally["equal"], compared, Decimal(tally["equal"]) / compared if compared else Decimal(0)


def table(counts, day):
    lines = [f"{day}: equal/compared (+ theirs alone), one count a price"]
    for name in [*BARRED, *OTHERS]:
        cells = []
        for kind in GROUPS:
            equal, compared, _ = share(counts, [name], [kind], True, False)
            alone = sum(counts[name, kind, "absent", sold] for sold in (True, False))
            cells.append(f"{kind} {equal}/{compared}" + (f" (+{alone})" if alone else "") if compared or alone else "")
        ids = sum(counts[name, "shared", "models", sold] for sold in (True, False))
        lines.append(f"  {name:10} {ids:4} ids  " + "  ".join(f"{cell:20}" for cell in cells))
    return lines


@functools.cache
def explanation(llmref, catalogue, model, unit, day):
    return json.loads(run(llmref, "explain", model, "price." + unit, "--as-of", day, "--json", catalogue=catalogue))["conclusions"]["values"]


def claims(options, term, api, row, day):
    """Every claim that the catalogue holds for a price of a route, in one line."""
    found = []
    for value in explanation(options.llmref, options.catalogue, row["model"], term.unit, day):
        place = value["place"].removeprefix(f"{row['provider_name']} · {api}, ")
        if place == value["place"] or (f"above {term.above} tokens" in place) != (term.above is not None) or term.above is None and "above" in place:
            continue
        if [mode for mode in MODES if f", {mode}" in place] != ([] if term.mode == "standard" else [term.mode]):
            continue
        for claim in value.get("claims", []):
            dated = "".join(f" {key} {claim[key]}" for key in ("valid_from", "valid_until", "url") if key in claim)
            found.append(f"{claim['source']} {claim['observed']} {claim['value']}{dated} ({claim['standing']})")
    return "; ".join(dict.fromkeys(found))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("llmref")
    parser.add_argument("--catalogue")
    parser.add_argument("--json", action="store_true", help="print the counts and differences as JSON")
    parser.add_argument("--explain", action="store_true", help="print what the table lacks, with every claim")
    options = parser.parse_args()
    witness = Witness()
    today = catalogue_day(options.llmref, options.catalogue)
    known, used, missing, failures, days = explained(), set(), [], [], []
    lists = [Prices(options.llmref, day, options.catalogue) for day in dict.fromkeys([witness.day, today])]
    found = pairs(witness, lists[0], options.llmref, options.catalogue)
    for ours in lists:
        day = ours.day
        counts, differences = compare(witness, found, ours)
        figures = {BARRED_FIGURE: ("base", "cached", "tiers", "modes"), "of these without service tiers": ("base", "cached", "tiers")}
        shares = {title: (share(counts, BARRED, groups, True), share(counts, BARRED, groups, True, False)) for title, groups in figures.items()}
        barred = [difference for difference in differences if difference.provider in BARRED]
        used |= {difference.key for difference in barred if difference.key in known}
        missing += [(day, difference) for difference in barred if difference.key not in known]
        days.append({"day": day, "shares": {title: {name: f"{part[0]}/{part[1]}" for name, part in zip(("sold", "all"), pair)} for title, pair in shares.items()},
                     "differences": [{"provider": d.provider, "api_id": d.api, "term": str(d.term), "ours": str(d.ours.usd), "theirs": None if d.theirs is None else str(d.theirs),
                                      "sold": d.sold, "source": d.ours.source, "record": d.ours.record, "cause": known.get(d.key)} for d in differences]})
        if not options.json:
            print("\n".join(table(counts, day)))
        for title, (sold, whole) in shares.items():
            if not options.json:
                print(f"  {title} of the {len(BARRED)} providers: {sold[0]} of {sold[1]} equal in rows of what is sold, {sold[2]:.2%}; {whole[0]} of {whole[1]} in all rows, {whole[2]:.2%}")
            if title == BARRED_FIGURE and day == witness.day and sold[2] < BAR:
                failures.append(f"{title}: {sold[2]:.2%} of those of {day} are equal, below {BAR:.0%}")
    routes = {(difference.provider, difference.api) for _, difference in missing}
    failures += [f"{day} {' '.join(difference.key)} is not explained" for day, difference in missing]
    failures += [f"explained and no difference: {' '.join(key)}" for key in known if key not in used]
    if options.explain:
        explain(lists, options, missing)
    causes = collections.Counter(known[key] for key in used)
    if options.json:
        print(json.dumps({"schema": "llmref/official-prices/1", "witness": PEER, "days": days, "failures": failures}, indent=2))
    else:
        for cause, count in causes.most_common():
            print(f"  {count:3} {cause}")
        for failure in failures[:60]:
            print("FAILED", failure)
        print(f"{len(used)} prices differ with a cause; {len(missing)} without, at {len(routes)} routes; {len(failures)} failures")
    sys.exit(1 if failures else 0)


def explain(lists, options, missing):
    """The rows that the table lacks, each route once, ready to be given a cause."""
    rows, routes = collections.defaultdict(dict), {ours.day: ours.routes for ours in lists}
    for day, difference in missing:
        rows[difference.provider, difference.api].setdefault(difference.key[2], (day, difference))
    for (name, api), prices in rows.items():
        print(f'    ("{name}", "{api}", "{", ".join(prices)}", ),{"" if all(d.sold for _, d in prices.values()) else "  # not sold"}')
        for text, (day, difference) in prices.items():
            print(f"        # {text}: {claims(options, difference.term, api, routes[day][BARRED[name], api], day)}")


if __name__ == "__main__":
    main()
