"""The quality of what was counted in a period: for the statistics supervisor the nation by agency, for an agency's
supervisor her own agency's. What tells of links is told to the statistics alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.queries import counts, quality, tallies
from app.queries.counts import AgencyName
from app.queries.quality import ASKED_OF, Delay, Gaps
from app.queries.tallies import Asked, Number
from app.security.actor import Actor
from app.services import quality_rules as rules
from app.services import unit_of_work
from app.services.counts import Reader, reader_of
from app.services.quality_rules import Finding, Lateness
from app.services.tallies import WorkRequest, refuse_period
from app.services.unit_of_work import Work
from app.vocabulary import tally
from app.vocabulary.answer import UNKNOWN
from app.vocabulary.metric import MAIN
from app.vocabulary.period import Period

PAGE = 25
COMPARED = (("identified", "police"), ("assisted", "advocacy"))


@dataclass(frozen=True)
class Gap:
    """What a breakdown leaves open: of so many entries, how many say that it is not known or was not asked."""

    breakdown: str
    entries: int
    unknown: int
    not_asked: int

    @property
    def share(self) -> float:
        """Which part of the entries says nothing."""
        return (self.unknown + self.not_asked) / self.entries if self.entries else 0.0


@dataclass(frozen=True)
class AgencyQuality:
    """An agency's gaps and late entries, and the pairs of records that wait of which it has one."""

    agency: AgencyName
    gaps: tuple[Gap, ...]
    lateness: Lateness
    pairs: int


@dataclass(frozen=True)
class QualityReport:
    """What a reader is shown; `agencies` is a page of them, and there are more after it where `has_more`."""

    reader: Reader
    period: Period
    made_at: datetime
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    lateness: Lateness
    agencies: tuple[AgencyQuality, ...]
    has_more: bool


def report(actor: Actor, period: Period, page: int = 1, size: int = PAGE) -> QualityReport:
    """The quality of a period as the actor may see it. Raises Invalid for a period that is not counted."""
    with unit_of_work.read(actor) as work:
        reader = reader_of(actor)
        refuse_period(reader, WorkRequest(period), work.today)
        own = actor.agency_id if reader is Reader.AGENCY else None
        asked = Asked(period, work.now, None, own)
        same = _one_number(work, period)
        with work.as_system("statistics"):
            found = _Found.read(work, asked)
            of_links = _of_links(work, asked) if reader is Reader.STATISTICS else []
        agencies = found.agencies()
        start = (page - 1) * size
        shown = agencies[start : start + size] if reader is Reader.STATISTICS else []
        return QualityReport(
            reader,
            period,
            work.now,
            (*of_links, *same, *found.findings()),
            gaps_of(found.gaps),
            rules.lateness(found.delays),
            tuple(shown),
            has_more=reader is Reader.STATISTICS and len(agencies) > start + size,
        )


def _one_number(work: Work, period: Period) -> list[Finding]:
    """Read as the actor herself: an agency counts its own records, for it never learns of a link."""
    periods = [period, *rules.neighbours(period)]
    if len(periods) == 1:
        return []
    return rules.of_one_number(period, quality.in_periods(work.session, work.actor, periods, MAIN))


def _of_links(work: Work, asked: Asked) -> list[Finding]:
    known = quality.by_kind(work.session, work.actor, asked, COMPARED)
    found = rules.of_assistance(known["identified"], known["assisted"])
    return [*found, *rules.of_disagreements(quality.disagreements(work.session, work.actor, asked))]


@dataclass(frozen=True)
class _Found:
    """What the queries tell of a period, of one agency or of all."""

    gaps: Sequence[Gaps]
    delays: Sequence[Delay]
    acts: Sequence[Number]
    steps: Sequence[Number]
    pairs: Mapping[UUID | None, int]
    names: Sequence[AgencyName]

    @classmethod
    def read(cls, work: Work, asked: Asked) -> "_Found":
        """Read all of it."""
        where = (work.session, work.actor, asked)
        return cls(
            quality.gaps(*where),
            quality.delays(*where),
            tallies.acts(*where),
            tallies.steps(*where),
            quality.waiting_pairs(*where) if asked.agency_id is None else {},
            counts.agency_names(work.session, work.actor),
        )

    def findings(self) -> list[Finding]:
        """What needs another look beside what links tell."""
        convicted = [one for one in self.steps if one.tally == tally.CONVICTED]
        without = [one for one in convicted if one.kind("sentence") == UNKNOWN.code]
        late = rules.lateness(self.delays)
        return [
            *rules.of_sentences(_sum(convicted), _sum(without)),
            *rules.of_raids(*(_sum(one for one in self.acts if one.tally == name) for name in tally.OF_OPERATIONS)),
            *rules.of_lateness(late.late, late.entries),
            *rules.of_pairs(self.pairs.get(None, 0)),
        ]

    def agencies(self) -> list[AgencyQuality]:
        """Each agency that has entries, by its name."""
        gaps = {one.agency_id: one for one in self.gaps}
        delays: dict[UUID, list[Delay]] = defaultdict(list)
        for one in self.delays:
            delays[one.agency_id].append(one)
        return [
            AgencyQuality(
                name,
                gaps_of([gaps[name.id]] if name.id in gaps else []),
                rules.lateness(delays[name.id]),
                self.pairs.get(name.id, 0),
            )
            for name in self.names
            if name.id in gaps or name.id in delays
        ]


def _sum(numbers: Iterable[Number]) -> int:
    return sum(one.number for one in numbers)


def gaps_of(rows: Sequence[Gaps]) -> tuple[Gap, ...]:
    """The gaps of agencies added up, a row for each breakdown; none where there are no entries."""
    entries = sum(one.entries for one in rows)
    if not entries:
        return ()
    return tuple(
        Gap(name, entries, sum(one.unknown[place] for one in rows), sum(one.not_asked[place] for one in rows))
        for place, name in enumerate(ASKED_OF)
    )
