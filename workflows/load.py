"""From a folder of TOML files to a Procedure, with every fault named. What the rules mean is for engine and checks."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

from workflows.definition import (
    Also,
    ClockRule,
    ConsentRule,
    CountRule,
    Form,
    FormField,
    Procedure,
    State,
    TargetByAnswer,
    Track,
    Transition,
)
from workflows.names import name_faults
from workflows.reading import DefinitionFault, Fault, Table, read_file
from workflows.standing import REASON_FORM, with_standing_steps
from workflows.texts import Place, TextPlace, Texts

__all__ = ["DefinitionFault", "load_folder", "load_texts"]

PROCEDURE_FILE = "procedure.toml"
FORMS_FILE = "forms.toml"

LATER_KEYS = frozenset({"expires", "pauses", "resumes"})
"""Keys that definitions were given later: one that does not use them keeps the digest that its cases are pinned to."""


def load_folder(path: Place) -> Procedure:
    """Return the procedure written in a folder, with what it extends resolved and its digest computed.

    Raises DefinitionFault, which lists every fault with file and key, when anything in it cannot be understood.
    """
    faults: list[Fault] = []
    procedure = _read_folder(path, faults, ())
    if not faults:
        tracks = {name: with_standing_steps(track) for name, track in procedure.tracks.items()}
        forms = {REASON_FORM.key: REASON_FORM, **procedure.forms}
        procedure = replace(procedure, tracks=MappingProxyType(tracks), forms=MappingProxyType(forms))
        faults.extend(name_faults(procedure))
    if faults:
        raise DefinitionFault(tuple(faults))
    return replace(procedure, digest=digest(procedure))


def load_texts(name: str, texts: Texts) -> Procedure:
    """Return a version whose files, and those of what it extends, are given as texts; raises DefinitionFault.

    The same texts are read once: a page of a draft shows it again and again, and reading takes half a second.
    """
    return _loaded(name, tuple((each, tuple(sorted(files.items()))) for each, files in sorted(texts.items())))


@lru_cache(maxsize=16)
def _loaded(name: str, texts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Procedure:
    return load_folder(TextPlace(name, "", {each: dict(files) for each, files in texts}))


def digest(procedure: Procedure) -> str:
    """Return the SHA-256 of the resolved whole: the same for the same rules, however the files are laid out."""
    content: dict[str, object] = {
        "name": procedure.name,
        "label": asdict(procedure.label),
        "in_force": (procedure.in_force_from, procedure.in_force_to),
    }
    content["clocks"] = {name: asdict(clock) for name, clock in procedure.clocks.items()}
    content["forms"] = {name: _plain_form(form) for name, form in procedure.forms.items()}
    content["tracks"] = {name: _plain_track(track) for name, track in procedure.tracks.items()}
    if procedure.carries:  # absent where there are none, for those released before there were any
        content["carries"] = {name: dict(states) for name, states in procedure.carries.items()}
    written = json.dumps(content, sort_keys=True, default=date.isoformat, ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


def _plain_form(form: Form) -> dict[str, object]:
    # What is not said adds nothing, so that a version which was locked before these keys were there keeps its digest.
    said = {"number": form.number, "signs": form.signs}
    told = {name: value for name, value in said.items() if value}
    return {"label": asdict(form.label), "fields": [asdict(one) for one in form.fields], **told}


def _plain_track(track: Track) -> dict[str, object]:
    plain = asdict(replace(track, states={}, transitions=()))
    plain["states"] = {name: asdict(state) for name, state in track.states.items()}
    plain["transitions"] = [_plain_transition(one) for one in track.transitions]
    return plain


def _plain_transition(transition: Transition) -> dict[str, object]:
    target = transition.target
    by_answer = isinstance(target, TargetByAnswer)
    bare = replace(transition, counts=())
    plain = asdict(replace(bare, target="") if by_answer else bare)
    if isinstance(target, TargetByAnswer):
        plain["target"] = {"field": target.field, "states": dict(target.states)}
    plain["counts"] = _plain_counts(transition.counts)
    unsaid = {name for name in LATER_KEYS if not plain[name]}
    return {name: value for name, value in plain.items() if not name.startswith("roles_for_") and name not in unsaid}


def _plain_counts(counts: tuple[CountRule, ...]) -> object:
    """One count without a condition as its name alone, as it was written before there were conditions."""
    if len(counts) <= 1 and not any(rule.when for rule in counts):
        return counts[0].count if counts else None
    return [asdict(rule) for rule in counts]


def _read_folder(path: Place, faults: list[Fault], seen: tuple[str, ...]) -> Procedure:
    table = read_file(path / PROCEDURE_FILE, faults)
    name = table.text("name")
    parent = _parent(path, table, faults, (*seen, path.name))
    own_clocks = {key: _clock(key, one) for key, one in table.named_tables("clock").items()}
    own_forms = _forms(path / FORMS_FILE, faults, required=parent is None)
    own_tracks = _tracks(path, faults)
    procedure = Procedure(
        name=name,
        label=table.label(),
        in_force_from=table.day("in_force_from"),
        in_force_to=table.optional_day("in_force_to"),
        tracks=MappingProxyType({**(parent.tracks if parent else {}), **own_tracks}),
        clocks=MappingProxyType({**(parent.clocks if parent else {}), **own_clocks}),
        forms=MappingProxyType({**(parent.forms if parent else {}), **own_forms}),
        carries=MappingProxyType({**(parent.carries if parent else {}), **_carries(table)}),
    )
    if name and name != path.name:
        table.fault("name", f"must be the folder's name {path.name!r}")
    if procedure.in_force_to and procedure.in_force_to < procedure.in_force_from:
        table.fault("in_force_to", "lies before in_force_from")
    table.done()
    return procedure


def _parent(path: Place, table: Table, faults: list[Fault], seen: tuple[str, ...]) -> Procedure | None:
    extends = table.optional_text("extends")
    if extends is None:
        return None
    if extends in seen:
        table.fault("extends", f"goes round in a circle: {' -> '.join((*seen, extends))}")
        return None
    if not (path.parent / extends / PROCEDURE_FILE).is_file():
        table.fault("extends", f"there is no version {extends!r}")
        return None
    return _read_folder(path.parent / extends, faults, seen)


def _carries(table: Table) -> dict[str, Mapping[str, str]]:
    tables = table.named_tables("carries")
    return {name: MappingProxyType({was: one.text(was) for was in one.content}) for name, one in tables.items()}


def _clock(name: str, table: Table) -> ClockRule:
    repeats = table.windows("repeats")
    clock = ClockRule(
        name=name,
        window=table.window("window") if table.has("window") or not repeats else repeats[0],
        label=table.label(),
        cites=table.cites(),
        reminds=table.texts("reminds"),
        tells=table.texts("tells"),
        repeats=repeats,
        warns=table.windows("warns"),
        runs_from=table.optional_text("runs_from"),
    )
    table.done()
    return clock


def _forms(path: Place, faults: list[Fault], required: bool) -> dict[str, Form]:
    if not required and not path.is_file():
        return {}
    top = read_file(path, faults)
    forms = {key: _form(key, table) for key, table in top.named_tables("form").items()}
    top.done()
    return forms


def _form(key: str, table: Table) -> Form:
    form = Form(
        key=key,
        label=table.label(),
        fields=tuple(_field(one) for one in table.listed_tables("field")),
        number=table.optional_text("number"),
        signs=table.texts("signs"),
    )
    names = [one.name for one in form.fields]
    for name in sorted({name for name in names if names.count(name) > 1}):
        table.fault("field", f"has {name!r} twice")
    table.done()
    return form


def _field(table: Table) -> FormField:
    one = FormField(
        name=table.text("name"),
        type=table.text("type"),
        sensitivity=table.text("class"),
        label=table.label(),
        required=table.flag("required", default=False),
        required_if=table.optional_text("required_if"),
        codes=table.optional_text("codes"),
        kind=table.optional_text("kind"),
        hint=table.label("hint") if table.has("hint") else None,
        phase=table.optional_text("phase"),
    )
    table.done()
    return one


def _tracks(path: Place, faults: list[Fault]) -> dict[str, Track]:
    found = (one for one in path.glob("*.toml") if one.name not in (PROCEDURE_FILE, FORMS_FILE))
    files = sorted(found, key=lambda one: one.name)
    return {track.name: track for track in (_track(one, faults) for one in files)}


def _track(path: Place, faults: list[Fault]) -> Track:
    table = read_file(path, faults)
    name = table.text("track")
    if name and name != path.stem:
        table.fault("track", f"must be the file's name {path.stem!r}")
    track = Track(
        name=name,
        stage=table.text("stage", default=""),
        label=table.label(),
        initial=table.text("initial"),
        states=MappingProxyType({key: _state(key, one) for key, one in table.named_tables("state").items()}),
        transitions=tuple(_transition(name, one) for one in table.listed_tables("transition")),
    )
    table.done()
    return track


def _state(name: str, table: Table) -> State:
    state = State(name, table.label(), table.texts("responsible"), table.flag("ends", default=False))
    table.done()
    return state


def _transition(track: str, table: Table) -> Transition:
    signatures, signatures_if_child = table.texts("signatures"), table.texts("signatures_if_child")
    transition = Transition(
        track=track,
        action=table.text("action"),
        label=table.label(),
        sources=table.texts("from", required=True),
        target=_target(table),
        cites=table.cites(),
        by=table.texts("by", required=not signatures) or signatures,
        by_if_child=table.texts("by_if_child") or signatures_if_child,
        requires=table.texts("requires"),
        form=table.optional_text("form"),
        consent=_consent(table),
        starts=table.texts("starts"),
        stops=table.texts("stops"),
        pauses=table.texts("pauses"),
        resumes=table.texts("resumes"),
        also=tuple(_also(one) for one in table.listed_tables("also")),
        refers=table.optional_text("refers"),
        accepts=table.optional_text("accepts"),
        declines=table.optional_text("declines"),
        expires=table.window("expires") if table.has("expires") else None,
        effects=table.texts("effects"),
        counts=_counts(table),
        signatures=signatures,
        signatures_if_child=signatures_if_child,
    )
    table.done()
    return transition


def _target(table: Table) -> str | TargetByAnswer:
    if not isinstance(table.content.get("to"), Mapping):
        return table.text("to")
    branches = table.table("to")
    field = branches.text("field")
    states = {name: branches.text(name) for name in branches.content if name != "field"}
    if not states:
        table.fault("to", "leads to no state")
    return TargetByAnswer(field, MappingProxyType(states))


def _counts(table: Table) -> tuple[CountRule, ...]:
    """The counts of a step: one by its name, or a list of tables that may say with which answers each counts."""
    if isinstance(table.content.get("counts"), list):
        return tuple(_count(one) for one in table.listed_tables("counts"))
    named = table.optional_text("counts")
    return (CountRule(named),) if named else ()


def _count(table: Table) -> CountRule:
    asked = table.optional_table("when")
    when = tuple((name, asked.texts(name, required=True)) for name in asked.content) if asked else ()
    rule = CountRule(table.text("count"), when)
    table.done()
    return rule


def _consent(table: Table) -> ConsentRule | None:
    rule = table.optional_table("consent")
    if rule is None:
        return None
    consent = ConsentRule(rule.text("purpose"), rule.text("recipient"), rule.texts("unless"))
    rule.done()
    return consent


def _also(table: Table) -> Also:
    also = Also(table.text("track"), table.text("action"), table.optional_text("when"))
    table.done()
    return also
