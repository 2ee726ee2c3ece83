"""How each bed of a house stands night by night, for its own staff: who has it, who is expected, what is out of use.

Standings: taken, overdue, held, void, free, shut.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from app.queries import bed_spans, voids
from app.queries import beds as queries
from app.queries.bed_spans import Span
from app.queries.beds import BedRow, HoldRow
from app.queries.voids import VoidRow
from app.services.residents import Resident, opened
from app.services.unit_of_work import Work


@dataclass
class Uses:
    """What a bed is used for in the nights shown."""

    residents: list[Resident] = field(default_factory=list)
    holds: list[HoldRow] = field(default_factory=list)
    voids: list[VoidRow] = field(default_factory=list)
    unseen: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class Night:
    """One night of a bed: how it stands, and who is the reason where the reader may see that."""

    standing: str
    resident: Resident | None = None
    hold: HoldRow | None = None
    void: VoidRow | None = None


NOTHING = Uses()


@dataclass(frozen=True)
class House:
    """The beds of the reader's house and what is known of them over some nights; `holds` also those that ran out."""

    beds: list[BedRow]
    residents: list[Resident]
    holds: list[HoldRow]
    uses: Mapping[UUID, Uses]
    today: date

    def night(self, bed: BedRow, night: date) -> Night:
        """How a bed stands in the night after a day."""
        uses = self.uses.get(bed.id, NOTHING)
        resident = next((one for one in uses.residents if sleeps(one, night, self.today)), None)
        if resident is not None:
            return Night("overdue" if resident.is_overdue and night >= self.today else "taken", resident)
        hold = next((one for one in uses.holds if one.covers(night)), None)
        if hold is not None:
            return Night("held", hold=hold)
        if any(span.covers(night, self.today) for span in uses.unseen):
            return Night("shut")
        void = next((one for one in uses.voids if one.covers(night)), None)
        if void is not None:
            return Night("void", void=void)
        return Night("free" if bed.is_active else "shut")

    @property
    def cases(self) -> list[UUID]:
        """The cases of all who are shown."""
        return sorted({one.stay.case_id for one in self.residents} | {one.case_id for one in self.holds}, key=str)


def sleeps(resident: Resident, night: date, today: date) -> bool:
    """Whether she has the bed that night; until she has left she has it today, whatever was expected."""
    stay = resident.stay
    if stay.left_on is None and (resident.is_overdue or night <= today):
        return stay.arrived_on <= night
    return stay.covers(night)


def house(work: Work, first: date, nights: int) -> House:
    """All that has to do with the beds of the reader's house; as many statements whatever is in them."""
    session, actor = work.session, work.actor
    residents = [opened(work, stay) for stay in queries.stays(session, actor, first, nights)]
    holds = queries.holds(session, actor, first, nights)
    out_of_use = voids.on_board(session, actor, first, nights)
    with work.as_system("placement"):
        end = first + timedelta(days=nights)
        found = bed_spans.spans(session, work.actor, first, end, work.now, actor.agency_id)
    seen = {one.stay.id for one in residents} | {hold.id for hold in holds}
    uses: dict[UUID, Uses] = defaultdict(Uses)
    for resident in residents:
        uses[resident.stay.bed_id].residents.append(resident)
    for hold in (one for one in holds if one.is_live(work.now)):
        uses[hold.bed_id].holds.append(hold)
    for void in out_of_use:
        uses[void.bed_id].voids.append(void)
    for span in (one for one in found if one.id not in seen):
        uses[span.bed_id].unseen.append(span)
    return House(queries.beds(session, actor), residents, holds, uses, work.today)
