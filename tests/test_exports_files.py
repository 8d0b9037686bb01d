"""GeoJSON, KML, CSV and calendar, each read back by a reader that this project did not write."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pyogrio.raw
import pytest

from dashboard.dossier import Dossier, open_dossier
from dashboard.exports import FORMATS, Portion
from dashboard.model import Passage, Trip, TripFile, text_quotes
from dashboard.places import Located
from dashboard.route import Leg
from dashboard.selection import Selection
from tests.conftest import make_trip

LINK = "https://example.org/?country=IL"
PARTS = {
    "whole": Selection(),
    "countries": Selection(countries=("IL", "IQ", "JP")),
    "days": Selection(stop="seoul", first=dt.date(2023, 11, 7), last=dt.date(2023, 11, 9)),
}

#: Everything that some format, program or terminal takes for more than text.
HOSTILE = (
    "=cmd|' /C calc'!A0 <script>alert(1)</script> `x` ${7*7} {{7*7}} \"'; -- \u202eevil\u2066 \u200fمرحبا "
    "\x00\x07\x0b\x1b\x85\u2028\ufffe <![CDATA[x]]></name></value><name>y ]]> BEGIN:VEVENT\r\n"
    "END:VCALENDAR\r\\N \\n \\; &amp; &#65; $[name] _x0041_ 日本 👩\u200d🚀"
)
FREE = {
    "name", "title", "country", "date_reason", "order_reason", "status_reason", "title_reason", "stop_reason", "role",
    "exact", "prefix", "suffix", "others", "about", "publisher", "independence", "topic", "statement", "says", "reason",
    "heading", "query", "kind_reason", "depart_reason", "note", "text", "voice",
}  # fmt: skip


def with_text(dossier: Dossier, text: str) -> Dossier:
    """The trip with this text in every field that takes any text."""

    def change(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: change(inner, name) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [change(inner, key) for inner in value]
        return text if key in FREE and isinstance(value, str) else value

    file = TripFile.model_validate(change(dossier.trip.file.model_dump(by_alias=True)))
    bare = tuple(source.model_copy(update={"furniture": ()}) for source in file.sources)  # its words are gone
    file = file.model_copy(update={"sources": bare})
    texts = dict.fromkeys(dossier.trip.texts, text)
    passages = {quote: Passage(quote.source, 0, len(text), text) for _, quote in text_quotes(file)}
    return Dossier(Trip(file, texts, passages), dossier.located)


def plain(text: str) -> str:
    """What of a text every format can hold, worked out apart from the product."""
    text = re.sub(r"\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
    lost = {char for char in text if char == "\ufffe" or (unicodedata.category(char) == "Cc" and char not in "\t\n")}
    return "".join("\ufffd" if char in lost else char for char in text)


@pytest.fixture(scope="module")
def hostile(dossier: Dossier) -> Dossier:
    return with_text(dossier, HOSTILE)


@pytest.fixture(params=PARTS)
def portion(request: pytest.FixtureRequest, dossier: Dossier) -> Portion:
    return Portion(dossier, PARTS[request.param], LINK)


@pytest.fixture
def unlocated(voyage: Dossier) -> Dossier:
    places = {stop: place for stop, place in voyage.places.items() if stop != "calder"}
    return Dossier(voyage.trip, replace(voyage.located, places=places))


def written(portion: Portion, name: str, folder: Path) -> Path:
    path = folder / f"out.{name}"
    path.write_bytes(FORMATS[name].write(portion))
    return path


def read_gdal(path: Path, layer: str | None = None) -> list[dict[str, Any]]:
    """The features that GDAL finds, as plain values; the geometry as (type, points)."""
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer)
    rows = zip(*columns, strict=True) if len(meta["fields"]) else ([] for _ in shapes)
    return [
        {**dict(zip(meta["fields"], row, strict=True)), "geometry": points(shape)}
        for row, shape in zip(rows, shapes, strict=True)
    ]


def points(wkb: bytes | None) -> list[tuple[float, ...]] | None:
    """The points of a geometry in well-known binary, whatever it is made of."""
    if wkb is None:
        return None
    found: list[tuple[float, ...]] = []
    _collect(io.BytesIO(wkb), found)
    return found


def _collect(data: io.BytesIO, found: list[tuple[float, ...]]) -> None:
    _, kind = struct.unpack("<BI", data.read(5))
    size = 3 if kind & 0x80000000 or kind > 1000 else 2
    kind = kind % 1000 if kind < 0x80000000 else kind & 0xFF
    if kind == 1:
        found.append(struct.unpack(f"<{size}d", data.read(8 * size)))
        return
    (count,) = struct.unpack("<I", data.read(4))
    for _ in range(count):
        if kind == 2:
            found.append(struct.unpack(f"<{size}d", data.read(8 * size)))
        else:
            _collect(data, found)


def unescaped(text: str) -> str:
    """iCalendar's TEXT as it was; icalendar leaves the properties that it does not know as they stand."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def listed(value: Any) -> list[str]:
    return [] if value is None else [str(item) for item in value]


