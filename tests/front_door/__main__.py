"""``python3 -m tests.front_door``: a user who has nothing but a clone, and types what the README says.

Everything happens in clean clones in a scratch folder, with empty caches; only the standard library is needed.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

from tests.browser.chromium import NoChromiumError, find_chromium
from tests.front_door.devtools import Chromium
from tests.front_door.terminal import FrontDoorError, Running, free_port

ROOT = Path(__file__).resolve().parents[2]
INSTALL_SECONDS = 420  # a slow network is no failure
ANSWER_SECONDS = 60
# What the user's own settings would bring in, or whoever runs this program.
STRANGE = ("GIT_", "TRIP_DASHBOARD_", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "MAKE", "MFLAGS", "PORT", "ARGS")
MARKERS = """[...document.querySelector('iframe[title="Map of the trip"]').contentDocument
  .querySelectorAll(".stop-marker[data-stop]")].filter(it => it.checkVisibility()).map(it => it.dataset.stop)"""


class Newcomer:
    """Somebody who meets the project for the first time, in a folder of his own."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.elsewhere = scratch / "elsewhere"
        self.elsewhere.mkdir()
        self._environment = _environment(scratch)
        self._stops: set[str] = set()

    def clone(self, name: str) -> Path:
        """A clean clone of the last commit."""
        clone = self.scratch / name
        self.type(["git", "clone", "--quiet", str(ROOT), str(clone)], self.scratch)
        trip = tomllib.loads((clone / "seeds" / "trip.toml").read_text(encoding="utf-8"))
        self._stops = {stop["id"] for stop in trip["stops"]}
        return clone

    def type(self, command: Sequence[str], folder: Path) -> str:
        """Run a command to its good end and return what it printed."""
        begun = time.monotonic()
        with Running(command, folder, self._environment) as running:
            if running.status(INSTALL_SECONDS):
                raise running.wrong("it failed")
            self._tell(command, begun)
            return running.printed

    def visit(self, command: Sequence[str], folder: Path, status: int) -> None:
        """Start the dashboard, see every marker in the browser, and end it with Ctrl+C while the page is open."""
        begun = time.monotonic()
        profile = Path(tempfile.mkdtemp(dir=self.scratch))
        with Running(command, folder, self._environment) as running, Chromium(find_chromium(), profile) as chromium:
            address = running.address(INSTALL_SECONDS)
            wrong = self._stops ^ self._seen(chromium, address)
            if wrong:
                raise running.wrong(f"{address} shows other markers than there are stops: {', '.join(sorted(wrong))}")
            ended = running.ctrl_c()
            if ended != status or address not in running.printed.splitlines()[-1]:
                raise running.wrong(f"Ctrl+C ended it with {ended}; expected {status}, and nothing printed any more")
            self._tell(command, begun)

    def counts(self, printed: str) -> None:
        """Hold what ``check`` printed against the trip."""
        if f"stops: {len(self._stops)}" not in printed.splitlines():
            raise FrontDoorError(f"trip-dashboard check: expected {len(self._stops)} stops:\n{printed}")

    def _seen(self, chromium: Chromium, address: str) -> set[str]:
        """The stops with a marker, when all are there or the time is up."""
        page = chromium.open(address)
        end = time.monotonic() + ANSWER_SECONDS
        seen: set[str] = set()
        while seen != self._stops and time.monotonic() < end:
            time.sleep(0.2)
            seen = set(chromium.value(page, MARKERS) or ())
        return seen

    def _tell(self, command: Sequence[str], begun: float) -> None:
        words = shlex.join(command).replace(f"{self.scratch}/", "")
        print(f"front door: {time.monotonic() - begun:5.1f} s  {words}", flush=True)


def _environment(scratch: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(STRANGE)}
    git = scratch / "gitconfig"
    git.write_text("[safe]\n\tdirectory = *\n", encoding="ascii")  # the clone may be another user's
    caches = {
        "PIP_CACHE_DIR": "pip",
        "npm_config_cache": "npm",
        "TRIP_DASHBOARD_CACHE": "places",
        "XDG_CACHE_HOME": ".",
    }
    empty = {name: str(scratch / "cache" / folder) for name, folder in caches.items()}
    return kept | empty | {"GIT_CONFIG_GLOBAL": str(git), "BROWSER": "true"}


def in_a_clone(user: Newcomer, clone: Path) -> None:
    """Every line with `make run` that the README tells; the port alone is another, for that one may be taken."""
    lines = re.findall(r"^    (make run.*?)(?:  .*)?$", (clone / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    for line in lines:
        words = [word for word in shlex.split(line) if not word.startswith("PORT=")]
        # make gets the same Ctrl+C as the dashboard, and ends as a program does that heeds it.
        user.visit([*words, f"PORT={free_port()}"], clone, -signal.SIGINT)


def installed(user: Newcomer, name: str, what: str, folder: Path) -> None:
    """`pip install` in a new environment, then every command, from another folder."""
    programs = user.scratch / name / "bin"
    user.type([sys.executable, "-m", "venv", str(programs.parent)], user.elsewhere)
    user.type([str(programs / "pip"), "install", what], folder)
    command = str(programs / "trip-dashboard")
    for run in ([command, "run"], [command], [str(programs / "python"), "-m", "dashboard"]):
        user.visit([*run, "--port", str(free_port())], user.elsewhere, 0)
    user.counts(user.type([command, "check"], user.elsewhere))
    user.type([command, "places"], user.elsewhere)
    json.loads(user.type([command, "schema"], user.elsewhere))
    formats = re.search(r"\{([\w,]+)\}", user.type([command, "export", "--help"], user.elsewhere))
    assert formats
    for kind in formats[1].split(","):
        user.type([command, "export", kind, "-o", f"{name}.{kind}"], user.elsewhere)
        if not (user.elsewhere / f"{name}.{kind}").stat().st_size:
            raise FrontDoorError(f"trip-dashboard export {kind} wrote nothing")


def main() -> None:
    """Go through the front door."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("front door: ended from outside"))  # nothing may be left running
    with tempfile.TemporaryDirectory(prefix="trip-front-door-", ignore_cleanup_errors=True) as scratch:
        user = Newcomer(Path(scratch))
        clone = user.clone("clone")
        in_a_clone(user, clone)
        user.type([str(clone / ".venv/bin/python"), "-m", "hatchling", "build", "-t", "sdist", "-d", scratch], clone)
        installed(user, "from-clone", ".", user.clone("another"))
        (sdist,) = Path(scratch).glob("*.tar.gz")
        installed(user, "from-sdist", str(sdist), user.elsewhere)


if __name__ == "__main__":
    try:
        main()
    except (FrontDoorError, NoChromiumError, subprocess.SubprocessError) as problem:
        sys.exit(f"front door: {problem}")
