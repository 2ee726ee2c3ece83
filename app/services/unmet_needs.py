"""Needs of a place that are not met: kept where nothing fits, ended where nobody looks any longer, counted by year."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import Invalid
from app.models.count import CountFact
from app.models.help import UnmetNeed
from app.queries import unmet_needs as query
from app.queries.standing import Standing
from app.queries.unmet_needs import NeedRow, WaitingRow
from app.security.actor import Actor
from app.security.suppression import Line, is_small, withhold
from app.services import unit_of_work
from app.services.case_keys import unwrap_keys
from app.services.snapshot import FIELDS, community_told
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing
from app.vocabulary import catalog
from app.vocabulary.role import Role

PLACER = "placer"
BREAKDOWNS = ("sex", "age_band", "disability", "reason")
ALL = ("all", "")
Cell = tuple[str, str]


@dataclass(frozen=True)
class Tally:
    """How many needs there were, and how long they waited; all None where it may not be shown."""

    number: int | None
    middle: int | None
    longest: int | None


@dataclass(frozen=True)
class UnmetYear:
    """The needs of a year: in all, and by each breakdown. `hides` says whether small numbers were withheld."""

    year: int
    today: date
    all: Tally
    tables: tuple[tuple[str, tuple[tuple[str, Tally], ...]], ...]
    hides: bool


def waiting(work: Work, page: int) -> Looked[list[WaitingRow]]:
    """The actor's own cases that wait for a place, the longest first."""
    rows = query.waiting(work.session, work.actor, page)
    return Looked(rows, shown=[row.case_id for row in rows[: query.PAGE]])


def record_nothing_fits(actor: Actor, case_id: UUID, reason: str, once: Once | None = None) -> dict[str, str]:
    """Keep that no place was found; of one case it is kept once, until she is admitted or nobody looks any longer.

    Raises NotFound for a case that is not open to her, Invalid for an unknown reason.
    """
    with unit_of_work.write(actor) as work:
        made = {"case_id": str(case_id)}
        if work.once(once, made) is not None:
            return made
        known = find_standing(work, case_id)
        if reason not in catalog.get("unmet_need_reason"):
            raise Invalid({"reason": "unknown_choice"})
        if not _is_kept(work, case_id):
            _keep(work, known, reason)
        work.audit("unmet_need:recorded", case_id, reason=reason)
        work.commit()
        return made


def _is_kept(work: Work, case_id: UUID) -> bool:
    there = select(UnmetNeed.id).where(*query.still_waiting(case_id), UnmetNeed.source == PLACER)
    return work.session.execute(there.limit(1)).first() is not None


def _keep(work: Work, known: Standing, reason: str) -> None:
    """The need with its fact for counting; the index of the database lets no second one in."""
    own = {"case_id": known.case_id, "agency_id": work.actor.agency_id, "recorded_at": work.now}
    need = {"sex": known.sex, "age_band": known.age_band, "disability": known.disability, "children": known.children}
    row = {"id": uuid4(), **own, **need, "source": PLACER, "asked_on": work.today, "reason": reason}
    try:
        with work.session.begin_nested():
            work.session.execute(insert(UnmetNeed), [row])
    except IntegrityError as fault:
        if "unmet_need" not in str(fault.orig):
            raise
        return
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    fact = {"id": uuid4(), **own, "record_id": known.record_id, "metric": "unmet_need", "occurred_on": work.today}
    told = {name: getattr(known, name) for name in FIELDS} | {"community": community_told(work.vault, keys, known)}
    work.session.execute(insert(CountFact), [{**fact, "weight": 1, "entry_door": known.entry_door, **told}])


def stop_waiting(actor: Actor, case_id: UUID, once: Once | None = None) -> None:
    """Nobody looks for a place for her any longer. Raises NotFound for a case that is not open to her."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {"case_id": str(case_id)}) is not None:
            return
        find_standing(work, case_id)
        work.change(update(UnmetNeed).where(*query.still_waiting(case_id)).values(ended_on=work.today))
        work.audit("unmet_need:ended", case_id)
        work.commit()


def of_year(actor: Actor, year: int | None) -> UnmetYear:
    """The needs of a year, nationally; small numbers are for the statistics supervisor alone (decision 36)."""
    with unit_of_work.read(actor) as work:
        year = year or work.today.year
        with work.as_system("statistics"):
            rows = query.of_year(work.session, work.actor, year)
        hides = not actor.has(Role.STATISTICS_SUPERVISOR)
        return tabulated(rows, year, work.today, hides=hides)


def tabulated(rows: Sequence[NeedRow], year: int, today: date, *, hides: bool) -> UnmetYear:
    """The rows counted by each breakdown; where small numbers are hidden none can be worked out from the others."""
    days: dict[Cell, list[int]] = defaultdict(list)
    for row in rows:
        for cell in (ALL, *((name, getattr(row, name)) for name in BREAKDOWNS)):
            days[cell].append(row.days(today))
    days.setdefault(ALL, [])
    hidden = _hidden(days) if hides else frozenset()
    tables = tuple((name, tuple(_lines(name, days, hidden))) for name in BREAKDOWNS)
    return UnmetYear(year, today, _tally(days[ALL], is_hidden=ALL in hidden), tables, bool(hidden))


def _lines(name: str, days: dict[Cell, list[int]], hidden: frozenset[Cell]) -> Iterable[tuple[str, Tally]]:
    for cell in sorted(cell for cell in days if cell[0] == name):
        yield cell[1], _tally(days[cell], is_hidden=cell in hidden)


def _tally(days: list[int], *, is_hidden: bool) -> Tally:
    if is_hidden:
        return Tally(None, None, None)
    return Tally(len(days), median_low(days) if days else None, max(days, default=None))


def _hidden(days: dict[Cell, list[int]]) -> frozenset[Cell]:
    values = {cell: len(found) for cell, found in days.items()}
    lines = [Line(ALL, tuple(cell for cell in values if cell[0] == name)) for name in BREAKDOWNS]
    found = withhold(values, lines, [cell for cell, value in values.items() if is_small(value)])
    return found.cells if found.holds else frozenset(values)
