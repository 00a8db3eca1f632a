"""Prove that programs can ask over the Model Context Protocol, with the PyPI client `mcp` as the program.

Over stdio (`LLMREF mcp`) and HTTP (`LLMREF serve`, `LLMREF mcp --http`), in every mode the client has (auto, legacy,
2026-07-28): lists the tools, calls each on chosen models and on models drawn at random with a seed, and checks each answer
against its outputSchema, against Schemas/document-1 and against the API's answer to the same question. Every known value
must cite a record of the answer's list, with source, day and digest; the text must say the same values. Unknown tools, bad
arguments and bad ids must come back as the protocol says, ids with the candidates. Then, without the client: what the
transports must refuse, one JSON a line on stdout whatever is sent, and an end at the end of stdin.

Usage: check_mcp.py LLMREF [--seed N] [--models N]
"""
import argparse
import asyncio
import http.client
import json
import os
import random
import subprocess
import sys
import time
import urllib.parse

from jsonschema import Draft202012Validator
from mcp import Client, MCPError, StdioServerParameters

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
MODES = ("auto", "legacy", "2026-07-28")
TOOLS = {"search_models", "get_model", "compare_models", "monthly_cost", "shortlist_models", "explain_fact", "resolve_id"}
MODERN = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}
FAILURES = []


def check(condition, words):
    if not condition:
        FAILURES.append(words)


def cells(value):
    """Every cell of a document."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key == "cell":
                yield member
            else:
                yield from cells(member)
    elif isinstance(value, list):
        for member in value:
            yield from cells(member)


def check_citations(place, document, text):
    """Every value leads to a record; every record says what, when and of which bytes."""
    records = {record["number"]: record for record in document["citations"]}
    check(len(records) == len(document["citations"]), f"{place}: a citation's number stands twice")
    for record in records.values():
        for key in ("source", "title", "record", "observed", "sha256", "correct_at"):
            check(record.get(key), f"{place}: citation {record['number']} lacks {key}")
    used = set()
    for cell in cells(document["sections"]):
        cited = cell.get("citations", [])
        for dissent in cell.get("dissents", []):
            check(dissent["citations"], f"{place}: a dissent of {cell['display']} has no citation")
            cited = cited + dissent["citations"]
        numbers = {reference["number"] for reference in cited}
        used |= numbers
        check(numbers <= set(records), f"{place}: {cell['display']} cites what is not listed")
        check(cell["state"] not in ("known", "absent") or cell.get("citations"), f"{place}: {cell['display']} has no citation")
        check(cell["state"] != "unknown" or not cited, f"{place}: an unknown value has citations")
        check(cell["display"] in text, f"{place}: the text does not say {cell['display']}")
    check(used == set(records), f"{place}: records are listed that no value cites")
    for value in document["conclusions"].get("values", []):
        check(value["state"] == "unknown" or value["claims"], f"{place}: a value of {value['place']} has no claim")
        for claim in value.get("claims", []):
            check(claim["source"] and claim["record"] and claim["observed"], f"{place}: a claim has no record")
    # A cost that the conclusions state stands in a cell, with the prices it rests on.
    costs = document["conclusions"].get("monthly_cost_usd", {})
    stated = {cell.get("value"): cell for cell in cells(document["sections"])}
    for cost in costs.values() if isinstance(costs, dict) else [costs]:
        check(cost == "unknown" or stated.get(cost, {}).get("citations"), f"{place}: the cost {cost} has no citation")


def questions(models, draw):
    """Tool, arguments, and the API's path for the same question where it has one."""
    quote = lambda text: urllib.parse.quote(text, safe="")
    chosen = ["openai/gpt-5", "inclusionai/ling-2.6-1t"] + models
    yield "search_models", {"query": "qwen3 coder", "limit": 50}, "search?q=qwen3+coder"
    yield "search_models", {"query": "no such model at all"}, "search?q=no+such+model+at+all"
    yield "search_models", {"query": "claude", "limit": 2}, None
    for model in chosen:
        yield "get_model", {"id": model}, "models/" + urllib.parse.quote(model)
        field = draw.choice(["context_window", "license", "price.input", "price.output", "vision", "released", "parameters"])
        yield "explain_fact", {"model": model, "field": field}, f"explain?model={quote(model)}&field={field}"
        yield "resolve_id", {"id": model}, f"resolve?id={quote(model)}"
    yield "get_model", {"id": "gpt-5", "detail": "full"}, "models/openai/gpt-5"
    yield "get_model", {"id": "claude-sonnet-4-5-20250929", "sections": ["pricing"]}, "models/anthropic/claude-sonnet-4.5"
    yield ("get_model", {"id": "gpt-5", "input_tokens": "2B", "output_tokens": 300000000, "requests": "10k", "cached": "30%"},
           "models/openai/gpt-5?input=2B&output=300M&requests=10k&cached=30%25")
    yield "explain_fact", {"model": "gpt-oss-120b", "field": "price.input", "detail": "full"}, None
    for first, second in zip(chosen, chosen[1:]):
        yield "compare_models", {"models": [first, second]}, f"compare?models={quote(first)},{quote(second)}"
    yield "compare_models", {"models": chosen[:2], "sections": ["sources", "faq"]}, None
    yield "compare_models", {"models": chosen[:4], "detail": "full"}, "compare?models=" + ",".join(map(quote, chosen[:4]))
    yield "monthly_cost", {"models": chosen[:20], "input_tokens": "5M"}, "cost?input=5M&models=" + ",".join(map(quote, chosen[:20]))
    yield ("resolve_id", {"id": "us.anthropic.claude-sonnet-4-5-20250929-v1:0"},
           "resolve?id=us.anthropic.claude-sonnet-4-5-20250929-v1%3A0")
    yield "resolve_id", {"id": "gpt-4o-2024-08-06", "provider": "azure"}, "resolve?id=gpt-4o-2024-08-06&provider=azure"
    yield "resolve_id", {"id": "no-such-model-at-all"}, "resolve?id=no-such-model-at-all"


