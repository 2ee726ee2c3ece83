"""While an alarm stands for the house where a person lives, the place that is looked for is kept from all but those who
place her: from the house that she leaves above all, whose location is known to somebody through someone.

What was recorded elsewhere of other shelters is left out: their steps, their standing, the questions put to them, and
what others answered where a step asks for a shelter or a bed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from app.models.house_period import Relocation
from app.queries import relocations
from app.queries.relocations import MoveRow
from app.queries.standing import Standing
from app.services.move_places import PLACERS
from app.services.unit_of_work import Work
from workflows.definition import Form

PLACE_TYPES = frozenset({"shelter", "bed"})


class OfAgency(Protocol):
    """Anything that an agency recorded or is."""

    @property
    def agency_id(self) -> UUID | None: ...  # noqa: D102 - described above


class Sent(Protocol):
    """A referral by its receiver."""

    @property
    def to_agency_id(self) -> UUID | None: ...  # noqa: D102 - described above


Own = TypeVar("Own", bound=OfAgency)
Asked = TypeVar("Asked", bound=Sent)


@dataclass(frozen=True)
class Hidden:
    """The shelters whose names a reader does not learn in a case; none for who places her, nor without an alarm."""

    shelters: frozenset[UUID] = frozenset()

    def without(self, rows: Iterable[Own]) -> list[Own]:
        """The rows without those of hidden shelters."""
        return [row for row in rows if row.agency_id not in self.shelters]

    def unasked(self, rows: Iterable[Asked]) -> list[Asked]:
        """The referrals without those to hidden shelters."""
        return [row for row in rows if row.to_agency_id not in self.shelters]

    def shuts(self, form: Form | None, *, is_own: bool) -> bool:
        """Whether the answers of a form are kept back: it asks for a place, and others answered."""
        asks = form is not None and any(one.type in PLACE_TYPES for one in form.fields)
        return bool(self.shelters) and asks and not is_own


def hidden(work: Work, *case_ids: UUID) -> Hidden:
    """What is kept from the actor of a case, or of any of several that stand on one page."""
    if work.actor.agency_kind in PLACERS or not case_ids:
        return Hidden()
    return Hidden(relocations.hidden_shelters(work.session, work.actor, case_ids))


def hidden_by_case(work: Work) -> dict[UUID, Hidden]:
    """What is kept from the actor in each case that is open to her, for lists of several; none where nothing is."""
    if work.actor.agency_kind in PLACERS:
        return {}
    found = relocations.hidden_by_case(work.session, work.actor)
    return {case_id: Hidden(shelters) for case_id, shelters in found.items()}


def hidden_from_guest(work: Work, *case_ids: UUID) -> Hidden:
    """What is kept from the actor of meetings on some cases. A house stays invited when she has left it and her case is
    shut to it: of an alarm for that house it is enough that it stands.
    """
    of_cases = hidden(work, *case_ids)
    if work.actor.agency_kind != "shelter":
        return of_cases
    return Hidden(of_cases.shelters | relocations.hidden_from_house(work.session, work.actor))


def has_sheltered(known: Standing) -> bool:
    """Whether the shelter track has begun: before, nobody has to leave anything."""
    return known.states.get("shelter", "none") != "none"


def must_leave(work: Work, known: Standing) -> MoveRow | None:
    """The house that the person of a case has to leave, for those who place her."""
    if work.actor.agency_kind not in PLACERS or not has_sheltered(known):
        return None
    return next(iter(relocations.moves(work.session, work.actor, Relocation.case_id == known.case_id)), None)
