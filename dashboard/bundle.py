"""Where the files that come with the program are, in a checkout and in an installed wheel.

A wheel holds them inside the package. A checkout keeps the trip and the theme at its top, where
people look for them; only the fetched web parts are inside the package in both.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class BundleError(Exception):
    """A part of the program is missing on the disk; the message says what to do."""


def home() -> Path:
    """Return the folder with `.streamlit/config.toml`, where Streamlit has to be started."""
    return _holder(Path(".streamlit", "config.toml"))


def trip_folder() -> Path:
    """Return the folder with the files of the bundled trip."""
    return _holder(Path("seeds")) / "seeds"


def web_folder() -> Path:
    """Return the folder with the scripts, styles and country outlines that the dashboard serves."""
    folder = _PACKAGE / "web"
    # The build writes this file last: without it the folder is not complete.
    if not (folder / "lock.sha256").is_file():
        raise BundleError(
            f"The web parts of the map are missing. They are expected in {folder}, "
            "where the build puts them. Install the program again (in a checkout: make run)."
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
