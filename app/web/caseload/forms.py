"""The forms of the caseload: whom to put on a case, whom to bar from it, who stands in for whom."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.queries.caseload import TeamMember
from app.services.staffing import NewCover
from app.web import fields
from app.web.forms import ActForm, OwnForm


class MemberForm(ActForm):
    """One member of the agency."""

    member = fields.ChoiceField(_l("Who"), required=True, as_select=True)

    @classmethod
    def of(cls, team: Iterable[TeamMember], *, but: Iterable[UUID] = ()) -> "MemberForm":
        """With the members who work there now, but for those named."""
        form = cls()
        left_out = set(but)
        form.member.choices = choices_of(one for one in team if one.id not in left_out)
        return form

    @property
    def member_id(self) -> UUID:
        """Who was chosen."""
        return UUID(self.member.data)


class BarForm(ActForm):
    """Whom to bar, and why."""

    barred = fields.ChoiceField(_l("Who must not see it"), required=True, as_select=True)
    reason = fields.TextField(_l("Why"), required=True, hint=_l("Only supervisors of your agency read this."))

    @classmethod
    def of(cls, team: Iterable[TeamMember], *, but: UUID | None) -> "BarForm":
        """With the members who work there now, but for the reader herself."""
        form = cls()
        form.barred.choices = choices_of(one for one in team if one.id != but)
        return form

    @property
    def told(self) -> tuple[UUID, str]:
        """Who, and why."""
        return UUID(self.barred.data), str(self.reason.data)


class OverdueForm(OwnForm):
    """Of which past day it is asked what was overdue; empty: now."""

    class Meta(OwnForm.Meta):
        csrf = False

    as_of = fields.DateField(_l("As it was at the end of"), hint=_l("A day in the past; empty means now."))


class CoverForm(ActForm):
    """Who stands in for whom, from and until."""

    member = fields.ChoiceField(_l("Who is away"), required=True, as_select=True)
    covered_by = fields.ChoiceField(_l("Who stands in"), required=True, as_select=True)
    from_on = fields.DateField(_l("From"), required=True, default=fields.today)
    to_on = fields.DateField(_l("Until"), required=True, hint=_l("The last day. The cover ends by itself."))

    @classmethod
    def of(cls, team: Iterable[TeamMember]) -> "CoverForm":
        """With the members who work there now."""
        form, found = cls(), choices_of(team)
        form.member.choices = form.covered_by.choices = found
        return form

    @property
    def told(self) -> NewCover:
        """What was filled in."""
        who, by = UUID(self.member.data), UUID(self.covered_by.data)
        return NewCover(who, by, self.from_on.data, self.to_on.data)  # type: ignore[arg-type]


def choices_of(team: Iterable[TeamMember]) -> list[SelectChoice]:
    """The members who work there now, as choices."""
    return [SelectChoice(str(one.id), one.name) for one in team if one.is_active]


def clock_after(text: str) -> UUID | None:
    """The last clock of the page before, None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
