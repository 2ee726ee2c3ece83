"""The story of migration 0028: from then on PostgreSQL believes no context that is only set; and back."""

import pytest
from sqlalchemy import text

from app.services.unit_of_work import make_engine
from tests.migrations import moves
from tests.support.databases import Addresses

SAID = {"said": "|||statistics|"}


def _believed(empty: Addresses) -> str | None:
    """Whom the application's role is taken for when it sets a context that nobody signed; on SQLite there is none."""
    engine = make_engine(empty.app)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT set_config('app.ctx', :said, true)"), SAID)
            believed: str | None = connection.execute(text("SELECT ctx(4)")).scalar_one()
            return believed
    finally:
        engine.dispose()


def _unsigned(empty: Addresses) -> str | None:
    return None if empty.owner.startswith("sqlite") else _believed(empty)


def _kept_apart(empty: Addresses) -> int:
    known = "SELECT count(*) FROM pg_namespace WHERE nspname = 'context'"
    return 0 if empty.owner.startswith("sqlite") else int(moves.read(empty, known)[0][0])


def test_what_was_believed_before_is_believed_no_more(empty: Addresses) -> None:
    moves.up(empty, "0025")
    before = _unsigned(empty)

    moves.up(empty, "0028")

    assert (before, _kept_apart(empty)) in ((None, 0), ("statistics", 1))
    assert _refused(empty)


def _refused(empty: Addresses) -> bool:
    """Whether a context that is only set counts for nothing: in a session that was never told one it is an error."""
    if empty.owner.startswith("sqlite"):
        return True
    with pytest.raises(Exception, match="currval"):
        _believed(empty)
    return True


def test_the_way_back_leaves_nothing_behind_and_believes_again(empty: Addresses) -> None:
    moves.up(empty, "0025")
    before = _unsigned(empty)
    moves.up(empty, "0028")

    moves.down(empty, "0025")

    assert (_unsigned(empty), _kept_apart(empty)) == (before, 0)
