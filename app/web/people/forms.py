"""The forms of administration. Each tells what its service takes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.models.placement import Shelter
from app.queries.directory import FocalRow
from app.queries.people import AgencyRow, HouseRow, MemberRow
from app.security.policy import ROLES_OF_KIND
from app.services.administration import NewAgency
from app.services.agencies import AgencyProfile
from app.services.focal_points import Point
from app.services.members import Profile
from app.vocabulary import catalog
from app.web import fields
from app.web.forms import ActForm
from app.web.languages import LANGUAGES, data_language

CALLED_AT_MOST = 99
BEDS_AT_ONCE = 8
SEVERAL = 2
NO_LANGUAGE = frozenset({"not_asked", "unknown"})
SHELTER_KINDS = ("high_risk", "foreign", "child", "ngo", "men_disabled", "semi_independent")


class NamesForm(ActForm):
    """What every agency has."""

    name_en = fields.LineField(_l("Name in English"), required=True)
    name_sq = fields.LineField(_l("Name in Albanian"), required=True)
    name_sr = fields.LineField(_l("Name in Serbian, Latin script"), required=True)
    region = fields.CodeField(
        _l("Region"), codes="region", as_select=True, none=_l("The whole country"), hint=_l("Where it works")
    )


class AgencyForm(NamesForm):
    """What can be changed of an agency."""

    is_active = fields.YesNoField(_l("Does it take part in the mechanism?"), required=True)

    @property
    def told(self) -> AgencyProfile:
        """What was filled in."""
        return AgencyProfile(
            str(self.name_en.data),
            str(self.name_sq.data),
            str(self.name_sr.data),
            self.region.data,
            bool(self.is_active.answer),
        )

    @classmethod
    def of(cls, agency: AgencyRow) -> "AgencyForm":
        """Filled in with what is known."""
        names = ("name_en", "name_sq", "name_sr", "region")
        known = {name: getattr(agency, name) for name in names}
        return cls(data=known | {"is_active": "yes" if agency.is_active else "no"})


class NewAgencyForm(NamesForm):
    """A new agency: its kind and its short name stay as they are chosen here."""

    kind = fields.CodeField(_l("Kind"), codes="agency_kind", as_select=True, required=True)
    key = fields.LineField(
        _l("Short name"),
        required=True,
        length=40,
        hint=_l("For files and settings: small letters, digits and _, such as advocacy_peje"),
    )

    @property
    def added(self) -> NewAgency:
        """What was filled in."""
        names = (str(self.name_en.data), str(self.name_sq.data), str(self.name_sr.data))
        return NewAgency(str(self.key.data), str(self.kind.data), *names, self.region.data)


class MemberForm(ActForm):
    """A person who works in an agency."""

    name = fields.LineField(_l("Name"), required=True, length=120)
    roles = fields.ChoicesField(_l("Roles"), required=True)
    duty_phone = fields.LineField(_l("Telephone on duty"), length=40)
    sex = fields.CodeField(
        _l("Sex"), codes="sex", default="unknown", hint=_l("For people who ask for staff of their own sex")
    )
    language = fields.ChoiceField(_l("Language of the pages"), choices=lambda: list(LANGUAGES.items()), default="sq")

    @property
    def told(self) -> Profile:
        """What was filled in."""
        return Profile(
            str(self.name.data),
            tuple(self.roles.data or ()),
            self.sex.data or "unknown",
            self.language.data or "en",
            self.duty_phone.data,
        )

    def offer_roles(self, kind: str) -> None:
        """Offer the roles that the kind of agency has."""
        words = catalog.get("role")
        found = [(role.value, words.label(role.value, data_language())) for role in ROLES_OF_KIND.get(kind, ())]
        self.roles.choices = [SelectChoice(value, label) for value, label in found]

    @classmethod
    def of(cls, member: MemberRow, kind: str) -> "MemberForm":
        """Filled in with what is known."""
        names = ("name", "duty_phone", "sex", "language")
        form = cls(data={name: getattr(member, name) for name in names} | {"roles": list(member.roles)})
        form.offer_roles(kind)
        return form


class NewMemberForm(MemberForm):
    """A new person: the name she signs in with stays."""

    sign_in = fields.LineField(
        _l("Sign-in name"),
        required=True,
        length=40,
        hint=_l("Small letters, digits, dots and hyphens, such as a.berani. It cannot be changed later."),
        render_kw={"autocapitalize": "none"},
    )

    @classmethod
    def of_kind(cls, kind: str) -> "NewMemberForm":
        """An empty form with the roles that the kind of agency has; one role alone is chosen already."""
        form = cls()
        form.offer_roles(kind)
        if not form.is_submitted() and len(form.roles.choices) == 1:
            form.roles.data = [form.roles.choices[0].value]
        return form


class ShiftForm(ActForm):
    """Someone on the duty roster."""

    member = fields.ChoiceField(_l("Who"), required=True, as_select=True)
    rank = fields.NumberField(
        _l("Called as number"), required=True, lowest=1, highest=CALLED_AT_MOST, default=1, hint=_l("1 is called first")
    )
    phone = fields.LineField(_l("Telephone"), required=True, length=40)
    languages = fields.ChoicesField(
        _l("Languages spoken"),
        choices=lambda: [pair for pair in fields.code_pairs("language") if pair[0] not in NO_LANGUAGE],
    )
    from_on = fields.DateField(_l("From"), required=True, default=fields.today)
    until_on = fields.DateField(_l("Until"), hint=_l("The last day. Leave it empty for: until changed"))

    @classmethod
    def of(cls, members: Iterable[MemberRow]) -> "ShiftForm":
        """With the people of the agency who work there now."""
        form = cls()
        form.member.choices = [SelectChoice(str(one.id), one.name) for one in members if one.is_active]
        return form

    @property
    def told(self) -> dict[str, Any]:
        """What was filled in."""
        return {
            "rank": self.rank.data,
            "phone": str(self.phone.data),
            "languages": tuple(self.languages.data or ()),
            "from_on": self.from_on.data,
            "until_on": self.until_on.data,
        }


class ShelterForm(ActForm):
    """What kind of place a shelter is."""

    kind = fields.ChoiceField(
        _l("Kind of place"),
        required=True,
        choices=lambda: [pair for pair in fields.code_pairs("place_kind") if pair[0] in SHELTER_KINDS],
    )

    @classmethod
    def of(cls, shelter: Shelter) -> "ShelterForm":
        """Filled in with what is known."""
        return cls(data={"kind": shelter.kind})

    @property
    def told(self) -> dict[str, Any]:
        """What was filled in, by column."""
        return {"kind": self.kind.data}


class HouseForm(ActForm):
    """A house of a shelter."""

    house = fields.LineField(
        _l("What it is called"),
        required=True,
        length=20,
        hint=_l("A code such as House 2. Never a street, a quarter or a landmark: it stands on pages and lists."),
    )


class RoomForm(ActForm):
    """A room and its beds; which house is asked where there are several."""

    house: fields.ChoiceField | None = None

    room = fields.LineField(
        _l("Room"), required=True, length=20, hint=_l("A number or a name; one that is there grows")
    )
    beds = fields.NumberField(_l("How many beds are added"), required=True, lowest=1, highest=BEDS_AT_ONCE, default=1)

    @classmethod
    def of(cls, houses: Iterable[HouseRow]) -> "RoomForm":
        """With the question of the house where there is more than one."""
        offered = [(str(one.id), one.name) for one in houses]
        if len(offered) < SEVERAL:
            return cls()
        asked = {"house": fields.ChoiceField(_l("Which house?"), required=True, choices=offered)}
        form: RoomForm = type("RoomOfHouseForm", (RoomForm,), asked)()
        return form

    @property
    def house_id(self) -> UUID | None:
        """The house that was chosen; None where none was asked for."""
        return UUID(str(self.house.data)) if self.house is not None else None


class FocalPointsForm(ActForm):
    """The focal point of an agency and her backup."""

    focal = fields.ChoiceField(_l("Focal point"), as_select=True, none=_l("Nobody"))
    focal_phone = fields.LineField(_l("Her telephone"), length=40, hint=_l("Leave it empty for: the telephone on duty"))
    backup = fields.ChoiceField(_l("Backup"), as_select=True, none=_l("Nobody"))
    backup_phone = fields.LineField(_l("The backup's telephone"), length=40)

    @classmethod
    def of(cls, members: Iterable[MemberRow], known: Iterable[FocalRow]) -> "FocalPointsForm":
        """With the people who work there now, filled in with what is known."""
        told = {one.place: str(one.member_id) for one in known}
        form = cls(data=told | {f"{one.place}_phone": one.given_phone for one in known})
        choices = [SelectChoice(str(one.id), one.name) for one in members if one.is_active]
        form.focal.choices, form.backup.choices = choices, list(choices)
        return form

    @property
    def told(self) -> tuple[Point | None, Point | None]:
        """What was filled in."""
        pairs = ((self.focal.data, self.focal_phone.data), (self.backup.data, self.backup_phone.data))
        focal, backup = (Point(UUID(member), phone) if member else None for member, phone in pairs)
        return focal, backup
