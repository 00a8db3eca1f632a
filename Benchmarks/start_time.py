"""Whole-process time of `llmref compare` against `genai-prices calc` from PyPI, in turn, in one run; medians and their ratio.

usage: start_time.py LLMREF [--runs 10] [--json]
Fails when a start takes more than 100 ms or is less than 7 times faster than the peer.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv

PEER = "genai-prices[cli]==0.2.3"


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main():
    llmref = os.path.abspath(sys.argv[1])
    runs = int(sys.argv[sys.argv.index("--runs") + 1]) if "--runs" in sys.argv else 10
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        subprocess.run([folder + "/bin/python", "-m", "pip", "install", "-q", PEER], check=True)
        ours = [llmref, "compare", "gpt-5.3-codex-spark", "ling-2.6-1t"]
        peer = [folder + "/bin/genai-prices", "calc", "--input-tokens", "800", "--output-tokens", "250", "openai:gpt-5"]
        for command in (ours, peer):
            seconds(command)
        pairs = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    own, other = (statistics.median(times) for times in zip(*pairs))
    result = {"compare_ms": round(own * 1000, 1), "genai_prices_calc_ms": round(other * 1000, 1), "ratio": round(other / own, 1), "runs": runs}
    print(json.dumps(result) if "--json" in sys.argv else
          f"llmref compare {result['compare_ms']} ms, genai-prices calc {result['genai_prices_calc_ms']} ms: {result['ratio']} times faster (medians of {runs})")
    sys.exit(0 if own <= 0.1 and other >= 7 * own else 1)


main()
