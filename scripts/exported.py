"""The routes and prices of the catalogue on a day, as `llmref export sqlite` writes them, for the checks of prices."""
import collections
import contextlib
import json
import os
import sqlite3
import subprocess
import tempfile
from decimal import Decimal
from typing import NamedTuple, Optional


class Term(NamedTuple):
    """A line of a price list; None means no tier, all hours, no condition."""

    unit: str
    mode: str = "standard"
    above: Optional[int] = None
    counting: Optional[str] = None
    semantics: Optional[str] = None
    hours: Optional[str] = None
    condition: Optional[str] = None

    def __str__(self):
        """`input`, `output.batch`, `cache_read>200000`: as the tables of explained differences write it."""
        text = self.unit + ("" if self.mode == "standard" else "." + self.mode)
        text += "" if self.above is None else f">{self.above}"
        text += "" if self.hours is None else f"@{self.hours}"
        return text + ("" if self.condition is None else f"?{self.condition}")


class Price(NamedTuple):
    """US dollars, with the record that gave them."""

    usd: Decimal
    source: Optional[str]
    record: Optional[str]
    observed: Optional[str]


class Prices:
    """`routes` and `prices` by provider and api id, without those of an id that a provider sells in several regions: the table
    of prices does not tell them apart. Their number is `ambiguous`."""

    def __init__(self, llmref, day, catalogue=None):
        self.day = day
        self.prices = collections.defaultdict(dict)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "routes.sqlite")
            run(llmref, "export", "sqlite", "--as-of", day, "--output", path, catalogue=catalogue)
            with contextlib.closing(sqlite3.connect(path)) as database:
                database.row_factory = sqlite3.Row
                rows = [dict(row) for row in database.execute("SELECT * FROM routes")]
                times = collections.Counter((row["provider"], row["api_id"]) for row in rows)
                self.routes = {(row["provider"], row["api_id"]): row for row in rows if times[row["provider"], row["api_id"]] == 1}
                self.ambiguous = len(rows) - len(self.routes)
                for row in database.execute("SELECT * FROM prices"):
                    if (row["provider"], row["api_id"]) not in self.routes:
                        continue
                    condition = row["condition"] if "condition" in row.keys() else None
                    term = Term(row["unit"], row["mode"], row["above_tokens"], row["tier_counting"], row["tier_semantics"], row["hours"], condition)
                    # Lines are sorted, and where conditions have no column the one without comes first.
                    self.prices[row["provider"], row["api_id"]].setdefault(term, Price(Decimal(row["usd"]), row["source"], row["record"], row["observed"]))


def run(llmref, *arguments, catalogue=None, given=None):
    """What the program prints; ends the check where it fails."""
    command = [llmref, *arguments, *(["--catalogue", catalogue] if catalogue else [])]
    done = subprocess.run(command, input=given, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)[:300]} ended with {done.returncode}: {done.stderr.strip()[:400]}")
    return done.stdout


def catalogue_day(llmref, catalogue=None):
    """The day of the catalogue itself, which no clock moves."""
    return json.loads(run(llmref, "catalogue", "stats", "--json", catalogue=catalogue))["date"]


def resolved(llmref, ids, day, catalogue=None):
    """What the resolver says of each (id, provider)."""
    ids = sorted(set(ids))
    given = "".join(f"{name}\t{provider}\n" for name, provider in ids)
    lines = run(llmref, "resolve", "-", "--json", "--as-of", day, catalogue=catalogue, given=given).splitlines()
    if len(lines) != len(ids):
        raise SystemExit(f"`llmref resolve -` answered {len(lines)} of {len(ids)} ids")
    return dict(zip(ids, map(json.loads, lines)))
