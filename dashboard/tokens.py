"""The tokens of the styles (``frontend/styles/tokens.css``) for what is drawn without a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dashboard.bundle import static_folder

_LIGHT = re.compile(r":root \{(.*?)\n\}", re.DOTALL)
_COLOUR = re.compile(r"--([\w-]+): #([0-9a-f]{6});")


@cache
def colours() -> Mapping[str, str]:
    """The colours of the light theme by name, as ``RRGGBB``.

    Raises:
        BundleError: the styles are missing.
    """
    light = _LIGHT.search((static_folder() / "tokens.css").read_text(encoding="utf-8"))
    return {name: value.upper() for name, value in _COLOUR.findall(light[1] if light else "")}
