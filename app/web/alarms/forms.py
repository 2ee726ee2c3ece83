"""The forms of an alarm: what happened, whom to tell, why it is stood down."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.queries.houses import House
from app.services.alarm_pages import AlarmPage
from app.web import fields
from app.web.filters import agency_name
from app.web.forms import ActForm

POLICE = "police"


class SoundForm(ActForm):
    """What happened; which house is asked where there are several."""

    house: fields.ChoiceField | None = None
    account = fields.TextField(
        _l("What happened?"),
        required=True,
        length=2000,
        hint=_l(
            "Who knows the place, or was seen, and when. A few words are enough. Sealed: the shelter alone reads it."
        ),
    )

    @property
    def premises_id(self) -> UUID | None:
        """The house that was chosen; None where none was asked for."""
        return UUID(str(self.house.data)) if self.house is not None else None


def sound_form(houses: list[House]) -> SoundForm:
    """The form with the question of the house where there is more than one."""
    if len(houses) == 1:
        return SoundForm()
    offered = [(str(one.premises_id), one.house or "") for one in houses]
    asked = {"house": fields.ChoiceField(_l("Which house?"), required=True, choices=offered)}
    form: SoundForm = type("SoundOfHouseForm", (SoundForm,), asked)()
    return form


class TellForm(ActForm):
    """Which agencies are told."""

    agencies = fields.ChoicesField(_l("Whom do you tell?"), required=True)

    @classmethod
    def of(cls, page: AlarmPage) -> "TellForm":
        """Those first whose people live in the house, then the police, then the others."""
        form = cls()
        near = {one.id for one in page.others if one.id in page.with_residents or one.kind == POLICE}
        ordered = sorted(page.others, key=lambda one: (one.id not in page.with_residents, one.kind != POLICE))
        form.agencies.choices = [SelectChoice(str(one.id), agency_name(one)) for one in ordered]
        form.agencies.usual = frozenset(str(one) for one in near)  # type: ignore[attr-defined]
        return form

    @property
    def chosen(self) -> list[UUID]:
        """The agencies that were ticked."""
        return [UUID(one) for one in self.agencies.data or ()]


class StandDownForm(ActForm):
    """Why the alarm is stood down."""

    reason = fields.CodeField(_l("Why?"), codes="stand_down_reason", required=True)
    note = fields.TextField(
        _l("How do you know?"), required=True, length=1000, hint=_l("Sealed: the shelter alone reads it")
    )
