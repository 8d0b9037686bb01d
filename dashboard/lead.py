"""What leads where there is little room: the sentence that stands for a stop, and the order of its meetings.

The trip file may name both; else they follow from what the sources say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.agreement import REPORTS
from dashboard.dossier import Dossier
from dashboard.model import Meeting, Passage, Quote, Stop, TextQuote, Trip
from dashboard.sources import sentences_in

#: A sentence of fewer words says little by itself and leads only where there is nothing else.
LEAD_WORDS = 6
#: One of more characters fits on no slide at the size that the back of a room can read; it never leads.
LEAD_MOST = 200

#: Characters before a passage that tell whether a sentence begins with it.
NEAR = 20

_OPENING = "“\"«„‘'(["
_CLOSING = "”\"»’')]"
_ENDS = (".", "!", "?", "…", "。", "！", "？")
#: Where the sentence goes on that a narrator broke: "…," she said, "…".
_GOES_ON = re.compile("[^.!?\n]*[“«„]")


@dataclass(frozen=True)
class Lead:
    """One whole sentence of a quotation, verbatim, and the passage that it stands in."""

    quote: Quote
    words: str
    passage: TextQuote


def lead(trip: Trip, stop: Stop) -> Lead | None:
    """The sentence that stands for a stop, or None where no quotation has a whole one that fits.

    The quotation that the file names comes before all others, words spoken there before words about it, the
    traveller's before others'; among equals the first of the file, and of it the shortest sentence that is no mere
    exclamation. What was said beforehand stands for no stop that was reached.
    """

    def rank(found: Lead) -> tuple[bool, bool, bool, bool, int, int]:
        quote = found.quote
        others = quote.speaker != trip.file.traveller
        place = order[quote.id]
        short = len(found.words.split()) < LEAD_WORDS
        return quote.id != stop.lead_quote, quote.stop_basis == "about", others, short, place, len(found.words)

    order = {quote.id: place for place, quote in enumerate(trip.quotes_at[stop.id])}
    return min(_leads(trip, stop), key=rank, default=None)


def _leads(trip: Trip, stop: Stop) -> Iterator[Lead]:
    for quote in trip.quotes_at[stop.id]:
        if quote.id != stop.lead_quote and _is_ahead(trip, stop, quote):
            continue
        for words, passage in whole_sentences(trip, quote):
            if len(words) <= LEAD_MOST:
                yield Lead(quote, words, passage)


def _is_ahead(trip: Trip, stop: Stop, quote: Quote) -> bool:
    """Whether the words only announce a stop that was reached."""
    return stop.status != "announced" and all(trip.is_planned(trip.passage(passage)) for passage in quote.passages)


def whole_sentences(trip: Trip, quote: Quote) -> Iterator[tuple[str, TextQuote]]:
    """The sentences of a quotation that its text has from beginning to end, without the comma before "she said"."""
    for place, quoted in enumerate(quote.passages):
        passage = trip.passage(quoted)
        text = trip.texts[passage.source]
        spans = list(sentences_in(text, passage.start, passage.end))
        for span in spans:
            words = text[span.start : span.end]
            begins = span is not spans[0] or _begins(text, passage, first=place == 0)
            ends = words.rstrip(_CLOSING).endswith(_ENDS) or _ends(text, span.end)
            if begins and ends and not _first_letter(words).islower():
                yield words.rstrip(" ,;:–—"), quoted


def _first_letter(words: str) -> str:
    return next((char for char in words if char.isalnum()), "")


def _begins(text: str, passage: Passage, *, first: bool) -> bool:
    """Whether a sentence may begin with the passage: after a quotation mark, another sentence, or nothing."""
    before = text[max(0, passage.start - NEAR) : passage.start].rstrip(" \xa0")
    spoken = before.rstrip(_OPENING)
    if spoken != before:
        return first or not spoken.rstrip(" \xa0").endswith((",", ";"))
    return not before or before.endswith(("\n", ":", *_ENDS, *_CLOSING))


def _ends(text: str, end: int) -> bool:
    """Whether a sentence that no full stop ends is over all the same: its text closes the quotation there."""
    after = text[end : end + 1]
    if after in _CLOSING and after:
        return not _GOES_ON.match(text, end + 1)
    return not after or after in ("\n", *_ENDS)


def leading_meetings(dossier: Dossier, stop: Stop) -> tuple[Meeting, ...]:
    """The meetings of a stop, the one first that the file names as leading; the others as the file has them.

    Where it names none, the one leads that most sources report, among equals the first in time. One that was only
    planned leads where none was held.
    """
    meetings = dossier.trip.meetings_at[stop.id]
    if len(meetings) < 2:
        return meetings

    def rank(meeting: Meeting) -> tuple[bool, bool, int, dt.date]:
        reports = sum(cell.level in REPORTS for cell in dossier.agreement.meeting(meeting.id).cells)
        return meeting.id != stop.lead_meeting, meeting.held == "planned", -reports, meeting.date or dt.date.max

    first = min(meetings, key=rank)
    return (first, *(meeting for meeting in meetings if meeting is not first))
