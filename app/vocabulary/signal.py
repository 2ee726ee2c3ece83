"""Signals of early identifiers and of the hotline: where it was noticed, on what basis, how it stands, why it ended."""

from app.vocabulary.answer import OTHER, UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

DOOR_OF_KIND = {
    "border_police": "border",
    "labour_inspection": "labour_inspection",
    "consulate": "consular",
    "health": "health",
    "school": "school",
    "hotline": "hotline",
}
"""The door through which a case came whose signal an agency of a kind has sent."""

RECEIVING_KINDS = ("police", "advocacy", "social_work")
"""Who can be told: the police, and two ways round them."""

LISTS = (
    CodeList(
        "signal_place",
        OWN,
        (
            entry("border_crossing", "Border crossing", "Pikë kufitare", "Granični prelaz"),
            entry("work_site", "Work site", "Vend pune", "Radno mesto"),
            entry("farm", "Farm", "Fermë", "Poljoprivredno gazdinstvo"),
            entry("bar", "Bar or restaurant", "Lokal ose restorant", "Bar ili restoran"),
            entry("lodging", "Motel or hotel", "Motel ose hotel", "Motel ili hotel"),
            entry("home", "Private home", "Shtëpi private", "Privatni stan"),
            entry("street", "Street", "Rrugë", "Ulica"),
            entry("school", "School", "Shkollë", "Škola"),
            entry("health_facility", "Health facility", "Institucion shëndetësor", "Zdravstvena ustanova"),
            entry("consulate", "Consulate", "Konsullatë", "Konzulat"),
            entry("online", "Online", "Në internet", "Na internetu"),
            entry("by_phone", "On the telephone", "Përmes telefonit", "Preko telefona"),
            OTHER,
            UNKNOWN,
        ),
    ),
    CodeList(
        "signal_state",
        OWN,
        (
            entry("sent", "Sent", "E dërguar", "Poslato"),
            entry("received", "Received", "E pranuar", "Primljeno"),
            entry("taken_up", "Taken up", "E marrë në trajtim", "Preuzeto"),
            entry("closed", "Closed without a case", "E mbyllur pa rast", "Zatvoreno bez slučaja"),
        ),
    ),
    CodeList(
        "signal_basis",
        OWN,
        (
            entry("report", "Report by duty", "Njoftim sipas detyrës", "Prijava po službenoj dužnosti"),
            entry("consent", "The person agreed", "Personi u pajtua", "Lice je saglasno"),
            entry(
                "child",
                "A child, or in doubt: legal duty",
                "Fëmijë ose në dyshim: detyrim ligjor",
                "Dete ili sumnja: zakonska dužnost",
            ),
            entry("life_at_risk", "Life at risk", "Rrezik për jetën", "Život u opasnosti"),
        ),
    ),
    CodeList(
        "signal_end",
        OWN,
        (
            entry("no_indication", "No indication was found", "Nuk u gjet asnjë shenjë", "Nisu nađene naznake"),
            entry("known_already", "Known already", "Tashmë i njohur", "Već poznato"),
            entry("not_reached", "The person was not reached", "Personi nuk u arrit", "Lice nije pronađeno"),
            entry(
                "person_declines",
                "The person does not want help now",
                "Personi nuk dëshiron ndihmë tani",
                "Lice sada ne želi pomoć",
            ),
            entry("other_help", "Other help was arranged", "U sigurua ndihmë tjetër", "Obezbeđena je druga pomoć"),
            OTHER,
        ),
    ),
)
