"""What the tests share: a small invented trip that they change and break, and the bundled one."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from dashboard.dossier import Dossier, open_dossier

settings.register_profile("project", deadline=None)  # a busy machine is no failure
settings.load_profile("project")

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

LOG = """\
Skip to main content

A voyage to three ports

Ada Marsh reached Brindle on 3 May 2031. She met Tom Okoro of the harbour board there. “The sea was kind,” she said.

Ada Marsh greets Tom Okoro on the quay of Brindle.

From Brindle she sailed to Calder. The skipper is Ada Marsh. She is to reach Dunmore on 9 May.

Leave a Reply
Brindle is lovely, says a reader.
Required fields are marked *
"""

LIST = """\
- 3 May 2031 Remarks at Brindle
- 6 May 2031 Meeting with the Mayor of Calder

Ada Marsh was in Calder on 6 May 2031. Tom Okoro was not with her.
"""

TEXTS = {"log.txt": LOG, "list.txt": LIST}

TRIP = """
format = 1
id = "voyage"
title = "A voyage to three ports"
traveller = "ada"
start = 2031-05-03
end = 2031-05-09
date_evidence = [
  { source = "log", exact = "Ada Marsh reached Brindle on 3 May 2031." },
  { source = "log", exact = "She is to reach Dunmore on 9 May." },
]

[[sources]]
id = "log"
label = "The log"
file = "log.txt"
title = "A voyage to three ports"
title_evidence = [{ source = "log", exact = "A voyage to three ports" }]
kind = "news"
about = "The log tells of all three."
furniture = [
  { kind = "navigation", exact = "Skip to main content" },
  { kind = "heading", exact = "A voyage to three ports" },
  { kind = "caption", exact = "Ada Marsh greets Tom Okoro on the quay of Brindle." },
  { kind = "comment-form", from = "Leave a Reply", to = "Required fields are marked *" },
]

[[sources]]
id = "list"
label = "The list"
file = "list.txt"
title = "List of documents"
kind = "official"
date = 2031-05-06
date_basis = "inferred"
date_reason = "Its latest line."
about = "Two dated lines."

[[stops]]
id = "brindle"
name = "Brindle"
country = "Britain"
country_code = "GB"
query = "Brindle"
precision = "city"
pin = { lat = 53.5, lon = -3.0, reason = "The invented harbour." }
arrive = 2031-05-03
depart = 2031-05-03
date_basis = "stated"
date_evidence = [{ source = "log", exact = "Ada Marsh reached Brindle on 3 May 2031." }]
order_basis = "stated"
order_evidence = [{ source = "log", exact = "From Brindle she sailed to Calder." }]
status = "visited"
status_reason = "The log has her there."
status_evidence = [{ source = "log", exact = "Ada Marsh reached Brindle on 3 May 2031." }]

[[stops]]
id = "calder"
name = "Calder"
country = "Ireland"
country_code = "IE"
query = "Calder"
precision = "city"
pin = { lat = 53.0, lon = -6.0, reason = "The invented bay." }
arrive = 2031-05-04
depart = 2031-05-06
date_basis = "inferred"
date_reason = "After Brindle, and there on 6 May."
date_evidence = [{ source = "list", exact = "Ada Marsh was in Calder on 6 May 2031." }]
order_basis = "inferred"
order_reason = "The sentence lists the ports."
order_evidence = [{ source = "log", exact = "From Brindle she sailed to Calder." }]
status = "reported"
status_reason = "Both sources name it."
status_evidence = [{ source = "list", exact = "Ada Marsh was in Calder on 6 May 2031." }]

[[stops]]
id = "dunmore"
name = "Dunmore"
country = "France"
country_code = "FR"
query = "Dunmore"
precision = "country"
pin = { lat = 47.0, lon = -2.0, reason = "The invented cape." }
arrive = 2031-05-09
date_basis = "stated"
date_evidence = [{ source = "log", exact = "She is to reach Dunmore on 9 May." }]
order_basis = "stated"
order_evidence = [{ source = "log", exact = "She is to reach Dunmore on 9 May." }]
status = "announced"
status_reason = "The log expects her there."
status_evidence = [{ source = "log", exact = "She is to reach Dunmore on 9 May." }]
announced_evidence = [{ source = "log", exact = "She is to reach Dunmore on 9 May." }]
unannounced_evidence = [{ source = "log", exact = "She is to reach Dunmore" }]

[[people]]
id = "ada"
name = "Ada Marsh"
spellings = ["Ada Marsh"]

[[people]]
id = "tom"
name = "Tom Okoro"
spellings = ["Tom Okoro"]
roles = [{ role = "harbour board", evidence = [{ source = "log", exact = "Tom Okoro of the harbour board" }] }]

[[meetings]]
id = "harbour"
stop = "brindle"
date = 2031-05-03
date_basis = "inferred"
date_reason = "She reached it that day."
title = "Ada and Tom"
kind = "bilateral"
held = "held"
people = ["tom"]
others = ["the harbour board"]
evidence = [
  { source = "log", exact = "She met Tom Okoro of the harbour board there." },
  { source = "log", exact = "Ada Marsh greets Tom Okoro on the quay of Brindle." },
]

