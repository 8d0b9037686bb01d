"""Which source names what how precisely, and what the verdict makes of it: every level and word is held here."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

from dashboard.agreement import Row
from dashboard.dossier import Dossier, open_dossier
from dashboard.problems import TripError
from tests.conftest import write_trip

#: What each source says; its id is also its label, but for the first letter.
WORDS = {
    "place": "She reached Port Calder on 6 May 2031.",
    "country": "She toured Eire by train.",
    "implied": "She saw the harbour of the green isle.",
    "announced": "She is to see Calder soon.",
    "mentions": "Irish beer sells well.",
    "lists-others": "She went to Brindle and to Dunmore.",
    "silent": "The sea was calm, and so was she.",
    "contradicts": "She never came to Calder.",
}
LEVELS = {source: source.replace("-", " ") for source in WORDS}

Build = Callable[..., Dossier]


def quote(source: str, exact: str | None = None) -> dict[str, str]:
    return {"source": source, "exact": exact or WORDS[source]}


def source(id_: str, text: str, **more: Any) -> dict[str, Any]:
    label = id_.replace("-", " ").capitalize()
    sums = hashlib.sha256(text.encode()).hexdigest()
    return {
        "id": id_, "label": label, "file": f"{id_}.txt", "sha256": sums, "title": label, "kind": "news",
        "about": "Some.",
    } | more  # fmt: skip


def stop(id_: str, name: str, evidence: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "id": id_, "name": name, "country": "Ireland", "country_code": "IE", "query": name, "precision": "city",
        "pin": {"lat": 53.0, "lon": -6.0, "reason": "Invented."}, "date_basis": "stated", "date_evidence": [evidence],
        "order_basis": "stated", "order_evidence": [evidence], "status": "visited", "status_reason": "It is said.",
        "status_evidence": [evidence],
    } | more  # fmt: skip


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Builds the invented trip from these sources; the other keywords are keys of the trip or of the stop."""

    def build_(
        *names: str, texts: dict[str, str] | None = None, sources: Any = None, stop_: Any = None, **more: Any
    ) -> Dossier:
        told = {**WORDS, **(texts or {})}
        records = [source(name, told[name], **(sources or {}).get(name, {})) for name in names]
        first = next(name for name in names if name not in ("mentions", "lists-others", "silent", "contradicts"))
        speaking = [name for name in names if name in ("place", "country", "implied", "announced")]
        trip = {
            "format": 1, "id": "voyage", "title": "A voyage", "traveller": "ada", "start": dt.date(2031, 5, 3),
            "end": dt.date(2031, 5, 9), "date_evidence": [quote(first, told[first])],
            "countries": [{"code": "IE", "spellings": ["Ireland", "Irish", "Eire"]}], "sources": records,
            "stops": [stop("calder", "Calder", quote(first, told[first]), spellings=["Port Calder"], **(stop_ or {}))],
            "people": [{"id": "ada", "name": "She", "spellings": ["She"]}],
            "excerpts": [
                {"id": name, "stop": "calder", "passage": quote(name, told[name])} for name in speaking
            ],
        } | more  # fmt: skip
        _settle(trip)
        return open_dossier(write_trip(tmp_path, trip, {f"{name}.txt": told[name] for name in names}))

    return build_


def _settle(trip: dict[str, Any]) -> None:
    """Passages as announced, implied, listed and denied, where the sources for it are there."""
    for record in trip["sources"]:
        if record["id"] == "announced":
            record.setdefault("planned", [quote("announced")])
        if record["id"] == "lists-others":
            record.setdefault("itinerary", [quote("lists-others")])
        if record["id"] == "implied":
            trip["stops"][0].setdefault("implied", [{"source": "implied", "reason": "The isle is Ireland."}])
        if record["id"] == "contradicts":
            other = trip["sources"][0]["id"]
            trip.setdefault("disagreements", [denied(other)])


def denied(other: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "came", "topic": "Whether she came", "kind": "substance", "statement": "They differ.",
        "stops": ["calder"],
        "positions": [
            {"source": "contradicts", "says": "No.", "stance": "contradicts", "evidence": quote("contradicts")},
            {"source": other, "says": "Yes.", "evidence": quote(other)},
        ],
    } | more  # fmt: skip


def levels(row: Row) -> dict[str, str]:
    return {cell.source: cell.level for cell in row.cells}