# Tool, arguments, words that the error must hold.
REFUSED = [
    ("get_model", {"id": "gtp-5"}, ["gtp-5", "openai/gpt-5"]),
    ("get_model", {"id": "claude-sonnet-9.9"}, ["did you mean", "anthropic/claude-sonnet"]),
    ("get_model", {}, ["needs the argument id"]),
    ("get_model", {"id": "gpt-5", "colour": "red"}, ["colour", "sections"]),
    ("get_model", {"id": "gpt-5", "sections": ["nope"]}, ["nope", "pricing"]),
    ("compare_models", {"models": ["gpt-5"]}, ["2 to 8"]),
    ("compare_models", {"models": ["gpt-5", "openai/gpt-5"]}, ["same model"]),
    ("compare_models", {"models": ["gpt-5", "ling-2.6-2t"]}, ["inclusionai/ling-2.6-1t"]),
    ("monthly_cost", {"models": ["gpt-5"], "input_tokens": "-1"}, ["input_tokens", "-1"]),
    ("monthly_cost", {"models": ["gpt-5"], "cached": "101%"}, ["cached", "101%"]),
    ("explain_fact", {"model": "gpt-5", "field": "colour"}, ["colour", "context_window"]),
    ("resolve_id", {"id": ""}, ["1 to 200"]),
    ("search_models", {"query": "x" * 300}, ["1 to 200"]),
]


