"""House rules and the leaflet on rights: a shelter's own words, by version and language, and who was given which.

A text is kept as it was written. One that says something new is a new version, and everybody is to be given it anew;
one that says the same in another language belongs to the version in force.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from app.errors import Invalid, NotFound
from app.models.house_life import Acknowledgement, HouseText
from app.queries import house_day as query
from app.queries.beds import shelter_of
from app.queries.house_day import AcknowledgedRow, TextRow
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.limit_page import Resident, resident_of
from app.services.stays import find_open
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.vocabulary import catalog

KINDS = catalog.get("house_text").keys()


@dataclass(frozen=True)
class TextInForce:
    """A text as it stands: its version, and what it says in each language; version 0 where there is none."""

    kind: str
    version: int
    languages: tuple[TextRow, ...]


@dataclass(frozen=True)
class Given:
    """A text and what a resident was given of it: the version in force, an older one, or none."""

    text: TextInForce
    last: AcknowledgedRow | None

    @property
    def is_due(self) -> bool:
        """Whether the version in force is still to be given to her."""
        return bool(self.text.version) and (self.last is None or self.last.version < self.text.version)


@dataclass(frozen=True)
class NewAcknowledgement:
    """What a resident was given, how, and what she said."""

    kind: str
    language: str
    way: str
    word: str
    occurred_on: date


@dataclass(frozen=True)
class GivenPage:
    """All texts as one resident was given them."""

    resident: Resident
    given: tuple[Given, ...]
    history: tuple[AcknowledgedRow, ...]


def in_force(work: Work) -> tuple[TextInForce, ...]:
    """The texts of the actor's own shelter."""
    rows = query.texts(work.session, work.actor)
    of_kind = {kind: tuple(row for row in rows if row.kind == kind) for kind in KINDS}
    return tuple(TextInForce(kind, found[0].version if found else 0, found) for kind, found in of_kind.items())


def of_shelter(work: Work) -> Looked[tuple[TextInForce, ...]]:
    """The page of the texts."""
    return Looked(in_force(work))


def write(actor: Actor, kind: str, language: str, body: str, is_new: bool, once: Once | None = None) -> UUID:
    """Write a text: a new version, or the one in force in a language that it lacks; gives its id.

    Raises NotFound for another kind or where the actor's agency is no shelter, Invalid for no text or a language that
    the version has already.
    """
    with unit_of_work.write(actor) as work:
        text_id = uuid4()
        earlier = work.once(once, {"text_id": str(text_id)})
        if earlier is not None:
            return UUID(earlier["text_id"])
        found = next((one for one in in_force(work) if one.kind == kind), None)
        if found is None or shelter_of(work.session, actor) is None:
            raise NotFound
        if not body.strip():
            raise Invalid({"body": "required"})
        if not is_new and language in {one.language for one in found.languages}:
            raise Invalid({"language": "text_has_language"})
        version = found.version + 1 if is_new or not found.version else found.version
        row: dict[str, Any] = {
            "id": text_id,
            "agency_id": actor.agency_id,
            "kind": kind,
            "version": version,
            "language": language,
        }
        row |= {"language": language, "body": body, "written_at": work.now, "written_by_id": actor.member_id}
        work.session.execute(insert(HouseText), [row])
        work.audit("house_text:written", None, text=text_id, kind=kind, version=version)
        work.commit()
        return text_id


def given(work: Work, stay_id: UUID) -> Looked[GivenPage]:
    """What a resident of the actor's own shelter was given; raises NotFound for any other stay."""
    resident = resident_of(work, stay_id)
    rows = query.acknowledged(work.session, work.actor, [resident.stay.case_id])
    page = GivenPage(resident, given_of(in_force(work), rows), tuple(rows))
    return Looked(page, resident.stay.case_id, detail={"stay": str(stay_id)})


def given_of(texts: tuple[TextInForce, ...], rows: list[AcknowledgedRow]) -> tuple[Given, ...]:
    """Each text with the newest of the rows, which are one resident's, newest first."""
    return tuple(Given(text, next((row for row in rows if row.kind == text.kind), None)) for text in texts)


def acknowledge(actor: Actor, stay_id: UUID, new: NewAcknowledgement, once: Once | None = None) -> UUID:
    """Keep that a resident was given the version in force; gives the row.

    Raises NotFound for a stay that is not the shelter's or has ended, Invalid for a day before her arrival or to come,
    a language that the text is not written in and nobody interpreted, or no text.
    """
    with unit_of_work.write(actor) as work:
        row_id = uuid4()
        earlier = work.once(once, {"row_id": str(row_id)})
        if earlier is not None:
            return UUID(earlier["row_id"])
        stay = find_open(work, stay_id)
        text = next((one for one in in_force(work) if one.kind == new.kind), None)
        if text is None or not text.version:
            raise Invalid({"kind": "no_text_in_force"})
        if not stay.arrived_on <= new.occurred_on <= work.today:
            raise Invalid({"occurred_on": "before_arrival" if new.occurred_on < stay.arrived_on else "date_in_future"})
        if new.way != "interpreter" and new.language not in {one.language for one in text.languages}:
            raise Invalid({"language": "text_lacks_language"})
        row: dict[str, Any] = {"id": row_id, "case_id": stay.case_id, "agency_id": stay.agency_id, "stay_id": stay.id}
        row |= {"kind": new.kind, "version": text.version, "language": new.language, "way": new.way, "word": new.word}
        row |= {"occurred_on": new.occurred_on, "recorded_at": work.now, "member_id": actor.member_id}
        work.session.execute(insert(Acknowledgement), [row])
        work.audit("house_text:given", stay.case_id, row=row_id, kind=new.kind, version=text.version)
        work.commit()
        return row_id
