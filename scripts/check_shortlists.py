"""Ask random shortlists of a server and look for routes among the first hundred that a table of retirements has ended.

usage: check_shortlists.py LLMREF [--questions 1000] [--seed 1]
Exits 1 when one is found.
"""
import argparse
import json
import random
import re
import subprocess
import sys
import urllib.parse
import urllib.request

import check_life

PROVIDERS = ["openai", "anthropic", "google", "groq", "mistral", "xai", "cohere", "azure", "amazon-bedrock", "google-vertex", "openrouter"]
NEEDS = ["tools", "vision", "reasoning", "structured-outputs"]


def question(dice):
    asked = {}
    if dice.random() < 0.3:
        asked["context"] = f">={dice.choice([8, 32, 128, 200, 1000])}k"
    if not asked or dice.random() < 0.7:
        asked["provider"] = ",".join(dice.sample(PROVIDERS, dice.randint(1, 5)))
    if dice.random() < 0.6:
        asked["needs"] = ",".join(dice.sample(NEEDS, dice.randint(1, 2)))
    if dice.random() < 0.3:
        asked["max_cost"] = str(dice.choice([50, 200, 1000, 5000]))
    if dice.random() < 0.3:
        asked["prefer"] = dice.choice(["cost", "context", "cost:3,context:1", "released,cost"])
    if dice.random() < 0.3:
        asked["unknown"] = dice.choice(["keep", "exclude"])
    return asked


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    server = subprocess.Popen([options.llmref, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in server.stdout:
            found = re.search(r"http://[^\s/]+:\d+", line)
            if found:
                break
        base = found[0]
        dice = random.Random(options.seed)
        ended, looked, day = [], 0, None
        days = None
        for _ in range(options.questions):
            asked = question(dice)
            address = f"{base}/api/v1/shortlist?{urllib.parse.urlencode(asked)}"
            with urllib.request.urlopen(address, timeout=60) as answer:
                page = json.load(answer)
            if days is None:
                day = page["as_of"]
                days = {}
                for platform, name, end, _ in check_life.rows():
                    platform = check_life.PLATFORMS.get((platform or "").lower(), (platform or "").lower())
                    if name and end:
                        days.setdefault((platform, name.lower()), set()).add(end[:10])
                # LiteLLM's day is a third one: with the page and of November, where it is later.
                for name, row in json.load(open(f"{check_life.ROOT}/Data/sources/litellm.json")).items():
                    key = (row.get("litellm_provider"), name.split("/")[-1].lower())
                    if key in days and row.get("deprecation_date"):
                        days[key].add(row["deprecation_date"])
            if "ranked" not in page["conclusions"]:
                raise SystemExit(f"no ranking for {asked}: {page['conclusions']}")
            for row in page["conclusions"]["ranked"][:100]:
                looked += 1
                ends = days.get((row["provider"], row["api_id"].lower()))
                # Where tables differ, one may be right that it has not ended.
                if ends and max(ends) < day:
                    ended.append((row["provider"], row["api_id"], sorted(ends)))
    finally:
        server.terminate()
        server.wait(timeout=10)
    for row in sorted(set(map(str, ended)))[:20]:
        print("  ended", row)
    print(f"{options.questions} shortlists, {looked} routes among their first hundred: {len(ended)} ended by a table")
    sys.exit(1 if ended or not looked else 0)


if __name__ == "__main__":
    main()
