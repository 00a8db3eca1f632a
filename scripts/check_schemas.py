"""Prove that what the program writes as JSON is what Schemas/ promises.

Runs about forty commands (comparisons of two, three and four models of different kinds, models with and without
routes, providers, explanations, searches, resolutions that fail) and validates each answer, and each schema itself,
with the PyPI package `jsonschema`. Exit codes are checked too: a command that finds nothing still writes JSON.

Usage: check_schemas.py LLMREF [--catalogue FILE]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator, FormatChecker

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
FACTS = os.path.join(ROOT, "Tests/ComparisonTests/Fixtures/seed.json")
DOCUMENT = "document-1"

# Schema, exit code, arguments.
COMMANDS = [(DOCUMENT, 0, ["compare", *models.split()]) for models in (
    "gpt-5.3-codex-spark ling-2.6-1t",
    "claude-sonnet-4.5 gpt-5.2",
    "claude-sonnet-4.5 gpt-5.2 gemini-2.5-pro",
    "gpt-oss-120b deepseek-v3.2 qwen3-coder-480b-a35b-instruct",
    "text-embedding-3-large gpt-5",
    "whisper-1 gpt-image-1 text-embedding-3-small",
    "allenai/olmo-3.1-32b-instruct gpt-4o",
    "gpt-4 gpt-4o gpt-4.1 gpt-5",
    "kimi-k2.6 glm-5.2 --input-tokens 2B --output-tokens 300M --requests 1",
    "claude-opus-4.5 claude-haiku-4.5 --input-tokens 0 --output-tokens 0",
    "claude-sonnet-4.5 gpt-5.2 --as-of 2027-06-01",
    "claude-sonnet-4.5 gpt-5.2 --as-of 2025-06-01",
)] + [(DOCUMENT, 0, ["model", model]) for model in (
    "gpt-5", "claude-sonnet-4.5", "gpt-oss-120b", "text-embedding-3-large", "whisper-1", "deepseek-r1", "openai/o3", "llama-3.3-70b-instruct",
    "WITHOUT-ROUTES",
)] + [(DOCUMENT, 0, ["provider", provider]) for provider in ("openai", "anthropic", "openrouter")
] + [(DOCUMENT, 0, ["explain", *arguments.split()]) for arguments in (
    "claude-sonnet-4.5 context_window", "gpt-5 license", "gpt-oss-120b license", "gpt-oss-120b price.input", "claude-sonnet-4.5 computer_use",
    "ling-2.6-1t osi_approved", "gpt-5 retirement",
)] + [("resolve-1", code, ["resolve", *arguments.split()]) for code, arguments in (
    (0, "us.anthropic.claude-sonnet-4-5-20250929-v1:0"), (0, "gpt-5"), (0, "accounts/fireworks/models/glm-4p6 --source fireworks"),
    (0, "openai/gpt-oss-120b:free"), (0, "claude-3-5-sonnet-latest"), (0, "gemini-flash-latest"), (0, "sonar"), (2, "claude-sonnet-latest"),
    (2, "text-to-video"), (2, "no-such-model-at-all"), (2, "gpt-99-turbo"),
)] + [
    ("search-1", 0, ["search", "qwen3", "coder"]), ("search-1", 0, ["search", "claude", "--limit", "1"]),
    ("search-1", 1, ["search", "clawde", "sonett"]),
    ("stats-1", 0, ["catalogue", "stats"]), ("findings-1", 1, ["catalogue", "findings"]),
    # check_usage.py validates imports, and reports on logs of every format.
    ("usage-report-1", 1, ["usage", "report", os.path.join(ROOT, "Tests/MeteringTests/Fixtures/synthetic-openai-chat.jsonl"), "--by", "day,key"]),
    ("reprice-1", 1, ["reprice", os.path.join(ROOT, "Tests/MeteringTests/Fixtures/synthetic-openai-chat.jsonl"), "--by", "day,key"]),
    ("reprice-1", 0, ["reprice", os.path.join(ROOT, "Tests/ComparisonTests/Fixtures/synthetic-calls.jsonl"), "--by", "route,mode", "--by", "tag:team",
                      "--on", "anthropic/claude-sonnet-4-5", "--on", "cheapest", "--token-ratio", "0.9-1.2", "--adjust", "agreement=-15%"]),
    ("audit-1", 1, ["audit", os.path.join(ROOT, "Tests/AuditingTests/Fixtures")]), ("audit-1", 0, ["audit", os.path.join(ROOT, "LICENSE")]),
    ("switch-1", 0, ["switch", "gpt-4o", "claude-opus-4.8", "--log", os.path.join(ROOT, "Tests/DecidingTests/Fixtures/requests.jsonl")]),
    ("switch-1", 0, ["switch", "gemini-2.5-pro", "gpt-oss-120b", "--to-provider", "groq"]),
    ("switch-1", 0, ["switch", "gpt-4o", "gpt-4o", "--to-api", "openai-responses"]),
] + [("cost-1", code, ["cost", *arguments]) for code, arguments in (
    (0, ["--model", "gpt-5", "--usage", '{"input": 9000, "cache_read": 4000, "output": 500}']),
    (0, ["--model", "gpt-5.4", "--usage", '{"input": 300000, "output": 500, "web_searches": 2}', "--tier", "batch", "--at", "2026-11-02"]),
    (0, ["--model", "text-embedding-3-large", "--usage", '{"input": 10, "output": 5}']),
    (0, ["--model", "claude-sonnet-4.5", "--provider", "anthropic", "--input-tokens", "2B", "--adjust", "agreement=-15%"]),
    (0, ["--model", "claude-sonnet-4.5", "--input-tokens", "2B", "--output-tokens", "300M", "--against", "gpt-5.4", "--against", "glm-4.6"]),
    (0, ["--model", "~openai/gpt-latest", "--provider", "openrouter", "--usage", '{"input": 10, "output": 5}']),
)]
# check_eval_faults.py and check_eval_llama.py validate what `eval run` and `resume` write.
EVALUATION = [option for name in ("prompts.jsonl", "routes.yaml") for option in (
    "--" + name.split(".")[0], os.path.join(ROOT, "Tests/ComparisonTests/Fixtures/evaluation", name))]
COMMANDS += [
    ("evaluation-plan-1", 0, ["eval", "plan", "--allow-unpriced", *EVALUATION]),
    # check_fold.py validates what `eval fold` writes; check_statistics.py compares every number of `eval statistics`.
    ("eval-report-1", 0, ["eval", "report", "--records", os.path.join(ROOT, "Tests/ComparisonTests/Fixtures/synthetic-cells.jsonl"),
                          "--limit", "ttft_ms=400"]),
    ("evaluation-plan-1", 0, ["eval", "plan", "--allow-unpriced", "--max-cost", "1", "--trials", "3", *EVALUATION]),
    ("evaluation-key-1", 0, ["eval", "explain", "sum-1", "mini", *EVALUATION]),
    ("evaluation-key-1", 0, ["eval", "explain", "sum-1", "mini", "--other-route", "local", *EVALUATION]),
]
COMMANDS += [(DOCUMENT, 0, ["shortlist", *arguments.split()]) for arguments in (
    "--context >=200k --needs tools,structured-outputs --license osi --max-cost 500/month --most 5", "--benchmark swe-bench>=60 --not-retiring 12mo --unknown keep",
    "--region eu --prefer cost:3,context:1,gpqa:0.5 --unknown exclude", "--context >=900M",
)] + [("decision-1", 0, ["decide", "gpt-5.2", "claude-sonnet-4.5"]), ("changes-1", 0, ["changes", "--since", "2199-01-01"])]
WITH_FACTS = [  # of the facts file alone; `A` and `B` stand for its first models, `FOLDER` for a folder that does not last
    (DOCUMENT, 0, ["compare", "A", "B"]), (DOCUMENT, 0, ["model", "A"]), (DOCUMENT, 0, ["explain", "A", "context_window"]),
    ("resolve-1", 0, ["resolve", "A"]), ("resolve-1", 2, ["resolve", "no-such-model-at-all"]), ("search-1", 1, ["search", "no-such-model"]),
    ("stats-1", 0, ["catalogue", "stats"]), ("findings-1", None, ["catalogue", "findings"]),
    ("site-1", 0, ["site", "build", "FOLDER", "--pairs", "all"]), ("site-1", 0, ["site", "build", "FOLDER", "--forms", "html"]),
]


def load(name):
    return json.load(open(os.path.join(ROOT, "Schemas", name + ".schema.json"), encoding="utf-8"))


def without_routes(llmref, options):
    """A model that no provider serves, as the program's own search tells."""
    for word in ("a", "e", "o", "-"):
        done = subprocess.run([llmref, "search", word, "--limit", "10000", "--json", *options], capture_output=True, text=True)
        for model in json.loads(done.stdout)["models"]:
            if model["routes"] == 0:
                return model["id"]
    return None


