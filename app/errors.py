"""The refusals that services raise and that the web turns into pages. No text for people: only keys."""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """Something a person asked for and may not have; carries a reason key that the web translates."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


class NotFound(Refusal):
    """No such thing, or not for this actor: the two are never told apart."""

    def __init__(self, key: str = "not_found") -> None:
        super().__init__(key)


class Forbidden(Refusal):
    """The actor's role has no such permission at all."""


class Stale(Refusal):
    """Someone else changed it since the form was opened."""

    def __init__(self, given: int, current: int) -> None:
        super().__init__("stale", given=given, current=current)


class Invalid(Refusal):
    """What was typed does not fit: reason keys by field name."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("invalid")
        self.args = ("invalid", ", ".join(f"{name}: {key}" for name, key in fields.items()))
        self.fields = dict(fields)


class Unmet(Refusal):
    """A step of the procedure whose guards do not all hold: the names of all that fail, neutral ones marked."""

    def __init__(self, guards: Sequence[tuple[str, bool]]) -> None:
        super().__init__("unmet", guards=list(guards))
        self.args = ("unmet", ", ".join(guard for guard, _ in guards))
        self.guards = list(guards)


class Conflict(Refusal):
    """The database forbids it: a bed that is taken, a key that was used for something else."""


class Stopped(Refusal):
    """More than anybody needs: somebody else says whether it goes on."""


class ForTwo(Refusal):
    """One person does not do it alone: another must have agreed before."""


class Unavailable(Refusal):
    """The database is away or full: nothing was saved, and it may be tried again."""


class Unconfigured(Exception):
    """The installation cannot run safely as it is; raised at start, never while serving."""
