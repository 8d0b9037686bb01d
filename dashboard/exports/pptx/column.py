"""The words beside a stop's map, and the titles of all slides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.util import Inches

from dashboard.agreement import REPORTS
from dashboard.exports.portion import Portion
from dashboard.exports.pptx import inside, pen
from dashboard.exports.pptx.fit import LEADING, POINTS, SERIF, Fitted, fit, text_width, wrap
from dashboard.exports.pptx.pen import Paragraph, Run
from dashboard.exports.pptx.plate import Box
from dashboard.exports.words import one_line, speaker
from dashboard.facts import meeting_line, stop_facts
from dashboard.lead import lead, leading_meetings
from dashboard.model import Meeting, Quote, Stop, TextQuote
from dashboard.prose import label
from dashboard.terms import SHORT_BASIS, SPOKEN

COLUMN_X, COLUMN_W = 8.3, 4.65
MEETINGS = 3
#: Type sizes of meetings and quotation, where both end, and where the references do.
SIZES, BODY_BOTTOM, BOTTOM = (22, 20, 18, 16, 15), 6.62, 7.0
#: Type size of the signs of sources on a line.
IDS = 14
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def set_title(slide: Any, text: str, box: Box, sizes: Sequence[float]) -> Fitted:
    """Write the slide's title into its placeholder, where outlines and screen readers find it."""
    fitted = fit(one_line(text), box.w, box.h, sizes, family=SERIF)
    title = slide.shapes.title
    title.left, title.top = Inches(box.x), Inches(box.y)
    title.width, title.height = Inches(box.w), Inches(fitted.height)
    pen.set_text(title, [Paragraph.of(Run(fitted.text, fitted.size, serif=True))])
    inside.bring_to_front(slide.shapes, title)
    return fitted


def heading(words: str) -> Run:
    """The name of a list."""
    return Run(words, 13, pen.ACCENT, bold=True)


