"""What a trip is: frozen values as they stand in ``trip.toml``, and the verified :class:`Trip` made of them.

No input or output happens here. The terms are those of the field: a :class:`TextQuote` is the W3C Web Annotation
``TextQuoteSelector``, a :class:`Passage` its ``TextPositionSelector`` once the text has been read; dates are ISO 8601
calendar days; countries are ISO 3166-1 alpha-2; latitude and longitude are WGS 84 degrees.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

T = TypeVar("T")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1)]
#: The most characters of a headline: it has to stand on a slide in two lines.
HEADLINE = 90
Label = Annotated[str, StringConstraints(min_length=1, max_length=32)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


def _no_number(value: object) -> object:
    """Refuse what would be taken for the seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and value.count("-") != 2):
        raise PydanticCustomError("day", "expected a day such as 2031-05-04")
    return value


Day = Annotated[dt.date, BeforeValidator(_no_number)]

Basis = Literal["stated", "inferred"]
#: How the day of a meeting is known; "dated-line": by nothing but the date of a line in a list of documents, which may
#: be the day of the event or of the document's release.
DayBasis = Literal["stated", "inferred", "dated-line"]
Precision = Literal["venue", "city", "country"]
Status = Literal["visited", "announced", "reported", "disputed"]
SourceKind = Literal["official", "agency-copy", "news", "analysis"]
FurnitureKind = Literal[
    "navigation",
    "comment-form",
    "related",
    "alt-text",
    "credit",
    "footer",
    "heading",
    "caption",
    "link",
]
MeetingKind = Literal["bilateral", "multilateral", "meeting", "call", "press", "interview", "other"]
Stance = Literal["states", "contradicts", "omits"]


class Record(BaseModel):
    """A frozen record of the trip file; an unknown key is an error, so that a typo cannot hide a claim.

    ``prose`` names the keys whose words a person wrote about the sources: there ``{id}`` stands for a source, which
    readers see by its label (:mod:`dashboard.prose`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)

    prose: ClassVar[tuple[str, ...]] = ()


class TextQuote(Record):
    """A quotation that points at its place in a source (W3C TextQuoteSelector).

    ``exact`` is verbatim; ``prefix`` and ``suffix`` are the verbatim text directly before and after it and are only
    needed where ``exact`` stands more than once.
    """

    source: Words
    exact: Words
    prefix: str = ""
    suffix: str = ""


Evidence = tuple[TextQuote, ...]


def _needs_reason(basis: DayBasis | None, reason: str | None, what: str) -> None:
    if basis == "inferred" and not reason:
        raise ValueError(f"{what} is inferred, so {what}_reason must say in words from what it was concluded")


def _in_order(first: dt.date | None, last: dt.date | None, names: str) -> None:
    if first and last and last < first:
        raise ValueError(f"{names}: the end {last} lies before the beginning {first}")


class Furniture(Record):
    """Page furniture, text that is no article body: one line (``exact``) or a block (``from``, ``to``)."""

    kind: FurnitureKind
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""
    start: str | None = Field(default=None, alias="from")
    end: str | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if bool(self.exact) == bool(self.start and self.end):
            raise ValueError("furniture needs either exact, or both from and to")
        return self


class Coincidence(Record):
    """A run of words that another source has as well and that is no sign of a common origin, such as a long name."""

    prose: ClassVar[tuple[str, ...]] = ("reason",)

    source: Words
    reason: Words


class LeftOut(Record):
    """Sentences of a source's body that no claim uses, by a person's decision."""

    prose: ClassVar[tuple[str, ...]] = ("reason",)

    passage: TextQuote
    reason: Words


class Source(Record):
    """One source text: where it is, what it is, and how its date is known.

    ``label`` is what readers see of it: two or three words that its own text supports. ``planned`` are the passages
    that tell what was still to come when they were written: they announce, they do not confirm. ``itinerary`` are the
    passages in which the text lists the places of the trip. ``shares_wording_with`` names the sources that a person
    holds to be of one origin with it, ``coincides_with`` those whose shared words are no sign of that. ``left_out``
    are the body's sentences that no claim uses by decision.
    """

    prose: ClassVar[tuple[str, ...]] = ("title_reason", "kind_reason", "date_reason", "about", "independence")

    id: Id
    label: Label | None = None
    file: Words
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    title: Words
    title_basis: Basis = "stated"
    title_reason: str | None = None
    title_evidence: Evidence = ()
    kind: SourceKind
    kind_reason: str | None = None
    kind_evidence: Evidence = ()
    publisher: str | None = None
    date: Day | None = None
    date_basis: Basis | None = None
    date_reason: str | None = None
    date_evidence: Evidence = ()
    about: Words
    independence: str | None = None
    shares_wording_with: tuple[Words, ...] = ()
    coincides_with: tuple[Coincidence, ...] = ()
    planned: Evidence = ()
    itinerary: Evidence = ()
    left_out: tuple[LeftOut, ...] = ()
    furniture: tuple[Furniture, ...] = ()

    @model_validator(mode="after")
    def _reasons(self) -> Self:
        _needs_reason(self.title_basis, self.title_reason, "title")
        _needs_reason(self.date_basis, self.date_reason, "date")
        return self


class Country(Record):
    """The spellings under which the sources name a country or territory, its adjectives among them.

    ``kind`` is the word that a verdict uses for it; it is no judgement on it.
    """

    code: CountryCode
    kind: Literal["country", "territory"] = "country"
    spellings: tuple[Words, ...] = Field(min_length=1)


class Sentence(Record):
    """A sentence of the trip's summary, with the passages it rests on."""

    prose: ClassVar[tuple[str, ...]] = ("text",)

    text: Words
    evidence: Evidence = Field(min_length=1)