def titles(portion: Portion, stop: str) -> list[str]:
    return [plain(meeting.title) for meeting in portion.meetings if meeting.stop == stop]


def words(portion: Portion, stop: str) -> list[str]:
    quotes = [quote for quote in portion.quotes if quote.stop == stop]
    return [plain(" … ".join(passage.exact for passage in quote.passages)) for quote in quotes]


def evidence_of(portion: Portion, stop: str) -> list[str]:
    """The passages of the stop's meetings."""
    meetings = [meeting for meeting in portion.meetings if meeting.stop == stop]
    return [plain(quote.exact) for meeting in meetings for quote in meeting.evidence]


class TestGeoJson:
    def test_gdal_finds_the_stops_and_legs_of_the_view(self, portion: Portion, tmp_path: Path) -> None:
        self.check(portion, tmp_path)

    def test_hostile_text_stays_text(self, hostile: Dossier, tmp_path: Path) -> None:
        self.check(Portion(hostile, link=HOSTILE), tmp_path)

    @staticmethod
    def check(portion: Portion, folder: Path) -> None:
        features = read_gdal(written(portion, "geojson", folder))
        stops, legs = features[: len(portion.stops)], features[len(portion.stops) :]
        for stop, feature in zip(portion.stops, stops, strict=True):
            place = portion.dossier.places[stop.id]
            assert feature["geometry"] == [(round(place.lon, 5), round(place.lat, 5))]
            assert feature["feature"] == "stop"
            assert (feature["id"], feature["number"]) == (stop.id, portion.dossier.numbers[stop.id])
            assert (feature["name"], feature["country"]) == (plain(stop.name), plain(stop.country))
            assert (feature["status"], feature["date_basis"]) == (stop.status, stop.date_basis)
            assert str(feature["arrive"]).replace("NaT", "None") == str(stop.arrive)
            assert (feature["precision"], feature["located_by"]) == (place.precision, place.located_by)
            assert listed(feature["meetings"]) == titles(portion, stop.id)
            assert feature["meeting_count"] == len(titles(portion, stop.id))
            quotes = zip(listed(feature["quotes"]), words(portion, stop.id), strict=True)
            assert all(quote.startswith(f"“{text}”") for quote, text in quotes)
            assert all(any(text in item for item in feature["references"]) for text in evidence_of(portion, stop.id))
        ends = [(feature["feature"], feature["from"], feature["to"]) for feature in legs]
        assert ends == [("leg", leg.start, leg.end) for leg in portion.legs]
        for leg, feature in zip(portion.legs, legs, strict=True):
            assert feature["geometry"] == [tuple(spot) for line in leg.lines for spot in line]

    def test_it_keeps_to_the_standard(self, portion: Portion) -> None:
        document = json.loads(FORMATS["geojson"].write(portion))
        assert document["type"] == "FeatureCollection"
        assert "crs" not in document
        ids = [feature["id"] for feature in document["features"]]
        assert len(ids) == len(set(ids))
        for feature in document["features"]:
            assert feature.keys() == {"type", "id", "geometry", "properties"}
            line = feature["geometry"]["type"] in ("LineString", "MultiLineString")
            assert line == feature["id"].startswith("leg-")

    def test_it_says_what_it_holds(self, portion: Portion) -> None:
        about = json.loads(FORMATS["geojson"].write(portion))["view"]
        assert about["description"] == portion.description
        assert (about["link"], about["fingerprint"]) == (LINK, portion.dossier.fingerprint)

    def test_a_stop_without_place_has_no_geometry(self, unlocated: Dossier, tmp_path: Path) -> None:
        path = written(Portion(unlocated), "geojson", tmp_path)
        assert json.loads(path.read_bytes())["features"][1]["geometry"] is None
        assert [feature["geometry"] is None for feature in read_gdal(path)][:3] == [False, True, False]

    def test_a_leg_over_180_degrees_is_cut(self, voyage: Dossier) -> None:
        leg = Leg(
            1, "brindle", "calder", 9.0, (((170.0, 0.0), (180.0, 1.0)), ((-180.0, 1.0), (-170.0, 2.0))), False, False
        )
        dossier = Dossier(voyage.trip, voyage.located)
        dossier.__dict__["legs"] = (leg,)
        *_, feature = json.loads(FORMATS["geojson"].write(Portion(dossier)))["features"]
        assert feature["geometry"]["type"] == "MultiLineString"
        assert len(feature["geometry"]["coordinates"]) == 2


