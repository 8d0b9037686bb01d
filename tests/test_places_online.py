"""The online path against a real HTTP server on the loopback that answers as Nominatim, well and badly."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.places import Cache, GeocoderConfigError, Located, Online, locate_all, online_from_environment
from dashboard.places.cache import CACHE_VARIABLE
from dashboard.places.online import ATTEMPTS, DELAY_SECONDS, GEOCODER_VARIABLE, OPTIONS_VARIABLE

PETRA = {
    "place_id": 1,
    "lat": "30.3273",
    "lon": "35.4423",
    "display_name": "Petra, Ma'an, Jordan",
    "place_rank": 30,
    "address": {"country": "Jordan", "country_code": "jo"},
}
TIMEOUT = 0.15


class Server(ThreadingHTTPServer):
    """Answers each query (its parameter q) as ``answers`` says: status, body, or a way to misbehave."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, tuple[int, bytes | str]] = {}
        self.requests: list[tuple[float, dict[str, list[str]], str]] = []
        self.release = threading.Event()

    def asked(self, query: str) -> int:
        return sum(parameters.get("q") == [query] for _, parameters, _ in self.requests)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        parameters = parse_qs(urlsplit(self.path).query)
        self.server.requests.append((time.monotonic(), parameters, self.headers["User-Agent"]))
        status, body = self.server.answers.get(parameters.get("q", [""])[0], (200, json.dumps([PETRA]).encode()))
        if body == "slow":
            self.server.release.wait(5)
        elif body == "drips":
            self.drip()
        else:
            self.reply(status, body if isinstance(body, bytes) else body.encode())

    def reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        while not self.server.release.wait(TIMEOUT / 5):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    thread = threading.Thread(target=found.serve_forever, args=(0.01,))
    thread.start()
    yield found
    found.release.set()
    found.shutdown()
    thread.join()
    found.server_close()


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    monkeypatch.delenv(GEOCODER_VARIABLE, raising=False)
    monkeypatch.delenv(OPTIONS_VARIABLE, raising=False)


def environment(server: Server, **options: Any) -> dict[str, str]:
    # No proxy of whoever runs the tests may come between.
    made = {"scheme": "http", "domain": f"127.0.0.1:{server.server_port}", "timeout": TIMEOUT, "proxies": {}}
    return {GEOCODER_VARIABLE: "nominatim", OPTIONS_VARIABLE: json.dumps({**made, **options})}


def online(server: Server, *, delay: float = 0, **options: Any) -> Online:
    found = online_from_environment(environment(server, **options), delay=delay)
    assert found
    return found


def stop(query: str, precision: str = "venue") -> Any:
    made = {"id": query, "query": query, "country": "Jordan", "country_code": "JO"}
    return SimpleNamespace(**made, precision=precision, pin=None)


def locate(server: Server, *queries: str, **options: Any) -> Located:
    return locate_all([stop(query) for query in queries], services=[online(server, **options)])


def test_a_good_answer_is_a_place_with_its_provenance_and_is_kept(server: Server) -> None:
    place = locate(server, "Petra", user_agent="a test").places["Petra"]
    assert (place.lat, place.lon, place.precision) == (30.3273, 35.4423, "venue")
    assert (place.located_by, place.label) == ("nominatim", "Petra, Ma'an, Jordan")
    assert place.raw["place_id"] == 1
    assert place.located_on
    _, parameters, agent = server.requests[0]
    assert parameters["countrycodes"] == ["jo"]
    assert agent == "a test"
    again = locate(server, "Petra").places["Petra"]
    assert again.from_cache
    assert server.asked("Petra") == 1


