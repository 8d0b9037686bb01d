"""A command as a person runs it in a terminal: it prints, and Ctrl+C ends it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

#: Ctrl+C has to have ended everything after so many seconds.
END_SECONDS = 5


class FrontDoorError(Exception):
    """A command did not do what the README says; the message holds what it printed."""


class Running:
    """A command with its whole process group, as long as the block lasts; nothing of it is left afterwards."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._command = " ".join(command)
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed at the end of the block
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_listen_to_ctrl_c,
        )

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._group_lives():
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._output.close()

    @property
    def printed(self) -> str:
        """What the command has printed so far."""
        return os.pread(self._output.fileno(), 10_000_000, 0).decode(errors="replace")

    def address(self, seconds: float) -> str:
        """The address that the command prints once it answers."""
        self.wait_for(lambda: "Trip Dashboard: http" in self.printed, seconds)
        return re.findall(r"Trip Dashboard: (\S+)", self.printed)[0]

    def wait_for(self, happened: Callable[[], bool], seconds: float) -> None:
        """Wait while the command runs."""
        end = time.monotonic() + seconds
        while not happened():
            if time.monotonic() > end or self._process.poll() is not None:
                raise self.wrong("it ended, or the time was up, before it answered")
            time.sleep(0.1)

    def ctrl_c(self) -> int:
        """Interrupt the foreground process group, as a terminal does, and return the exit status."""
        os.killpg(self._process.pid, signal.SIGINT)
        status = self.status(END_SECONDS)
        if self._group_lives():
            raise self.wrong("a process was left")
        return status

    def status(self, seconds: float) -> int:
        """The exit status, as soon as the command has ended."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise self.wrong(f"it did not end within {seconds:.0f} s") from None

    def wrong(self, what: str) -> FrontDoorError:
        """What is to be raised where the command did something else than told."""
        return FrontDoorError(f"{self._command}: {what}\n{self.printed}")

    def _group_lives(self) -> bool:
        try:
            os.killpg(self._process.pid, 0)
        except ProcessLookupError:
            return False
        return True


def _listen_to_ctrl_c() -> None:
    """A shell starts what stands in the background deaf to Ctrl+C, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
