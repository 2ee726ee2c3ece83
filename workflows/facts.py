"""What a step is judged by: a frozen snapshot of the case, its actor and the answers of the form. Knows no rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

CHILD_ANSWERS = ("child", "in_doubt")


@dataclass(frozen=True)
class Facts:
    """A snapshot made by the services before an act. Whatever is left out is absent, and absent means no."""

    states: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    actor_id: str = ""
    origin: str = ""
    """Kind of the agency that opened the case."""

    is_child: bool = False
    age_in_doubt: bool = False
    has_come_of_age: bool = False
    """Whether a child's birthday has passed; she counts as a child until it is recorded."""
    is_foreign: bool = False
    asylum_claim: bool = False
    reflection_has_lapsed: bool = False
    """Whether the clock of the reflection period has run out."""
    has_safe_contact: bool = False

    consents: frozenset[tuple[str, str]] = frozenset()
    """Purpose and kind of recipient of each consent that is live now."""
    parties: frozenset[str] = frozenset()
    """Kinds of the agencies that are live parties."""
    acts_for_lead_agency: bool = False

    guardian_checked: bool = False
    guardian_suspect: bool = False

    kept_apart: bool = False
    place_fits: bool = False
    bed_is_free: bool = False
    has_open_stay: bool = False

    signed: frozenset[str] = frozenset()
    """Roles that have signed the current draft of a joint act."""
    signers: frozenset[str] = frozenset()
    """Ids of those who signed it: one person signs once, whatever her roles."""

    set_aside_from: Mapping[str, str] = field(default_factory=dict)
    today: date = date.min

    open_tracks: frozenset[str] = frozenset()
    """Tracks that are neither at an end nor set aside. Filled in by the engine, which knows the procedure."""
    answered_phases: frozenset[str] = frozenset()
    """Phases of the form's fields that were answered. Filled in by the engine."""
    answered_classes: frozenset[str] = frozenset()
    """Sensitivity classes of the form's fields that were answered. Filled in by the engine."""

    @property
    def counts_as_child(self) -> bool:
        """Presumption of age: a child, or not known to be an adult; the first act may say so itself."""
        return self.is_child or self.age_in_doubt or self.answers.get("age_group") in CHILD_ANSWERS


def is_answered(value: object) -> bool:
    """Whether something was answered: no and zero are answers, an empty text or list is none."""
    return value is not None and value != "" and value != () and value != []
