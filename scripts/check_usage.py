"""Prove that `llmref usage` reads, keeps and sums logs as promised, with the built program in folders of its own.

Every sample of Tests/MeteringTests/Fixtures is imported; rows, description and report are validated against Schemas/, and the
report's sums are added up again from the rows. Then what must hold of bad input: the same file twice changes no byte, rows of an
earlier import are duplicates, a log cut anywhere gives its rows before the cut, gzip and UTF-16 give the same rows as plain bytes,
a bomb is refused, and exit codes are 0 done, 1 problems, 2 could not run.

Usage: check_usage.py LLMREF
"""
import glob
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator, FormatChecker

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SAMPLES = sorted(glob.glob(os.path.join(ROOT, "Tests/MeteringTests/Fixtures/*.*")))
COLUMNS = ["--columns", "time=ts,model=model_name,input=prompt_tokens,cache_read=cached,output=completion_tokens"]
checked = []
failed = []


def expect(holds, what):
    checked.append(what)
    if not holds:
        failed.append(what)
        print("FAILED", what)


def run(home, *arguments):
    environment = dict(os.environ, LLMREF_HOME=home)
    return subprocess.run([LLMREF, *arguments], capture_output=True, text=True, env=environment)


def validator(name):
    with open(os.path.join(ROOT, "Schemas", name + ".schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def valid(check, answer, what):
    for error in list(check.iter_errors(answer))[:3]:
        expect(False, f"{what}: {error.json_path}: {error.message[:200]}")


def stored(home):
    """Bytes of every file of the data folder."""
    files = {}
    for path in sorted(glob.glob(os.path.join(home, "usage", "*"))):
        with open(path, "rb") as file:
            files[os.path.basename(path)] = file.read()
    return files


def rows(home):
    return [json.loads(line) for name, data in stored(home).items() if name.endswith(".jsonl") for line in data.splitlines()]


def samples():
    row, description, report = (validator(name) for name in ("usage-row-1", "usage-import-1", "usage-report-1"))
    with tempfile.TemporaryDirectory() as home:
        for path in SAMPLES:
            name = os.path.basename(path)
            if name.endswith(".md"):
                continue
            done = run(home, "usage", "import", path, "--json", *(COLUMNS if "columns" in name else []))
            expect(done.returncode in (0, 1), f"import of {name}: exit code {done.returncode}: {done.stderr[:200]}")
            answer = json.loads(done.stdout)
            valid(description, answer, f"import of {name}")
            one = answer["imports"][0]
            expect((done.returncode == 1) == bool(one["problems"]), f"import of {name}: exit code {done.returncode}")
            expect(sum(entry["count"] for entry in one["problems"]) == len(one["listed"]), f"{name}: problems are not all listed")
            with open(path, "rb") as file:
                expect(one["sha256"] == hashlib.sha256(file.read()).hexdigest(), f"{name}: another digest")
            with open(os.path.join(home, "usage", one["sha256"] + ".json"), encoding="utf-8") as file:
                expect(json.load(file) == answer, f"{name}: another description beside the rows")
        all_rows = rows(home)
        for item in all_rows:
            valid(row, item, "a row")
        done = run(home, "usage", "report", "--by", "day,model,provider", "--json")
        answer = json.loads(done.stdout)
        valid(report, answer, "report")
        for key in ("input", "output", "cache_read", "reasoning"):
            wanted = sum(item.get(key, 0) for item in all_rows)
            expect(int(answer["total"]["usage"][key]) == wanted, f"report: {key} is not {wanted}")
            parts = sum(int(group["usage"].get(key, 0)) for group in answer["groups"])
            expect(parts == wanted, f"report: the groups' {key} is {parts}, not {wanted}")
        expect(int(answer["total"]["requests"]) == sum(item.get("requests", 1) for item in all_rows), "report: requests")
        expect(answer["total"]["rows"] == len(all_rows), "report: rows")
        for form in ("terminal", "markdown", "html"):
            done = run(home, "usage", "report", "--by", "key,tag:team", "--format", form)
            expect(done.returncode == 1 and len(done.stdout) > 400, f"report as {form}")
        june = json.loads(run(home, "usage", "report", "--since", "2026-06-01", "--until", "2026-06-02", "--json").stdout)
        inside = [item for item in all_rows if item.get("time", "").startswith("2026-06-01")]
        expect(june["total"]["rows"] == len(inside) > 0, "report of a day")
        before = stored(home)
        for path in SAMPLES:
            if not path.endswith(".md"):
                done = run(home, "usage", "import", path)
                expect(done.returncode == 0 and "nothing changed" in done.stdout, f"second import of {path}: {done.stdout[:200]}")
        expect(stored(home) == before, "a second import changed the data folder")


def line(number, **more):
    return json.dumps({"time": f"2026-06-01T10:00:{number % 60:02}Z", "provider": "openai", "model": "gpt-4o", "input": 10 + number,
                       "output": 1, "id": f"r{number}", **more})


def read(data, name="log.jsonl", *arguments):
    """Exit code, rows and problems of a fresh import of some bytes."""
    with tempfile.TemporaryDirectory() as home:
        path = os.path.join(home, name)
        with open(path, "wb") as file:
            file.write(data)
        done = run(home, "usage", "import", path, "--json", *arguments)
        if done.returncode == 2:
            expect(stored(home) == {}, f"a refused {name} left files")
            return 2, [], done.stderr
        one = json.loads(done.stdout)["imports"][0]
        return done.returncode, rows(home), [(entry["line"], entry["reason"]) for entry in one["listed"]]


def bad_input():
    good = [line(number) for number in range(40)]
    text = ("\n".join(good) + "\n").encode()
    code, whole, problems = read(text)
    expect((code, len(whole), problems) == (0, 40, []), f"a good log: {code}, {len(whole)} rows, {problems}")
    for data, what in ((gzip.compress(text), "gzip"), (gzip.compress(text[:1000]) + gzip.compress(text[1000:]), "two gzip members"),
                       (b"\xef\xbb\xbf" + text, "a byte order mark"), (text.decode().encode("utf-16"), "UTF-16"),
                       (text.decode().encode("utf-16-be"), "UTF-16 without a mark"), (text.replace(b"\n", b"\r\n"), "CRLF")):
        code, same, problems = read(data)
        expect((code, same, problems) == (0, whole, []), f"{what}: {code}, {len(same)} rows, {problems[:3]}")
    for cut in (len(text) - 2, len(text) // 2, 500):
        code, before, problems = read(text[:cut])
        lines = text[:cut].count(b"\n")
        expect(code == 1 and before == whole[:lines] and problems == [(lines + 1, "malformed")], f"cut at {cut}: {code}, {problems}")
    packed = gzip.compress(("\n".join(line(number, tags={"n": hashlib.sha256(str(number).encode()).hexdigest()})
                                      for number in range(5000)) + "\n").encode())
    code, before, problems = read(packed[:len(packed) // 2])
    expect(code == 1 and 0 < len(before) < 5000 and problems[-1][1] == "malformed", f"cut gzip: {code}, {len(before)}, {problems[-2:]}")
    code, _, problems = read(gzip.compress(b"{\"model\":\"" + b"x" * (300 << 20)))
    expect(code == 2 and "expands" in problems, f"a bomb: {code}, {problems[:200]}")
    mixed = good[:3] + [line(50, tags={"town": "Orl\u00e9ans"})] + [good[1], line(51, input=-5), line(52, input=10 ** 16),
                                                                    line(53, model="no-such-model-xyz"), line(54, time="soon"), good[4][:30]]
    data = "\n".join(mixed[:3]).encode() + b"\n" + json.dumps(json.loads(mixed[3]), ensure_ascii=False).encode("latin-1") + b"\n" \
        + "\n".join(mixed[4:]).encode() + b"\n" + good[5].encode()
    code, kept, problems = read(data)
    wanted = [(4, "encoding"), (5, "duplicate"), (6, "bad_count"), (7, "bad_count"), (8, "unknown_model"), (9, "bad_time"), (10, "malformed")]
    expect((code, sorted(problems)) == (1, wanted), f"mixed problems: {code}, {problems}")
    expect([item["id"] for item in kept] == ["r0", "r1", "r2", "r53", "r5"], f"mixed rows: {[item['id'] for item in kept]}")
    with tempfile.TemporaryDirectory() as home:
        for number, (part, wanted) in enumerate(((good[:20], 20), (good[10:30], 10))):
            path = os.path.join(home, f"part{number}.jsonl")
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(part))
            done = run(home, "usage", "import", path, "--json")
            one = json.loads(done.stdout)["imports"][0]
            expect(one["rows"] == wanted, f"overlapping imports: {one['rows']} rows, not {wanted}")
        expect(done.returncode == 1 and one["problems"] == [{"reason": "duplicate", "count": 10}], "overlapping imports: no duplicates")
        for arguments in (["usage", "import", "/no/such/file"], ["usage", "import", home], ["usage", "report", "--by", "colour"],
                          ["usage", "report", "--since", "soon"], ["usage", "import", path, "--format", "excel"],
                          ["usage", "import", path, "--columns", "input"], ["usage", "report", path, "--zone", "moon"]):
            expect(run(home, *arguments).returncode == 2, f"{arguments} is not refused")
        other = os.path.join(home, "either.jsonl")
        with open(other, "w", encoding="utf-8") as file:
            file.write('{"model":"gpt-5","usage":{"input_tokens":5,"output_tokens":6}}\n')
        done = run(home, "usage", "report", other)
        expect(done.returncode == 2 and "openai" in done.stderr and "anthropic" in done.stderr, f"an ambiguous format: {done.stderr[:200]}")
        expect(run(home, "usage", "report", other, "--log-format", "openai").returncode == 0, "a format that is chosen")


LLMREF = os.path.abspath(sys.argv[1])
samples()
bad_input()
print(f"{len(checked) - len(failed)} passed, {len(failed)} failed")
sys.exit(1 if failed else 0)
