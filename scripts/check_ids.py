"""Asks `llmref resolve` for ids as platforms and people write them, and counts right, split, wrong, ambiguous and unknown.

A pair list is a table of tabs with a head: kind, id, meant; further columns are not read. `meant` is a canonical id, a name
without its lab where the lab is nobody's habit, or `-` for an invented id that must stay unknown. What follows a name behind a
blank or in brackets (`q4`, `(2024-08-06)`) says which route or release is meant, and the page counts as right.

An answer is right when it is the meant page, or a release or version of it that the note allows. One under another page of the
same letters, or without the ending of a tuned model, is split; any other is wrong. Fails below 95% right or with one wrong.

usage: check_ids.py LLMREF [PAIRS] [--catalogue FILE] [--show]
"""
import argparse
import json
import os
import re
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OWN = os.path.join(root, "scripts/ids.tsv")
TUNED = ("-instruct", "-it", "-chat")
VERSION = re.compile(r"(-(instruct|it|chat|v\d+(\.\d+)*|\d+k|\d{3,4}))+")


def pairs(path):
    with open(path, encoding="utf-8") as lines:
        head = next(lines).rstrip("\n").split("\t")
        for line in lines:
            row = dict(zip(head, line.rstrip("\n").split("\t")))
            if row.get("id"):
                yield row.get("kind", ""), row["id"], row["meant"]


def plain(name):
    """Letters and digits of a name, without a version's v."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"(?<![a-z0-9])v(?=\d)", "", name.lower()))


def names(meant):
    """The names that a row allows: `phi-3-mini`, and what its brackets add (`devstral-small (2505 or 2507)`)."""
    base = re.split(r"[ (@]", meant, maxsplit=1)[0]
    notes = re.findall(r"\(([^)]*)\)", meant)
    yield base
    for note in notes:
        for word in note.replace(",", " ").split():
            if word != "or":
                yield f"{base}-{word}"
                for ending in TUNED:
                    yield f"{base}{ending}-{word}"


def verdict(meant, answer):
    if meant == "-":
        return "right" if answer["state"] == "unknown" else "wrong"
    if answer["state"] != "known":
        return answer["state"]
    got = answer["model"]
    for name in names(meant):
        own = got if "/" in name else got.split("/", 1)[1]
        if plain(own) == plain(name):
            return "right"
        # `phi-3-mini` is served in versions that their names tell: `phi-3-mini-128k-instruct`.
        if own.startswith(name + "-") and VERSION.fullmatch(own[len(name):]):
            return "right"
    base = next(names(meant))
    own = got if "/" in base else got.split("/", 1)[1]
    if any(plain(own + end) == plain(base) or plain(own) == plain(base + end) for end in TUNED):
        return "split"
    return "wrong"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("pairs", nargs="?", default=OWN)
    parser.add_argument("--catalogue")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    rows = list(pairs(options.pairs))
    command = [options.llmref, "resolve", "-"]
    if options.catalogue:
        command += ["--catalogue", options.catalogue]
    run = subprocess.run(command, input="".join(f"{raw}\n" for _, raw, _ in rows), capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(rows):
        sys.exit(f"{len(rows)} ids, {len(answers)} answers")
    counts = {}
    for (kind, raw, meant), answer in zip(rows, answers):
        result = verdict(meant, answer)
        counts[result] = counts.get(result, 0) + 1
        if options.show and result != "right":
            print(f"{result:9} {kind:9} {raw} is {meant}, not {answer.get('model', answer['candidates'])}")
    right = counts.get("right", 0)
    print(f"{len(rows)} ids: " + ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) + f"; {100 * right / len(rows):.1f}% right")
    if counts.get("wrong") or right < 0.95 * len(rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
