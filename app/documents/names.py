"""What a document is called: a name that a person reads, without path, with the ending that its type has."""

import re
import unicodedata

LONGEST = 100
ENDINGS = {"jpeg": "jpg", "png": "png", "webp": "webp", "pdf": "pdf", "text": "txt"}
TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "text": "text/plain; charset=utf-8",
}
_ALIKE = {"jpeg": ("jpg", "jpeg", "jpe")}
_UNFIT = re.compile(r'[<>:"|?*%;=\s]+')


def tidy_name(told: str, kind: str) -> str:
    """The name without path, steering or reordering signs, no longer than a line, ending as its type does."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", told))[-1]
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in last)
    stem, dot, ending = _UNFIT.sub(" ", seen).strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    if ending.casefold() in _ALIKE.get(kind, (ENDINGS[kind],)):
        return f"{_cut(stem)}.{ENDINGS[kind]}"
    return f"{_cut(f'{stem}-{ending}' if stem and ending else stem or ending)}.{ENDINGS[kind]}"


def _cut(stem: str) -> str:
    return stem.replace(".", "-").strip(" -")[:LONGEST].strip() or "document"
