"""What the addresses of the other doors name: for each role that one is open to, its own and another's."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update

from app.models.hotline import HotlineContact
from tests.factories.doors import held, logged_contact, sent_signal, venue
from tests.factories.editions import twice_frozen
from tests.factories.funding import called, granted
from tests.factories.proceedings import recorded
from tests.factories.world import World
from tests.security.bed_doors import lay_beds
from tests.security.relations import above

Named = dict[tuple[str, str, str], dict[str, Any]]
"""By subject, role and relation: what the address names."""

RECEIVERS = {"investigator": "police", "advocate": "advocacy_prishtine", "social_worker": "social_work_prishtine"}
TO_HER = ("signal_to_her", "signal_to_pass_on", "signal_to_close")
SENDERS = {"reporter": "labour.inspector", "hotline_operator": "hotline.operator"}


def lay_doors(world: World) -> Named:
    """Make them through the services."""
    elsewhere = {"signal_id": sent_signal(world, "advocacy_peje", "border.officer")}
    named: Named = lay_beds(world)
    for role, agency in RECEIVERS.items():
        for subject in TO_HER:  # each route its own: an answer ends what it is about
            named |= _both(subject, role, elsewhere, signal_id=sent_signal(world, agency, "border.officer"))
    for role, sign_in in SENDERS.items():
        named |= _both("signal_from_her", role, elsewhere, signal_id=sent_signal(world, "advocacy_peje", sign_in))
    own, other = logged_contact(world), logged_contact(world)
    with above(world).begin() as connection:
        elsewhere_too = update(HotlineContact).where(HotlineContact.id == other)
        connection.execute(elsewhere_too.values(agency_id=world.agencies["advocacy_peje"]))
    named |= _both("contact", "hotline_operator", {"contact_id": other}, contact_id=own)
    return named | _operations(world) | _proceedings(world) | _grants(world) | _editions(world)


def _editions(world: World) -> Named:
    signers = ("advocacy.supervisor", "statistics.supervisor", "police.supervisor")
    own, statistics, others = (twice_frozen(world, by) for by in signers)
    named = _both("edition", "agency_supervisor", {"edition_id": others}, edition_id=own)
    return named | _both("edition", "statistics_supervisor", {"edition_id": own}, edition_id=statistics)


def _operations(world: World) -> Named:
    named = {("venue", "investigator", "own"): {"venue_id": venue(world)}}
    colleagues = {"operation_id": held(world, by="investigator2")}
    return named | _both("operation", "investigator", colleagues, operation_id=held(world))


def _proceedings(world: World) -> Named:
    police, prosecution = ({"step_id": recorded(world, by=by)} for by in ("investigator", "prosecutor"))
    named = _both("proceeding", "investigator", prosecution, **police)
    return named | _both("proceeding", "prosecutor", police, **prosecution)


def _grants(world: World) -> Named:
    """To a house its own and another's; to who reads all, one that there is and one that there is not."""
    recorded = granted(world, by="shelter.coordinator")
    paid, other = granted(world), granted(world, agencies=("shelter_men",))
    named = _both("grant", "shelter_coordinator", {"grant_id": other}, grant_id=paid)
    named |= _both("kept_grant", "shelter_coordinator", {"grant_id": paid}, grant_id=recorded)
    for role in ("statistics_supervisor", "national_coordinator"):
        named |= _both("grant", role, {"grant_id": uuid4()}, grant_id=other)
    named |= _both("kept_grant", "statistics_supervisor", {"grant_id": uuid4()}, grant_id=paid)
    return named | _calls(world)


def _calls(world: World) -> Named:
    call, named = called(world), dict[tuple[str, str, str], dict[str, Any]]()
    for role in ("shelter_coordinator", "statistics_supervisor", "national_coordinator"):
        named |= _both("call_for_proposals", role, {"call_id": uuid4()}, call_id=call)
    own, other = world.agencies["shelter_ngo"], world.agencies["shelter_men"]
    named |= _both("kept_place", "shelter_coordinator", {"place_id": other}, place_id=own)
    return named | _both("kept_place", "statistics_supervisor", {"place_id": uuid4()}, place_id=other)


def _both(subject: str, role: str, elsewhere: dict[str, Any], **own: UUID) -> Named:
    return {(subject, role, "own"): dict(own), (subject, role, "another's"): elsewhere}


def named_for(laid: Named, subject: str, role: str, relation: str) -> dict[str, Any]:
    """What an address names for a role; for one to whom the route is shut, what it names for another."""
    others = (named for (about, _, related), named in laid.items() if (about, related) == (subject, relation))
    return laid.get((subject, role, relation)) or next(others)
