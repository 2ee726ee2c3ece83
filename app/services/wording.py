"""The procedure's own words for names that stand in rows without a case at hand, such as those of a notice."""

from functools import cache

from workflows import registry
from workflows.definition import Label, Procedure


def track_label(name: str) -> Label | None:
    """The words for a track, as the newest version that has it says them."""
    return _track_label(name, registry.known())


def clock_label(name: str) -> Label | None:
    """The words for a clock, as the newest version that has it says them."""
    return _clock_label(name, registry.known())


@cache
def _track_label(name: str, _known: tuple[str, ...]) -> Label | None:
    return next((procedure.tracks[name].label for procedure in _newest_first() if name in procedure.tracks), None)


@cache
def _clock_label(name: str, _known: tuple[str, ...]) -> Label | None:
    return next((procedure.clocks[name].label for procedure in _newest_first() if name in procedure.clocks), None)


def _newest_first() -> list[Procedure]:
    return sorted(registry.all_known(), key=lambda one: one.in_force_from, reverse=True)