class Column:
    """The words of a stop beside its map, set from the top; the references stand at the foot."""

    def __init__(self, portion: Portion, slide: Any, stop: Stop) -> None:
        self._portion, self._slide, self._stop = portion, slide, stop
        self._y = 0.5
        self._lead = lead(portion.trip, stop)
        self._meetings = leading_meetings(portion.dossier, stop)
        self._marks: dict[str, str] = {}  # source -> the sign that stands for it on this slide

    def write(self) -> None:
        """Set everything."""
        self._heading()
        self._body()
        self._references()

    def _put(self, name: str, height: float, *paragraphs: Paragraph) -> None:
        box = Box(COLUMN_X, self._y, COLUMN_W, height)
        pen.text_box(self._slide.shapes, box, paragraphs).name = name
        self._y += height

    def _heading(self) -> None:
        stop = stop_facts(self._portion.dossier, self._stop)
        status = f"{'Stop ' + stop.number if stop.number != '?' else 'Not on the route'}  ·  {stop.status_words}"
        kicker = fit(status, COLUMN_W, 0.26, [14, 13, 12])
        self._put("Status", 0.32, Paragraph.of(Run(kicker.text, kicker.size, pen.ACCENT, bold=True)))
        title = set_title(self._slide, stop.name, Box(COLUMN_X, self._y, COLUMN_W, 1.25), [40, 34, 28, 24])
        self._y += title.height + 0.06
        country = [] if stop.name == stop.country else [one_line(stop.country)]
        days = stop.days + SHORT_BASIS.get(stop.date_basis, "")
        for name, words in (("Country", country), ("Days", [days])):
            for text in words:
                line = fit(text, COLUMN_W, 0.34, [20, 18, 16])
                self._put(
                    name,
                    line.height + 0.02,
                    Paragraph.of(Run(line.text, line.size, pen.INK if name == "Country" else pen.MUTED)),
                )
        told = "; ".join([stop.verdict, *(fact.clause for fact in stop.shown)])
        line = fit(one_line(told), COLUMN_W, 0.45, [13, 12, 11])
        self._put("What the sources name", line.height + 0.04, Paragraph.of(Run(line.text, line.size, pen.MUTED)))
        if stop.headline:
            line = fit(one_line(stop.headline), COLUMN_W, 0.7, [18, 16, 14])
            self._put("Headline", line.height + 0.06, Paragraph.of(Run(line.text, line.size, bold=True)))
        if stop.status != "visited":
            self._why(stop.status_reason)
        self._y += 0.3

    def _why(self, reason: str) -> None:
        """Why the status is not simply "visited", with the sources that the reason rests on."""
        self._y += 0.12
        signs = self._signs(self._stop.status_evidence[:1])  # the others tell of what is left out
        why = fit(one_line(reason), COLUMN_W - text_width(signs, IDS) / 2, 1.55, [18, 16, 14])
        runs = (Run(why.text, why.size), Run(signs, IDS, pen.MUTED))
        self._put("Why this status", why.height, Paragraph(runs))

    def _body(self) -> None:
        """Meetings and the sentence that leads, as large as both fit.

        The sentence is never cut: where even the smallest size has no room for it, second lines of the meetings give
        way, and at last the sentence itself.
        """
        room, marks = BODY_BOTTOM - self._y, dict(self._marks)
        tries = [*((size, 3, True) for size in SIZES), *((SIZES[-1], lines, True) for lines in (2, 1))]
        for size, lines, with_words in [*tries, (SIZES[-1], 2, False), (SIZES[-1], 1, False)]:
            self._marks = dict(marks)
            entries = [*self._list(size, lines), *(self._words(size) if with_words else ())]
            if _height(entries) <= room and (lines < 3 or not any(entry.is_cut for entry in entries)):
                break
        self._put("Meetings and quote", room, *(entry.paragraph for entry in entries))

    def _list(self, size: float, lines: int) -> list[_Entry]:
        """The label, and up to three meetings in so many lines each."""
        meetings = self._meetings
        if not meetings:
            return [
                _entry(heading("Meetings")),
                _entry(Run("No source names a meeting here.", 18, pen.MUTED), before=4),
            ]
        count = f"   {MEETINGS} of {len(meetings)}, the others in the notes" if len(meetings) > MEETINGS else ""
        head = _entry(heading("Meetings"), Run(count, 13, pen.MUTED))
        return [head, *(self._meeting(meeting, size, lines) for meeting in meetings[:MEETINGS])]

    def _meeting(self, meeting: Meeting, size: float, lines: int) -> _Entry:
        ids = self._signs(meeting.evidence)
        # The signs hang on the last word, so that no line has them alone; spaces stand for their width.
        room = "\xa0" * math.ceil(text_width(ids, IDS) / text_width("\xa0", size))
        height = lines * size * LEADING / POINTS
        line = fit(f"{one_line(meeting_line(meeting))}{room}", COLUMN_W, height, [size])
        if line.is_cut:
            line = fit(one_line(meeting_line(meeting)), COLUMN_W - text_width(ids, IDS) / lines, height, [size])
        return _entry(Run(line.text.rstrip("\xa0"), size), Run(ids, IDS, pen.MUTED), before=6, fitted=line)

    def _words(self, size: float) -> list[_Entry]:
        """The label, the sentence and its speaker; nothing where no sentence leads."""
        if self._lead is None:
            return []
        quote, said = self._lead.quote, f"“{one_line(self._lead.words)}”"
        words = Fitted(said, size, len(wrap(said, COLUMN_W, size, SERIF)))
        ids = self._signs([self._lead.passage])
        high = 0.25 if self._caveat(quote) else 0.48  # a long role gives way to what must not be lost
        line = fit(one_line(speaker(self._portion.trip, quote)), COLUMN_W - text_width(ids, IDS) - 0.1, high, [14])
        about = self._caveat(quote)
        return [
            _entry(heading("In their words"), before=16),
            _entry(Run(said, size, serif=True), before=6, fitted=words),
            _entry(
                Run(line.text, 14, pen.MUTED), Run(ids, IDS, pen.MUTED), before=6, fitted=Fitted("", 14, line.lines)
            ),
            *([_entry(Run(about[:1].upper() + about[1:], 13, pen.MUTED), before=2)] if about else []),
        ]

    def _caveat(self, quote: Quote) -> str:
        """That no source says the words were spoken here, where none does."""
        return SPOKEN.get(quote.stop_basis, "")

    def _signs(self, evidence: Iterable[TextQuote]) -> str:
        """The signs of these sources as they hang on the last word of a line; the foot explains them."""
        cited = {quote.source for quote in evidence}
        for source in self._portion.trip.sources:
            if source in cited and source not in self._marks:
                self._marks[source] = str(len(self._marks) + 1).translate(SUPERSCRIPT)
        return "\xa0" + "\xa0".join(sign for source, sign in self._marks.items() if source in cited)

    def _references(self) -> None:
        """Which sources speak of the stop as part of the trip or are cited above; the notes have their passages."""
        trip, agreement = self._portion.trip, self._portion.dossier.agreement
        speaking = [
            cell.source for cell in agreement.stop(self._stop.id).cells if cell.level in (*REPORTS, "announced")
        ]
        cited = [f"{sign} {label(trip.sources[source])}" for source, sign in self._marks.items()]
        cited += [label(trip.sources[source]) for source in speaking if source not in self._marks]
        fitted = fit(one_line(f"Sources: {', '.join(cited)}; passages in the notes"), COLUMN_W, 0.36, [10.5])
        self._y = BOTTOM - fitted.height
        self._put("References", fitted.height, Paragraph.of(Run(fitted.text, fitted.size, pen.MUTED)))


@dataclass(frozen=True)
class _Entry:
    """A paragraph with the height that it is expected to take."""

    paragraph: Paragraph
    height: float
    is_cut: bool


def _entry(*runs: Run, before: float = 0.0, fitted: Fitted | None = None) -> _Entry:
    height = fitted.height if fitted else runs[0].size * LEADING / POINTS
    return _Entry(Paragraph(runs, before), height + before / POINTS, bool(fitted and fitted.is_cut))


def _height(entries: Iterable[_Entry]) -> float:
    return sum(entry.height for entry in entries)
