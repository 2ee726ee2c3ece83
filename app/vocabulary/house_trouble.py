"""What goes wrong in a house: complaints, incidents, and on which basis anybody outside is told."""

from app.vocabulary.answer import OTHER
from app.vocabulary.code import OWN, CodeList, entry

COMPLAINT = CodeList(
    "complaint",
    OWN,
    (
        entry("staff", "How staff behave", "Sjellja e stafit", "Ponašanje osoblja"),
        entry("movement", "Limits on movement", "Kufizimet e lëvizjes", "Ograničenja kretanja"),
        entry("rules", "House rules", "Rregullat e shtëpisë", "Kućni red"),
        entry("safety", "Safety", "Siguria", "Bezbednost"),
        entry(
            "privacy", "Privacy, post and telephone", "Privatësia, posta dhe telefoni", "Privatnost, pošta i telefon"
        ),
        entry("care", "Food, room, care", "Ushqimi, dhoma, kujdesi", "Hrana, soba, nega"),
        entry("services", "Help that was asked for", "Ndihma e kërkuar", "Pomoć koja je tražena"),
        entry("residents", "Other residents", "Banorët e tjerë", "Drugi korisnici"),
        OTHER,
    ),
)

MADE_TO = CodeList(
    "complaint_made_to",
    OWN,
    (
        entry("house", "To the shelter", "Strehimores", "Skloništu"),
        entry(
            "past",
            "Past the shelter, to the supervisor of who leads the case",
            "Përtej strehimores, mbikëqyrësit të atij që e udhëheq rastin",
            "Mimo skloništa, supervizoru onoga ko vodi slučaj",
        ),
    ),
)

INCIDENT = CodeList(
    "incident",
    OWN,
    (
        entry("threat", "Threat", "Kërcënim", "Pretnja"),
        entry("missing_person", "Missing person", "Person i zhdukur", "Nestalo lice"),
        entry("self_harm", "Self-harm", "Vetëdëmtim", "Samopovređivanje"),
        entry("location_compromised", "The location became known", "Vendndodhja u zbulua", "Lokacija je otkrivena"),
        entry("data_breach", "Data breach", "Rrjedhje e të dhënave", "Curenje podataka"),
    ),
)

TELLING_BASIS = CodeList(
    "telling_basis",
    OWN,
    (
        entry("consent", "The person agrees", "Personi pajtohet", "Lice se slaže"),
        entry("legal_duty", "A duty by law", "Detyrim ligjor", "Zakonska obaveza"),
        entry("life_at_risk", "A life is at risk", "Një jetë është në rrezik", "Život je u opasnosti"),
    ),
)

STEP_OUTCOME = CodeList(
    "incident_step_outcome",
    OWN,
    (
        entry("done", "Done", "U krye", "Urađeno"),
        entry("not_done", "Not done, and why", "Nuk u krye, dhe pse", "Nije urađeno, i zašto"),
    ),
)

LISTS = (COMPLAINT, MADE_TO, INCIDENT, TELLING_BASIS, STEP_OUTCOME)
