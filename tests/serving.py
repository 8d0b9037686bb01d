"""A dashboard that runs in a process of its own, for the tests that ask it as a browser or an attacker does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from tests.front_door.terminal import free_port

START_SECONDS = 60
DASHBOARD = ("-m", "dashboard", "run")


class serving:
    """Runs ``trip-dashboard run`` on a free port while the block lasts.

    ``cache`` is where it keeps places and its log; ``options`` are further ones of the command line, and ``program``
    is what Python runs in place of ``-m dashboard run``.
    """

    def __init__(
        self,
        cache: Path,
        folder: Path | None = None,
        options: Sequence[str] = (),
        program: Sequence[str] = DASHBOARD,
    ) -> None:
        self._cache = cache
        self._command = [sys.executable, *program, *([str(folder)] if folder else []), *options]

    def __enter__(self) -> str:
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self.start()
        return self.address

    def start(self) -> None:
        """Start it, also after :meth:`kill`, and wait until it answers."""
        self._log = self._cache / "server.log"
        environment = {**os.environ, "TRIP_DASHBOARD_CACHE": str(self._cache)}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*self._command, "--port", str(self._port)], stdout=log, stderr=subprocess.STDOUT, env=environment
            )
        self._wait_for(f"{self.address}/health")

    def kill(self) -> None:
        """End it without a word, as a crash does."""
        self._process.kill()
        self._process.wait(10)

    def _wait_for(self, url: str) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(url, timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the dashboard did not start:\n{self._log.read_text()}")

    def __exit__(self, *exception: object) -> None:
        self._process.terminate()
        self._process.wait(10)
