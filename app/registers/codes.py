"""From the words of a register to the codes of app/vocabulary: the agency's own words first, then everybody's."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.registers.folding import fold
from app.vocabulary import catalog

_WORDS = Path(__file__).parent / "words"
_LISTS = {
    "citizenship": "country",
    "form": "exploitation_form",
    "door": "entry_door",
    "child": "yes_no_unknown",
    "recruitment": "recruitment_promise",
    "recruiter_sex": "sex",
    "destination": "country",
}
_OWN_LISTS = frozenset({"assistance"})


def code_of(field: str, cell: str, own_words: Mapping[str, str] | None = None) -> str | None:
    """Return the code for a cell of a coded field, None if nobody knows the word.

    A citizenship may come with its community after a slash ("XK/kosovo_albanian").
    """
    word = fold(cell)
    if own_words:
        for own, code in own_words.items():
            if fold(own) == word:
                return code
    known = _known(field).get(word)
    if known is None and field == "assistance" and word in _known("door"):
        # Who she was referred to, where no refusal stands.
        return "accepted"
    return known


def list_of(field: str) -> str | None:
    """Return the name of the list in app/vocabulary that a coded field takes its codes from; None if it has its own."""
    return None if field in _OWN_LISTS else _LISTS.get(field, field)


@cache
def _known(field: str) -> Mapping[str, str]:
    known: dict[str, str] = {}
    if field not in _OWN_LISTS:
        for code in catalog.get(_LISTS.get(field, field)):
            labels = (code.label.en, code.label.sq, code.label.sr)
            for word in (code.code, code.standard_code, *labels):
                known.setdefault(fold(word), code.code)
    listed = tomllib.loads((_WORDS / f"{field}.toml").read_text(encoding="utf-8"))
    for name, words in listed.items():
        known.update({fold(word): name for word in (name, *words.split("|"))})
    known.pop("", None)
    return known
