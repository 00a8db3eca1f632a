"""Tests the id resolver against answers it was not taught.

For each teacher (metergraph's aliases, genai-prices' exact match rules) a catalogue is built without that source's
alias lists and without the curated aliases that cite it; then every id of the teacher is resolved. An id is right when it
leads to the model that the teacher's own canonical id leads to, wrong when it leads to another, unknown otherwise.
An id counts when its canonical id is known to the catalogue at all.

genai-prices groups ids that share a price, so a rule is no answer about identity where models.dev lists both ids under
different names, or metergraph under different models (gpt-5.1-codex-max is priced with gpt-5.1 and is another model); those
pairs are left out and counted.

Fails when the aliases of metergraph fall below 95% right or above 1% wrong. genai-prices is counted and printed: what its
rules still group by price alone cannot be told apart from an identity here.

usage: check_resolver.py LLMREF [--show]
"""
import json
import os
import re
import subprocess
import sys
import tempfile

DAY = "2026-11-12"
GROUPED = []
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


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


def names():
    """The names models.dev gives each last part of an id."""
    found = {}
    for model in json.load(open(os.path.join(root, "Data/sources/modelsdotdev.json")))["models"]:
        name = "".join(c for c in model["name"].lower().split(": ")[-1] if c.isalnum() or c == ".")
        found.setdefault(last(model["id"]), set()).add(name)
    return found


def last(id):
    """The last part of an id, with one spelling of versions: gpt-5-1 is gpt-5.1."""
    return re.sub(r"(?<=\d)-(?=\d\b)", ".", id.split("/")[-1].lower())


def metergraph_models():
    """The canonical models that metergraph gives each last part of an id."""
    found = {}
    for name, _, canonical, _ in metergraph():
        found.setdefault(last(name), set()).add(canonical)
        found.setdefault(last(canonical), set()).add(canonical)
    return found


def genai_prices():
    # The same name is the same model; two that models.dev or metergraph holds apart are not.
    tables = [names(), metergraph_models()]
    same = lambda a, b: all(not table.get(a) or not table.get(b) or table[a] & table[b] for table in tables)
    def exact(match):
        if match["_"] == "ClauseEquals":
            return [match["equals"]]
        if match["_"] == "ClauseOr":
            return [name for clause in match["or_"] for name in exact(clause)]
        return []
    for provider in json.load(open(os.path.join(root, "Data/sources/genai-prices.json")))["providers"]:
        for model in provider["models"]:
            for name in exact(model["match"]):
                if not same(last(name), last(model["id"])):
                    GROUPED.append(name)
                    continue
                yield name, provider["id"], model["id"], provider["id"]


def main():
    llmref, show = sys.argv[1], "--show" in sys.argv
    failed = False
    for teacher, questions in (("metergraph", list(metergraph())), ("genai-prices", list(genai_prices()))):
        with tempfile.TemporaryDirectory() as folder:
            catalogue = os.path.join(folder, "catalogue.llmref")
            subprocess.run([llmref, "catalogue", "build", "--data", os.path.join(root, "Data"), "--untaught", teacher, "--output", catalogue],
                           check=True, stdout=subprocess.DEVNULL)
            asked = resolve_all(llmref, catalogue, [(q[0], q[1]) for q in questions])
            expected = resolve_all(llmref, catalogue, [(q[2], q[3]) for q in questions])
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
        total = right + wrong + unknown
        skipped = sum(want is None for want in expected)
        print(f"{teacher}: {right} of {total} right ({right / total:.1%}), {wrong} wrong ({wrong / total:.2%}), {unknown} unknown; "
              f"{skipped} of unknown canonical ids left out" + (f", {len(GROUPED)} price groups left out" if teacher == "genai-prices" else ""))
        failed |= teacher == "metergraph" and (right / total < 0.95 or wrong / total > 0.01)
    sys.exit(1 if failed else 0)


main()
