"""What differs between two versions, as names: each page says it in its reader's language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflows.definition import Procedure, TargetByAnswer, Transition

Said = tuple[tuple[str, str], ...]
"""Pairs of a kind (window, state, role, guard, form, starts, stops, step, text) and a name or words of that kind."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is said otherwise; without an aspect the whole step is there in one of the versions only."""

    track: str
    name: str
    aspect: str
    before: Said | None
    after: Said | None


def differences(old: Procedure, new: Procedure) -> Iterator[Difference]:
    """Yield every difference of clocks and steps; the clocks come first and have no track."""
    for name in _union(old.clocks, new.clocks):
        before, after = (_windows(one, name) for one in (old, new))
        if before != after:
            yield Difference("", name, "window", before, after)
    for track in _union(old.tracks, new.tracks):
        yield from _of_track(track, _steps(old, track), _steps(new, track))


def _windows(procedure: Procedure, name: str) -> Said | None:
    if name not in procedure.clocks:
        return None
    return tuple(("window", f"{one.amount} {one.unit}") for one in procedure.clocks[name].windows)


Step = Mapping[str, Said]


def _of_track(track: str, before: Mapping[str, Step], after: Mapping[str, Step]) -> Iterator[Difference]:
    for name in _union(before, after):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield Difference(track, name, "", was["to"] if was else None, now["to"] if now else None)
            continue
        for aspect, said in was.items():
            if said != now[aspect]:
                yield Difference(track, name, aspect, said, now[aspect])


def _steps(procedure: Procedure, track: str) -> dict[str, Step]:
    """What each action of a track says; one written in several parts says all of them."""
    found: dict[str, Step] = {}
    known = procedure.tracks.get(track)
    for one in known.transitions if known else ():
        if not one.is_standard:
            said, earlier = _said(one), found.get(one.action, {})
            found[one.action] = {key: tuple(dict.fromkeys((*earlier.get(key, ()), *said[key]))) for key in said}
    return found


def _said(one: Transition) -> Step:
    return {
        "from": _pairs("state", one.sources),
        "to": _pairs("state", _targets(one)),
        "by": _pairs("role", (*one.by, *one.by_if_child)),
        "signatures": _pairs("role", one.signers(True)),
        "conditions": _pairs("guard", (*one.requires, *((one.consent.guard,) if one.consent else ()))),
        "form": _pairs("form", (one.form,) if one.form else ()),
        "clocks": (*_pairs("starts", one.starts), *_pairs("stops", one.stops)),
        "also": _pairs("step", (f"{also.track}.{also.action}" for also in one.also)),
    }


def _targets(one: Transition) -> tuple[str, ...]:
    if isinstance(one.target, TargetByAnswer):
        return tuple(dict.fromkeys(one.target.states.values()))
    return (one.target,)


def _pairs(kind: str, names: Iterable[str]) -> Said:
    return tuple((kind, name) for name in names)


def _union(old: Iterable[str], new: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*old, *new]))
