"""The sources' pages: what is used of each text, with whom it shares wording, and of which stops it speaks."""

from __future__ import annotations

from pathlib import Path

from dashboard.dossier import Dossier, open_dossier
from dashboard.pages.source import coverage, sources_html
from tests.conftest import TEXTS, make_trip


def test_every_sentence_of_the_bundled_texts_is_used(dossier: Dossier) -> None:
    found = {source: coverage(dossier, source) for source in dossier.trip.sources}
    assert {source: unused for source, (_, unused) in found.items()} == {source: [] for source in found}
    assert sum(len(used) for used, _ in found.values()) == 161


def test_a_plan_or_a_list_is_no_claim(tmp_path: Path) -> None:
    quote = {"source": "log", "exact": "She is to reach Dunmore on 9 May."}
    other = [{"source": "log", "exact": "From Brindle"}]
    changes: dict[str, object] = {f"stops.2.{key}_evidence": other for key in ("date", "order", "status")}
    changes |= {"stops.2.announced_evidence": [], "stops.2.unannounced_evidence": [], "date_evidence": other}
    for more in ({"sources.0.planned": [quote]}, {"sources.0.itinerary": [quote]}):
        (tmp_path / next(iter(more))).mkdir()
        dossier = open_dossier(make_trip(tmp_path / next(iter(more)), {**changes, **more}))
        _, unused = coverage(dossier, "log")
        assert quote["exact"] in [dossier.texts["log"].text[span.start : span.end] for span in unused]


def test_what_is_left_out_by_decision_counts_apart(tmp_path: Path) -> None:
    words = "And the quay was full."
    texts = {**TEXTS, "list.txt": f"{TEXTS['list.txt']}\n{words}\n"}
    left_out = [{"passage": {"source": "list", "exact": words}, "reason": "As {log} has it."}]
    for folder, changes, count in (("open", {}, 1), ("decided", {"sources.1.left_out": left_out}, 0)):
        (tmp_path / folder).mkdir()
        dossier = open_dossier(make_trip(tmp_path / folder, changes, texts))
        used, unused = coverage(dossier, "list")
        said = [dossier.texts["list"].text[span.start : span.end] for span in (*used, *unused)]
        assert said.count(words) == count
        html = sources_html(dossier)
        assert ("1 left out by decision" in html) == (not count)
        assert ('As <a class="named" href="?source=log" data-source="log">The log</a> has it.' in html) == (not count)


def test_a_source_speaks_of_stops_by_level(dossier: Dossier) -> None:
    html = " ".join(sources_html(dossier).split())
    assert (
        "names Syria, Cyprus, Tokyo; by country only: Tel Aviv, Amman, Baghdad, Ankara; by territory only: Ramallah"
        in html
    )
    assert "Shares wording with Tokyo report: 4 runs of eight words or more" in html
