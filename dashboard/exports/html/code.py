"""The application's scripts and styles inside one document.

A document opened from a disk (``file:``) can load no ES module beside it, and a module in a ``data:`` address can
import no other by a relative name. So each module becomes a function inside one plain script: what it imports is read
from the modules before it, what it exports is what it returns. That needs nothing newer than the modules themselves,
and each script can be named by its hash: the policy of the document runs these scripts and no other, so that a text
that got past all escaping still would not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from dashboard.bundle import web_folder

BROWSER_FOLDER = Path(__file__).parents[2] / "browser"

#: Scripts that set a global of their own, in the order in which they need each other.
PLAIN = (("web", "leaflet.js"), ("web", "topojson-client.min.js"), ("browser", "crowd.js"), ("browser", "map.js"))
#: The modules, each after those that it imports.
MODULES = (
    "dom", "connection", "hub", "files", "nav", "timeline", "countries", "people", "reset", "overview", "itinerary",
    "panel", "view", "present", "reader", "standalone",
)  # fmt: skip
STYLES = (("web", "leaflet.css"), ("browser", "map.css"), ("browser", "page.css"), ("browser", "standalone.css"))

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b(?!\().*", re.MULTILINE)
_SOURCE_MAP = re.compile(r"^(?://|/\*)# sourceMappingURL=.*$", re.MULTILINE)
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


def scripts() -> list[Script]:
    """Everything that runs, in order."""
    plain = [inline_script(_read(folder, name)) for folder, name in PLAIN]
    modules = "\n".join(as_function(name, read_code(f"{name}.js")) for name in MODULES)
    return [*plain, inline_script(f'"use strict";\nconst modules = {{}};\n{modules}')]


def inline_script(code: str) -> Script:
    """The code as a script inside a document; nothing in its text can end it or hide its end."""
    return Script("\n" + _ENDS_SCRIPT.sub(r"\\x3c", _SOURCE_MAP.sub("", code)).strip() + "\n")


def as_function(name: str, code: str) -> str:
    """An ES module as a statement that sets ``modules.name`` to what it exports.

    Raises:
        ValueError: it imports or exports in a form that is not handled here.
    """
    exported = _EXPORT.findall(code)
    body = _EXPORT.sub("", _IMPORT.sub(lambda found: _taken(*found.groups()), code))
    if left := _LEFT.search(body):
        raise ValueError(f"{name}.js: expected `import {{ a }} from` or `export function`, found: {left[0]}")
    return f"modules.{name} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _taken(names: str, module: str) -> str:
    return f"const {{ {names.replace(' as ', ': ')} }} = modules.{module};"


def style() -> Markup:
    """All styles. Pictures that they name are left out: nothing in the document shows them."""
    text = "\n".join(_read(folder, name) for folder, name in STYLES)
    return Markup(_SOURCE_MAP.sub("", _ADDRESS.sub("none", text)).replace("</", "<\\/"))


def policy(all_scripts: Sequence[Script]) -> str:
    """The document's Content-Security-Policy: these scripts run, and nothing is ever asked of a network."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(script.hash for script in all_scripts)}",
            "style-src 'unsafe-inline'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def read_code(name: str) -> str:
    """A file of the application's browser code."""
    return _read("browser", name)


def _read(folder: str, name: str) -> str:
    place = web_folder() if folder == "web" else BROWSER_FOLDER
    return (place / name).read_text(encoding="utf-8")
