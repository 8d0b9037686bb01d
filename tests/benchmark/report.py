"""What the samples say: medians, the ratios that the application must reach, tables for people, JSON for machines."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from tests.benchmark.servers import KINDS

#: What is measured, with its heading; in the order of the table.
METRICS = {
    "cold": "cold load",
    "painted": "… painted",
    "card": "click -> card",
    "panel": "click -> panel",
    "told": "… Python followed",
    "panel_at_once": "click -> panel, pointer not rested",
    "key": "next key -> panel",
    "scrub": "scrub step",
    "date": "date, narrower",
    "date_back": "date, wider",
    "country": "country",
    "ws_bytes": "websocket a click",
    "http_bytes": "HTTP a click",
    "cpu": "server CPU a click",
}
FRAME_MS = 1000 / 60


@dataclass
class Results:
    """All samples of one run: by size, app and metric; and what failed."""

    samples: dict[int, dict[str, dict[str, list[float]]]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    viewers: list[dict[str, Any]] = field(default_factory=list)
    machine: dict[str, Any] = field(default_factory=dict)

    def add(self, size: int, app: str, samples: Mapping[str, Sequence[float]]) -> None:
        """Keep what one visit measured."""
        kept = self.samples.setdefault(size, {}).setdefault(app, {})
        for name, values in samples.items():
            kept.setdefault(name, []).extend(values)

    def median(self, size: int, app: str, metric: str) -> float | None:
        """The middle of the samples; None where there are none."""
        values = self._values(size, app, metric)
        return statistics.median(values) if values else None

    def p95(self, size: int, app: str, metric: str) -> float | None:
        """What 95 in 100 samples do not exceed."""
        return percentile(self._values(size, app, metric), 95)

    def _values(self, size: int, app: str, metric: str) -> list[float]:
        return self.samples.get(size, {}).get(app, {}).get(metric, [])

    def save(self, path: Path) -> None:
        """Write everything as JSON, with the figures that the table shows."""
        figures = [
            {"size": size, "app": app, "metric": metric, "median": self.median(size, app, metric)}
            | {"p95": self.p95(size, app, metric), "samples": values}
            for size, apps in self.samples.items()
            for app, metrics in apps.items()
            for metric, values in metrics.items()
        ]
        limits = [vars(limit) | {"met": limit.met} for limit in check(self)]
        data = {"machine": self.machine, "figures": figures, "limits": limits, "viewers": self.viewers}
        path.write_text(json.dumps(data | {"failures": self.failures}, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Results:
        """What :meth:`save` has written."""
        data = json.loads(path.read_text(encoding="utf-8"))
        results = cls(failures=data["failures"], viewers=data["viewers"], machine=data["machine"])
        for row in data["figures"]:
            results.add(row["size"], row["app"], {row["metric"]: row["samples"]})
        return results


def percentile(values: Sequence[float], share: int) -> float | None:
    """The smallest value that ``share`` in 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)] if ordered else None


# --- What must be reached ---


@dataclass(frozen=True)
class Limit:
    """One promise at one size: what was seen, and what it may be at most."""

    what: str
    size: int
    rule: str
    seen: float | None
    most: float | None
    unit: str = "ms"

    @property
    def met(self) -> bool | None:
        """Whether it was kept; None where the run did not measure it."""
        return None if self.seen is None or self.most is None else self.seen <= self.most


#: For each size: the factor, and of what: another app at this size, or ourselves at nine stops.
Rule = tuple[str, str, Callable[["Results", int], float | None]]


def _times(factor: float, app: str, metric: str, size: int | None = None) -> Rule:
    what = f"{METRICS[metric]} of {KINDS[app].title}" if app != "ours" else f"our own {METRICS[metric]}"
    where = f" at {size} stops" if size is not None else ""

    def limit(results: Results, at: int) -> float | None:
        value = results.median(size if size is not None else at, app, metric)
        return None if value is None else factor * value

    return f"<= {factor} x {what}{where}", "ms", limit


def _at_most(value: float, unit: str = "ms") -> Rule:
    return f"<= {value:g} {unit}", unit, lambda results, at: value


CLICK = {
    9: [_times(1.5, "bare", "panel"), _times(0.4, "tuned", "panel")],
    1000: [_times(1.2, "ours", "panel", 9)],
    10000: [_times(1.5, "ours", "panel", 9)],
}