class TestKml:
    def test_gdal_finds_the_stops_and_legs_of_the_view(self, portion: Portion, tmp_path: Path) -> None:
        self.check(portion, tmp_path)

    def test_hostile_text_stays_text(self, hostile: Dossier, tmp_path: Path) -> None:
        self.check(Portion(hostile, link=HOSTILE), tmp_path)

    @staticmethod
    def check(portion: Portion, folder: Path) -> None:
        path = written(portion, "kml", folder)
        stops = read_gdal(path, "Stops")
        for stop, feature in zip(portion.stops, stops, strict=True):
            place = portion.dossier.places[stop.id]
            (spot,) = feature["geometry"]
            assert spot[:2] == (round(place.lon, 5), round(place.lat, 5))
            assert feature["record_id"] == stop.id
            assert feature["Name"].startswith(f"{portion.dossier.numbers[stop.id]} {plain(stop.name)}".split("\n")[0])
            assert feature["country"] == plain(stop.country)
            assert (feature["meetings"] or "") == "\n".join(titles(portion, stop.id))
            assert (feature["quotes"] or "").count("“") >= len(words(portion, stop.id))
            assert all(text in feature["quotes"] for text in words(portion, stop.id))
            assert all(text in feature["references"] for text in evidence_of(portion, stop.id))
            assert "<script" not in feature["description"]
        if portion.legs:
            legs = read_gdal(path, "Legs")
            assert [(leg["from"], leg["to"]) for leg in legs] == [(leg.start, leg.end) for leg in portion.legs]
            for leg, feature in zip(portion.legs, legs, strict=True):
                assert [spot[:2] for spot in feature["geometry"]] == [spot for line in leg.lines for spot in line]

    def test_it_says_what_it_holds_and_asks_for_nothing(self, portion: Portion) -> None:
        text = FORMATS["kml"].write(portion).decode()
        root = ElementTree.fromstring(text)
        data = {item.get("name"): item[0].text for item in root.findall("./{*}Document/{*}ExtendedData/{*}Data")}
        assert data == {"description": portion.description, "link": LINK, "fingerprint": portion.fingerprint}
        assert root.findall(".//{*}href") == []

    def test_the_days_are_a_time_span(self, dossier: Dossier) -> None:
        root = ElementTree.fromstring(FORMATS["kml"].write(Portion(dossier)))
        spans = [[item.text for item in span] for span in root.findall(".//{*}TimeSpan")]
        assert spans[0] == ["2023-11-03", "2023-11-03"]

    def test_a_stop_without_place_stands_nowhere(self, unlocated: Dossier, tmp_path: Path) -> None:
        stops = read_gdal(written(Portion(unlocated), "kml", tmp_path), "Stops")
        assert [len(stop["geometry"] or []) for stop in stops] == [1, 0, 1]


