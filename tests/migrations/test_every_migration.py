"""What holds for all migrations together: one line without forks, up and down, and the models at its end."""

from alembic.script import ScriptDirectory

from app.models import Base
from app.services import schema
from tests.migrations import moves
from tests.support.databases import Addresses


def test_migrations_form_one_line() -> None:
    assert len(ScriptDirectory(str(schema.MIGRATIONS)).get_heads()) == 1


def test_newest_schema_equals_the_models(empty: Addresses) -> None:
    moves.up(empty)

    assert moves.differences(empty) == []
    assert moves.tables(empty) == set(Base.metadata.tables)


def test_schema_goes_all_the_way_up_down_and_up_again(empty: Addresses) -> None:
    moves.up(empty)
    moves.down(empty, "base")
    emptied = moves.tables(empty)
    moves.up(empty)

    assert emptied == set()
    assert moves.tables(empty) == set(Base.metadata.tables)


def test_schema_knows_whether_it_is_current(empty: Addresses) -> None:
    before = schema.is_current(empty.owner)
    moves.up(empty)

    assert not before
    assert schema.is_current(empty.owner)
