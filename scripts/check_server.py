"""Prove that the server stays up, small and correct whatever a client sends.

Speaks raw HTTP to a running `LLMREF serve`: paths that climb, oversize addresses, headers and bodies, malformed, conflicting and slow
requests, methods that no page has, HTTP/1.0, absolute targets, pipelines that nobody reads, more connections than allowed, a reload under
load, a shutdown during a download, many requests with memory sampled. Every answer must carry the security headers.

Usage: check_server.py LLMREF [--requests N]
"""
import argparse
import json
import os
import re
import signal
import socket
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import serving  # noqa: E402

PAIR = b"/compare/openai/gpt-5.3-codex-spark/inclusionai/ling-2.6-1t"
HOST = b"Host: llm.example\r\n"
failures = []
passed = 0


def check(good, words):
    global passed
    if good:
        passed += 1
    else:
        failures.append(words)
        print("FAILED", words, flush=True)


def get(target, extra=b"", method=b"GET"):
    return method + b" " + target + b" HTTP/1.1\r\n" + HOST + extra + b"\r\n"


def guarded(answer, words, is_message=False):
    """The headers that every answer has; only messages may not come from anywhere."""
    for name, value in serving.SECURITY.items():
        if is_message and name == "access-control-allow-origin":
            continue
        check(value in answer.headers.get(name, ""), f"{words}: {answer.status} without {name}")
    check("server" not in answer.headers, f"{words}: the answer names its server")


def expect(server, request, statuses, words, method="GET", closes=None):
    try:
        answer, closed = serving.ask(server, request, method)
    except (OSError, ValueError) as error:
        check(False, f"{words}: {error}")
        return None
    if answer is None:
        check(None in statuses, f"{words}: closed without an answer")
        return None
    check(answer.status in statuses, f"{words}: {answer}")
    if closes is not None:
        check(closed == closes, f"{words}: the connection {'closes' if closed else 'stays'}")
    guarded(answer, words)
    return answer


