"""The trip file's terms in the words that readers see, on the screen and in exported files."""

from __future__ import annotations

from dashboard.model import Trip

STATUS_WORDS = {
    "visited": "Visited",
    "announced": "Announced only",
    "reported": "Reported, not in the official list",
    "disputed": "Disputed",
}
KIND_WORDS = {
    "official": "official page",
    "agency-copy": "news, agency copy",
    "news": "news",
    "analysis": "analysis",
}
MEETING_WORDS = {
    "bilateral": "Bilateral",
    "multilateral": "Multilateral",
    "meeting": "Meeting",
    "call": "Call",
    "press": "Press",
    "interview": "Interview",
    "other": "Not further described",
}
#: How the day of a meeting is known, where that is to be said.
BASIS_WORDS = {"inferred": "inferred", "dated-line": "dated line; day of the event or of its release"}
#: The same behind a day where there is little room.
SHORT_BASIS = {"inferred": " (inferred)", "dated-line": " (document date)"}
#: What is said behind a meeting that no source reports as held.
PLANNED = " (announced only)"
#: What is said beside the speaker of words that no source says were spoken at the stop.
SPOKEN = {
    "about": "about this stop, not said to have been spoken here",
    "inferred": "inferred to have been spoken here",
}
#: What a source says of a claim, in a cell of the table of evidence (:data:`dashboard.agreement.Level`).
LEVEL_WORDS = {
    "implied": "implied",
    "announced": "announces",
    "contradicts": "denies",
    "mentions": "mentions",
    "lists others": "lists others",
    "silent": "silent",
}
#: What the sources do that report nothing of a stop, as the beginning of a line that names them.
LEVEL_SENTENCES = {
    "contradicts": "Denied by",
    "mentions": "Mentioned, but not as part of the trip, by",
    "lists others": "Not in the list of places given by",
    "silent": "Not mentioned by",
}


def level_words(level: str, precision: str, wider: str) -> str:
    """A level as a cell says it; ``wider`` is what the stop's country is called, a country or a territory."""
    if level == "place":
        return wider if precision == "country" else precision
    return f"{wider} only" if level == "country" else LEVEL_WORDS[level]


def traveller_line(trip: Trip) -> str:
    """Whose trip it is, with a role that the sources give: "Antony Blinken, U.S. Secretary of State"."""
    return ", ".join([trip.traveller.name, *(role.role for role in trip.traveller.roles[:1])])
