"""A view as an iCalendar file (RFC 5545): one all-day event for each meeting, as no source gives an hour.

A meeting whose day no source states takes the days of its stop and says so; one at a stop without days is left out,
and the calendar's description says how many were. The file depends on the data only: ids and time stamps stay.
"""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event
from icalendar.prop import vText

from dashboard.exports.portion import Portion
from dashboard.exports.words import (
    about_portion,
    held,
    meeting_when,
    one_line,
    participants,
    plain,
    references,
    whole_lines,
)
from dashboard.facts import place_name, stop_facts
from dashboard.model import Meeting, Stop
from dashboard.terms import MEETING_WORDS

DAY = dt.timedelta(days=1)


class _Text(vText):
    r"""Text that stays as it is: icalendar takes a backslash before a capital N for a line end."""

    def to_ical(self) -> bytes:
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode("utf-8")


def write(portion: Portion) -> bytes:
    """The file's bytes."""
    events = [event for meeting in portion.meetings if (event := _event(portion, meeting))]
    calendar = Calendar()
    calendar.add("prodid", "-//Trip Dashboard//Meetings of a trip//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(portion.trip.file.title))
    about = [*about_portion(portion), *whole_lines(portion), *_left_out(len(portion.meetings) - len(events))]
    calendar.add("x-wr-caldesc", _text("\n".join(about)))
    for event in events:
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _left_out(count: int) -> list[str]:
    if not count:
        return []
    meetings = "1 meeting is" if count == 1 else f"{count} meetings are"
    return [f"{meetings} left out: no source lets one conclude a day."]


def _event(portion: Portion, meeting: Meeting) -> Event | None:
    stop = portion.trip.stops[meeting.stop]
    first, last = meeting.date or stop.first_day, meeting.date or stop.last_day
    if first is None or last is None:
        return None
    event = Event()
    event.add("uid", f"{meeting.id}.{portion.trip.file.id}@trip-dashboard.invalid")
    event.add("dtstamp", dt.datetime.combine(portion.trip.file.end, dt.time(), dt.UTC))
    event.add("dtstart", first)
    if last < dt.date.max:
        event.add("dtend", last + DAY)
    else:  # no day comes after
        event.add("duration", last - first + DAY)
    event.add("summary", _line(meeting.title if meeting.date else f"{meeting.title} (day not stated)"))
    event.add("location", _line(place_name(stop)))
    _add_position(event, portion, stop)
    event.add("description", _text("\n".join(_description(portion, meeting, stop))))
    event.add("status", "CONFIRMED" if meeting.held == "held" and meeting.date else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [meeting.kind])
    return event


def _add_position(event: Event, portion: Portion, stop: Stop) -> None:
    """The place as coordinates, but for a country: its middle is no place where anyone met."""
    place = portion.dossier.places.get(stop.id)
    if place and place.precision != "country":
        event.add("geo", (round(place.lat, 5), round(place.lon, 5)))


def _description(portion: Portion, meeting: Meeting, stop: Stop) -> list[str]:
    people, facts = participants(portion.trip, meeting), stop_facts(portion.dossier, stop)
    when = meeting_when(meeting)
    if not meeting.date:
        reason = f" ({facts.date_reason})" if facts.date_basis == "inferred" else ""
        when += f"; entered, as inferred, for the days of the stop: {facts.days}{reason}"
    return [
        f"When: {when}",
        f"Kind: {MEETING_WORDS[meeting.kind].lower()}; {held(meeting)}",
        f"Sources: {portion.dossier.agreement.meeting(meeting.id).verdict}",
        *(f"{facts.name}: {fact.clause}" for fact in facts.shown),
        *([meeting.note] if meeting.note else []),
        *([f"With: {', '.join(people)}"] if people else []),
        "References:",
        *references(portion.trip, meeting.evidence),
        *about_portion(portion)[1:],
    ]


def _text(text: str) -> _Text:
    return _Text(plain(text).replace("\t", " "))


def _line(text: str) -> _Text:
    return _Text(one_line(text))
