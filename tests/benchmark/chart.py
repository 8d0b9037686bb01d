"""Cost against the number of stops as an SVG: a small chart for each thing a reader does, both axes logarithmic."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

from tests.benchmark.report import Results
from tests.benchmark.servers import KINDS

CHARTS = {
    "panel": "Click on a marker until the panel shows its stop",
    "date": "Date range let go until all is right",
    "country": "Country chosen until all is right",
    "cold": "Cold load until all markers and the panel are there",
}
#: The floors are drawn only in the chart of what they are the floor of.
FLOORS = {"bare": "panel", "empty-map": "cold"}
#: Colour and dashes; told apart also without colour, and on a light as on a dark page.
LOOKS = {
    "ours": ("#c8452d", ""),
    "tutorial": ("#8a6d1f", "2 4"),
    "tuned": ("#0b6b7d", "8 4"),
    "tuned-geojson": ("#4d7f35", "8 3 2 3"),
    "dash": ("#6b4fb3", "4 3"),
    "bare": ("#767676", "1 4"),
    "empty-map": ("#767676", "1 4"),
}
WIDTH, HEIGHT, LEFT, TOP = 460, 300, 64, 56
TICKS = (1, 10, 100, 1000, 10_000, 100_000)


def draw(results: Results, path: Path) -> None:
    """Write the chart."""
    path.write_text("\n".join(_svg(results)) + "\n", encoding="utf-8")


def _svg(results: Results) -> Iterator[str]:
    apps = [app for app in LOOKS if any(app in figures for figures in results.samples.values())]
    legend = 30 * -(-len(apps) // 3) + 20
    width, height = 2 * (WIDTH + LEFT) + 24, 2 * (HEIGHT + TOP + 36) + legend
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif">'
    yield "<title>What each app takes, in milliseconds, by the number of stops (medians)</title>"
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    for index, (metric, title) in enumerate(CHARTS.items()):
        x, y = (index % 2) * (WIDTH + LEFT) + LEFT, (index // 2) * (HEIGHT + TOP + 36) + TOP
        yield f'<g transform="translate({x},{y})">'
        yield from _chart(results, metric, title, apps)
        yield "</g>"
    yield from _legend(apps, height - legend + 20)
    yield "</svg>"


def _chart(results: Results, metric: str, title: str, apps: Sequence[str]) -> Iterator[str]:
    sizes = sorted(results.samples)
    drawn = [app for app in apps if FLOORS.get(app, metric) == metric]
    lines = {app: [(n, v) for n in sizes if (v := results.median(n, app, metric))] for app in drawn}
    values = [value for points in lines.values() for _, value in points] or [1, 1000]
    low = max((tick for tick in TICKS if tick <= min(values)), default=TICKS[0])
    high = min((tick for tick in TICKS if tick >= max(values)), default=TICKS[-1])
    plot_width = WIDTH - 40

    def at_x(size: int) -> float:
        span = math.log(sizes[-1] / sizes[0]) or 1
        return round(plot_width * math.log(size / sizes[0]) / span, 1)

    def at_y(value: float) -> float:
        return round(HEIGHT * (1 - math.log(value / low) / (math.log(high / low) or 1)), 1)

    yield f'<text y="-20" font-size="16" fill="#1b2430">{escape(title)}</text>'
    yield from _axes([tick for tick in TICKS if low <= tick <= high], sizes, at_x, at_y, plot_width)
    for app, points in lines.items():
        yield from _line(app, [(at_x(size), at_y(value)) for size, value in points])


def _axes(
    ticks: Sequence[int],
    sizes: Sequence[int],
    at_x: Callable[[int], float],
    at_y: Callable[[float], float],
    width: int,
) -> Iterator[str]:
    for tick in ticks:
        yield f'<path d="M0,{at_y(tick)}H{width}" stroke="#d9d9d9"/>'
        words = f"{tick} ms" if tick < 1000 else f"{tick // 1000} s"
        yield f'<text x="-8" y="{at_y(tick) + 5}" text-anchor="end" font-size="14" fill="#444">{words}</text>'
    for size in sizes:
        middle = f'x="{at_x(size)}" text-anchor="middle"'
        yield f'<text {middle} y="{HEIGHT + 22}" font-size="14" fill="#444">{size:,}</text>'
    yield f'<path d="M0,{HEIGHT}H{width}" stroke="#444"/>'
    yield f'<text x="{width / 2}" y="{HEIGHT + 22}" text-anchor="middle" font-size="14" fill="#444">stops</text>'


def _line(app: str, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    colour, dashes = LOOKS[app]
    if len(points) > 1:
        path = "L".join(f"{x},{y}" for x, y in points)
        weight = 3.5 if app == "ours" else 2
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{weight}" stroke-dasharray="{dashes}"/>'
    for x, y in points:
        yield f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>'


def _legend(apps: Sequence[str], y: int) -> Iterator[str]:
    for index, app in enumerate(apps):
        x, row = LEFT + (index % 3) * 330, y + 30 * (index // 3)
        colour, dashes = LOOKS[app]
        yield f'<path d="M{x},{row}h36" stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes}"/>'
        yield f'<text x="{x + 44}" y="{row + 5}" font-size="14" fill="#1b2430">{escape(KINDS[app].title)}</text>'