class Pin(Record):
    """Coordinates that a person has reviewed (WGS 84 degrees), with the reason why they are right."""

    prose: ClassVar[tuple[str, ...]] = ("reason",)

    lat: float = Field(ge=-90, le=90, strict=True, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, strict=True, allow_inf_nan=False)
    reason: Words


class Implied(Record):
    """Why a source's passages are about a stop although they name neither the place nor its country."""

    prose: ClassVar[tuple[str, ...]] = ("reason",)

    source: Words
    reason: Words


class Stop(Record):
    """A place of the trip. ``arrive`` and ``depart`` are days; where inferred, they bound when it may have been.

    ``spellings`` are the names that the sources use for the place, beside ``name``. ``depart_basis`` is given where
    the departure is known otherwise than the rest; a departure that no text gives is left open.
    ``announced_evidence`` are passages that announce the stop beforehand, ``unannounced_evidence`` such as call it
    unannounced; sources may do both. ``headline`` is a line for its slide, ``lead_meeting`` and ``lead_quote`` are the
    ids of the meeting and of the quotation of this stop that stand first there.
    """

    prose: ClassVar[tuple[str, ...]] = ("headline", "date_reason", "depart_reason", "order_reason", "status_reason")

    id: Id
    name: Words
    spellings: tuple[Words, ...] = ()
    country: Words
    country_code: CountryCode
    query: Words
    precision: Precision
    pin: Pin | None = None
    arrive: Day | None = None
    depart: Day | None = None
    date_basis: DayBasis
    date_reason: str | None = None
    date_evidence: Evidence = Field(min_length=1)
    depart_basis: Basis | None = None
    depart_reason: str | None = None
    order_basis: Basis
    order_reason: str | None = None
    order_evidence: Evidence = Field(min_length=1)
    status: Status
    status_reason: Words
    status_evidence: Evidence = Field(min_length=1)
    announced_evidence: Evidence = ()
    unannounced_evidence: Evidence = ()
    implied: tuple[Implied, ...] = ()
    headline: Words | None = Field(default=None, max_length=HEADLINE)
    lead_meeting: Id | None = None
    lead_quote: Id | None = None

    @model_validator(mode="after")
    def _reasons(self) -> Self:
        _needs_reason(self.date_basis, self.date_reason, "date")
        _needs_reason(self.depart_basis, self.depart_reason, "depart")
        _needs_reason(self.order_basis, self.order_reason, "order")
        _in_order(self.arrive, self.depart, "arrive and depart")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling of the place itself."""
        return tuple(dict.fromkeys((self.name, *self.spellings)))

    @property
    def first_day(self) -> dt.date | None:
        """The earliest day of the stop, or None where no source lets one conclude it."""
        return self.arrive or self.depart

    @property
    def last_day(self) -> dt.date | None:
        """The latest day of the stop, or None where no source lets one conclude it."""
        return self.depart or self.arrive


class Excerpt(Record):
    """What one source says of one stop, or without a stop of the whole trip, in whole sentences."""

    id: Id
    stop: Id | None = None
    passage: TextQuote
    people: tuple[Id, ...] = ()


class Role(Record):
    """A person's role in the words of the source that gives it."""

    role: Words
    evidence: Evidence = Field(min_length=1)


