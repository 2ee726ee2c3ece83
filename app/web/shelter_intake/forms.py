"""The form that says whom a shelter takes from a day on."""

from dataclasses import asdict
from datetime import date

from flask_babel import lazy_gettext as _l

from app.models.intake import ShelterIntake
from app.services.shelter_intake import Takes
from app.web import fields
from app.web.forms import ActForm

OLDEST = 99
TAKES = {
    "women": _l("Women and girls"),
    "men": _l("Men and boys"),
    "domestic": _l("Citizens of the country"),
    "foreign": _l("Foreign citizens"),
    "high_risk": _l("People at high risk"),
    "accompanied": _l("People with children"),
    "disability": _l("People with a disability"),
}
"""Whom a shelter can take, by the end of the column's name."""


class IntakeForm(ActForm):
    """Whom, of which ages, and from when."""

    from_on = fields.DateField(
        _l("From"), required=True, default=fields.today, hint=_l("Today or later: what held before stays as it was")
    )
    takes = fields.ChoicesField(
        _l("Whom it takes"), required=True, choices=lambda: [(key, str(words)) for key, words in TAKES.items()]
    )
    min_age = fields.NumberField(_l("From the age of"), required=True, highest=OLDEST, default=0)
    max_age = fields.NumberField(_l("Up to the age of"), highest=OLDEST, hint=_l("Leave it empty for: no limit"))

    @classmethod
    def of(cls, row: ShelterIntake | None) -> "IntakeForm":
        """Filled in with what holds today."""
        known = Takes.of(row) if row else Takes()
        takes = [name for name in TAKES if getattr(known, f"takes_{name}")]
        return cls(data={"takes": takes, "min_age": known.min_age, "max_age": known.max_age})

    @property
    def told(self) -> tuple[Takes, date]:
        """What was filled in: whom, and from which day."""
        takes = {f"takes_{name}": name in (self.takes.data or ()) for name in TAKES}
        ages = {"min_age": self.min_age.data or 0, "max_age": self.max_age.data}
        assert isinstance(self.from_on.data, date)  # noqa: S101 - the form has checked it
        return Takes(**{**asdict(Takes()), **takes, **ages}), self.from_on.data
