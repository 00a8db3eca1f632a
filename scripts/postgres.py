"""A PostgreSQL of its own for a check: made in a folder that does not last, reached through a socket in it.

PostgreSQL refuses to run as root, so root starts it as the user `postgres` that Debian's package makes.

Usage: with postgres.Server() as server: server.address is what `--store` takes; server.psql("SELECT 1") asks it.
"""
import glob
import os
import pwd
import shutil
import subprocess
import tempfile


def program(name):
    """Debian keeps the server's programs outside PATH."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    return found[-1] if found else shutil.which(name)


def is_installed():
    return all(program(name) for name in ("initdb", "pg_ctl", "psql"))


class Server:
    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="llmref-pg-")
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        data = os.path.join(self.folder, "data")
        try:
            self.run("initdb", "-D", data, "-A", "trust", "-U", self.user, "--no-sync")
            self.run("pg_ctl", "-D", data, "-w", "-l", os.path.join(self.folder, "log"), "-o",
                     f"-k {self.folder} -c listen_addresses='' -c max_connections=60", "start")
            self.run("createdb", "-h", self.folder, "-U", self.user, "evals")
        except BaseException:
            self.__exit__()
            raise
        self.address = f"postgres://{self.user}@/evals?host={self.folder}"
        return self

    def run(self, name, *arguments):
        words = [program(name), *arguments]
        if os.getuid() == 0:
            words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
        done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", timeout=60)
        if done.returncode:
            raise RuntimeError(f"{name} failed: {done.stderr.strip()}")

    def psql(self, statement):
        """Rows of texts."""
        words = [program("psql"), "-h", self.folder, "-U", self.user, "-d", "evals", "-At", "-F", "\t", "-c", statement]
        done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def __exit__(self, *_):
        data = os.path.join(self.folder, "data")
        try:
            if os.path.exists(os.path.join(data, "postmaster.pid")):
                self.run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
