"""All versions of the procedure: those that are shipped, and those that the country has released itself."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.version import ProcedureRelease
from app.security.actor import system_actor
from app.services import unit_of_work
from app.services.unit_of_work import Work
from workflows import registry
from workflows.definition import Procedure
from workflows.load import load_texts
from workflows.texts import Texts


def every(work: Work) -> list[Procedure]:
    """Every version that a case can run under, oldest first. One query, so that a release is known at once."""
    rows = work.session.execute(select(ProcedureRelease.name, ProcedureRelease.digest)).all()
    own = [registry.held(row.name, row.digest) or _load(work.session, row.name) for row in rows]
    shipped = [registry.get(name) for name in registry.names()]
    return sorted([*shipped, *own], key=lambda one: (one.in_force_from, one.name))


def in_force_on(work: Work, day: date) -> Procedure:
    """The version that a case opened on that day runs under; raises registry.UnknownProcedure where there is none."""
    return registry.latest_of(every(work), day)


def find(work: Work, name: str) -> Procedure | None:
    """A version by its name."""
    return next((one for one in every(work) if one.name == name), None)


def texts_beside(session: Session, name: str, files: dict[str, str]) -> Texts:
    """The files of a version, with those of every version that it could extend."""
    own = session.execute(select(ProcedureRelease.name, ProcedureRelease.files))
    shipped = {one: registry.texts(one) for one in registry.names()}
    return {**shipped, **{row.name: row.files for row in own}, name: files}


def _load(session: Session, name: str) -> Procedure:
    files = session.execute(select(ProcedureRelease.files).where(ProcedureRelease.name == name)).scalar_one()
    return registry.hold(load_texts(name, texts_beside(session, name, files)))


def _from_the_database(name: str, digest: str) -> Procedure | None:
    """A release that this process has not met yet: a case is pinned to it, which another process has opened.

    On a connection of its own: the caller holds one, and many who wait for a second would wait for each other.
    """
    try:
        database = unit_of_work.current()
    except LookupError:
        return None
    with database.beside() as twin, twin.read(system_actor("setup")) as work:
        found = select(ProcedureRelease.name).where(ProcedureRelease.name == name, ProcedureRelease.digest == digest)
        if work.session.execute(found).first() is None:
            return None
        return _load(work.session, name)


registry.ask(_from_the_database)
