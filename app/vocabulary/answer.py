"""Answers that any question can have; unknown, refused and not asked are three different things."""

from app.vocabulary.code import OWN, CodeList, entry

UNKNOWN = entry("unknown", "Not known", "Nuk dihet", "Nije poznato")
REFUSED = entry("refused", "Refused to say", "Nuk pranoi të përgjigjet", "Ne želi da kaže")
NOT_ASKED = entry("not_asked", "Not asked", "Nuk është pyetur", "Nije pitano")
OTHER = entry("other", "Other", "Tjetër", "Drugo")

YES = entry("yes", "Yes", "Po", "Da")
NO = entry("no", "No", "Jo", "Ne")

LISTS = (
    CodeList("yes_no", OWN, (YES, NO)),
    CodeList("yes_no_unknown", OWN, (YES, NO, UNKNOWN)),
    CodeList("answer", OWN, (YES, NO, UNKNOWN, REFUSED, NOT_ASKED)),
)
