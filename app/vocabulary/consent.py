"""What a person may consent to, towards which kind of agency, and who gives the consent."""

from app.vocabulary.code import OWN, CodeList, entry

PURPOSE = CodeList(
    "consent_purpose",
    OWN,
    (
        entry(
            "assistance",
            "Assistance by a victim advocate",
            "Asistencë nga mbrojtësi i viktimave",
            "Pomoć zaštitnika žrtava",
        ),
        entry("interview", "Interview by the police", "Intervistë nga policia", "Razgovor sa policijom"),
        entry("police_contact", "Informing the police", "Njoftimi i policisë", "Obaveštavanje policije"),
        entry(
            "shelter", "Sharing with a shelter", "Ndarja e të dhënave me strehimoren", "Deljenje podataka sa skloništem"
        ),
        entry(
            "social_work",
            "Sharing with a centre for social work",
            "Ndarja e të dhënave me Qendrën për Punë Sociale",
            "Deljenje podataka sa Centrom za socijalni rad",
        ),
        entry(
            "return",
            "Voluntary return, shared with the return partner",
            "Kthim vullnetar, me ndarje të të dhënave me partnerin e kthimit",
            "Dobrovoljni povratak, uz deljenje podataka sa partnerom za povratak",
        ),
        entry(
            "follow_up",
            "Contact after return or closure",
            "Kontakt pas kthimit ose mbylljes",
            "Kontakt posle povratka ili zatvaranja",
        ),
        entry("reintegration", "Reintegration services", "Shërbime të riintegrimit", "Usluge reintegracije"),
        entry("medical", "Medical examination and care", "Ekzaminim dhe kujdes mjekësor", "Lekarski pregled i nega"),
        entry("consulate", "Contact with the consulate", "Kontakt me konsullatën", "Kontakt sa konzulatom"),
        entry("testimony", "Testimony", "Dëshmi", "Svedočenje"),
        entry(
            "transnational",
            "Sharing with an agency abroad",
            "Ndarja e të dhënave me një institucion jashtë vendit",
            "Deljenje podataka sa ustanovom u inostranstvu",
        ),
        entry("data_retention", "Keeping the data longer", "Ruajtja më e gjatë e të dhënave", "Duže čuvanje podataka"),
        entry("statistics", "Use in statistics", "Përdorim në statistika", "Korišćenje u statistici"),
        entry("community", "Recording the community", "Shënimi i komunitetit", "Beleženje zajednice"),
        entry("research", "Use in research", "Përdorim në hulumtime", "Korišćenje u istraživanju"),
    ),
)

# One purpose has one kind of recipient, so that a withdrawal cuts exactly one flow.
_RECIPIENTS = {
    "assistance": "advocacy",
    "interview": "police",
    "police_contact": "police",
    "shelter": "shelter",
    "social_work": "social_work",
    "return": "return_partner",
    "follow_up": "return_partner",
    "reintegration": "social_work",
    "medical": "health",
    "consulate": "consulate",
    "testimony": "prosecution",
    "transnational": "return_partner",
    "data_retention": "advocacy",
    "statistics": "statistics",
    "community": "statistics",
    "research": "research",
}

GIVEN_BY = CodeList(
    "consent_given_by",
    OWN,
    (
        entry("self", "The person", "Personi", "Lice"),
        entry("guardian", "The guardian", "Kujdestari ligjor", "Staratelj"),
        entry(
            "guardian_with_assent",
            "The guardian, with the assent of the child",
            "Kujdestari ligjor, me miratimin e fëmijës",
            "Staratelj, uz pristanak deteta",
        ),
        entry(
            "care_decision",
            "Emergency care decision for a child",
            "Vendim urgjent për kujdesin ndaj fëmijës",
            "Hitna odluka o zbrinjavanju deteta",
        ),
    ),
)

LISTS = (PURPOSE, GIVEN_BY)


def recipient(purpose: str) -> str:
    """Return the kind of agency that a consent is given towards; KeyError for a purpose that is not in the list."""
    return _RECIPIENTS[PURPOSE.get(purpose).code]