class TestCsv:
    def test_the_rows_are_those_of_the_view(self, portion: Portion) -> None:
        self.check(portion)

    def test_hostile_text_stays_text(self, hostile: Dossier) -> None:
        self.check(Portion(hostile, link=HOSTILE))

    def check(self, portion: Portion) -> None:
        first, *rows = self.read(portion)
        assert first["record"] == "view"
        assert first["id"] == portion.fingerprint
        assert first["note"].startswith(portion.description)
        assert self.text(first["references"]) == plain(portion.link)
        quotes = (*portion.whole.quotes, *portion.quotes)
        for name, records in (("stop", portion.stops), ("meeting", portion.meetings), ("quote", quotes)):
            assert [row["id"] for row in rows if row["record"] == name] == [record.id for record in records]
        whole = (*portion.whole.quotes, *portion.whole.excerpts, *portion.whole.disagreements)
        assert len(rows) == len(portion.stops) + len(portion.meetings) + len(portion.quotes) + len(whole)
        for row, stop in zip([row for row in rows if row["record"] == "stop"], portion.stops, strict=True):
            place = portion.dossier.places[stop.id]
            assert self.text(row["stop"]) == plain(stop.name)
            assert (float(row["latitude"]), float(row["longitude"])) == (round(place.lat, 5), round(place.lon, 5))
        for row, meeting in zip([row for row in rows if row["record"] == "meeting"], portion.meetings, strict=True):
            assert self.text(row["title"]) == plain(meeting.title)
            assert row["first_day"] == (meeting.date.isoformat() if meeting.date else "")
            assert all(plain(quote.exact) in row["references"] for quote in meeting.evidence)
        for row, quote in zip([row for row in rows if row["record"] == "quote"], quotes, strict=True):
            assert row["quote"] == "“" + plain(" … ".join(item.exact for item in quote.passages)) + "”"

    @staticmethod
    def read(portion: Portion) -> list[Mapping[str, str]]:
        data = FORMATS["csv"].write(portion)
        assert data.startswith(b"\xef\xbb\xbf")
        text = data.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows = list(reader)
        assert None not in {key for row in rows for key in row}
        assert re.sub(r'"(?:[^"]|"")*"', "", text).count("\r\n") == len(rows) + 1  # RFC 4180 ends its lines so
        return rows

    @staticmethod
    def text(cell: str) -> str:
        return cell.removeprefix("'")

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
    def test_no_cell_is_a_formula(self, start: str, voyage: Dossier) -> None:
        for row in self.read(Portion(with_text(voyage, f"{start}HYPERLINK(1)"), link=f"{start}1")):
            for column, cell in row.items():
                if column not in ("latitude", "longitude"):
                    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠")), column
            assert row["record"] == "view" or row["stop"].startswith("'")


DAY = dt.timedelta(days=1)


