"""Proves that `llmref cost` agrees with genai-prices to every digit, where it reads that package's prices alone.

Generates cases over every provider, date, tier and mode that the pinned package knows: days around each change of a price, hours
around each daily window, prompts around each tier's limit, and usage of every unit that the model prices and that
`--usage` can state. Each case is priced by the package and by LLMREF; totals must be equal as decimals.

Where the package counts something that it has no price for as nothing, LLMREF must say `unknown` and give the package's
total as the known part. A model that LLMREF does not find is a failure.

With --all-sources the same cases are priced from the whole catalogue, and the differences are counted by cause: which rule chose
another price, and why the catalogue thinks that genai-prices differs. That run compares and fails only where nothing explains one.

Usage: check_costs.py LLMREF [--cases N] [--seed N] [--catalogue FILE] [--show] [--all-sources]
"""
import argparse
import collections
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import venv
from concurrent.futures import ThreadPoolExecutor

PEER = "genai-prices==0.2.3"
# What --usage calls a unit, and what the package calls it.
KEYS = {
    "input": "input_tokens", "output": "output_tokens", "cache_read": "cache_read_tokens", "cache_write": "cache_write_tokens",
    "cache_write_1h": "cache_write_1h_tokens", "reasoning": "output_reasoning_tokens", "input_audio": "input_audio_tokens",
    "output_audio": "output_audio_tokens", "web_searches": "web_searches",
}
MODES = {"batch": [{"processing": "batch"}], "flex": [{"service_tier": "flex"}], "priority": [{"service_tier": "priority"}],
         "fast": [{"service_tier": "fast"}, {"speed": "fast"}]}


def generate(cases, seed):
    """Runs inside the peer's environment: the cases with the package's own totals, as JSON lines."""
    from genai_prices import Usage
    from genai_prices.data import providers
    from genai_prices.types import StartDateConstraint, TieredPrices, TimeOfDateConstraint
    draw = random.Random(seed)
    pool = []
    for provider in providers:
        for model in provider.models:
            dates, hours, limits, modes, units = set(), set(), set(), set(), set()
            lists = model.prices if isinstance(model.prices, list) else []
            for conditional in lists:
                if isinstance(conditional.constraint, StartDateConstraint):
                    dates.add(conditional.constraint.start_date)
                if isinstance(conditional.constraint, TimeOfDateConstraint):
                    hours.update({conditional.constraint.start_time, conditional.constraint.end_time})
            for variant in model.price_variants or []:
                modes.update(mode for mode, contexts in MODES.items() if variant.when in contexts)
                if isinstance(variant.constraint, StartDateConstraint):
                    dates.add(variant.constraint.start_date)
            for prices in [c.prices for c in lists] or [model.prices]:
                for key, value in vars(prices).items():
                    if value is not None:
                        units.add(key)
                        if isinstance(value, TieredPrices):
                            limits.update(tier.start for tier in value.tiers)
            if units & {"input_mtok", "output_mtok"}:
                pool.append((provider, model, sorted(dates), sorted(hours), sorted(limits), sorted(modes), units))
    # Models with something to get wrong first, then any.
    special = [entry for entry in pool if entry[3] or entry[4] or entry[5] or len(entry[2]) > 1]
    counts = collections.Counter()
    while sum(counts.values()) < cases:
        provider, model, dates, hours, limits, modes, units = draw.choice(special if draw.random() < 0.7 else pool)
        day = draw.choice(dates) + datetime.timedelta(days=draw.choice([-1, 0, 1, 30])) if dates and draw.random() < 0.8 else \
            datetime.date(2026, 1, 1) + datetime.timedelta(days=draw.randrange(320))
        time = datetime.datetime.combine(day, draw.choice(hours) if hours and draw.random() < 0.7 else datetime.time(draw.randrange(24), draw.randrange(60)))
        time = time.replace(tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=draw.choice([0, -1, 1]))
        whole = draw.choice(limits) + draw.choice([-1, 0, 1, 5000]) if limits and draw.random() < 0.8 else draw.randrange(1, 2_000_000)
        usage = {"input": whole, "output": draw.randrange(0, 60_000)}
        rest = whole
        for key, chance in (("cache_read", 0.5), ("cache_write", 0.4), ("input_audio", 0.4 if "input_audio_mtok" in units else 0.05)):
            if draw.random() < chance and rest > 0:
                usage[key] = draw.randrange(rest + 1)
                rest -= usage[key]
        if usage.get("cache_write") and draw.random() < 0.5:
            usage["cache_write_1h"] = draw.randrange(usage["cache_write"] + 1)
        if draw.random() < 0.3:
            usage["reasoning"] = draw.randrange(usage["output"] + 1)
        if "output_audio_mtok" in units and draw.random() < 0.5:
            usage["output_audio"] = draw.randrange(usage["output"] - usage.get("reasoning", 0) + 1)
        if draw.random() < (0.5 if "web_searches_kcount" in units else 0.03):
            usage["web_searches"] = draw.randrange(1, 40)
        mode = draw.choice(modes + ["standard"]) if modes else draw.choice(["standard"] * 9 + ["batch"])
        context = None
        if mode != "standard":
            known = [variant.when for variant in model.price_variants or []]
            context = next((c for c in MODES[mode] if c in known), MODES[mode][0])
        try:
            price = model.calc_price(Usage(**{KEYS[k]: v for k, v in usage.items()}), provider, genai_request_timestamp=time, price_context=context)
        except ValueError:
            continue  # the package wants to be told how units overlap
        counts[mode] += 1
        priced = sorted(k for k, v in vars(price.model_price).items() if v is not None)
        print(json.dumps({"provider": provider.id, "model": model.id, "at": time.strftime("%Y-%m-%dT%H:%M:%SZ"), "mode": mode, "usage": usage,
                          "total": str(price.total_price), "priced": priced}))


