"""Finds the Chromium that drives the browser tests; `--install` tries to get one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
    "%LocalAppData%/Chromium/Application/chrome.exe",
)
# Without the fonts, place names in other scripts are drawn as empty boxes.
PACKAGES = ("chromium", "fonts-noto-core")
ADVICE = (
    "The browser tests need Chromium or Chrome. Install one (Debian: apt-get install "
    + " ".join(PACKAGES)
    + "), or put its path into the environment variable TRIP_CHROMIUM."
)


class NoChromiumError(Exception):
    """There is no Chromium on this machine."""


def find_chromium() -> Path:
    """Return the browser named by TRIP_CHROMIUM, or the first one at a usual place."""
    chosen = os.environ.get("TRIP_CHROMIUM")
    if chosen:
        if not Path(chosen).is_file():
            raise NoChromiumError(f"TRIP_CHROMIUM is {chosen}, but there is no such file.")
        return Path(chosen)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    for place in PLACES:
        path = Path(os.path.expandvars(place))
        if path.is_file():
            return path
    raise NoChromiumError(ADVICE)


def install_chromium() -> Path:
    """Return a Chromium, after installing it with apt-get if need be."""
    try:
        return find_chromium()
    except NoChromiumError:
        if os.environ.get("TRIP_CHROMIUM") or not shutil.which("apt-get"):
            raise
    apt = ["apt-get"]
    if os.getuid():
        if not shutil.which("sudo"):
            raise NoChromiumError(ADVICE)
        apt = ["sudo", "-n", "apt-get"]  # -n: fail instead of asking for a password
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        if subprocess.run([*apt, *step], env=environment).returncode:
            raise NoChromiumError(f"`{' '.join([*apt, *step])}` failed. {ADVICE}")
    return find_chromium()


if __name__ == "__main__":
    try:
        print(install_chromium() if "--install" in sys.argv[1:] else find_chromium())
    except NoChromiumError as problem:
        sys.exit(str(problem))
