"""``python -m tests.benchmark.strain``: how long a click takes while others strain the server, side by side in one run.

A browser is not needed, and no other app: fifty viewers are compared with the same fifty beside eight who wait for
files, and with two hundred beside whom twenty a second come and vanish.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmark import viewers
from tests.benchmark.browser import Trip
from tests.benchmark.servers import KINDS, ROOT, running
from tests.benchmark.trips import make_trip

#: Seconds between two clicks of somebody who reads what a click shows.
READING = (2.0, 6.0)
MEDIAN = "click -> Python's answer median"
ROUNDS = (
    ("50 viewers", 50, viewers.Strain(pause=READING), 1.0),
    ("50 viewers, 8 files", 50, viewers.Strain(files=8, pause=READING), 2.0),
    ("200 viewers, 20 a second vanish", 200, viewers.Strain(vanishing=20, pause=READING), 3.0),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all, print a line for each, and return 1 where one takes too much longer or is not answered."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.strain", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, metavar="S", help="how long each is measured (60)")
    parser.add_argument("--stops", type=int, default=9, metavar="N", help="stops of the trip (9)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_trip(options.stops, folder)
        with running(KINDS["ours"], folder, folder, ROOT, "") as server:
            trip = Trip.read(folder)
            viewers.crowd(server, trip, 1, 1)  # warms up; also opens the trip
            base, failed = 0.0, False
            for title, count, besides, most in ROUNDS:
                row, errors = viewers.crowd(server, trip, count, options.seconds, besides)
                base = base or row["p95"]
                failed |= bool(errors) or row["p95"] > most * base
                print(
                    f"{title}: {row['clicks']} clicks, median {row[MEDIAN]:.0f} ms, "
                    f"p95 {row['p95']:.0f} ms ({row['p95'] / base:.2f} times, wanted at most {most:g}), "
                    f"{len(errors)} errors, {row['CPU ms a click']:.0f} ms CPU a click, {row['MB with them']:.0f} MB",
                    flush=True,
                )
                for error in errors[:5]:
                    print(f"    {error}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
