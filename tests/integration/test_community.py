"""The community: told with the person's consent, counted, read by nobody; withdrawn, she counts as not asked."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.errors import Invalid, NotFound, Stale
from app.models.audit import AuditEntry
from app.models.count import CountFact
from app.models.record import ClientRecord, RecordChange
from app.services import records
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.security.relations import above

AGREED = {"purposes": ["assistance", "community"], "given_by": "self", "language": "sqi", "explained": True}
TOLD = "kosovo_serb"


def _agreed(world: World) -> UUID:
    """A case with facts of two agencies, whose person agrees to the community being recorded."""
    case_id = world.with_advocate()
    world.step("advocate", case_id, "advocacy", "record_arrival")
    world.step("advocate", case_id, "advocacy", "record_consent", **AGREED)
    assisted = {"needs": ["safety"], "services": ["information_on_rights"]}
    world.step("advocate", case_id, "advocacy", "begin_assistance", **assisted)
    return case_id


def _version(world: World, case_id: UUID) -> int:
    with above(world).connect() as connection:
        found = select(ClientRecord.row_version).where(ClientRecord.case_id == case_id)
        return int(connection.execute(found).scalar_one())


def _record(world: World, case_id: UUID, community: str, by: str = "advocate") -> None:
    records.record_community(world.actor(by), case_id, community, _version(world, case_id))


def _counted(world: World) -> dict[str, int]:
    """How many facts stand under each community, whichever agency they count for."""
    with above(world).connect() as connection:
        rows = connection.execute(select(CountFact.community, func.sum(CountFact.weight)).group_by(CountFact.community))
        return dict(+Counter({community: int(weight) for community, weight in rows}))


@pytest.mark.line(6)
def test_what_she_tells_is_counted_for_every_agency_that_counts_her(world: World) -> None:
    case_id = _agreed(world)
    before = _counted(world)

    _record(world, case_id, TOLD)

    assert before.keys() == {"not_asked"}
    assert before["not_asked"] > 1
    assert _counted(world) == {TOLD: before["not_asked"]}


def test_what_is_counted_later_bears_it_too(world: World) -> None:
    case_id = _agreed(world)
    _record(world, case_id, TOLD)
    before = _counted(world)

    refusal = {"refusal_reason": "fear", "safe_contact_confirmed": True, "next_offer_on": "2014-04-03"}
    world.step("advocate", case_id, "advocacy", "record_refusal", **refusal)

    assert _counted(world) == {TOLD: before[TOLD] + 1}


@pytest.mark.parametrize(("said", "is_kept"), [(TOLD, False), ("unknown", False), ("refused", True)])
def test_without_her_consent_nothing_is_kept_but_that_she_would_not_say(world: World, said: str, is_kept: bool) -> None:
    case_id = world.with_advocate()
    before = _counted(world)

    refused = _is_refused(world, case_id, said)

    assert refused is not is_kept
    assert _counted(world) == ({"refused": before["not_asked"]} if is_kept else before)


def _is_refused(world: World, case_id: UUID, said: str) -> bool:
    try:
        _record(world, case_id, said)
    except Invalid as refusal:
        return refusal.fields == {"community": "community_consent"}
    return False


def test_with_her_consent_withdrawn_she_counts_as_not_asked(world: World) -> None:
    case_id = _agreed(world)
    before = _counted(world)
    _record(world, case_id, TOLD)

    world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["community"])

    assert _counted(world) == before
    with pytest.raises(Invalid):
        _record(world, case_id, TOLD)


def test_withdrawing_another_consent_leaves_it(world: World) -> None:
    case_id = _agreed(world)
    world.step("advocate", case_id, "advocacy", "record_consent", **{**AGREED, "purposes": ["follow_up"]})
    _record(world, case_id, TOLD)

    world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["follow_up"])

    assert _counted(world).keys() == {TOLD}


def test_it_lies_sealed_and_the_record_of_acts_does_not_say_it(world: World) -> None:
    case_id = _agreed(world)
    _record(world, case_id, TOLD)

    with above(world).connect() as connection:
        sealed = connection.execute(select(ClientRecord.identity)).scalars().all()
        told = connection.execute(select(AuditEntry.detail, AuditEntry.action)).all()
        former = connection.execute(select(func.count()).select_from(RecordChange)).scalar_one()

    assert [one for one in sealed if TOLD.encode() in (one or b"")] == []
    assert [one.action for one in told if TOLD in one.detail] == []
    assert "record:community_recorded" in {one.action for one in told}
    assert former == 0


def test_an_old_page_and_a_case_that_is_not_hers_change_nothing(world: World) -> None:
    case_id = _agreed(world)
    before = _counted(world)

    with pytest.raises(Stale):
        records.record_community(world.actor("advocate"), case_id, TOLD, 99)
    with pytest.raises(NotFound):
        _record(world, case_id, TOLD, by="advocate2")

    assert _counted(world) == before


def test_no_page_shows_what_was_chosen(world: World, reader: Readers) -> None:
    case_id, visitor = _agreed(world), reader("advocate")
    page = visitor.get(visitor.get(f"/cases/{case_id}").links["Record the community"])

    done = visitor.submit(page, "Save", community=TOLD)
    again = visitor.get(f"/cases/{case_id}/community")

    assert "Kept for counting. No page shows it." in done.text
    assert "Kosovo Serb" not in done.text
    assert [one["value"] for one in again.root.all("option", where=lambda e: "selected" in e)] in ([], [""])
    assert "Kosovo Serb" not in visitor.get(f"/cases/{case_id}/person").text


def test_a_page_without_consent_says_what_comes_first(world: World, reader: Readers) -> None:
    case_id, visitor = world.with_advocate(), reader("advocate")

    page = visitor.submit(visitor.get(f"/cases/{case_id}/community"), "Save", status=422, community=TOLD)

    assert page.errors == ["Community: Record first that the person agrees to the community being recorded"]