def _change(metric: str) -> Mapping[int, list[Rule]]:
    return {
        9: [_times(1.5, "bare", "panel")],
        1000: [_times(1.5, "ours", metric, 9)],
        10000: [_times(2.5, "ours", metric, 9)],
    }


MUST: Mapping[str, Mapping[int, list[Rule]]] = {
    "card": {
        9: [_times(0.9, "dash", "panel")],
        1000: [_times(0.9, "dash", "panel")],
        10000: [_times(2, "ours", "card", 9)],
    },
    "panel": CLICK,
    "key": CLICK,
    "scrub": {
        9: [_at_most(round(FRAME_MS, 1))],
        1000: [_times(0.2, "dash", "date")],
        10000: [_times(0.1, "dash", "date")],
    },
    "date": _change("date"),
    "date_back": _change("date_back"),
    "country": _change("country"),
    "ws_bytes": {size: [_at_most(8000, "bytes")] for size in (9, 1000, 10000)},
    "cold": {
        9: [_times(1.25, "empty-map", "cold")],
        1000: [_times(1.3, "ours", "cold", 9)],
        10000: [_times(2, "ours", "cold", 9)],
    },
    "cpu": {9: [_at_most(25)], 1000: [_at_most(25)], 10000: [_at_most(40)]},
}


def check(results: Results) -> list[Limit]:
    """Every promise at every size that was run. "Each step" of scrubbing at nine stops is judged by its p95."""
    limits = []
    for metric, sizes in MUST.items():
        for size in sorted(sizes.keys() & results.samples.keys()):
            each = metric == "scrub" and size == 9
            seen = (results.p95 if each else results.median)(size, "ours", metric)
            for rule, unit, limit in sizes[size]:
                limits.append(Limit(METRICS[metric], size, rule, seen, limit(results, size), unit))
    return limits


# --- For people ---


def text(results: Results) -> str:
    """The whole report as Markdown."""
    return "\n".join(_lines(results))


def _lines(results: Results) -> Iterator[str]:
    yield from (f"{key}: {value}" for key, value in results.machine.items())
    for size, apps in sorted(results.samples.items()):
        yield from ("", f"{size:,} stops: median (p95), milliseconds or bytes", "")
        metrics = [metric for metric in METRICS if any(metric in figures for figures in apps.values())]
        rows = [[KINDS[app].title, *(_cell(results, size, app, metric) for metric in metrics)] for app in apps]
        yield from _table(["app", *(METRICS[metric] for metric in metrics)], rows)
    if limits := check(results):
        yield from ("", "What must be reached (medians)", "")
        yield from _table(["what", "stops", "limit", "at most", "seen", ""], [_limit_row(limit) for limit in limits])
    if results.viewers:
        yield from ("", "Many viewers of one process, each clicking every one to three seconds", "")
        keys = list(dict.fromkeys(key for row in results.viewers for key in row))
        yield from _table(keys, [[_shown(row.get(key)) for key in keys] for row in results.viewers])
    if results.failures:
        yield from ("", "Failures", "", *(f"- {failure}" for failure in results.failures))


def _cell(results: Results, size: int, app: str, metric: str) -> str:
    middle, high = results.median(size, app, metric), results.p95(size, app, metric)
    if middle is None or high is None:
        return ""
    return _shown(middle) if metric in ("ws_bytes", "http_bytes", "cpu") else f"{_shown(middle)} ({_shown(high)})"


def _limit_row(limit: Limit) -> list[str]:
    verdict = {True: "met", False: "MISSED", None: "not measured"}[limit.met]
    return [limit.what, f"{limit.size:,}", limit.rule, _shown(limit.most), _shown(limit.seen), verdict]


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}" if value < 100 else f"{value:,.0f}"
    return "" if value is None else str(value)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    rows = list(rows)
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    for row in (heads, ["-" * width for width in widths], *rows):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"


def machine(chromium: str) -> dict[str, Any]:
    """What the run was made on."""
    packages = ("streamlit", "streamlit-folium", "folium", "dash", "dash-leaflet", "playwright")
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}, Chromium {chromium}",
        "packages": ", ".join(f"{name} {version(name)}" for name in packages),
        "load at the start": f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
