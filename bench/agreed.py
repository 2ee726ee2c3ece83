"""Rows about many people as the benchmarks take them: another has agreed before they are measured."""

from app.services import accounts, approval_page, count_lines, deciding
from app.services.counts import CountRequest


def agree(request: CountRequest, by: str = "statistics.supervisor") -> None:
    """Ask for the rows behind counts, and let an administrator agree; the database is bound."""
    count_lines.ask(accounts.load_actor(by), request)
    decider = accounts.load_actor("administrator")
    for asked in approval_page.page(decider).waiting:
        deciding.decide(decider, asked.id, asked.digest, approves=True)
