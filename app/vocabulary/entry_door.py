"""The door through which a case came in: who first raised the suspicion or sent the person on."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "entry_door",
        OWN,
        (
            entry("police", "Police", "Policia", "Policija"),
            entry("police_raid", "Police raid", "Bastisje policore", "Policijska racija"),
            entry("police_check", "Police check", "Kontroll policor", "Policijska kontrola"),
            entry("border", "Border police", "Policia kufitare", "Granična policija"),
            entry("labour_inspection", "Labour inspector", "Inspektor i punës", "Inspektor rada"),
            entry("consular", "Consular service", "Shërbimi konsullor", "Konzularna služba"),
            entry("social_work", "Centre for social work", "Qendra për Punë Sociale", "Centar za socijalni rad"),
            entry("victim_advocate", "Victim advocate", "Mbrojtës i viktimave", "Zaštitnik žrtava"),
            entry("school", "School", "Shkolla", "Škola"),
            entry("health", "Health service", "Shërbimi shëndetësor", "Zdravstvena služba"),
            entry("ngo", "Non-governmental organisation", "Organizatë joqeveritare", "Nevladina organizacija"),
            entry("shelter", "Shelter", "Strehimore", "Sklonište"),
            entry("return_partner", "Return partner", "Partner i kthimit", "Partner za povratak"),
            entry("hotline", "Hotline", "Linja e ndihmës", "SOS linija"),
            entry("self", "The person herself or himself", "Vetë personi", "Samo lice"),
            entry("family", "Family or friends", "Familja ose miqtë", "Porodica ili prijatelji"),
            entry("prosecutor", "Prosecutor", "Prokuror", "Tužilac"),
            entry("court", "Court", "Gjykata", "Sud"),
            entry("asylum", "Asylum authority", "Autoriteti për azil", "Organ za azil"),
            entry("other", "Other", "Tjetër", "Drugo"),
            UNKNOWN,
        ),
    ),
)
