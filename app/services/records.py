"""The person's own record put right: who she is, and how to reach her safely. What stood there before is kept, sealed.

Everything that rests on it follows in the same transaction: search tokens of every agency that finds the case by name,
the linker's tokens, the snapshot in clear, and the counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, or_, select, update

from app.errors import Forbidden, Invalid, Stale
from app.matching.tokens import link_texts, possible_birth_years, search_texts, token
from app.models.case import CaseParty
from app.models.record import ClientRecord, LinkPair, LinkToken, RecordChange, RecordPerson, SearchToken
from app.queries.standing import Standing
from app.security.actor import Actor
from app.security.fields import IDENTITY
from app.security.policy import classes_of
from app.services import intake, recounting, unit_of_work
from app.services.case_keys import CaseKeys, unwrap_keys
from app.services.case_search import NAMELESS
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked, full_name
from app.services.workflow_runner import find_standing
from app.vocabulary.answer import NOT_ASKED, REFUSED

IDENTITY_PART, CONTACT_PART, COMMUNITY_PART = "identity", "safe_contact", "community"
COMMUNITY_CONSENT = ("community", "statistics")
NEEDS_NO_CONSENT = frozenset({NOT_ASKED.code, REFUSED.code})
COUNTED = ("sex", "age_band", "is_child", "citizenship", "region")
KNOWN_TO_PAGE = ("given_name", "family_name", "birth_date", "birth_year", "age", "age_on")
KEPT_AS_THEY_ARE = ("community", "other_names", "seen_on")


@dataclass(frozen=True)
class RecordPage:
    """The record as its reader changes it: what is known by question, under which version."""

    case_id: UUID
    reference: str
    record_version: int
    known: dict[str, Any]
    history: tuple["Former", ...] = ()


@dataclass(frozen=True)
class Former:
    """What stood there before a change, and why it was changed."""

    change_id: UUID
    part: str
    recorded_at: Any
    said: dict[str, Any]
    reason: str


def shown(work: Work, case_id: UUID, part: str) -> Looked[RecordPage]:
    """The record as it stands, with what it said before. Raises NotFound, Forbidden for roles that do not see it."""
    known, keys = _open(work, case_id)
    told = {} if part == COMMUNITY_PART else _told(work, known, keys, part)
    page = RecordPage(case_id, known.reference, known.record_version, told, _history(work, known, keys, part))
    return Looked(page, case_id, detail={"part": part})


def _open(work: Work, case_id: UUID) -> tuple[Standing, CaseKeys]:
    known = find_standing(work, case_id)
    if IDENTITY not in classes_of(work.actor.roles):
        raise Forbidden("wrong_role")
    return known, unwrap_keys(work, case_id, known.identity_key, known.content_key)


def _identity(work: Work, known: Standing, keys: CaseKeys) -> dict[str, Any]:
    if known.identity is None:
        return {}
    opened: dict[str, Any] = work.vault.open(
        keys.identity, known.identity, "client_record", "identity", known.record_id
    )
    return opened


def _told(work: Work, known: Standing, keys: CaseKeys, part: str) -> dict[str, Any]:
    return _contact(work, known, keys) if part == CONTACT_PART else _identity_answers(work, known, keys)


def _identity_answers(work: Work, known: Standing, keys: CaseKeys) -> dict[str, Any]:
    """The identity as the questions of intake ask it."""
    identity = _identity(work, known, keys)
    told = {name: identity[name] for name in KNOWN_TO_PAGE if name in identity}
    coarse = {name: getattr(known, name) for name in ("sex", "region", "language")}
    return told | coarse | {"citizenship": identity.get("citizenships", [])}


def _contact(work: Work, known: Standing, keys: CaseKeys) -> dict[str, Any]:
    sealed = work.session.execute(
        select(ClientRecord.safe_contact).where(ClientRecord.id == known.record_id)
    ).scalar_one()
    if sealed is None:
        return {}
    opened: dict[str, Any] = work.vault.open(keys.identity, sealed, "client_record", CONTACT_PART, known.record_id)
    return opened


def _history(work: Work, known: Standing, keys: CaseKeys, part: str) -> tuple[Former, ...]:
    rows = work.session.execute(
        select(RecordChange)
        .where(RecordChange.case_id == known.case_id, RecordChange.part == part)
        .order_by(RecordChange.recorded_at.desc(), RecordChange.id)
    ).scalars()
    return tuple(
        Former(
            row.id,
            row.part,
            row.recorded_at,
            work.vault.open(keys.identity, row.former, "record_change", "former", row.id) if row.former else {},
            work.vault.open(keys.content, row.reason, "record_change", "reason", row.id) if row.reason else "",
        )
        for row in rows
    )


def change_identity(
    actor: Actor,
    case_id: UUID,
    answers: Mapping[str, Any],
    reason: str,
    record_version: int,
    once: Once | None = None,
) -> dict[str, str]:
    """Put right who the person is. Raises NotFound, Forbidden, Stale, Invalid by field.

    All parties find the case under the new name from then on, and facts that were counted with another sex, age band,
    citizenship or region are counted anew. A birth date can make her a child, never an adult: that a child has come of
    age, or was none, is the child track's to say, with the social worker.
    """
    with unit_of_work.write(actor) as work:
        made = {"case_id": str(case_id)}
        if work.once(once, made) is not None:
            return made
        known, keys = _open(work, case_id)
        before = _identity(work, known, keys)
        identity = _merged(before, answers, work.today.isoformat())
        snapshot = _snapshot(work, known, identity, answers)
        values = {
            "identity": work.vault.seal(keys.identity, identity, "client_record", "identity", known.record_id),
            "language": answers.get("language") or "unknown",
            **snapshot,
        }
        _store(work, known, record_version, values)
        former = before | {name: getattr(known, name) for name in (*COUNTED, "language")}
        _keep(work, keys, IDENTITY_PART, former, reason)
        _retoken(work, known, identity, snapshot)
        changes = {name: snapshot[name] for name in COUNTED if snapshot[name] != getattr(known, name)}
        recounting.restate_case(work, case_id, changes)
        _tell_others(work, known, "record:identity_changed")
        work.audit("record:identity_changed", case_id, record=known.record_id)
        work.commit()
        return made


def _merged(before: Mapping[str, Any], answers: Mapping[str, Any], today: str) -> dict[str, Any]:
    """The new identity: what was told now, and what no question asks. An age that was not changed keeps its day."""
    kept = {name: before[name] for name in KEPT_AS_THEY_ARE if name in before}
    told = {name: answers[name] for name in KNOWN_TO_PAGE if answers.get(name) not in (None, "")}
    if "age" in told:
        told["age_on"] = before.get("age_on", today) if told["age"] == before.get("age") else today
    else:
        told.pop("age_on", None)
    citizenships = list(answers.get("citizenship") or [])
    return kept | told | ({"citizenships": citizenships} if citizenships else {})


def _snapshot(work: Work, known: Standing, identity: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The coarse dimensions that follow, of the opening day as ever; form and scope are the decision's and stay."""
    found = intake.snapshot_of({**answers, "form": known.form, "scope": known.scope}, identity, known.opened_on)
    age = intake.age_on(identity, work.today)
    return found | {"is_child": known.is_child or (age is not None and age < intake.ADULT)}


