"""What steps do beyond the run: consents, parties, beds, guardians, the case's own status. One function an effect."""

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from app.models.case import Case
from app.models.help import Consent, ServiceGiven, UnmetNeed
from app.models.record import ClientRecord, Guardian
from app.models.workflow import Referral
from app.queries.unmet_needs import still_waiting
from app.services import party_ends, placing, recounting
from app.services.act import Act
from app.services.snapshot import stated
from app.vocabulary.answer import NOT_ASKED
from app.vocabulary.consent import recipient

Effect = Callable[[Act], None]
NOT_SUSPECT = "no"


def record_snapshot(act: Act) -> None:
    """Take the coarse dimensions anew, as the act states them (decision 37); one that states none leaves them."""
    act.snapshot |= stated(act.answers)
    if act.snapshot:
        _change_record(act, {**act.snapshot, "snapshot_on": act.occurred_on})


def _change_record(act: Act, values: dict[str, object]) -> None:
    act.work.change(
        update(ClientRecord)
        .where(ClientRecord.case_id == act.case_id)
        .values(**values, row_version=act.standing.record_version + 1)
    )


def record_consents(act: Act) -> None:
    """One row a purpose, to the recipient that the purpose implies or the form names."""
    named = act.answer_id("recipient")
    rows = [
        {
            "id": uuid4(),
            "case_id": act.case_id,
            "agency_id": act.work.actor.agency_id,
            "purpose": purpose,
            "recipient_kind": recipient(purpose),
            "recipient_agency_id": named,
            "given_by": act.answers.get("given_by") or "self",
            "language": act.answers.get("language") or "unknown",
            "occurred_on": act.occurred_on,
            "recorded_at": act.work.now,
            "event_id": act.event_id,
        }
        for purpose in act.answers.get("purposes") or []
        if (purpose, recipient(purpose)) not in act.standing.consents
    ]
    if rows:
        act.work.session.execute(insert(Consent), rows)


def withdraw_consent(act: Act) -> None:
    """Withdrawn at once: the consent ends, and so does every party that stood on it, with its keys (decision 1)."""
    purposes = list(act.answers.get("purposes") or [])
    act.work.change(
        update(Consent)
        .where(Consent.case_id == act.case_id, Consent.purpose.in_(purposes), Consent.withdrawn_at.is_(None))
        .values(withdrawn_on=act.occurred_on, withdrawn_at=act.work.now)
    )
    ended = {recipient(purpose) for purpose in purposes if act.work.parts.consent_is_heeded}
    _withdraw_waiting(act, ended)
    if "shelter" in ended:
        placing.end_holds(act, "released")
    if "community" in purposes:
        _forget_community(act)
    _end_standing_on_consent(act, ended)


def _end_standing_on_consent(act: Act, kinds: set[str]) -> None:
    """Her own standing last, with the step: it is what all else of it is done by."""
    for party in act.standing.parties:
        if party.kind == "consent" and party.agency_kind in kinds:
            end = partial(party_ends.end_standing, act.work, act.case_id, party.agency_id, "withdrawn")
            if party.agency_id == act.work.actor.agency_id:
                act.after.append(end)
            else:
                end()


def _forget_community(act: Act) -> None:
    """Without her consent she counts as not asked, in what was counted before too (decision 36)."""
    place = ("client_record", "identity", act.standing.record_id)
    if act.standing.identity is not None:
        identity = act.vault.open(act.keys.identity, act.standing.identity, *place)
        identity.pop("community", None)
        _change_record(act, {"identity": act.vault.seal(act.keys.identity, identity, *place)})
    recounting.restate_case(act.work, act.case_id, {"community": NOT_ASKED.code})


def _withdraw_waiting(act: Act, kinds: set[str]) -> None:
    """A referral on its way stops too: all further sharing ends at once."""
    stopped = {"shelter": "shelter", "return_partner": "return", "social_work": "reintegration"}
    tracks = [track for kind, track in stopped.items() if kind in kinds]
    party_ends.take_back_waiting(act.work, Referral.case_id == act.case_id, Referral.track.in_(tracks))


def add_party(act: Act) -> None:
    """The receiver became a party before the step was taken; an office of its kind that had the case hands it over."""
    if act.work.actor.agency_kind in ("advocacy", "social_work"):
        _end_others_of_kind(act)


def hand_over(act: Act) -> None:
    """The agency that accepts takes the lead; the one that sent keeps the pointer (decision 31)."""
    assert act.work.actor.agency_id is not None  # noqa: S101 - members have an agency
    _lead(act, act.work.actor.agency_id)
    _end_others_of_kind(act)


def _lead(act: Act, agency_id: UUID) -> None:
    act.work.change(update(Case).where(Case.id == act.case_id).values(lead_agency_id=agency_id))


def _end_others_of_kind(act: Act) -> None:
    """Where the agency that leaves leads, who takes over from it leads from now on: no case is left unowned."""
    heir_id = act.work.actor.agency_id
    assert heir_id is not None  # noqa: S101 - members have an agency
    for party in act.standing.parties:
        if party.agency_kind == act.work.actor.agency_kind and party.agency_id != heir_id:
            if party.agency_id == act.standing.lead_agency_id:
                _lead(act, heir_id)
            party_ends.end_standing(act.work, act.case_id, party.agency_id, "handed_over", heir_id)


