"""Who a guardian is to the child. Whether one has been checked is a fact of the record."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "guardian_relation",
        OWN,
        (
            entry("mother", "Mother", "Nënë", "Majka"),
            entry("father", "Father", "Baba", "Otac"),
            entry("grandparent", "Grandparent", "Gjysh ose gjyshe", "Deda ili baba"),
            entry("sibling", "Brother or sister", "Vëlla ose motër", "Brat ili sestra"),
            entry("other_relative", "Another relative", "I afërm tjetër", "Drugi srodnik"),
            entry("temporary_guardian", "Temporary guardian", "Kujdestar ligjor i përkohshëm", "Privremeni staratelj"),
            entry("social_work_centre", "Centre for social work", "Qendra për Punë Sociale", "Centar za socijalni rad"),
            entry("other", "Other", "Tjetër", "Drugo"),
        ),
    ),
)
