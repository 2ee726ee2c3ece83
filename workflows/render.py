"""A procedure for people to read, in Markdown and Mermaid: tables, state diagrams, two versions side by side."""

from collections.abc import Iterable, Iterator, Sequence

from workflows.definition import BACK, SAME, CountRule, Procedure, TargetByAnswer, Track, Transition, Window

HEADINGS = ("Step", "From", "To", "By", "Conditions", "Form", "Clocks", "Also", "Source")
CLOCK_WORDS = ("starts", "stops", "pauses", "resumes")
BLANK = "-"


def document(procedure: Procedure, language: str = "en") -> str:
    """Return the whole procedure: clocks, then each track with its diagram, states and steps."""
    until = procedure.in_force_to.isoformat() if procedure.in_force_to else "today"
    parts = [
        f"# {procedure.label.text(language)}",
        f"`{procedure.name}`, in force from {procedure.in_force_from.isoformat()} to {until}. "
        f"Digest `{procedure.digest}`.",
        "Made from the definition by `flask sop render`; changes belong in the definition. "
        "A source marked * has not been compared with the full text.",
        "## Clocks",
        clock_table(procedure, language),
    ]
    for track in procedure.tracks.values():
        parts += [
            f"## {track.label.text(language)} (`{track.name}`)",
            f"![{track.label.text(language)}: states and steps]({procedure.name}/{track.name}.svg)",
            diagram(track),
            state_table(track, language),
            step_table(track, language),
        ]
    return "\n\n".join(parts) + "\n"


def clock_table(procedure: Procedure, language: str = "en") -> str:
    """Return the periods of a procedure: how long, who is reminded, who is told."""
    rows = [
        (
            f"{clock.label.text(language)} (`{clock.name}`)",
            ", ".join(_window(window) for window in clock.windows),
            _listed(clock.reminds),
            _listed(clock.tells),
            _cited(clock.cites.source, clock.cites.verified),
        )
        for clock in procedure.clocks.values()
    ]
    return _table(("Clock", "Window", "Reminded", "Told", "Source"), rows)


def state_table(track: Track, language: str = "en") -> str:
    """Return the states of a track and who is responsible in each."""
    rows = [
        (
            f"{state.label.text(language)} (`{state.name}`)",
            _listed(state.responsible),
            "yes" if state.ends or state.name == "set_aside" else BLANK,
        )
        for state in track.states.values()
    ]
    return _table(("State", "Responsible", "At rest"), rows)


def step_table(track: Track, language: str = "en") -> str:
    """Return the steps of a track with all that the definition says of them."""
    return _table(HEADINGS, [_row(one, language) for one in track.transitions])


def diagram(track: Track) -> str:
    """Return the track as a Mermaid state diagram, without steps that stay and without setting aside."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {track.initial}"]
    for one in track.transitions:
        if one.is_standard or one.target == SAME:
            continue
        for source in one.sources:
            lines += [f"    {source} --> {target}: {one.action}" for target in one.targets(source)]
    lines += [
        f"    {state.name} --> [*]" for state in track.states.values() if state.ends and state.name != track.initial
    ]
    return "\n".join([*lines, "```"])


def differences(old: Procedure, new: Procedure) -> str:
    """Return what differs between two versions, side by side: clocks, states and steps."""
    rows: list[tuple[str, ...]] = []
    for name in _union(old.clocks, new.clocks):
        before, after = (
            ", ".join(_window(window) for window in one.clocks[name].windows) if name in one.clocks else BLANK
            for one in (old, new)
        )
        if before != after:
            rows.append((f"clock `{name}`", before, after))
    for name in _union(old.tracks, new.tracks):
        rows += _track_differences(name, old.tracks.get(name), new.tracks.get(name))
    title = f"# {old.label.en} and {new.label.en}, side by side"
    return f"{title}\n\n{_table(('What', f'`{old.name}`', f'`{new.name}`'), rows)}\n"


def _track_differences(name: str, old: Track | None, new: Track | None) -> Iterator[tuple[str, ...]]:
    before, after = _steps(old), _steps(new)
    for step in _union(before, after):
        if before.get(step) == after.get(step):
            continue
        if step not in before or step not in after:
            yield f"`{name}.{step}`", _told(before.get(step)), _told(after.get(step))
            continue
        for heading, was, now in zip(HEADINGS[1:-1], before[step], after[step], strict=True):
            if was != now:
                yield f"`{name}.{step}`: {heading.lower()}", was, now


def _steps(track: Track | None) -> dict[str, tuple[str, ...]]:
    steps = [one for one in track.transitions if not one.is_standard] if track else []
    return {one.action: _row(one, "en")[1:-1] for one in steps}


def _told(step: tuple[str, ...] | None) -> str:
    return f"{step[0]} → {step[1]} ({step[2]})" if step else BLANK


def _row(one: Transition, language: str) -> tuple[str, ...]:
    return (
        f"{one.label.text(language)} (`{one.action}`)",
        _listed(one.sources),
        _target(one),
        _who(one),
        _conditions(one),
        one.form or BLANK,
        _listed([f"{word} {name}" for word in CLOCK_WORDS for name in getattr(one, word)]),
        _consequences(one),
        _cited(one.cites.source, one.cites.verified),
    )


def _target(one: Transition) -> str:
    if isinstance(one.target, TargetByAnswer):
        return f"by {one.target.field}: " + ", ".join(
            f"{answer} → {state}" for answer, state in one.target.states.items()
        )
    return {SAME: "stays", BACK: "where it was"}.get(one.target, one.target)


def _who(one: Transition) -> str:
    if one.only_also:
        return "another act"
    joined = " + " if one.signatures else ", "
    child = f"; for a child also {joined.join(one.by_if_child)}" if one.by_if_child else ""
    return ("signed by " if one.signatures else "") + joined.join(one.by) + child


def _conditions(one: Transition) -> str:
    conditions = list(one.requires)
    if one.consent:
        unless = f" unless {' or '.join(one.consent.unless)}" if one.consent.unless else ""
        conditions.append(f"consent to {one.consent.purpose} for {one.consent.recipient}{unless}")
    return _listed(conditions)


def _consequences(one: Transition) -> str:
    fired = [f"{also.track}.{also.action}" + (f" when {also.when}" if also.when else "") for also in one.also]
    waits = f" for {_window(one.expires)}" if one.expires else ""
    referred = [f"refers to {one.refers}{waits}"] if one.refers else []
    counted = [f"counts {_counted(rule)}" for rule in one.counts]
    return _listed([*fired, *referred, *one.effects, *counted])


def _counted(rule: CountRule) -> str:
    said = (f"{name} is {' or '.join(codes)}" for name, codes in rule.when)
    return f"{rule.count} where {' and '.join(said)}" if rule.when else rule.count


def _window(window: Window) -> str:
    return f"{window.amount} {window.unit.replace('_', ' ')}"


def _cited(source: str, verified: bool) -> str:
    return source if verified else f"{source} *"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or BLANK


def _union(old: Iterable[str], new: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*old, *new]))


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
