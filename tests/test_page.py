"""The page as Streamlit runs it, without a browser: links, notices, and a trip that cannot be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.dossier import FOLDER_VARIABLE, shelf
from dashboard.ui.explore import _bounded
from tests.conftest import SEEDS, make_trip

PAGE = Path(__file__).parents[1] / "dashboard" / "ui" / "main.py"

Open = Callable[..., AppTest]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the page for a trip folder with the parameters of a link."""

    def open_(folder: Path = SEEDS, **query: str) -> AppTest:
        monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
        shelf.cache_clear()
        test = AppTest.from_file(str(PAGE), default_timeout=60)
        for key, value in query.items():
            test.query_params[key.rstrip("_")] = value
        return test.run()

    yield open_
    shelf.cache_clear()


def notices(test: AppTest) -> str:
    assert not test.exception
    return " ".join(item.value for item in [*test.info, *test.warning])


def address(test: AppTest) -> dict[str, str]:
    return {key: ",".join(values) if isinstance(values, list) else values for key, values in test.query_params.items()}


def test_a_first_visit_filters_nothing(page: Open) -> None:
    test = page()
    assert notices(test) == ""
    assert address(test) == {}


def test_a_link_is_kept_and_its_unknown_parts_are_told(page: Open) -> None:
    test = page(stop="amman", country="JO,XX", view="nonsense")
    assert address(test) == {"stop": "amman", "country": "JO"}
    assert "country “XX”" in notices(test)
    assert "view “nonsense”" in notices(test)


def test_a_link_that_hides_its_own_stop_lets_it_go_with_a_notice(page: Open) -> None:
    test = page(stop="amman", country="JP", person="fumio-kishida")
    assert address(test) == {"country": "JP", "person": "fumio-kishida"}
    assert "Amman is outside these filters" in notices(test)


def test_filters_that_leave_nothing_say_why(page: Open) -> None:
    assert "No stop in the chosen countries falls on these days" in notices(page(country="IL", from_="2023-11-08"))


def test_an_edited_address_is_followed(page: Open) -> None:
    test = page(stop="amman")
    test.query_params["stop"] = "tokyo"
    test.run()
    assert test.session_state["selection"].stop == "tokyo"


def test_a_broken_trip_shows_every_problem_and_no_traceback(page: Open, tmp_path: Path) -> None:
    changes = {"stops.0.status": "lost", "people.1.spelling": "Tom", "sources.0.sha256": "0" * 64}
    test = page(make_trip(tmp_path, changes))
    assert not test.exception
    shown = [item.value for item in test.code]
    assert len(shown) >= 2
    assert all(line.startswith("trip.toml:") for line in shown)
    assert any("status" in line for line in shown)
    assert any("spelling" in line for line in shown)


def test_a_stop_that_cannot_be_located_is_named_and_the_rest_is_shown(page: Open, tmp_path: Path) -> None:
    test = page(make_trip(tmp_path, {"stops.1.pin": ..., "stops.1.query": "Nowhere at all"}))
    assert not test.exception
    html = " ".join(item.proto.body for item in test.get("html"))
    assert "Calder has no place on the map." in html
    assert "A voyage to three ports" in html


@pytest.mark.parametrize(
    "change",
    [
        {"country": "XX," * 130_000},
        {"stop": "amman", "q": "x" * 400_000},
        {f"k{n}": "x" for n in range(50_000)},
        {"stop": {"a": ["b"] * 100_000}},
        {"x" * 400_000: "y"},
    ],
    ids=["value", "words", "keys", "tree", "key"],
)
def test_an_act_larger_than_any_changes_nothing(change: dict[str, object]) -> None:
    assert _bounded(change) == {}
    every = {"country": ",".join(["IL"] * 250), "stop": "amman", "from": None, "slide": 3}
    assert _bounded(every) == {**every, "from": "", "slide": "3"}


def test_a_link_cannot_push_the_map_down(page: Open) -> None:
    countries = ",".join(f"{a}{b}" for a in "QXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    test = page(country=countries, stop="x", view="x", person="x", from_="x", slide="x")
    assert len(test.info) == 3
    assert len(notices(test)) < 400
    test = page(country=f"IL,{countries}", stop="x", view="x", person="x", from_="2023-11-08")
    assert (len(test.info), len(test.warning)) == (2, 1)
