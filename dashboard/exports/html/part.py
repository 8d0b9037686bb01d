"""The part of a trip that a view leaves, as a dossier of its own, so that every page of the file holds just that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.dossier import Dossier
from dashboard.exports.portion import Portion
from dashboard.model import Trip
from dashboard.places import Located
from dashboard.route import Leg


@dataclass(frozen=True)
class _Part(Dossier):
    """What is left of a dossier. Stops keep the numbers that they have on the whole route, and no leg is made up."""

    portion: Portion

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """The legs between two stops of the view."""
        return self.portion.legs

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The markers' numbers in the whole trip."""
        return self.portion.dossier.numbers

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the whole trip."""
        return self.portion.fingerprint


def part_of(portion: Portion) -> Dossier:
    """The dossier with the view's stops and all that is filed under them; the sources stay whole."""
    if portion.is_whole:
        return portion.dossier
    file, ids = portion.trip.file, {stop.id for stop in portion.stops}
    left = {
        "stops": portion.stops,
        "meetings": tuple(item for item in file.meetings if item.stop in ids),
        "quotes": tuple(item for item in file.quotes if item.stop in ids),
        "excerpts": tuple(item for item in file.excerpts if item.stop in ids),
        "releases": tuple(item for item in file.releases if item.stop in ids),
        "disagreements": tuple(
            item.model_copy(update={"stops": tuple(stop for stop in item.stops if stop in ids)})
            for item in portion.disagreements
        ),
    }
    trip = Trip(file.model_copy(update=left), portion.trip.texts, portion.trip.passages)
    return _Part(trip, _located(portion, ids), portion)


def _located(portion: Portion, ids: set[str]) -> Located:
    located = portion.dossier.located
    places = {stop: place for stop, place in located.places.items() if stop in ids}
    return Located(places, tuple(item for item in located.missing if item.stop_id in ids), located.notices)
