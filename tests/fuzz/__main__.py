"""``python -m tests.fuzz [SECONDS]``: round after round with new chances, until something is found or time is up."""

from __future__ import annotations

import os
import secrets
import sys
import time
from pathlib import Path

import pytest

EXAMPLES = 500


def main(seconds: float) -> int:
    """Return pytest's status of the last round."""
    os.environ["FUZZ_EXAMPLES"] = str(EXAMPLES)
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        number += 1
        seed = secrets.randbits(32)
        print(f"round {number}, seed {seed}, {max(0, end - time.monotonic()):.0f} seconds left", flush=True)
        status = pytest.main([str(Path(__file__).parent), "-q", "-x", f"--hypothesis-seed={seed}"])
        if status:
            return int(status)
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 600))
