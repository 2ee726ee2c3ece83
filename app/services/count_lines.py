"""The lines of people behind counts as a file: of how many they are, and whether another agreed that they leave."""

from collections.abc import Iterator

from app.errors import Forbidden
from app.queries import count_members
from app.security.actor import Actor
from app.services import lines_of_people, unit_of_work
from app.services.counts import CountRequest, Reader, reader_of, refuse
from app.services.lines_of_people import Lines, State
from app.services.unit_of_work import Once, Work
from app.vocabulary.period import Period, years_of

WHAT = "counts"


def of(request: CountRequest) -> Lines:
    """What is asked, of every shape of which the answer can be taken."""
    chosen = {"metrics": " ".join(sorted(set(request.metrics)))}
    chosen |= {"as_of": request.as_of.isoformat()} if request.as_of else {}
    chosen |= {"only": f"{request.only.dimension}:{request.only.value}"} if request.only else {}
    return Lines(WHAT, request.period, chosen)


def parts_of(request: CountRequest) -> Iterator[Period]:
    """The years of the period, which are asked one after the other.

    Who is in one row of a breakdown is decided by all of the period: then it is asked at once.
    """
    yield from [request.period] if request.only else years_of(request.period)


def people(work: Work, request: CountRequest, most: int = lines_of_people.MOST_TOLD) -> int:
    """Of how many people the lines are, counted no further than `most`."""
    return count_members.people(work.session, request.asked(), list(parts_of(request)), most)


def state(actor: Actor, request: CountRequest) -> State:
    """How it stands with the lines for the actor. Raises Forbidden for who sees no line, Invalid as a report does."""
    with unit_of_work.read(actor) as work:
        _refuse(work, request)
        return lines_of_people.state(work, of(request), people(work, request))


def ask(actor: Actor, request: CountRequest, once: Once | None = None) -> bool:
    """Ask another to agree that they leave; whether it is asked now. Raises as `state` and `lines_of_people.ask` do."""
    with unit_of_work.write(actor) as work:
        _refuse(work, request)
        if work.once(once, {}) is None:
            lines_of_people.ask(work, of(request), people(work, request))
            work.commit()
        return True


def _refuse(work: Work, request: CountRequest) -> None:
    reader = reader_of(work.actor)
    if reader is Reader.NATION:
        raise Forbidden("no_members")
    refuse(work, request)
