"""Write a usage log as JSON lines and as CSV, with a facts file that holds the prices of its routes.

usage: make_log.py FOLDER [--rows 5000000] [--seed 1]

The same arguments give the same bytes. FOLDER receives log.jsonl, log.csv, facts.json and prices.json. Rows go through 300
routes of 10 providers, most of the traffic through a few of them, over half a year, one row every few seconds. Each route has
one to three periods of prices; a third of the routes price long prompts higher, half price batches, most price cached tokens.
prices.json holds the same prices laid out for a join: one line for each route, period, mode and tier.
"""
import argparse
import datetime
import json
import os
import random

ROUTES, PROVIDERS = 300, 10
LIMITS = (128_000, 200_000)
START = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
DAYS = 180
WORDS = ["orion", "lyra", "vega", "altair", "mira", "rigel", "deneb", "spica", "atlas", "nova"]


def day(offset):
    return (START + datetime.timedelta(days=offset)).date().isoformat()


def routes(pick):
    """Provider, API id and periods; a period is (first day, tier limit or None, prices by (unit, mode, is above))."""
    found = []
    for number in range(ROUTES):
        provider = f"host-{WORDS[number % PROVIDERS]}"
        api_id = f"{WORDS[number % 7]}-{number:03d}-{pick.choice(['large', 'mini', 'pro', 'instruct', 'reasoner-preview'])}"
        limit = pick.choice(LIMITS) if pick.random() < 0.33 else None
        has_batch, has_cache = pick.random() < 0.5, pick.random() < 0.8
        changes = sorted(pick.sample(range(5, DAYS - 5), pick.randrange(3)))
        periods = []
        for first in [-30] + changes:
            base = {"input": pick.randrange(50, 50_000), "output": pick.randrange(200, 200_000)}
            if has_cache:
                base["cache_read"] = base["input"] // 10 + 1
            prices = {(unit, "standard", False): price for unit, price in base.items()}
            if limit:
                prices.update({(unit, "standard", True): price * 2 for unit, price in base.items()})
            if has_batch:
                prices.update({(unit, "batch", False): price // 2 + 1 for unit, price in base.items() if unit != "cache_read"})
            periods.append((first, limit, prices))
        found.append((provider, api_id, periods))
    return found


def dollars(price):
    """A price is a whole number of 10^-4 dollars per 1,000,000 tokens."""
    return f"{price // 10_000}.{price % 10_000:04d}"


def facts(found):
    models = []
    for provider, api_id, periods in found:
        prices = []
        for place, (first, limit, own) in enumerate(periods):
            for (unit, mode, above), price in own.items():
                entry = {"unit": unit, "usd": dollars(price), "from": day(first)}
                if mode != "standard":
                    entry["mode"] = mode
                if above:
                    entry["above"] = limit
                if place + 1 < len(periods):
                    entry["until"] = day(periods[place + 1][0])
                prices.append(entry)
        models.append({"id": f"lab-{provider[5:]}/{api_id}", "routes": [{"provider": provider, "id": api_id, "prices": prices}]})
    return {"reviewed": day(DAYS), "models": models}


def joined(found):
    """What each unit costs under each condition: a mode without a price of its own has the standard one, a cached token without
    one costs what a prompt token costs."""
    lines = []
    for provider, api_id, periods in found:
        for place, (first, limit, own) in enumerate(periods):
            until = periods[place + 1][0] if place + 1 < len(periods) else DAYS + 3650
            for mode in ("standard", "batch"):
                for tier in range(len(LIMITS) + 1):
                    above = limit is not None and tier > LIMITS.index(limit)

                    def price(unit):
                        if mode == "batch" and (unit, "batch", False) in own:
                            return own[unit, "batch", False]
                        return own.get((unit, "standard", above))
                    lines.append({
                        "provider": provider, "model": api_id, "first": day(first), "until": day(until), "mode": mode, "tier": tier,
                        "input": price("input"), "cache_read": price("cache_read") or price("input"), "output": price("output")})
    return lines


def write_logs(folder, found, rows, pick):
    weights = [1 / (place + 3) for place in range(ROUTES)]
    chosen = list(found)
    pick.shuffle(chosen)
    seconds = DAYS * 86_400
    with open(os.path.join(folder, "log.jsonl"), "w", encoding="ascii") as lines, \
            open(os.path.join(folder, "log.csv"), "w", encoding="ascii") as table:
        table.write("time,provider,model,input,cache_read,output,reasoning,mode,key,id\n")
        for start in range(0, rows, 50_000):
            json_rows, csv_rows = [], []
            block = min(50_000, rows - start)
            for place, (provider, model, _) in enumerate(pick.choices(chosen, weights, k=block)):
                number = start + place
                time = (START + datetime.timedelta(seconds=number * seconds // rows)).strftime("%Y-%m-%dT%H:%M:%SZ")
                prompt = int(10 ** (1.5 + pick.random() * 4))
                cached = prompt * pick.randrange(90) // 100 if pick.random() < 0.6 else 0
                answer = int(10 ** (1 + pick.random() * 2.7))
                thought = answer * pick.randrange(80) // 100 if pick.random() < 0.4 else 0
                mode = "batch" if pick.random() < 0.15 else "standard"
                key = f"team-{pick.randrange(40):02d}"
                identity = f"req_{(number * 2654435761 + 12345) % 2 ** 48:012x}"
                json_rows.append(
                    f'{{"time":"{time}","provider":"{provider}","model":"{model}","input":{prompt},"cache_read":{cached},'
                    f'"output":{answer},"reasoning":{thought},"mode":"{mode}","key":"{key}","id":"{identity}"}}\n')
                csv_rows.append(f"{time},{provider},{model},{prompt},{cached},{answer},{thought},{mode},{key},{identity}\n")
            lines.write("".join(json_rows))
            table.write("".join(csv_rows))


def make(folder, rows, seed):
    os.makedirs(folder, exist_ok=True)
    pick = random.Random(seed)
    found = routes(pick)
    for name, content in (("facts.json", facts(found)), ("prices.json", joined(found))):
        with open(os.path.join(folder, name), "w", encoding="ascii") as file:
            json.dump(content, file)
    write_logs(folder, found, rows, pick)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make(options.folder, options.rows, options.seed)
