"""Hold `llmref audit` against the retirement tables that the catalogue embeds: ids that are past, in every spelling that platforms use,
are flagged with a table's day and successor; ids that labs sell today are not.

usage: check_life.py LLMREF [--as-of DAY] [--catalogue FILE] [--list]
Exits 1 when fewer than 97% of the past ids are flagged, fewer than 98% of those carry a day of a table, or more than 0.2% of the
ids on sale are flagged.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# How callers write a platform before an id; the first as LiteLLM does.
PREFIXES = {
    "openai": ["openai/", "openai:"], "anthropic": ["anthropic/", "anthropic:"], "google": ["gemini/", "google/"],
    "google-vertex": ["vertex_ai/"], "amazon-bedrock": ["bedrock/"], "azure": ["azure/"], "mistral": ["mistral/"],
    "cohere": ["cohere/"], "groq": ["groq/"], "xai": ["xai/"],
}
PLATFORMS = {
    "google-gemini-api": "google", "google": "google", "google vertex": "google-vertex", "google-vertex-ai": "google-vertex",
    "aws bedrock": "amazon-bedrock", "aws-bedrock": "amazon-bedrock", "azure openai": "azure", "azure": "azure",
    "mistral ai": "mistral", "mistralai": "mistral",
}
# Ids of clouds are the labs' own where they stand bare.
SAID_BARE = set(PREFIXES) - {"azure", "google-vertex"}


def rows():
    """platform, id, day, successor of each row of both tables. `ft-…` are no ids but kinds of them."""
    for row in json.load(open(f"{ROOT}/Data/sources/model-retire.json"))["models"]:
        for name in [row["id"]] + (row.get("aliases") or []):
            yield row["provider"], name, row.get("retires_on"), row.get("replacement")
    for row in json.load(open(f"{ROOT}/Data/sources/llm-sunset.json")):
        yield row["provider"], row["model_id"], row.get("shutdown_date"), (row.get("replacement_models") or [None])[0]


def audit(llmref, ids, as_of, catalogue):
    """For each id the findings of a line that calls it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "calls.py")
        with open(path, "w") as file:
            for name in ids:
                file.write(f'client.create(model="{name}")\n')
        command = [llmref, "audit", path, "--json", "--fail-on", "never", "--near", "36500"]
        answer = json.loads(subprocess.run(command + ["--as-of", as_of, "--catalogue", catalogue], capture_output=True, text=True, check=True).stdout)
    found = collections.defaultdict(list)
    for finding in answer["findings"]:
        for line in [finding["line"]] if "line" in finding else [place["line"] for place in finding["places"]]:
            found[ids[line - 1]].append(finding)
    return found


# Ids that LiteLLM still lists and that have ended by what is said of the id that they lead to.
EXPLAINED = {
    "mistral/mistral-medium-3": "leads to mistral-medium-2505, which Mistral's page ends on 2026-08-31",
    "mistral/open-mistral-nemo": "leads to open-mistral-nemo-2407, which Mistral's page ends on 2026-07-31",
    "xai/grok-build-0.1": "ended on 2026-11-19 by a page of xAI's that the curated layer cites",
    "xai/grok-code-fast": "leads to grok-code-fast-1, which xAI's page ends on 2026-05-15",
    "xai/grok-code-fast-1-0825": "the release of grok-code-fast-1, which xAI's page ends on 2026-05-15",
}
LABS = ("openai", "anthropic", "gemini", "mistral", "xai", "cohere", "cohere_chat", "deepseek", "moonshot", "zai", "dashscope", "minimax",
        "perplexity", "ai21", "jina_ai", "voyage", "amazon_nova", "meta_llama", "groq", "fireworks_ai", "together_ai", "deepinfra", "openrouter",
        "vercel_ai_gateway", "novita", "nebius")


