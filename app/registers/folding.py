"""One way to compare words of a form: headings, codes, months. People's names have keys of their own, in matching."""

import re
import unicodedata

from app.matching.names import latin

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_SEPARATORS = re.compile(r"[\W_]+")
_LETTERS = str.maketrans({"đ": "dj", "ı": "i", "ł": "l"})


def clean(cell: str) -> str:
    """Return a cell without what nobody sees in it: outer and doubled spaces, direction marks, a guard apostrophe."""
    text = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", cell)).split())
    # Our own file of rows to mend puts an apostrophe before what a spreadsheet would take for a formula.
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def fold(text: str) -> str:
    """Return a word as it is compared: Latin, lower case, no marks, single spaces; Shtetësia and SHTETESIA are one."""
    letters = unicodedata.normalize("NFKD", latin(clean(text)).translate(_LETTERS))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _SEPARATORS.sub(" ", bare).strip()
