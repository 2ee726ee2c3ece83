"""A country's own versions: drafted, checked, signed by two administrators and released. A draft runs no case."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete, insert, update

from app.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, Stale
from app.models.version import ProcedureDraft, ProcedureRelease
from app.queries import drafts as queries
from app.queries.drafts import DraftRow, ReleaseRow
from app.security.actor import Actor, system_actor
from app.security.policy import allows
from app.services import unit_of_work, versions
from app.services.sop_page import DifferenceRow, differences_in_words
from app.services.unit_of_work import Once, Work
from workflows import checks, registry
from workflows.definition import Label, Procedure
from workflows.load import DefinitionFault, load_texts

NAME = re.compile(r"[a-z][a-z0-9_]{2,39}")
FILE = re.compile(r"[a-z][a-z_]{0,39}\.toml")
LARGEST_FILE = 300_000
REPORT_LENGTH = 20_000


@dataclass(frozen=True)
class DraftList:
    """What is under work, what was released, and what a draft can begin from."""

    drafts: tuple[DraftRow, ...]
    releases: tuple[ReleaseRow, ...]
    sources: tuple[tuple[str, Label], ...]


@dataclass(frozen=True)
class DraftPage:
    """One draft: its files, its faults, and how far it is from being released."""

    name: str
    copied_from: str
    row_version: int
    files: tuple[str, ...]
    more_files: tuple[str, ...]
    faults: tuple[tuple[str, str, str], ...]
    label: Label | None
    in_force_from: date | None
    digest: str
    is_checked: bool
    is_sound: bool
    report: str
    checked_at: datetime | None
    signed_by: str
    signed_at: datetime | None
    is_signed_by_reader: bool
    why_not: str


@dataclass(frozen=True)
class FilePage:
    """One file of a draft."""

    name: str
    file: str
    text: str
    row_version: int


def listed(actor: Actor) -> DraftList:
    """The drafts and releases; raises Forbidden for who does not administer."""
    with unit_of_work.read(actor) as work:
        _require_administrator(work)
        known = tuple((one.name, one.label) for one in reversed(versions.every(work)))
        found = queries.drafts(work.session, actor), queries.releases(work.session, actor)
        return DraftList(tuple(found[0]), tuple(found[1]), known)


def begin(actor: Actor, name: str, source: str, once: Once | None = None) -> dict[str, str]:
    """Begin a draft as a copy of a version under a new name. Raises Invalid by field, Forbidden."""
    with unit_of_work.write(actor) as work:
        _require_administrator(work)
        earlier = work.once(once, {"name": name})
        if earlier is not None:
            return earlier
        if not NAME.fullmatch(name):
            raise Invalid({"name": "key_shape"})
        if versions.find(work, name) or queries.draft(work.session, actor, name):
            raise Invalid({"name": "version_taken"})
        if versions.find(work, source) is None:
            raise Invalid({"source": "unknown_choice"})
        files = dict(versions.texts_beside(work.session, "", {})[source])
        files["procedure.toml"] = re.sub(r'(?m)^name = ".*"$', f'name = "{name}"', files["procedure.toml"], count=1)
        row = {"id": uuid4(), "name": name, "copied_from": source, "files": files, "row_version": 1}
        row |= {"created_by_id": actor.member_id, "created_at": work.now, "changed_at": work.now}
        work.session.execute(insert(ProcedureDraft), [row | {"is_sound": False, "report": ""}])
        work.audit("procedure:drafted", name=name, source=source)
        work.commit()
        return {"name": name}


def shown(actor: Actor, name: str) -> DraftPage:
    """A draft with every fault that the loader and the structure's check find. Raises NotFound, Forbidden."""
    with unit_of_work.read(actor) as work:
        draft = _find(work, name)
        procedure, faults = read(work, draft)
        digest = procedure.digest if procedure else ""
        # A signature is under a text: under another one it is none.
        signed = draft.signed_by_id is not None and draft.signed_digest == digest
        return DraftPage(
            name=draft.name,
            copied_from=draft.copied_from,
            row_version=draft.row_version,
            files=tuple(sorted(draft.files)),
            more_files=_more_files(work, draft, procedure),
            faults=faults,
            label=procedure.label if procedure else None,
            in_force_from=procedure.in_force_from if procedure else None,
            digest=digest,
            is_checked=bool(digest) and draft.checked_digest == digest,
            is_sound=draft.is_sound,
            report=draft.report,
            checked_at=draft.checked_at,
            signed_by=queries.member_name(work.session, actor, draft.signed_by_id) if signed else "",
            signed_at=draft.signed_at if signed else None,
            is_signed_by_reader=signed and draft.signed_by_id == actor.member_id,
            why_not=_why_not(work, draft, procedure, faults),
        )


