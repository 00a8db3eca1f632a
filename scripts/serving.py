"""What the checks of the server share: the program on a free port, raw connections, and an environment of its own for PyPI packages."""
import json
import os
import socket
import subprocess
import sys
import venv

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Headers that every answer must carry, whoever wrote it.
SECURITY = {
    "content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin", "permissions-policy": "camera=()",
    "cross-origin-opener-policy": "same-origin", "access-control-allow-origin": "*",
}


# What the checks in a browser need.
BROWSING = ["playwright==1.65.2", "axe-playwright-python==0.1.8", "html5lib==1.1"]


def environment(packages):
    """The python of a virtual environment in .build that has the packages, each pinned; made on the first call."""
    folder = os.path.join(ROOT, ".build", "check-environment")
    python = os.path.join(folder, "bin", "python")
    mark = os.path.join(folder, "packages.txt")
    wanted = "\n".join(packages)
    if not (os.path.exists(mark) and wanted in open(mark, encoding="utf-8").read()):
        if not os.path.exists(python):
            venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
        with open(mark, "a", encoding="utf-8") as file:
            file.write(wanted + "\n")
    return python


def rerun_in(packages):
    """Runs this script again with the packages at hand, unless it is so already."""
    if os.environ.get("LLMREF_CHECK_ENVIRONMENT") != "1":
        python = environment(packages)
        os.execve(python, [python, *sys.argv], dict(os.environ, LLMREF_CHECK_ENVIRONMENT="1"))


class Server:
    """`LLMREF serve` on a free port of the loopback; ended when the block ends, which must give exit code 0."""

    def __init__(self, program, *arguments, environment=None):
        self.log = []
        self.process = subprocess.Popen([program, "serve", "--port", "0", *arguments], stderr=subprocess.PIPE, text=True,
                                        env=dict(os.environ, **(environment or {})))
        while True:
            line = self.process.stderr.readline()
            if not line:
                raise RuntimeError(f"the server does not start: {self.log}")
            self.log.append(line)
            if '"listening"' in line:
                break
        self.origin = json.loads(line)["address"]
        self.host, port = self.origin.removeprefix("http://").split(":")
        self.port = int(port)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(30)
        if kind is None and code != 0:
            raise RuntimeError(f"the server ends with {code}")

    def connect(self, timeout=20):
        connection = socket.create_connection((self.host, self.port), timeout=timeout)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def memory(self):
        """Resident megabytes."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024


class Answer:
    """One answer of HTTP/1.1 read from a connection."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __repr__(self):
        return f"{self.status} {self.headers} {self.body[:80]!r}"


def read_answer(file, method="GET"):
    """The next answer; None when the connection ends before one begins."""
    line = file.readline(65536)
    if not line:
        return None
    version, status, _ = line.decode("latin-1").split(" ", 2)
    if version != "HTTP/1.1":
        raise ValueError(f"an answer begins with {line!r}")
    headers = {}
    while True:
        line = file.readline(65536)
        if line in (b"\r\n", b""):
            break
        name, value = line.decode("latin-1").rstrip("\r\n").split(":", 1)
        headers[name.lower()] = value.strip()
    length = 0 if method == "HEAD" or status in ("204", "304") else int(headers.get("content-length", "0"))
    body = file.read(length)
    if len(body) != length:
        raise ValueError(f"a body of {len(body)} bytes in place of {length}")
    return Answer(int(status), headers, body)


def ask(server, request, method="GET", timeout=20):
    """Sends bytes on a fresh connection; the first answer, and whether the server closes behind it."""
    with server.connect(timeout) as connection:
        connection.sendall(request)
        file = connection.makefile("rb")
        answer = read_answer(file, method)
        return answer, answer is None or answer.headers.get("connection") == "close" and file.read(1) == b""
