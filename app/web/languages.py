"""Which of the three languages a page is shown in: the member's own, the browser's cookie, or what the browser asks."""

from flask import request, session

LANGUAGES = {"en": "English", "sq": "Shqip", "sr_Latn": "Srpski"}
COOKIE = "language"
_ASKED = {"en": "en", "sq": "sq", "sr": "sr_Latn", "sr-latn": "sr_Latn", "sr-rs": "sr_Latn", "bs": "sr_Latn"}


def chosen_language() -> str:
    """One of LANGUAGES. Babel's own fallback from sr_Latn goes astray, so that the mapping is ours."""
    for wanted in (request.cookies.get(COOKIE), getattr(session, "member_language", None)):
        if wanted in LANGUAGES:
            return str(wanted)
    best = request.accept_languages.best_match(list(_ASKED))
    return _ASKED.get((best or "en").lower(), "en")


def data_language() -> str:
    """The key of a data label's language: en, sq or sr."""
    return chosen_language().split("_")[0]
