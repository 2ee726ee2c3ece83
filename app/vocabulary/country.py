"""Countries of ISO 3166-1 with Kosovo (user-assigned XK), stateless, and the answers that name no country.

Names and codes are read from country.tsv; the head of that file says where they come from.
"""

import csv
from importlib.resources import files

from app.vocabulary.answer import NOT_ASKED, REFUSED, UNKNOWN
from app.vocabulary.code import ISO_COUNTRY, Code, CodeList, entry

STATELESS = entry("stateless", "Stateless", "Pa shtetësi", "Bez državljanstva")

USUAL = ("XK", "AL", "RS", "MK", "ME", "MD", "UA", "BG", "RO", "unknown")
"""The answers that are given most in Kosovo: a page shows them before all others."""


def _read_countries() -> tuple[Code, ...]:
    text = files("app.vocabulary").joinpath("country.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    return tuple(entry(row["code"], row["en"], row["sq"], row["sr"], ISO_COUNTRY, row["alpha3"]) for row in rows)


LISTS = (
    CodeList("country", ISO_COUNTRY, (*_read_countries(), STATELESS, UNKNOWN, REFUSED, NOT_ASKED), alphabetical=True),
)
