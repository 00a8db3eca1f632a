"""What the checks of evaluations share: files of prompts and routes, a run in a folder of its own, and its stored records, which must
fit Schemas/evaluation-run-1 and evaluation-record-1. Needs the PyPI package jsonschema."""
import json
import os
import resource
import sqlite3
import subprocess

SCHEMAS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Schemas")

KEY = "sk-check-0123456789abcdef-NEVER-SHOWN"
KINDS = {"chat": "/v1", "responses": "/v1", "messages": "/v1"}


def environment(**more):
    return dict(os.environ, CHECK_KEY=KEY, **more)


def validator(name):
    import jsonschema  # a client that only measures itself runs without

    with open(os.path.join(SCHEMAS, name + ".schema.json"), encoding="utf-8") as file:
        return jsonschema.Draft202012Validator(json.load(file))


class Run:
    """One evaluation in a folder: writes its files, runs `LLMREF eval …`, and reads what its store holds."""

    def __init__(self, program, folder, prompts, routes, max_tokens=64):
        self.program, self.folder = program, folder
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "prompts.jsonl"), "w", encoding="utf-8") as file:
            for prompt in prompts:
                file.write(json.dumps(prompt) + "\n")
        with open(os.path.join(folder, "routes.json"), "w", encoding="utf-8") as file:
            json.dump({"max_tokens": max_tokens, "trials": 1, "routes": routes}, file)
        self.output = ""

    def command(self, verb, *arguments):
        files = ["--prompts", "prompts.jsonl", "--routes", "routes.json"] if verb == "run" else []
        return [self.program, "eval", verb, *files, "--allow-unpriced", "--json", *arguments]

    def call(self, verb="run", *arguments, timeout=300, env=None):
        """The summary that the program writes, its exit code and its most resident megabytes so far."""
        done = subprocess.run(self.command(verb, *arguments), cwd=self.folder, env=env or environment(), capture_output=True,
                              text=True, timeout=timeout)
        self.output += done.stdout + done.stderr
        summary = json.loads(done.stdout) if done.stdout.startswith("{") else None
        if summary:
            validator("evaluation-run-1").validate(summary)
        return summary, done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024

    def records(self):
        if not os.path.exists(os.path.join(self.folder, "eval.sqlite")):
            raise RuntimeError(f"the program made no store: {self.output[:3000]}")
        with sqlite3.connect(os.path.join(self.folder, "eval.sqlite")) as store:
            records = [json.loads(row[0]) for row in store.execute("SELECT result FROM cell WHERE state = 'done' ORDER BY id")]
        fits = validator("evaluation-record-1")
        for record in records:
            fits.validate(record)
        return records

    def states(self):
        with sqlite3.connect(os.path.join(self.folder, "eval.sqlite")) as store:
            return dict(store.execute("SELECT state, count(*) FROM cell GROUP BY state"))

    def leaks(self):
        """Where the key stands: in what was printed, or in a file of the folder."""
        found = ["the output"] if KEY in self.output else []
        for name in os.listdir(self.folder):
            with open(os.path.join(self.folder, name), "rb") as file:
                if KEY.encode() in file.read():
                    found.append(name)
        return found


def classes(record):
    """What became of every attempt, the answer as None."""
    return [attempt.get("failure") for attempt in record["attempts"]]
