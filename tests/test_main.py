"""The command line: what each command prints, and one readable line for each problem."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard import __main__ as main_module
from dashboard import bundle
from dashboard.__main__ import main
from dashboard.bundle import BundleError
from dashboard.dossier import FOLDER_VARIABLE, Dossier
from dashboard.exports import FORMATS, Portion
from dashboard.exports.json import document as trip_document
from dashboard.guard import EMBED_VARIABLE, PUBLIC_VARIABLE
from tests.conftest import line_of, make_trip
from tests.front_door.terminal import free_port

Output = pytest.CaptureFixture[str]
FIVE = {
    "stops.1.nmae": "x",
    "meetings.0.stop": "atlantis",
    "people.1.spellings.1": "Thomas",
    "excerpts.2.passage": {"source": "list", "exact": "Caldera"},
    "releases.0.title": "Speech",
}


def test_check_counts(tmp_path: Path, capsys: Output) -> None:
    assert main(["check", str(make_trip(tmp_path))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {"stops: 3", "meetings: 2", "quotes: 1", "quoted passages: 1", "excerpts: 3", "sources: 2"} <= set(lines)


def test_check_of_the_bundled_trip(capsys: Output) -> None:
    assert main(["check"]) == 0
    assert {"stops: 11", "releases: 42", "quoted passages: 23", "sources: 5"} <= set(
        capsys.readouterr().out.splitlines()
    )


def test_check_fails_where_a_stop_has_no_place(tmp_path: Path, capsys: Output) -> None:
    folder = make_trip(tmp_path, {"stops.1.pin": ..., "stops.1.precision": "venue"})
    assert main(["check", str(folder)]) == 2
    assert "not located: calder: expected coordinates of “Calder” as a venue" in capsys.readouterr().out


WRONG = {
    "quotes.0.speaker": "tom",
    "people.1.roles.1": {"role": "King of Mars", "evidence": [{"source": "log", "exact": "the harbour board"}]},
    "stops.1.depart": date(2031, 5, 12),
    "stops.0.country": "Costa Rica",
    "stops.0.country_code": "PE",
}


def test_check_warns_of_what_no_passage_bears_out(tmp_path: Path, capsys: Output) -> None:
    folder = make_trip(tmp_path, WRONG)
    assert main(["check", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert "stops: 3" in out.splitlines()
    *warnings, last = err.splitlines()
    words = ['"PE"', "2031-05-12", "King of Mars", 'speaker = "tom"']
    assert [text.split(": ")[:2] for text in warnings[:4]] == [
        ["warning", f"trip.toml:{line_of(folder, word)}"] for word in words
    ]
    assert all("expected" in text and "found" in text and ";" in text for text in warnings)
    assert last == f"{len(warnings)} warnings in {folder}"
    assert main(["check", "--strict", str(folder)]) == 2
    assert capsys.readouterr() == (out, err)


def test_one_warning_is_one(tmp_path: Path, capsys: Output) -> None:
    assert main(["check", str(make_trip(tmp_path, {"quotes.0.role": "Queen"}))]) == 0
    assert capsys.readouterr().err.endswith(f"1 warning in {tmp_path}\n")


def test_nothing_is_said_where_there_is_no_warning(tmp_path: Path, capsys: Output) -> None:
    assert main(["check", "--strict", str(make_trip(tmp_path))]) == 0
    assert capsys.readouterr().err == ""


def test_the_bundled_trip_passes_strictly(capsys: Output) -> None:
    assert main(["check", "--strict"]) == 0
    assert capsys.readouterr().err == ""


def test_places_names_each_stop(tmp_path: Path, capsys: Output) -> None:
    folder = make_trip(tmp_path, {"stops.1.pin": ..., "stops.1.precision": "venue"})
    assert main(["places", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "brindle: 53.5000, -3.0000 (city) Brindle; pin"
    assert lines[1].startswith("dunmore: 47.0000")
    assert lines[2].startswith("calder: not located: ")


def test_a_terminal_without_unicode_shows_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert main(["places", str(make_trip(tmp_path, {"stops.0.query": "Bríndle"}))]) == 0
    sys.stdout.flush()
    assert b"Br\\xedndle; pin" in written.getvalue()


def test_export_writes_the_trip(tmp_path: Path, capsys: Output, voyage: Dossier) -> None:
    folder = make_trip(tmp_path)
    assert main(["export", "json", str(folder)]) == 0
    text = capsys.readouterr().out
    document = json.loads(text)
    assert "link" not in document.pop("view")
    assert document.items() <= trip_document(Portion(voyage)).items()
    assert main(["export", "json", str(folder), "-o", str(tmp_path / "out.json")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "out.json").read_bytes().decode("utf-8") == text


def test_export_of_a_part(tmp_path: Path, capsys: Output) -> None:
    folder = str(make_trip(tmp_path))
    assert main(["export", "json", folder, "--country", "ie,fr", "--to", "2031-05-06"]) == 0
    assert [stop["id"] for stop in json.loads(capsys.readouterr().out)["stops"]] == ["calder"]
    wrong = ["--country", "XX", "--from", "soon", "--to", "2032-01-01"]
    assert main(["export", "json", folder, *wrong]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": expected")[0] for line in lines] == [
        f"trip-dashboard export: {option}" for option in ("--country 'XX'", "--from 'soon'", "--to '2032-01-01'")
    ]


def apart(tmp_path: Path) -> Path:
    """The invented trip in a folder of its own, beside which there is room."""
    folder = tmp_path / "trip"
    folder.mkdir()
    return make_trip(folder)


@pytest.mark.parametrize("name", ["trip.toml", "log.txt", "linked"])
def test_export_never_overwrites_a_file_of_the_trip_folder(tmp_path: Path, capsys: Output, name: str) -> None:
    folder = apart(tmp_path)
    output = folder / name
    if name == "linked":  # the same file by another name, elsewhere
        output = tmp_path / name
        output.hardlink_to(folder / "log.txt")
    before = output.read_bytes()
    assert main(["export", "json", str(folder), "-o", str(output)]) == 2
    assert output.read_bytes() == before
    assert "is a file of the trip folder and stays as it is; name another one with -o" in capsys.readouterr().err


def test_export_into_the_trip_folder_and_over_another_file(tmp_path: Path) -> None:
    folder = apart(tmp_path)
    assert main(["export", "json", str(folder), "-o", str(folder / "new.json")]) == 0
    (tmp_path / "old.json").write_text("old")
    assert main(["export", "json", str(folder), "-o", str(tmp_path / "old.json")]) == 0
    assert (tmp_path / "old.json").read_bytes() == (folder / "new.json").read_bytes()


def test_export_of_too_many_stops_says_what_to_do(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(main_module.FORMATS, "pptx", replace(FORMATS["pptx"], most_stops=1))
    output = tmp_path / "slides.pptx"
    assert main(["export", "pptx", str(apart(tmp_path)), "-o", str(output)]) == 2
    assert not output.exists()
    assert "written for at most 1 stops, this view has 3; choose countries or days" in capsys.readouterr().err


def test_schema_is_json(capsys: Output) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert {"stops", "sources", "quotes"} <= schema["properties"].keys()
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("command", [["check"], ["places"], ["run"], ["export", "json"]], ids=" ".join)
def test_each_problem_is_one_line_with_its_place(tmp_path: Path, capsys: Output, command: list[str]) -> None:
    folder = make_trip(tmp_path, FIVE)
    assert main([*command, str(folder)]) == 2
    out, err = capsys.readouterr()
    *problems, last = err.splitlines()
    assert out == ""
    assert last == f"5 problems in {folder}"
    words = ["nmae", "Thomas", "atlantis", "Speech", "Caldera"]
    assert [line.split(": ")[0] for line in problems] == [f"trip.toml:{line_of(folder, word)}" for word in words]
    assert all("expected" in line and ";" in line for line in problems)


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: Output) -> None:
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    err = capsys.readouterr().err
    assert "expected a trip folder, found none here" in err
    assert err.endswith(f"1 problem in {tmp_path / 'nowhere'}\n")


def test_a_file_that_cannot_be_written(tmp_path: Path, capsys: Output) -> None:
    target = tmp_path / "nowhere" / "out.json"
    assert main(["export", "json", str(make_trip(tmp_path)), "-o", str(target)]) == 2
    err = capsys.readouterr().err
    assert err.startswith("trip-dashboard: ")
    assert str(target) in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["sail"],
        ["--sail"],
        ["--port", "8765", "--country", "JO"],
        ["export"],
        ["export", "doc"],
        ["run", "--port", "0"],
        ["run", "--port", "65536"],
        ["run", "--port", "²"],
        ["run", "--public-url", "trips.example"],
        ["run", "--public-url", "https://trips.example/here"],
        ["run", "--embed-from", "*"],
    ],
    ids=" ".join,
)
def test_a_command_line_that_is_not_understood(capsys: Output, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: trip-dashboard" in capsys.readouterr().err


def test_a_program_without_its_parts(capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bundle, "_PACKAGE", tmp_path / "dashboard")
    assert main(["check"]) == 2
    assert capsys.readouterr().err.startswith("trip-dashboard: seeds is missing.")
    with pytest.raises(BundleError):
        bundle.trip_folder()


def test_what_nobody_foresaw_is_one_line(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise ZeroDivisionError("one\ntwo")

    monkeypatch.setattr("dashboard.__main__.json_schema", fail)
    assert main(["schema"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(
        r"trip-dashboard: something went wrong that was not foreseen, at __main__\.py:\d+: "
        r"ZeroDivisionError: one two\. "
        r"Please report it, with what you did; TRIP_DASHBOARD_TRACEBACK=1 shows all of it\.\n",
        err,
    )
    monkeypatch.setenv("TRIP_DASHBOARD_TRACEBACK", "1")
    assert main(["schema"]) == 1
    assert capsys.readouterr().err.startswith("Traceback")


def test_what_is_broken_off_says_nothing(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("dashboard.__main__.json_schema", interrupted)
    assert main(["schema"]) == 130
    assert capsys.readouterr() == ("", "")


def test_run_starts_the_application_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []

    def run(config: dict[str, object]) -> None:
        started.extend([config, os.environ[FOLDER_VARIABLE], Path.cwd()])

    monkeypatch.setitem(sys.modules, "dashboard.app", SimpleNamespace(app=SimpleNamespace(run=run)))
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    make_trip(tmp_path)
    monkeypatch.chdir(tmp_path)
    port = free_port()
    assert main(["run", ".", "--port", str(port)]) == 0
    assert started == [
        {"server.port": port, "logger.hideWelcomeMessage": True},
        str(tmp_path.resolve()),
        bundle.home(),
    ]


@pytest.mark.parametrize(
    ("arguments", "port", "opens"),
    [([], 8501, False), (["--port", "8765"], 8765, False), (["--open"], 8501, True), (["run", "--open"], 8501, True)],
)
def test_without_a_command_it_runs(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], port: int, opens: bool
) -> None:
    started: list[object] = []
    monkeypatch.setattr("dashboard.__main__.start", lambda *where, open_browser: started.extend([*where, open_browser]))
    assert main(arguments) == 0
    assert started == [bundle.trip_folder(), port, opens]


def test_help_names_the_commands(capsys: Output) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    assert "export" in capsys.readouterr().out


def test_ctrl_c_breaks_a_command_off_without_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    def broken_off(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dashboard.__main__.open_dossier", broken_off)
    assert main(["check"]) == 130
    assert capsys.readouterr() == ("", "")


def test_run_names_the_addresses_to_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []

    def start(folder: Path, port: int, *, open_browser: bool) -> None:
        told.append((os.environ[PUBLIC_VARIABLE], os.environ[EMBED_VARIABLE]))

    monkeypatch.setattr("dashboard.__main__.start", start)
    for variable in (PUBLIC_VARIABLE, EMBED_VARIABLE):
        monkeypatch.setenv(variable, "")
    embed = ["--embed-from", "https://a.example", "--embed-from", "http://b.example:81/"]
    assert main(["run", "--public-url", "HTTPS://trips.example", *embed]) == 0
    assert main(["run"]) == 0  # what the environment names holds
    assert told == [("https://trips.example", "https://a.example http://b.example:81")] * 2


def test_it_works_from_another_folder_and_on_a_terminal_without_unicode(tmp_path: Path, voyage: Dossier) -> None:
    make_trip(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "export", "json", "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["quotes"] == trip_document(Portion(voyage))["quotes"]
