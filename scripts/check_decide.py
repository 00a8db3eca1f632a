"""Prove that a decision record names every line that a hand has changed, and that a recheck names what a price moves.

Records a decision between two models in Markdown, HTML and JSON; rechecks each unchanged; edits one claim, one conclusion and
the head at a time, as a person would in the page or in the JSON, and looks for its number in the answer; then changes one price
with a facts file and looks for exactly that claim and the conclusions that rest on it.

Usage: check_decide.py LLMREF
"""
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile

MODELS = ("gpt-5.2", "claude-sonnet-4.5")
# A facts file is seen on the day it is read, and says nothing of the days before.
DAY = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
failures = []


def check(condition, words):
    if not condition:
        failures.append(words)
        print("FAIL", words, file=sys.stderr)


def main(llmref):
    def run(*arguments):
        return subprocess.run([llmref, *arguments, "--as-of", DAY], capture_output=True, text=True)

    def recheck(path, *more):
        done = run("decide", "--recheck", path, "--json", *more)
        try:
            return done.returncode, json.loads(done.stdout)["conclusions"]
        except ValueError:
            return done.returncode, {"error": done.stderr}

    with tempfile.TemporaryDirectory() as folder:
        paths = {end: os.path.join(folder, "decision." + end) for end in ("md", "html", "json")}
        for path in paths.values():
            check(run("decide", *MODELS, "--record", path).returncode == 0, f"record {path}")
            code, answer = recheck(path)
            check(code == 0 and answer.get("claims") == [] and answer.get("edited") == [], f"unchanged {path}: {code} {str(answer)[:300]}")
        record = json.load(open(paths["json"]))
        edited = 0
        # A person edits JSON.
        for part, place, key in [("claims", i, "value") for i in (0, 3, 40, len(record["claims"]) - 1)] + [("claims", 7, "display"), ("conclusions", 2, "outcome")]:
            changed = json.loads(json.dumps(record))
            changed[part][place][key] += "1"
            write(folder + "/edited.json", json.dumps(changed, indent=1))
            code, answer = recheck(folder + "/edited.json")
            named = [line["id"] for line in answer.get("edited", [])]
            check(code == 1 and named == [changed[part][place]["id"]], f"{part}[{place}].{key}: exit {code}, named {named}")
            edited += 1
        changed = json.loads(json.dumps(record))
        changed["head"]["traffic"]["input_tokens"] = "1"
        write(folder + "/edited.json", json.dumps(changed))
        check([line["id"] for line in recheck(folder + "/edited.json")[1].get("edited", [])] == ["head"], "an edited head is named")
        # A person edits the page.
        for end in ("md", "html"):
            text = open(paths[end], encoding="utf-8").read()
            rows = [line for line in text.split("\n") if re.match(r"\| C\d+ \||<tr><th scope=\"row\">C\d+<", line) and "$" in line]
            for row in (rows[0], rows[len(rows) // 2], rows[-1]):
                number = re.search(r"C\d+", row).group()
                write(folder + "/edited." + end, text.replace(row, row.replace("$", "$1", 1), 1))
                code, answer = recheck(folder + "/edited." + end)
                named = [line["id"] for line in answer.get("edited", [])]
                check(code == 1 and named == [number], f"{end} {number}: exit {code}, named {named}")
                edited += 1
        for text in ("", "# Notes", '{"schema":"llmref/decision/1"}', '{"schema":"llmref/decision/9"}', "[]", '{"schema":"llmref/decision/1","head":{"models":[]}}'):
            write(folder + "/none.json", text)
            check(run("decide", "--recheck", folder + "/none.json").returncode == 2, f"no record: {text!r}")

        # One price changes: that of the route through which the first model is cheapest.
        conclusion = record["conclusions"][0]
        route = conclusion["outcome"].split(" through ")[1]
        claim = next(c for c in record["claims"] if c["key"] == f"openai/gpt-5.2 @ {route} price.input")
        provider, api = route.split("/", 1)
        facts = {"models": [{"id": "openai/gpt-5.2", "routes": [{"provider": provider, "id": api, "input_usd_per_mtok": str(float(claim["value"]) + 0.001)}]}]}
        write(folder + "/facts.json", json.dumps(facts))
        code, answer = recheck(paths["md"], "--facts", folder + "/facts.json")
        check(code == 1 and [c["key"] for c in answer["claims"]] == [claim["key"]], f"one price: exit {code}, {[c['key'] for c in answer['claims']]}")
        rest = {c["key"] for c in record["conclusions"] if claim["key"] in c["rests_on"]}
        check({c["key"] for c in answer["conclusions"] if c["rests_on_a_changed_claim"]} == rest, "the conclusions that rest on the price")
        moved = [c["key"] for c in answer["conclusions"] if not c["stands"]]
        check(set(moved) <= rest and conclusion["key"] in moved, f"the conclusions that the price moves: {moved}")
    if failures:
        raise SystemExit(f"{len(failures)} failures")
    print(f"decide: {edited} edits named; one changed price names one claim and {len(rest)} conclusions that rest on it, {len(moved)} moved")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main(sys.argv[1])