class Person(Record):
    """A person with every spelling the sources use; ``name`` is one of them."""

    id: Id
    name: Words
    spellings: tuple[Words, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = ()


class Meeting(Record):
    """One meeting, call, interview or appearance before the press, however many passages speak of it.

    ``note`` is what a reader must know beside it, such as that two passages may be of two occasions.
    """

    prose: ClassVar[tuple[str, ...]] = ("title", "others", "date_reason", "note")

    id: Id
    stop: Id
    date: Day | None = None
    date_basis: DayBasis | None = None
    date_reason: str | None = None
    title: Words
    kind: MeetingKind
    held: Literal["held", "planned"]
    people: tuple[Id, ...] = ()
    others: tuple[Words, ...] = ()
    note: str | None = None
    evidence: Evidence = Field(min_length=1)

    @model_validator(mode="after")
    def _reasons(self) -> Self:
        _needs_reason(self.date_basis, self.date_reason, "date")
        return self


class Release(Record):
    """A dated line of an official list of documents.

    ``heading_evidence`` is the heading above it in the list. It is evidence of one thing only: to which place the
    list assigns the document.
    """

    id: Id
    date: Day
    heading: Words
    heading_evidence: TextQuote | None = None
    title: Words
    stop: Id | None = None
    meeting: Id | None = None
    passage: TextQuote


class Report(Record):
    """The words of one utterance as one more text gives them."""

    prose: ClassVar[tuple[str, ...]] = ("note",)

    role: str | None = None
    note: str | None = None
    passages: Evidence = Field(min_length=1)
    attribution: Evidence = Field(min_length=1)


class Quote(Record):
    """A direct quotation; one broken by "she said" has several passages.

    ``speaker`` is a person; where the text has no person say it, ``voice`` is what the text says does: "the
    statement". ``stop_basis`` is ``about`` where the words concern the stop and no source says they were spoken
    there; a quotation without a stop is about the whole trip. ``also`` are further texts' reports of the same
    utterance.
    """

    prose: ClassVar[tuple[str, ...]] = ("stop_reason", "date_reason", "note")

    id: Id
    speaker: Id | None = None
    voice: Words | None = None
    role: str | None = None
    stop: Id | None = None
    stop_basis: Literal["stated", "inferred", "about"] = "about"
    stop_reason: str | None = None
    date: Day | None = None
    date_basis: DayBasis | None = None
    date_reason: str | None = None
    meeting: Id | None = None
    note: str | None = None
    passages: Evidence = Field(min_length=1)
    attribution: Evidence = Field(min_length=1)
    also: tuple[Report, ...] = ()

    @model_validator(mode="after")
    def _reasons(self) -> Self:
        _needs_reason(self.date_basis, self.date_reason, "date")
        if self.stop_basis != "stated" and not self.stop_reason:
            raise ValueError(f"stop_basis is {self.stop_basis}, so stop_reason must say why")
        if bool(self.speaker) == bool(self.voice):
            raise ValueError("a quotation needs either speaker, a person's id, or voice, the text's own words for it")
        return self

    @property
    def reports(self) -> tuple[Report, ...]:
        """Every text's report of the utterance, the leading one first."""
        return (Report(role=self.role, passages=self.passages, attribution=self.attribution), *self.also)


class Position(Record):
    """What one source holds in a disagreement, paraphrased neutrally beside its passage.

    ``stance`` is about one stop's having been visited: ``stop``, or else the only stop of the disagreement.
    """

    prose: ClassVar[tuple[str, ...]] = ("says",)

    source: Words
    says: Words
    stance: Stance | None = None
    stop: Id | None = None
    evidence: TextQuote

    @model_validator(mode="after")
    def _same_source(self) -> Self:
        if self.evidence.source != self.source:
            raise ValueError(f"position of source {self.source} rests on source {self.evidence.source}")
        return self


class Disagreement(Record):
    """Something in which sources differ; spelling variants are kept apart from differences of substance.

    ``variants`` are the spellings of one name; a search for one of them finds all. One without a stop is about the
    whole trip. ``in_question`` are those of its stops whose place, day or having been visited it is about.
    """

    prose: ClassVar[tuple[str, ...]] = ("topic", "statement")

    id: Id
    topic: Words
    kind: Literal["substance", "spelling"]
    statement: Words
    stops: tuple[Id, ...] = ()
    in_question: tuple[Id, ...] = ()
    people: tuple[Id, ...] = ()
    variants: tuple[Words, ...] = ()
    positions: tuple[Position, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _one_stop_each(self) -> Self:
        """A stance belongs to one stop, never to every stop that the disagreement concerns."""
        if any(p.stance and not p.stop for p in self.positions) and len(self.stops) != 1:
            raise ValueError("a stance needs the stop it is about: this disagreement concerns none or several")
        return self

    @model_validator(mode="after")
    def _among_its_stops(self) -> Self:
        if others := sorted(set(self.in_question) - set(self.stops)):
            raise ValueError(f"in_question names {', '.join(others)}, which `stops` does not: name it there too")
        return self

    def stop_of(self, position: Position) -> str | None:
        """The stop that a position's stance is about."""
        return position.stop or (self.stops[0] if len(self.stops) == 1 else None)


class TripFile(Record):
    """Everything ``trip.toml`` says; the JSON Schema for editors is made from this class."""

    format: Literal[1]
    id: Id
    title: Words
    traveller: Id
    start: Day
    end: Day
    date_evidence: Evidence = Field(min_length=1)
    summary: tuple[Sentence, ...] = ()
    countries: tuple[Country, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    stops: tuple[Stop, ...] = Field(min_length=1)
    people: tuple[Person, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    releases: tuple[Release, ...] = ()
    quotes: tuple[Quote, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    @model_validator(mode="after")
    def _dates(self) -> Self:
        _in_order(self.start, self.end, "start and end")
        return self


@dataclass(frozen=True)
class Passage:
    """A verified place in a source: ``text == source_text[start:end]``, counted in characters."""

    source: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Whole:
    """The claims about a whole trip, of no single stop."""

    excerpts: tuple[Excerpt, ...]
    quotes: tuple[Quote, ...]
    releases: tuple[Release, ...]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True)
class Trip:
    """A trip whose every passage has been found in its source. Made by :mod:`dashboard.trips` only.

    ``texts`` maps a source id to its whole text, ``passages`` each quotation of the file to its place.
    """

    file: TripFile
    texts: Mapping[str, str]
    passages: Mapping[TextQuote, Passage]

    def passage(self, quote: TextQuote) -> Passage:
        """Where this quotation stands in its source."""
        return self.passages[quote]

    @cached_property
    def stops(self) -> Mapping[str, Stop]:
        """The stops by id, in the order of travel."""
        return {stop.id: stop for stop in self.file.stops}

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """The people by id."""
        return {person.id: person for person in self.file.people}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.file.sources}

    @cached_property
    def traveller(self) -> Person:
        """Whose trip it is."""
        return self.people[self.file.traveller]

    def is_planned(self, passage: Passage) -> bool:
        """Whether the passage tells what was still to come when it was written."""
        planned = (self.passage(quote) for quote in self.sources[passage.source].planned)
        return any(plan.start <= passage.start and passage.end <= plan.end for plan in planned)

    def speaker(self, quote: Quote) -> str:
        """Who says a quotation: the person's name, or the text's own words where it names no person."""
        return self.people[quote.speaker].name if quote.speaker else quote.voice or ""

    @cached_property
    def meetings(self) -> Mapping[str, Meeting]:
        """The meetings by id."""
        return {meeting.id: meeting for meeting in self.file.meetings}

    @cached_property
    def meetings_at(self) -> Mapping[str, tuple[Meeting, ...]]:
        """The meetings of each stop, in the order of the file."""
        return _by_stop(self.stops, ((m.stop, m) for m in self.file.meetings))

    @cached_property
    def quotes_at(self) -> Mapping[str, tuple[Quote, ...]]:
        """The quotations filed under each stop, in the order of the file."""
        return _by_stop(self.stops, ((q.stop, q) for q in self.file.quotes))

    @cached_property
    def excerpts_at(self) -> Mapping[str, tuple[Excerpt, ...]]:
        """The excerpts about each stop, in the order of the file."""
        return _by_stop(self.stops, ((e.stop, e) for e in self.file.excerpts))

    @cached_property
    def releases_at(self) -> Mapping[str, tuple[Release, ...]]:
        """The official documents listed for each stop, in the order of the file."""
        return _by_stop(self.stops, ((r.stop, r) for r in self.file.releases))

    @cached_property
    def claimed(self) -> Mapping[str, tuple[Passage, ...]]:
        """The distinct passages on which claims rest, by source, in the order of the text.

        What a source is told to announce, to list or to leave out describes the text and is no claim.
        """
        found: dict[str, set[Passage]] = {source: set() for source in self.sources}
        for path, quote in text_quotes(self.file):
            if path[0] != "sources" or path[2] not in ("planned", "itinerary", "left_out"):
                found[quote.source].add(self.passages[quote])
        return {source: tuple(sorted(items, key=lambda p: (p.start, p.end))) for source, items in found.items()}

    @cached_property
    def whole(self) -> Whole:
        """What is claimed of the whole trip and of no single stop."""
        file = self.file
        return Whole(
            tuple(item for item in file.excerpts if not item.stop),
            tuple(item for item in file.quotes if not item.stop),
            tuple(item for item in file.releases if not item.stop),
            tuple(item for item in file.disagreements if not item.stops and item.kind == "substance"),
        )

    @cached_property
    def people_at(self) -> Mapping[str, frozenset[str]]:
        """Who, besides the traveller, was met, is quoted or is named at each stop."""
        file = self.file
        named: list[tuple[str | None, str]] = [(m.stop, person) for m in file.meetings for person in m.people]
        named += [(q.stop, q.speaker) for q in file.quotes if q.speaker]
        named += [(e.stop, person) for e in file.excerpts for person in e.people]
        grouped = _by_stop(self.stops, named)
        return {stop: frozenset(people) - {file.traveller} for stop, people in grouped.items()}

    @cached_property
    def stances_at(self) -> Mapping[str, tuple[Position, ...]]:
        """The positions with a stance to each stop's having been visited."""
        positions = ((item.stop_of(p), p) for item in self.file.disagreements for p in item.positions if p.stance)
        return _by_stop(self.stops, positions)

    @cached_property
    def disagreements_at(self) -> Mapping[str, tuple[Disagreement, ...]]:
        """The differences of substance that concern each stop."""
        substance = (d for d in self.file.disagreements if d.kind == "substance")
        return _by_stop(self.stops, ((stop, d) for d in substance for stop in d.stops))

    def days(self) -> tuple[dt.date, ...]:
        """Every day of the trip, from the first to the last that the trip or one of its stops has."""
        return self._days

    @cached_property
    def _days(self) -> tuple[dt.date, ...]:
        ends = [day for stop in self.file.stops for day in (stop.first_day, stop.last_day) if day]
        first, last = min([self.file.start, *ends]), max([self.file.end, *ends])
        return tuple(first + dt.timedelta(days=n) for n in range((last - first).days + 1))

    def country_kind(self, code: str) -> str:
        """What a verdict calls this ISO 3166-1 code: a country or a territory."""
        return self._kinds.get(code, "country")

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return {country.code: country.kind for country in reversed(self.file.countries)}

    @cached_property
    def country_names(self) -> Mapping[str, tuple[str, ...]]:
        """Every spelling of each country of the trip, by its ISO 3166-1 code."""
        names: dict[str, dict[str, None]] = {}
        for stop in self.file.stops:
            names.setdefault(stop.country_code, {})[stop.country] = None
        for country in self.file.countries:
            names.setdefault(country.code, {}).update(dict.fromkeys(country.spellings))
        return {code: tuple(spellings) for code, spellings in names.items()}

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """The countries by ISO 3166-1 code, in the order of travel, each named as its first stop names it."""
        names: dict[str, str] = {}
        for stop in self.file.stops:
            names.setdefault(stop.country_code, stop.country)
        return names


def _by_stop(stops: Iterable[str], pairs: Iterable[tuple[str | None, T]]) -> Mapping[str, tuple[T, ...]]:
    """What belongs to each stop; what has none belongs to the whole trip."""
    grouped: dict[str, list[T]] = {stop: [] for stop in stops}
    for stop, item in pairs:
        if stop is not None:
            grouped[stop].append(item)
    return {stop: tuple(items) for stop, items in grouped.items()}


def text_quotes(record: BaseModel) -> Iterator[tuple[tuple[str | int, ...], TextQuote]]:
    """Every quotation inside a record, with its path of keys and positions."""
    for name in type(record).model_fields:
        yield from _walk((name,), getattr(record, name))


def _walk(path: tuple[str | int, ...], value: object) -> Iterator[tuple[tuple[str | int, ...], TextQuote]]:
    if isinstance(value, TextQuote):
        yield path, value
    elif isinstance(value, BaseModel):
        for inner, quote in text_quotes(value):
            yield (*path, *inner), quote
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk((*path, index), item)
