"""What the exports write: the view, the formats' interface, and the command line."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.dossier import Dossier
from dashboard.exports import FORMATS, Portion, chosen_part
from dashboard.selection import Selection
from tests.conftest import make_trip

NAMES = ["pptx", "geojson", "kml", "csv", "ics", "json"]


def ids(items: tuple[object, ...]) -> list[str]:
    return [item.id for item in items]  # type: ignore[attr-defined]


def test_the_whole_trip_in_order(dossier: Dossier) -> None:
    portion, file = Portion(dossier), dossier.trip.file
    assert portion.is_whole
    assert ids(portion.stops) == ids(file.stops)
    for name in ("meetings", "quotes", "excerpts"):
        assert sorted(ids(getattr(portion, name))) == sorted(item.id for item in getattr(file, name) if item.stop)
        places = [list(dossier.trip.stops).index(item.stop) for item in getattr(portion, name)]
        assert places == sorted(places)
    assert portion.legs == dossier.legs
    assert portion.disagreements == file.disagreements


def test_filters_decide_and_the_selected_stop_does_not(dossier: Dossier) -> None:
    whole = Portion(dossier, Selection(stop="amman"))
    assert whole.stops == Portion(dossier).stops
    part = Portion(dossier, Selection(stop="amman", countries=("JO", "IQ")))
    assert ids(part.stops) == ["amman", "baghdad"]
    assert {item.stop for item in (*part.meetings, *part.quotes, *part.excerpts)} == {"amman", "baghdad"}
    assert part.description == "2 of 11 stops, Jordan and Iraq"
    assert part.legs == ()  # what lies between them is filtered out


def test_a_leg_needs_both_its_ends(dossier: Dossier) -> None:
    part = Portion(dossier, Selection(first=dt.date(2023, 11, 7), last=dt.date(2023, 11, 9)))
    assert [(leg.start, leg.end) for leg in part.legs] == [("tokyo", "seoul"), ("seoul", "new-delhi")]


def test_disagreements_are_those_of_the_stops(voyage: Dossier) -> None:
    assert ids(Portion(voyage, Selection(countries=("GB",))).disagreements) == ["company"]
    assert Portion(voyage, Selection(countries=("FR",))).disagreements == ()


def test_formats_are_named_and_lead_to_files(voyage: Dossier) -> None:
    assert [name for name in FORMATS if name in NAMES] == NAMES
    portion = Portion(voyage, Selection(countries=("GB",), first=dt.date(2031, 5, 4)))
    for name, item in FORMATS.items():
        assert (item.name, item.suffix) == (name, f".{name}")
        assert item.label
        assert "/" in item.media_type
        assert item.file_name(Portion(voyage)) == f"voyage.{name}"
        assert item.file_name(portion) == f"voyage-gb-2031-05-04.{name}"


@pytest.mark.parametrize("name", NAMES)
def test_every_format_can_write_a_view_without_stops(name: str, voyage: Dossier) -> None:
    portion = Portion(voyage, Selection(countries=("XX",)))
    assert portion.stops == ()
    assert FORMATS[name].write(portion)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "pptx"])
def test_the_same_view_gives_the_same_bytes(name: str, voyage: Dossier) -> None:
    assert FORMATS[name].write(Portion(voyage)) == FORMATS[name].write(Portion(voyage))


def test_json_of_a_part_holds_that_part(dossier: Dossier) -> None:
    portion = Portion(dossier, Selection(countries=("IQ",)), "https://example.org/?country=IQ")
    part = json.loads(FORMATS["json"].write(portion))
    whole = json.loads(FORMATS["json"].write(Portion(dossier)))
    assert part.keys() == whole.keys()
    for name in ("stops", "meetings", "quotes", "excerpts", "releases"):
        own = [item for item in whole[name] if "baghdad" in (item.get("stop"), item["id"])]
        assert part[name] == own
        assert own
    assert {quote["speaker_id"] for quote in part["quotes"]} <= {person["id"] for person in part["people"]}
    assert len(part["people"]) < len(whole["people"])
    assert part["sources"] == whole["sources"]
    assert part["view"] == {
        "description": "1 of 11 stops, Iraq",
        "link": "https://example.org/?country=IQ",
        "fingerprint": dossier.fingerprint,
    }


@pytest.mark.parametrize("name", FORMATS)
def test_without_an_address_no_file_has_a_line_for_it(voyage: Dossier, name: str) -> None:
    told = {link: FORMATS[name].write(Portion(voyage, link=link)) for link in ("", "https://trips.example/")}
    if name == "pptx":
        return  # test_exports_pptx looks into its XML
    assert b"trips.example" in told["https://trips.example/"]
    for words in (b"trips.example", b'"link"', b"Link:", b">link<", b"exported from <a"):
        assert words not in told[""].replace(b'rel="noreferrer"', b"")


class TestChosenPart:
    """What the options of the command line choose."""

    def test_nothing(self, dossier: Dossier) -> None:
        assert chosen_part(dossier.trip, [], "", "") == (Selection(), [])

    def test_countries_and_days(self, dossier: Dossier) -> None:
        selection, problems = chosen_part(dossier.trip, ["jo, IQ", "JO"], "2023-11-04", "2023-11-06")
        assert problems == []
        assert selection == Selection(None, dt.date(2023, 11, 4), dt.date(2023, 11, 6), ("JO", "IQ"))

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ((["ZZ"], "", ""), "--country 'ZZ': expected a country of this trip"),
            (([""], "", ""), "--country ''"),
            (([], "soon", ""), "--from 'soon': expected a day such as 2023-11-02"),
            (([], "", "2024-01-01"), "--to '2024-01-01': expected a day of this trip, which has 2 to 10 November 2023"),
            (([], "2023-11-06", "2023-11-04"), "--to 2023-11-04 lies before --from 2023-11-06"),
            ((["JO"], "2023-11-09", ""), "No stop in the chosen countries"),
        ],
    )
    def test_what_the_trip_does_not_have(
        self, options: tuple[list[str], str, str], words: str, dossier: Dossier
    ) -> None:
        _, problems = chosen_part(dossier.trip, *options)
        (problem,) = problems
        assert words in problem

    def test_every_problem_is_told_and_kept_short(self, dossier: Dossier) -> None:
        _, problems = chosen_part(dossier.trip, ["ZZ", "Y" * 9999], "x", "y")
        assert len(problems) == 4
        assert all(len(problem) < 400 for problem in problems)


class TestCommand:
    """``trip-dashboard export``."""

    @pytest.mark.parametrize("name", NAMES)
    def test_writes_the_file(self, name: str, tmp_path: Path) -> None:
        trip, out = make_trip(tmp_path), tmp_path / "out"
        assert main(["export", name, str(trip), "-o", str(out), "--country", "GB"]) == 0
        assert out.stat().st_size > 100

    def test_filters_and_link(self, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
        trip = make_trip(tmp_path)
        command = ["export", "json", str(trip), "--country", "gb", "--country", "IE,FR", "--from", "2031-05-05"]
        assert main([*command, "--link", "https://example.org/trip"]) == 0
        written = json.loads(capsysbinary.readouterr().out)
        assert [stop["id"] for stop in written["stops"]] == ["calder", "dunmore"]
        assert written["view"]["link"] == "https://example.org/trip?from=2031-05-05&country=GB%2CIE%2CFR"

    def test_bad_filters_are_bad_input(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        trip, out = make_trip(tmp_path), tmp_path / "out"
        command = ["export", "csv", str(trip), "-o", str(out), "--country", "ZZ,GB", "--to", "never"]
        assert main(command) == 2
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 2
        assert "'ZZ'" in lines[0]
        assert "'never'" in lines[1]
        assert not out.exists()

    def test_a_terminal_is_not_filled_with_slides(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        assert main(["export", "pptx", str(make_trip(tmp_path))]) == 2
        assert "-o" in capsys.readouterr().err

    def test_slides_can_go_through_a_pipe(self, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
        assert main(["export", "pptx", str(make_trip(tmp_path))]) == 0
        assert io.BytesIO(capsysbinary.readouterr().out).read(2) == b"PK"

    def test_a_place_that_cannot_be_written(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        trip = make_trip(tmp_path)
        assert main(["export", "json", str(trip), "-o", str(tmp_path / "no" / "out")]) == 2
        assert "out" in capsys.readouterr().err
