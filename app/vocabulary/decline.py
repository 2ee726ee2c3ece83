"""Why an agency declines a call or a referral, and what follows. A refusal by the person is in refusal.py."""

from enum import StrEnum

from app.vocabulary.code import OWN, CodeList, entry


class Consequence(StrEnum):
    """What happens next after a decline."""

    NEXT_ON_ROSTER = "next_on_roster"
    OTHER_AGENCY = "other_agency"
    UNMET_NEED = "unmet_need"
    BACK_TO_SENDER = "back_to_sender"
    TELL_SUPERVISOR = "tell_supervisor"


DECLINE_REASON = CodeList(
    "decline_reason",
    OWN,
    (
        entry("not_on_duty", "Not on duty", "Nuk jam në gatishmëri", "Nisam dežuran"),
        entry("other_call", "Already called to another person", "Tashmë në një thirrje tjetër", "Već na drugom pozivu"),
        entry(
            "no_capacity",
            "No free place or worker",
            "Nuk ka vend ose punonjës të lirë",
            "Nema slobodnog mesta ili radnika",
        ),
        entry(
            "cannot_meet_need",
            "Cannot meet the need",
            "Nuk mund ta plotësojë nevojën",
            "Potreba se ne može zadovoljiti",
        ),
        entry(
            "language",
            "No common language or interpreter",
            "Nuk ka gjuhë të përbashkët ose përkthyes",
            "Nema zajedničkog jezika ni prevodioca",
        ),
        entry(
            "own_sex_requested",
            "Staff of the same sex was asked for",
            "U kërkua personel i gjinisë së njëjtë",
            "Traženo je osoblje istog pola",
        ),
        entry("outside_region", "Outside our region", "Jashtë rajonit tonë", "Van našeg regiona"),
        entry(
            "wrong_agency", "Sent to the wrong agency", "Dërguar te institucioni i gabuar", "Upućeno pogrešnoj ustanovi"
        ),
        entry("not_suitable", "Not suitable", "Nuk është e përshtatshme", "Nije pogodno"),
        entry("conflict_of_interest", "Conflict of interest", "Konflikt interesi", "Sukob interesa"),
        entry(
            "missing_information",
            "More information is needed",
            "Nevojiten më shumë të dhëna",
            "Potrebno je više podataka",
        ),
        entry("already_with_us", "Already with this agency", "Tashmë te ky institucion", "Već je kod ove ustanove"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

_CONSEQUENCES = {
    "not_on_duty": Consequence.NEXT_ON_ROSTER,
    "other_call": Consequence.NEXT_ON_ROSTER,
    "no_capacity": Consequence.UNMET_NEED,
    "cannot_meet_need": Consequence.UNMET_NEED,
    "language": Consequence.NEXT_ON_ROSTER,
    "own_sex_requested": Consequence.NEXT_ON_ROSTER,
    "outside_region": Consequence.OTHER_AGENCY,
    "wrong_agency": Consequence.OTHER_AGENCY,
    "not_suitable": Consequence.OTHER_AGENCY,
    "conflict_of_interest": Consequence.TELL_SUPERVISOR,
    "missing_information": Consequence.BACK_TO_SENDER,
    "already_with_us": Consequence.BACK_TO_SENDER,
    "other": Consequence.TELL_SUPERVISOR,
}

LISTS = (DECLINE_REASON,)


def consequence(reason: str) -> Consequence:
    """Return what a coded reason leads to; KeyError for a reason that is not in the list."""
    return _CONSEQUENCES[DECLINE_REASON.get(reason).code]