def on_sale(dead):
    """Ids that labs and hosts sell today by LiteLLM, which drops what ends there, and that no table ends."""
    table = json.load(open(f"{ROOT}/Data/sources/litellm.json"))
    for name, row in table.items():
        last = name.split("/")[-1]
        if row.get("litellm_provider") not in LABS or row.get("deprecation_date") or name.startswith("ft:"):
            continue
        # What a lab has ended for good, another host's undated listing does not carry on.
        if "/" in name and set(name.split("/")[1:-1]) & {"anthropic", "openai", "google", "xai"}:
            continue
        if row.get("input_cost_per_token") and last not in dead and last.split(":")[0] not in dead and name not in EXPLAINED:
            yield name


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--as-of", default="2026-11-29")
    parser.add_argument("--catalogue", default="embedded")
    parser.add_argument("--list", action="store_true", help="name each id that is not flagged as it should be")
    options = parser.parse_args()
    days, successors = collections.defaultdict(set), collections.defaultdict(set)
    for platform, name, day, successor in rows():
        platform = PLATFORMS.get((platform or "").lower(), (platform or "").lower())
        if name and day and platform in PREFIXES and not re.search(r"\s", name) and not name.startswith("ft-"):
            days[platform, name].add(day[:10])
            if successor:
                successors[platform, name].add(successor)
    past = {key for key, own in days.items() if max(own) < options.as_of}
    spelled = {}
    for platform, name in sorted(past):
        spellings = [prefix + name for prefix in PREFIXES[platform]] + ([name] if platform in SAID_BARE else [])
        for spelling in spellings:
            spelled.setdefault(spelling, (platform, name))
    found = audit(options.llmref, list(spelled), options.as_of, options.catalogue)
    counts = collections.Counter()
    misses = []
    for spelling, (platform, name) in spelled.items():
        own = [finding for finding in found[spelling] if finding["rule"] == "retired"]
        kind = "bare" if spelling == name else spelling[: len(spelling) - len(name)]
        counts[platform, kind, "all"] += 1
        counts["all"] += 1
        if not own:
            misses.append((spelling, sorted({finding["rule"] for finding in found[spelling]})))
            continue
        counts[platform, kind, "flagged"] += 1
        counts["flagged"] += 1
        text = " ".join(finding["message"] for finding in own)
        counts["dated"] += any(day in text for day in days[platform, name])
        wanted = days[platform, name]
        counts["several"] += len(wanted) > 1
        counts["several named"] += len(wanted) > 1 and all(day in text for day in wanted)
        if successors[platform, name]:
            counts["succeeded"] += 1
            counts["successor named"] += "move to" in text
        if not any(day in text for day in wanted):
            misses.append((spelling, [sorted(wanted), text]))
    for platform in PREFIXES:
        for kind in PREFIXES[platform] + ["bare"]:
            if counts[platform, kind, "all"]:
                print(f"{platform:15} {kind:12} {counts[platform, kind, 'flagged']:4} of {counts[platform, kind, 'all']:4} flagged")
    dead = {name for _, name in days}
    sold = sorted(set(on_sale(dead)))
    living = audit(options.llmref, sold, options.as_of, options.catalogue)
    wrong = [(name, finding["message"]) for name in sold for finding in living[name] if finding["rule"] == "retired"]
    if options.list:
        for spelling, why in misses:
            print("  missed", spelling, why)
        for name, message in wrong:
            print("  wrong", name, message)
    share = lambda part, whole: counts[part] / counts[whole] if counts[whole] else 1
    print(f"{counts['flagged']} of {counts['all']} past ids flagged ({share('flagged', 'all'):.1%}), {counts['dated']} with a table's day "
          f"({share('dated', 'flagged'):.1%}), {counts['several named']} of {counts['several']} with both days where tables differ, "
          f"{counts['successor named']} of {counts['succeeded']} with a successor; "
          f"{len(wrong)} of {len(sold)} ids on sale flagged ({len(wrong) / max(1, len(sold)):.2%})")
    sys.exit(0 if share("flagged", "all") >= 0.97 and share("dated", "flagged") >= 0.98 and len(wrong) <= 0.002 * len(sold) else 1)


if __name__ == "__main__":
    main()
