"""Price lists and traffic drawn from a seed, as facts files: nothing is taken from the embedded catalogue.

Every list holds together: no hours overlap, no tier stands at the height of another, cached input and reasoning cost less than the whole
that they are part of. Within that everything is drawn: tiers that reprice a request or only what lies beyond them, by prompt or by prompt
and answer, one above the other; prices in batches; hours by weekdays, offsets and holidays; periods; conditions; other currencies.
"""
import dataclasses
import datetime
from fractions import Fraction

import one_price_oracle as oracle

REVIEWED, DAYS = "2026-10-01", ["2026-10-14", "2026-11-10", "2026-12-01", "2026-12-02"]
CHANGES = ["2026-10-14", "2026-11-10", "2026-12-02"]
LIMITS = [1, 100, 500, 799, 800, 1000, 1050, 1500, 2000, 32_000, 128_000, 200_000]
SPANS = [["09:00-18:00"], ["16:30-00:30"], ["22:00-06:00"], ["09:00-12:00", "14:00-18:00"], ["00:00-24:00"], ["23:59-00:01"]]
WEEKDAYS = ["", "", "mon-fri", "sat,sun", "mon,wed,fri", "sun", "mon-sat"]
OFFSETS = ["", "", "+08:00", "-05:30", "+14:00", "-12:00", "+05:45"]
HOLIDAYS = ["", "", "", "2026-10-15", "2026-11-10,2026-12-25"]
CONDITIONS = ["residency=eu", "residency=us", "region=us-east5", "search_size=high", "resolution=1080p"]
CURRENCIES = [("CNY", "0.1405"), ("EUR", "1.0825"), ("JPY", "0.00655")]


def decimal(value):
    """Plain digits of a fraction that ends within 18 decimals."""
    assert (value * 10 ** 18).denominator == 1, value
    return oracle.text(value)


def hours_text(pick):
    days, offset, holidays = pick.choice(WEEKDAYS), pick.choice(OFFSETS), pick.choice(HOLIDAYS)
    spans = pick.choice(SPANS)
    if spans == ["00:00-24:00"] and days == "":
        days = "sat,sun"
    return " ".join(word for word in (days, ",".join(spans), offset, "except " + holidays if holidays else "") if word)


@dataclasses.dataclass
class Scheme:
    """What the lines of a list have in common."""
    tiers: list  # (above, tier, counting), upwards
    hours: list  # texts that do not overlap; then there may be no line for all hours
    leaves_rest: bool
    modes: list
    changes: list  # days on which prices change
    condition: str | None
    currency: tuple | None
    fine: bool  # prices with many decimals


def scheme(pick):
    tiers = []
    if pick.random() < 0.75:
        kind = pick.choice(["cliff", "cliff", "marginal", "marginal", "mixed"])
        counting = pick.choice(["prompt", "prompt_and_answer", "mixed"])
        for above in sorted(pick.sample(LIMITS, pick.choice([1, 1, 2, 3]))):
            tiers.append((above, pick.choice(["cliff", "marginal"]) if kind == "mixed" else kind,
                          pick.choice(["prompt", "prompt_and_answer"]) if counting == "mixed" else counting))
    hours, leaves_rest = [], True
    if pick.random() < 0.45:
        hours = [hours_text(pick)]
        if pick.random() < 0.4:
            hours.append("not " + hours[0])
            leaves_rest = pick.random() < 0.5
    changes = sorted(pick.sample(CHANGES, pick.choice([1, 1, 2]))) if pick.random() < 0.3 else []
    return Scheme(tiers, hours, leaves_rest, ["batch"] if pick.random() < 0.5 else [], changes,
                  pick.choice(CONDITIONS) if pick.random() < 0.2 else None, pick.choice(CURRENCIES) if pick.random() < 0.15 else None,
                  pick.random() < 0.1)


