"""The page on which a place is looked for: every shelter with its reasons, what the place must offer, what waits."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from app.errors import Invalid
from app.models.intake import PlaceNeed
from app.models.workflow import CaseEvent
from app.queries import unmet_needs
from app.queries.standing import Standing
from app.queries.unmet_needs import WaitingRow
from app.security.actor import Actor
from app.services import procedures, unit_of_work
from app.services.case_keys import unwrap_keys
from app.services.places import Suggestion, suggest
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing

TRACK, PROPOSE = "shelter", "propose_place"
ANSWERS = frozenset({"yes", "no", "unknown"})
TOLD_BY = {"disability_support": "has_disability", "childcare": "has_children"}
"""What the assessment of needs tells already, by its code."""

ASSESSED = frozenset({"needs", "needs_now"})
"""The questions of the procedure under which needs are written down."""


@dataclass(frozen=True)
class Needs:
    """What a place must offer her."""

    has_disability: str = "unknown"
    has_children: str = "unknown"
    children_under_3: int = 0
    children_3_to_11: int = 0
    children_12_to_17: int = 0
    wishes: str = field(default="", repr=False)

    @property
    def children(self) -> int:
        """How many children come with her."""
        return self.children_under_3 + self.children_3_to_11 + self.children_12_to_17


@dataclass(frozen=True)
class PlacesPage:
    """All shelters for the person of a case as they are on a day, the most fitting first; nothing is left out."""

    case_id: UUID
    reference: str
    day: date
    today: date
    needs: Needs | None
    suggestions: tuple[Suggestion, ...]
    can_propose: bool
    waits: WaitingRow | None

    @property
    def fits(self) -> bool:
        """Whether some place fits and has a bed on the day."""
        return any(not one.reasons_against and one.free_then for one in self.suggestions)

    @property
    def likely_reason(self) -> str:
        """The reason that the places tell for an unmet need; whoever records it may choose another."""
        fitting = any(not one.reasons_against for one in self.suggestions)
        against = {key for one in self.suggestions for key in one.reasons_against}
        found = next((reason for key, reason in REASONS.items() if key in against), "other")
        return "no_bed" if fitting else found


REASONS = {
    "no_disability": "disability",
    "no_accompanied": "accompanied_children",
    "no_men": "sex_not_taken",
    "no_high_risk": "risk_level",
    "no_younger": "age_not_taken",
    "no_older": "age_not_taken",
}
"""Which reason of an unmet need the reasons against a place come to, the most telling first."""


@dataclass(frozen=True)
class NeedsPage:
    """The form of what a place must offer, with what is known already."""

    case_id: UUID
    reference: str
    needs: Needs


def shown(work: Work, case_id: UUID, on: date | None = None) -> Looked[PlacesPage]:
    """All shelters for a case that is open to the actor; raises NotFound for any other."""
    known = find_standing(work, case_id)
    day = max(on or work.today, work.today)
    procedure = procedures.procedure_of(known)
    can_propose = procedure.transition(TRACK, known.states.get(TRACK, ""), PROPOSE) is not None
    found = PlacesPage(
        case_id,
        known.reference,
        day,
        work.today,
        _latest(work, known),
        tuple(suggest(work, known, day)),
        can_propose,
        unmet_needs.of_case(work.session, work.actor, case_id),
    )
    return Looked(found, case_id, detail={"on": day.isoformat()})


def asked(work: Work, case_id: UUID) -> Looked[NeedsPage]:
    """What a place must offer, filled in from what is known; raises NotFound for a case that is not open to her."""
    known = find_standing(work, case_id)
    needs = _latest(work, known) or _assessed(work, known)
    return Looked(NeedsPage(case_id, known.reference, needs), case_id)


def record(actor: Actor, case_id: UUID, needs: Needs, once: Once | None = None) -> dict[str, str]:
    """Tell what a place must offer; gives the id of what was told.

    Raises NotFound for a case that is not open to her, Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        need_id = uuid4()
        made = {"need_id": str(need_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        known = find_standing(work, case_id)
        _refuse_what_does_not_agree(needs)
        keys = unwrap_keys(work, case_id, known.identity_key, known.content_key)
        row = {name: getattr(needs, name) for name in Needs.__dataclass_fields__ if name != "wishes"}
        row |= {"id": need_id, "case_id": case_id, "agency_id": actor.agency_id, "member_id": actor.member_id}
        if needs.wishes:
            row["wishes"] = work.vault.seal(keys.content, needs.wishes, "place_need", "wishes", need_id)
        work.session.execute(insert(PlaceNeed), [{"wishes": None, **row, "recorded_at": work.now}])
        work.audit("place_need:recorded", case_id, need=need_id)
        work.commit()
        return made


def _refuse_what_does_not_agree(needs: Needs) -> None:
    if needs.has_disability not in ANSWERS:
        raise Invalid({"has_disability": "unknown_choice"})
    if needs.has_children not in ANSWERS:
        raise Invalid({"has_children": "unknown_choice"})
    if (needs.has_children == "yes") != bool(needs.children):
        raise Invalid({"has_children": "children_counted"})


def _latest(work: Work, known: Standing) -> Needs | None:
    row = work.session.execute(
        select(PlaceNeed)
        .where(PlaceNeed.case_id == known.case_id)
        .order_by(PlaceNeed.recorded_at.desc(), PlaceNeed.id)
        .limit(1)
    ).scalar_one_or_none()
    if row is None:
        return None
    told: dict[str, Any] = {name: getattr(row, name) for name in Needs.__dataclass_fields__ if name != "wishes"}
    if row.wishes is not None:
        keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
        told["wishes"] = work.vault.open(keys.content, row.wishes, "place_need", "wishes", row.id)
    return Needs(**told)


def _assessed(work: Work, known: Standing) -> Needs:
    """What the latest assessment of needs tells: that it names a need, never that it does not."""
    forms = procedures.procedure_of(known).forms.items()
    asking = [name for name, form in forms if form.names & ASSESSED]
    event = work.session.execute(
        select(CaseEvent)
        .where(CaseEvent.case_id == known.case_id, CaseEvent.form.in_(asking), CaseEvent.voided_at.is_(None))
        .order_by(CaseEvent.position.desc())
        .limit(1)
    ).scalar_one_or_none()
    if event is None or event.answers is None:
        return Needs()
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    answers = work.vault.open(keys.content, event.answers, "case_event", "answers", event.id)
    codes = [code for name in sorted(ASSESSED) for code in answers.get(name) or []]
    told: dict[str, Any] = {TOLD_BY[code]: "yes" for code in codes if code in TOLD_BY}
    return Needs(**told)
