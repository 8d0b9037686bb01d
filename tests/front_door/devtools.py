"""Looks at a page with Chromium by its DevTools protocol, over a pipe: the standard library alone can do that."""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe"),
)
ANSWER_SECONDS = 30


class Chromium:
    """A Chromium without a window, as long as the block lasts."""

    def __init__(self, program: Path, profile: Path) -> None:
        reads, self._ask = _pipe()
        self._answers, writes = _pipe()
        self._process = subprocess.Popen(
            [str(program), *FLAGS, f"--user-data-dir={profile}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            close_fds=False,  # what Python opens is not inherited anyhow, but for these two
            preexec_fn=lambda: (os.dup2(reads, 3), os.dup2(writes, 4)),  # where Chromium looks for them
        )
        os.close(reads)
        os.close(writes)
        self._buffer = b""
        self._asked = 0

    def __enter__(self) -> Chromium:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._ask)
        os.close(self._answers)

    def open(self, address: str) -> str:
        """Open a page and return the session to ask it with."""
        target = self._call("Target.createTarget", url=address)["targetId"]
        session: str = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return session

    def value(self, session: str, expression: str) -> Any:
        """What a JavaScript expression is in the page; None while it fails."""
        answer = self._call("Runtime.evaluate", session, expression=expression, returnByValue=True)
        return answer["result"].get("value")

    def _call(self, method: str, session: str | None = None, **parameters: object) -> Any:
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        os.write(self._ask, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        while (answer := self._next()).get("id") != self._asked:
            pass  # an event, which nobody waits for
        if "error" in answer:
            raise RuntimeError(f"Chromium: {method}: {answer['error']['message']}")
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + ANSWER_SECONDS
        while b"\0" not in self._buffer:
            if not select.select([self._answers], [], [], max(0, end - time.monotonic()))[0]:
                raise RuntimeError(f"Chromium did not answer within {ANSWER_SECONDS} s.")
            piece = os.read(self._answers, 65536)
            if not piece:
                raise RuntimeError("Chromium ended by itself.")
            self._buffer += piece
        message, _, self._buffer = self._buffer.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


def _pipe() -> tuple[int, int]:
    """A pipe with both ends above 9, so that neither is in the way when one becomes 3 and another 4."""
    ends = os.pipe()
    above = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return above[0], above[1]