MISBEHAVIOUR: list[tuple[str, tuple[int, bytes | str], str, int]] = [
    ("slow", (200, "slow"), "nominatim did not answer within 0.15 seconds", ATTEMPTS),
    ("drips", (200, "drips"), "nominatim did not answer within 0.15 seconds", ATTEMPTS),
    ("too many", (429, b"slow down"), "nominatim refused for too many requests", 1),
    ("forbidden", (403, b"no"), "nominatim refused the access data", 1),
    ("down", (503, b"down"), "nominatim failed with HTTP status 503", ATTEMPTS),
    ("error", (500, b"oops"), "nominatim failed with HTTP status 500", ATTEMPTS),
    ("nonsense", (200, b"<html>hello"), "nominatim answered with something that is not its format", 1),
    ("binary", (200, b"\xff\xfe\x00"), "nominatim", 1),
    ("empty", (200, b"[]"), "nominatim knows no such place in JO", 1),
    ("number", (200, b"3"), "nominatim answered in an unexpected shape", 1),
    ("text", (200, b'"abc"'), "nominatim answered in an unexpected shape", 1),
    ("list", (200, b"[[1, 2]]"), "nominatim answered in an unexpected shape", 1),
    ("words", (200, b'[{"lat": "north", "lon": "east"}]'), "nominatim answered in an unexpected shape", 1),
    ("no lat", (200, b'[{"display_name": "Petra"}]'), "nominatim answered without coordinates", 1),
    ("off", (200, b'[{"lat": "135", "lon": "30"}]'), "nominatim answered in an unexpected shape", 1),
    (
        "abroad",
        (200, json.dumps([{**PETRA, "address": {"country_code": "gr"}}]).encode()),
        "a place in GR",
        1,
    ),
]


@pytest.mark.parametrize(("query", "answer", "reason", "requests"), MISBEHAVIOUR, ids=[m[0] for m in MISBEHAVIOUR])
def test_misbehaviour_costs_only_its_stop(
    query: str, answer: tuple[int, bytes | str], reason: str, requests: int, server: Server
) -> None:
    server.answers[query] = answer
    began = time.monotonic()
    found = locate(server, "Petra", query)
    assert time.monotonic() - began < 3
    assert set(found.places) == {"Petra"}
    [missing] = found.missing
    assert missing.stop_id == query
    assert reason in missing.reason
    assert "trip.toml" in missing.reason
    assert server.asked(query) == requests


def test_stops_after_a_failing_one_are_still_located(server: Server) -> None:
    server.answers = {"nonsense": (200, b"<html>"), "down": (503, b"")}
    found = locate(server, "nonsense", "Petra", "down", "Jerash")
    assert set(found.places) == {"Petra", "Jerash"}


def test_a_service_that_keeps_failing_is_left_alone(server: Server) -> None:
    queries = [f"place {number}" for number in range(10)]
    server.answers = dict.fromkeys(queries, (503, b""))
    found = locate(server, *queries)
    assert len(found.missing) == 10
    assert len(server.requests) == 3 * ATTEMPTS
    assert "was not asked again" in found.missing[-1].reason


def test_a_refusal_ends_the_asking_at_once(server: Server) -> None:
    server.answers = {"Petra": (429, b"")}
    found = locate(server, "Petra", "Jerash")
    assert len(found.missing) == 2
    assert len(server.requests) == 1


def test_nobody_listening(server: Server) -> None:
    service = online(server, domain="127.0.0.1:1", timeout=2)
    found = locate_all([stop("Petra")], services=[service])
    assert "nominatim could not be reached" in found.missing[0].reason


def test_a_coarser_answer_says_so(server: Server) -> None:
    server.answers["Petra"] = (200, json.dumps([{**PETRA, "place_rank": 16}]).encode())
    found = locate(server, "Petra")
    assert found.places["Petra"].precision == "city"
    assert "asked for as a venue, but nominatim gave only the city" in found.notices[0]


def test_an_unknown_place_is_asked_for_again_another_day(server: Server) -> None:
    server.answers["Petra"] = (200, b"[]")
    assert locate(server, "Petra").missing
    del server.answers["Petra"]
    assert locate(server, "Petra").places


def test_requests_keep_their_distance(server: Server) -> None:
    # The server notes when it hears of a request, which on a busy machine is later than it was sent.
    distance, heard = 1.0, 0.6
    locate_all([stop("Petra"), stop("Jerash")], services=[online(server, delay=distance)])
    first, second = (moment for moment, _, _ in server.requests)
    assert second - first >= heard
    # Another reader of the same process is held to the same limit.
    locate_all([stop("Aqaba")], services=[online(server, delay=distance)])
    assert server.requests[2][0] - second >= heard


def test_the_distance_is_a_second_unless_told() -> None:
    assert DELAY_SECONDS == 1.0
    assert online_from_environment.__kwdefaults__ == {"delay": DELAY_SECONDS}


