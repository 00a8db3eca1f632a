"""Prove that the files of an evaluation are checked before anything is sent, and that plans and keys say what they should.

The examples of `eval init` fit the published schemas; files that schemas refuse are refused with line and place, exit code 2; a
missing key is named; a route without a price does not start; in none of these does a server that counts hear anything. Imports
of promptfoo, OpenAI evals and CSV give files that read back. A plan's ceiling equals one worked out here from the prices that
`llmref cost` gives.

Usage: check_eval_files.py LLMREF    needs jsonschema and PyYAML from PyPI
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from decimal import Decimal

import yaml
from jsonschema import Draft202012Validator

import counting_server

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECRET = "sk-check-0123456789abcdefghijklmnop"
count = 0


def schema(name):
    return Draft202012Validator(json.load(open(os.path.join(ROOT, "Schemas", name + ".schema.json"), encoding="utf-8")))


def require(holds, words):
    global count
    count += 1
    if not holds:
        sys.exit(f"check_eval_files: {words}")


def run(llmref, folder, *words, code=0, environment=None):
    variables = {key: value for key, value in os.environ.items() if not key.endswith("_API_KEY")}
    done = subprocess.run([llmref, "eval", *words], cwd=folder, capture_output=True, text=True, timeout=120,
                          env={**variables, "LLMREF_HOME": os.path.join(folder, "home"), "SWIFT_BACKTRACE": "enable=no", **(environment or {})})
    require(done.returncode == code, f"{words}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
    require(SECRET not in done.stdout + done.stderr, f"{words}: the output holds a key")
    return done


def write(folder, name, text):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def lines(folder, name):
    text = open(os.path.join(folder, name), encoding="utf-8").read().splitlines()
    return [json.loads(line) for line in text if line.strip() and not line.startswith("#")]


def examples(llmref):
    with tempfile.TemporaryDirectory() as folder:
        run(llmref, folder, "init")
        prompts = lines(folder, "prompts.jsonl")
        require(len(prompts) >= 3, "the example has few prompts")
        for prompt in prompts:
            schema("evaluation-prompt-1").validate(prompt)
        text = open(os.path.join(folder, "routes.yaml"), encoding="utf-8").read()
        schema("evaluation-routes-1").validate(yaml.safe_load(text))
        # What is commented out is right too.
        uncommented = "\n".join(line.replace("# ", "", 1) if line.startswith(("  # - ", "  #   ")) else line for line in text.splitlines())
        require(len(yaml.safe_load(uncommented)["routes"]) == 4, "the commented routes are no routes")
        schema("evaluation-routes-1").validate(yaml.safe_load(uncommented))
        write(folder, "all.yaml", uncommented)
        run(llmref, folder, "plan", "--routes", "all.yaml", "--allow-unpriced")
        plan = json.loads(run(llmref, folder, "plan", "--json").stdout)
        schema("evaluation-plan-1").validate(plan)
        require(plan["cells"] == len(prompts) * 2 and plan["sample"]["prompts_needed"] == 870, f"the plan says {plan}")
        require(plan["missing_variables"] == ["OPENAI_API_KEY", "ANTHROPIC_API_KEY"], "missing keys are not named")
        run(llmref, folder, "init", code=2)  # never written over
        run(llmref, folder, "init", "--force")


def ceiling(llmref):
    """17 letters are 6 tokens, a message 8 more; the answer's most is 100: priced by `llmref cost`."""
    with tempfile.TemporaryDirectory() as folder:
        write(folder, "p.jsonl", '{"id": "a", "input": "abcdefghijklmnopq", "max_tokens": 100}\n{"id": "b", "input": "abc", "max_tokens": 50}\n')
        write(folder, "r.yaml", "trials: 3\nroutes:\n  - {name: x, base_url: 'http://127.0.0.1:9/v1', api: chat, model: m, catalogue_route: openai/gpt-5-mini}\n")
        words = ["--prompts", "p.jsonl", "--routes", "r.yaml", "--as-of", "2026-11-20"]
        plan = json.loads(run(llmref, folder, "plan", "--json", *words).stdout)
        expected = 0
        for used in ({"input": 14, "output": 100}, {"input": 9, "output": 50}):
            done = subprocess.run([llmref, "cost", "--model", "gpt-5-mini", "--provider", "openai", "--usage", json.dumps(used), "--at", "2026-11-20",
                                   "--json"], capture_output=True, text=True, check=True)
            expected += 3 * Decimal(json.loads(done.stdout)["total_usd"])
        require(Decimal(plan["cost_ceiling"]["usd"]) == expected, f"the ceiling is {plan['cost_ceiling']}, not {expected}")
        run(llmref, folder, "plan", "--max-cost", "0.000001", *words, code=1)
        run(llmref, folder, "plan", "--max-cost", "1", *words)
        said = json.loads(run(llmref, folder, "explain", "a", "x", "--other-trial", "2", "--json", *words[:4]).stdout)
        schema("evaluation-key-1").validate(said)
        require(said["first_difference"]["part"] == "trial", f"the first difference is {said}")


