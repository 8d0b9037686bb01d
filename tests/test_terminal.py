"""Nothing that is printed orders a terminal about; documents in files and pipes stay byte for byte."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.dossier import FOLDER_VARIABLE
from dashboard.places import Cache, Place
from dashboard.places.cache import cache_folder
from dashboard.terminal import say, shown, visible
from tests.conftest import make_trip

Output = pytest.CaptureFixture[str]
CLIPBOARD = "\x1b]52;c;aGVsbG8=\x07"
HOSTILE = f"Port{CLIPBOARD}\r\x9b31m\u202egnirts\u2066\x7f\nforged: 1.0000, 2.0000"
SHOWN = r"Port\x1b]52;c;aGVsbG8=\x07"
ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CLIPBOARD, r"\x1b]52;c;aGVsbG8=\x07"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b2J\x90q\x9c", r"\x9b2J\x90q\x9c"),
        ("a\rb\x08\x0b\x0c\x00\x7f", r"a\x0db\x08\x0b\x0c\x00\x7f"),
        ("\u202eevil\u202c \u2066x\u2069 \u2028", r"\u202eevil\u202c \u2066x\u2069 \u2028"),
        ("a\tb\nc\r\nd", "a\tb\nc\r\nd"),
        ("Türkiye دمشق 東京 \u200f“x”", "Türkiye دمشق 東京 \u200f“x”"),
    ],
)
def test_orders_to_a_terminal_are_spelled_out(text: str, words: str) -> None:
    assert visible(text) == words


@given(st.text(st.characters(codec="utf-8", categories=["Cc", "Cf", "Zl", "Zp", "L", "P", "Zs"])))
def test_no_control_sign_is_left_and_nothing_else_is_changed(text: str) -> None:
    seen = visible(text).replace("\r\n", "\n")
    assert not ORDERS.search(seen)
    assert {c for c in seen if unicodedata.category(c) == "Cc"} <= {"\t", "\n"}
    if not ORDERS.search(text):
        assert seen == text


def assert_is_harmless(output: str) -> None:
    assert not ORDERS.search(output)
    assert SHOWN in output


def test_places_prints_no_orders_and_one_line_for_a_stop(tmp_path: Path, capsys: Output) -> None:
    folder = make_trip(tmp_path, {"stops.0.query": HOSTILE, "stops.1.pin": ..., "stops.1.query": HOSTILE})
    assert main(["places", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert_is_harmless(out)
    assert err == ""
    assert [line.split(":")[0] for line in out.splitlines()] == ["brindle", "dunmore", "calder"]


def test_the_answers_and_notices_of_a_service_print_no_orders(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIP_DASHBOARD_CACHE", str(tmp_path / "cache"))
    cache = Cache(cache_folder())
    asked = SimpleNamespace(query="Calder", country_code="IE", precision="city")
    label = Place(53.0, -6.0, "city", "nominatim", HOSTILE, alternatives=(HOSTILE,))
    cache.put("nominatim", asked, label, online=True)  # type: ignore[arg-type]
    cache.save()
    assert main(["places", str(make_trip(tmp_path, {"stops.1.pin": ...}))]) == 0
    out, err = capsys.readouterr()
    assert_is_harmless(out)
    assert_is_harmless(err)
    assert len(out.splitlines()) == 4
    assert len(err.splitlines()) == 1


def test_problems_and_warnings_print_no_orders(tmp_path: Path, capsys: Output) -> None:
    query = {"stops.1.pin": ..., "stops.1.query": HOSTILE}
    assert main(["check", str(make_trip(tmp_path, query))]) == 2
    assert_is_harmless(capsys.readouterr().out)
    assert main(["check", str(make_trip(tmp_path, {"stops.0.status": HOSTILE}))]) == 2
    assert not ORDERS.search(capsys.readouterr().err)
    assert main(["check", str(tmp_path / f"Port{CLIPBOARD}")]) == 2
    assert_is_harmless(capsys.readouterr().err)


@pytest.mark.parametrize("arguments", [["check", ".", CLIPBOARD], [CLIPBOARD], ["run", "--port", CLIPBOARD]])
def test_an_argument_that_is_not_understood_orders_nothing(capsys: Output, arguments: list[str]) -> None:
    before = sys.stdout, sys.stderr
    with pytest.raises(SystemExit):
        main(arguments)
    err = capsys.readouterr().err
    assert not ORDERS.search(err)
    assert r"\x1b]52;c;aGVsbG8=\x07" in err
    assert (sys.stdout, sys.stderr) == before


def test_the_lines_of_the_server_order_nothing(tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(config: dict[str, object]) -> None:
        click.secho(HOSTILE, fg="blue")
        log = logging.Logger("server")
        log.addHandler(logging.StreamHandler())
        log.error(HOSTILE)

    monkeypatch.setitem(sys.modules, "dashboard.app", SimpleNamespace(app=SimpleNamespace(run=run)))
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    monkeypatch.chdir(tmp_path)
    assert main(["run", str(make_trip(tmp_path))]) == 0
    out, err = capsys.readouterr()
    assert not ORDERS.search(out)
    assert "Port" in out
    assert_is_harmless(err)


class Terminal(io.TextIOWrapper):
    """A terminal that keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="", write_through=True)

    def isatty(self) -> bool:
        return True

    @property
    def sent(self) -> bytes:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue()


def test_a_document_is_written_byte_for_byte_unless_to_a_terminal(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(make_trip(tmp_path, {"stops.0.name": f"Brindle\u202e{CLIPBOARD}\x9b"}))
    target = tmp_path / "out.csv"
    assert main(["export", "csv", folder, "-o", str(target)]) == 0
    assert "Brindle\u202e".encode() in target.read_bytes()
    assert main(["export", "csv", folder]) == 0
    assert capsysbinary.readouterr().out == target.read_bytes()

    monkeypatch.setattr(sys, "stdout", Terminal())
    assert main(["export", "csv", folder]) == 0
    text = sys.stdout.sent.decode()  # type: ignore[attr-defined]
    assert not ORDERS.search(text.replace("\r\n", "\n"))
    assert r"Brindle\u202e" in text
    assert main(["export", "json", folder]) == 0
    assert main(["export", "pptx", folder]) == 2  # a terminal is still known as one


def test_json_to_a_pipe_is_json(tmp_path: Path, capsys: Output) -> None:
    folder = make_trip(tmp_path, {"stops.0.name": HOSTILE})
    assert main(["export", "json", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out)["stops"][0]["name"] == HOSTILE


REFUSED = """
import sys
from streamlit import config
config.get_config_options()
config.set_option("server.address", sys.argv[1])
import dashboard.app
"""


def test_an_application_that_refuses_to_start_orders_nothing() -> None:
    command = [sys.executable, "-c", REFUSED, f"x{CLIPBOARD}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert done.stderr.startswith(
        f"trip-dashboard: expected server.address to be 127.0.0.1, found x{visible(CLIPBOARD)}"
    )
    assert not ORDERS.search(done.stderr)


def test_a_line_is_one_line(capsys: Output) -> None:
    say("a\nb\r\nc\u2028d")
    say("e\nf", file=sys.stderr)
    assert capsys.readouterr() == ("a b c d\n", "e f\n")


def test_streams_that_are_not_there_or_closed_are_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", closed)
    with shown():
        assert sys.stdout is None
        print(CLIPBOARD, file=sys.stderr)
        stream = sys.stderr
        assert not stream.isatty()
        closed_text = closed.getvalue()
        closed.close()
        stream.flush()
    assert closed_text == visible(CLIPBOARD) + "\n"
