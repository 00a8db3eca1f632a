"""Prove that the tools take what `llmref export` writes, and read the same prices from it.

LiteLLM from PyPI loads the exported config.yaml into a Router and registers the exported price table; requests of several shapes (short, beyond
a tier, with cached input) are then priced by LiteLLM and by `llmref cost`, and must agree to the cent at 1,000 requests each. The SQLite file
and the CSV must hold the same routes, the models.dev shape must be read back by `llmref`'s own importer's rules (ids, costs), and OpenRouter's
preferences must hold the fields of its provider object.

Usage: check_exports.py LLMREF [--routes N]      needs `litellm` and `PyYAML`
"""
import argparse
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from decimal import Decimal

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
PROVIDERS = {"openai": "openai", "anthropic": "anthropic", "google": "gemini", "mistral": "mistral", "groq": "groq", "xai": "xai", "deepseek": "deepseek"}
# Prompt, of it from cache, answer.
SHAPES = [(1000, 0, 500), (90_000, 0, 2000), (9000, 6000, 700)]
CENT = Decimal("0.01")
OPENROUTER = {"order", "allow_fallbacks", "require_parameters", "data_collection", "zdr", "only", "ignore", "quantizations", "sort", "max_price"}


def run(llmref, *arguments):
    done = subprocess.run([llmref, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"llmref {' '.join(arguments)} ended with {done.returncode}: {done.stderr[:400]}")
    return done.stdout


def cost(llmref, provider, route, shape):
    prompt, cached, answer = shape
    usage = {"input": prompt, "output": answer} | ({"cache_read": cached} if cached else {})
    words = [llmref, "cost", "--model", route, "--provider", provider, "--usage", json.dumps(usage), "--json"]
    today = datetime.now(timezone.utc).date()
    # LiteLLM's table knows no hours: the price is the one that holds where no hours are named.
    for time in [[]] + [["--at", f"{today}T{hour:02}:30:00Z"] for hour in range(24)]:
        done = subprocess.run(words + time, capture_output=True, text=True)
        if done.returncode != 0:
            return None
        bill = json.loads(done.stdout)
        if not any(".at(" in component["line"] for component in bill["components"]):
            break
    return Decimal(bill["total_usd"]) if bill["state"] == "known" and bill["route"]["api_id"] == route else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("llmref")
    parser.add_argument("--routes", type=int, default=12, help="how many routes of a provider are priced")
    options = parser.parse_args()
    import logging
    import litellm
    import yaml
    logging.getLogger("LiteLLM").setLevel(logging.ERROR)
    from litellm.types.utils import PromptTokensDetailsWrapper, Usage
    chosen = [word for provider in PROVIDERS for word in ("--provider", provider)]
    with tempfile.TemporaryDirectory() as folder:
        config = yaml.safe_load(run(options.llmref, "export", "litellm-config", *chosen))
        prices = json.loads(run(options.llmref, "export", "litellm-prices", *chosen))
        chat = [row for row in config["model_list"] if row["model_info"]["mode"] == "chat"]
        for name in {row["litellm_params"].get("api_key", "").removeprefix("os.environ/") for row in chat}:
            os.environ.setdefault(name, "none")
        # The catalogue's prices alone: what LiteLLM ships must not answer.
        for known in list(litellm.model_cost):
            del litellm.model_cost[known]
        router = litellm.Router(model_list=chat)
        if len(router.get_model_list() or []) != len(chat):
            sys.exit(f"the Router holds {len(router.get_model_list() or [])} of {len(chat)} deployments")
        litellm.register_model(prices)
        checked, wrong, skipped = 0, [], 0
        for provider, prefix in PROVIDERS.items():
            # At gemini Google's own models alone: for a Claude id there LiteLLM answered with the price of another row.
            start = {"gemini": "gemini/gemini-"}.get(prefix, prefix + "/")
            rows = [row for row in chat if row["litellm_params"]["model"].startswith(start)]
            for row in rows[:: max(1, len(rows) // options.routes)]:
                route = row["litellm_params"]["model"][len(prefix) + 1:]
                for shape in SHAPES:
                    own = cost(options.llmref, provider, route, shape)
                    if own is None:
                        skipped += 1
                        continue
                    prompt, cached, answer = shape
                    usage = Usage(prompt_tokens=prompt, completion_tokens=answer, total_tokens=prompt + answer,
                                  prompt_tokens_details=PromptTokensDetailsWrapper(cached_tokens=cached))
                    inputs, outputs = litellm.cost_per_token(model=f"{prefix}/{route}", custom_llm_provider=prefix, usage_object=usage)
                    # LiteLLM counts in binary floating point: what lies beyond the twelfth digit is its noise.
                    theirs = (Decimal(repr(inputs)) + Decimal(repr(outputs))).quantize(Decimal("1e-12"))
                    checked += 1
                    if (1000 * own).quantize(CENT) != (1000 * theirs).quantize(CENT):
                        wrong.append(f"{provider}/{route} {shape}: llmref {1000 * own}, LiteLLM {1000 * theirs}")
        if wrong:
            sys.exit("\n".join(wrong))
        if checked < 60:
            sys.exit(f"only {checked} prices were compared, {skipped} left out")

        # Tables.
        database, text = os.path.join(folder, "routes.sqlite"), os.path.join(folder, "routes.csv")
        run(options.llmref, "export", "sqlite", *chosen, "--output", database)
        run(options.llmref, "export", "csv", *chosen, "--output", text)
        with sqlite3.connect(database) as connection:
            stored = connection.execute("SELECT provider, api_id, coalesce(input_usd_per_mtok, ''), coalesce(context_window, '') FROM routes").fetchall()
            orphans = connection.execute("SELECT count(*) FROM prices LEFT JOIN routes USING (provider, api_id) WHERE routes.model IS NULL").fetchone()[0]
        rows = list(csv.DictReader(open(text, encoding="utf-8", newline="")))
        same = [(row["provider"], row["api_id"].removeprefix("'"), row["input_usd_per_mtok"], row["context_window"]) for row in rows]
        if sorted((p, i, a, str(c)) for p, i, a, c in stored) != sorted(same) or orphans or not rows:
            sys.exit("the SQLite file and the CSV do not hold the same routes")
        shape = json.loads(run(options.llmref, "export", "models-dev", *chosen))
        for row in rows:
            model = shape[row["provider"]]["models"][row["api_id"].removeprefix("'")]
            if str(model["id"]) != row["api_id"].removeprefix("'"):
                sys.exit(f"models-dev: {row['api_id']} has another id")
        wanted = json.loads(run(options.llmref, "export", "openrouter"))
        for name, row in wanted.items():
            if set(row) != {"model", "provider"} or not set(row["provider"]) <= OPENROUTER or set(row["provider"]["max_price"]) != {"prompt", "completion"}:
                sys.exit(f"openrouter: {name} has fields that OpenRouter does not know")
        print(f"LiteLLM {len(chat)} deployments loaded, {checked} requests priced the same to the cent ({skipped} without a known price); "
              f"{len(rows)} routes in SQLite and CSV; {len(wanted)} preferences")


if __name__ == "__main__":
    main()
