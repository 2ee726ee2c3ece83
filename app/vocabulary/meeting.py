"""Meetings on cases: of which kind, and why one is called."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "meeting_kind",
        OWN,
        (
            entry("extraordinary", "Extraordinary", "I jashtëzakonshëm", "Vanredni"),
            entry("regular", "Regular", "I rregullt", "Redovni"),
        ),
    ),
    CodeList(
        "meeting_reason",
        OWN,
        (
            entry("new_danger", "A new danger", "Rrezik i ri", "Nova opasnost"),
            entry("no_place", "No place was found", "Nuk u gjet vend", "Nije nađeno mesto"),
            entry("disagreement", "Agencies disagree", "Institucionet nuk pajtohen", "Ustanove se ne slažu"),
            entry("child_at_stake", "A child is at stake", "Bëhet fjalë për fëmijë", "Reč je o detetu"),
            entry("return_at_stake", "A return is being prepared", "Po përgatitet një kthim", "Priprema se povratak"),
            entry("stalled", "The case does not move on", "Rasti nuk po ecën", "Slučaj ne napreduje"),
            entry("review", "Review of open cases", "Shqyrtimi i rasteve të hapura", "Pregled otvorenih slučajeva"),
            entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
        ),
    ),
)
