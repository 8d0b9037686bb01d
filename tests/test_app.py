"""The application as a browser meets it: what comes with every answer, and what it is told to fetch early."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from dashboard.dossier import Dossier, open_dossier
from dashboard.guard import content_security_policy
from dashboard.routes import assets_path, data_path, early_links
from tests.conftest import make_trip
from tests.serving import serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_trip(tmp_path_factory.mktemp("trip"))


@pytest.fixture(scope="module")
def trip(folder: Path) -> Dossier:
    return open_dossier(folder)


@pytest.fixture(scope="module")
def address(folder: Path, trip: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("cache"), folder) as address:
        yield address


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *arguments: object, **more: object) -> None:
        return None


def get(url: str) -> tuple[int, Message, bytes]:
    """Status, headers and body, also of what is no success."""
    try:
        with urllib.request.build_opener(_Stay).open(url, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_every_answer_has_the_headers_that_keep_it_here(address: str, trip: Dossier) -> None:
    data = data_path(trip)
    served = ["health", f"{data}/stop/calder.html", f"{data}/map.json", f"{data}/export/csv"]
    for path in ("", *served, f"{assets_path()}/web/leaflet.js", "nowhere/at.all", f"{data}/stop/atlantis.html"):
        _, headers, _ = get(f"{address}/{path}")
        assert headers.get_all("Content-Security-Policy") == [content_security_policy()], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin", path


def test_the_policy_lets_nothing_come_from_elsewhere_or_go_there() -> None:
    policy = dict(part.split(" ", 1) for part in content_security_policy().split("; "))
    assert policy.keys() >= {"default-src", "script-src", "connect-src", "frame-ancestors", "base-uri", "form-action"}
    assert {word for words in policy.values() for word in words.split()} == {
        "'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:",
    }  # fmt: skip


def test_what_the_page_is_told_to_fetch_early_is_there(address: str) -> None:
    _, headers, _ = get(f"{address}/")
    assert headers["Link"] == early_links()
    links = re.findall(r"<([^>]*)>; rel=(modulepreload|preload; as=script)(?:, |$)", headers["Link"])
    assert len(links) == headers["Link"].count("<") > 5
    for path, _ in links:
        status, headers, body = get(f"{address}{path}")
        assert (status, bool(body)) == (200, True), path
        assert "javascript" in headers["Content-Type"]
    assert "Link" not in get(f"{address}/health")[1]


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("present", "/?view=present"),
        ("present?slide=2&country=GB&view=method", "/?view=present&slide=2&country=GB"),
        ("present?q=a%26b", "/?view=present&q=a%26b"),
    ],
)
def test_the_presentation_has_an_address(address: str, asked: str, led: str) -> None:
    status, headers, _ = get(f"{address}/{asked}")
    assert (status, headers["Location"]) == (307, led)
