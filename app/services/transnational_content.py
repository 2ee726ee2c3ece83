"""What a packet for another country's mechanism may hold of a case, and all that speaks against making one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.queries import case_file, timeline
from app.queries.standing import Standing
from app.security.fields import Relation, readable
from app.security.policy import classes_of
from app.services.case_keys import CaseKeys
from app.services.procedures import page_facts
from app.services.step_page import age_group
from app.services.unit_of_work import Work
from app.vocabulary.role import Role
from workflows.guards import GUARDS

CONSENT = ("transnational", "return_partner")
RETURN_CONSENT = ("return", "return_partner")
READY = frozenset({"partner_confirmed", "documents_ready", "departed"})
PARTNER = ("receiving_partner", "meeting_place", "meeting_on", "meeting_where", "met_by")
LEVELS = ("low", "medium", "high")


@dataclass(frozen=True)
class Gathered:
    """What the case tells: of the return track, of her needs, and of who she is."""

    country: str
    told: dict[str, Any]
    needs: tuple[str, ...]
    citizenships: frozenset[str]
    has_claim: bool
    is_child: bool


def gather(work: Work, known: Standing, keys: CaseKeys) -> Gathered:
    """What the standing steps of the case say that a receiver would have to know."""
    told = _answers(work, known, keys, "return")
    advocacy = _answers(work, known, keys, "advocacy")
    facts = page_facts(work, known)
    return Gathered(
        country=str(told.get("destination_country", "")),
        told=told,
        needs=tuple(advocacy.get("needs", ())),
        citizenships=frozenset({known.citizenship, *_citizenships(work, known, keys)}),
        has_claim=facts.asylum_claim,
        is_child=facts.counts_as_child,
    )


def _answers(work: Work, known: Standing, keys: CaseKeys, track: str) -> dict[str, Any]:
    """The answers of a track's steps that hold, a later one over an earlier one."""
    told: dict[str, Any] = {}
    for event in reversed(timeline.latest(work.session, work.actor, known.case_id, track)):
        if event.answers and event.corrected_by_id is None:
            told |= work.vault.open(keys.content, event.answers, "case_event", "answers", event.id)
    return told


def _citizenships(work: Work, known: Standing, keys: CaseKeys) -> tuple[str, ...]:
    return tuple(open_identity(work, known, keys).get("citizenship", ()))


def open_identity(work: Work, known: Standing, keys: CaseKeys) -> dict[str, Any]:
    """Who she is, as the record says."""
    if known.identity is None:
        return {}
    opened: dict[str, Any] = work.vault.open(
        keys.identity, known.identity, "client_record", "identity", known.record_id
    )
    return opened


def against(work: Work, known: Standing, found: Gathered) -> tuple[str, ...]:
    """The keys of all reasons for which no packet may be made; empty where it may."""
    facts = page_facts(work, known)
    checks = {
        "packet_not_your_role": _is_makers_role(work, found.is_child),
        "packet_no_partner": known.states.get("return") in READY and found.told.get("capacity") is True,
        "packet_no_consent": CONSENT in known.consents,
        "packet_no_return_consent": RETURN_CONSENT in known.consents,
        "packet_asylum": not _is_shielded(found),
        "packet_guardian": GUARDS["guardian_and_best_interests_if_child"].holds(facts),
    }
    return tuple(key for key, holds in checks.items() if not holds)


def _is_makers_role(work: Work, is_child: bool) -> bool:
    makers = {Role.RETURN_COORDINATOR, Role.ADVOCATE} | ({Role.SOCIAL_WORKER} if is_child else set())
    return bool(work.actor.roles & makers)


def _is_shielded(found: Gathered) -> bool:
    """Nothing of who asks for asylum goes to the country that she may have fled; nor where that is not known."""
    is_origin = found.country in found.citizenships or found.told.get("return_kind") == "to_origin"
    return found.has_claim and (is_origin or "unknown" in found.citizenships)


def content_of(work: Work, known: Standing, found: Gathered, asked: dict[str, Any]) -> dict[str, Any]:
    """What is sealed as sent: codes and words without a name; needs only where she agreed to it."""
    consents = case_file.consents(work.session, work.actor, known.case_id)
    live = [one for one in consents if one.withdrawn_at is None and one.purpose in (CONSENT[0], RETURN_CONSENT[0])]
    level = known.states.get("risk", "").rpartition("_")[2]
    return {
        "reference": known.reference,
        "return_kind": found.told.get("return_kind"),
        "age_group": age_group(known),
        "sex": known.sex,
        "language": known.language,
        "risk": level if level in LEVELS else None,
        "consents": [[one.purpose, one.given_by, one.occurred_on.isoformat()] for one in live],
        "partner": {name: found.told.get(name) for name in PARTNER},
        "documents": found.told.get("travel_document", []),
        "escort": asked.get("escort") or found.told.get("escort"),
        "needs": list(found.needs) if "needs" in asked["shares"] else None,
        "follow_up": asked["follow_up"],
        "follow_up_by": asked["follow_up_by"],
        "contact": asked["contact"],
        "is_child": found.is_child,
    }


def sees_it(work: Work) -> bool:
    """Whether the actor's roles see all classes that a packet holds."""
    return set("PINR") <= readable(classes_of(work.actor.roles), Relation.PARTY)


def live_kinds(known: Standing, kinds: frozenset[str], but: UUID | None) -> tuple[UUID, ...]:
    """The agencies of some kinds that are parties now, without one."""
    return tuple(one.agency_id for one in known.parties if one.agency_kind in kinds and one.agency_id != but)