class TestCalendar:
    def test_the_events_are_the_meetings_of_the_view(self, portion: Portion) -> None:
        self.check(portion)

    def test_hostile_text_stays_text(self, hostile: Dossier) -> None:
        self.check(Portion(hostile, link=HOSTILE))

    def check(self, portion: Portion) -> None:
        events = self.events(portion)
        for event, meeting in zip(events, portion.meetings, strict=True):
            stop = portion.trip.stops[meeting.stop]
            assert str(event["uid"]).startswith(f"{meeting.id}.")
            assert str(event["summary"]).startswith(" ".join(plain(meeting.title).split()))
            assert str(event["location"]).startswith(" ".join(plain(stop.name).split()))
            assert all(plain(quote.exact) in str(event["description"]) for quote in meeting.evidence)
            assert type(event.start) is dt.date  # all-day: no source gives an hour
            assert event.start == (meeting.date or stop.first_day)
            assert event.end == (meeting.date or stop.last_day or dt.date.min) + dt.timedelta(days=1)
            assert ("inferred" in str(event["description"]) and event["status"] == "TENTATIVE") or meeting.date
            place = portion.dossier.places[stop.id]
            if place.precision != "country":
                assert (event["geo"].latitude, event["geo"].longitude) == (round(place.lat, 5), round(place.lon, 5))

    @staticmethod
    def events(portion: Portion) -> list[icalendar.Event]:
        calendar = icalendar.Calendar.from_ical(FORMATS["ics"].write(portion))
        assert isinstance(calendar, icalendar.Calendar)
        assert calendar.errors == []
        about = unescaped(str(calendar["x-wr-caldesc"]))
        assert plain(portion.description) in about
        assert f"Data fingerprint: {portion.fingerprint}" in about
        assert plain(portion.link) in about
        assert all(event.errors == [] for event in calendar.events)
        assert len({event["uid"] for event in calendar.events}) == len(calendar.events)
        return calendar.events

    def test_lines_are_short_and_end_as_they_must(self, hostile: Dossier) -> None:
        data = FORMATS["ics"].write(Portion(hostile))
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert data.count(b"\r\nBEGIN:VEVENT\r\n") == len(hostile.trip.file.meetings)

    def test_a_meeting_at_a_stop_without_days_is_counted(self, tmp_path: Path) -> None:
        changes = {"stops.1.arrive": ..., "stops.1.depart": ...}
        portion = Portion(open_dossier(make_trip(tmp_path, changes)))
        calendar = icalendar.Calendar.from_ical(FORMATS["ics"].write(portion))
        assert isinstance(calendar, icalendar.Calendar)
        assert [str(event["summary"]) for event in calendar.events] == ["Ada and Tom"]
        assert "1 meeting is left out" in str(calendar["x-wr-caldesc"])

    def test_the_last_day_there_is_has_an_end(self, tmp_path: Path) -> None:
        last = dt.date.max
        days = {"start": last - 2 * DAY, "end": last, "stops.0.arrive": last - 2 * DAY, "stops.0.depart": last - DAY}
        days |= {"stops.1.arrive": last - DAY, "stops.1.depart": last, "stops.2.arrive": last, "quotes.0.date": last}
        days |= {"meetings.0.date": last}
        calendar = icalendar.Calendar.from_ical(FORMATS["ics"].write(Portion(open_dossier(make_trip(tmp_path, days)))))
        assert isinstance(calendar, icalendar.Calendar)
        assert [event.duration for event in calendar.events] == [DAY, 2 * DAY]
        assert [event.start for event in calendar.events] == [last, last - DAY]

    def test_a_country_is_no_position(self, tmp_path: Path) -> None:
        portion = Portion(open_dossier(make_trip(tmp_path, {"meetings.1.stop": "dunmore"})))
        assert [event.get("geo") is None for event in self.events(portion)] == [False, True]


@pytest.mark.parametrize("name", ["geojson", "kml", "csv", "ics", "json"])
def test_a_name_of_100_kb_is_kept_whole(name: str, voyage: Dossier) -> None:
    long = "Łódź" * 25_000
    assert len(long) == 100_000
    data = FORMATS[name].write(Portion(with_text(voyage, long))).decode("utf-8-sig")
    assert long in data.replace("\r\n ", "")


def test_located_is_shared(voyage: Dossier) -> None:
    assert isinstance(with_text(voyage, "x").located, Located)
