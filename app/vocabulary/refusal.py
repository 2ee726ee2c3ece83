"""Why a person refuses status, help or a place. An agency that declines has its own reasons in decline.py."""

from app.vocabulary.answer import NOT_ASKED
from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "refusal_reason",
        OWN,
        (
            entry("no_need_now", "Needs no help now", "Tani nuk ka nevojë për ndihmë", "Sada nije potrebna pomoć"),
            entry("fear", "Is afraid", "Ka frikë", "Plaši se"),
            entry(
                "pressure_suspected", "Seems to be under pressure", "Duket nën presion", "Izgleda da je pod pritiskom"
            ),
            entry(
                "distrust", "Does not trust the authorities", "Nuk u beson autoriteteve", "Nema poverenja u institucije"
            ),
            entry(
                "no_police",
                "Wants no contact with the police",
                "Nuk dëshiron kontakt me policinë",
                "Ne želi kontakt sa policijom",
            ),
            entry("wants_to_go_home", "Wants to go home", "Dëshiron të shkojë në shtëpi", "Želi kući"),
            entry("wants_own_choice", "Wants to decide alone", "Dëshiron të vendosë vetë", "Želi samostalno da odluči"),
            entry(
                "rules_too_strict",
                "Does not accept the rules of the place",
                "Nuk i pranon rregullat e vendit",
                "Ne prihvata pravila smeštaja",
            ),
            entry("family_reasons", "Family reasons", "Arsye familjare", "Porodični razlozi"),
            entry("other_support", "Has other support", "Ka mbështetje tjetër", "Ima drugu podršku"),
            entry("no_reason_given", "Gave no reason", "Nuk dha arsye", "Nije navelo razlog"),
            entry("other_reason", "Another reason", "Arsye tjetër", "Drugi razlog"),
            NOT_ASKED,
        ),
    ),
)
