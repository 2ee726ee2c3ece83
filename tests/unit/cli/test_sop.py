"""The papers of the procedures are those that the definitions make."""

from app.cli.sop import DOCS, papers


def test_the_papers_in_docs_are_made_from_the_shipped_definitions() -> None:
    written = {name: (DOCS / name).read_text(encoding="utf-8") for name in papers()}

    assert written == papers(), "write them anew: flask sop render"
