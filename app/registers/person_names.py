"""Splits a name as written in one cell into given names, surname and other names; spelling is left as it was given."""

import re
from dataclasses import dataclass

from app.registers.mapping import SURNAME_FIRST

_BRACKETS = re.compile(r"[(\[{\"„“”«](.+?)[)\]}\"“”»]")
LONGEST = 500
"""Signs of a cell in which brackets are looked for: one of ten thousand brackets would be read ten thousand times."""
# Words after which a former or another name follows: born, married, known as; in Albanian, Serbian and English.
_OTHERWISE = re.compile(
    r"\s*[,;/]?\s*\b(?:"
    r"[ei] lindur|e martuar|mbiemri i vajzërisë|[ei] njohur si|rođena|rodjena|rođ\.?|rodj\.?|udata|zvana|zvani"
    r"|née|nee|born|formerly|married|a\.?k\.?a\.?|alias"
    r")\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SplitName:
    """The parts of a name, each as written."""

    given_names: str
    surname: str
    other_names: str = ""


def set_aside_other_names(name: str) -> tuple[str, str]:
    """Return a name and, apart, what stands in brackets or after a word such as alias or née."""
    if len(name) > LONGEST:
        return " ".join(name.split()), ""
    others = [found.strip() for found in _BRACKETS.findall(name)]
    head, *tail = _OTHERWISE.split(_BRACKETS.sub(" ", name))
    bare = " ".join(head.split()).strip(" ,;/")
    extra = " ".join(part for part in [*others, *(piece.strip() for piece in tail)] if part)
    return (bare, extra) if bare else (" ".join(name.split()), "")


def split(name: str, order: str, separator: str) -> SplitName:
    """Return the parts of a whole name; capitals tell the surname where only one of the parts has them."""
    bare, others = set_aside_other_names(name)
    if separator and separator in bare:
        surname, _, given = (part.strip() for part in bare.partition(separator))
        return SplitName(" ".join(given.replace(separator, " ").split()), surname, others)
    words = bare.split()
    if len(words) < 2:
        return SplitName("", bare, others) if order == SURNAME_FIRST else SplitName(bare, "", others)
    shouted = [word for word in words if len(word) > 1 and word.isupper()]
    if 0 < len(shouted) < len(words):
        return SplitName(" ".join(word for word in words if word not in shouted), " ".join(shouted), others)
    if order == SURNAME_FIRST:
        return SplitName(" ".join(words[1:]), words[0], others)
    return SplitName(" ".join(words[:-1]), words[-1], others)