def change_safe_contact(
    actor: Actor,
    case_id: UUID,
    answers: Mapping[str, Any],
    reason: str,
    record_version: int,
    once: Once | None = None,
) -> dict[str, str]:
    """Put right how she is reached; all parties are told. Raises NotFound, Forbidden, Stale, Invalid by field."""
    with unit_of_work.write(actor) as work:
        made = {"case_id": str(case_id)}
        if work.once(once, made) is not None:
            return made
        known, keys = _open(work, case_id)
        if not answers.get("safe_contact"):
            raise Invalid({"safe_contact": "required"})
        before, contact = _contact(work, known, keys), intake.contact_of(answers)
        values = {
            "safe_contact": work.vault.seal(keys.identity, contact, "client_record", CONTACT_PART, known.record_id),
            "has_safe_contact": intake.has_safe_contact(answers),
        }
        _store(work, known, record_version, values)
        _keep(work, keys, CONTACT_PART, before, reason)
        _tell_others(work, known, "record:contact_changed")
        work.audit("record:contact_changed", case_id, record=known.record_id)
        work.commit()
        return made


def record_community(
    actor: Actor, case_id: UUID, community: str, record_version: int, once: Once | None = None
) -> dict[str, str]:
    """Keep the community that she has told, and count her facts by it (decision 36). It is read on no page.

    Raises NotFound, Forbidden, Stale, Invalid: without her live consent only that she was not asked or would not say.
    """
    with unit_of_work.write(actor) as work:
        made = {"case_id": str(case_id)}
        if work.once(once, made) is not None:
            return made
        known, keys = _open(work, case_id)
        if community not in NEEDS_NO_CONSENT and COMMUNITY_CONSENT not in known.consents:
            raise Invalid({"community": "community_consent"})
        identity = _identity(work, known, keys) | {"community": community}
        sealed = work.vault.seal(keys.identity, identity, "client_record", "identity", known.record_id)
        _store(work, known, record_version, {"identity": sealed})
        recounting.restate_case(work, case_id, {"community": community})
        work.audit("record:community_recorded", case_id, record=known.record_id)
        work.commit()
        return made


