"""How each bed of a house stands night by night, for its own staff: who has it, who is expected, what is out of use.

Standings: taken, overdue, held, void, free, shut.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.queries import bed_spans, companions, periods, stay_life, voids
from app.queries import beds as queries
from app.queries.bed_spans import VOID
from app.queries.beds import BedRow, HoldRow
from app.queries.companions import CompanionRow
from app.queries.voids import VoidRow
from app.services.residents import Resident, opened, to_be_left
from app.services.unit_of_work import Work


@dataclass(frozen=True)
class Night:
    """How a bed stands in a night, and who or what is the reason where the reader may see that."""

    standing: str
    resident: Resident | None = None
    hold: HoldRow | None = None
    void: VoidRow | None = None
    child: CompanionRow | None = None


FREE, SHUT = Night("free"), Night("shut")
Use = tuple[date, date, Night]
"""From which night on, before which, a bed stands how."""


@dataclass(frozen=True)
class House:
    """The beds of the reader's house and what is known of them over some nights; `holds` also those that ran out.

    `uses` are those of each bed, the weightier first: who sleeps there goes before who is expected.
    """

    beds: list[BedRow]
    residents: list[Resident]
    holds: list[HoldRow]
    uses: Mapping[UUID, list[Use]]
    today: date

    def night(self, bed: BedRow, night: date) -> Night:
        """How a bed stands in the night after a day; one and the same Night for nights that stand alike."""
        for first, end, found in self.uses.get(bed.id, ()):
            if first <= night < end:
                return found
        return FREE if bed.is_active else SHUT

    def beside(self, child: CompanionRow) -> Resident | None:
        """The resident with whom a child came."""
        return next((one for one in self.residents if one.stay.id == child.stay_id), None)

    @property
    def cases(self) -> list[UUID]:
        """The cases of all who are shown."""
        return sorted({one.stay.case_id for one in self.residents} | {one.case_id for one in self.holds}, key=str)


def house(work: Work, first: date, nights: int) -> House:
    """All that has to do with the beds of the reader's house; as many statements whatever is in them."""
    session, actor, today = work.session, work.actor, work.today
    beds = queries.beds(session, actor)
    children = companions.on_board(session, actor, first, nights)
    residents = _residents(work, first, nights, to_be_left(work, beds), children)
    holds = queries.holds(session, actor, first, nights)
    out_of_use = voids.on_board(session, actor, first, nights)
    with work.as_system("placement"):
        end = first + timedelta(days=nights)
        found = bed_spans.spans(session, work.actor, first, end, work.now, actor.agency_id)
    seen = {one.stay.id for one in residents} | {hold.id for hold in holds}
    uses: dict[UUID, list[Use]] = defaultdict(list)
    for resident in residents:
        uses[resident.stay.bed_id] += _sleeping(resident, today)
    for hold in (one for one in holds if one.is_live(work.now)):
        uses[hold.bed_id].append((hold.from_on, hold.to_on, Night("held", hold=hold)))
    for span in (one for one in found if one.kind != VOID and one.id not in seen):
        uses[span.bed_id].append((span.from_on, span.end(today), SHUT))
    for child in children:
        if child.bed_id is not None:
            uses[child.bed_id].append((child.arrived_on, child.left_on or date.max, Night("taken", child=child)))
    for void in out_of_use:
        uses[void.bed_id].append((void.from_on, void.to_on or date.max, Night("void", void=void)))
    shut = periods.shut_days(session, actor, first, first + timedelta(days=nights))
    for bed in beds:
        uses[bed.id] += [(from_on, to_on or date.max, SHUT) for from_on, to_on in shut.of(bed.premises_id)]
    return House(beds, residents, holds, uses, today)


def _residents(
    work: Work, first: date, nights: int, must_go: Collection[UUID], children: list[CompanionRow]
) -> list[Resident]:
    stays = queries.stays(work.session, work.actor, first, nights)
    overdue = [stay.id for stay in stays if stay.is_overdue(work.today)]
    decided = stay_life.overstays(work.session, work.actor, overdue) if overdue else []
    return [opened(work, stay, must_go, decided, children) for stay in stays]


def _sleeping(resident: Resident, today: date) -> list[Use]:
    """Her nights. Until she has left she has the bed today, whatever was expected; and on, if she should have left."""
    stay = resident.stay
    taken = Night("taken", resident)
    if resident.is_overdue:
        return [(stay.arrived_on, today, taken), (today, date.max, Night("overdue", resident))]
    end = stay.left_on or max(stay.expected_until or date.max, today + timedelta(days=1))
    return [(stay.arrived_on, end, taken)]
