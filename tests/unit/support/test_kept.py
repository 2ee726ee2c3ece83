"""A copy that a test has used is the template again for the next one, or is there no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from tests.factories.world import Template
from tests.support import kept
from tests.support.kept import Contents, Kept, Shelf


@pytest.fixture
def shelf(postgresql_template: Template) -> Shelf:
    assert postgresql_template.shelf is not None
    return postgresql_template.shelf


def _used(shelf: Shelf, *statements: str) -> str:
    """Let a test use a copy; gives its name."""
    with shelf.taken() as copy, copy.above.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
        return copy.name


def _next(shelf: Shelf) -> tuple[str, Contents]:
    """The copy that the next test gets, and what is in it."""
    with shelf.taken() as copy:
        return copy.name, Contents.of(copy.owner_url)


WRITTEN = {
    "a row more": "INSERT INTO request_key SELECT id, 'k', 'd', '{}', now() FROM member",
    "a row less": "DELETE FROM member_role",
    "another row": "UPDATE agency SET name_en = 'Another'",
    "a row that is another one": "DELETE FROM member_secret; UPDATE audit_chain SET length = 7",
}


@pytest.mark.parametrize("statement", WRITTEN.values(), ids=WRITTEN)
def test_what_was_written_is_gone_for_the_next(shelf: Shelf, statement: str) -> None:
    _, before = _next(shelf)

    used = _used(shelf, "SET LOCAL session_replication_role = replica", statement)

    assert _next(shelf) == (used, before)


def test_what_was_written_is_there_while_nobody_puts_it_back(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    _, before = _next(shelf)
    monkeypatch.setattr(Kept, "is_put_back", lambda _: True)
    used = _used(shelf, WRITTEN["another row"])
    found = _next(shelf)
    monkeypatch.undo()

    assert found[0] == used
    assert found[1] != before
    assert _next(shelf) == (used, found[1])
    assert _next(shelf) == (used, before)


ALTERED = {
    "a policy": "DROP POLICY note_select ON note",
    "row security": "ALTER TABLE note DISABLE ROW LEVEL SECURITY",
    "a constraint": "ALTER TABLE stay DROP CONSTRAINT stay_one_a_bed",
    "a trigger": "ALTER TABLE audit_entry DISABLE TRIGGER USER",
    "a function": "CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a right": "GRANT TRUNCATE ON note TO PUBLIC",
    "an index": "CREATE INDEX planted ON note (case_id)",
    "a table": "CREATE TABLE planted (id int)",
}


@pytest.mark.parametrize("statement", ALTERED.values(), ids=ALTERED)
def test_a_copy_that_was_altered_is_thrown_away(shelf: Shelf, statement: str) -> None:
    used = _used(shelf, statement)

    assert _next(shelf)[0] != used


def test_a_copy_with_many_rows_is_thrown_away(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LARGE", 10)

    used = _used(shelf, "UPDATE agency SET name_en = 'Another'")

    assert _next(shelf)[0] != used


def test_a_copy_in_which_somebody_is_still_at_work_is_thrown_away(shelf: Shelf) -> None:
    with shelf.taken() as copy:
        at_work = copy.engine().connect()

    assert _next(shelf)[0] != copy.name
    at_work.invalidate()
    at_work.close()


def _setting(connection: Connection) -> str:
    return str(connection.execute(text("SELECT current_setting('app.ctx', true)")).scalar_one() or "")


def _set(connection: Connection) -> None:
    connection.execute(text("SELECT set_config('app.ctx', 'somebody', false)"))
    connection.commit()


def _at_once(connection: Connection) -> int:
    return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def _on(shelf: Shelf, *asked: Callable[[Connection], object]) -> list[object]:
    """What questions are answered, in turn, on the application's first connection."""
    with shelf.taken() as copy, copy.engine().connect() as connection:
        return [ask(connection) for ask in asked]


def test_a_connection_goes_on_to_the_next_and_forgets_what_was_set_in_it(shelf: Shelf) -> None:
    first = _on(shelf, _at_once, _set, _setting)

    assert _on(shelf, _at_once, _setting) == [first[0], ""]
    assert first[2] == "somebody"
