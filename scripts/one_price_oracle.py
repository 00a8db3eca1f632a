"""What a month of traffic, or one bill, costs by a price list: an arithmetic of fractions, written from the rules alone.

The rules, in the order in which they are applied:
- A price list is the `prices` of a route of a facts file. A line holds on a day from `from` on and before `until`; a line with `when`
  only for requests that meet its condition; one with `hours` only at these hours.
- A month is so many requests of one average size. A tier above L is reached when the input of the month exceeds L times the requests,
  or input and output together where it counts both. The highest tier reached prices a unit, and at one height a line with a condition
  comes before one without, then a line with hours before one for all hours.
- A cliff tier prices all pieces of its unit. A marginal one leaves the first L times requests to the next line below and prices the rest.
- Counts are nested: a piece that belongs to several units is billed once, by the nearest of them that has a price. What has none is
  unknown under the name of the outermost unit; a call as such costs only where calls have a price.
- A mode without a price for a unit, or for the pieces below its marginal tiers, charges the standard one. A marginal tier with nothing
  below it anywhere is no price.
- A share of the requests may be sent as batches. Hours are an assumption: spread over the 10,080 minutes of a week without holidays, over
  those of a window, or all in the dearest or the cheapest of them.

Nothing here is taken from the program that is checked with it.
"""
import collections
import dataclasses
import datetime
import functools
from fractions import Fraction

TOKENS, HOUR, PIECE = 1_000_000, 3600, 1
# Each unit: how many pieces a price buys, and the units that it is part of, nearest first.
UNITS = {
    "input": (TOKENS, ()), "output": (TOKENS, ()), "cache_read": (TOKENS, ("input",)), "cache_write": (TOKENS, ("input",)),
    "cache_write_1h": (TOKENS, ("cache_write", "input")), "reasoning": (TOKENS, ("output",)),
    "audio_input": (TOKENS, ("input",)), "audio_output": (TOKENS, ("output",)), "request": (PIECE, ()),
    "image_input": (TOKENS, ("input",)), "image_output": (TOKENS, ("output",)), "video_input": (TOKENS, ("input",)),
    "video_output": (TOKENS, ("output",)), "cache_read_audio": (TOKENS, ("cache_read", "audio_input", "input")),
    "cache_read_image": (TOKENS, ("cache_read", "image_input", "input")), "citation": (TOKENS, ("output",)),
    "web_search": (PIECE, ()), "storage_search": (PIECE, ()), "document_page": (PIECE, ()),
    "annotated_page": (PIECE, ("document_page",)), "audio_second": (HOUR, ()), "audio_input_second": (HOUR, ("audio_second",)),
    "input_character": (TOKENS, ()), "text_message": (PIECE, ()), "image": (PIECE, ()), "video_second": (PIECE, ()),
    "cache_write_12h": (TOKENS, ("cache_write", "input")), "cache_write_audio": (TOKENS, ("cache_write", "audio_input", "input")),
    "cache_storage": (TOKENS, ()), "code_session": (PIECE, ()), "maps_search": (PIECE, ()), "rerank_search": (PIECE, ()),
    "output_character": (TOKENS, ()), "image_read": (PIECE, ()), "video_input_second": (PIECE, ()),
}
SHORT_KEYS = {"input_usd_per_mtok": "input", "output_usd_per_mtok": "output", "cache_read_usd_per_mtok": "cache_read",
              "cache_write_usd_per_mtok": "cache_write", "reasoning_usd_per_mtok": "reasoning"}
WEEK = 7 * 1440
NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


# Hours --------------------------------------------------------------------------------------------------------------


def clock(text):
    return int(text[:2]) * 60 + int(text[3:5])