class TestStops:
    def test_each_level_is_read_from_the_words(self, build: Build) -> None:
        row = build(*WORDS).agreement.stop("calder")
        assert levels(row) == LEVELS
        shown = {cell.source: [passage.text for passage in cell.passages] for cell in row.cells}
        assert shown == {name: [words] if name != "silent" else [] for name, words in WORDS.items()}

    def test_an_implied_place_has_its_reason(self, build: Build) -> None:
        row = build("place", "implied").agreement.stop("calder")
        assert [cell.reason for cell in row.cells] == [None, "The isle is Ireland."]
        stop_ = {"implied": [{"source": name, "reason": f"By {name}."} for name in ("country", "implied")]}
        row = build("implied", "country", texts={"country": "She came there."}, stop_=stop_).agreement.stop("calder")
        assert [cell.reason for cell in row.cells] == ["By implied.", "By country."]

    @pytest.mark.parametrize(
        ("words", "level"),
        [
            ("She reached Calder.", "place"),
            ("She reached Port Calder.", "place"),
            ("She reached Calderstone.", "implied"),  # another word
            ("She reached calder.", "implied"),  # a name is written as a name
            ("She reached Ireland’s coast.", "country"),
            ("She met an Irish guide.", "country"),
            ("She reached it.", "implied"),
        ],
    )
    def test_a_name_is_a_word_of_its_own(self, build: Build, words: str, level: str) -> None:
        assert levels(build("place", texts={"place": words}).agreement.stop("calder")) == {"place": level}

    def test_a_passage_that_names_the_place_leads(self, build: Build) -> None:
        text = "She toured Ireland. She saw Calder."
        excerpts = [
            {"id": "a", "stop": "calder", "passage": quote("place", "She toured Ireland.")},
            {"id": "b", "stop": "calder", "passage": quote("place", "She saw Calder.")},
        ]
        stops = [stop("calder", "Calder", excerpts[0]["passage"])]
        (cell,) = build("place", texts={"place": text}, excerpts=excerpts, stops=stops).agreement.stop("calder").cells
        assert (cell.level, [passage.text for passage in cell.passages]) == (
            "place", ["She saw Calder.", "She toured Ireland."],
        )  # fmt: skip

    def test_what_was_written_beforehand_counts_only_by_itself(self, build: Build) -> None:
        text = "She is to see Calder soon. She did tour Ireland."
        passages = [quote("announced"), quote("announced", "She did tour Ireland.")]
        excerpts = [{"id": f"e{n}", "stop": "calder", "passage": passage} for n, passage in enumerate(passages)]
        planned = {"announced": {"planned": [passages[0]]}}
        stops = [stop("calder", "Calder", passages[1])]
        dossier = build("announced", texts={"announced": text}, excerpts=excerpts, sources=planned, stops=stops)
        assert levels(dossier.agreement.stop("calder")) == {"announced": "country"}  # by what was not planned

    def test_the_parts_of_a_row(self, build: Build) -> None:
        row = build(*WORDS).agreement.stop("calder")
        assert row.id == "calder"
        assert {cell.source: cell.announced for cell in row.cells} == {name: name == "announced" for name in WORDS}
        assert row.groups == (("place",), ("country",), ("implied",))
        texts = {name: f"{text}" for name, text in WORDS.items()}
        passages = [passage for cell in row.cells for passage in cell.passages]
        assert all(texts[passage.source][passage.start : passage.end] == passage.text for passage in passages)
        assert all(isinstance(cell.passages, tuple) for cell in row.cells)

    def test_an_announcement_beside_what_implies_is_noted(self, build: Build) -> None:
        text = f"{WORDS['implied']} 1 May 2031 Travel to the isle"
        announced = {"announced_evidence": [quote("implied", "1 May 2031 Travel to the isle")]}
        (cell,) = build("implied", texts={"implied": text}, stop_=announced).agreement.stop("calder").cells
        assert (cell.level, cell.announced) == ("implied", True)
        (plain,) = build("implied").agreement.stop("calder").cells
        assert plain.announced is False

    def test_an_announcement_beside_a_report_is_noted(self, build: Build) -> None:
        text = "She reached Port Calder on 6 May 2031. 1 May 2031 Travel to Calder"
        announced = {"announced_evidence": [quote("place", "1 May 2031 Travel to Calder")]}
        (cell,) = build("place", texts={"place": text}, stop_=announced).agreement.stop("calder").cells
        assert (cell.level, cell.announced) == ("place", True)
        (plain,) = build("place").agreement.stop("calder").cells
        assert not plain.announced

    def test_its_own_evidence_speaks_where_there_is_no_excerpt(self, build: Build) -> None:
        dossier = build("place", excerpts=[])
        assert levels(dossier.agreement.stop("calder")) == {"place": "place"}

    def test_evidence_without_the_name_does_not_speak(self, build: Build) -> None:
        evidence = {"status_evidence": [quote("place"), quote("silent")]}
        dossier = build("place", "silent", stop_=evidence)
        assert levels(dossier.agreement.stop("calder")) == {"place": "place", "silent": "silent"}

    def test_page_furniture_mentions_nothing_and_a_caption_does(self, build: Build) -> None:
        text = "The sea was calm.\n\nCalder is lovely, says a reader.\n"
        for kind, level in (("comment-form", "silent"), ("caption", "mentions")):
            furniture = {"silent": {"furniture": [{"kind": kind, "exact": "Calder is lovely, says a reader."}]}}
            dossier = build("place", "silent", texts={"silent": text}, sources=furniture)
            cell = dossier.agreement.stop("calder").cells[1]
            assert cell.level == level
            assert [passage.text for passage in cell.passages] == ["Calder is lovely, says a reader."] * (
                level != "silent"
            )

    def test_a_mention_shows_its_sentence(self, build: Build) -> None:
        text = "The sea was calm. Beer of Calder sells well. So does tea."
        cell = build("place", "mentions", texts={"mentions": text}).agreement.stop("calder").cells[1]
        assert [passage.text for passage in cell.passages] == ["Beer of Calder sells well."]

    def test_a_list_older_than_the_stop_leaves_nothing_out(self, build: Build) -> None:
        for day, level in ((5, "silent"), (6, "lists others")):
            dated = {"lists-others": {"date": dt.date(2031, 5, day), "date_basis": "stated"}}
            dossier = build("place", "lists-others", sources=dated, stop_={"arrive": dt.date(2031, 5, 6)})
            assert levels(dossier.agreement.stop("calder"))["lists-others"] == level

    def test_an_omission_that_a_person_notes_is_a_list(self, build: Build) -> None:
        position = {"source": "silent", "says": "Not listed.", "stance": "omits", "evidence": quote("silent")}
        item = denied("place", positions=[position, {"source": "place", "says": "Yes.", "evidence": quote("place")}])
        dossier = build("place", "silent", disagreements=[item])
        assert levels(dossier.agreement.stop("calder"))["silent"] == "lists others"

    def test_an_omission_is_of_its_own_source(self, build: Build) -> None:
        position = {"source": "silent", "says": "Not listed.", "stance": "omits", "evidence": quote("silent")}
        item = denied("place", positions=[position, {"source": "place", "says": "Yes.", "evidence": quote("place")}])
        texts = {"implied": "Nothing of the kind."}
        dossier = build("place", "silent", "implied", texts=texts, excerpts=[], disagreements=[item])
        assert levels(dossier.agreement.stop("calder")) == {
            "place": "place", "silent": "lists others", "implied": "silent",
        }  # fmt: skip

    def test_a_position_that_states_the_visit_speaks(self, build: Build) -> None:
        position = {"source": "silent", "says": "Yes.", "stance": "states", "evidence": quote("silent")}
        item = denied("place", positions=[position, {"source": "place", "says": "Yes.", "evidence": quote("place")}])
        dossier = build("place", "silent", disagreements=[item])
        assert levels(dossier.agreement.stop("calder"))["silent"] == "implied"  # and needs its reason

    def test_a_passage_noted_as_omission_does_not_speak_as_evidence(self, build: Build) -> None:
        text = "The list has Dunmore, where one sees as far as Calder."
        position = {"source": "silent", "says": "Not listed.", "stance": "omits", "evidence": quote("silent", text)}
        item = denied("place", positions=[position, {"source": "place", "says": "Yes.", "evidence": quote("place")}])
        evidence = {"status_evidence": [quote("place"), quote("silent", text)]}
        dossier = build("place", "silent", texts={"silent": text}, stop_=evidence, disagreements=[item])
        assert levels(dossier.agreement.stop("calder"))["silent"] == "mentions"

    def test_a_stance_belongs_to_one_stop(self, build: Build) -> None:
        stops = [
            stop("calder", "Calder", quote("place")),
            stop("dunmore", "Dunmore", quote("place"), country="France", country_code="FR"),
        ]
        item = denied("place", stops=["calder", "dunmore"])
        with pytest.raises(TripError, match="a stance needs the stop it is about"):
            build("place", "contradicts", stops=stops, disagreements=[item])
        item["positions"][0]["stop"] = "calder"
        agreement = build("place", "contradicts", stops=stops, disagreements=[item]).agreement
        assert levels(agreement.stop("calder"))["contradicts"] == "contradicts"
        assert levels(agreement.stop("dunmore"))["contradicts"] == "silent"


