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
        entry(
            "no_capacity",
            "No free place or worker",
            "Nuk ka vend ose punonjës të lirë",
            "Nema slobodnog mesta ili radnika",
        ),
        entry("not_on_duty", "Not on duty", "Jashtë gatishmërisë", "Nije dežurstvo"),
        entry(
            "no_language",
            "No common language or interpreter",
            "Nuk ka gjuhë të përbashkët ose përkthyes",
            "Nema zajedničkog jezika ni prevodioca",
        ),
        entry(
            "no_staff_of_own_sex",
            "No staff of the same sex",
            "Nuk ka personel të gjinisë së njëjtë",
            "Nema osoblja istog pola",
        ),
        entry(
            "not_equipped", "Cannot meet the need", "Nuk mund ta plotësojë nevojën", "Potreba ne može da se zadovolji"
        ),
        entry("not_safe_here", "Not safe here", "Nuk është e sigurt këtu", "Ovde nije bezbedno"),
        entry("not_suitable", "Not suitable", "Nuk është e përshtatshme", "Nije pogodno"),
        entry("wrong_region", "Outside our region", "Jashtë rajonit tonë", "Van našeg regiona"),
        entry("not_our_mandate", "Not our mandate", "Nuk është në kompetencën tonë", "Nije u našoj nadležnosti"),
        entry(
            "missing_information",
            "More information is needed",
            "Nevojiten më shumë të dhëna",
            "Potrebno je više podataka",
        ),
        entry("conflict_of_interest", "Conflict of interest", "Konflikt interesi", "Sukob interesa"),
        entry("no_answer_in_time", "No answer in time", "Nuk u dha përgjigje në kohë", "Nema odgovora na vreme"),
        entry("other_reason", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

_CONSEQUENCES = {
    "no_capacity": Consequence.UNMET_NEED,
    "not_on_duty": Consequence.NEXT_ON_ROSTER,
    "no_language": Consequence.NEXT_ON_ROSTER,
    "no_staff_of_own_sex": Consequence.NEXT_ON_ROSTER,
    "not_equipped": Consequence.UNMET_NEED,
    "not_safe_here": Consequence.OTHER_AGENCY,
    "not_suitable": Consequence.OTHER_AGENCY,
    "wrong_region": Consequence.OTHER_AGENCY,
    "not_our_mandate": Consequence.OTHER_AGENCY,
    "missing_information": Consequence.BACK_TO_SENDER,
    "conflict_of_interest": Consequence.TELL_SUPERVISOR,
    "no_answer_in_time": Consequence.OTHER_AGENCY,
    "other_reason": Consequence.TELL_SUPERVISOR,
}

LISTS = (DECLINE_REASON,)


def consequence(reason: str) -> Consequence:
    """Return what a coded reason leads to; KeyError for a reason that is not in the list."""
    return _CONSEQUENCES[DECLINE_REASON.get(reason).code]
