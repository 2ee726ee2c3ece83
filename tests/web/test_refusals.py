"""A refused look leaves one entry that says who asked for which page with which ids, there or not; and no name."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.services.unit_of_work import Parts
from tests.factories.world import World
from tests.security.relations import above
from tests.support.client import Visitor

SHUT = {
    "sqlite": "CREATE TRIGGER shut BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END",
    "postgresql": "CREATE TRIGGER shut BEFORE INSERT ON audit_entry EXECUTE FUNCTION refuse_change()",
}
WAYS_TO_SHUT = {
    "a trigger that raises": SHUT,
    "no record at all": dict.fromkeys(SHUT, "ALTER TABLE audit_entry RENAME TO audit_entry_away"),
}


def _entries(world: World) -> list[tuple[UUID | None, str, UUID | None, Any]]:
    table = AuditEntry.__table__
    asked = select(table.c.member_id, table.c.action, table.c.case_id, table.c.detail)
    with above(world).connect() as connection:
        found = connection.execute(asked.where(table.c.action == "access:refused").order_by(table.c.at)).all()
    return [(row.member_id, row.action, row.case_id, json.loads(row.detail)) for row in found]


@pytest.mark.promise("T5.6")
def test_a_foreign_case_and_a_missing_one_leave_the_same_entry(world: World, app: Flask) -> None:
    foreign, missing = world.open_signal(), uuid4()
    visitor = Visitor(app)
    visitor.sign_in("advocate")

    for_nothing = [visitor.client.get(f"/cases/{case_id}").status_code for case_id in (foreign, missing)]

    herself = world.actor("advocate").member_id
    assert for_nothing == [404, 404]
    assert _entries(world) == [
        (herself, "access:refused", one, {"route": "cases.show", "ids": {"case_id": str(one)}})
        for one in (foreign, missing)
    ]


@pytest.mark.promise("T5.6")
def test_a_page_of_another_role_and_no_page_at_all(world: World, app: Flask) -> None:
    visitor = Visitor(app)
    visitor.sign_in("advocate")

    answers = [visitor.client.get(path).status_code for path in ("/people", "/no-such-page", "/static/no-such-file")]

    assert answers[1:] == [404, 404]
    assert [row[3] for row in _entries(world)] == [{"route": "people.index", "ids": {}}]


def _answers(world: World, app: Flask, statements: dict[str, str]) -> tuple[list[int], bool]:
    """What is answered while nothing can be written down: to a look, to one that is refused; and is there a name."""
    case_id = world.with_advocate()
    visitor = Visitor(app)
    visitor.sign_in("advocate")
    with above(world).begin() as connection:
        connection.exec_driver_sql(statements[connection.dialect.name])
    answers = [visitor.client.get(path) for path in (f"/cases/{case_id}", "/cases", f"/cases/{uuid4()}")]
    body = "".join(answer.get_data(as_text=True) for answer in answers)
    return [answer.status_code for answer in answers], "Provë" in body


@pytest.mark.promise("T5.3")
@pytest.mark.parametrize("statements", WAYS_TO_SHUT.values(), ids=WAYS_TO_SHUT)
def test_while_nothing_can_be_written_down_nothing_is_shown_or_refused(
    world: World, app: Flask, statements: dict[str, str]
) -> None:
    assert _answers(world, app, statements) == ([503, 503, 503], False)


@pytest.mark.promise("T5.3")
def test_with_looks_that_are_not_recorded_the_person_is_shown(world: World) -> None:
    app = world.app(Parts(is_recorded=False))

    assert _answers(world, app, SHUT) == ([200, 200, 404], True)