class TestVerdicts:
    @pytest.mark.parametrize(
        ("names", "verdict"),
        [
            (("place",), "City named by 1; single source: Place"),
            (("country",), "Country only by 1; single source: Country"),
            (("implied",), "Place implied by 1; single source: Implied"),
            (("announced", "silent"), "Announced by 1, reported by none; single source: Announced"),
            (("place", "country", "silent"), "City named by 1, country only by 1; 2 independent groups"),
            (
                ("place", "country", "implied", "announced", "mentions", "lists-others"),
                "City named by 1, country only by 1, place implied by 1, announced by 1; 3 independent groups",
            ),
            (("place", "contradicts"), "Disputed: city named by 1; single source: Place"),
        ],
    )
    def test_of_a_stop(self, build: Build, names: tuple[str, ...], verdict: str) -> None:
        assert build(*names).agreement.stop("calder").verdict == verdict

    def test_the_noun_is_that_of_the_precision(self, build: Build) -> None:
        for precision, noun in (("venue", "Venue"), ("city", "City"), ("country", "Country")):
            row = build("place", stop_={"precision": precision}).agreement.stop("calder")
            assert row.verdict == f"{noun} named by 1; single source: Place"

    def test_a_territory_is_called_one(self, build: Build) -> None:
        countries = [{"code": "IE", "kind": "territory", "spellings": ["Eire"]}]
        row = build("place", "country", countries=countries).agreement.stop("calder")
        assert row.verdict == "City named by 1, territory only by 1; 2 independent groups"
        row = build("place", countries=countries, stop_={"precision": "country"}).agreement.stop("calder")
        assert row.verdict == "Territory named by 1; single source: Place"

    def test_a_disputed_stop_is_called_so(self, build: Build) -> None:
        row = build("place", stop_={"status": "disputed"}).agreement.stop("calder")
        assert row.verdict.startswith("Disputed: city named by 1")

    @pytest.mark.parametrize(
        ("official", "verdict"),
        [
            # declared to list the trip's places
            (
                {"lists-others": {"kind": "official"}},
                "City named by 1; not in the official itinerary; single source: Place",
            ),
            # an official text without a list, and a list that is not official
            ({"silent": {"kind": "official"}}, "City named by 1; single source: Place"),
            ({}, "City named by 1; single source: Place"),
            ({"place": {"itinerary": [quote("place")]}}, "City named by 1; single source: Place"),
            (
                {"place": {"kind": "official", "itinerary": [quote("place")]}},
                "City named by 1; single source: Place, the official itinerary",
            ),
        ],
    )
    def test_the_official_itinerary_is_one_that_a_source_is_declared_to_give(
        self, build: Build, official: Any, verdict: str
    ) -> None:
        row = build("place", "lists-others", "silent", sources=official).agreement.stop("calder")
        assert row.verdict == verdict

    def test_an_official_list_beside_others_needs_no_words(self, build: Build) -> None:
        official = {"place": {"kind": "official", "itinerary": [quote("place")]}}
        row = build("place", "country", sources=official).agreement.stop("calder")
        assert row.verdict == "City named by 1, country only by 1; 2 independent groups"

    @pytest.mark.parametrize("listing", [("place", "country"), ("place", "country", "lists-others")])
    def test_what_only_official_lists_have_is_told(self, build: Build, listing: tuple[str, ...]) -> None:
        official = {name: {"kind": "official", "itinerary": [quote(name)]} for name in listing}
        row = build("place", "country", "lists-others", sources=official).agreement.stop("calder")
        assert row.verdict == "City named by 1, country only by 1; in the official itinerary only; 2 independent groups"

    def test_one_official_report_is_told_with_its_source(self, build: Build) -> None:
        official = {"place": {"kind": "official", "itinerary": [quote("place")]}}
        row = build("place", "announced", sources=official).agreement.stop("calder")
        assert row.verdict == "City named by 1, announced by 1; single source: Place, the official itinerary"

    def test_a_stop_that_nobody_names(self, build: Build) -> None:
        row = build("implied", "silent", excerpts=[], stop_={"implied": []}).agreement.stop("calder")
        assert (row.verdict, row.groups, row.independent) == ("Reported by none", (), 0)

    def test_shared_wording_is_one_group(self, build: Build) -> None:
        for names, groups in ((["country"], 2), (["country", "implied"], 1)):
            shares = {"place": {"shares_wording_with": names}}
            row = build("place", "country", "implied", sources=shares).agreement.stop("calder")
            assert row.independent == len(row.groups) == groups
            assert row.verdict.endswith(f"{groups} independent group{'' if groups == 1 else 's'}")