class Session:
    """One connection of the client, and what it must see."""

    def __init__(self, place, client, api, kept):
        self.place, self.client, self.api, self.kept, self.seconds = place, client, api, kept, []

    async def refuses(self, code, ask, words):
        try:
            await ask
            check(False, f"{self.place}: {words} is not refused")
        except MCPError as error:
            check(error.code in code, f"{self.place}: {words} gives {error.code}")
            return error

    async def run(self, asked, schema):
        if not self.place.endswith("2026-07-28"):  # a pinned revision asks nothing of the server first
            check(self.client.server_info.name == "llmref", f"{self.place}: the server has no name")
            check("unknown" in self.client.instructions, f"{self.place}: no instructions")
        tools = {tool.name: tool for tool in (await self.client.list_tools()).tools}
        check(set(tools) == TOOLS, f"{self.place}: tools are {sorted(tools)}")
        for name, tool in tools.items():
            Draft202012Validator.check_schema(tool.input_schema)
            Draft202012Validator.check_schema(tool.output_schema)
            hints = tool.annotations
            check(hints.read_only_hint and hints.idempotent_hint and hints.open_world_hint is False, f"{self.place}: hints of {name}")
            check(tool.title and len(tool.description) > 80, f"{self.place}: {name} is not described")
        for name, arguments, path in asked:
            place = f"{self.place}: {name} {json.dumps(arguments)}"
            errors = list(Draft202012Validator(tools[name].input_schema).iter_errors(arguments))
            check(not errors or "output_tokens" in arguments, f"{place}: the arguments do not fit inputSchema")
            start = time.perf_counter()
            result = await self.client.call_tool(name, arguments)
            self.seconds.append(time.perf_counter() - start)
            text = "".join(content.text for content in result.content)
            if result.is_error:
                check(False, f"{place}: {text}")
                continue
            document = result.structured_content
            for validator in (Draft202012Validator(tools[name].output_schema), schema):
                for error in list(validator.iter_errors(document))[:3]:
                    check(False, f"{place}: {error.message[:200]} at {list(error.absolute_path)}")
            check_citations(place, document, text.replace("\\", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
            key = name + json.dumps(arguments)
            check(self.kept.setdefault(key, document) == document, f"{place}: differs from another session's answer")
            if path and self.api:
                page = self.api(path)
                check(page["conclusions"] == document["conclusions"], f"{place}: concludes something else than /api/v1/{path}")
                check(page["as_of"] == document["as_of"], f"{place}: another day than /api/v1/{path}")
        for name, arguments, words in REFUSED:
            result = await self.client.call_tool(name, arguments)
            text = result.content[0].text
            check(result.is_error, f"{self.place}: {name} {arguments} is no error")
            check(all(word in text for word in words), f"{self.place}: {name} {arguments} says {text}")
        await self.refuses({-32602}, self.client.call_tool("no_such_tool", {}), "an unknown tool")
        templates = (await self.client.list_resource_templates()).resource_templates
        check([t.uri_template for t in templates] == ["llmref://model/{lab}/{model}"], f"{self.place}: templates")
        check((await self.client.list_resources()).resources == [], f"{self.place}: resources are listed")
        contents = (await self.client.read_resource("llmref://model/openai/gpt-5")).contents[0]
        check(contents.mime_type == "text/markdown" and "Context window" in contents.text, f"{self.place}: the model's page")
        if self.api:
            check(contents.text == self.api("/model/openai/gpt-5.md"), f"{self.place}: the resource is not the page's twin")
        error = await self.refuses({-32602, -32002}, self.client.read_resource("llmref://model/openai/gtp-5"), "an unknown resource")
        check(error and error.data["did_you_mean"], f"{self.place}: no candidates for an unknown resource")


# --- Without the client -------------------------------------------------------------------------------------------------


def message(method, params=None, id=1, modern=False):
    params = dict(params or {})
    if modern:
        params["_meta"] = MODERN
    return {"jsonrpc": "2.0", "id": id, "method": method, "params": params}


def check_http(host):
    """What the transport must refuse. Method, headers, body, status, error code."""
    plain = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    modern = {**plain, "mcp-protocol-version": "2026-07-28"}
    call = message("tools/call", {"name": "resolve_id", "arguments": {"id": "gpt-5"}}, modern=True)
    listing = message("tools/list")
    rows = [
        ("GET", plain, None, 405, None), ("DELETE", plain, None, 405, None), ("PUT", plain, listing, 405, None),
        ("OPTIONS", {"origin": "http://localhost:6274"}, None, 204, None),
        ("OPTIONS", {"origin": "https://evil.example"}, None, 403, None),
        ("POST", plain, listing, 200, None), ("POST", {**plain, "origin": "http://localhost:6274"}, listing, 200, None),
        ("POST", {**plain, "origin": "http://[::1]:1"}, listing, 200, None),
        ("POST", {**plain, "origin": "https://evil.example"}, listing, 403, None),
        ("POST", {**plain, "origin": "http://localhost.evil.example"}, listing, 403, None),
        ("POST", {**plain, "origin": "null"}, listing, 403, None),
        ("POST", {"content-type": "text/plain"}, listing, 415, None), ("POST", {}, listing, 415, None),
        ("POST", {**plain, "accept": "text/html"}, listing, 406, None),
        ("POST", {**plain, "accept": "*/*"}, listing, 200, None),
        ("POST", plain, b"{", 400, -32700), ("POST", plain, b"", 400, -32700), ("POST", plain, b"\xff", 400, -32700),
        ("POST", plain, b" " * (1024 * 1024 + 1), 413, None),
        ("POST", plain, message("made/up"), 200, -32601),
        ("POST", plain, {"jsonrpc": "2.0", "method": "notifications/initialized"}, 202, None),
        ("POST", modern, {"jsonrpc": "2.0", "method": "notifications/cancelled"}, 202, None),
        ("POST", plain, [listing], 200, None),
        ("POST", {**plain, "mcp-protocol-version": "2025-11-25"}, [listing], 400, -32600),
        ("POST", {**plain, "mcp-protocol-version": "2000-01-01"}, listing, 400, -32022),
        ("POST", {**plain, "mcp-protocol-version": "invalid-protocol-version"}, listing, 400, -32022),
        ("POST", {**plain, "mcp-protocol-version": "2099-01-01"}, message("initialize", {"protocolVersion": "2099-01-01"}), 400, -32022),
        ("POST", {**modern, "mcp-method": "tools/call", "mcp-name": "resolve_id"}, call, 200, None),
        ("POST", {**modern, "mcp-method": "tools/call", "mcp-name": "=?base64?cmVzb2x2ZV9pZA==?="}, call, 200, None),
        ("POST", {**modern, "mcp-method": "tools/call", "mcp-name": "get_model"}, call, 400, -32020),
        ("POST", {**modern, "mcp-method": "tools/call"}, call, 400, -32020),
        ("POST", {**modern, "mcp-method": "tools/list", "mcp-name": "resolve_id"}, call, 400, -32020),
        ("POST", {**modern, "mcp-name": "resolve_id"}, call, 400, -32020),
        ("POST", plain, call, 400, -32020),
        ("POST", {**plain, "mcp-protocol-version": "2025-11-25", "mcp-method": "tools/call", "mcp-name": "resolve_id"}, call, 400, -32020),
        ("POST", {**modern, "mcp-method": "tools/list"}, listing, 400, -32602),
        ("POST", {**modern, "mcp-method": "made/up"}, message("made/up", modern=True), 404, -32601),
        ("POST", {**modern, "mcp-method": "ping"}, message("ping", modern=True), 404, -32601),
        ("POST", {**modern, "mcp-method": "server/discover"}, message("server/discover", modern=True), 200, None),
    ]
    connection = http.client.HTTPConnection(host, timeout=30)
    for method, headers, body, status, code in rows:
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        for path in ("/mcp", "/mcp?x=1") if method == "POST" else ("/mcp",):
            connection.request(method, path, body=data, headers=headers)
            answer = connection.getresponse()
            text = answer.read()
            place = f"{method} {path} {headers} {str(body)[:80]}"
            check(answer.status == status, f"{place} gives {answer.status}, not {status}")
            check(answer.getheader("x-content-type-options") == "nosniff", f"{place} may be sniffed")
            if status == 202:
                check(text == b"", f"{place} has a body")
            if answer.status == 405:
                check(answer.getheader("allow") == "POST, OPTIONS", f"{place} does not say what is allowed")
            if headers.get("origin") and status < 300:
                check(answer.getheader("access-control-allow-origin") == headers["origin"], f"{place} cannot be read by its page")
            if code is not None:
                check(json.loads(text)["error"]["code"] == code, f"{place} gives {text[:200]}")
            elif status == 200 and data:
                body_read = json.loads(text)
                check("result" in (body_read[0] if isinstance(body_read, list) else body_read), f"{place} gives {text[:200]}")
    connection.close()
    # The pages are there still, and one connection may mix both.
    connection = http.client.HTTPConnection(host, timeout=30)
    for path, status in (("/model/openai/gpt-5.json", 200), ("/healthz", 200), ("/mcp/x", 404)):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        check(answer.status == status, f"GET {path} gives {answer.status}")


def check_stdio(program):
    """Junk between good messages: one JSON a line, in order, and an end at the end."""
    junk = [b"", b"   ", b"nonsense", b"{", b"\xff\xfe", b"[]", b"x" * (3 * 1024 * 1024), b'{"jsonrpc":"2.0","id":1}', b"null", b"\x00"]
    sent = []
    for place, line in enumerate(junk):
        sent += [line, json.dumps(message("ping", id=place)).encode()]
    sent.append(json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}).encode())
    sent.append(json.dumps(message("ping", id="last")).encode())  # without a line end
    start = time.perf_counter()
    run = subprocess.run([program, "mcp"], input=b"\n".join(sent), capture_output=True, timeout=120)
    check(run.returncode == 0, f"stdio: ends with {run.returncode}")
    check(run.stderr == b"", f"stdio: says {run.stderr[:200]}")
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    good = [answer["id"] for answer in answers if "result" in answer]
    bad = [answer for answer in answers if "error" in answer]
    check(good == list(range(len(junk))) + ["last"], f"stdio: good messages are answered {good}")
    check(len(bad) == len(junk) - 2, f"stdio: {len(bad)} of {len(junk) - 2} bad lines are answered")  # two are empty
    # Nobody reads: no error, no hang.
    quiet = subprocess.Popen([program, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    quiet.stdout.close()
    quiet.stdin.write(json.dumps(message("tools/list")).encode() + b"\n")
    quiet.stdin.close()
    check(quiet.wait(20) == 0, "stdio: a reader who left is an error")
    # The first answer comes at once.
    start = time.perf_counter()
    first = subprocess.run([program, "mcp"], input=json.dumps(message("initialize", {"protocolVersion": "2025-11-25"})).encode() + b"\n",
                           capture_output=True, timeout=20)
    seconds = time.perf_counter() - start
    check(first.returncode == 0 and b'"protocolVersion":"2025-11-25"' in first.stdout, "stdio: no handshake")
    check(seconds < 1, f"stdio: start, handshake and end take {seconds:.2f} s")
    return seconds


def serve(arguments):
    server = subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True)
    return server, json.loads(server.stderr.readline())["address"]


async def sessions(program, address, asked, schema):
    host = address.removeprefix("http://").split("/")[0]
    connection = http.client.HTTPConnection(host, timeout=60)
    pages = {}

    def api(path):
        if path not in pages:
            connection.request("GET", path if path.startswith("/") else "/api/v1/" + path)
            answer = connection.getresponse()
            body = answer.read().decode()
            check(answer.status == 200, f"GET {path} gives {answer.status}")
            pages[path] = body if path.endswith(".md") else json.loads(body)
        return pages[path]

    kept, calls = {}, 0
    for carrier, target in (("stdio", StdioServerParameters(command=program, args=["mcp"])), ("HTTP", f"http://{host}/mcp")):
        for mode in MODES:
            async with Client(target, mode=mode) as client:
                session = Session(f"{carrier} {mode}", client, api, kept)
                expected = "2025-11-25" if mode == "legacy" else "2026-07-28"
                check(client.protocol_version == expected, f"{carrier} {mode}: speaks {client.protocol_version}")
                await session.run(asked, schema)
                calls += len(session.seconds)
                middle = sorted(session.seconds)[len(session.seconds) // 2] * 1000
                print(f"{session.place}: {len(session.seconds)} calls, median {middle:.1f} ms, slowest {max(session.seconds) * 1000:.0f} ms")
    return calls


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--models", type=int, default=6)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    schema = Draft202012Validator(json.load(open(os.path.join(ROOT, "Schemas/document-1.schema.json"), encoding="utf-8")))
    draw = random.Random(options.seed)
    found = json.loads(subprocess.run([program, "search", "a", "--limit", "10000", "--json"], capture_output=True, check=True).stdout)
    models = draw.sample([model["id"] for model in found["models"]], options.models)
    asked = list(questions(models, draw))
    handshake = check_stdio(program)
    server, address = serve([program, "serve", "--port", "0"])
    try:
        calls = asyncio.run(sessions(program, address, asked, schema))
        check_http(address.removeprefix("http://"))
    finally:
        server.terminate()
        check(server.wait(20) == 0, "serve does not end with 0")
    server, address = serve([program, "mcp", "--http", "--port", "0"])
    try:
        check(address.endswith("/mcp"), f"mcp --http listens at {address}")

        async def once():
            async with Client(address) as client:
                result = await client.call_tool("resolve_id", {"id": "gpt-5"})
                check(result.structured_content["conclusions"]["model"] == "openai/gpt-5", "mcp --http resolves nothing")

        asyncio.run(once())
    finally:
        server.terminate()
        check(server.wait(20) == 0, "mcp --http does not end with 0")
    for failure in FAILURES[:50]:
        print("FAILED", failure if len(failure) < 500 else failure[:240] + " … " + failure[-240:])
    print(f"{calls} calls in {2 * len(MODES)} sessions, start and handshake in {handshake * 1000:.0f} ms, {len(FAILURES)} failed")
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main())
