"""The application's scripts and styles inside one document.

The build bundles them (``frontend/src/standalone.js``) into one plain script, for a document opened from a disk
(``file:``) can load no module beside it. Each script is named by its hash: the policy of the document runs these
scripts and no other, so that a text that got past all escaping still would not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.bundle import static_folder

_ENDS_SCRIPT = re.compile(r"<(?=/script|script|!--)", re.IGNORECASE)
_ADDRESS = re.compile(r"url\((?!['\"]?#)[^)]*\)")


@dataclass(frozen=True)
class Script:
    """The text of an inline script."""

    text: str

    @property
    def html(self) -> Markup:
        """The script element."""
        return Markup("<script>") + Markup(self.text) + Markup("</script>")

    @property
    def hash(self) -> str:
        """How a Content-Security-Policy names this script."""
        return "'sha256-" + base64.b64encode(hashlib.sha256(self.text.encode()).digest()).decode() + "'"


def bundled_script(name: str) -> Script:
    """A bundle of the build as a script inside the document."""
    return inline_script(_read(name))


def inline_script(code: str) -> Script:
    """The code as a script inside a document; nothing in its text can end it or hide its end."""
    return Script("\n" + _ENDS_SCRIPT.sub(r"\\x3c", code).strip() + "\n")


def style() -> Markup:
    """All styles. Pictures that they name are left out: nothing in the document shows them."""
    return Markup(_ADDRESS.sub("none", _read("standalone.css")).replace("</", "<\\/"))


def policy(scripts: Sequence[Script]) -> str:
    """The document's Content-Security-Policy: these scripts run, and nothing is ever asked of a network."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(script.hash for script in scripts)}",
            "style-src 'unsafe-inline'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _read(name: str) -> str:
    return (static_folder() / name).read_text(encoding="utf-8")
