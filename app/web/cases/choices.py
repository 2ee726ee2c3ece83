"""Words for the rows that a step's question can be answered with: agencies, colleagues, shelters, beds."""

from collections.abc import Mapping, Sequence
from functools import singledispatch

from flask_babel import gettext, ngettext

from app.queries.directory import AgencyRow, Colleague
from app.services.places import Suggestion
from app.services.step_page import Choice, PlacedBed
from app.web.conditions import AGAINST, IN_FAVOUR
from app.web.filters import agency_name


def pairs(choices: Mapping[str, Sequence[Choice]]) -> dict[str, list[tuple[str, str]]]:
    """For each question the ids with their words."""
    return {name: [pair(one) for one in found] for name, found in choices.items()}


@singledispatch
def pair(choice: Choice) -> tuple[str, str]:
    """The id of a choice and its words."""
    raise TypeError(type(choice).__name__)


@pair.register
def _agency(choice: AgencyRow) -> tuple[str, str]:
    return str(choice.id), agency_name(choice) + duty(choice)


@pair.register
def _colleague(choice: Colleague) -> tuple[str, str]:
    return str(choice.id), choice.name


@pair.register
def _place(choice: Suggestion) -> tuple[str, str]:
    beds = ngettext("%(num)d free bed", "%(num)d free beds", choice.free_beds)
    return str(choice.shelter_id), f"{agency_name(choice.row)}: {reasons(choice)}; {beds}"


@pair.register
def _bed(choice: PlacedBed) -> tuple[str, str]:
    name = gettext("room %(room)s, bed %(bed)s", room=choice.bed.room, bed=choice.bed.bed)
    return str(choice.bed.id), f"{agency_name(choice.row)}, {name}"


def reasons(place: Suggestion) -> str:
    """What speaks for a shelter or against it, in one line."""
    if place.reasons_against:
        words = ", ".join(str(AGAINST.get(key, key)) for key in place.reasons_against)
        return gettext("does not fit (%(reasons)s)", reasons=words)
    if place.reasons_for:
        words = ", ".join(str(IN_FAVOUR.get(key, key)) for key in place.reasons_for)
        return gettext("fits (%(reasons)s)", reasons=words)
    return gettext("takes this person")


def duty(agency: AgencyRow) -> str:
    """Who is called first there now, with her number; where nobody is on duty, the focal point."""
    if not agency.on_duty and agency.focal:
        named = {"name": agency.focal, "phone": agency.focal_phone or "–"}
        return gettext(" (focal point: %(name)s, %(phone)s)", **named)
    if not agency.on_duty:
        return ""
    first = agency.on_duty[0]
    return gettext(" (on duty: %(name)s, %(phone)s)", name=first.name, phone=first.phone)
