"""A country's own version under way to its release: drafted, taken as checked, signed by two administrators."""

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from app.models.version import ProcedureDraft
from app.security.actor import Actor
from app.services import drafts
from tests.factories.world import World
from tests.security.relations import above

NAME = "xk_own"
DAY_BEFORE = date(3000, 3, 2)


def administrator(world: World) -> Actor:
    """The first of the two that every world has."""
    return world.actor("administrator")


def second(world: World) -> Actor:
    """Another administrator."""
    return world.actor("administrator2")


def head(world: World, **changes: str) -> str:
    """The draft's procedure.toml, with what is to read otherwise."""
    text = drafts.file(administrator(world), NAME, "procedure.toml").text
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def version_of(world: World) -> int:
    """The row version of the draft."""
    return drafts.shown(administrator(world), NAME).row_version


def begun(world: World, source: str = "xk_2013", on: str = "2999-01-01") -> None:
    """A draft in which an answer to a call is due within five minutes, in force from a day."""
    drafts.begin(administrator(world), NAME, source)
    text = head(world).replace("2013-01-01", on).replace('window = "15 minutes"', 'window = "5 minutes"')
    text = text.replace("in_force_to = 2022-12-31\n", "")
    saved(world, "procedure.toml", text)


def saved(world: World, file: str, text: str) -> tuple[Any, ...]:
    """A file of the draft with another text; gives the faults."""
    return drafts.save(administrator(world), NAME, file, text, version_of(world))


def proven(world: World, is_sound: bool = True) -> None:
    """As if it had been checked; the check itself takes seconds, and the tests of the check let it run."""
    digest = drafts.shown(administrator(world), NAME).digest
    with above(world).begin() as connection:
        checked = {"checked_digest": digest, "checked_at": datetime(2014, 3, 3, tzinfo=UTC), "is_sound": is_sound}
        connection.execute(update(ProcedureDraft.__table__).values(**checked))


def released(world: World, on: str = "2999-01-01") -> str:
    """Drafted, signed twice and released, in force from a day; gives the digest."""
    begun(world, on=on)
    proven(world)
    drafts.sign(administrator(world), NAME, version_of(world))
    return drafts.sign(second(world), NAME, version_of(world))["released"]


def of_the_year_3000() -> datetime:
    """The clock of a world in which the release's day has come."""
    return datetime(3000, 3, 3, 12, tzinfo=UTC)


def screened_before_a_release_that_names_it_otherwise(world: World, carries: str = "") -> UUID:
    """An open case in a state that the version of the next day calls by another name."""
    case_id = world.open_signal(on=DAY_BEFORE, birth_date="2970-05-06")
    asked = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}
    world.step("investigator", case_id, "identification", "screen", on=DAY_BEFORE, **asked)
    begun(world, on="3000-03-03")
    text = drafts.file(administrator(world), NAME, "identification.toml").text
    renamed = re.sub(r'(?m)^(\[state\.|from = .*|to = .*")screened', r"\1needs_seen", text)
    renamed = re.sub(r'(?m)^(from = .*|to = )"screened"', r'\1"needs_seen"', renamed)
    saved(world, "identification.toml", renamed)
    saved(world, "procedure.toml", head(world) + carries)
    proven(world)
    drafts.sign(administrator(world), NAME, version_of(world))
    drafts.sign(second(world), NAME, version_of(world))
    return case_id
