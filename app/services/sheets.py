"""The procedure's forms on paper: blank, to be filled in by hand, or with what was written down at a step."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.errors import NotFound
from app.security.actor import Actor
from app.services import case_page, unit_of_work, versions
from app.services.case_page import EventPage
from app.services.procedures import Answer
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from app.vocabulary import catalog
from workflows.definition import Citation, Form, FormField, Label, Procedure, Transition

NUMBERED = re.compile(r"(F\d+)(?:_|$)")
LONGEST_TICKED = 40
DIGEST_SHOWN = 12
SIGNED_BY_HER = frozenset({"record_consents", "withdraw_consent"})
"""Effects of a step that rests on her own word: what writes it down is signed by her."""
ASKS_FOR_HER_SIGNATURE = "person_signed"


@dataclass(frozen=True)
class Use:
    """A step that a form belongs to, who takes it, and where it comes from."""

    label: Label
    track_label: Label
    cites: Citation


@dataclass(frozen=True)
class Signer:
    """One line for a signature: the person, the guardian of a child, or a worker of one of the roles."""

    kind: str
    roles: tuple[str, ...] = ()
    is_for_child: bool = False


@dataclass(frozen=True)
class Blank:
    """A form of one version as it is printed."""

    version: str
    version_label: Label
    digest: str
    form: Form
    number: str
    uses: tuple[Use, ...]
    signers: tuple[Signer, ...]

    @property
    def sources(self) -> tuple[Citation, ...]:
        """Where its steps come from, each once."""
        return tuple(dict.fromkeys(use.cites for use in self.uses))


@dataclass(frozen=True)
class Version:
    """A version of the procedure whose forms can be printed."""

    name: str
    label: Label
    in_force_from: date
    is_in_force: bool


@dataclass(frozen=True)
class Filled:
    """A form with what was written down at a step, masked for its reader."""

    blank: Blank | None
    event: EventPage
    answers: dict[str, Answer]


def versions_known(actor: Actor, day: date) -> tuple[Version, ...]:
    """The versions that a case can run under, the newest first; which of them is in force is said of a day."""
    with unit_of_work.read(actor) as work:
        found = versions.every(work)
    rows = (Version(one.name, one.label, one.in_force_from, one.is_in_force(day)) for one in found)
    return tuple(sorted(rows, key=lambda one: one.in_force_from, reverse=True))


def forms_of(actor: Actor, version: str) -> tuple[Blank, ...]:
    """The forms of a version that one of its steps asks for, by their numbers; raises NotFound for no version."""
    return forms_in(_procedure(actor, version))


def forms_in(procedure: Procedure) -> tuple[Blank, ...]:
    """The forms that a step asks for, by their numbers."""
    found = (blank_of(procedure, form) for form in procedure.forms.values())
    return tuple(sorted((one for one in found if one.uses), key=_place))


def blank(actor: Actor, version: str, key: str) -> Blank:
    """One form of a version; raises NotFound where there is none."""
    procedure = _procedure(actor, version)
    if key not in procedure.forms:
        raise NotFound
    return blank_of(procedure, procedure.forms[key])


def filled(work: Work, case_id: UUID, event_id: UUID) -> Looked[Filled]:
    """What a step wrote down, on its form, masked as the step's own page is; raises NotFound like that page."""
    looked = case_page.one_event(work, case_id, event_id)
    page = looked.found
    form = page.procedure.forms.get(page.form_key or "")
    paper = blank_of(page.procedure, form) if form else None
    answers = {one.question.name: one for one in page.answers}
    return Looked(Filled(paper, page, answers), case_id, detail=looked.detail)


def blank_of(procedure: Procedure, form: Form) -> Blank:
    """A form of a procedure with the steps that ask for it and those who sign it."""
    steps = [(track, one) for track in procedure.tracks.values() for one in track.transitions if one.form == form.key]
    uses = dict.fromkeys(Use(one.label, track.label, one.cites) for track, one in steps)
    return Blank(
        version=procedure.name,
        version_label=procedure.label,
        digest=procedure.digest[:DIGEST_SHOWN],
        form=form,
        number=number_of(form),
        uses=tuple(uses),
        signers=tuple(_signers(form, [one for _, one in steps])),
    )


def number_of(form: Form) -> str:
    """The number by which people call a form; empty where it has none."""
    found = NUMBERED.match(form.key)
    return form.number or (found.group(1) if found else "")


def ticked(question: FormField) -> bool:
    """Whether a question's codes are few enough to be ticked; of a long list, such as countries, one is written."""
    if question.codes is None:
        return False
    codes = catalog.get(question.codes)
    return not codes.alphabetical and len(codes) <= LONGEST_TICKED


def _procedure(actor: Actor, version: str) -> Procedure:
    with unit_of_work.read(actor) as work:
        found = versions.find(work, version)
    if found is None:
        raise NotFound
    return found


def _place(paper: Blank) -> tuple[bool, str, str]:
    return not paper.number, paper.number, paper.form.key


def _signers(form: Form, steps: list[Transition]) -> Iterator[Signer]:
    by_her = ASKS_FOR_HER_SIGNATURE in form.names or any(SIGNED_BY_HER & set(one.effects) for one in steps)
    kinds = form.signs or (("person", "guardian", "worker") if by_her else ("worker",))
    if "person" in kinds:
        yield Signer("person")
    if "guardian" in kinds:
        yield Signer("guardian", is_for_child=True)
    if "worker" in kinds:
        yield from _workers(steps)


def _workers(steps: list[Transition]) -> Iterator[Signer]:
    """Of a joint act each role signs for itself; else one of those who may take the step does."""
    jointly = dict.fromkeys(role for one in steps for role in one.signatures)
    for role in jointly:
        yield Signer("worker", (role,))
    for role in dict.fromkeys(role for one in steps for role in one.signatures_if_child):
        yield Signer("worker", (role,), is_for_child=True)
    if not jointly:
        yield Signer("worker", tuple(dict.fromkeys(role for one in steps for role in (*one.by, *one.by_if_child))))
