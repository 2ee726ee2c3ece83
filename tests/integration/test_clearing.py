"""What is over its period beside cases is cleared by two people, exactly as far as was approved, and recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from app.errors import Conflict, Forbidden, Invalid
from app.models.audit import AuditEntry, Notice
from app.models.hotline import HotlineContact
from app.models.register import RegisterDraft
from app.models.signal import Signal
from app.services import approval_page, clearing, deciding, retention
from app.services.unit_of_work import Parts
from tests.factories.doors import CODED
from tests.factories.world import KINDS, World
from tests.security.relations import above

SUPERVISOR, OPERATOR, ADMIN = "advocacy.supervisor", "hotline.operator", "administrator"
LONG_AGO, LATELY = datetime(2014, 5, 17, 9, tzinfo=UTC), datetime.now(UTC) - timedelta(days=3)


def _rows(agency: UUID, member: UUID | None, at: datetime) -> dict[Any, dict[str, Any]]:
    """One row of each class, as it lay there since the moment."""
    signal = {"from_agency_id": agency, "sent_by_id": member, "to_agency_id": agency, "state": "closed"}
    signal |= {"basis": "report", "noticed": b"sealed", "sent_at": at, "received_at": at, "decided_at": at}
    signal |= dict.fromkeys(("region", "sex", "age_group", "language", "urgency", "person_knows"), "unknown")
    contact = {"agency_id": agency, "member_id": member, "occurred_on": at.date(), "recorded_at": at, "note": b"sealed"}
    coded = ("part_of_day", "channel", "language", "caller", "topic", "region", "outcome")
    return {
        Signal: signal | CODED,
        HotlineContact: contact | dict.fromkeys(coded, "unknown"),
        RegisterDraft: {"agency_id": agency, "member_id": member, "made_at": at, "content": b"sealed"},
        Notice: {"agency_id": agency, "kind": "case:moved", "values": {}, "created_at": at, "read_at": at},
    }


def _lay(world: World, by: str, *moments: datetime) -> None:
    actor = world.actor(by)
    assert actor.agency_id is not None
    with above(world).begin() as connection:
        for at in moments:
            for model, row in _rows(actor.agency_id, actor.member_id, at).items():
                connection.execute(insert(model.__table__), [{"id": uuid4(), **row}])


def _left(world: World, model: Any, by: str) -> int:
    column = model.to_agency_id if model is Signal else model.agency_id
    with above(world).connect() as connection:
        return connection.execute(
            select(func.count()).select_from(model).where(column == world.actor(by).agency_id)
        ).scalar_one()


def _decide(world: World, by: str, *, approves: bool = True) -> None:
    (one,) = approval_page.page(world.actor(by)).waiting
    deciding.decide(world.actor(by), one.id, one.digest, approves=approves)


def _cleared(world: World) -> list[dict[str, Any]]:
    with above(world).connect() as connection:
        asked = select(AuditEntry.detail).where(AuditEntry.action == "retention:cleared")
        return [json.loads(one) for one in connection.execute(asked).scalars()]


@pytest.mark.parametrize(("name", "model"), [("notice", Notice), ("register_draft", RegisterDraft)])
def test_what_one_asked_and_another_approved_is_gone_and_what_is_younger_or_not_hers_stays(
    world: World, name: str, model: Any
) -> None:
    _lay(world, SUPERVISOR, LONG_AGO, LATELY)
    _lay(world, OPERATOR, LONG_AGO)
    clearing.ask(world.actor(SUPERVISOR), name)
    before = _left(world, model, SUPERVISOR), retention.due(world.actor(SUPERVISOR)).waiting

    _decide(world, ADMIN)

    assert before == (2, frozenset({name}))
    assert retention.due(world.actor(SUPERVISOR)).numbers[name] == 0
    assert _left(world, model, OPERATOR) == 1
    assert [(one["what"], one["removed"]) for one in _cleared(world)] == [(name, 1)]


@pytest.mark.parametrize(("name", "by"), [("signal", SUPERVISOR), ("hotline_contact", OPERATOR)])
def test_of_a_signal_or_contact_the_words_go_and_the_day_and_it_is_counted_as_before(
    world: World, name: str, by: str
) -> None:
    model, day = {"signal": (Signal, "decided_at"), "hotline_contact": (HotlineContact, "occurred_on")}[name]
    _lay(world, by, LONG_AGO, LATELY)
    clearing.ask(world.actor(by), name)
    _decide(world, ADMIN)
    words = model.noticed if model is Signal else model.note
    with above(world).connect() as connection:
        columns = (getattr(model, day), words)
        rows = connection.execute(select(*columns).order_by(getattr(model, day))).all()

    assert [(row[0].year, row[0].month, row[1]) for row in rows][0] == (2014, 5, None)
    assert (rows[0][0].day, len(rows), rows[1][1]) == (1, 2, b"sealed")
    assert retention.due(world.actor(by)).numbers[name] == 0


def test_who_asked_does_not_decide_and_what_was_refused_stays(world: World) -> None:
    _lay(world, SUPERVISOR, LONG_AGO)
    clearing.ask(world.actor(SUPERVISOR), "register_draft")

    with pytest.raises(Forbidden, match="another_approves"):
        _decide(world, SUPERVISOR)
    _decide(world, ADMIN, approves=False)

    assert (_left(world, RegisterDraft, SUPERVISOR), _cleared(world)) == (1, [])


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_second_person_it_would_be_gone_at_once(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(two_clear=False))
    _lay(world, SUPERVISOR, LONG_AGO)

    clearing.ask(world.actor(SUPERVISOR), "register_draft")

    assert _left(world, RegisterDraft, SUPERVISOR) == 0


def test_nothing_is_asked_twice_or_where_nothing_is_due_or_by_who_does_not_keep_it(world: World) -> None:
    supervisor = world.actor(SUPERVISOR)
    with pytest.raises(Conflict, match="nothing_due"):
        clearing.ask(supervisor, "register_draft")
    _lay(world, SUPERVISOR, LONG_AGO)
    clearing.ask(supervisor, "register_draft")

    with pytest.raises(Conflict, match="clearing_asked"):
        clearing.ask(supervisor, "register_draft")
    with pytest.raises(Invalid):
        clearing.ask(supervisor, "case")
    with pytest.raises(Forbidden):
        clearing.ask(world.actor("advocate"), "notice")


def test_the_database_clears_nothing_that_no_second_person_approved(world: World) -> None:
    _lay(world, SUPERVISOR, LONG_AGO)
    clearing.ask(world.actor(SUPERVISOR), "register_draft")

    assert _refuses_to_clear(world)
    assert _left(world, RegisterDraft, SUPERVISOR) == 1


def _refuses_to_clear(world: World) -> bool:
    """Whether the function that clears refuses an administrator's bare call; on SQLite there is none."""
    if not world.database.is_postgresql:
        return True
    (one,) = approval_page.page(world.actor(ADMIN)).waiting
    try:
        with world.database.write(world.actor(ADMIN)) as work:
            work.session.connection().execute(text("SELECT clear_over(:id)"), {"id": one.id})
    except DBAPIError:
        return True
    return False
