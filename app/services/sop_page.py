"""The procedure's own pages: its versions, the drawing and the steps of each track, and what differs between two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.errors import NotFound
from app.queries import case_file
from app.queries.standing import standing
from app.security.actor import Actor
from app.services import procedures, unit_of_work, versions
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from workflows import compare, drawing, registry
from workflows.definition import (
    ALL_CLOCKS,
    SAME,
    SET_ASIDE,
    ClockRule,
    Label,
    Procedure,
    TargetByAnswer,
    Track,
    Transition,
)

Said = tuple[str, str | Label]
"""A kind (label, role, guard, window, text) and its words, or the name from which a page makes them."""


@dataclass(frozen=True)
class VersionRow:
    """One version: since when and until when, and how many of its sources were compared with the full text."""

    name: str
    label: Label
    in_force_from: date
    in_force_to: date | None
    is_in_force: bool
    verified: int
    cited: int


@dataclass(frozen=True)
class StepRow:
    """One step as the table of a track tells it."""

    label: Label
    sources: tuple[Label, ...]
    targets: tuple[Label, ...]
    roles: tuple[str, ...]
    signers: tuple[str, ...]
    guards: tuple[str, ...]
    form: Label | None
    starts: tuple[Label, ...]
    stops: tuple[Label, ...]
    source: str
    is_verified: bool
    stays: bool


@dataclass(frozen=True)
class TrackPage:
    """One track: its drawing and its steps; `state` is where a case stands on it."""

    name: str
    label: Label
    drawing: str
    steps: tuple[StepRow, ...]
    state: Label | None = None


@dataclass(frozen=True)
class ClockRow:
    """One period."""

    label: Label
    windows: tuple[str, ...]
    reminds: tuple[str, ...]
    tells: tuple[str, ...]
    source: str
    is_verified: bool


@dataclass(frozen=True)
class VersionPage:
    """One version with one of its tracks; with a case, where that case stands."""

    version: VersionRow
    tracks: tuple[tuple[str, Label], ...]
    shown: TrackPage
    clocks: tuple[ClockRow, ...]
    others: tuple[VersionRow, ...] = ()
    case_id: UUID | None = None
    reference: str = ""


@dataclass(frozen=True)
class DifferenceRow:
    """One difference in words: what it is about, which part of it, and what each version says."""

    what: tuple[Label, ...]
    aspect: str
    before: tuple[Said, ...] | None
    after: tuple[Said, ...] | None


@dataclass(frozen=True)
class ComparePage:
    """Two versions side by side."""

    old: VersionRow
    new: VersionRow
    rows: tuple[DifferenceRow, ...]
    versions: tuple[VersionRow, ...]


def listed(actor: Actor) -> tuple[VersionRow, ...]:
    """Every version that can be read, newest first."""
    with unit_of_work.read(actor) as work:
        return _versions(work)


def _versions(work: Work) -> tuple[VersionRow, ...]:
    found = versions.every(work)
    now = _in_force(work)
    return tuple(_row(one, now) for one in reversed(found))


def _in_force(work: Work) -> str:
    try:
        return versions.in_force_on(work, work.today).name
    except registry.UnknownProcedure:
        return ""


def _row(procedure: Procedure, in_force: str) -> VersionRow:
    cites = [one.cites for one in procedure.clocks.values()]
    cites += [one.cites for track in procedure.tracks.values() for one in track.transitions if not one.is_standard]
    return VersionRow(
        procedure.name,
        procedure.label,
        procedure.in_force_from,
        procedure.in_force_to,
        procedure.name == in_force,
        sum(one.verified for one in cites),
        len(cites),
    )


def find(work: Work, name: str) -> Procedure:
    """A version by its name; raises NotFound."""
    found = versions.find(work, name)
    if found is None:
        raise NotFound
    return found


def version(actor: Actor, name: str, track: str, language: str) -> VersionPage:
    """One version with one of its tracks, the first where none is named; raises NotFound."""
    with unit_of_work.read(actor) as work:
        return _page(work, find(work, name), track, language)


def _page(work: Work, procedure: Procedure, track: str, language: str, state: str = "") -> VersionPage:
    ordered = procedures.ordered_tracks(procedure)
    shown = procedure.tracks.get(track or ordered[0].name)
    if shown is None:
        raise NotFound
    return VersionPage(
        version=_row(procedure, _in_force(work)),
        tracks=tuple((one.name, one.label) for one in ordered),
        shown=_track(procedure, shown, language, state),
        clocks=tuple(_clock(one) for one in procedure.clocks.values()),
        others=tuple(one for one in _versions(work) if one.name != procedure.name),
    )


def of_case(work: Work, case_id: UUID, track: str, language: str) -> Looked[VersionPage]:
    """The version that a case runs under, with where it stands on one track; raises NotFound."""
    known = standing(work.session, work.actor, case_id) or case_file.pointer(work.session, work.actor, case_id)
    if known is None:
        raise NotFound
    procedure = procedures.procedure_of(known)
    ordered = procedures.ordered_tracks(procedure)
    moving = [one.name for one in ordered if known.states.get(one.name) != one.initial]
    chosen = track or next(iter(moving), "")
    page = _page(work, procedure, chosen, language, known.states.get(chosen or ordered[0].name, ""))
    told = {name: getattr(page, name) for name in ("version", "tracks", "shown", "clocks")}
    return Looked(VersionPage(**told, case_id=case_id, reference=known.reference), case_id)


def _track(procedure: Procedure, track: Track, language: str, state: str) -> TrackPage:
    return TrackPage(
        name=track.name,
        label=track.label,
        drawing=drawing.svg(track, language, state),
        steps=tuple(_step(procedure, track, one) for one in track.transitions if not one.is_standard),
        state=procedures.state_label(procedure, track.name, state) if state else None,
    )


def _step(procedure: Procedure, track: Track, one: Transition) -> StepRow:
    targets = one.target.states.values() if isinstance(one.target, TargetByAnswer) else (one.target,)
    states = tuple(dict.fromkeys(name for name in targets if name in track.states))
    return StepRow(
        label=one.label,
        sources=tuple(track.states[name].label for name in one.sources),
        targets=tuple(track.states[name].label for name in states),
        roles=tuple(dict.fromkeys((*one.by, *one.by_if_child))),
        signers=one.signers(True),
        guards=(*one.requires, *((one.consent.guard,) if one.consent else ())),
        form=procedure.forms[one.form].label if one.form else None,
        starts=tuple(procedure.clocks[name].label for name in one.starts),
        stops=tuple(procedure.clocks[name].label for name in _clocks_of(procedure, one.stops)),
        source=one.cites.source,
        is_verified=one.cites.verified,
        stays=one.target == SAME,
    )


def _clocks_of(procedure: Procedure, names: Iterable[str]) -> Iterable[str]:
    """The clocks by their names; all that there are where a step stops whatever runs."""
    return procedure.clocks if ALL_CLOCKS in names else names


def _clock(one: ClockRule) -> ClockRow:
    windows = tuple(f"{window.amount} {window.unit}" for window in one.windows)
    return ClockRow(one.label, windows, one.reminds, one.tells, one.cites.source, one.cites.verified)


def compared(actor: Actor, old: str, new: str) -> ComparePage:
    """Two versions side by side; raises NotFound for a version that is not there."""
    with unit_of_work.read(actor) as work:
        before, after = find(work, old), find(work, new)
        rows = tuple(differences_in_words(before, after))
        return ComparePage(_row(before, _in_force(work)), _row(after, _in_force(work)), rows, _versions(work))


def differences_in_words(old: Procedure, new: Procedure) -> Iterable[DifferenceRow]:
    """What differs between two versions, with the words that the versions themselves have for it."""
    for one in compare.differences(old, new):
        holder = new if one.after is not None else old
        before = _said(old, one.track, one.before) if one.before is not None else None
        after = _said(new, one.track, one.after) if one.after is not None else None
        if not one.track:
            what: tuple[Label, ...] = (holder.clocks[one.name].label,)
        else:
            step = procedures.transition_label(holder, one.track, one.name)
            what = (procedures.track_label(holder, one.track), step)
        yield DifferenceRow(what, one.aspect, before, after)


def _said(procedure: Procedure, track: str, said: compare.Said) -> tuple[Said, ...]:
    return tuple(_words(procedure, track, kind, name) for kind, name in said)


def _words(procedure: Procedure, track: str, kind: str, name: str) -> Said:
    if kind == "state":
        known = name in procedure.tracks[track].states or name == SET_ASIDE
        return ("label", procedures.state_label(procedure, track, name)) if known else ("stays", name)
    if kind in ("starts", "stops"):
        return (kind, procedure.clocks[name].label)
    if kind == "form":
        return ("label", procedure.forms[name].label)
    if kind == "step":
        fired, _, action = name.partition(".")
        return ("label", procedures.transition_label(procedure, fired, action))
    return (kind, name)
