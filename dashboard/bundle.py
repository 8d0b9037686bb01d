"""Where the files that come with the program are, in a checkout and in an installed wheel.

A wheel holds them inside the package. A checkout keeps the trip at its top, where people look for it; the settings of
Streamlit and the browser's code are inside the package in both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SETTINGS = Path(".streamlit", "config.toml")


class BundleError(Exception):
    """A part of the program is missing on the disk; the message says what to do."""


def home() -> Path:
    """Return the folder with `.streamlit/config.toml`, where Streamlit has to be started.

    It is the package, in a checkout too: Streamlit looks there when it is told to run `dashboard/app.py`, whatever
    the working folder is.
    """
    folder = _PACKAGE
    if (folder / _SETTINGS).is_file():
        return folder
    raise BundleError(
        f"{_SETTINGS.as_posix()} is missing. It is expected in {folder}. "
        "Install the program again, or restore the file from git."
    )


def settings() -> Mapping[str, object]:
    """Our settings of Streamlit by their full names, such as ``server.address``."""
    return dict(_flat(tomllib.loads((home() / _SETTINGS).read_text(encoding="utf-8"))))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def trip_folder() -> Path:
    """Return the folder with the files of the bundled trip."""
    return _holder(Path("seeds")) / "seeds"


def static_folder() -> Path:
    """Return the folder with the bundled scripts, styles and country outlines that the dashboard serves."""
    folder = _PACKAGE / "static"
    # The build writes this file last: without it the folder is not complete.
    if not (folder / "sources.sha256").is_file():
        raise BundleError(
            f"The browser's code is missing. It is expected in {folder}, "
            "where the build puts it. Install the program again (in a checkout: make run)."
        )
    return folder


def _holder(part: Path) -> Path:
    for folder in (_PACKAGE, _PACKAGE.parent):
        if (folder / part).exists():
            return folder
    raise BundleError(
        f"{part.as_posix()} is missing. It is expected in {_PACKAGE} (installed) or in "
        f"{_PACKAGE.parent} (checkout). Install the program again, or restore the file from git."
    )
