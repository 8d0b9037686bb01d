"""The README tells the truth: its example is a trip, its pictures and commands exist."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.exports import FORMATS
from dashboard.trips import load_trip

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LOG = "Ada Marsh reached Brindle on 3 May 2031.\n"


def test_the_example_is_a_trip(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "log.txt").write_text(LOG, encoding="utf-8")
    example = example.replace("…", hashlib.sha256(LOG.encode()).hexdigest(), 1)
    (tmp_path / "trip.toml").write_text(example, encoding="utf-8")
    assert list(load_trip(tmp_path).stops) == ["brindle"]


def test_its_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) >= 4
    assert all((ROOT / picture).is_file() for picture in pictures)


@pytest.mark.parametrize("command", re.findall(r"^\| `trip-dashboard (\w+)", README, re.MULTILINE))
def test_its_commands_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main([command, "--help"])
    assert leaving.value.code == 0
    assert "usage" in capsys.readouterr().out


def test_every_format_is_told() -> None:
    told = README[README.index("## Taking it away") :].lower()
    words = {"pptx": "powerpoint", "html": "one web page", "ics": "calendar"}
    assert [name for name in FORMATS if words.get(name, name) not in told] == []


def test_its_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^    make ([a-z]+)", README, re.MULTILINE)) <= targets
