"""Whether the key file is the one of this database: asked at start, so that nothing is sealed under another's keys."""

from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError

from app.cipher import Tampered
from app.errors import Unavailable, Unconfigured
from app.models.case import CaseKey
from app.security.actor import LINKER_DESK, system_actor
from app.services.unit_of_work import Database

FOREIGN = "the key file is not the one of this database: it opens nothing in it"
LOOKED_AT = 20
"""Wraps that are tried: one of each root would do, and there are never more than a few roots."""


def refuse_foreign_keys(database: Database) -> None:
    """Raise Unconfigured where the key file does not open what lies in the database.

    The wraps of the linker's desk are tried, of which there is one as soon as there is a case. A database without
    tables, or one that is away, has nothing to try yet.
    """
    try:
        with database.read(system_actor("linker")) as work:
            wraps = select(CaseKey.case_id, CaseKey.kind, CaseKey.wrapped).where(CaseKey.holder_id == LINKER_DESK)
            for row in work.session.execute(wraps.order_by(CaseKey.case_id).limit(LOOKED_AT)):
                work.vault.unwrap(row.wrapped, row.case_id, row.kind, LINKER_DESK)
    except ProgrammingError as fault:
        if str(fault.orig).startswith("context"):  # the database believes nothing that these keys sign
            raise Unconfigured(FOREIGN) from None
    except Unavailable:
        return
    except Tampered:
        raise Unconfigured(FOREIGN) from None
