"""A local server of chat completions that counts what it receives, for checks of evaluations.

Every request's last message must hold `cell <id>`; the server notes when each came, how often, how many were under way at once,
and answers after a delay with usage, streamed or not as asked. It runs in a thread and needs nothing but Python.

Usage: with counting_server.Server(delay=0.02) as server: … server.base_url, server.received, server.answered
"""
import asyncio
import collections
import json
import re
import threading
import time


class Server:
    def __init__(self, delay=0.02):
        self.delay = delay
        self.received = collections.Counter()  # by model and cell, as the request came in full
        self.answered = collections.Counter()  # by model and cell, once the last byte of the answer was handed to the socket
        self.times = collections.defaultdict(list)  # monotonic seconds of every request, by model
        self.under_way = self.most_under_way = 0
        self.secrets = []  # every Authorization header

    def __enter__(self):
        ready = threading.Event()

        def work():
            self.loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self.loop)
            self.server = self.loop.run_until_complete(asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=1024))
            self.base_url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/v1"
            ready.set()
            self.loop.run_forever()

        self.thread = threading.Thread(target=work, daemon=True)
        self.thread.start()
        ready.wait(10)
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"content-length: *(\d+)", head, re.I)
                body = json.loads(await reader.readexactly(int(length.group(1)))) if length else {}
                self.times[body["model"]].append(time.monotonic())
                found = re.search(rb"authorization: *(.*)\r\n", head, re.I)
                self.secrets.append(found.group(1).decode() if found else None)
                content = body["messages"][-1]["content"]
                text = content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
                cell = re.search(r"cell (\S+)", text).group(1)
                self.received[body["model"], cell] += 1
                self.under_way += 1
                self.most_under_way = max(self.most_under_way, self.under_way)
                try:
                    await asyncio.sleep(self.delay)
                    await self.answer(writer, body, cell)
                finally:
                    self.under_way -= 1
                self.answered[body["model"], cell] += 1
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def answer(self, writer, body, cell):
        usage = {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}
        shared = {"id": "r-" + cell, "created": 1, "model": body["model"]}
        if body.get("stream"):
            chunks = [{"choices": [{"index": 0, "delta": {"role": "assistant", "content": "ok"}, "finish_reason": None}]},
                      {"choices": [{"index": 0, "delta": {"content": " " + cell}, "finish_reason": "stop"}]},
                      {"choices": [], "usage": usage}]
            data = "".join("data: " + json.dumps({**shared, "object": "chat.completion.chunk", **chunk}) + "\n\n" for chunk in chunks)
            data += "data: [DONE]\n\n"
            kind = "text/event-stream"
        else:
            message = {"role": "assistant", "content": "ok " + cell}
            data = json.dumps({**shared, "object": "chat.completion", "usage": usage,
                               "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})
            kind = "application/json"
        writer.write(f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {len(data.encode())}\r\n\r\n{data}".encode())
        await writer.drain()

    def most_in(self, seconds, model):
        """The most requests for a model in any window of so many seconds."""
        times = sorted(self.times[model])
        most = first = 0
        for last, moment in enumerate(times):
            while times[first] <= moment - seconds:
                first += 1
            most = max(most, last - first + 1)
        return most
