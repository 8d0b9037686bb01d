from pathlib import Path

import pytest

from tests.browser import chromium


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that is the whole PATH of a machine without a browser."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TRIP_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "PLACES", ())
    return tmp_path


def executable(path: Path, text: str = "#!/bin/sh\n") -> Path:
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_the_variable_wins(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(bare / "chromium")
    chosen = executable(bare / "mine")
    monkeypatch.setenv("TRIP_CHROMIUM", str(chosen))
    assert chromium.find_chromium() == chosen


def test_a_wrong_variable_is_not_passed_over(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(bare / "chromium")
    monkeypatch.setenv("TRIP_CHROMIUM", str(bare / "gone"))
    with pytest.raises(chromium.NoChromiumError, match="no such file"):
        chromium.find_chromium()


@pytest.mark.parametrize("name", ["chromium", "google-chrome"])
def test_found_on_path(name: str, bare: Path) -> None:
    there = executable(bare / name)
    assert chromium.find_chromium() == there


def test_found_at_a_usual_place(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMEWHERE", str(bare))
    place = executable(bare / "Chrome App")
    monkeypatch.setattr(chromium, "PLACES", ("$SOMEWHERE/Chrome App",))
    assert chromium.find_chromium() == place


def test_none_says_what_to_do(bare: Path) -> None:
    with pytest.raises(chromium.NoChromiumError, match="TRIP_CHROMIUM"):
        chromium.install_chromium()


def test_installs_with_apt(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium.os, "getuid", lambda: 0, raising=False)
    # Stands for apt-get: notes its words, and "installs" at the second call.
    executable(
        bare / "apt-get",
        f'#!/bin/sh\necho "$@" >> "{bare}/log"\nif [ "$1" = install ]; then\n'
        f'  echo "#!/bin/sh" > "{bare}/chromium"; /bin/chmod +x "{bare}/chromium"\nfi\n',
    )
    assert chromium.install_chromium() == bare / "chromium"
    assert (bare / "log").read_text().splitlines()[0] == "update"


def test_failing_apt_says_what_to_do(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium.os, "getuid", lambda: 0, raising=False)
    executable(bare / "apt-get", "#!/bin/sh\nexit 1\n")
    with pytest.raises(chromium.NoChromiumError, match="failed"):
        chromium.install_chromium()
