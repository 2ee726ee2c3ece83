"""Who stands on a consent records that it is withdrawn: all that hangs on it ends with it, on both databases."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.errors import NotFound
from app.models.case import CaseKey, CaseParty
from app.models.count import CountFact
from app.models.record import ClientRecord
from app.services import records, referrals
from app.services.case_keys import unwrap_keys
from app.services.workflow_runner import find_standing
from tests.factories.placed import Places
from tests.factories.returning import CHILD
from tests.factories.world import A_DAY, World
from tests.integration.test_party_ends import row
from tests.security.relations import above

ADVOCATE, WORKER, OTHER_WORKER = "advocate", "social.worker", "social.worker.prizren"
CENTRE, OTHER_CENTRE, SHELTER = "social_work_prishtine", "social_work_prizren", "shelter_child"
PURPOSES = ["assistance", "reintegration", "shelter", "community"]


def ask_centre(world: World, case_id: UUID, centre: str) -> None:
    """The advocate asks a centre for social work, on her consent to reintegration."""
    wanted = {"social_work_centre": str(world.agencies[centre]), "needs": ["shelter"]}
    world.step(ADVOCATE, case_id, "reintegration", "ask_social_work", **wanted)


@pytest.fixture
def child(world: World) -> UUID:
    """A child's case to which a centre for social work is a party by consent alone."""
    called = {"social_work_centre": str(world.agencies[OTHER_CENTRE]), "urgency": "today"}
    case_id = Places(world).client(ADVOCATE, **CHILD, given_by="self", purposes=PURPOSES, **called)
    referrals.withdraw(world.actor(ADVOCATE), world.waiting(case_id, OTHER_WORKER))
    ask_centre(world, case_id, CENTRE)
    world.accept(WORKER, case_id)
    assert standing(world, case_id)[CENTRE] == ("consent", None)
    return case_id


def standing(world: World, case_id: UUID) -> dict[str, tuple[str, str | None]]:
    """Each agency that was ever a party: on what it stands or stood, and how that ended."""
    names = {agency_id: key for key, agency_id in world.agencies.items()}
    party = CaseParty.__table__.c
    found = select(party.agency_id, party.kind, party.end_kind).where(party.case_id == case_id)
    with above(world).connect() as connection:
        return {names[one.agency_id]: (one.kind, one.end_kind) for one in connection.execute(found)}


def holders(world: World, case_id: UUID) -> set[UUID]:
    """Who can open anything of the case."""
    with above(world).connect() as connection:
        found = select(CaseKey.__table__.c.holder_id).where(CaseKey.case_id == case_id)
        return set(connection.execute(found).scalars())


def version(world: World, case_id: UUID) -> int:
    """The version that the record stands under."""
    with above(world).connect() as connection:
        found = select(ClientRecord.row_version).where(ClientRecord.case_id == case_id)
        return int(connection.execute(found).scalar_one())


def identity(world: World, case_id: UUID) -> dict[str, Any]:
    """What the record says of who she is, as the advocate's keys open it."""
    with world.database.read(world.actor(ADVOCATE)) as work:
        known = find_standing(work, case_id)
        keys = unwrap_keys(work, case_id, known.identity_key, known.content_key)
        place = ("client_record", "identity", known.record_id)
        opened: dict[str, Any] = work.vault.open(keys.identity, known.identity, *place)
        return opened


def counted(world: World, case_id: UUID) -> dict[str, int]:
    """How many facts of the case stand under each community."""
    fact = CountFact.__table__.c
    found = select(fact.community, func.sum(fact.weight)).where(fact.case_id == case_id).group_by(fact.community)
    with above(world).connect() as connection:
        return {community: int(number) for community, number in connection.execute(found) if number}


def withdraw(world: World, case_id: UUID, *purposes: str) -> None:
    """The centre's social worker records it, as she may for a child."""
    world.step(WORKER, case_id, "advocacy", "withdraw_consent", purposes=list(purposes))


def test_who_ends_her_own_standing_by_it_leaves_with_her_keys(world: World, child: UUID) -> None:
    withdraw(world, child, "reintegration")

    assert standing(world, child) == {"advocacy_prishtine": ("duty", None), CENTRE: ("consent", "withdrawn")}
    assert world.agencies[CENTRE] not in holders(world, child)


def test_what_waits_on_it_is_taken_back_and_nobody_accepts_it_any_more(world: World, child: UUID) -> None:
    ask_centre(world, child, OTHER_CENTRE)
    waits = world.waiting(child, OTHER_WORKER)

    withdraw(world, child, "reintegration")

    found = row(world, waits)
    assert (found.state, found.withdrawn_by_id) == ("withdrawn", world.actor(WORKER).member_id)
    with pytest.raises(NotFound):
        referrals.accept(world.actor(OTHER_WORKER), waits, {}, A_DAY)


def test_a_shelter_that_stands_on_another_one_withdrawn_with_it_leaves_too(world: World, child: UUID) -> None:
    places = Places(world)
    places.ask(child, SHELTER)
    places.expect(child, by="child.coordinator")

    withdraw(world, child, "reintegration", "shelter")

    ended = {CENTRE: ("consent", "withdrawn"), SHELTER: ("consent", "withdrawn")}
    assert standing(world, child) == {"advocacy_prishtine": ("duty", None), **ended}
    assert holders(world, child).isdisjoint({world.agencies[CENTRE], world.agencies[SHELTER]})
    assert places.holds(child) == ["released"]


def test_the_community_withdrawn_with_it_is_forgotten_in_the_record_and_in_what_was_counted(
    world: World, child: UUID
) -> None:
    records.record_community(world.actor(ADVOCATE), child, "kosovo_serb", version(world, child))
    known = version(world, child)
    assert identity(world, child)["community"] == "kosovo_serb"
    assert counted(world, child).keys() == {"kosovo_serb"}

    withdraw(world, child, "reintegration", "community")

    assert "community" not in identity(world, child)
    assert version(world, child) == known + 1
    assert counted(world, child).keys() == {"not_asked"}