@dataclasses.dataclass(frozen=True)
class Hours:
    """`[not] [mon-fri] 09:00-12:00,14:00-18:00 [+08:00] [except 2026-10-01,2026-10-02]`."""
    complement: bool
    days: frozenset
    spans: tuple
    offset: int
    left_out: frozenset

    @staticmethod
    def parse(text):
        words = text.lower().split()
        complement = words[0] == "not"
        words = words[complement:]
        left_out = frozenset()
        if "except" in words:
            at = words.index("except")
            left_out = frozenset(datetime.date.fromisoformat(day) for day in words[at + 1].split(","))
            words = words[:at]
        offset = 0
        if len(words) > 1 and words[-1][0] in "+-":
            offset = clock(words[-1][1:]) * (1 if words[-1][0] == "+" else -1)
            words.pop()
        days = set(range(7))
        if len(words) == 2:
            days = set()
            for part in words[0].split(","):
                ends = [NAMES.index(name) for name in part.split("-")]
                days.update(range(ends[0], ends[-1] + 1))
        spans = tuple(tuple(map(clock, span.split("-"))) for span in words[-1].split(","))
        return Hours(complement, frozenset(days), spans, offset, left_out)

    def in_week(self, minute):
        """Whether a minute of a week in UTC that has no holidays is among the hours; Monday 00:00 is 0."""
        local = (minute + self.offset) % WEEK
        day, minute = divmod(local, 1440)
        return self._inside(minute, day in self.days, (day - 1) % 7 in self.days)

    def at(self, moment):
        """Whether an instant in UTC is."""
        local = moment + datetime.timedelta(minutes=self.offset)
        today, before = local.date(), local.date() - datetime.timedelta(days=1)
        return self._inside(local.hour * 60 + local.minute, self._starts(today), self._starts(before))

    def _starts(self, date):
        return date.weekday() in self.days and date not in self.left_out

    def _inside(self, minute, starts_today, started_yesterday):
        inside = False
        for start, end in self.spans:
            if start < end:
                inside |= starts_today and start <= minute < end
            else:
                inside |= starts_today and minute >= start or started_yesterday and minute < end
        return inside != self.complement


@functools.lru_cache(maxsize=None)
def _week(hours):
    return bytes(hours.in_week(minute) for minute in range(WEEK))


# Price lists --------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Line:
    unit: str
    mode: str
    above: int | None
    marginal: bool
    counts_answer: bool
    hours: Hours | None
    hours_text: str | None
    when: str | None
    first: str | None
    until: str | None
    price: Fraction

    @staticmethod
    def of(price):
        if price.get("currency", "USD") == "USD":
            money = Fraction(str(price["usd"] if "usd" in price else price["amount"]))
        else:
            money = Fraction(str(price["amount"])) * Fraction(str(price["usd_per_unit"]))
        hours = price.get("hours")
        return Line(price["unit"], price.get("mode", "standard"), None if price.get("above") is None else count(price["above"]),
                    "above" in price and price.get("tier", "cliff") == "marginal", price.get("counting", "prompt") == "prompt_and_answer",
                    Hours.parse(hours) if hours else None, hours, price.get("when"), price.get("from"), price.get("until"), money)

    def in_force(self, day):
        return (self.first is None or self.first <= day) and (self.until is None or day < self.until)

    def rank(self):
        return (-1 if self.above is None else self.above, self.when is not None, self.hours is not None)


def count(text):
    """`800M`, `1.5k`, `262144` as a whole number."""
    text = str(text)
    power = {"k": 3, "m": 6, "b": 9, "g": 9, "t": 12}.get(text[-1].lower(), 0)
    number = Fraction(text[:-1] if power else text) * 10 ** power
    assert number.denominator == 1, text
    return int(number)


def lines_of(route, day):
    """The lines of a route of a facts file that are in force on a day, `2026-11-10`."""
    lines = [Line.of(price) for price in route.get("prices", [])]
    lines += [Line.of({"unit": unit, "usd": route[key]}) for key, unit in SHORT_KEYS.items() if key in route]
    return [line for line in lines if line.in_force(day)]


