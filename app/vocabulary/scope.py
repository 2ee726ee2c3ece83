"""Whether trafficking stayed inside the country or crossed its border."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "scope",
        OWN,
        (
            entry("internal", "Internal trafficking", "Trafikim i brendshëm", "Unutrašnja trgovina ljudima"),
            entry("cross_border", "Cross-border trafficking", "Trafikim ndërkufitar", "Prekogranična trgovina ljudima"),
            UNKNOWN,
        ),
    ),
)
