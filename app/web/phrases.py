"""Keys in words: why something was refused, what a notice says. One place, so that a test sees when one is missing."""

from typing import Protocol

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.vocabulary import catalog
from app.web.languages import data_language

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


TRACKS = {
    "identification": _l("identification"),
    "advocacy": _l("victim advocate"),
    "risk": _l("risk assessment"),
    "child": _l("protection of the child"),
    "shelter": _l("shelter"),
    "return": _l("return"),
    "reintegration": _l("reintegration"),
    "case": _l("the case itself"),
}

NOTICES = {
    "referral:sent": _l("A referral waits for your answer: %(track)s. How urgent: %(urgency)s."),
    "referral:accepted": _l("Your referral was accepted: %(track)s."),
    "referral:declined": _l("Your referral was not accepted: %(track)s. Reason: %(reason)s."),
    "sign:waits": _l("A joint step waits for your signature."),
    "case:moved": _l("A case moved on and you can act next: %(track)s."),
    "clock:due": _l("A deadline comes near: %(track)s."),
    "clock:lapsed": _l("A deadline has passed: %(track)s."),
}
"""What the notice of a kind says. Never a name: the inbox is read on screens that others see."""

LISTED = {"reason": "decline_reason", "urgency": "urgency"}
"""Which code list a value of a notice comes from."""


class Told(Protocol):
    """A notice: its kind, and codes for its sentence."""

    @property
    def kind(self) -> str: ...  # noqa: D102 - described above
    @property
    def values(self) -> dict[str, str]: ...  # noqa: D102


def notice_sentence(notice: Told) -> str:
    """What a notice says in the reader's language; a kind without a sentence says only that something happened."""
    sentence = NOTICES.get(notice.kind)
    if sentence is None:
        return gettext("Something happened that you should know.")
    return str(sentence) % _Words(notice.values)


class _Words(dict[str, str]):
    """The values of a notice in words; one that is missing or not known reads as a dash."""

    def __getitem__(self, name: str) -> str:
        value = self.get(name, "")
        if name == "track" and value in TRACKS:
            return str(TRACKS[value])
        codes = LISTED.get(name)
        if codes and value in catalog.get(codes):
            return catalog.get(codes).label(value, data_language())
        return "–"
