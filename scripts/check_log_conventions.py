"""Prove that responses are counted as an independent peer counts them.

A few hundred responses of OpenAI (chat and Responses), Anthropic and Gemini are generated, with every field present or absent at
random. `llmref usage import` and `extract_usage` of the PyPI package genai-prices read each; the normalised counts must be equal:
input with cached tokens, cache reads and writes, output with reasoning, audio, searches.

Usage: check_log_conventions.py LLMREF [--seed N] [--count N]
"""
import argparse
import glob
import json
import os
import random
import subprocess
import sys
import tempfile

from genai_prices import extract_usage

# Key of a canonical row, attribute of the peer's usage.
COUNTS = {
    "input": "input_tokens", "output": "output_tokens", "cache_read": "cache_read_tokens", "cache_write": "cache_write_tokens",
    "cache_write_1h": "cache_write_1h_tokens", "input_audio": "input_audio_tokens", "output_audio": "output_audio_tokens",
    "cache_read_audio": "cache_audio_read_tokens", "reasoning": "output_reasoning_tokens", "web_searches": "web_searches",
}


def maybe(pick, members):
    """The members, each present or not."""
    return {key: value for key, value in members.items() if pick.random() < 0.75}


def chat(pick, number):
    prompt, answer = pick.randrange(1, 50_000), pick.randrange(1, 9_000)
    cached = pick.randrange(prompt + 1)
    usage = {"prompt_tokens": prompt, "completion_tokens": answer, "total_tokens": prompt + answer}
    usage |= maybe(pick, {
        "prompt_tokens_details": maybe(pick, {"cached_tokens": cached, "audio_tokens": pick.randrange(prompt - cached + 1)}),
        "completion_tokens_details": maybe(pick, {"reasoning_tokens": pick.randrange(answer // 2 + 1), "audio_tokens": pick.randrange(answer // 2 + 1)})})
    return "openai", "chat", {"id": f"chatcmpl-{number}", "object": "chat.completion", "created": 1780308000, "model": "gpt-4o", "usage": usage}


def response(pick, number):
    prompt, answer = pick.randrange(1, 50_000), pick.randrange(1, 9_000)
    cached = pick.randrange(prompt + 1)
    usage = {"input_tokens": prompt, "output_tokens": answer, "total_tokens": prompt + answer,
             "input_tokens_details": {"cached_tokens": cached} | maybe(pick, {"cache_write_tokens": pick.randrange(prompt - cached + 1)}),
             "output_tokens_details": {"reasoning_tokens": pick.randrange(answer + 1)}}
    return "openai", "responses", {"id": f"resp_{number}", "object": "response", "created_at": 1780308000, "model": "gpt-5", "usage": usage}


def message(pick, number):
    minutes, hour = pick.randrange(9_000), pick.randrange(9_000)
    answer = pick.randrange(1, 9_000)
    usage = {"input_tokens": pick.randrange(1, 50_000), "output_tokens": answer} | maybe(pick, {
        "cache_creation_input_tokens": minutes + hour, "cache_read_input_tokens": pick.randrange(90_000),
        "output_tokens_details": {"thinking_tokens": pick.randrange(answer + 1)},
        "server_tool_use": {"web_search_requests": pick.randrange(1, 9)}})
    if "cache_creation_input_tokens" in usage and pick.random() < 0.7:
        usage["cache_creation"] = {"ephemeral_5m_input_tokens": minutes, "ephemeral_1h_input_tokens": hour}
    return "anthropic", "default", {"id": f"msg_{number}", "type": "message", "model": "claude-sonnet-4-5", "usage": usage}


def content(pick, number):
    prompt, audio = pick.randrange(1, 50_000), pick.randrange(900)
    cached, cached_audio = pick.randrange(prompt + 1), pick.randrange(audio + 1)
    usage = {"promptTokenCount": prompt + audio, "candidatesTokenCount": pick.randrange(1, 9_000)} | maybe(pick, {
        "thoughtsTokenCount": pick.randrange(9_000), "toolUsePromptTokenCount": pick.randrange(900)})
    usage["promptTokensDetails"] = [{"modality": "TEXT", "tokenCount": prompt}, {"modality": "AUDIO", "tokenCount": audio}]
    if pick.random() < 0.7:
        usage["cachedContentTokenCount"] = cached + cached_audio
        usage["cacheTokensDetails"] = [{"modality": "TEXT", "tokenCount": cached}, {"modality": "AUDIO", "tokenCount": cached_audio}]
    return "google", "default", {"responseId": f"g{number}", "modelVersion": "gemini-2.5-pro", "createTime": "2026-06-01T10:00:00Z", "usageMetadata": usage}


def count(usage, name):
    """What the peer counts; nothing where it cannot tell."""
    try:
        return getattr(usage, name) or 0
    except (AttributeError, ValueError):
        return None


def imported(llmref, log_format, bodies):
    """Canonical rows by id."""
    with tempfile.TemporaryDirectory() as home:
        path = os.path.join(home, "log.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(body) + "\n" for body in bodies)
        done = subprocess.run([llmref, "usage", "import", path, "--format", log_format], capture_output=True, text=True,
                              env=dict(os.environ, LLMREF_HOME=home))
        if done.returncode != 0:
            sys.exit(f"{log_format}: exit code {done.returncode}: {done.stderr[:500]}")
        rows = {}
        for name in glob.glob(os.path.join(home, "usage", "*.jsonl")):
            with open(name, encoding="utf-8") as file:
                rows |= {row["id"]: row for row in map(json.loads, file)}
        return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=150, help="responses of each kind")
    options = parser.parse_args()
    pick = random.Random(options.seed)
    passed = failed = 0
    for log_format, make, id_key in (("openai", chat, "id"), ("openai", response, "id"), ("anthropic", message, "id"), ("gemini", content, "responseId")):
        cases = [make(pick, number) for number in range(options.count)]
        rows = imported(os.path.abspath(options.llmref), log_format, [body for _, _, body in cases])
        for provider, flavor, body in cases:
            peer = extract_usage(body, provider_id=provider, api_flavor=flavor).usage
            row = rows.get(body[id_key], {})
            told = {key: count(peer, name) for key, name in COUNTS.items()}
            wrong = {key: (row.get(key, 0), number) for key, number in told.items() if number is not None and row.get(key, 0) != number}
            passed += not wrong
            failed += bool(wrong)
            if wrong:
                print(f"FAILED {log_format} {json.dumps(body)}: ours, the peer's: {wrong}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
