"""Hold `llmref audit` against the retirement tables that the catalogue embeds: ids that are past, in every spelling that platforms and
frameworks use and in files of five kinds, are flagged with a table's day and successor; ids that labs sell today are not.

usage: check_life.py LLMREF [--as-of DAY] [--catalogue FILE] [--seed N] [--list]
Exits 1 when fewer than 97% of the past ids are flagged, all together and under each spelling of 40 and more, when fewer than 98% of those carry a
day of a table, when a successor of a table is not named, or when more than 0.2% of the ids on sale are flagged.
"""
import argparse
import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ARN = "arn:aws:bedrock:us-east-1:"
# How callers write an id of a platform, by who writes so; {} is the id, {lab} the namespace of its lab. A spelling that ends in ) is a call of the AI SDK's.
SPELLINGS = {
    "openai": {
        "bare": ["{}"], "LiteLLM": ["openai/{}"], "promptfoo": ["openai:{}", "openai:chat:{}", "openai:responses:{}"],
        "LangChain, Pydantic AI": ["openai:{}", "openai-chat:{}", "openai-responses:{}"], "AI SDK": ["openai('{}')", "openai.chat('{}')"],
        "OpenRouter": ["openrouter/openai/{}"],
    },
    "anthropic": {
        "bare": ["{}"], "LiteLLM": ["anthropic/{}"], "promptfoo": ["anthropic:{}", "anthropic:messages:{}"],
        "LangChain, Pydantic AI": ["anthropic:{}"], "AI SDK": ["anthropic('{}')"], "OpenRouter": ["openrouter/anthropic/{}"],
    },
    "google": {
        "bare": ["{}"], "LiteLLM": ["gemini/{}", "google/{}"], "promptfoo": ["google:{}"],
        "LangChain, Pydantic AI": ["google_genai:{}", "google-gla:{}"], "AI SDK": ["google('{}')"], "OpenRouter": ["openrouter/google/{}"],
        "models/": ["models/{}"],
    },
    "google-vertex": {
        "LiteLLM": ["vertex_ai/{}"], "promptfoo": ["vertex:{}"], "LangChain, Pydantic AI": ["google_vertexai:{}", "google-vertex:{}"],
        "AI SDK": ["vertex('{}')"],
        "publishers/": ["publishers/{lab}/models/{}", "projects/acme/locations/us-central1/publishers/{lab}/models/{}"],
    },
    "amazon-bedrock": {
        "bare": ["{}"], "LiteLLM": ["bedrock/{}", "bedrock/converse/{}"], "promptfoo": ["bedrock:{}"],
        "LangChain, Pydantic AI": ["bedrock:{}", "bedrock_converse:{}"], "AI SDK": ["bedrock('{}')"],
        "us., ARN": ["us.{}", "bedrock/us.{}", ARN + ":foundation-model/{}", ARN + "123456789012:inference-profile/us.{}"],
    },
    "azure": {
        "LiteLLM": ["azure/{}", "azure_ai/{}"], "promptfoo": ["azure:chat:{}", "azure:{}"], "LangChain, Pydantic AI": ["azure_openai:{}", "azure_ai:{}"],
        "AI SDK": ["azure('{}')"],
    },
    "mistral": {
        "bare": ["{}"], "LiteLLM": ["mistral/{}"], "promptfoo": ["mistral:{}"], "LangChain, Pydantic AI": ["mistralai:{}", "mistral:{}"],
        "AI SDK": ["mistral('{}')"], "OpenRouter": ["openrouter/mistralai/{}"],
    },
    "cohere": {
        "bare": ["{}"], "LiteLLM": ["cohere/{}", "cohere_chat/{}"], "promptfoo": ["cohere:{}"], "LangChain, Pydantic AI": ["cohere:{}"],
        "AI SDK": ["cohere('{}')"], "OpenRouter": ["openrouter/cohere/{}"],
    },
    "groq": {
        "bare": ["{}"], "LiteLLM": ["groq/{}"], "promptfoo": ["groq:{}"], "LangChain, Pydantic AI": ["groq:{}"], "AI SDK": ["groq('{}')"],
    },
    "xai": {
        "bare": ["{}"], "LiteLLM": ["xai/{}"], "promptfoo": ["xai:{}"], "LangChain, Pydantic AI": ["xai:{}"], "AI SDK": ["xai('{}')"],
        "OpenRouter": ["openrouter/x-ai/{}"],
    },
}
# The file around an id.
FILES = {
    "py": 'client.create(model="{}")\n', "ts": "  model: '{}',\n", "yaml": "model: {}\n", "env": "CHAT_MODEL={}\n", "json": '{{"model": "{}"}}\n',
}
CALLS = "const model = {};\n"
PLATFORMS = {
    "google-gemini-api": "google", "google": "google", "google vertex": "google-vertex", "google-vertex-ai": "google-vertex",
    "aws bedrock": "amazon-bedrock", "aws-bedrock": "amazon-bedrock", "azure openai": "azure", "azure": "azure",
    "mistral ai": "mistral", "mistralai": "mistral",
}