# Traffic ------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Traffic:
    """A month. `usage` counts what is neither prompt nor answer, or part of them, by unit."""
    input: int = 800_000_000
    output: int = 250_000_000
    requests: int = 1_000_000
    cached: int = 0
    batch: int = 0  # hundredths of a percent of the requests
    hours: str = "spread"
    conditions: frozenset = frozenset()
    usage: tuple = ()

    def with_cached_share(self, hundredths):
        return dataclasses.replace(self, cached=self.input * hundredths // 10_000)

    def with_output(self, output):
        """The same tokens in sum, so many of them output; the cached share of the input stays."""
        whole = self.input + self.output
        cached = (whole - output) * self.cached // self.input if self.input else 0
        return dataclasses.replace(self, input=whole - output, output=output, cached=cached)

    def counts(self):
        counts = {"input": self.input, "output": self.output, "cache_read": self.cached, "request": self.requests}
        for unit, number in self.usage:
            counts[unit] = counts.get(unit, 0) + number
        return {unit: number for unit, number in counts.items() if number}


@dataclasses.dataclass(frozen=True)
class Cost:
    """US dollars, exact: of everything, or of what has a price where `unknown` names units that have none."""
    known: Fraction
    unknown: frozenset

    @property
    def exact(self):
        return None if self.unknown else self.known


# Pieces of one unit -------------------------------------------------------------------------------------------------


def reached(line, counts, requests):
    if line.above is None:
        return True
    return counts.get("input", 0) + (counts.get("output", 0) if line.counts_answer else 0) > line.above * requests


def ladder(lines, unit, mode, counts, requests, holds, conditions):
    """The lines that price a unit, the dearest tier first, one at each height; empty where none does."""
    steps = {}
    for line in lines:
        if line.unit == unit and line.mode == mode and reached(line, counts, requests) and (line.hours is None or holds(line.hours)) and (
                line.when is None or line.when in conditions):
            height = line.rank()[0]
            if height not in steps or line.rank() > steps[height].rank():
                steps[height] = line
    return [steps[height] for height in sorted(steps, reverse=True)]


def whole_ladder(lines, unit, mode, counts, requests, holds, conditions):
    """The lines down to one for the first piece: the first that is not marginal, in the standard mode where this one has none."""
    found = []
    for each in (mode, "standard"):
        for step in ladder(lines, unit, each, counts, requests, holds, conditions):
            found.append(step)
            if not step.marginal:
                return found
        if mode == "standard":
            break
    return []


def amount(pieces, steps, requests, per):
    """What pieces of one unit cost by the lines that price it."""
    top = steps[0]
    if top.marginal:
        below = min(pieces, top.above * requests)
        return amount(below, steps[1:], requests, per) + (pieces - below) * top.price / per
    return pieces * top.price / per


def own_pieces(counts):
    """How many pieces are of a unit and of none of its parts."""
    own = {}
    for unit in sorted(counts, key=lambda unit: -len(UNITS[unit][1])):
        own[unit] = counts[unit] - sum(number for part, number in own.items() if unit in UNITS[part][1])
        if own[unit] < 0:
            raise ValueError(f"the parts of {unit} exceed it")
    return own


def bill(lines, counts, requests=1, mode="standard", holds=lambda hours: False, conditions=frozenset()):
    """What counts cost that so many requests of one size sum up to, at one hour."""
    def steps(unit):
        return whole_ladder(lines, unit, mode, counts, requests, holds, conditions)

    billed, unknown = {}, set()
    for unit, pieces in own_pieces(counts).items():
        chain = (unit, *UNITS[unit][1])
        home = next((one for one in chain if steps(one)), None)
        if home:
            billed[home] = billed.get(home, 0) + pieces
        elif pieces and chain[-1] != "request":
            unknown.add(chain[-1])
    return Cost(sum((amount(pieces, steps(unit), requests, UNITS[unit][0]) for unit, pieces in billed.items()), Fraction(0)),
                frozenset(unknown))


# Months -------------------------------------------------------------------------------------------------------------


def classes(lines, window=None):
    """The minutes of the week, or of a window, by which hours hold: pairs of weight and hours that hold."""
    hours = list({line.hours: None for line in lines if line.hours})
    if not hours:
        return [(1, frozenset())]
    asked = _week(window) if window else bytes([1]) * WEEK
    weights = collections.Counter(held[1:] for held in zip(asked, *map(_week, hours)) if held[0])
    return [(weight, frozenset(one for one, is_held in zip(hours, held) if is_held)) for held, weight in weights.items()]


def month(lines, traffic):
    """What a month costs by the lines in force."""
    counts, parts = traffic.counts(), []
    share = Fraction(traffic.batch, 10_000)
    window = None if traffic.hours in ("spread", "peak", "off-peak") else Hours.parse(traffic.hours)
    for weight, held in classes(lines, window):
        costs = [(1 - share, bill(lines, counts, traffic.requests, "standard", held.__contains__, traffic.conditions))]
        if share:
            costs.append((share, bill(lines, counts, traffic.requests, "batch", held.__contains__, traffic.conditions)))
        if share == 1:
            costs = costs[1:]
        parts.append((weight, Cost(sum(part * cost.known for part, cost in costs), frozenset().union(*(cost.unknown for _, cost in costs)))))
    unknown = frozenset().union(*(cost.unknown for _, cost in parts))
    amounts = [cost.known for _, cost in parts]
    if traffic.hours == "peak":
        return Cost(max(amounts), unknown)
    if traffic.hours == "off-peak":
        return Cost(min(amounts), unknown)
    return Cost(sum(weight * cost.known for weight, cost in parts) / sum(weight for weight, _ in parts), unknown)


def at_instant(lines, counts, moment, requests=1, mode="standard", conditions=frozenset()):
    """What so many requests of one size cost that are served at an instant in UTC."""
    return bill(lines, counts, requests, mode, lambda hours: hours.at(moment), conditions)


# Text ---------------------------------------------------------------------------------------------------------------


def rounded(dollars, places=18):
    """Half up, as a fraction; of an amount that is not below zero."""
    unit = Fraction(1, 10 ** places)
    return (2 * dollars + unit) // (2 * unit) * unit


def text(dollars, places=18):
    """Plain digits, rounded half up, without trailing zeros: 216.25."""
    whole = int(rounded(dollars, places) * 10 ** places)
    digits = str(whole).rjust(places + 1, "0")
    return (digits[:-places] + "." + digits[-places:]).rstrip("0").rstrip(".")


def worked_examples():
    """The two examples of the rules, and one of rounding, as routes with their traffic and cost."""
    first = {"prices": [{"unit": "input", "usd": "1"}, {"unit": "input", "usd": "10", "above": 1000, "tier": "marginal"},
                        {"unit": "output", "usd": "1"}]}
    both = {"above": 1500, "counting": "prompt_and_answer"}
    second = {"prices": [{"unit": "input", "usd": "1"}, {"unit": "input", "usd": "3", **both}, {"unit": "output", "usd": "5"},
                         {"unit": "output", "usd": "30", **both}]}
    # Half of a million tokens at a price with all of its decimals: half of the last one, which is rounded up.
    half = {"prices": [{"unit": "input", "usd": "1.234567890123456789"}, {"unit": "output", "usd": "1"}]}
    return [(first, Traffic(2_000_000_000, 0), "11000"), (second, Traffic(1_000_000_000, 1_000_000_000), "33000"),
            (half, Traffic(500_000, 0, 1), "0.617283945061728395")]


if __name__ == "__main__":
    for route, traffic, expected in worked_examples():
        cost = text(month(lines_of(route, "2026-11-10"), traffic).exact)
        print(cost, expected)
        assert cost == expected
    day = datetime.datetime(2026, 10, 1, 12, tzinfo=datetime.timezone.utc)
    hours = Hours.parse("mon-fri 22:00-06:00 +08:00 except 2026-10-02")
    assert hours.at(datetime.datetime(2026, 10, 1, 14)) and not hours.at(datetime.datetime(2026, 10, 2, 14))
    assert sum(hours.in_week(minute) for minute in range(WEEK)) == 5 * 8 * 60
    audio = [Line.of({"unit": unit, "usd": usd}) for unit, usd in (("input", 2), ("cache_read", "0.2"), ("audio_input", 4))]
    parts = {"input": 100, "cache_read": 50, "audio_input": 60, "cache_read_audio": 40}
    assert bill(audio, parts).known == Fraction(150, 10 ** 6), bill(audio, parts)
