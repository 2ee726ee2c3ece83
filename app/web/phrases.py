"""Reason keys of refusals, in words. One place, so that a test can see that each key has its sentence."""

from flask_babel import lazy_gettext as _l

PHRASES = {
    "sign_in_failed": _l("The sign-in name or the password is not right."),
    "sign_in_throttled": _l("Too many tries. Wait a quarter of an hour, then try again."),
    "not_found": _l("There is no such page, or it is not open to you."),
    "form_expired": _l("This form was open too long. Go back, reload the page and send it again."),
    "key_reused": _l("This form was already sent with other content. Open the page anew."),
    "stale": _l("Someone else changed this since you opened it."),
    "invalid": _l("Something that you entered needs another look."),
}


def phrase(key: str) -> str:
    """The sentence of a reason key; a key without one shows itself, and fails a test."""
    return str(PHRASES.get(key, key))