def lab(name):
    """The publisher of a model on Vertex."""
    return "anthropic" if name.startswith("claude") else "ai21" if name.startswith("jamba") else "google"


def rows():
    """platform, id, day, successor of each row of both tables."""
    for row in json.load(open(f"{ROOT}/Data/sources/model-retire.json"))["models"]:
        for name in [row["id"]] + (row.get("aliases") or []):
            yield row["provider"], name, row.get("retires_on"), row.get("replacement")
    for row in json.load(open(f"{ROOT}/Data/sources/llm-sunset.json")):
        yield row["provider"], row["model_id"], row.get("shutdown_date"), (row.get("replacement_models") or [None])[0]


def audit(llmref, ids, as_of, catalogue, seed=0):
    """For each spelling the findings of a line that calls it, in a file of a kind drawn by the seed."""
    draw = random.Random(seed)
    lines = collections.defaultdict(list)
    for name in ids:
        lines["calls.ts" if name.endswith(")") else "ids." + draw.choice(list(FILES))].append(name)
    found = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for path, names in lines.items():
            form = CALLS if path == "calls.ts" else FILES[path.split(".")[1]]
            with open(os.path.join(folder, path), "w") as file:
                file.writelines(form.format(name) for name in names)
        command = [llmref, "audit", folder, "--json", "--fail-on", "never", "--near", "36500", "--as-of", as_of, "--catalogue", catalogue]
        answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    for finding in answer["findings"]:
        for place in [finding] if "line" in finding else finding["places"]:
            found[lines[os.path.basename(place["path"])][place["line"] - 1]].append(finding)
    return found


