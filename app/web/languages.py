"""Which of the three languages a page is shown in: the browser's cookie, the member's own, or what the browser asks."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, has_request_context, request, session
from flask_babel import force_locale

LANGUAGES = {"en": "English", "sq": "Shqip", "sr_Latn": "Srpski"}
COOKIE = "language"
DEFAULT = "en"
# By the first part of a tag alone: Babel would send sr_Latn_RS to a catalogue "sr" that is not there, and Werkzeug
# prefers an exact "en" to a wished-for "sr-Latn-RS". Readers of the neighbouring standards understand Serbian.
_ASKED = {"en": "en", "sq": "sq", **dict.fromkeys(("sr", "bs", "cnr", "hr", "sh"), "sr_Latn")}


def chosen_language() -> str:
    """Return the key of one of LANGUAGES; the default where there is no request, as in a command."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:  # a page asks some hundred times
        g.language = _wanted_language()
    return str(g.language)


def _wanted_language() -> str:
    for wanted in (request.cookies.get(COOKIE), getattr(session, "member_language", None)):
        if wanted in LANGUAGES:
            return str(wanted)
    tags = (tag for tag, quality in request.accept_languages if quality > 0)
    asked = (_ASKED.get(tag.replace("_", "-").partition("-")[0].lower()) for tag in tags)
    return next((language for language in asked if language), DEFAULT)


def page_language() -> str:
    """Return the language tag for the `lang` attribute of a page: en, sq or sr-Latn."""
    return chosen_language().replace("_", "-")


def data_language() -> str:
    """Return the key of a data label's language: en, sq or sr."""
    return chosen_language().partition("_")[0]


@contextmanager
def spoken_in(language: str) -> Iterator[None]:
    """Speak another of LANGUAGES than the page's for a while, as a paper does that somebody else will read."""
    before = chosen_language()
    g.language = language
    try:
        with force_locale(language):
            yield
    finally:
        g.language = before


def asked_language() -> str:
    """Return the language that the address asks a paper in; the page's own where it asks for none that there is."""
    wanted = request.args.get("language", "")
    return wanted if wanted in LANGUAGES else chosen_language()