def paths(server):
    """Nothing outside the site is read, and nothing of the machine is told."""
    for target in (b"/../etc/passwd", b"/..%2f..%2fetc/passwd", b"/%2e%2e/%2e%2e/etc/passwd", b"/assets/../../etc/passwd", b"/assets/%2e%2e%2fx",
                   b"/..\\..\\etc\\passwd", b"/.git/config", b"/etc/passwd", b"//etc/passwd", b"/model/../../../etc/passwd", b"/%00", b"/a%00.json",
                   b"/%c0%ae%c0%ae/etc/passwd", b"/badge/../../etc/passwd.svg", b"/explain/openai/gpt-5/..%2f..", b"/%", b"/%g1", b"/sitemap-../x.xml",
                   b"/sitemap-99999999999999999999.xml", b"/sitemap--1.xml", b"/badge/.svg", b"/.json", b"/.md", b"/api", b"/api/v1", b"/compare/"):
        answer = expect(server, get(target), (400, 404, 200 if target in (b"/compare/", b"/.json", b"/.md") else 404), f"path {target}")
        if answer is not None:
            check(b"root:" not in answer.body and b"/home" not in answer.body and b"Sources/" not in answer.body, f"path {target} leaks")
    for target in (b"/search?q=" + b"%3Cscript%3E" * 100, b"/models?context=%3Cimg%20src=x%3E", b"/model/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                   b"/compare?a=%22%3E%3Cscript%3E&b=x"):
        answer = expect(server, get(target), (200, 400, 404), f"path {target[:40]}")
        check(answer is not None and b"<script>" not in answer.body and b"<img src=x" not in answer.body, f"path {target[:40]}: unescaped")


def sizes(server):
    """Addresses, headers and bodies have bounds, and each is told by its status."""
    expect(server, get(b"/search?q=" + b"a" * 8000), (414,), "an address of 8 kB")
    expect(server, get(b"/" + b"a" * 100_000), (414, 431), "an address of 100 kB", closes=True)
    expect(server, get(b"/", b"X: " + b"a" * 20_000 + b"\r\n"), (431,), "a header of 20 kB", closes=True)
    expect(server, get(b"/", b"".join(b"X-%d: a\r\n" % number for number in range(200))), (431,), "200 headers", closes=True)
    expect(server, get(b"/", b"".join(b"X-%d: %s\r\n" % (number, b"a" * 900) for number in range(90))), (431,), "80 kB of headers", closes=True)
    expect(server, get(b"/", b"Content-Length: 99999999999\r\n"), (413,), "a body of 99 GB", closes=True)
    expect(server, b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999\r\n\r\n", (413,), "a POST of 99 GB", closes=True)
    expect(server, get(b"/", b"Content-Length: 5\r\n") + b"hello", (200,), "a small body of a GET")
    # A chunked body without end is cut when it passes the bound.
    with server.connect() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n")
        sent = 0
        try:
            while sent < 64 << 20:
                connection.sendall(b"10000\r\n" + b"a" * 65536 + b"\r\n")
                sent += 65536
        except OSError:
            pass
        check(sent < 16 << 20, f"a chunked body of {sent} bytes is read")


def malformed(server):
    """A request that cannot be read gets 400 and the end of the connection; nothing behind it is answered."""
    rest = get(b"/robots.txt")
    for name, request in {
        "no version": b"GET /\r\n\r\n", "wrong version": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", "no target": b"GET HTTP/1.1\r\n" + HOST + b"\r\n",
        "binary": bytes(range(256)), "TLS": bytes.fromhex("16030100c8010000c403034a"), "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "header without colon": get(b"/", b"broken\r\n"), "space before the colon": get(b"/", b"X : a\r\n"), "control in a name": get(b"/", b"X\x01: a\r\n"),
        "NUL in a value": get(b"/", b"X: a\x00b\r\n"), "folded header": get(b"/", b"X: a\r\n b\r\n"), "lone CR": get(b"/", b"X: a\rb\r\n"),
        "space in the target": b"GET / x HTTP/1.1\r\n" + HOST + b"\r\n", "control in the target": b"GET /\x01 HTTP/1.1\r\n" + HOST + b"\r\n",
        "no host": b"GET / HTTP/1.1\r\n\r\n", "two hosts": get(b"/", HOST), "broken host": b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "unknown method": get(b"/", method=b"BREW"), "long method": get(b"/", method=b"A" * 5000), "lower-case method": get(b"/", method=b"get"),
        "relative target": get(b"models"),
    }.items():
        answer = expect(server, request + rest, (400, 501, 505), f"malformed: {name}", closes=True)
        if answer is not None:
            check(answer.headers.get("content-type") == "application/problem+json" and json.loads(answer.body)["status"] == answer.status,
                  f"malformed: {name}: {answer}")
    # Requests whose length two servers could read in two ways: https://www.rfc-editor.org/rfc/rfc9112#section-6.3
    chunked = b"Transfer-Encoding: chunked\r\n"
    for name, head in {
        "both lengths": b"Content-Length: 6\r\n" + chunked, "both lengths, other order": chunked + b"Content-Length: 6\r\n",
        "two lengths": b"Content-Length: 6\r\nContent-Length: 5\r\n", "listed lengths": b"Content-Length: 6, 5\r\n", "a signed length": b"Content-Length: +6\r\n",
        "a negative length": b"Content-Length: -1\r\n", "a hexadecimal length": b"Content-Length: 0x6\r\n", "an empty length": b"Content-Length:\r\n",
        "a huge length": b"Content-Length: 99999999999999999999999\r\n", "chunked not last": b"Transfer-Encoding: chunked, identity\r\n",
        "an unknown coding": b"Transfer-Encoding: xchunked\r\n", "chunked twice": chunked + chunked, "coding with a space": b"Transfer-Encoding : chunked\r\n",
        "coding with a tab": b"Transfer-Encoding:\tchunked\r\nContent-Length: 6\r\n",
    }.items():
        for method in (b"GET", b"POST"):
            smuggled = method + b" / HTTP/1.1\r\n" + HOST + head + b"\r\n0\r\n\r\nX" + rest
            answer = expect(server, smuggled, (400, 501), f"smuggling: {name} by {method}", closes=True)
    for name, body in {"a broken chunk size": b"zz\r\nabc\r\n0\r\n\r\n", "a chunk too long": b"2\r\nabc\r\n0\r\n\r\n", "a huge chunk size": b"ffffffffffffffffff\r\n",
                       "a negative chunk size": b"-1\r\n"}.items():
        with server.connect() as connection:
            connection.sendall(b"POST / HTTP/1.1\r\n" + HOST + chunked + b"\r\n" + body + rest)
            file = connection.makefile("rb")
            answers = []
            try:
                while (answer := serving.read_answer(file)) is not None:
                    answers.append(answer)
            except OSError:
                pass
            check(all(answer.status in (400, 405) for answer in answers), f"smuggling: {name}: {answers}")


def methods(server):
    """Pages are only read."""
    for method in (b"POST", b"PUT", b"DELETE", b"PATCH", b"TRACE", b"PROPFIND", b"PURGE", b"CONNECT"):
        for target in (b"/", b"/api/v1/models", b"/healthz", b"/nope"):
            target = b"llm.example:443" if method == b"CONNECT" else target
            answer = expect(server, get(target, method=method), (405,), f"{method} {target}")
            if answer is not None:
                check(answer.headers.get("allow") == "GET, HEAD, OPTIONS" and json.loads(answer.body)["status"] == 405, f"{method} {target}: {answer}")
                check(HOST.strip() not in answer.body, f"{method} echoes the request")
    for target in (b"*", b"/", b"/api/v1/models"):
        answer = expect(server, get(target, method=b"OPTIONS"), (204,), f"OPTIONS {target}")
        check(answer is not None and answer.headers.get("allow") == "GET, HEAD, OPTIONS" and not answer.body, f"OPTIONS {target}")
    for target in (b"/healthz", b"/metrics", b"/", b"/nope", PAIR):
        whole = expect(server, get(target), (200, 404), f"GET {target}")
        head = expect(server, get(target, method=b"HEAD"), (200, 404), f"HEAD {target}", method="HEAD")
        if whole is not None and head is not None and target != b"/metrics":
            check(head.headers.get("content-length") == str(len(whole.body)) and not head.body, f"HEAD {target}: {head}")
    check(expect(server, get(b"/healthz"), (200,), "/healthz").body == b"ok\n", "/healthz")
    text = expect(server, get(b"/metrics"), (200,), "/metrics").body.decode()
    check(re.search(r'^llmref_requests_total\{status="2xx"\} [1-9]\d*$', text, re.M) is not None, f"/metrics: {text}")
    check(all(re.fullmatch(r"# TYPE [a-z_]+ (counter|gauge)|[a-z_]+(\{[a-z]+=\"[^\"]+\"\})? \d+", line) for line in text.splitlines()), f"/metrics: {text}")


def versions(server):
    """HTTP/1.0, absolute targets, half-closed clients."""
    answer = expect(server, b"GET /robots.txt HTTP/1.0\r\n\r\n", (200,), "HTTP/1.0", closes=True)
    check(answer is not None and answer.body.startswith(b"User-agent"), f"HTTP/1.0: {answer}")
    answer = expect(server, b"GET /robots.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", (200,), "HTTP/1.0 kept")
    check(answer is not None and answer.headers.get("connection") == "keep-alive", f"HTTP/1.0 kept: {answer}")
    expect(server, get(b"/robots.txt", b"Connection: close\r\n"), (200,), "Connection: close", closes=True)
    plain = expect(server, get(PAIR), (200,), "the page")
    for target in (b"http://llm.example" + PAIR, b"HTTP://other.example:80" + PAIR, b"https://llm.example" + PAIR):
        answer = expect(server, get(target), (200,), f"absolute {target}")
        check(answer is not None and answer.body == plain.body, f"absolute {target}: another page")
    expect(server, get(b"http://llm.example"), (200,), "absolute without a path")
    expect(server, get(b"ftp://llm.example/"), (400,), "another scheme")
    with server.connect() as connection:
        connection.sendall(get(PAIR))
        connection.shutdown(socket.SHUT_WR)
        answer = serving.read_answer(connection.makefile("rb"))
        check(answer is not None and answer.body == plain.body, "a half-closed client gets no page")
    # Empty lines before a request are skipped: https://www.rfc-editor.org/rfc/rfc9112#section-2.2
    expect(server, b"\r\n\r\n" + get(b"/robots.txt"), (200,), "empty lines first")
    # In pieces of one byte.
    with server.connect() as connection:
        for byte in get(b"/robots.txt"):
            connection.send(bytes([byte]))
        answer = serving.read_answer(connection.makefile("rb"))
        check(answer is not None and answer.status == 200, "a request in single bytes")


def order(server):
    """Answers keep the order of their requests, whatever mixture a pipeline holds."""
    mixture = [(b"GET", b"/healthz", 200), (b"GET", PAIR, 200), (b"POST", b"/", 405), (b"HEAD", PAIR, 200), (b"OPTIONS", b"/", 204), (b"GET", b"/nope", 404),
               (b"HEAD", b"/healthz", 200), (b"GET", b"/robots.txt", 200), (b"DELETE", b"/x", 405), (b"POST", b"/mcp", None), (b"GET", b"/search?q=gpt", 200),
               (b"HEAD", b"/nope", 404)] * 20
    with server.connect() as connection:
        body = b"Content-Length: 2\r\nContent-Type: application/json\r\n"
        sender = threading.Thread(target=lambda: connection.sendall(b"".join(
            get(target, body, method) + b"{}" if method == b"POST" else get(target, b"", method) for method, target, _ in mixture)))
        sender.start()
        file = connection.makefile("rb")
        for place, (method, target, status) in enumerate(mixture):
            answer = serving.read_answer(file, method.decode())
            if answer is None or status is not None and answer.status != status:
                check(False, f"answer {place} of a pipeline is {answer} in place of {status} for {method} {target}")
                break
            guarded(answer, f"pipeline: {method} {target}", is_message=target == b"/mcp")
        else:
            check(True, "")
        sender.join()


def backpressure(server):
    """A client that asks for thousands of pages and reads nothing makes the server hold back; once it reads, all come in order."""
    expect(server, get(PAIR), (200,), "the page")
    before = server.memory()
    clients = [server.connect(60) for _ in range(20)]
    count = 3000
    threads = []
    for client in clients:
        def send(client=client):
            try:
                client.sendall(get(PAIR) * count)
            except OSError:
                pass
        threads.append(threading.Thread(target=send, daemon=True))
        threads[-1].start()
    time.sleep(3)
    after = server.memory()
    # 60,000 pages of 90 kB would be 5 GB.
    check(after - before < 60, f"{len(clients)} pipelines that nobody reads take {after - before:.0f} MB")
    # Others are served meanwhile.
    start = time.monotonic()
    expect(server, get(b"/search?q=backpressure"), (200,), "a request beside the pipelines")
    check(time.monotonic() - start < 2, "pipelines hold up others")
    file = clients[0].makefile("rb")
    good = 0
    while good < count and (answer := serving.read_answer(file)) is not None and answer.status == 200:
        good += 1
    check(good == count, f"{good} of {count} answers of a pipeline come")
    for client in clients:
        client.close()
    print(f"backpressure: {before:.0f} MB before, {after:.0f} MB with {len(clients) * count} requests that nobody reads")


def slow(program):
    """Clients that drip, and clients that do not read, are cut after a bound."""
    with serving.Server(program, "--request-seconds", "3", "--idle-seconds", "4") as server:
        for name, piece in (("header lines", b"X: a\r\n"), ("bytes of a line", b"a")):
            with server.connect() as connection:
                start = time.monotonic()
                connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"Y: ")
                answer = b""
                connection.settimeout(0.5)
                while time.monotonic() - start < 15:
                    try:
                        connection.send(piece)
                        data = connection.recv(65536)
                        if not data:
                            break
                        answer += data
                    except TimeoutError:
                        continue
                    except OSError:
                        break
                spent = time.monotonic() - start
                check(2.5 < spent < 8 and (not answer or b" 408 " in answer), f"dripping {name} is cut after {spent:.1f} s with {answer[:60]}")
        with server.connect() as connection:
            start = time.monotonic()
            connection.sendall(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1000\r\n\r\n")
            connection.settimeout(0.5)
            while time.monotonic() - start < 15:
                try:
                    connection.send(b"a")
                    if connection.recv(65536) == b"":
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
            check(time.monotonic() - start < 8, f"a dripping body is cut after {time.monotonic() - start:.1f} s")
        with server.connect() as connection:
            start = time.monotonic()
            check(connection.recv(1) == b"" and time.monotonic() - start < 8, "a connection without a request stays")
        with server.connect() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(get(PAIR) * 500)
            start = time.monotonic()
            time.sleep(10)
            try:
                while connection.recv(1 << 16):
                    pass
                ended = True
            except TimeoutError:
                ended = False
            except OSError:
                ended = True
            check(ended, "a client that does not read stays")
        # A busy connection lives on beyond every bound, also while it only waits between requests.
        with server.connect() as connection:
            file = connection.makefile("rb")
            for _ in range(12):
                connection.sendall(get(b"/robots.txt"))
                answer = serving.read_answer(file)
                if answer is None or answer.status != 200:
                    check(False, "a busy connection is cut")
                    break
                time.sleep(0.8)
            else:
                check(True, "")


def crowd(program):
    """More connections than allowed wait; they are served when others leave."""
    with serving.Server(program, "--max-connections", "20", "--idle-seconds", "60") as server:
        held = [server.connect() for _ in range(20)]
        for connection in held:
            connection.sendall(get(b"/healthz"))
            check(serving.read_answer(connection.makefile("rb")).status == 200, "an allowed connection")
        late = server.connect()
        late.sendall(get(b"/healthz"))
        late.settimeout(1)
        try:
            late.recv(1)
            check(False, "a connection beyond the cap is served")
        except TimeoutError:
            check(True, "")
        for connection in held[:5]:
            connection.close()
        late.settimeout(10)
        answer = serving.read_answer(late.makefile("rb"))
        check(answer is not None and answer.status == 200, "a connection that waited is not served")


def facts(path, price):
    """A facts file with one model; what replaces it comes whole or not at all."""
    value = {"reviewed": "2026-11-20", "models": [{"id": "acme/rocket-1", "name": "Rocket-1", "routes": [
        {"provider": "Acme", "id": "rocket-1", "input_usd_per_mtok": price, "output_usd_per_mtok": price}]}]}
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(value, file)
    os.replace(path + ".new", path)


def reload(program):
    """SIGHUP under load: no request is dropped, every answer is of one of the two sites, and no connection goes back to the old one."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "facts.json")
        facts(path, "1.11")
        with serving.Server(program, "--facts", path) as server:
            seen = [[] for _ in range(6)]
            errors = []
            ends = threading.Event()

            def client(place):
                try:
                    with server.connect() as connection:
                        file = connection.makefile("rb")
                        while not ends.is_set():
                            connection.sendall(get(b"/model/acme/rocket-1") + get(b"/api/v1/models?lab=acme"))
                            first, second = serving.read_answer(file), serving.read_answer(file)
                            if first is None or second is None or first.status != 200 or second.status != 200:
                                errors.append(f"{first} {second}")
                                return
                            prices = {price for price in (b"$1.11", b"$2.22", b"$3.33") if price + b"</span>" in first.body}
                            if len(prices) != 1:
                                errors.append(f"an answer with the prices {prices}")
                                return
                            seen[place].append((prices.pop(), first.headers["etag"]))
                except (OSError, ValueError) as error:
                    errors.append(f"a client fails: {error}")

            clients = [threading.Thread(target=client, args=(place,)) for place in range(6)]
            for thread in clients:
                thread.start()
            time.sleep(1)
            facts(path, "2.22")
            server.process.send_signal(signal.SIGHUP)
            wait_for(lambda: all(own and own[-1][0] == b"$2.22" for own in seen), 60)
            # Without a signal the change is found by itself.
            facts(path, "3.33")
            wait_for(lambda: all(own and own[-1][0] == b"$3.33" for own in seen), 90)
            # A broken file leaves the site in place.
            with open(path, "w", encoding="utf-8") as file:
                file.write("{")
            server.process.send_signal(signal.SIGHUP)
            time.sleep(4)
            ends.set()
            for thread in clients:
                thread.join()
            for error in errors[:5]:
                check(False, f"reload: {error}")
            for own in seen:
                check([price for place, (price, _) in enumerate(own) if place == 0 or own[place - 1][0] != price] == [b"$1.11", b"$2.22", b"$3.33"],
                      "reload: a connection does not see the sites in turn, the last one to the end")
                check(len(set(own)) == 3, f"reload: {len(set(own))} pairs of price and tag in place of 3")
            print(f"reload: {sum(map(len, seen)) * 2} answers across three sites")


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            check(False, "reload: the new site does not come")
            return
        time.sleep(0.05)


def shutdown(program):
    """SIGTERM during a slow download: the answer comes whole, then the server ends with 0."""
    server = serving.Server(program)
    with server.connect(60) as connection, server.connect() as idle:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(get(b"/api/v1/models?order=cost") * 8)
        file = connection.makefile("rb")
        first = serving.read_answer(file)
        start = time.monotonic()
        server.process.terminate()
        time.sleep(1)
        try:
            server.connect(2).close()
            check(False, "a server that ends takes connections")
        except OSError:
            check(True, "")
        rest = []
        try:
            while (answer := serving.read_answer(file)) is not None:
                rest.append(answer)
        except (OSError, ValueError) as error:
            check(False, f"shutdown: an answer is cut: {error}")
        check(first is not None and all(answer.body == first.body for answer in rest), "shutdown: an answer differs")
        check(idle.recv(1) == b"", "shutdown: an idle connection stays")
    code = server.process.wait(30)
    check(code == 0 and time.monotonic() - start < 15, f"the server ends with {code} after {time.monotonic() - start:.0f} s")
    # A client that never reads does not keep a server from ending.
    server = serving.Server(program, "--idle-seconds", "3")
    with server.connect() as connection:
        connection.sendall(get(PAIR) * 500)
        time.sleep(0.5)
        start = time.monotonic()
        server.process.terminate()
        check(server.process.wait(40) == 0, "a client that does not read keeps the server from ending")


def logs(program):
    """With --log-requests, a line of JSON for each request, in which nothing of the client is more than a text."""
    with serving.Server(program, "--log-requests") as server:
        expect(server, get(b"/robots.txt", b"User-Agent: a\"b\r\n"), (200,), "a logged request")
        expect(server, get(b"/%0a%1b[31m<script>?x=\"y"), (400,), "a logged bad request")
        expect(server, b"\x01\x02\r\n\r\n", (400,), "a logged broken request")
        server.process.terminate()
        lines = [json.loads(line) for line in server.process.stderr.read().splitlines()]
    entries = [line for line in lines if line["message"] == "request"]
    check([entry["status"] for entry in entries] == ["200", "400", "400"], f"the log has {entries}")
    if entries:
        first = entries[0]
        check(first["method"] == "GET" and first["target"] == "/robots.txt" and int(first["bytes"]) > 0 and int(first["microseconds"]) >= 0, f"{first}")
        check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", first["time"]) is not None, f"{first}")


def flat(server, requests):
    """Memory after many requests, pages and addresses that nobody asked for before."""
    def burst(count, target):
        with server.connect(60) as connection:
            file = connection.makefile("rb")
            for start in range(0, count, 50):
                size = min(50, count - start)
                connection.sendall(b"".join(get(target(start + step)) for step in range(size)))
                for _ in range(size):
                    if serving.read_answer(file) is None:
                        return False
        return True
    check(burst(2000, lambda number: b"/nope/%d" % number), "requests fail")
    check(burst(2000, lambda number: b"/robots.txt?%d" % number), "requests fail")
    before = server.memory()
    for _ in range(3):
        check(burst(requests // 3, lambda number: (b"/healthz", b"/robots.txt", b"/nope", b"/assets/icon.svg")[number % 4]), "requests fail")
    after = server.memory()
    check(after - before < 20, f"memory grows from {before:.0f} to {after:.0f} MB in {requests} requests")
    # Errors and short connections leave nothing behind.
    for _ in range(2000):
        with server.connect() as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nbroken\r\n\r\n")
            connection.recv(100)
    final = server.memory()
    check(final - after < 20, f"memory grows from {after:.0f} to {final:.0f} MB in 2000 broken connections")
    print(f"memory: {before:.0f} MB, {after:.0f} MB after {requests} requests, {final:.0f} MB after 2000 broken connections")


def lists(program):
    """However many comparisons come, the lists that were made stay: they have a cache of their own, queries have none in it."""
    with serving.Server(program, "--cache-megabytes", "1") as server:
        def ask(target):
            with server.connect(60) as connection:
                connection.sendall(get(target))
                return serving.read_answer(connection.makefile("rb"))

        def kept():
            return int(re.search(r"llmref_cached_answers_total (\d+)", ask(b"/metrics").body.decode()).group(1))
        ask(b"/provider/openrouter")
        ask(b"/lab/openai?a=1")
        # Each of these pages has more than 20 KB: 60 of them fill one megabyte.
        for number in range(1, 61):
            check(ask(b"/compare/openai/gpt-5/openai/o3?input=%dM" % number).status == 200, "a comparison fails")
        before = kept()
        ask(b"/provider/openrouter")
        check(kept() == before + 1, "a list is made again after many comparisons")
        ask(b"/lab/openai?a=1")
        check(kept() == before + 1, "an answer to a query stays among the lists")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--requests", type=int, default=60_000)
    options = parser.parse_args()
    with serving.Server(options.program) as server:
        for part in (paths, sizes, malformed, methods, versions, order, backpressure):
            part(server)
        flat(server, options.requests)
        expect(server, get(b"/healthz"), (200,), "the server after all this")
    for part in (slow, crowd, lists, reload, shutdown, logs):
        part(options.program)
    print(f"{passed} checks passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
