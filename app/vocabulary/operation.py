"""Police operations: what kind, on what ground, and at which sort of venue."""

from app.vocabulary.answer import OTHER, UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "operation_kind",
        OWN,
        (
            entry("raid", "Raid", "Bastisje", "Racija"),
            entry("check", "Check", "Kontroll", "Kontrola"),
            entry("search", "Search of premises", "Bastisje e objektit", "Pretres objekta"),
            entry("border_check", "Border check", "Kontroll kufitar", "Granična kontrola"),
            entry("inspection", "Joint inspection", "Inspektim i përbashkët", "Zajednička inspekcija"),
        ),
    ),
    CodeList(
        "operation_reason",
        OWN,
        (
            entry("tip_off", "Tip-off", "Informacion i marrë", "Dojava"),
            entry("own", "Own findings", "Gjetje vetanake", "Sopstvena saznanja"),
            entry("signal", "Signal of another agency", "Njoftim i një institucioni tjetër", "Prijava druge ustanove"),
            entry("routine", "Routine", "Rutinë", "Redovna kontrola"),
            OTHER,
        ),
    ),
    CodeList(
        "venue_kind",
        OWN,
        (
            entry("bar", "Bar", "Lokal", "Bar"),
            entry("restaurant", "Restaurant", "Restorant", "Restoran"),
            entry("private_home", "Private home", "Shtëpi private", "Privatni stan"),
            entry("motel", "Motel", "Motel", "Motel"),
            entry("escort", "Escort service", "Shërbim shoqërimi", "Eskort služba"),
            entry("street", "Street", "Rrugë", "Ulica"),
            entry("massage", "Massage parlour", "Sallon masazhi", "Salon za masažu"),
            entry("work_site", "Work site", "Vend pune", "Gradilište ili radno mesto"),
            entry("online", "Online", "Në internet", "Na internetu"),
            OTHER,
            UNKNOWN,
        ),
    ),
)
