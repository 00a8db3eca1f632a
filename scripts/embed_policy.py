"""Write Data/policy/policy-digest.h, by which the build notices a new list of sources or a new extraction script.

Usage: embed_policy.py [--check]      with --check nothing is written, and a stale header is exit code 1.
"""
import hashlib
import os
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
HEADER = os.path.join(ROOT, "Data/policy/policy-digest.h")


def main(check):
    digest = hashlib.sha256()
    for path in ("Data/policy/sources.json", "scripts/fetch_sources.py"):
        digest.update(open(os.path.join(ROOT, path), "rb").read())
    text = f'#define LLMREF_POLICY_DIGEST "{digest.hexdigest()}"\n'
    if check:
        if open(HEADER).read() != text:
            raise SystemExit("Data/policy/policy-digest.h is stale: run scripts/embed_policy.py")
        return
    open(HEADER, "w").write(text)


if __name__ == "__main__":
    main("--check" in sys.argv[1:])