GOOD = '{"id": "good", "input": "cell good"}'
BROKEN = [  # lines that are wrong, as the schema says too where it can
    '{"id": "x", "input": }', "[]", '{"input": "x"}', '{"id": "x"}', '{"id": 1, "input": "x"}', '{"id": "x", "input": "y", "maxtokens": 1}',
    '{"id": "x", "messages": [{"role": "robot", "content": "y"}]}', '{"id": "x", "input": "y", "temperature": 9}',
    '{"id": "x", "input": "y", "checks": [{"type": "vibes"}]}', '{"id": "x", "input": "y", "checks": [{"type": "regex", "value": "("}]}', GOOD,
    '{"id": "x", "input": "y", "checks": [{"type": "judge", "route": "nobody", "instructions": "z"}]}', "\x00", '{"id": "x", "input": "y"}}',
    '{"id": "x", "messages": [{"role": "user", "content": [{"type": "image", "file": "../../etc/passwd", "media_type": "image/png"}]}]}',
    '{"id": "x", "messages": [{"role": "user", "content": [{"type": "image", "file": "none.png"}]}]}',
    '{"id": "x", "messages": [{"role": "user", "content": [{"type": "image", "file": "text.png"}]}]}',
]


def nothing_sent(llmref):
    with tempfile.TemporaryDirectory() as folder, counting_server.Server() as server:
        route = {"name": "r", "base_url": server.base_url, "api": "chat", "model": "m", "key_variable": "CHECK_KEY", "catalogue_route": "openai/gpt-5-mini"}
        write(folder, "text.png", "no picture")
        write(folder, "routes.json", json.dumps({"routes": [route]}))
        files = ["--prompts", "p.jsonl", "--routes", "routes.json"]
        key = {"CHECK_KEY": SECRET}
        for line in BROKEN:
            write(folder, "p.jsonl", GOOD + "\n\n" + line + "\n")
            done = run(llmref, folder, "run", *files, code=2, environment=key)
            require("hint: " in done.stderr and ("line 3" in done.stderr or 'prompt "x"' in done.stderr), f"{line}: no place: {done.stderr}")
            run(llmref, folder, "plan", *files, code=2, environment=key)
        write(folder, "p.jsonl", GOOD + "\n")
        for changes in ({"base_url": "x"}, {"api": "y"}, {"key": SECRET}, {"key_variable": SECRET}, {"headers": {"authorization": SECRET}},
                        {"headers": {"x": SECRET}}, {"body": {"api_key": SECRET}}, {"rpm": 0}, {"base_url": f"https://u:{SECRET}@x/v1"},
                        {"catalogue_route": None}, {"catalogue_route": "openai/no-such-model"}, {"base_url": f"https://x/v1?key={SECRET}"}):
            write(folder, "routes.json", json.dumps({"routes": [{**route, **changes}]}))
            run(llmref, folder, "run", *files, code=2, environment=key)
        write(folder, "broken.yaml", f"routes:\n  - name: [\n    key: {SECRET}\n")
        run(llmref, folder, "run", "--prompts", "p.jsonl", "--routes", "broken.yaml", code=2, environment=key)
        write(folder, "routes.json", json.dumps({"routes": [route]}))
        done = run(llmref, folder, "run", *files, code=2)
        require("CHECK_KEY" in done.stderr, f"the missing variable is not named: {done.stderr}")
        require(not server.received, f"something was sent: {server.received}")
        require(not os.path.exists(os.path.join(folder, "eval.sqlite")), "a store was made")
        run(llmref, folder, "run", *files, environment=key)
        require(sum(server.received.values()) == 1, "the right files were not sent")
        with sqlite3.connect(os.path.join(folder, "eval.sqlite")) as database:
            for (text,) in database.execute("SELECT result FROM cell").fetchall():
                schema("evaluation-record-1").validate(json.loads(text))


def imports(llmref):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, "c.yaml", """
prompts: ['What is the capital of {{country}}?', 'Capital of {{ country }}, in one word:']
tests:
  - vars: {country: France}
    assert: [{type: icontains, value: paris}]
  - vars: {country: [Italy, Spain]}
""")
        run(llmref, folder, "init", "--from", "c.yaml", "--prompts", "c.jsonl")
        write(folder, "s.jsonl", '{"input": [{"role": "user", "content": "2+2?"}], "ideal": ["4", "four"]}\n')
        run(llmref, folder, "init", "--from", "s.jsonl", "--prompts", "o.jsonl")
        write(folder, "t.csv", 'id,prompt,expected\na,"one, ""two""\n3",x\nb,y,z\n')
        run(llmref, folder, "init", "--from", "t.csv", "--prompts", "t.jsonl")
        for name, number in (("c.jsonl", 6), ("o.jsonl", 1), ("t.jsonl", 2)):
            read = lines(folder, name)
            require(len(read) == number, f"{name} has {len(read)} prompts, not {number}")
            for prompt in read:
                schema("evaluation-prompt-1").validate(prompt)
            run(llmref, folder, "plan", "--prompts", name)
        write(folder, "bad.csv", "prompt,expected\nx\ny,z\n")
        done = run(llmref, folder, "init", "--from", "bad.csv", "--prompts", "bad.jsonl", code=1)
        require("line 2" in done.stderr and len(lines(folder, "bad.jsonl")) == 1, "a broken line of a table is not told")


def main():
    llmref = os.path.abspath(sys.argv[1])
    examples(llmref)
    ceiling(llmref)
    nothing_sent(llmref)
    imports(llmref)
    print(f"check_eval_files: {count} checks; {len(BROKEN)} broken lines and 13 broken routes sent nothing")


if __name__ == "__main__":
    main()
