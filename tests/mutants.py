"""What share of the small wrong changes made a test fail, by module: ``make mutants`` ends with it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

#: At least this share is to be killed where a mistake would put words into somebody's mouth.
LEAST = {"agreement": 90, "facts": 90, "selection": 90}
#: mutmut's codes: survived, reached by no test, not run.
ALIVE = (0, 33, None)


def main() -> int:
    """Print the table; status 1 where a module falls short."""
    short = []
    for meta in sorted(Path("mutants", "dashboard").rglob("*.meta")):
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        if codes:
            name = meta.name.split(".")[0]
            survived = sum(code in ALIVE for code in codes.values())
            share = 100 * (len(codes) - survived) / len(codes)
            print(f"{name:10} {share:5.1f} % of {len(codes)} killed")
            short += [name] if share < LEAST.get(name, 0) else []
    for name in short:
        print(f"{name}: expected at least {LEAST[name]} %; `mutmut results` lists what survived.")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