def unpriced(case):
    """Whether the package leaves something of the usage without a price."""
    priced, usage = case["priced"], case["usage"]
    parts = usage.get("input", 0) - sum(usage.get(key, 0) for key, name in (("cache_read", "cache_read_mtok"), ("cache_write", "cache_write_mtok"),
                                                                        ("input_audio", "input_audio_mtok")) if name in priced)
    heard = usage.get("output", 0) - sum(usage.get(key, 0) for key, name in (("output_audio", "output_audio_mtok"), ("reasoning", "output_reasoning_mtok")) if name in priced)
    return ("input_mtok" not in priced and parts > 0) or ("output_mtok" not in priced and heard > 0) or (
        "web_searches_kcount" not in priced and usage.get("web_searches", 0) > 0)


def cause(answer):
    """Why a total of the whole catalogue may differ: the first component whose price genai-prices does not give."""
    if "error" in answer:
        return "refused: " + answer["error"].split(". hint")[0].split(": ", 1)[-1][:60]
    for component in answer["components"]:
        if any(citation["source"] == "genai-prices" for citation in component["citations"]):
            continue
        for dissent in component["dissents"]:
            if any(citation["source"] == "genai-prices" for citation in dissent["citations"]):
                return f"{component['rule']}, genai-prices differs: {dissent['cause']}"
        return f"genai-prices does not price {component['line']}" if answer["state"] == "known" else "genai-prices does not price it"
    if answer["unpriced"]:
        return "an unpriced part"
    return None


def differences(cases, ask):
    from decimal import Decimal
    causes, unexplained = collections.Counter(), 0
    with ThreadPoolExecutor(4) as workers:
        for case, answer in zip(cases, workers.map(ask, cases)):
            total = answer.get("total_usd", answer.get("known_part_usd"))
            if total is not None and Decimal(total) == Decimal(case["total"]):
                causes["equal"] += 1
                continue
            why = cause(answer)
            if why is None:
                unexplained += 1
                print("UNEXPLAINED", json.dumps(case), total)
            causes[why or "unexplained"] += 1
    for why, count in causes.most_common():
        print(f"{count:5} {why}")
    print(f"{len(cases)} cases against the whole catalogue: {causes['equal']} equal, {unexplained} differ without a cause")
    return 1 if unexplained else 0


def main():
    if len(sys.argv) > 1 and sys.argv[1] == "generate":
        return generate(int(sys.argv[2]), int(sys.argv[3]))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--catalogue")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--all-sources", action="store_true")
    options = parser.parse_args()
    from decimal import Decimal
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        subprocess.run([folder + "/bin/python", "-m", "pip", "install", "-q", PEER], check=True)
        made = subprocess.run([folder + "/bin/python", os.path.abspath(__file__), "generate", str(options.cases), str(options.seed)],
                              check=True, capture_output=True, text=True).stdout
    cases = [json.loads(line) for line in made.splitlines()]

    def ask(case):
        command = [options.program, "cost", "--json", *([] if options.all_sources else ["--sources", "genai-prices"]), "--provider", case["provider"], "--model", case["model"],
                   "--at", case["at"], "--tier", case["mode"], "--usage", json.dumps(case["usage"])]
        if options.catalogue:
            command += ["--catalogue", options.catalogue]
        done = subprocess.run(command, capture_output=True, text=True)
        return json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr.strip()}

    if options.all_sources:
        return differences(cases, ask)
    failed, unknown, kinds = 0, 0, collections.Counter()
    with ThreadPoolExecutor(4) as workers:
        for case, answer in zip(cases, workers.map(ask, cases)):
            kinds[case["mode"]] += 1
            wanted = Decimal(case["total"])
            if unpriced(case):
                unknown += 1
                good = answer.get("state") == "unknown" and Decimal(answer["known_part_usd"]) == wanted
            else:
                good = answer.get("state") == "known" and Decimal(answer["total_usd"]) == wanted
            if not good:
                failed += 1
                if failed <= 20 or options.show:
                    print("FAILED", json.dumps(case), "gave", answer.get("error") or {k: answer.get(k) for k in ("state", "total_usd", "known_part_usd", "route")})
    print(f"{len(cases)} cases of {len({(c['provider'], c['model']) for c in cases})} models at {len({c['provider'] for c in cases})} providers "
          f"({', '.join(f'{n} {m}' for m, n in sorted(kinds.items()))}), {unknown} with an unpriced part: {len(cases) - failed} equal, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
