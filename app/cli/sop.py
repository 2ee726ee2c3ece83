"""flask sop: check the procedures, and write their papers."""

import sys
from itertools import combinations
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from app.services import count_guide, drafts, unit_of_work
from workflows import checks, drawing, registry, render
from workflows.load import DefinitionFault

COUNTING = Path(__file__).resolve().parents[2] / "docs" / "counting.md"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "sop"

sop = AppGroup("sop", help="The procedures: check them, write their tables and diagrams.")


@sop.command("check")
@click.argument("name", default="")
def check(name: str) -> None:
    """Lint every version and prove its promises; exits with 1 where one does not hold, and prints a path.

    With a NAME that draft of the database alone, and what was found is kept with it: without it none is released.
    """
    if name:
        _check_draft(name)
    reports = [checks.check(registry.get(name)) for name in registry.names()]
    for report in reports:
        click.echo(str(report))
    for name in registry.changed_since_release():
        click.echo(f"{name}: changed since it was released", err=True)
    sys.exit(0 if all(report.is_sound for report in reports) and not registry.changed_since_release() else 1)


def _check_draft(name: str) -> NoReturn:
    unit_of_work.bind(current_app.extensions["database"])
    try:
        report = drafts.prove(name)
    except DefinitionFault as fault:
        click.echo(str(fault), err=True)
        sys.exit(1)
    click.echo(str(report) if report else f"there is no draft {name}", err=report is None)
    sys.exit(0 if report is not None and report.is_sound else 1)


@sop.command("render")
@click.option("--into", type=click.Path(path_type=Path), default=DOCS, show_default=False, help="The folder of papers.")
def write(into: Path) -> None:
    """Write the tables and diagrams of every version, and what differs between one and the next."""
    for name, text in papers().items():
        (into / name).parent.mkdir(exist_ok=True)
        (into / name).write_text(text, encoding="utf-8")
        click.echo(name)


@sop.command("counting")
@click.option("--into", type=click.Path(path_type=Path), default=COUNTING, show_default=False, help="The file.")
def write_counting(into: Path) -> None:
    """Write how people are counted, from the definitions that the code counts by."""
    into.write_text(count_guide.document(), encoding="utf-8")
    click.echo(into.name)


def papers() -> dict[str, str]:
    """The papers by file name: one a version with a drawing of each track, and one for what differs between any two."""
    procedures = [registry.get(name) for name in registry.names()]
    made = {f"{one.name}.md": render.document(one) for one in procedures}
    for one in procedures:
        made |= {f"{one.name}/{track.name}.svg": drawing.svg(track) for track in one.tracks.values()}
    for before, after in combinations(procedures, 2):
        made[f"{before.name}-to-{after.name}.md"] = render.differences(before, after)
    return made
