"""``make bench``: measure the application beside the reference apps, print the tables, write JSON and a chart.

``python -m tests.benchmark --sizes 9 --repeats 2 --viewers 1 --seconds 5`` is a short run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from tests.benchmark import browser, chart, report, trips, viewers
from tests.benchmark.servers import KINDS, ROOT, Kind, Server, leaflet_files, running

WORK = ROOT / "build" / "bench"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 0 also where there are no records to run it with."""
    options = _options(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.report:
        _tell(report.Results.read(options.report), options.out)
        return 0
    try:
        for size in sorted({*options.sizes, *([options.viewer_size] if options.viewers else [])}):
            _say(f"making the trip of {size:,} stops")
            trips.make_trip(size, options.out / str(size))
    except trips.NoRecordsError as problem:
        _say(f"skipped: {problem}")
        return 0
    results = report.Results()
    with sync_playwright() as playwright, leaflet_files(ROOT, options.out) as leaflet:
        with browser.chromium(playwright) as chromium:
            results.machine = report.machine(chromium.version)
        for size in options.sizes:
            with browser.chromium(playwright) as chromium:
                _one_size(chromium, size, leaflet, options, results)
            results.save(options.out / "results.json")
        if options.viewers:
            with browser.chromium(playwright) as chromium:
                _many_viewers(chromium, leaflet, options, results)
    _tell(results, options.out)
    return 1 if results.failures else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=_numbers, default=[9, 1000, 10000], metavar="N,N", help="stops (9,1000,10000)")
    parser.add_argument("--repeats", type=int, default=15, metavar="N", help="rounds at each size (15)")
    parser.add_argument("--clicks", type=int, default=2, metavar="N", help="timed clicks in a round (2)")
    parser.add_argument(
        "--apps",
        type=_names,
        default=[name for name in KINDS if name != "before"],
        metavar="A,A",
        help=f"of {','.join(KINDS)} (all)",
    )
    parser.add_argument(
        "--viewers", type=_numbers, default=[1, 10, 50], metavar="N,N", help="at once (1,10,50); 0: none"
    )
    parser.add_argument("--viewer-size", type=int, default=1000, metavar="N", help="stops that the viewers see (1000)")
    parser.add_argument("--seconds", type=float, default=60, metavar="S", help="how long the viewers click (60)")
    parser.add_argument("--root", type=Path, default=ROOT, help="checkout whose application is measured (this one)")
    parser.add_argument(
        "--before", type=Path, metavar="ROOT", help="checkout of another version, measured in the same rounds"
    )
    parser.add_argument("--out", type=Path, default=WORK, help="where trips, logs and results go (build/bench)")
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="print and draw this results.json again, run nothing"
    )
    options = parser.parse_args(arguments)
    options.viewers = [count for count in options.viewers if count]
    if options.before:
        options.before = options.before.resolve()
        options.apps = [*options.apps, "before"]
    options.root, options.out = options.root.resolve(), options.out.resolve()
    return options


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part]


def _names(text: str) -> list[str]:
    unknown = set(text.split(",")) - set(KINDS)
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    return text.split(",")


def _one_size(chromium: Browser, size: int, leaflet: str, options: argparse.Namespace, results: report.Results) -> None:
    """All apps at one size, interleaved: one visit to each app in every round, beginning with another each time."""
    folder = options.out / str(size)
    trip = browser.Trip.read(folder)
    kinds = [KINDS[name] for name in options.apps if size <= KINDS[name].most]
    with ExitStack() as stack:
        roots = {"before": options.before}
        servers = [
            stack.enter_context(running(kind, folder, options.out, roots.get(kind.name, options.root), leaflet))
            for kind in kinds
        ]
        able = [server for server in servers if _visit(chromium, server, trip, 1, size, None, results)]
        for number in range(options.repeats):
            began = time.monotonic()
            for server in able[number % len(able) :] + able[: number % len(able)]:
                _visit(chromium, server, trip, options.clicks, size, results, results)
            _say(f"{size:,} stops: round {number + 1} of {options.repeats} took {time.monotonic() - began:.0f} s")
        for server in able:
            _costs(chromium, server, trip, results)


def _visit(
    chromium: Browser,
    server: Server,
    trip: browser.Trip,
    clicks: int,
    size: int,
    kept: report.Results | None,
    results: report.Results,
) -> bool:
    """One round of one app; False if it failed. The first of each app only warms it up and is not kept."""
    step = "opening"
    try:
        with browser.visiting(chromium, server, trip) as visit:
            try:
                samples = browser.one_round(visit, clicks)
            finally:
                step = visit.step
    except (browser.NotReachedError, Error) as error:
        _fail(results, f"{size:,} stops: {server.kind.name}, at or after {step}: {str(error).splitlines()[0]}")
        return False
    if kept is not None:
        kept.add(size, server.kind.name, samples)
    return True


def _costs(chromium: Browser, server: Server, trip: browser.Trip, results: report.Results) -> None:
    """Bytes and processor time; fewer clicks for the apps that take seconds for each."""
    if server.kind.adapter == "empty":
        return
    slow = (results.median(trip.size, server.kind.name, "panel") or 0) > 1000
    try:
        with browser.visiting(chromium, server, trip) as visit:
            figures = browser.costs(visit, 3 if slow else 20)
    except (browser.NotReachedError, Error) as error:
        _fail(results, f"{trip.size:,} stops: {server.kind.name}: costs: {error}")
        return
    results.add(trip.size, server.kind.name, {name: [value] for name, value in figures.items()})


def _many_viewers(chromium: Browser, leaflet: str, options: argparse.Namespace, results: report.Results) -> None:
    """Each number of viewers on a server of its own, so that what one run has left does not weigh on the next."""
    folder = options.out / str(options.viewer_size)
    trip = browser.Trip.read(folder)

    def run(kind: Kind, count: int, *, pages: bool) -> None:
        with running(kind, folder, options.out, options.root, leaflet) as server:
            viewers.crowd(server, trip, 1, 1)  # warms up; also opens the trip
            if pages:
                row, errors = viewers.pages(chromium, server, trip, count, options.seconds)
            else:
                row, errors = viewers.crowd(server, trip, count, options.seconds)
        results.viewers.append(row)
        for error in errors:
            _fail(results, error)
        _say(f"{row['by']}: {count} viewers, p95 {row['p95'] or 0:.0f} ms, {row['errors']} errors")

    for name in ("ours", "bare"):
        for count in options.viewers:
            run(KINDS[name], count, pages=False)
    for count in [count for count in options.viewers if count <= 10]:
        run(KINDS["ours"], count, pages=True)


def _tell(results: report.Results, out: Path) -> None:
    results.save(out / "results.json")
    chart.draw(results, out / "chart.svg")
    words = report.text(results)
    (out / "results.md").write_text(words + "\n", encoding="utf-8")
    print(words)
    print(f"\nwritten: {out / 'results.json'}, results.md, chart.svg")


def _fail(results: report.Results, words: str) -> None:
    results.failures.append(words)
    _say(f"FAILED {words}")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