def _store(work: Work, known: Standing, record_version: int, values: dict[str, Any]) -> None:
    changed = work.change(
        update(ClientRecord)
        .where(ClientRecord.id == known.record_id, ClientRecord.row_version == record_version)
        .values(**values, row_version=record_version + 1)
    )
    if changed != 1:
        raise Stale(record_version, known.record_version)


def _keep(work: Work, keys: CaseKeys, part: str, former: Mapping[str, Any], reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": "required"})
    change_id, seal = uuid4(), work.vault.seal
    row = {
        "id": change_id,
        "case_id": keys.case_id,
        "agency_id": work.actor.agency_id,
        "member_id": work.actor.member_id,
        "part": part,
        "recorded_at": work.now,
        "former": seal(keys.identity, dict(former), "record_change", "former", change_id),
        "reason": seal(keys.content, reason, "record_change", "reason", change_id),
    }
    work.session.execute(insert(RecordChange), [row])


def _retoken(work: Work, known: Standing, identity: Mapping[str, Any], snapshot: Mapping[str, Any]) -> None:
    """Tokens of the old name go, those of the new one come: for each agency under its key, and for the linker."""
    view = intake.record_view(known.record_id, "", identity, snapshot, known.opened_on)
    texts = search_texts(view.given_names, view.surname, birth_years=possible_birth_years(view))
    agencies = work.session.execute(select(CaseParty.agency_id).where(CaseParty.case_id == known.case_id).distinct())
    search = {party.agency_id for party in known.parties if party.agency_kind != NAMELESS}
    for agency_id in sorted(set(agencies.scalars())):
        with work.answering_for(agency_id):
            own = (SearchToken.record_id == known.record_id, SearchToken.agency_id == agency_id)
            had = work.change(delete(SearchToken).where(*own)) > 0
            key = work.vault.keyring.search(agency_id)
            rows = [{"agency_id": agency_id, "token": token(key, one), "record_id": known.record_id} for one in texts]
            if rows and (had or agency_id in search):
                work.session.execute(insert(SearchToken), rows)
    with work.as_system("linker"):
        work.change(delete(LinkToken).where(LinkToken.record_id == known.record_id))
        linked = [
            {"token": token(work.vault.keyring.link, one), "record_id": known.record_id} for one in link_texts(view)
        ]
        if linked:
            work.session.execute(insert(LinkToken), linked)
        # A record without a person is one that the linker has not looked at: it will, on its next round.
        hers = RecordPerson.record_id == known.record_id
        work.change(update(RecordPerson).where(hers).values(person_id=known.record_id, since=work.now))
        work.change(delete(RecordPerson).where(hers))
        pairs = or_(LinkPair.record_a_id == known.record_id, LinkPair.record_b_id == known.record_id)
        answered = update(LinkPair).where(pairs, LinkPair.decided_at.is_not(None))
        work.change(answered.values(changed_at=work.now))


def _tell_others(work: Work, known: Standing, kind: str) -> None:
    others = [party.agency_id for party in known.parties if party.agency_id != work.actor.agency_id]
    tell(work, [Telling(agency_id, kind, known.case_id) for agency_id in others])


def former_name(former: Former) -> str:
    """The name that the record bore before."""
    return full_name(former.said)