[[meetings]]
id = "mayor"
stop = "calder"
title = "The mayor"
kind = "call"
held = "planned"
evidence = [{ source = "list", exact = "Meeting with the Mayor of Calder" }]

[[releases]]
id = "remarks"
date = 2031-05-03
heading = "Brindle"
title = "Remarks at Brindle"
stop = "brindle"
meeting = "harbour"
passage = { source = "list", exact = "3 May 2031 Remarks at Brindle" }

[[quotes]]
id = "sea"
speaker = "ada"
role = "skipper"
stop = "brindle"
stop_basis = "about"
stop_reason = "It follows the meeting there."
date = 2031-05-03
date_basis = "inferred"
date_reason = "The day of the meeting."
meeting = "harbour"
passages = [{ source = "log", exact = "The sea was kind," }]
attribution = [{ source = "log", exact = "she said." }, { source = "log", exact = "The skipper is Ada Marsh." }]

[[excerpts]]
id = "reached"
stop = "brindle"
passage = { source = "log", exact = "Ada Marsh reached Brindle on 3 May 2031." }
people = ["ada"]

[[excerpts]]
id = "greets"
stop = "brindle"
passage = { source = "log", exact = "Ada Marsh greets Tom Okoro on the quay of Brindle." }

[[excerpts]]
id = "there"
stop = "calder"
passage = { source = "list", exact = "Ada Marsh was in Calder on 6 May 2031." }

[[disagreements]]
id = "company"
topic = "Who came along"
kind = "substance"
statement = "One has Tom there, the other not."
stops = ["brindle", "calder"]
people = ["tom"]
positions = [
  { source = "log", says = "She met him.", evidence = { source = "log", exact = "She met Tom Okoro of the harbour" } },
  { source = "list", says = "He stayed.", evidence = { source = "list", exact = "Tom Okoro was not with her." } },
]
"""


def plain_trip(texts: Mapping[str, str] = TEXTS) -> dict[str, Any]:
    """The invented trip as plain values, with the sums of these texts."""
    trip = tomllib.loads(TRIP)
    for source in trip["sources"]:
        source["sha256"] = hashlib.sha256(texts[source["file"]].encode()).hexdigest()
    return trip


def make_trip(folder: Path, changes: Mapping[str, object] = {}, texts: Mapping[str, str] = TEXTS) -> Path:
    """Write the invented trip into ``folder``.

    ``changes`` maps paths such as "stops.1.name" to new values; `...` removes the value, and a list grows by its end.
    """
    trip = plain_trip(texts)
    for path, value in changes.items():
        _change(trip, path, value)
    return write_trip(folder, trip, texts)


def write_trip(folder: Path, trip: Mapping[str, Any], texts: Mapping[str, str] = TEXTS) -> Path:
    """Write these values and source texts."""
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    (folder / "trip.toml").write_bytes(to_toml(trip).encode())
    return folder


def line_of(folder: Path, words: str) -> int:
    """The number of the only line of trip.toml with these words."""
    lines = (folder / "trip.toml").read_text(encoding="utf-8").split("\n")
    (number,) = [number for number, line in enumerate(lines, 1) if words in line]
    return number


def to_toml(trip: Mapping[str, Any]) -> str:
    """A trip as TOML: records as ``[[tables]]``, the lists in them with one item a line."""
    lists = {name: value for name, value in trip.items() if isinstance(value, list) and name != "date_evidence"}
    tables = {name: value for name, value in lists.items() if all(isinstance(item, dict) for item in value)}
    parts = [_keys({name: value for name, value in trip.items() if name not in tables})]
    parts += [f"[[{name}]]\n{_keys(record)}" for name, records in tables.items() for record in records]
    return "\n".join(parts)


def _keys(record: Mapping[str, Any]) -> str:
    return "".join(f"{name} = {_value(value, '  ')}\n" for name, value in record.items())


def _value(value: object, indent: str = "") -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(item)}" for name, item in value.items()) + " }"
    if isinstance(value, list) and value and indent:
        return "[\n" + "".join(f"{indent}{_value(item)},\n" for item in value) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _change(trip: Any, path: str, value: object) -> None:
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        trip = trip[step]
    if value is ...:
        del trip[last]
    elif isinstance(last, int) and last == len(trip):
        trip.append(value)
    else:
        trip[last] = value


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Not the cache of places of whoever runs the tests, nor their online service."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRIP_DASHBOARD_CACHE", str(tmp_path_factory.mktemp("places")))
        patch.delenv("TRIP_DASHBOARD_GEOCODER", raising=False)
        yield


@pytest.fixture(scope="session")
def dossier(_own_cache: None) -> Dossier:
    """The bundled trip."""
    return open_dossier(SEEDS)


@pytest.fixture(scope="session")
def voyage(_own_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The invented trip."""
    return open_dossier(make_trip(tmp_path_factory.mktemp("voyage")))