def test_the_whole_way_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(server).items():
        monkeypatch.setenv(name, value)
    found = locate_all([stop("Amman", "city"), stop("Nowhere Wells", "city")])
    assert found.places["Amman"].located_by.startswith("GeoNames")
    assert found.places["Nowhere Wells"].located_by == "nominatim"
    assert len(server.requests) == 1


def test_no_request_without_configuration(server: Server) -> None:
    assert online_from_environment({}) is None
    assert online_from_environment({GEOCODER_VARIABLE: " ", OPTIONS_VARIABLE: "{}"}) is None
    found = locate_all([stop("Nowhere Wells", "city")])
    assert "no online service is configured" in found.missing[0].reason
    assert not server.requests


def test_a_service_that_takes_no_country_gets_its_name(server: Server) -> None:
    server.answers["Petra, Jordan"] = (200, b'{"type": "FeatureCollection", "features": []}')
    options = {"scheme": "http", "domain": f"127.0.0.1:{server.server_port}", "proxies": {}}
    settings_ = {GEOCODER_VARIABLE: "Photon", OPTIONS_VARIABLE: json.dumps(options)}
    service = online_from_environment(settings_, delay=0)
    assert service
    found = locate_all([stop("Petra")], services=[service])
    assert "photon knows no such place" in found.missing[0].reason
    assert server.asked("Petra, Jordan") == 1


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("nominatum", "", ["nominatum", "nominatim", GEOCODER_VARIABLE]),
        ("nominatim", "{user_agent: x}", ["no JSON at character 2", OPTIONS_VARIABLE]),
        ("nominatim", "[1]", ["JSON object", "list"]),
        ("nominatim", '{"useragent": "x"}', ["no option useragent", "user_agent"]),
        ("nominatim", '{"ssl_context": 1}', ["no option ssl_context"]),
        ("nominatim", '{"timeout": null}', ["timeout", "None"]),
        ("nominatim", '{"timeout": 0}', ["timeout", "0"]),
        ("nominatim", '{"timeout": NaN}', ["timeout", "nan"]),
        ("nominatim", '{"timeout": true}', ["timeout", "True"]),
        ("nominatim", '{"scheme": "ftp"}', ["refuses", "http"]),
        ("nominatim", '{"domain": 3}', ["cannot be made"]),
        ("nominatim", '{"user_agent": "geopy"}', []),
        ("bing", "{}", ["api_key"]),
    ],
)
def test_a_bad_configuration_is_told_in_words(name: str, options: str, words: list[str]) -> None:
    settings_ = {GEOCODER_VARIABLE: name, OPTIONS_VARIABLE: options}
    if not words:
        assert online_from_environment(settings_)
        return
    with pytest.raises(GeocoderConfigError) as caught:
        online_from_environment(settings_)
    for word in words:
        assert word in str(caught.value)


def test_an_access_key_is_never_repeated(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(GeocoderConfigError) as caught:
        online_from_environment({GEOCODER_VARIABLE: "pickpoint", OPTIONS_VARIABLE: '{"api_key": "SECRET'})
    assert "SECRET" not in str(caught.value)
    options = {
        "scheme": "http",
        "domain": f"127.0.0.1:{server.server_port}",
        "proxies": {},
        "api_key": "SECRET",
    }
    settings_ = {GEOCODER_VARIABLE: "pickpoint", OPTIONS_VARIABLE: json.dumps(options)}
    service = online_from_environment(settings_, delay=0)
    assert service
    server.answers = {"Petra": (503, b""), "Jerash": (200, b"<html>")}
    with caplog.at_level(logging.WARNING):
        found = locate_all([stop("Petra"), stop("Jerash")], services=[service])
    assert "SECRET" not in repr(found) + caplog.text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.fixed_dictionaries({}, optional=dict.fromkeys(("lat", "lon", "display_name", "address", "error"), inner))
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(json_values)
def test_no_answer_is_fatal(server: Server, tmp_path: Path, answer: Any) -> None:
    server.answers["Petra"] = (200, json.dumps(answer).encode())
    cache = Cache(tmp_path / str(len(server.requests)))
    found = locate_all([stop("Petra")], cache=cache, services=[online(server, timeout=5)])
    assert len(found.places) + len(found.missing) == 1
