"""A server of models that does what servers should not, one fault a path: /NAME/v1/chat/completions and the other two kinds.

Used by check_eval_faults.py. Listens on a free port of the loopback and prints it. `GET /counts` tells how often each path was asked.
"""
import asyncio
import collections
import json
import sys

counts = collections.Counter()
OTHER = []
WORDS = ["Hel", "lo ", "wör", "ld"]
STREAM = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
USAGE = {"good": (12, 4), "negative": (12, -4), "huge": (12, 10**30), "text": ("many", 4), "zero": (12, 0), "beyond": (12, 5000),
         "cached": (12, 4)}


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def events(kind, usage="good", words=WORDS):
    """The events of a whole reply."""
    prompt, answer = USAGE[usage]
    cached = {"cached_tokens": 99} if usage == "cached" else {}
    if kind == "chat":
        base = {"id": "c1", "model": "m", "object": "chat.completion.chunk"}
        yield {**base, "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]}
        for word in words:
            yield {**base, "choices": [{"index": 0, "delta": {"content": word}}]}
        yield {**base, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        yield {**base, "choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": answer, "prompt_tokens_details": cached}}
        yield "[DONE]"
    elif kind == "responses":
        yield {"type": "response.created", "response": {"id": "r1", "status": "in_progress", "model": "m"}}
        for word in words:
            yield {"type": "response.output_text.delta", "item_id": "i", "delta": word}
        yield {"type": "response.completed", "response": {
            "id": "r1", "status": "completed", "model": "m", "output": [],
            "usage": {"input_tokens": prompt, "output_tokens": answer, "input_tokens_details": cached}}}
    else:
        yield {"type": "message_start", "message": {"id": "g1", "role": "assistant", "model": "m", "content": [],
                                                    "usage": {"input_tokens": prompt, "output_tokens": 1}}}
        for word in words:
            yield {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": word}}
        output = -4 if usage == "cached" else answer
        yield {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": output}}
        yield {"type": "message_stop"}


def line(event):
    return b"data: " + (event if isinstance(event, str) else json.dumps(event, ensure_ascii=False)).encode() + b"\n\n"


async def serve(reader, writer):
    try:
        while await answer(reader, writer):
            pass
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass
    finally:
        writer.close()


async def answer(reader, writer):
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    path = head.split(" ")[1]
    headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in head.split("\r\n")[1:])}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    key = headers.get("authorization", "").removeprefix("Bearer ") or headers.get("x-api-key", "")

    async def send(data):
        writer.write(data.encode() if isinstance(data, str) else data)
        await writer.drain()

    async def reply(status, text, more=""):
        data = text.encode()
        await send(f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(data)}\r\n{more}\r\n".encode() + data)

    if path == "/counts":
        await reply("200 OK", json.dumps(counts))
        return True
    name = path.split("/")[1]
    kind = {"completions": "chat", "responses": "responses", "messages": "messages"}[path.rsplit("/", 1)[1]]
    counts[name + " " + kind] += 1
    first = [line(event) for event in events(kind)]

    async def stream(parts):
        await send(STREAM)
        for part in parts:
            await send(chunk(part))
        await send(b"0\r\n\r\n")

    if name in ("good", "slow"):
        await asyncio.sleep(0.4 if name == "slow" else 0)
        await stream(first)
        return True
    if name.startswith("usage-"):
        await stream([line(event) for event in events(kind, usage=name[6:])])
        return True
    if name == "cut-anywhere":
        # One byte a chunk, so that lines, events and characters are cut everywhere.
        await stream([bytes([byte]) for byte in b"".join(first)])
        return True
    if name == "old-newlines":
        await stream([b": hello\r\n" + part.replace(b"\n\n", b"\r\r") for part in first])
        return True
    if name == "open-end":
        # All is said, and the connection stays open for ever.
        await send(STREAM)
        for part in first:
            await send(chunk(part))
        await asyncio.sleep(3600)
    if name == "echo-key":
        await stream([line(event) for event in events(kind, words=["your key ", key[:9], key[9:], f" is {key}"])])
        return True
    if name == "echo-error":
        await reply("401 Unauthorized", json.dumps({"error": {"message": f"Incorrect API key provided: {key}", "type": key}}),
                    f"x-request-id: {key}\r\nx-ratelimit-note: {key}\r\n")
        return True
    if name == "no-usage-question":
        if b"stream_options" in body:
            await reply("400 Bad Request", json.dumps({"error": {"message": "Unrecognized request argument: stream_options"}}))
        else:
            await stream(first)
        return True
    if name == "close-at-once":
        return False
    if name == "close-in-head":
        await send("HTTP/1.1 200 OK\r\ncontent-ty")
        return False
    if name == "close-in-body":
        await send(STREAM + "")
        for part in first[:3]:
            await send(chunk(part))
        return False
    if name == "short-body":
        await send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{\"id\":")
        return False
    if name == "no-http":
        await send(b"\x00\x01\x02 hello, this is no HTTP at all \xff\xfe\r\n\r\n")
        return False
    if name == "garbage":
        await stream([b"data: \x00\xff\xfe{{{{\n\n"] * 20)
        return True
    if name == "html":
        await send("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 24\r\n\r\n<html><b>Hello</b></html")
        return True
    if name == "empty":
        await send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        return True
    if name == "deep":
        await stream([b"data: " + b"[" * 100_000 + b"\n\n"])
        return True
    if name == "error-in-stream":
        await stream([*first[:3], line({"type": "error", "error": {"type": "overloaded_error", "message": "busy"}})])
        return True
    if name == "endless-events":
        await send(STREAM)
        while True:
            await send(chunk(first[1] * 500))
    if name == "endless-line":
        await send(STREAM)
        await send(chunk(b"data: "))
        while True:
            await send(chunk(b"x" * 65_536))
    if name == "endless-whole":
        await send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"id\": \"")
        while True:
            await send(b"x" * 65_536)
    if name == "hundred-megabytes":
        size = 100 * 1024 * 1024
        await send(STREAM + f"{size:x}\r\n")
        for _ in range(size // 65_536):
            await send(b"x" * 65_536)
        return False
    if name == "endless-headers":
        await send("HTTP/1.1 200 OK\r\n")
        while True:
            await send("x-more: " + "y" * 60_000 + "\r\n")
    if name == "endless-refusal":
        await send("HTTP/1.1 500 Oops\r\ncontent-type: text/plain\r\n\r\n")
        while True:
            await send(b"x" * 65_536)
    if name == "drip":
        await send(STREAM)
        while True:
            await send(chunk(b":"))
            await asyncio.sleep(0.2)
    if name == "silent":
        await asyncio.sleep(3600)
    if name in ("elsewhere", "elsewhere-moved"):
        status = "307 Temporary Redirect" if name == "elsewhere" else "301 Moved Permanently"
        await send(f"HTTP/1.1 {status}\r\nlocation: http://127.0.0.1:{OTHER[0]}/good/v1/chat/completions\r\ncontent-length: 0\r\n\r\n")
        return True
    await reply("404 Not Found", "{}")
    return True


async def elsewhere(reader, writer):
    counts["elsewhere was asked"] += 1
    writer.close()


async def main():
    other = await asyncio.start_server(elsewhere, "127.0.0.1", 0)
    OTHER.append(other.sockets[0].getsockname()[1])
    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=64 * 1024 * 1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server, other:
        # Ends when whoever started it does.
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