# Ids that LiteLLM still lists and that have ended by what is said of the id that they lead to.
EXPLAINED = {
    "mistral/mistral-medium-3": "leads to mistral-medium-2505, which Mistral's page ends on 2026-08-31",
    "mistral/open-mistral-nemo": "leads to open-mistral-nemo-2407, which Mistral's page ends on 2026-07-31",
    "gpt-4o-search-preview": "leads to gpt-4o-search-preview-2025-03-11, its only release, which OpenAI's page ends on 2026-07-23",
    "gpt-4o-mini-search-preview": "leads to gpt-4o-mini-search-preview-2025-03-11, its only release, which OpenAI's page ends on 2026-07-23",
    "mistral/pixtral-large-latest": "leads to Pixtral Large, which Mistral's page ends on 2026-05-31 for another model",
    "xai/grok-build-0.1": "ended on 2026-11-19 by a page of xAI's that the curated layer cites",
    "xai/grok-code-fast": "leads to grok-code-fast-1, which xAI's page ends on 2026-05-15",
    "xai/grok-code-fast-1-0825": "the release of grok-code-fast-1, which xAI's page ends on 2026-05-15",
}
# Keys of LiteLLM's whose day, given without a page, is before the one that the platform's or the lab's own page gives.
OUTDONE = {
    "azure/o3-2025-04-16", "azure/us/o3", "azure/us/o3-2025-04-16", "azure/eu/o3", "azure/eu/o3-2025-04-16", "vertex_ai/claude-opus-4-5",
    "vertex_ai/claude-opus-4-5@20251101", "vertex_ai/claude-sonnet-4-5", "vertex_ai/claude-sonnet-4-5@20250929",
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


def listed_at_openrouter():
    """What OpenRouter itself sells today, whatever the lab has ended."""
    names = {name[len("openrouter/"):] for name in json.load(open(f"{ROOT}/Data/sources/litellm.json")) if name.startswith("openrouter/")}
    names |= set(json.load(open(f"{ROOT}/Data/sources/models-dev.json"))["openrouter"]["models"])
    return {name.split(":")[0] for name in names}


def spelled(past):
    """Each spelling with how it is called and the platform and id that it writes; one that two platforms write is the first one's."""
    found = {}
    alive = listed_at_openrouter()
    for platform, name in sorted(past):
        for kind, forms in SPELLINGS[platform].items():
            for form in forms:
                own = name[3:] if name.startswith("ft-") and platform == "openai" else name
                own = f"ft:{own}" if own != name and kind != "bare" else name
                # Open weights and what a gateway sells on have not ended there.
                spelling = form.replace("{lab}", lab(name)).format(own)
                if kind == "OpenRouter" and (name.startswith(("open-", "devstral", "zai-")) or spelling[len("openrouter/"):] in alive):
                    continue
                found.setdefault(spelling, (kind, platform, name))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--as-of", default="2026-11-29")
    parser.add_argument("--catalogue", default="embedded")
    parser.add_argument("--seed", type=int, default=0, help="draws the kind of file around each id")
    parser.add_argument("--list", action="store_true", help="name each id that is not flagged as it should be")
    options = parser.parse_args()
    days, successors = collections.defaultdict(set), collections.defaultdict(set)
    for platform, name, day, successor in rows():
        platform = PLATFORMS.get((platform or "").lower(), (platform or "").lower())
        if name and day and platform in SPELLINGS and not re.search(r"\s", name):
            days[platform, name].add(day[:10])
            if successor:
                successors[platform, name].add(successor)
    past = {key for key, own in days.items() if max(own) < options.as_of}
    spellings = spelled(past)
    # LiteLLM's keys as they stand, with the day that it gives.
    for name, row in json.load(open(f"{ROOT}/Data/sources/litellm.json")).items():
        day = row.get("deprecation_date") if isinstance(row, dict) else None
        # A key without a path is the lab's where it is called bare, whoever's price it is in the list.
        if day and day < options.as_of and name not in spellings and name not in OUTDONE and ("/" in name or not row["litellm_provider"].startswith("vertex_ai")):
            spellings[name] = ("LiteLLM's keys", row["litellm_provider"], name)
            days[row["litellm_provider"], name].add(day)
    found = audit(options.llmref, list(spellings), options.as_of, options.catalogue, options.seed)
    counts, misses = collections.Counter(), []
    for spelling, (kind, platform, name) in spellings.items():
        own = [finding for finding in found[spelling] if finding["rule"] == "retired"]
        wanted = days[platform, name]
        text = " ".join(finding["message"] for finding in own)
        for key in ((kind, platform), (kind,), ()):
            counts[key, "all"] += 1
            counts[key, "flagged"] += bool(own)
            counts[key, "dated"] += any(day in text for day in wanted)
            counts[key, "errors"] += any(finding["level"] == "error" for finding in own)
        if not own:
            misses.append((spelling, sorted({finding["message"] for finding in found[spelling]})))
            continue
        counts["several"] += len(wanted) > 1
        counts["several named"] += len(wanted) > 1 and all(day in text for day in wanted)
        if successors[platform, name]:
            counts["succeeded"] += 1
            counts["successor named"] += any(finding.get("successor") for finding in own)
        if not any(day in text for day in wanted):
            misses.append((spelling, [sorted(wanted), text]))
        elif successors[platform, name] and not any(finding.get("successor") for finding in own):
            misses.append((spelling, ["no successor", sorted(successors[platform, name])]))
    for key in sorted({key for key, _ in (pair for pair in counts if len(pair) == 2 and isinstance(pair[0], tuple)) if key}):
        print(f"{', '.join(key):45} {counts[key, 'flagged']:4} of {counts[key, 'all']:4} flagged, {counts[key, 'dated']:4} dated, {counts[key, 'errors']:4} errors")
    dead = {name for _, name in days}
    sold = sorted(set(on_sale(dead)))
    living = audit(options.llmref, sold, options.as_of, options.catalogue, options.seed)
    wrong = [(name, finding["message"]) for name in sold for finding in living[name] if finding["rule"] == "retired"]
    if options.list:
        for spelling, why in misses:
            print("  missed", spelling, why)
        for name, message in wrong:
            print("  wrong", name, message)
    share = lambda part, key=(): counts[key, part] / counts[key, "all"] if counts[key, "all"] else 1
    dated = counts[(), "dated"] / max(1, counts[(), "flagged"])
    low = sorted(key[0] for key, part in (pair for pair in counts if isinstance(pair[0], tuple)) if part == "all" and len(key) == 1
                 and counts[key, "all"] >= 40 and share("flagged", key) < 0.97)
    print(f"{counts[(), 'flagged']} of {counts[(), 'all']} past ids flagged ({share('flagged'):.1%}), {counts[(), 'dated']} with a table's day "
          f"({dated:.1%}), {counts['several named']} of {counts['several']} with both days where tables differ, "
          f"{counts['successor named']} of {counts['succeeded']} with a successor; "
          f"{len(wrong)} of {len(sold)} ids on sale flagged ({len(wrong) / max(1, len(sold)):.2%})")
    if low:
        print(f"under 97%: {', '.join(low)}")
    sys.exit(0 if share("flagged") >= 0.97 and not low and dated >= 0.98 and len(wrong) <= 0.002 * len(sold) else 1)


if __name__ == "__main__":
    main()
