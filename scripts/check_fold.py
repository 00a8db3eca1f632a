"""Prove that folded evidence is shown, preferred, and stops counting when it should.

In a data folder of its own: folds made-up records (`scripts/make_records.py`) onto three routes of the embedded catalogue, and reads model
and comparison pages. Evidence must be shown with n and the day, come before what sources state, and both must stand there. It must stop
counting after its last day, when a stored price differs from the catalogue's, when the model of the API id differs, when a later run was
served by another fingerprint, and when the route is not listed. A broken file must be refused with its name. Files and answers must fit
Schemas/measured-1 and Schemas/eval-fold-1, and a second fold must write the same bytes.

Usage: check_fold.py LLMREF
"""
import json
import os
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..")
# The names that make_records.py gives, on routes whose models are in the catalogue.
ROUTES = {"baseline": "openai/gpt-5.2", "cheap": "openai/gpt-5-mini", "large": "anthropic/claude-opus-4-5"}
MODELS = {"baseline": "openai/gpt-5.2", "cheap": "openai/gpt-5-mini"}
AS_OF = "2026-11-22"
failed = []


def check(holds, what):
    print(("ok      " if holds else "FAILED  ") + what)
    if not holds:
        failed.append(what)


def main():
    llmref = os.path.abspath(sys.argv[1])
    home = tempfile.mkdtemp()
    environment = dict(os.environ, LLMREF_HOME=home, COLUMNS="200")

    def run(*arguments, code=0):
        done = subprocess.run([llmref, *arguments], capture_output=True, text=True, env=environment)
        if done.returncode != code:
            check(False, f"{' '.join(arguments)} ends with {code}: {done.returncode} {done.stderr[:300]}")
        return done

    def valid(name, value):
        schema = json.load(open(os.path.join(ROOT, "Schemas", name + ".schema.json"), encoding="utf-8"))
        errors = list(Draft202012Validator(schema).iter_errors(value))
        check(not errors, f"fits {name}" + "".join(f"; {error.json_path}: {error.message[:120]}" for error in errors[:3]))

    records = os.path.join(home, "cells.jsonl")
    subprocess.run([sys.executable, os.path.join(HERE, "make_records.py"), records, "--routes", "4"], check=True)
    targets = [word for name, route in ROUTES.items() for word in ("--as", f"{name}={route}")]
    before = run("compare", MODELS["cheap"], MODELS["baseline"], "--as-of", AS_OF, "--format", "markdown").stdout
    check("Measured by you" not in before, "nothing is said of measurements where there are none")

    # `fast` is on no route of the catalogue, so it is refused and the rest is folded.
    done = run("eval", "fold", "--records", records, "--valid", "3", "--json", *targets, code=1)
    answer = json.loads(done.stdout)
    valid("eval-fold-1", answer)
    check({entry["route"] for entry in answer["folded"]} == set(ROUTES), "every named route is folded")
    check([entry["route"] for entry in answer["refused"]] == ["fast"], "a route without a catalogue route is refused")
    path = answer["path"]
    first = open(path, "rb").read()
    measured = json.loads(first)
    valid("measured-1", measured)
    run("eval", "fold", "--records", records, "--valid", "3", "--json", *targets, code=1)
    check(open(path, "rb").read() == first, "a second fold writes the same bytes")

    page = run("model", MODELS["cheap"], "--as-of", AS_OF, "--format", "markdown").stdout
    check("measured by you, n = 300, 2026-11-20" in page, "the model page says: measured by you, n = 300, 2026-11-20")
    document = json.loads(run("model", MODELS["cheap"], "--as-of", AS_OF, "--json").stdout)
    valid("document-1", document)
    check(any("measured:" in entry["source"] or "Measured by you" in json.dumps(entry) for entry in document["citations"]),
          "the evidence is cited")

    text = run("compare", MODELS["cheap"], MODELS["baseline"], "--as-of", AS_OF, "--format", "markdown").stdout
    check("Your own prompts cost less on it" in text, "the comparison puts the measured cost among its reasons")
    check("As stated: monthly cost" in text and "Cost of a thousand cells" in text, "measured and stated cost stand together")
    check(0 <= text.find("Measured by you") < text.find("Monthly cost at traffic"), "the measured comes first")
    check(0 <= text.find("Your own prompts cost less on it") < text.find("It costs less at"), "the measured reason comes first")
    valid("document-1", json.loads(run("compare", MODELS["cheap"], MODELS["baseline"], "--as-of", AS_OF, "--json").stdout))
    other = run("compare", MODELS["baseline"], MODELS["cheap"], "--as-of", AS_OF, "--format", "markdown").stdout
    check(other.count("Your own prompts cost less on it") == text.count("Your own prompts cost less on it"), "the order of the pair changes nothing")

    def changed(what, change, words, day=AS_OF):
        value = json.loads(first)
        for entry in value["measurements"]:
            if entry["name"] == "cheap":
                change(entry, value)
                break
        open(path, "w", encoding="utf-8").write(json.dumps(value))
        text = run("model", MODELS["cheap"], "--as-of", day, "--format", "markdown").stdout
        both = run("compare", MODELS["cheap"], MODELS["baseline"], "--as-of", day, "--format", "markdown").stdout
        check("does not count any more" in text and words in text, f"{what}: the page says why")
        check("Your own prompts cost less" not in both, f"{what}: it decides nothing")
        open(path, "wb").write(first)

    run("model", MODELS["cheap"], "--as-of", "2026-11-23")
    check("does not count" not in run("model", MODELS["cheap"], "--as-of", "2026-11-23", "--format", "markdown").stdout, "it counts on its last day")
    changed("the day after its last day", lambda entry, value: None, "it expired on 2026-11-23", "2026-11-24")

    def price(entry, value):
        entry["prices"][0]["usd"] = "99"

    changed("another price", price, "was $99 and is $")

    def added(entry, value):
        entry["prices"] = [each for each in entry["prices"] if each["term"] != "price.output"]

    changed("a price that was not there", added, "was none and is $")
    changed("a route that nobody lists", lambda entry, value: entry.update(api_id="no-such-id"), "the route is retired, or no source lists it any more")

    def served(entry, value):
        later = json.loads(json.dumps(entry))
        later.update(run="later", date="2026-11-21", served=[{"model": "another", "fingerprint": "fp_2"}])
        value["measurements"].append(later)

    value = json.loads(first)
    served(next(entry for entry in value["measurements"] if entry["name"] == "cheap"), value)
    open(path, "w", encoding="utf-8").write(json.dumps(value))
    text = run("model", MODELS["cheap"], "--as-of", AS_OF, "--format", "markdown").stdout
    check("served by another model or fingerprint on 2026-11-21" in text, "another fingerprint: the older run does not count any more")
    check("n = 300, 2026-11-21" in text, "another fingerprint: the newer run counts")
    open(path, "wb").write(first)

    open(path, "wb").write(first[:200])
    done = run("model", MODELS["cheap"], code=2)
    check(os.path.basename(path) in done.stderr and "hint:" in done.stderr, "a broken file is refused by its name, with a hint")
    os.remove(path)
    check(run("compare", MODELS["cheap"], MODELS["baseline"], "--as-of", AS_OF, "--format", "markdown").stdout == before,
          "without the file the page is as before")
    print(f"{len(failed)} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
