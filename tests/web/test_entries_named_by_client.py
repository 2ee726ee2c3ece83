"""What one sends names no entry of the record (T5.7): a look, a refusal and an act with invented names of actions,
people and times in address, form and headers leave the entries that they leave without.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, request
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.services.viewing import Looked, view
from app.web.guard import acting
from tests.factories.world import A_DAY, World
from tests.security.relations import above
from tests.support.client import Visitor, filled
from tests.support.page import Page
from tests.support.promises import tell

NAMES = ("action", "record_action", "audit", "audit_action", "entry", "event", "actor", "member_id", "agency_id", "at")
FORGED = dict.fromkeys(NAMES, "x:y") | {"case_id": "00000000-0000-0000-0000-000000000000"}
HEADERS = {f"X-{name.replace('_', '-').title()}": value for name, value in FORGED.items()}
TITLES = {False: "SQLite", True: "PostgreSQL"}
Entry = tuple[Any, ...]


def _entries(world: World) -> list[Entry]:
    table = AuditEntry.__table__
    asked = select(table.c.action, table.c.member_id, table.c.agency_id, table.c.case_id, table.c.detail)
    with above(world).connect() as connection:
        rows = connection.execute(asked).all()
    return [(row.action, row.member_id, row.agency_id, row.case_id, sorted(json.loads(row.detail))) for row in rows]


def _left_by(world: World, app: Flask, case_id: UUID, forged: dict[str, str], headers: dict[str, str]) -> Counter[str]:
    """What a walk of looks, a refusal and an act leaves in the record; the ids of new rows stand aside."""
    visitor, notes = Visitor(app), f"/cases/{case_id}/notes"
    visitor.sign_in("advocate")
    before = Counter(map(str, _entries(world)))
    looks = ("/cases", f"/cases/{case_id}", "/people", f"/cases/{UUID(int=7)}", notes)
    pages = [visitor.client.get(path, query_string=forged, headers=headers) for path in looks]
    page = Page.read(notes, 200, {}, pages[-1].get_data(as_text=True))
    (form,) = [one for one in page.forms if "text" in one.names]
    sent = dict(filled(form, {"sensitivity": "N", "text": "She slept well.", "occurred_on": A_DAY}))
    answer = visitor.client.post(notes, data={**forged, **sent}, headers=headers)
    assert [one.status_code for one in (*pages, answer)] == [200, 200, 403, 404, 200, 302]
    return Counter(map(str, _entries(world))) - before


@pytest.mark.promise("T5.7")
def test_what_a_browser_sends_names_no_entry(world: World, app: Flask) -> None:
    case_id = world.with_advocate()

    without = _left_by(world, app, case_id, {}, {})
    forged = _left_by(world, app, case_id, FORGED, HEADERS)

    tell("T5.7", TITLES[world.database.is_postgresql], f"{len(FORGED)} names in address, form and headers: 0 changed")
    assert forged == without
    assert len(without) == 6


@pytest.mark.promise("T5.7")
def test_a_page_that_took_the_name_of_its_entry_from_the_browser_is_found(world: World, app: Flask) -> None:
    case_id = world.with_advocate()
    app.view_functions["cases.index"] = _named_by_the_browser

    without = _left_by(world, app, case_id, {}, {})
    forged = _left_by(world, app, case_id, FORGED, HEADERS)

    assert forged != without


def _named_by_the_browser() -> str:
    """A page as it must not be."""
    entry = request.args.get("record_action", "case:listed")
    return view(acting(), entry, lambda _work: Looked("listed"))