class TestMeetings:
    MEETING: ClassVar[dict[str, Any]] = {
        "id": "rua", "stop": "calder", "title": "Meeting with Minister Rua", "kind": "meeting", "held": "held",
        "people": ["rua"],
    }  # fmt: skip
    PEOPLE: ClassVar[list[dict[str, Any]]] = [
        {"id": "ada", "name": "She", "spellings": ["She"]},
        {"id": "rua", "name": "Rua", "spellings": ["Rua"]},
    ]
    LIST = "She met him.\nCalder\n- 6 May 2031 Meeting with Irish Minister Rua\n"

    def row(self, build: Build, *names: str, texts: dict[str, str], evidence: list[Any], **more: Any) -> Row:
        meetings = [{**self.MEETING, "evidence": evidence}]
        dossier = build(*names, texts=texts, meetings=meetings, people=self.PEOPLE, **more)
        return dossier.agreement.meeting("rua")

    @pytest.mark.parametrize(
        ("words", "level", "verdict"),
        [
            ("She met Rua in Calder.", "place", "Single source: Place; city named"),
            ("She met the Irish minister Rua.", "country", "Single source: Place; country only"),
            ("She met Rua.", "implied", "Single source: Place; place implied"),
        ],
    )
    def test_one_source(self, build: Build, words: str, level: str, verdict: str) -> None:
        row = self.row(build, "place", texts={"place": words}, evidence=[quote("place", words)])
        assert (levels(row), row.verdict) == ({"place": level}, verdict)

    def test_several_sources(self, build: Build) -> None:
        texts = {"place": "She met Rua in Calder.", "country": "Rua came to Ireland.", "mentions": "Rua likes tea."}
        evidence = [quote("place", texts["place"]), quote("country", texts["country"])]
        row = self.row(build, "place", "country", "mentions", "silent", texts=texts, evidence=evidence)
        assert levels(row) == {"place": "place", "country": "country", "mentions": "mentions", "silent": "silent"}
        assert row.verdict == "Reported by 2; city named by 1, country only by 1; 2 independent groups"

    def test_the_parts_of_a_row(self, build: Build) -> None:
        texts = {"place": "She met Rua in Calder.", "implied": "She met Rua.", "mentions": "Tea. Rua likes it."}
        evidence = [quote("place", texts["place"]), quote("implied", texts["implied"])]
        row = self.row(build, "place", "implied", "mentions", "silent", texts=texts, evidence=evidence)
        assert (row.id, row.groups, row.independent) == ("rua", (("place",), ("implied",)), 2)
        told = [(cell.level, cell.reason, [p.text for p in cell.passages], cell.announced) for cell in row.cells]
        assert told == [
            ("place", None, ["She met Rua in Calder."], False),
            ("implied", "The isle is Ireland.", ["She met Rua."], False),
            ("mentions", None, ["Rua likes it."], False),
            ("silent", None, [], False),
        ]
        mention = row.cells[2].passages[0]
        assert (mention.start, mention.end) == (5, len(texts["mentions"]))
        assert row.cells[3].passages == ()
        assert row.verdict == "Reported by 2; city named by 1, place implied by 1; 2 independent groups"

    def test_one_report_beside_a_plan(self, build: Build) -> None:
        texts = {"place": "She met Rua in Calder.", "announced": "She is to meet Rua in Calder."}
        evidence = [quote("place", texts["place"]), quote("announced", texts["announced"])]
        planned = {"announced": {"planned": [evidence[1]]}}
        row = self.row(build, "place", "announced", texts=texts, evidence=evidence, sources=planned)
        assert row.verdict == "Single source: Place; city named, announced by 1"

    def test_the_list_of_places_tells_of_no_meeting(self, build: Build) -> None:
        words = "She met Rua in Calder."
        official = {"place": {"kind": "official", "itinerary": [quote("place", words)]}}
        row = self.row(build, "place", texts={"place": words}, evidence=[quote("place", words)], sources=official)
        assert row.verdict == "Single source: Place; city named"

    def test_a_heading_gives_a_place_that_no_sentence_names(self, build: Build) -> None:
        text = "She met him.\nCalder\n- 6 May 2031 Meeting with Minister Rua\n"
        line = "6 May 2031 Meeting with Minister Rua"
        heading = {"source": "place", "exact": "Calder", "suffix": "\n- 6"}
        release = {
            "id": "r", "date": dt.date(2031, 5, 6), "heading": "Calder", "title": "Meeting with Minister Rua",
            "stop": "calder", "meeting": "rua", "passage": quote("place", line), "heading_evidence": heading,
        }  # fmt: skip
        furniture = {"place": {"furniture": [{**heading, "kind": "heading"}]}}
        del furniture["place"]["furniture"][0]["source"]
        more: Any = {"excerpts": [], "date_evidence": [quote("place", "She met him.")], "releases": [release]}
        more |= {"stops": [stop("calder", "Calder", quote("place", line))], "sources": furniture}
        row = self.row(build, "place", texts={"place": text}, evidence=[quote("place", line)], **more)
        (cell,) = row.cells
        assert (cell.level, cell.reason, cell.announced) == ("implied", "listed under the heading “Calder”", False)

    def test_the_plan_alone(self, build: Build) -> None:
        words = "She is to meet Rua in Calder."
        planned = {"announced": {"planned": [quote("announced", words)]}}
        row = self.row(
            build, "announced", texts={"announced": words}, evidence=[quote("announced", words)], sources=planned
        )
        assert row.verdict == "Announced by 1, reported by none; single source: Announced"

    def test_a_heading_gives_the_place_and_a_title_only_who_was_met(self, build: Build) -> None:
        line = "6 May 2031 Meeting with Irish Minister Rua"
        release = {
            "id": "r", "date": dt.date(2031, 5, 6), "heading": "Calder", "title": "Meeting with Irish Minister Rua",
            "stop": "calder", "meeting": "rua", "passage": quote("place", line),
            "heading_evidence": {"source": "place", "exact": "Calder", "suffix": "\n- 6"},
        }  # fmt: skip
        furniture = {"furniture": [{"kind": "heading", "exact": "Calder", "suffix": "\n- 6"}]}
        common: Any = {"texts": {"place": self.LIST}, "evidence": [quote("place", line)], "excerpts": []}
        common["date_evidence"] = [quote("place", "She met him.")]
        stops = [stop("calder", "Calder", quote("place", line))]
        row = self.row(build, "place", **common, stops=stops, sources={"place": furniture}, releases=[release])
        (cell,) = row.cells
        assert (cell.level, cell.reason) == ("implied", "listed under the heading “Calder”")
        assert [passage.text for passage in cell.passages] == [line, "Calder"]
        (release["meeting"], other) = ("rua", {**release, "id": "o", "meeting": None})
        del other["meeting"]  # a document of another meeting has a heading too, but not this meeting's
        for more, level in (("She met Rua in Ireland.", "country"), ("She met Rua in Calder.", "place")):
            texts = {"place": f"{self.LIST}\n{more}"}
            evidence = [quote("place", line), quote("place", more)]
            told = {**common, "texts": texts, "evidence": evidence}
            row = self.row(build, "place", **told, stops=stops, sources={"place": furniture}, releases=[release])
            assert levels(row) == {"place": level}  # a sentence that says where is better than a heading
        row = self.row(build, "place", **common, stops=stops, sources={"place": furniture}, releases=[other])
        assert levels(row) == {"place": "country"}
        del release["heading_evidence"]
        row = self.row(build, "place", **common, stops=stops, sources={"place": furniture}, releases=[release])
        assert levels(row) == {"place": "country"}  # nothing better is known


def test_the_bundled_trip(dossier: Dossier) -> None:
    """A sample that a reader of the five texts can check."""
    verdict = {stop: dossier.agreement.stop(stop).verdict for stop in dossier.trip.stops}
    assert verdict["amman"] == "City named by 2, country only by 3; 3 independent groups"
    assert verdict["ramallah"] == "City named by 1, territory only by 4; 3 independent groups"
    assert levels(dossier.agreement.stop("syria")) == {
        "000": "place", "001": "lists others", "002": "mentions", "003": "lists others", "004": "lists others",
    }  # fmt: skip
    assert levels(dossier.agreement.stop("seoul")) == {
        "000": "announced", "001": "announced", "002": "place", "003": "silent", "004": "announced",
    }  # fmt: skip