def problems(llmref, validators, schema, code, arguments, options):
    """What is wrong with the answer of one command."""
    done = subprocess.run([llmref, *arguments, "--json", *options], capture_output=True, text=True)
    if code is not None and done.returncode != code:
        return [f"exit code {done.returncode}, expected {code}: {done.stderr.strip()[:300]}"]
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        return [f"no JSON: {error}"]
    found = sorted(validators[schema].iter_errors(answer), key=lambda error: error.json_path)
    return [f"{error.json_path}: {error.message[:300]}" for error in found] + links(answer)


def links(answer):
    """What a schema cannot say: cells cite numbers that the document lists, each listed number once and in order."""
    if "citations" not in answer:
        return []
    listed = [entry["number"] for entry in answer["citations"]]
    cited = set()

    def walk(item):
        if isinstance(item, dict):
            cited.update(entry["number"] for entry in item.get("citations", []))
            for value in item.values():
                walk(value)
        elif isinstance(item, list):
            for value in item:
                walk(value)

    walk(answer["sections"])
    wrong = [] if listed == list(range(1, len(listed) + 1)) else ["the citations are not numbered 1, 2, 3 …"]
    return wrong + ([] if cited == set(listed) else [f"cited and listed numbers differ: {sorted(cited ^ set(listed))[:10]}"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--catalogue")
    parser.add_argument("--build", help="what `catalogue build --json` wrote, to check too")
    options = parser.parse_args()
    validators = {}
    for name in sorted({name for name, _, _ in COMMANDS + WITH_FACTS} | {DOCUMENT, "build-1"}):
        Draft202012Validator.check_schema(load(name))
        validators[name] = Draft202012Validator(load(name), format_checker=FormatChecker())
    catalogue = ["--catalogue", options.catalogue] if options.catalogue else []
    unrouted = without_routes(options.llmref, catalogue)
    runs = [(schema, code, [unrouted if word == "WITHOUT-ROUTES" else word for word in words], catalogue)
            for schema, code, words in COMMANDS if unrouted or "WITHOUT-ROUTES" not in words]
    if not unrouted:
        print("no model of the catalogue is without routes: not checked")
    if os.path.exists(FACTS):
        ids = [model["id"] for model in json.load(open(FACTS, encoding="utf-8"))["models"]]
        names = dict(zip("AB", ids)) | {"FOLDER": os.path.join(tempfile.mkdtemp(), "site")}
        alone = ["--catalogue", "none", "--facts", FACTS]
        runs += [(schema, code, [names.get(word, word) for word in words], alone) for schema, code, words in WITH_FACTS]
    else:
        print("no facts file Tests/ComparisonTests/Fixtures/seed.json: facts alone not checked")
    failed = 0
    for schema, code, words, where in runs:
        wrong = problems(options.llmref, validators, schema, code, words, where)
        failed += bool(wrong)
        for line in wrong[:8]:
            print(f"FAILED {' '.join(words)} ({schema}): {line}")
        if len(wrong) > 8:
            print(f"  … {len(wrong) - 8} more")
    if options.build:
        wrong = [error.message for error in validators["build-1"].iter_errors(json.load(open(options.build, encoding="utf-8")))]
        runs.append(None)
        failed += bool(wrong)
        for line in wrong:
            print(f"FAILED catalogue build (build-1): {line}")
    print(f"{len(runs) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
