import tomllib
from pathlib import Path

import pytest

import dashboard
from dashboard import bundle

ROOT = Path(__file__).resolve().parent.parent


def lay_out(root: Path, monkeypatch: pytest.MonkeyPatch, *parts: str) -> Path:
    """Make an empty package in `root` with the given files around it, and let `bundle` look there."""
    package = root / "dashboard"
    package.mkdir()
    for part in parts:
        (root / part).parent.mkdir(parents=True, exist_ok=True)
        (root / part).touch()
    monkeypatch.setattr(bundle, "_PACKAGE", package)
    return package


def test_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert dashboard.__version__ == project["version"]


def test_this_checkout_has_all_parts() -> None:
    assert list(bundle.trip_folder().glob("*.txt"))
    assert (bundle.home() / ".streamlit" / "config.toml").is_file()
    assert (bundle.static_folder() / "frame.js").is_file()


def test_checkout_keeps_the_trip_at_its_top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = lay_out(tmp_path, monkeypatch, "seeds/a.txt", "dashboard/.streamlit/config.toml")
    assert bundle.trip_folder() == tmp_path / "seeds"
    assert bundle.home() == package


def test_settings_have_their_full_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = lay_out(tmp_path, monkeypatch, "dashboard/.streamlit/config.toml")
    text = '[server]\nport = 1\n[theme]\nfont = "serif"\n[theme.light]\nlinkColor = "red"\n'
    (package / ".streamlit" / "config.toml").write_text(text, encoding="utf-8")
    assert bundle.settings() == {"server.port": 1, "theme.font": "serif", "theme.light.linkColor": "red"}


def test_wheel_keeps_them_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The outer ones are somebody else's, such as another package's `seeds` in site-packages.
    package = lay_out(
        tmp_path,
        monkeypatch,
        "seeds/other.txt",
        ".streamlit/config.toml",
        "dashboard/seeds/a.txt",
        "dashboard/.streamlit/config.toml",
    )
    assert bundle.trip_folder() == package / "seeds"
    assert bundle.home() == package


@pytest.mark.parametrize("where", [bundle.home, bundle.trip_folder, bundle.static_folder])
def test_missing_part_says_where_it_is_expected(where: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = lay_out(tmp_path, monkeypatch)
    assert callable(where)
    with pytest.raises(bundle.BundleError, match="Install the program again") as caught:
        where()
    assert str(package) in str(caught.value)


def test_a_half_copied_bundle_counts_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = lay_out(tmp_path, monkeypatch, "dashboard/static/frame.js")
    with pytest.raises(bundle.BundleError):
        bundle.static_folder()
    (package / "static" / "sources.sha256").touch()
    assert bundle.static_folder() == package / "static"
