"""The first two administrators of an installation: nobody is there yet who could add them, nor approve their roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.errors import Conflict, Invalid
from app.security.actor import system_actor
from app.services import invitations, unit_of_work
from app.services.administration import NewAgency, NewMember, add_agency, add_member, nobody_is_there
from app.services.members import sign_in_fault
from app.vocabulary import catalog
from app.vocabulary.role import Role

KIND = "administration"
AT_LEAST = 2
"""What one of them asks for another approves, so that one alone could do nothing."""


@dataclass(frozen=True)
class First:
    """An administrator with the invitation by which she chooses her password; it is told once and kept nowhere."""

    sign_in: str
    invitation: str


def begin(people: Sequence[tuple[str, str]]) -> list[First]:
    """Add the agency that administers and these people, by sign-in name and name, as its administrators.

    Raises Conflict("somebody_is_there") in an installation that has been set up, Invalid by field for fewer than two
    people, for a sign-in name that is none and for one that is given twice.
    """
    names = [sign_in.strip().lower() for sign_in, _ in people]
    _refuse_faults(names)
    label = catalog.get("agency_kind").get(KIND).label
    with unit_of_work.write(system_actor("setup")) as work:
        if not nobody_is_there(work):
            raise Conflict("somebody_is_there")
        agency_id = add_agency(work, NewAgency(KIND, KIND, label.en, label.sq, label.sr))
        found = []
        for sign_in, (_, name) in zip(names, people, strict=True):
            member_id = add_member(work, agency_id, NewMember(sign_in, name, (Role.ADMINISTRATOR,)), uuid4())
            found.append(First(sign_in, invitations.make(work, member_id, by=member_id)))
        work.audit("system:begun", administrators=len(found))
        work.commit()
    return found


def _refuse_faults(names: Sequence[str]) -> None:
    if len(set(names)) < AT_LEAST:
        raise Invalid({"administrator": "two_administrators"})
    if len(set(names)) < len(names):
        raise Invalid({"administrator": "sign_in_taken"})
    faults = [fault for name in names if (fault := sign_in_fault(name))]
    if faults:
        raise Invalid({"administrator": faults[0]})
