"""Database, broker and file servers of a test's own: started in a folder, broken at will, thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import redis
import requests

START_S = 30.0


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def postgres_tools() -> Path | None:
    """The folder of initdb and pg_ctl, or None when PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1] if found and (found[-1] / "initdb").exists() else None


class PostgresServer:
    """A PostgreSQL cluster under `folder`; `url` names its database."""

    def __init__(self, folder: Path) -> None:
        tools = postgres_tools()
        if tools is None:
            raise FileNotFoundError("PostgreSQL's initdb is not installed")
        self.tools, self.data, self.port = tools, folder / "data", free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        folder.mkdir(parents=True)
        self.user = "postgres" if os.getuid() == 0 else None  # the server refuses to run as root
        if self.user:
            _open_way(folder)
            shutil.chown(folder, self.user)
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "--no-sync",
                  "-E", "UTF8", "--locale", "C.UTF-8")  # fmt: skip
        self.start()

    def restart(self) -> None:
        """Crash and start again."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Crash."""
        self._run("pg_ctl", "-D", str(self.data), "stop", "-m", "immediate", "-w")

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"-p {self.port} -k {self.data} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self.data / "log"), "-w", "-o", options, "start")
        _until(self._answers, what="PostgreSQL")

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, tool: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.tools / tool), *arguments], user=self.user, cwd="/", check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=_plain_environment(self.user),
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{tool}: {done.stderr.strip()}")


class RedisServer:
    """A Redis server under `folder` that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise FileNotFoundError("redis-server is not installed")
        self.program, self.folder, self.port = program, folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        folder.mkdir(parents=True)
        self._start()

    def flush(self) -> None:
        """Forget everything."""
        redis.Redis.from_url(self.url).flushall()

    def restart(self) -> None:
        """Kill, stay away for a second, start empty."""
        self.stop()
        time.sleep(1.0)
        self._start()

    def stop(self) -> None:
        """End the server."""
        self.process.kill()
        self.process.wait()

    def _start(self) -> None:
        arguments = ["--port", str(self.port), "--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen([self.program, *arguments], stdout=subprocess.DEVNULL)
        _until(self._answers, what="Redis")

    def _answers(self) -> bool:
        try:
            return bool(redis.Redis.from_url(self.url).ping())
        except redis.ConnectionError:
            return False


class S3Server:
    """A server that speaks the S3 protocol, with one bucket."""

    def __init__(self, bucket: str = "plans") -> None:
        self.port, self.bucket = free_port(), bucket
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _until(self._answers, what="the S3 server")
        requests.put(f"{self.url}/{bucket}", timeout=10).raise_for_status()

    @property
    def environment(self) -> dict[str, str]:
        """The settings that use this server."""
        return {
            "STORAGE_URL": f"s3://{self.bucket}", "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        }  # fmt: skip

    def stop(self) -> None:
        """End the server."""
        self.process.kill()
        self.process.wait()

    def _answers(self) -> bool:
        try:
            return requests.get(self.url, timeout=2).ok
        except requests.RequestException:
            return False


def _until(ready: Callable[[], bool], *, what: str) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if ready():
            return
        time.sleep(0.1)
    raise TimeoutError(f"{what} did not start")


def _plain_environment(user: str | None) -> dict[str, str] | None:
    if user is None:
        return None
    return {"PATH": os.environ["PATH"], "HOME": pwd.getpwnam(user).pw_dir, "LC_ALL": "C"}


def _open_way(folder: Path) -> None:
    """Let another user reach a folder below a private temporary one."""
    for parent in folder.parents:
        if parent.stat().st_uid == os.getuid() and parent != Path("/") and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
