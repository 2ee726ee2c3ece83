"""What a person may consent to, and who gives the consent. Whether a step needs one is said by the procedure."""

from app.vocabulary.code import OWN, CodeList, entry

PURPOSE = CodeList(
    "consent_purpose",
    OWN,
    (
        entry("assistance", "Assistance", "Asistencë", "Pomoć"),
        entry("interview", "Interview", "Intervistë", "Razgovor"),
        entry(
            "shelter",
            "Sharing for a place in a shelter",
            "Ndarja e të dhënave për vendosje në strehimore",
            "Deljenje podataka radi smeštaja u sklonište",
        ),
        entry(
            "share",
            "Sharing with a named agency",
            "Ndarja e të dhënave me një institucion të caktuar",
            "Deljenje podataka sa određenom ustanovom",
        ),
        entry("police", "Informing the police", "Njoftimi i policisë", "Obaveštavanje policije"),
        entry("medical_exam", "Medical examination", "Ekzaminim mjekësor", "Lekarski pregled"),
        entry("testimony", "Testimony", "Dëshmi", "Svedočenje"),
        entry("return", "Voluntary return", "Kthim vullnetar", "Dobrovoljni povratak"),
        entry("consulate", "Contact with the consulate", "Kontakti me konsullatën", "Kontakt sa konzulatom"),
        entry(
            "transnational",
            "Sharing with an agency abroad",
            "Ndarja e të dhënave me një institucion jashtë vendit",
            "Deljenje podataka sa ustanovom u inostranstvu",
        ),
        entry("reintegration", "Reintegration services", "Shërbime të riintegrimit", "Usluge reintegracije"),
        entry(
            "follow_up",
            "Contact after the case is closed",
            "Kontakt pas mbylljes së rastit",
            "Kontakt posle zatvaranja slučaja",
        ),
        entry("data_retention", "Keeping the data longer", "Ruajtja më e gjatë e të dhënave", "Duže čuvanje podataka"),
        entry("statistics", "Use in statistics", "Përdorimi në statistika", "Korišćenje u statistici"),
        entry("community", "Recording the community", "Shënimi i komunitetit", "Beleženje zajednice"),
        entry("research", "Use in research", "Përdorimi në hulumtime", "Korišćenje u istraživanju"),
    ),
)

GIVER = CodeList(
    "consent_giver",
    OWN,
    (
        entry("self", "The person", "Personi", "Lice"),
        entry("guardian", "The guardian", "Kujdestari ligjor", "Staratelj"),
        entry("assent", "The child, assenting", "Fëmija, me miratim", "Dete, uz pristanak"),
    ),
)

FORM = CodeList(
    "consent_form",
    OWN,
    (
        entry("written", "In writing", "Me shkrim", "Pismeno"),
        entry("spoken", "Spoken", "Me gojë", "Usmeno"),
    ),
)

LISTS = (PURPOSE, GIVER, FORM)
