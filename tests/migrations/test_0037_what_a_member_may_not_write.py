"""The story of migration 0037: a member's row and other people's tokens are out of her reach, and the way back."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.services.unit_of_work import make_engine
from tests.migrations import moves
from tests.support.databases import Addresses

TABLE = "CREATE TEMPORARY TABLE member (id text)"
HELD = "SELECT tgname FROM pg_trigger WHERE tgname = 'member_kept'"
RULE = "SELECT qual FROM pg_policies WHERE policyname = 'link_token_delete'"


def _may_make_tables(empty: Addresses) -> bool:
    engine = make_engine(empty.app)
    try:
        with engine.begin() as connection:
            connection.execute(text(TABLE))
        return True
    except DBAPIError:
        return False
    finally:
        engine.dispose()


def _state(empty: Addresses) -> tuple[bool, int, bool]:
    """Whether the application's role may make tables, the triggers, and whether tokens hang on their record."""
    if empty.owner.startswith("sqlite"):
        return (False, 1, True)
    ((rule,),) = moves.read(empty, RULE)
    return _may_make_tables(empty), len(moves.read(empty, HELD)), "client_record" in rule


def test_what_is_not_hers_goes_out_of_her_reach(empty: Addresses) -> None:
    moves.up(empty, "0037")

    assert _state(empty) == (False, 1, True)


def test_the_way_back_leaves_all_as_it_was(empty: Addresses) -> None:
    moves.up(empty, "0037")

    moves.down(empty, "0033")

    assert _state(empty) in ((True, 0, False), (False, 1, True))
    assert "keep_member" not in moves.functions(empty)