def end_police_duty(act: Act) -> None:
    """Identified: the lead passes on to who assists her, and the police keep the pointer (decisions 1 and 31).

    Where nobody assists yet, or the decision may still be reviewed, the police stay: no case is left unowned.
    """
    assisting = [party for party in act.standing.parties if party.agency_kind in ("advocacy", "social_work")]
    if not assisting:
        return
    own, lead_id = act.work.actor.agency_id, act.standing.lead_agency_id
    if lead_id == own or not act.standing.is_party(lead_id):
        lead_id = assisting[0].agency_id
        _lead(act, lead_id)
    if act.outcome.states["identification"] == "identified" and own is not None:
        act.after.append(partial(party_ends.end_standing, act.work, act.case_id, own, "handed_over", lead_id))


def record_service(act: Act) -> None:
    """One row for each service that the form names."""
    rows = [
        {
            "id": uuid4(),
            "case_id": act.case_id,
            "agency_id": act.work.actor.agency_id,
            "member_id": act.work.actor.member_id,
            "service": service,
            "occurred_on": act.occurred_on,
            "recorded_at": act.work.now,
        }
        for service in act.answers.get("services") or []
    ]
    if rows:
        act.work.session.execute(insert(ServiceGiven), rows)


def record_unmet_need(act: Act) -> None:
    """A place that was asked for and not found is kept, with whom it was for."""
    act.work.session.execute(
        insert(UnmetNeed),
        [
            {
                "id": uuid4(),
                "case_id": act.case_id,
                "agency_id": act.work.actor.agency_id,
                "sex": act.standing.sex,
                "age_band": act.standing.age_band,
                "disability": act.standing.disability,
                "children": act.standing.children,
                "asked_on": act.occurred_on,
                "recorded_at": act.work.now,
                "reason": act.answers.get("unmet_need_reason") or "other",
            }
        ],
    )


def record_guardian(act: Act) -> None:
    """The guardian named now holds in place of the one before."""
    act.work.change(
        update(Guardian).where(Guardian.case_id == act.case_id, Guardian.to_on.is_(None)).values(to_on=act.occurred_on)
    )
    guardian_id = uuid4()
    details = {name: act.answers.get(name) for name in ("guardian_name", "guardian_relation", "guardian_contact")}
    act.work.session.execute(
        insert(Guardian),
        [
            {
                "id": guardian_id,
                "case_id": act.case_id,
                "agency_id": act.work.actor.agency_id,
                "details": act.vault.seal(act.keys.identity, details, "guardian", "details", guardian_id),
                "is_checked": act.answers.get("safety_checked") is True,
                "is_suspect": act.answers.get("suspected") != NOT_SUSPECT,
                "from_on": act.occurred_on,
                "event_id": act.event_id,
            }
        ],
    )


def close_case(act: Act) -> None:
    """Close the case; what agencies may still see of it is the pointer and their own. Nobody looks for a place now.

    Nor does anybody wait for an answer: no step of a closed case would take it.
    """
    party_ends.take_back_waiting(act.work, Referral.case_id == act.case_id)
    act.work.change(update(UnmetNeed).where(*still_waiting(act.case_id)).values(ended_on=act.occurred_on))
    _set_status(act, "closed", act.occurred_on)


def reopen_case(act: Act) -> None:
    """Open it again."""
    _set_status(act, "open", None)


def _set_status(act: Act, status: str, closed_on: object) -> None:
    act.work.change(update(Case).where(Case.id == act.case_id).values(status=status, closed_on=closed_on))


def start_retention(act: Act) -> None:
    """The retention clock is one of the definition's own; nothing else starts with it yet."""


def settle_age(act: Act) -> None:
    """Shown to be an adult, or come of age: the presumption ends with the child track."""
    before, after = act.standing.states.get("child"), act.outcome.states.get("child")
    if before != after and after in ("adult", "aged_out") and (act.standing.is_child or act.standing.age_in_doubt):
        act.snapshot["is_child"] = False
        _change_record(act, {"is_child": False, "age_in_doubt": False})


def open_linked_case(act: Act) -> None:
    """The linked case is opened by its own act, which names this one; the step leaves the trace here."""


EFFECTS: dict[str, Effect] = {
    "record_snapshot": record_snapshot,
    "record_consents": record_consents,
    "withdraw_consent": withdraw_consent,
    "add_party": add_party,
    "hand_over": hand_over,
    "end_police_duty": end_police_duty,
    "record_service": record_service,
    "record_unmet_need": record_unmet_need,
    "record_guardian": record_guardian,
    "close_case": close_case,
    "reopen_case": reopen_case,
    "start_retention": start_retention,
    "open_linked_case": open_linked_case,
    "hold_bed": placing.hold_bed,
    "release_hold": placing.release_hold,
    "open_stay": placing.open_stay,
    "close_stay": placing.close_stay,
    "extend_stay": placing.extend_stay,
    "open_emergency_bed": placing.open_emergency_bed,
}