def unit_lines(pick, own, unit, base):
    """The lines of one unit. Below every price stand the same factors for all units, so a part never costs more than its whole."""
    lines = []
    has_tiers = pick.random() < 0.85
    for mode in ["standard", *(own.modes if pick.random() < 0.8 else [])]:
        for height, tier in enumerate([None, *(own.tiers if has_tiers else [])]):
            if tier and mode == "batch" and pick.random() < 0.3:
                continue
            for hours in [*([None] if own.leaves_rest else []), *(own.hours if own.hours and (height == 0 or pick.random() < 0.5) else [])]:
                for condition in [None, *([own.condition] if own.condition and pick.random() < 0.7 else [])]:
                    for period in range(len(own.changes) + 1):
                        price = base * (1 + height) * Fraction(10 + period, 10)
                        price *= Fraction(1, 2) if mode == "batch" else 1
                        price *= Fraction(3, 4) if hours else 1
                        price *= Fraction(11, 10) if condition else 1
                        lines.append(line(own, unit, price, mode, tier, hours, condition, period))
    # Where no line is for all hours, a tier needs one for each of the hours, or there is none below it.
    if not own.leaves_rest:
        lines = [one for one in lines if "above" not in one] + [one for one in lines if "above" in one and covers(lines, one)]
    pick.shuffle(lines)
    return lines


def covers(lines, one):
    return all(any(other.get("hours") == hours and other.get("above") == one["above"] and other.get("mode") == one.get("mode") for other in lines)
               for hours in {other.get("hours") for other in lines})


def line(own, unit, price, mode, tier, hours, condition, period):
    made = {"unit": unit}
    if own.currency:
        currency, rate = own.currency
        made |= {"amount": decimal(price), "currency": currency, "usd_per_unit": rate, "rate_day": REVIEWED}
    else:
        made["usd"] = decimal(price)
    if mode != "standard":
        made["mode"] = mode
    if tier:
        made["above"] = tier[0]
        made |= {"tier": tier[1]} if tier[1] != "cliff" else {}
        made |= {"counting": tier[2]} if tier[2] != "prompt" else {}
    if hours:
        made["hours"] = hours
    if condition:
        made["when"] = condition
    if own.changes:
        if period > 0:
            made["from"] = own.changes[period - 1]
        if period < len(own.changes):
            made["until"] = own.changes[period]
    return made


def base(pick, own, low, high):
    """A price in dollars; the factors of a line multiply it by at most two decimals and a quarter of a percent."""
    places = 11 if own.fine and not own.currency else 5 if own.fine else pick.choice([0, 1, 2, 3])
    scale = 10 ** places
    return Fraction(pick.randint(max(1, int(low * scale)), max(1, int(high * scale))), scale)


# What the lists of a product type price; each is drawn with the chance beside it.
SHAPES = {
    "chat": [("input", 0.97, 1, 20), ("output", 0.97, 1, 60), ("cache_read", 0.55, 0.01, 0.15), ("cache_write", 0.2, 1, 20),
             ("reasoning", 0.15, 0.05, 0.9), ("request", 0.15, 0.0001, 0.01), ("web_search", 0.1, 0.01, 0.05),
             ("audio_input", 0.05, 20, 40), ("image_input", 0.05, 1, 9)],
    "embedding": [("input", 1, 0.01, 2), ("request", 0.2, 0.0001, 0.01)],
    "rerank": [("rerank_search", 1, 0.001, 0.01)],
    "transcription": [("audio_second", 0.5, 0.1, 2), ("audio_input_second", 0.6, 0.1, 2)],
    "speech": [("input_character", 0.95, 5, 60)],
    "image": [("image", 0.95, 0.01, 0.4)],
    "video": [("video_second", 0.95, 0.05, 0.9)],
    "ocr": [("document_page", 0.95, 0.001, 0.02)],
}


# How a facts file names the type; chat is what no word says.
WORDS = {"embedding": "embedding model", "rerank": "rerank model", "transcription": "audio model", "speech": "audio model",
         "image": "image model", "video": "video model", "ocr": "OCR model"}


def route(pick, kind="chat"):
    """The prices of one route."""
    own = scheme(pick)
    prices = []
    for unit, chance, low, high in SHAPES[kind]:
        if pick.random() < chance:
            if unit in ("cache_read", "reasoning"):
                low, high = low / 2, high / 2  # below every whole
            prices += unit_lines(pick, own, unit, base(pick, own, low, high))
    return {"prices": prices}


