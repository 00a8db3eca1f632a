"""Write records of an evaluation that never ran, to measure and to look at reports.

Every record has the shape that `llmref eval` stores (`RecordCodec` version 1). Routes differ in speed, price and how often they pass;
prompts differ in difficulty, so that pairs belong together. The same seed gives the same bytes.

Usage: make_records.py FILE [--prompts 300] [--routes 3] [--trials 1] [--seed 1] [--no-checks]
"""
import argparse
import hashlib
import json
import random

CLASSES = ["server", "timeout", "truncated", "dropped"]
NAMES = ["baseline", "cheap", "fast", "large", "tiny", "other-a", "other-b", "other-c", "other-d", "other-e"]


def record(rng, prompt, difficulty, length, index, trial, checks):
    speed = [1.0, 1.1, 0.35, 2.2, 0.5][index % 5]
    price = [10.0, 2.9, 6.0, 25.0, 0.4][index % 5]
    skill = [0.0, -0.03, -0.12, 0.35, -1.1][index % 5]
    name = NAMES[index % len(NAMES)]
    failed = rng.random() < [0.004, 0.012, 0.05, 0.004, 0.02][index % 5]
    ms = 1_000_000
    queue = int(rng.expovariate(1 / 3) * ms)
    first = queue + int(rng.lognormvariate(5.6, 0.45) * speed * ms)
    per = max(2.0, rng.gauss(14, 3)) * speed
    last = first + int((length - 1) * per * ms)
    passed = rng.gauss(difficulty + skill, 0.35) > -0.9
    value = {
        "version": 1,
        "cell": {"key": hashlib.sha256(f"{prompt} {name} {trial}".encode()).hexdigest(), "run": "made-up", "prompt": prompt,
                 "route": name, "trial": trial},
        "attempts": [{"number": 1, "status": 500 if failed else 200, "started_at": "2026-11-20T10:00:00Z", "duration_ns": last}],
        "stamps_ns": {"dispatched": queue, "headers": first - ms, "first_delta": first, "first_answer_delta": first,
                      "last_content": last, "stream_end": last + ms, "gaps": [[40, length - 1]], "largest_gap": int(per * 3 * ms),
                      "total_gaps": last - first, "first_chunk_tokens": 1},
        "wall_ns": last + queue,
        "usage": {"fresh": 200 + len(prompt), "output": length, "verbatim": {"prompt_tokens": 200, "completion_tokens": length}},
        "finish_reason": "stop", "served_model": f"model-{name}", "fingerprint": "fp_1",
        "cost_by_catalogue": {"state": "known", "usd": f"{(250 + length * 4) * price / 1e6:.9f}", "price_date": "2026-11-20"},
        "ended_at": "2026-11-20T10:00:0%dZ" % (index % 10),
    }
    if failed:
        value["failure"] = value["attempts"][0]["failure"] = rng.choice(CLASSES)
        for key in ("finish_reason",):
            del value[key]
    elif checks:
        value["checks"] = [{"name": "answer", "kind": "contains", "passed": passed}]
    return value


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file")
    parser.add_argument("--prompts", type=int, default=300)
    parser.add_argument("--routes", type=int, default=3)
    parser.add_argument("--trials", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-checks", action="store_true")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with open(options.file, "w", encoding="utf-8") as output:
        for number in range(options.prompts):
            difficulty, length = rng.gauss(0.2, 0.8), rng.randint(20, 300)
            for trial in range(1, options.trials + 1):
                for index in range(options.routes):
                    output.write(json.dumps(record(rng, f"prompt-{number:05}", difficulty, length, index, trial, not options.no_checks),
                                            separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