def read(work: Work, draft: ProcedureDraft) -> tuple[Procedure | None, tuple[tuple[str, str, str], ...]]:
    """The draft as a procedure, None where it cannot be read; and its faults: file, key, reason."""
    try:
        procedure = load_texts(draft.name, versions.texts_beside(work.session, draft.name, draft.files))
    except DefinitionFault as fault:
        return None, tuple((one.file, one.key, one.reason) for one in fault.faults)
    return procedure, tuple(("", finding.where, finding.what) for finding in checks.lint(procedure))


def file(actor: Actor, name: str, file_name: str) -> FilePage:
    """One file of a draft; raises NotFound, Forbidden."""
    with unit_of_work.read(actor) as work:
        draft = _find(work, name)
        if file_name not in draft.files:
            raise NotFound
        return FilePage(draft.name, file_name, draft.files[file_name], draft.row_version)


def take_over(actor: Actor, name: str, file_name: str, row_version: int, once: Once | None = None) -> dict[str, str]:
    """Take a track or the forms of the version that it extends into the draft, to be changed there.

    Raises NotFound, Forbidden, Stale.
    """
    with unit_of_work.write(actor) as work:
        draft = _find(work, name)
        earlier = work.once(once, {"name": name})
        if earlier is not None:
            return earlier
        procedure, _ = read(work, draft)
        if file_name not in _more_files(work, draft, procedure):
            raise NotFound
        _change(work, draft, row_version, {**draft.files, file_name: _inherited(work, draft)[file_name]})
        work.audit("procedure:edited", name=name, file=file_name)
        work.commit()
        return {"name": name}


def save(actor: Actor, name: str, file_name: str, text: str, row_version: int) -> tuple[tuple[str, str, str], ...]:
    """Keep what was typed into a file, whatever is wrong with it, and give every fault of the draft.

    A signature that stood under the draft falls. Raises NotFound, Forbidden, Stale.
    """
    with unit_of_work.write(actor) as work:
        draft = _find(work, name)
        if file_name not in draft.files or not FILE.fullmatch(file_name):
            raise NotFound
        _change(work, draft, row_version, {**draft.files, file_name: text})
        _, faults = read(work, _find(work, name))
        work.audit("procedure:edited", name=name, file=file_name)
        work.commit()
        return faults


def _change(work: Work, draft: ProcedureDraft, row_version: int, files: dict[str, str]) -> None:
    of = ProcedureDraft
    unsigned = {"signed_by_id": None, "signed_at": None, "signed_digest": None}
    changed = work.change(
        update(of)
        .where(of.id == draft.id, of.row_version == row_version)
        .values(files=files, row_version=row_version + 1, changed_at=work.now, **unsigned)
    )
    if changed != 1:
        raise Stale(row_version, draft.row_version)
    work.session.expire(draft)


def sign(actor: Actor, name: str, row_version: int, once: Once | None = None) -> dict[str, str]:
    """Put one's name under a draft; the second administrator's name releases it, and the draft is gone.

    Raises NotFound, Forbidden, Stale, Refusal with the key of what stands in the way, and Conflict("not_yourself").
    """
    with unit_of_work.write(actor) as work:
        draft = _find(work, name)
        made = {"name": name, "released": ""}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        if draft.row_version != row_version:
            raise Stale(row_version, draft.row_version)
        procedure, faults = read(work, draft)
        why_not = _why_not(work, draft, procedure, faults)
        if why_not or procedure is None:
            raise Refusal(why_not or "draft_has_faults")
        if draft.signed_by_id is None or draft.signed_digest != procedure.digest:
            _sign_first(work, draft, procedure)
            work.audit("procedure:signed", name=name, digest=procedure.digest)
        else:
            if draft.signed_by_id == actor.member_id:
                raise Conflict("not_yourself")
            _release(work, draft, procedure)
            made["released"] = procedure.digest
            work.audit("procedure:released", name=name, digest=procedure.digest)
        work.commit()
        return made