def consistent(prices):
    """Whether a part costs at most what its whole does in every line of both."""
    lines = [oracle.Line.of(price) for price in prices]
    for part, whole in (("cache_read", "input"), ("reasoning", "output")):
        inside, outside = ([one.price for one in lines if one.unit == unit] for unit in (part, whole))
        if inside and outside and max(inside) > min(outside):
            return False
    return True


def drawn_route(pick, kind="chat"):
    while True:
        made = route(pick, kind)
        if made["prices"] and consistent(made["prices"]):
            return made


# Traffic ------------------------------------------------------------------------------------------------------------


def traffic(pick, routes=(), kind="chat"):
    """A month, often at the very limit of a tier of one of the routes; of other types than chat so many pieces."""
    if kind == "embedding":
        return dataclasses.replace(traffic(pick, routes), output=0)
    if kind != "chat":
        requests, pieces = pick.choice([1, 7, 1000, 999_983]), pick.choice([1, 40, 1500, 123_456])
        unit = {"rerank": "rerank_search", "transcription": "audio_second", "speech": "input_character", "image": "image", "video": "video_second",
                "ocr": "document_page"}[kind]
        usage = {unit: requests if kind == "rerank" else pieces * (60 if kind == "transcription" else 1)}
        if kind == "transcription":
            usage["audio_input_second"] = usage[unit]  # what is heard is sound
        return oracle.Traffic(0, 0, requests, usage=tuple(usage.items()))
    requests = pick.choice([1, 7, 1000, 3200, 999_983, 1_000_000, 1_000_000])
    prompt, answer = pick.choice([0, 1, 600, 800, 1000, 2000, 250_000]), pick.choice([0, 1, 250, 1000, 5000])
    made = oracle.Traffic(prompt * requests, answer * requests, requests)
    limits = [price for one in routes for price in one["prices"] if "above" in price]
    if limits and pick.random() < 0.7:
        limit = pick.choice(limits)
        whole = limit["above"] * requests + pick.choice([-1, 0, 1, requests // 2])
        if limit.get("counting") == "prompt_and_answer":
            part = whole * pick.randint(0, 10) // 10
            made = dataclasses.replace(made, input=part, output=whole - part)
        else:
            made = dataclasses.replace(made, input=whole)
    elif pick.random() < 0.2:
        made = dataclasses.replace(made, input=made.input + pick.randint(0, requests), output=made.output + pick.randint(0, requests))
    made = dataclasses.replace(made, input=max(made.input, 0), output=max(made.output, 0))
    if made.input + made.output == 0:
        made = dataclasses.replace(made, input=requests)
    return made


def with_assumptions(pick, made):
    """The same month with a cached share, a batch share and hours; and those as options of a command."""
    cached, batch, hours = 0, 0, "spread"
    if pick.random() < 0.5:
        cached = pick.choice([1, 100, 1250, 3000, 3333, 9999, 10_000])
    if pick.random() < 0.4:
        batch = pick.choice([1, 1000, 2500, 3333, 10_000])
    if pick.random() < 0.5:
        hours = pick.choice(["peak", "off-peak", "mon-fri 09:00-18:00 +08:00", "22:00-06:00", "sat,sun 00:00-24:00", "not 08:00-20:00 -05:30"])
    return dataclasses.replace(made.with_cached_share(cached), batch=batch, hours=hours), cached, batch, hours


def name(number):
    """A word of consonants and vowels that no alias and no spelling means."""
    letters = []
    for place in range(4):
        letters.append("bdfgkl"[number % 6] + "aiu"[number // 6 % 3])
        number //= 18
    return "zor" + "".join(letters)


def instants(day):
    """Instants of a day and near it at which hours begin, end and hold."""
    date = datetime.datetime.fromisoformat(day)
    return [date + datetime.timedelta(minutes=minute) for minute in (30, 9 * 60, 12 * 60 + 30, 16 * 60 + 29, 16 * 60 + 30, 23 * 60 + 59)]
