"""Sex as Eurostat counts it. Gender, which the person names herself, is a list of its own."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import EUROSTAT, CodeList, entry

LISTS = (
    CodeList(
        "sex",
        EUROSTAT,
        (
            entry("F", "Female", "Femër", "Žensko", EUROSTAT, "F"),
            entry("M", "Male", "Mashkull", "Muško", EUROSTAT, "M"),
            entry("X", "Other", "Tjetër", "Drugo", EUROSTAT, "X"),
            UNKNOWN,
        ),
    ),
)
