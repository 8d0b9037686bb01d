"""The words that the exported files share: days, people, quotations and references as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.dates import day
from dashboard.exports.portion import Portion
from dashboard.facts import StopFacts
from dashboard.model import Disagreement, Meeting, Quote, Source, Stop, TextQuote, Trip
from dashboard.prose import label
from dashboard.terms import BASIS_WORDS, KIND_WORDS, SPOKEN, traveller_line

NO_DAY = "no day stated"

# What XML 1.0 cannot hold, and what ends a line somewhere without being a line feed.
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def plain(text: str) -> str:
    """The text with line feeds only, and U+FFFD for each control character that XML or iCalendar forbids."""
    return _FORBIDDEN.sub("\ufffd", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """:func:`plain` text without line ends."""
    return " ".join(plain(text).split())


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis where it is longer than ``limit`` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(None, 1)[0] if " " in cut[limit // 2 :] else cut
    return at_word.rstrip(" ,;:.") + "…"


def stop_when(facts: StopFacts) -> str:
    """When the stop was, with "inferred" and the reason where the day was concluded."""
    when = _inferred(facts.days, facts.date_basis, facts.date_reason)
    return f"{when}; departure: {facts.depart_reason}" if facts.depart_reason else when


def meeting_when(meeting: Meeting) -> str:
    """The day of a meeting, with "inferred" and the reason where it was concluded."""
    return _inferred(day(meeting.date) if meeting.date else NO_DAY, meeting.date_basis, meeting.date_reason)


def quote_when(quote: Quote) -> str:
    """The day of a quotation, with "inferred" and the reason where it was concluded."""
    return _inferred(day(quote.date) if quote.date else NO_DAY, quote.date_basis, quote.date_reason)


def source_when(source: Source) -> str:
    """The date of a source, with "inferred" where it was concluded."""
    if source.date is None:
        return "no date"
    return _inferred(day(source.date), source.date_basis, None)


def _inferred(words: str, basis: str | None, reason: str | None) -> str:
    told = BASIS_WORDS.get(basis or "")
    if told is None:
        return words
    return f"{words} ({told}: {reason})" if reason else f"{words} ({told})"


def participants(trip: Trip, meeting: Meeting) -> list[str]:
    """Who took part, each by one name, then those that the sources name by their office only."""
    return [*(trip.people[person].name for person in meeting.people), *meeting.others]


def held(meeting: Meeting) -> str:
    """What is known of whether the meeting took place."""
    return "held" if meeting.held == "held" else "announced; no source reports it as held"


def quoted(quote: Quote) -> str:
    """The words of a quotation; where it is broken, an ellipsis joins its passages."""
    return _joined(quote.passages)


def _joined(passages: Iterable[TextQuote]) -> str:
    return "“" + " … ".join(passage.exact for passage in passages) + "”"


def also(trip: Trip, quote: Quote) -> list[str]:
    """A line for each further text that reports the same utterance, with what it has of it."""
    return [
        f"Also in {label(trip.sources[report.passages[0].source])}: {_joined(report.passages)}"
        + (f" ({report.note})" if report.note else "")
        for report in quote.also
    ]


def speaker(trip: Trip, quote: Quote) -> str:
    """Who said it, with the role that the source gives."""
    name = trip.speaker(quote)
    return f"{name}, {quote.role}" if quote.role else name


def filed(quote: Quote) -> str:
    """Why a quotation stands under its stop, where no source says that it was spoken there, and what is to be known."""
    words = SPOKEN.get(quote.stop_basis, "") if quote.stop else "about the whole trip"
    filed = f"{words}: {quote.stop_reason}" if words and quote.stop_reason else words
    return " ".join(part for part in (filed, quote.note) if part)


def quote_evidence(quote: Quote) -> tuple[TextQuote, ...]:
    """Where a quotation stands, and where its speaker is named, in every text that reports it."""
    return tuple(found for report in quote.reports for found in (*report.passages, *report.attribution))


def stop_evidence(stop: Stop) -> tuple[TextQuote, ...]:
    """What a stop's dates, place in the order and status rest on, each passage once."""
    evidence = (*stop.date_evidence, *stop.order_evidence, *stop.status_evidence, *stop.announced_evidence)
    return tuple(dict.fromkeys(evidence))


def source_line(source: Source) -> str:
    """A source in a line: label, title, kind and date."""
    parts = [source.title, KIND_WORDS[source.kind], source_when(source)]
    return f"{label(source)}: {', '.join(parts)}" if source.label else ", ".join(parts)


def references(trip: Trip, evidence: Iterable[TextQuote]) -> list[str]:
    """Each passage with its source: ``Label: Title, official page, 10 November 2023: “passage”``."""
    passages = dict.fromkeys(trip.passage(quote) for quote in evidence)
    return [f"{source_line(trip.sources[item.source])}: “{item.text}”" for item in passages]


def source_labels(trip: Trip, evidence: Iterable[TextQuote]) -> list[str]:
    """The labels of the sources of these passages, each once, in the order of the sources."""
    cited = {quote.source for quote in evidence}
    return [label(source) for source in trip.file.sources if source.id in cited]


def difference_lines(trip: Trip, item: Disagreement) -> list[str]:
    """A difference: its topic, what it consists in, and a line for what each source holds."""
    positions = [f"    {label(trip.sources[position.source])}: {position.says}" for position in item.positions]
    return [f"Sources differ: {item.topic}", item.statement, *positions]


def quote_line(trip: Trip, quote: Quote) -> list[str]:
    """A quotation with its speaker, why it is filed where it is, and who else reports it."""
    about = [f"({filed(quote)})"] if filed(quote) else []
    return [f"{quoted(quote)} {speaker(trip, quote)}", *about, *also(trip, quote)]


def whole_lines(portion: Portion) -> list[str]:
    """The claims about the whole trip, a line each, with their sources; none where the view is a part of it."""
    trip, whole = portion.trip, portion.whole
    lines = [line for quote in whole.quotes for line in quote_line(trip, quote)]
    for excerpt in whole.excerpts:
        lines += references(trip, [excerpt.passage])
    return lines + [line for item in whole.disagreements for line in difference_lines(trip, item)]


def summary_line(trip: Trip) -> str:
    """The trip's summary as one text."""
    return " ".join(sentence.text for sentence in trip.file.summary)


def about_portion(portion: Portion) -> list[str]:
    """What every file says of itself: which part of the trip it holds, the link, the fingerprint of the data."""
    link = [f"Link: {portion.link}"] if portion.link else []
    summary = [summary_line(portion.trip)] if portion.trip.file.summary else []
    title = f"{portion.trip.file.title} ({traveller_line(portion.trip)}): {portion.description}"
    return [title, *summary, *link, f"Data fingerprint: {portion.fingerprint}"]
