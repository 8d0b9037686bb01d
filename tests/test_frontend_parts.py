"""The parts of the page: what Python and the exported page place, the browser mounts."""

from __future__ import annotations

import re
from pathlib import Path

from dashboard.ui.explore import PARTS

ROOT = Path(__file__).resolve().parent.parent
REGISTRY = (ROOT / "frontend" / "src" / "parts" / "registry.js").read_text(encoding="utf-8")
EXPORTED = (ROOT / "dashboard" / "templates" / "standalone.html").read_text(encoding="utf-8")


def test_every_part_that_is_placed_is_mounted_and_no_other() -> None:
    table = REGISTRY[REGISTRY.index("export const PARTS") :]
    registered = re.findall(r"^  (\w+)(?:: \w+)?,$", table, re.MULTILINE)
    assert sorted(registered) == sorted(PARTS)
    assert sorted(re.findall(r'data-part="(\w+)"', EXPORTED)) == sorted(PARTS)
