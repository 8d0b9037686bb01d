"""Starts the application and the reference apps on free ports of this machine, and ends what it started."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REFERENCES = HERE / "references"
START_SECONDS = 180

STREAMLIT = [
    "--server.headless=true",
    "--server.address=127.0.0.1",
    "--server.fileWatcherType=none",
    "--browser.gatherUsageStats=false",
    "--client.toolbarMode=minimal",
]


@dataclass(frozen=True)
class Kind:
    """One of the apps that are compared: its name, how it is started, and how it is driven (``adapters.js``)."""

    name: str
    title: str
    adapter: str
    script: str = ""
    layer: str = ""
    options: tuple[str, ...] = ()
    most: int = 10**9

    @property
    def is_ours(self) -> bool:
        """Whether this is the application itself."""
        return self.adapter == "ours"


#: A marker a stop in folium cannot be used at 10,000 stops (minutes a click), so those two are left out there.
KINDS = {
    kind.name: kind
    for kind in (
        Kind("ours", "this application", "ours"),
        Kind("before", "the application as it was before", "ours"),
        Kind("tutorial", "tutorial-style streamlit-folium", "folium", "tutorial.py", most=1000),
        Kind("tuned", "well-tuned streamlit-folium", "folium", "tuned.py", most=1000),
        Kind("tuned-geojson", "the same with one GeoJson", "folium", "tuned.py", layer="geojson"),
        Kind("dash", "Dash + dash-leaflet", "dash", "dash_app.py"),
        Kind("bare", "bare fragment rerun", "bare", "bare.py"),
        Kind(
            "bare-nogc",
            "the same, no collection after a run",
            "bare",
            "bare.py",
            options=("--runner.postScriptGC=false",),
        ),
        Kind("empty-map", "empty page with one st_folium map", "empty", "empty_map.py"),
    )
}


@dataclass
class Server:
    """A running app."""

    kind: Kind
    url: str
    process: psutil.Process

    def cpu_ms(self) -> float:
        """Processor time it has used so far, in milliseconds."""
        times = self.process.cpu_times()
        return float(times.user + times.system) * 1000

    def memory_mb(self) -> float:
        """Memory that it holds alone (unique set size), in megabytes."""
        return float(self.process.memory_full_info().uss) / 1e6


@contextmanager
def leaflet_files(root: Path, work: Path) -> Iterator[str]:
    """Serve Leaflet to the reference apps in the place of the public host that folium names."""
    folder, source = work / "web", root / "frontend" / "node_modules" / "leaflet" / "dist"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("leaflet.js", "leaflet.css"):
        shutil.copy(source / name, folder)
    shutil.copytree(source / "images", folder / "images", dirs_exist_ok=True)
    shutil.copy(REFERENCES / "web" / "offline.js", folder)
    port = _free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    with _running(command, work / "leaflet.log", {}, ROOT), _answering(f"http://127.0.0.1:{port}/leaflet.js"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(kind: Kind, folder: Path, work: Path, root: Path, leaflet: str) -> Iterator[Server]:
    """Run one app on the trip in ``folder`` while the block lasts."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {"BENCH_STOPS": str(folder / "stops.json"), "BENCH_LEAFLET": leaflet, "BENCH_LAYER": kind.layer}
    environment |= {"BENCH_PORT": str(port), "TRIP_DASHBOARD_CACHE": str(work / "cache")}
    if kind.is_ours:
        command = [sys.executable, "-m", "dashboard", "run", str(folder / "trip"), "--port", str(port)]
        place, health = root, f"{url}/health"
    elif kind.adapter == "dash":
        command, place, health = [sys.executable, kind.script], REFERENCES, url
    else:
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            kind.script,
            f"--server.port={port}",
            *STREAMLIT,
            *kind.options,
        ]
        place, health = REFERENCES, f"{url}/_stcore/health"
    with _running(command, work / f"{kind.name}.log", environment, place) as process, _answering(health):
        yield Server(kind, url, psutil.Process(process.pid))


@contextmanager
def _running(
    command: list[str], log: Path, environment: Mapping[str, str], place: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **environment}, cwd=place
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


@contextmanager
def _answering(url: str) -> Iterator[None]:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                answer.read()
                break
        except (OSError, urllib.error.URLError) as error:
            if time.monotonic() > end:
                raise RuntimeError(f"{url} did not answer within {START_SECONDS} s: {error}") from error
            time.sleep(0.2)
    yield


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
