"""Show that a shortlist takes less than 50 ms once the program is warm.

Starts `llmref mcp`, asks for one shortlist so that every model is read, then for many others over the same connection, and takes
the time from question to answer. Exits 1 when the median of a set of requirements is over the limit.

Usage: shortlist.py LLMREF [--limit MILLISECONDS] [--rounds N]
"""
import argparse
import json
import statistics
import subprocess
import sys
import time

QUESTIONS = [
    {"context": ">=200k", "needs": "tools,structured-outputs", "license": "osi", "max_cost": "500/month"},
    {"region": "eu", "needs": "vision", "unknown": "exclude"},
    {"benchmark": "swe-bench>=60", "not_retiring": "12mo", "open_weights": "yes"},
    {"prefer": "cost:3,context:1,gpqa:2", "unknown": "keep"},
    {"provider": "openrouter", "max_cost": "100", "input_tokens": "2B", "cached": "30%"},
    {"released": ">=2025-06", "knowledge": ">=2025-01", "needs": "reasoning", "prefer": "released,cost"},
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("llmref")
    parser.add_argument("--limit", type=float, default=50)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    server = subprocess.Popen([options.llmref, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    number = 0

    def ask(method, **params):
        nonlocal number
        number += 1
        start = time.perf_counter()
        server.stdin.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}) + "\n")
        server.stdin.flush()
        line = server.stdout.readline()
        return json.loads(line)["result"], (time.perf_counter() - start) * 1000

    try:
        ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "benchmark", "version": "1"})
        server.stdin.write(json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}) + "\n")
        _, cold = ask("tools/call", name="shortlist_models", arguments={"needs": "tools"})
        worst = 0.0
        for question in QUESTIONS:
            times = []
            for _ in range(options.rounds):
                result, took = ask("tools/call", name="shortlist_models", arguments=question)
                assert not result["isError"], result
                times.append(took)
            worst = max(worst, statistics.median(times))
            print(f"{statistics.median(times):7.1f} ms  {json.dumps(question)}: {result['structuredContent']['conclusions']['ranked_count']} ranked")
    finally:
        server.stdin.close()
        server.wait(timeout=10)
    print(f"first question {cold:.0f} ms; slowest median {worst:.1f} ms, limit {options.limit:.0f} ms")
    sys.exit(1 if worst > options.limit else 0)


if __name__ == "__main__":
    main()