def _sign_first(work: Work, draft: ProcedureDraft, procedure: Procedure) -> None:
    signed = {"signed_by_id": work.actor.member_id, "signed_at": work.now, "signed_digest": procedure.digest}
    _touch(work, draft, signed)


def _touch(work: Work, draft: ProcedureDraft, values: Mapping[str, object]) -> None:
    of = ProcedureDraft
    here = (of.id == draft.id, of.row_version == draft.row_version)
    if work.change(update(of).where(*here).values(row_version=draft.row_version + 1, **values)) != 1:
        raise Stale(draft.row_version, draft.row_version + 1)


def _release(work: Work, draft: ProcedureDraft, procedure: Procedure) -> None:
    row = {
        "id": uuid4(),
        "name": draft.name,
        "digest": procedure.digest,
        "files": draft.files,
        "in_force_from": procedure.in_force_from,
        "first_signed_by_id": draft.signed_by_id,
        "first_signed_at": draft.signed_at,
        "released_by_id": work.actor.member_id,
        "released_at": work.now,
    }
    work.session.execute(insert(ProcedureRelease), [row])
    of = ProcedureDraft
    gone = work.change(delete(of).where(of.id == draft.id, of.row_version == draft.row_version))
    if gone != 1:
        raise Stale(draft.row_version, draft.row_version + 1)


def _why_not(
    work: Work, draft: ProcedureDraft, procedure: Procedure | None, faults: tuple[tuple[str, str, str], ...]
) -> str:
    """The key of what keeps a draft from being signed; empty where nothing does."""
    if procedure is None or faults:
        return "draft_has_faults"
    if draft.checked_digest != procedure.digest:
        return "draft_not_checked"
    if not draft.is_sound:
        return "draft_not_sound"
    if procedure.in_force_from < work.today:
        return "draft_in_the_past"
    return ""


def prove(name: str) -> checks.Report | None:
    """Check a draft whole, with the proof of its promises, and keep what was found with it; None where there is none.

    It takes seconds: for the command line. Raises DefinitionFault for a draft that cannot be read.
    """
    with unit_of_work.write(system_actor("setup")) as work:
        draft = queries.draft(work.session, work.actor, name)
        if draft is None:
            return None
        procedure = load_texts(name, versions.texts_beside(work.session, name, draft.files))
        report = checks.check(procedure)
        found = {"checked_digest": procedure.digest, "checked_at": work.now, "is_sound": report.is_sound}
        _touch(work, draft, found | {"report": str(report)[:REPORT_LENGTH]})
        work.audit("procedure:checked", name=name, digest=procedure.digest, sound=report.is_sound)
        work.commit()
        return report


def compared(actor: Actor, name: str) -> tuple[Label, Label, tuple[DifferenceRow, ...]]:
    """The version in force and a draft side by side. Raises NotFound also for a draft that cannot be read."""
    with unit_of_work.read(actor) as work:
        procedure, _ = read(work, _find(work, name))
        try:
            current = versions.in_force_on(work, work.today)
        except registry.UnknownProcedure:
            raise NotFound from None
        if procedure is None:
            raise NotFound
        return current.label, procedure.label, tuple(differences_in_words(current, procedure))


def _require_administrator(work: Work) -> None:
    if not allows(work.actor.roles, "system:administer"):
        raise Forbidden("wrong_role")


def _find(work: Work, name: str) -> ProcedureDraft:
    _require_administrator(work)
    draft = queries.draft(work.session, work.actor, name)
    if draft is None:
        raise NotFound
    return draft


def _inherited(work: Work, draft: ProcedureDraft) -> dict[str, str]:
    """The files that stand in the versions that the draft extends, the nearest version's first."""
    texts = versions.texts_beside(work.session, draft.name, draft.files)
    found: dict[str, str] = {}
    name, seen = draft.name, {""}
    while name not in seen and name in texts:
        seen.add(name)
        found = {**texts[name], **found}
        written = re.search(r'(?m)^extends = "(.*)"$', texts[name].get("procedure.toml", ""))
        name = written.group(1) if written else ""
    return found


def _more_files(work: Work, draft: ProcedureDraft, procedure: Procedure | None) -> tuple[str, ...]:
    if procedure is None:
        return ()
    return tuple(sorted(set(_inherited(work, draft)) - set(draft.files)))
