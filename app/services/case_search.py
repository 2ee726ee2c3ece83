"""The search by name among an agency's own cases: keyed tokens find, opening confirms. A search leaves one entry."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, intersect, select, text

from app.cipher import tokens
from app.matching.tokens import query_texts, search_texts, token
from app.models.case import Case, CaseKey
from app.models.record import ClientRecord, SearchToken
from app.queries.standing import Standing
from app.services.unit_of_work import Work
from app.services.viewing import Looked, full_name, open_identity

AT_MOST = 50
NAMELESS = "shelter"

_token, _key = SearchToken.__table__, CaseKey.__table__


@dataclass(frozen=True)
class Found:
    """A case whose person bears the name."""

    case_id: Any
    reference: str
    opened_on: Any
    name: str
    birth: str


def by_name(work: Work, name: str) -> Looked[tuple[Found, ...]]:
    """The agency's own cases, open to the actor, of people whose name has every part of the one asked for."""
    wanted = query_texts(name)
    if not wanted:
        return Looked(())
    found = tuple(one for one in (_confirmed(work, row, wanted) for row in _hits(work, wanted)) if one)
    return Looked(found, shown=[one.case_id for one in found])


def find_here_too(work: Work, known: Standing, identity_key: bytes) -> None:
    """Let an agency that has become a party find the case by name, under its own key; a second time changes nothing.

    For agencies whose work is with names: a shelter knows her by an alias.
    """
    agency_id = work.actor.agency_id
    if known.identity is None or agency_id is None or work.actor.agency_kind == NAMELESS:
        return
    identity = work.vault.open(identity_key, known.identity, "client_record", "identity", known.record_id)
    texts = search_texts(identity.get("given_name", ""), identity.get("family_name", ""))
    key = work.vault.keyring.search(agency_id)
    rows = [{"agency_id": agency_id, "token": token(key, one), "record_id": known.record_id} for one in texts]
    own = (SearchToken.record_id == known.record_id, SearchToken.agency_id == agency_id)
    if rows and work.session.execute(select(SearchToken.token).where(*own).limit(1)).first() is None:
        work.session.execute(insert(SearchToken), rows)


def _hits(work: Work, wanted: tuple[frozenset[str], ...]) -> list[Any]:
    agency_id = work.actor.agency_id
    assert agency_id is not None  # noqa: S101 - the policy lets only members search
    if work.is_postgresql:
        # A plan made for any name would scan: each name is planned anew (decision 43).
        work.session.connection().execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    key = work.vault.keyring.search(agency_id)
    parts = [sorted(one for text in texts for one in tokens(key, text)) for texts in wanted]
    # Who bears every part of the name is settled among the tokens, before any rule is asked about any case.
    bearing = [select(_token.c.record_id).where(_token.c.agency_id == agency_id, _token.c.token.in_(p)) for p in parts]
    found = intersect(*bearing).subquery() if len(bearing) > 1 else bearing[0].distinct().subquery()
    wrapped = (
        select(_key.c.wrapped)
        .where(_key.c.case_id == ClientRecord.case_id, _key.c.holder_id == agency_id, _key.c.kind == "identity")
        .correlate(ClientRecord)
        .scalar_subquery()
    )
    rows = work.session.execute(
        select(ClientRecord.case_id, Case.reference, Case.opened_on, ClientRecord.id, ClientRecord.identity, wrapped)
        .join(found, found.c.record_id == ClientRecord.id)
        .join(Case, Case.id == ClientRecord.case_id)
        .order_by(Case.opened_on.desc(), Case.id)
        .limit(AT_MOST)
    )
    return [tuple(row) for row in rows]


def _confirmed(work: Work, row: Any, wanted: tuple[frozenset[str], ...]) -> Found | None:
    case_id, reference, opened_on, record_id, sealed, wrapped = row
    identity = open_identity(work, case_id, record_id, sealed, wrapped)
    borne = search_texts(identity.get("given_name", ""), identity.get("family_name", ""))
    if not all(part & borne for part in wanted):
        return None
    birth = str(identity.get("birth_date") or identity.get("birth_year") or "")
    return Found(case_id, reference, opened_on, full_name(identity), birth)
