"""Grounds of decisions on identification and of their review, and other help offered beside or after them."""

from app.vocabulary.code import OWN, CodeList, entry

DISMISSAL = CodeList(
    "dismissal_reason",
    OWN,
    (
        entry(
            "no_indicators",
            "No indicators of trafficking",
            "Nuk ka tregues të trafikimit",
            "Nema pokazatelja trgovine ljudima",
        ),
        entry("other_offence", "Another offence", "Vepër tjetër penale", "Drugo krivično delo"),
        entry(
            "other_protection_need",
            "Another need of protection",
            "Nevojë tjetër për mbrojtje",
            "Druga potreba za zaštitom",
        ),
        entry("mistaken_report", "Mistaken report", "Njoftim i gabuar", "Pogrešna prijava"),
    ),
)

NOT_IDENTIFIED = CodeList(
    "not_identified_reason",
    OWN,
    (
        entry("act_missing", "No act was found", "Nuk u gjet veprimi", "Nije utvrđena radnja"),
        entry("means_missing", "No means were found", "Nuk u gjet mjeti", "Nije utvrđeno sredstvo"),
        entry(
            "purpose_missing",
            "No purpose of exploitation was found",
            "Nuk u gjet qëllimi i shfrytëzimit",
            "Nije utvrđena svrha eksploatacije",
        ),
        entry(
            "insufficient_information",
            "Not enough information",
            "Nuk ka të dhëna të mjaftueshme",
            "Nema dovoljno podataka",
        ),
        entry("other_offence", "Another offence", "Vepër tjetër penale", "Drugo krivično delo"),
        entry("other_reason", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

REVIEW = CodeList(
    "review_ground",
    OWN,
    (
        entry("complaint", "Complaint", "Ankesë", "Žalba"),
        entry("new_facts", "New facts", "Fakte të reja", "Nove činjenice"),
    ),
)

OTHER_HELP = CodeList(
    "other_help",
    OWN,
    (
        entry(
            "domestic_violence_services",
            "Services for domestic violence",
            "Shërbime për dhunë në familje",
            "Usluge za nasilje u porodici",
        ),
        entry("asylum", "Asylum", "Azil", "Azil"),
        entry("social_assistance", "Social assistance", "Asistencë sociale", "Socijalna pomoć"),
        entry("health", "Health care", "Kujdes shëndetësor", "Zdravstvena zaštita"),
        entry("legal_aid", "Legal aid", "Ndihmë juridike", "Pravna pomoć"),
        entry("child_protection", "Child protection", "Mbrojtje e fëmijëve", "Zaštita dece"),
        entry("consular", "Consular help", "Ndihmë konsullore", "Konzularna pomoć"),
        entry("none_wanted", "None wanted", "Nuk dëshirohet asnjë", "Ne želi se nijedna"),
    ),
)

UNREACHABLE = CodeList(
    "unreachable_reason",
    OWN,
    (
        entry("not_reachable", "Could not be reached", "Nuk arrihet kontakti", "Nije dostupno"),
        entry("not_safe_to_contact", "Not safe to contact", "Kontakti nuk është i sigurt", "Kontakt nije bezbedan"),
        entry(
            "do_not_contact",
            "Asked not to be contacted",
            "Ka kërkuar të mos kontaktohet",
            "Traženo je da se ne kontaktira",
        ),
        entry("deceased", "Died", "Vdekje", "Smrt"),
    ),
)

LISTS = (DISMISSAL, NOT_IDENTIFIED, REVIEW, OTHER_HELP, UNREACHABLE)
