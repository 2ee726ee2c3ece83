"""Why a person refuses status, help or a place. An agency that declines has its own reasons in decline.py."""

from app.vocabulary.answer import NOT_ASKED
from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "refusal_reason",
        OWN,
        (
            entry("afraid", "Is afraid", "Ka frikë", "Plaši se"),
            entry(
                "pressure",
                "Is under pressure from somebody",
                "Është nën presionin e dikujt",
                "Pod nečijim je pritiskom",
            ),
            entry(
                "no_trust", "Does not trust the authorities", "Nuk u beson autoriteteve", "Nema poverenja u institucije"
            ),
            entry("wants_home", "Wants to go home", "Dëshiron të shkojë në shtëpi", "Želi kući"),
            entry("other_support", "Has other support", "Ka mbështetje tjetër", "Ima drugu podršku"),
            entry("keeps_work", "Wants to go on working", "Dëshiron të vazhdojë punën", "Želi da nastavi da radi"),
            entry(
                "conditions",
                "Does not accept the conditions of the place",
                "Nuk i pranon kushtet e vendit",
                "Ne prihvata uslove smeštaja",
            ),
            entry(
                "no_police",
                "Wants no contact with the police",
                "Nuk dëshiron kontakt me policinë",
                "Ne želi kontakt sa policijom",
            ),
            entry(
                "not_a_victim_own_view",
                "Does not see it as trafficking",
                "Nuk e sheh si trafikim",
                "Ne vidi to kao trgovinu ljudima",
            ),
            entry("no_reason_given", "Gave no reason", "Nuk dha arsye", "Nije navelo razlog"),
            entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
            NOT_ASKED,
        ),
    ),
)
